"""The desk's own tables beside those of localize: states, versions, instructions, questions, messages, joint
publication."""

from iom.translation.models.desk import (
    Instructions,
    JointPublication,
    LanguageRule,
    Message,
    MessagePreference,
    Question,
)
from iom.translation.models.state import Original, TranslationState, TranslationStateQuerySet, TranslationVersion

__all__ = [
    "Instructions",
    "JointPublication",
    "LanguageRule",
    "Message",
    "MessagePreference",
    "Original",
    "Question",
    "TranslationState",
    "TranslationStateQuerySet",
    "TranslationVersion",
]
