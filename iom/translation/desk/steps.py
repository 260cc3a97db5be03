"""The step of a translation as a label with an icon."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from iom.translation.models import TranslationState

Step = TranslationState.Step

ICONS: dict[str, str] = {
    Step.TO_TRANSLATE: "radio-empty",
    Step.IN_PROGRESS: "edit",
    Step.TO_REVISE: "glasses",
    Step.TO_PUBLISH: "upload",
    Step.READY: "time",
    Step.TRANSLATED: "check",
    Step.OUT_OF_DATE: "rotate",
}
# Labels for the queue, where they differ: it says what there is to do.
TASKS: dict[str, Any] = {Step.TO_TRANSLATE: _("To translate"), Step.OUT_OF_DATE: _("To update")}


@dataclass(frozen=True)
class Tag:
    """A status tag: its label, its icon, and whether nothing is left to do."""

    label: Any
    icon: str
    is_done: bool = False


NOT_TRANSLATED = Tag(Step.TO_TRANSLATE.label, "minus")
DETACHED = Tag(_("Stopped"), "draft")


def task(state: TranslationState) -> Tag:
    """What there is to do."""
    return Tag(TASKS.get(state.step, state.get_step_display()), *_shape(state.step))


def status(state: TranslationState) -> Tag:
    """What is the case."""
    return Tag(state.get_step_display(), *_shape(state.step))


def _shape(step: str) -> tuple[str, bool]:
    return ICONS[step], step in (Step.TRANSLATED, Step.READY)
