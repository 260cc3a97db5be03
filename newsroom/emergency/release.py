"""Creates an article and its translations from the texts of one release in several languages."""

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
class ReleaseText:
    """A release in one language. All languages have the same number of paragraphs."""

    title: str
    summary: str
    paragraphs: Sequence[str]
    place: str = ""


@dataclass(frozen=True, slots=True)
class SharedFields:
    """The fields that all languages share."""

    key: uuid.UUID  # it identifies the form, and becomes the translation key of the article
    office: Office | None = None
    contact: PressContact | None = None
    country: str = ""  # ISO 3166-1 alpha-2


class AlreadySent(gate.Refused):
    """Raised if the form has already become an article with another content, or in another state than wanted now."""


def find_release(key: uuid.UUID, user: Any) -> NewsArticle | None:
    """Returns the article that was created from this form of the user, if any."""
    return NewsArticle.objects.filter(translation_key=key, owner=user).order_by("pk").first()


def _is_taken(key: uuid.UUID) -> bool:
    """Whether another text has the key, or a deleted one that can be restored. The article would become its
    translation."""
    is_of_page = Page.objects.filter(translation_key=key).exists()
    return is_of_page or DeletedPage.objects.filter(rows__contains=str(key)).exists()


@locking.atomic
def create_release(
    texts: dict[NewsIndex, ReleaseText], shared: SharedFields, user: Any, *, publish: bool
) -> NewsArticle:
    """Creates the article in the language of the first text, and its translations: all live, or all as drafts.

    A form that is sent twice with the same content makes one article; with another content, AlreadySent is raised.
    Raises gate.Refused and ValidationError if one of the texts may not be published; then nothing is saved.
    """
    locking.lock_tree()
    if (article := find_release(shared.key, user)) is not None:
        if not (_has_same_content(article, texts, shared) and article.live == publish):
            raise AlreadySent(gettext("This form has already become a release. What you send now is not saved."))
        return article
    if _is_taken(shared.key):
        raise gate.Refused(gettext("This form has been sent before. Open a new one."))
    (index, text), *others = texts.items()
    ids = [str(uuid.uuid4()) for _paragraph in text.paragraphs]
    article = _build_article(text, index.locale, ids)
    article.translation_key, article.owner, article.live = shared.key, user, False
    article.office = shared.office
    article.contacts = [ArticleContact(contact=shared.contact)] if shared.contact else []
    article.countries = [ArticleCountry(country=shared.country)] if shared.country else []
    index.add_child(instance=article)
    revision = article.save_revision(user=user, log_action=True)
    if publish:
        revision.publish(user=user)
        article.refresh_from_db()
        if not article.live:
            raise gate.Refused(NOT_AT_ONCE)
    source = submission.text_to_translate(article)
    for other, translated in others:
        state = submission.submit(source, other.locale, user, fills=False)
        prefill(state, source, _build_article(translated, other.locale, ids), user)
        progress.recount(state)
        if publish and not publication.publish(state, user):
            raise gate.Refused(NOT_AT_ONCE)
    return article


def _has_same_content(article: NewsArticle, texts: dict[NewsIndex, ReleaseText], shared: SharedFields) -> bool:
    """Whether the article and its translations have exactly these texts and shared fields."""
    states = TranslationState.objects.filter(original__page=article)
    pages = [article.get_latest_revision_as_object(), *(translated_page(one, fallback=True) for one in states)]
    contacts = [row.contact for row in article.contacts.all()]
    countries = [row.country.code for row in article.countries.all()]
    return (
        {page.locale_id: _read_text(page) for page in pages}
        == {index.locale_id: text for index, text in texts.items()}
        and article.office == shared.office
        and contacts == ([shared.contact] if shared.contact else [])
        and countries == ([shared.country] if shared.country else [])
    )


def _read_text(page: NewsArticle) -> ReleaseText:
    paragraphs = [unescape(strip_tags(block.value.source)) for block in page.body]
    return ReleaseText(page.title, page.summary, paragraphs, page.place)


def _build_article(text: ReleaseText, locale: Locale, ids: Sequence[str]) -> NewsArticle:
    """Builds an unsaved article. With the same block ids in another language, it prefills a translation."""
    blocks = [
        {"type": "paragraph", "value": f"<p>{escape(paragraph, quote=False)}</p>", "id": key}
        for key, paragraph in zip(ids, text.paragraphs, strict=True)
    ]
    return NewsArticle(
        locale=locale,
        kind=NewsArticle.Kind.PRESS_RELEASE,
        title=text.title,
        draft_title=text.title,
        summary=text.summary,
        place=text.place,
        body=blocks,
    )
