"""What of an article journalists may take away, and what they may not."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from iom.contacts.models import PressContact
from iom.media.models import SiteDocument, SiteImage
from newsroom.models import NewsArticle
from newsroom.press import text

logger = logging.getLogger("iom.press")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as the article shows it first."""

    image: SiteImage
    alt: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """`withheld`: pictures that the press may not reuse, and documents that are private."""

    text: str
    pictures: list[Picture] = field(default_factory=list)
    documents: list[SiteDocument] = field(default_factory=list)
    withheld: list[Picture] = field(default_factory=list)
    withheld_documents: list[SiteDocument] = field(default_factory=list)
    contacts: list[PressContact] = field(default_factory=list)

    @property
    def good_until(self) -> date | None:
        """The last day on which all of the contacts are in post who now are."""
        days = (one.in_post_until for one in self.contacts if one.in_post_until and one.is_in_post())
        return min(days, default=None)


def of(article: NewsArticle) -> Contents:
    """In the active language, which is the article's."""
    pictures = [one for one in _pictures(article) if _is_there(one.image.file)]
    documents = [one for one in _documents(article) if _is_there(one.file)]
    public = [one for one in documents if not one.collection.get_view_restrictions().exists()]
    return Contents(
        text=text.write(article),
        pictures=[one for one in pictures if one.image.for_press],
        documents=public,
        withheld=[one for one in pictures if not one.image.for_press],
        withheld_documents=[one for one in documents if one not in public],
        contacts=_contacts(article),
    )


def _pictures(article: NewsArticle) -> list[Picture]:
    """Each picture once, in the order of the page."""
    shown: dict[int, Picture] = {}
    for picture in _shown(article):
        shown.setdefault(picture.image.pk, picture)
    return list(shown.values())


def _shown(article: NewsArticle) -> Iterator[Picture]:
    if article.lead_picture:
        yield Picture(article.lead_picture, article.picture_alt, article.picture_caption)
    for block in article.body:
        values: list[Any] = []
        if block.block_type == "picture":
            values = [block.value]
        elif block.block_type == "gallery":
            values = list(block.value["pictures"])
        for value in values:
            if value["image"]:
                yield Picture(value["image"], value["alt"], value["caption"])


def _documents(article: NewsArticle) -> list[SiteDocument]:
    blocks = (block.value["items"] for block in article.body if block.block_type == "documents")
    found = {item["document"].pk: item["document"] for items in blocks for item in items if item["document"]}
    return list(found.values())


def _contacts(article: NewsArticle) -> list[PressContact]:
    boxes = (block.value["contacts"] for block in article.body if block.block_type == "contact_box")
    named = [row.contact for row in article.contacts.select_related("contact")]
    found = {one.pk: one for one in [*named, *(one for box in boxes for one in box if one)]}
    return list(found.values())


def _is_there(file: Any) -> bool:
    """Whether the storage has the file; without it the rest is passed on all the same."""
    found = bool(file.storage.exists(file.name))
    if not found:
        logger.error("%s is not there; it is left out of the archives for the press.", file.name)
    return found
