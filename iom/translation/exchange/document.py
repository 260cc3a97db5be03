"""A translation as the input of the writers of all formats: its passages with the context for translators."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext

from iom.translation.content import earlier_translations, markup, segments
from iom.translation.content.places import Place
from iom.translation.content.segments import Segment
from iom.translation.models import Question, TranslationState
from iom.translation.workflow import instructions, questions
from iom.users.emails import absolute_url


@dataclass(frozen=True)
class Passage:
    """A passage. Its texts are in the form of the translator's text field (`markup.to_text`).

    `former` is the earlier original that `target` translates, if the original has changed since. Such a passage is not
    finished, and neither is one that the memory or a machine has filled in and nobody has confirmed.
    """

    segment: Segment
    source: str
    target: str
    former: str
    address: str
    questions: tuple[Question, ...]

    @property
    def place(self) -> Place:
        return self.segment.place

    @property
    def is_finished(self) -> bool:
        return not self.former and not self.segment.is_missing

    @property
    def label(self) -> str:
        """The labels of the block and the field, as authors see them."""
        return ": ".join(dict.fromkeys(str(name) for name in (self.place.group, self.place.label) if name))

    @property
    def notes(self) -> list[str]:
        """The questions about the passage and their answers."""
        notes = []
        for question in self.questions:
            notes.append(gettext("Question: %(text)s") % {"text": question.text})
            if question.answer:
                notes.append(gettext("Answer: %(text)s") % {"text": question.answer})
        return notes


@dataclass(frozen=True)
class Document:
    """A translation. `notes`: the officer's instructions for the whole text; `preview`: the URL of its preview."""

    state: TranslationState
    title: str
    source_language: str
    target_language: str
    exported_at: datetime
    notes: tuple[str, ...]
    preview: str
    passages: tuple[Passage, ...]

    @property
    def identity(self) -> str:
        """The translation's URN with the time of the export, which `importing.parse_identity` reads."""
        return f"urn:uuid:{self.state.translation.uuid}?{urlencode({'exported': self.exported_at.isoformat()})}"

    @property
    def file_name(self) -> str:
        """The name of the file without its extension."""
        name = slugify(self.state.translation.source.object_repr)[:80].strip("-") or "page"
        return f"{name}-{self.target_language}"


def build_document(state: TranslationState) -> Document:
    """Returns the passages of the original in its order, each once, with their translations.

    A passage that has changed has its former text and the translation of that.
    """
    translation, requested = state.translation, state.instructions
    rows = segments.load_text(translation)
    former = earlier_translations.find_matches(translation, rows)
    asked_questions = questions.by_segment(translation)
    passages: dict[str, Passage] = {}
    for segment in rows:
        before = former.get(segment.pk) if segment.written is None else None
        target = segment.written or (before.target if before else "")
        passages.setdefault(
            segment.key,
            Passage(
                segment=segment,
                source=markup.to_text(segment.source, segment.place),
                target=markup.to_text(target, segment.place),
                former=markup.to_text(before.source, segment.place) if before and target else "",
                address=absolute_url(state.editor_address(segment.pk)),
                questions=tuple(asked_questions.get((segment.context_id, segment.string_id), ())),
            ),
        )
    return Document(
        state=state,
        title=" ".join(translation.source.object_repr.split()),
        source_language=translation.source.locale.language_code,
        target_language=translation.target_locale.language_code,
        exported_at=timezone.now(),
        notes=tuple(instructions.describe(requested.urgent, requested.due_at, requested.note)) if requested else (),
        preview=absolute_url(reverse("translation_preview", args=[state.pk])),
        passages=tuple(passages.values()),
    )
