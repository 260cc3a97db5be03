"""A translation as the writers of all formats get it: its passages, and what translators need to know of each."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext

from iom.translation.content import markup, same_page, segments
from iom.translation.content.places import Place
from iom.translation.content.segments import Segment
from iom.translation.models import Question, TranslationState
from iom.translation.workflow import instructions, questions
from iom.users.emails import absolute


@dataclass(frozen=True)
class Passage:
    """The texts are as a translator types them (`markup.to_text`).

    `former` is the text of the original that `target` translates, where the original has changed since: such a
    passage is not finished. Nor is one that the memory or a machine has filled in, until somebody confirms it.
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
        """The block and the field, as authors see them."""
        return ": ".join(dict.fromkeys(str(name) for name in (self.place.group, self.place.label) if name))

    @property
    def notes(self) -> list[str]:
        """What was asked about the passage, and answered."""
        said = []
        for question in self.questions:
            said.append(gettext("Question: %(text)s") % {"text": question.text})
            if question.answer:
                said.append(gettext("Answer: %(text)s") % {"text": question.answer})
        return said


@dataclass(frozen=True)
class Document:
    """`notes` are for the whole text: what the officer asks, and where the page can be seen."""

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
        """What the file has to bring back: the translation, and when it was exported (`importing.identity`)."""
        return f"urn:uuid:{self.state.translation.uuid}?{urlencode({'exported': self.exported_at.isoformat()})}"

    @property
    def file_name(self) -> str:
        """Without the ending."""
        name = slugify(self.state.translation.source.object_repr)[:80].strip("-") or "page"
        return f"{name}-{self.target_language}"


def of(state: TranslationState) -> Document:
    """The passages of the original in its order, each once, with their translations.

    Where the original has changed, its former words and their translation are given.
    """
    translation, given = state.translation, state.instructions
    rows = segments.of_translation(translation)
    former = same_page.offers(translation, rows)
    asked = questions.by_segment(translation)
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
                address=absolute(state.editor_address(segment.pk)),
                questions=tuple(asked.get((segment.context_id, segment.string_id), ())),
            ),
        )
    return Document(
        state=state,
        title=" ".join(translation.source.object_repr.split()),
        source_language=translation.source.locale.language_code,
        target_language=translation.target_locale.language_code,
        exported_at=timezone.now(),
        notes=tuple(instructions.in_words(given.urgent, given.due_at, given.note)) if given else (),
        preview=absolute(reverse("translation_preview", args=[state.pk])),
        passages=tuple(passages.values()),
    )
