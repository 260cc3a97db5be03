"""What officer and translator do with a text, for tests that need its state."""

import time
from typing import Any

from wagtail.models import Locale, Page

from iom.publishing import jobs
from iom.publishing.models import Job
from iom.translation.content import prefill as prefilling
from iom.translation.memory import pairs
from iom.translation.models import Message, TranslationState
from iom.translation.workflow import progress, publication, submission
from iom.users.models import User


def person(account: str) -> User:
    """Of the demonstration: `person("officer")`."""
    return User.objects.get(email=f"{account}@example.org")


def told(kind: str, state: TranslationState) -> set[str]:
    """To whom a message of this kind is sent."""
    return set(Message.objects.filter(kind=kind, state=state).values_list("recipient__email", flat=True))


def body(*paragraphs: str) -> list[dict[str, Any]]:
    """A text of paragraphs, each a block with its number for an id."""
    return [
        {"type": "paragraph", "id": f"{number}", "value": f"<p>{text}</p>"} for number, text in enumerate(paragraphs)
    ]


def key_figure(number: int, label: str) -> dict[str, Any]:
    """A block with a number, which translations have as it is, and its label, which they translate."""
    figure = {"number": str(number), "unit": "", "label": label, "source": "", "source_url": "", "date": None,
              "is_year": False}  # fmt: skip
    return {
        "type": "key_figures",
        "id": "k",
        "value": {"title": "", "figures": [{"type": "item", "id": "f", "value": figure}]},
    }


def submit(original: Page, language: str) -> TranslationState:
    return submission.submit(original, Locale.objects.get(language_code=language))


def prefill(state: TranslationState, original: Page, counterpart: Page, user: Any = None) -> int:
    """Writes the words of `counterpart` into the segments, and counts them."""
    written = prefilling.prefill(state, original, counterpart, user)
    progress.recount(state)
    return written


def draft(state: TranslationState) -> Any:
    """The translation as it would be published now."""
    return publication.save_draft(state).as_object()


def publish(state: TranslationState, user: Any = None) -> Any:
    """The translated page after its translator has published it."""
    publication.publish(state, user)
    return type(state.page.specific).objects.get(pk=state.page_id)


def translated(original: Page, counterpart: Page, language: str = "en") -> tuple[TranslationState, Any]:
    """The published translation of `original` in the words of `counterpart`, and its state."""
    state = submit(original, language)
    prefill(state, original, counterpart)
    page = publish(state)
    state.refresh_from_db()
    return state, page


def republish(original: Page, minor: bool = False) -> Any:
    """The author publishes the original as it now is."""
    original.is_minor_change = minor
    original.save_revision().publish()
    return type(original).objects.get(pk=original.pk)


def remember() -> None:
    """Has the memory take what has been published. Waits for what the scheduler of a site has begun to take."""
    jobs.run(kinds=[pairs.REMEMBER])
    until = time.monotonic() + 60
    while Job.objects.filter(kind=pairs.REMEMBER).exists():
        assert time.monotonic() < until, "the memory has not taken it"
        time.sleep(0.1)
