"""The desk's own tables beside those of localize: states, versions, instructions, questions, messages, joint
publication, the translation memory, the glossary, findings that are intended, figures."""

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
