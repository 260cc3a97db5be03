"""Texts of one release in several languages become an article and its translations."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape, unescape
from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext, gettext_lazy
from wagtail.models import Locale, Page

from iom.contacts.models import Office, PressContact
from iom.publishing import gate, locking
from iom.publishing.models import DeletedPage
from iom.translation.content.overrides import translated_page
from iom.translation.content.prefill import prefill
from iom.translation.models import TranslationState
from iom.translation.workflow import progress, publication, submission
from newsroom.models import ArticleContact, ArticleCountry, NewsArticle, NewsIndex

NOT_AT_ONCE = gettext_lazy("The release cannot be published at once. Save it as drafts.")


@dataclass(frozen=True, slots=True)
class Words:
    """The release in one language. All languages have as many paragraphs."""

    title: str
    summary: str
    paragraphs: Sequence[str]
    place: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What all languages share."""

    key: uuid.UUID  # of the form
    office: Office | None = None
    contact: PressContact | None = None
    country: str = ""  # ISO 3166-1 alpha-2


class AlreadySent(gate.Refused):
    """The form has become an article with other words or facts, or drafts where it is to be public, or the reverse."""


def known(key: uuid.UUID, user: Any) -> NewsArticle | None:
    """The article that a form of the user has become."""
    return NewsArticle.objects.filter(translation_key=key, owner=user).order_by("pk").first()


def _is_taken(key: uuid.UUID) -> bool:
    """Whether another text has the key, or one that can be restored: the article would become its translation."""
    is_of_page = Page.objects.filter(translation_key=key).exists()
    return is_of_page or DeletedPage.objects.filter(rows__contains=str(key)).exists()


@locking.atomic
def write(texts: dict[NewsIndex, Words], facts: Facts, user: Any, *, publishes: bool) -> NewsArticle:
    """The article in the language of the first text, with its translations: live, or all of them drafts.

    What is sent twice in the same words becomes one article; in others, AlreadySent is raised. Raises gate.Refused and
    ValidationError where one of them may not be published; nothing is kept then.
    """
    locking.lock_tree()
    if (article := known(facts.key, user)) is not None:
        if not (_says(article, texts, facts) and article.live == publishes):
            raise AlreadySent(gettext("This form has already become a release. What you send now is not saved."))
        return article
    if _is_taken(facts.key):
        raise gate.Refused(gettext("This form has been sent before. Open a new one."))
    (index, words), *others = texts.items()
    ids = [str(uuid.uuid4()) for _paragraph in words.paragraphs]
    article = _article(words, index.locale, ids)
    article.translation_key, article.owner, article.live = facts.key, user, False
    article.office = facts.office
    article.contacts = [ArticleContact(contact=facts.contact)] if facts.contact else []
    article.countries = [ArticleCountry(country=facts.country)] if facts.country else []
    index.add_child(instance=article)
    revision = article.save_revision(user=user, log_action=True)
    if publishes:
        revision.publish(user=user)
        article.refresh_from_db()
        if not article.live:
            raise gate.Refused(NOT_AT_ONCE)
    source = submission.text_to_translate(article)
    for other, translated in others:
        state = submission.submit(source, other.locale, user, fills=False)
        prefill(state, source, _article(translated, other.locale, ids), user)
        progress.recount(state)
        if publishes and not publication.publish(state, user):
            raise gate.Refused(NOT_AT_ONCE)
    return article


def _says(article: NewsArticle, texts: dict[NewsIndex, Words], facts: Facts) -> bool:
    """Whether the article and its translations have these words and facts and no others."""
    states = TranslationState.objects.filter(original__page=article)
    pages = [article.get_latest_revision_as_object(), *(translated_page(one, fallback=True) for one in states)]
    shared = (article.office, [row.contact for row in article.contacts.all()])
    countries = [row.country.code for row in article.countries.all()]
    return (
        {page.locale_id: _written(page) for page in pages} == {one.locale_id: words for one, words in texts.items()}
        and shared == (facts.office, [facts.contact] if facts.contact else [])
        and countries == ([facts.country] if facts.country else [])
    )


def _written(page: NewsArticle) -> Words:
    paragraphs = [unescape(strip_tags(block.value.source)) for block in page.body]
    return Words(page.title, page.summary, paragraphs, page.place)


def _article(words: Words, locale: Locale, ids: Sequence[str]) -> NewsArticle:
    """An unsaved article, or the counterpart by which a translation is filled: its blocks have the same ids."""
    blocks = [
        {"type": "paragraph", "value": f"<p>{escape(text, quote=False)}</p>", "id": key}
        for key, text in zip(ids, words.paragraphs, strict=True)
    ]
    return NewsArticle(
        locale=locale,
        kind=NewsArticle.Kind.PRESS_RELEASE,
        title=words.title,
        draft_title=words.title,
        summary=words.summary,
        place=words.place,
        body=blocks,
    )
