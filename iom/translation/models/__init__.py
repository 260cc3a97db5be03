"""The desk's models beside those of localize: states, versions, instructions, questions, comments, messages, joint
publications, the translation memory, the glossary, intended findings and word counts."""

from iom.translation.models.desk import (
    Comment,
    Instructions,
    JointPublication,
    LanguageRule,
    Message,
    MessagePreference,
    Question,
)
from iom.translation.models.glossary import Concept, Intended, Term
from iom.translation.models.memory import MemoryArchive, MemoryEntry, MemoryGram
from iom.translation.models.state import Original, TranslationState, TranslationStateQuerySet, TranslationVersion
from iom.translation.models.word_counts import Figures
