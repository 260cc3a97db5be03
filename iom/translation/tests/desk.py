"""Helpers that submit, translate and publish texts, for tests of the desk."""

import time
from typing import Any

from wagtail.models import Locale, Page

from iom.publishing import jobs
from iom.publishing.models import Job
from iom.translation.content import prefill as prefilling
from iom.translation.memory import entries
from iom.translation.models import Message, TranslationState
from iom.translation.workflow import progress, publication, submission
from iom.users.models import User


def person(account: str) -> User:
    """A user of the demonstration: `person("officer")`."""
    return User.objects.get(email=f"{account}@example.org")


def notified(kind: str, state: TranslationState) -> set[str]:
    """Returns the email addresses of the recipients of this kind of message."""
    return set(Message.objects.filter(kind=kind, state=state).values_list("recipient__email", flat=True))


def body(*paragraphs: str) -> list[dict[str, Any]]:
    """Returns a body of paragraph blocks, each with its number as id."""
    return [
        {"type": "paragraph", "id": f"{number}", "value": f"<p>{text}</p>"} for number, text in enumerate(paragraphs)
    ]


def key_figure(number: int, label: str) -> dict[str, Any]:
    """Returns a block with a number, which translations share, and its label, which they translate."""
    figure = {"number": str(number), "unit": "", "label": label, "source": "", "source_url": "", "date": None,
              "is_year": False}  # fmt: skip
    return {
        "type": "key_figures",
        "id": "k",
        "value": {"title": "", "figures": [{"type": "item", "id": "f", "value": figure}]},
    }


def submit(original: Page, language: str) -> TranslationState:
    return submission.submit(original, Locale.objects.get(language_code=language))


def prefill(state: TranslationState, original: Page, counterpart: Page, user: Any = None) -> None:
    """Writes the text of `counterpart` into the segments, and recounts."""
    prefilling.prefill(state, original, counterpart, user)
    progress.recount(state)


def draft(state: TranslationState) -> Any:
    """Returns the translation as it would be published now."""
    return publication.save_draft(state).as_object()


def publish(state: TranslationState, user: Any = None) -> Any:
    """Publishes the translation, and returns its page."""
    publication.publish(state, user)
    return type(state.page.specific).objects.get(pk=state.page_id)


def translated(original: Page, counterpart: Page, language: str = "en") -> tuple[TranslationState, Any]:
    """Submits `original`, translates it with the text of `counterpart`, publishes it; returns its state and page."""
    state = submit(original, language)
    prefill(state, original, counterpart)
    page = publish(state)
    state.refresh_from_db()
    return state, page


def republish(original: Page, minor: bool = False) -> Any:
    """Publishes the original as it now is."""
    original.is_minor_change = minor
    original.save_revision().publish()
    return type(original).objects.get(pk=original.pk)


def remember() -> None:
    """Stores published translations in the memory. Waits for those that a site's scheduler is storing."""
    jobs.run(kinds=[entries.STORE_TRANSLATION])
    until = time.monotonic() + 60
    while Job.objects.filter(kind=entries.STORE_TRANSLATION).exists():
        assert time.monotonic() < until, "the memory has not stored it"
        time.sleep(0.1)
