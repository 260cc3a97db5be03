"""The desk's own tables beside those of localize: states, versions, instructions, questions, messages, joint
publication, the translation memory."""

from iom.translation.models.desk import (
    Comment,
    Instructions,
    JointPublication,
    LanguageRule,
    Message,
    MessagePreference,
    Question,
)
from iom.translation.models.memory import MemoryArchive, MemoryEntry, MemoryGram
from iom.translation.models.state import Original, TranslationState, TranslationStateQuerySet, TranslationVersion

__all__ = [
    "Comment",
    "Instructions",
    "JointPublication",
    "LanguageRule",
    "MemoryArchive",
    "MemoryEntry",
    "MemoryGram",
    "Message",
    "MessagePreference",
    "Original",
    "Question",
    "TranslationState",
    "TranslationStateQuerySet",
    "TranslationVersion",
]
