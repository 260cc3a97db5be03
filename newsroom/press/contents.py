"""Collects the contents of an article's archive for journalists, and the pictures that they may not reuse."""

import hashlib
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from django.db.models import QuerySet
from django.db.models.fields.files import FieldFile
from wagtail.blocks.stream_block import StreamValue
from wagtail.models import Collection

from iom.core.blocks import DocumentsBlock, PictureBlock, QuoteBlock, find_block_values
from iom.listing.reading import shown
from iom.media.models import SiteDocument, SiteImage
from newsroom.models import NewsArticle
from newsroom.press import text_rendering

logger = logging.getLogger(__name__)

_FORMAT_VERSION = 3  # part of the digest: with another number, all archives are built again


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with the texts of its first use in the article. `captions` has pairs of language and caption, those
    in the article's own language first."""

    image: SiteImage
    alt: str = ""
    caption: str = ""
    captions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Contents:
    """The contents of an archive. `withheld` has the pictures that the press may not reuse."""

    text: str
    pictures: list[Picture] = field(default_factory=list)
    documents: list[SiteDocument] = field(default_factory=list)
    withheld: list[Picture] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """A digest that changes with anything in the archive, and with the permission to reuse a picture."""
        described = [
            [(one.image.file.name, one.image.credit, one.alt, one.caption, one.captions) for one in pictures]
            for pictures in (self.pictures, self.withheld)
        ]
        files = [one.file.name for one in self.documents]
        return hashlib.sha256(repr((_FORMAT_VERSION, self.text, described, files)).encode()).hexdigest()

    def without_missing_files(self) -> "Contents":
        """Returns the contents without the files that the storage has lost."""
        return replace(
            self,
            pictures=[one for one in self.pictures if _exists(one.image.file)],
            documents=[one for one in self.documents if _exists(one.file)],
        )


def collect(article: NewsArticle) -> Contents:
    """Returns what journalists may download now. The active language must be that of the article."""
    pictures = _distinct_pictures(article)
    if pictures:
        texts = [(article, pictures), *((other, _distinct_pictures(other)) for other in _translations(article))]
        for key, picture in pictures.items():
            captions = ((text.locale.language_code, theirs[key].caption) for text, theirs in texts if key in theirs)
            pictures[key] = replace(picture, captions=tuple(pair for pair in captions if pair[1]))
    return Contents(
        text=text_rendering.article_text(article),
        pictures=[one for one in pictures.values() if one.image.for_press],
        documents=_public(_documents(article.body)),
        withheld=[one for one in pictures.values() if not one.image.for_press],
    )


def _distinct_pictures(article: NewsArticle) -> dict[int, Picture]:
    pictures: dict[int, Picture] = {}
    for picture in _pictures(article):
        pictures.setdefault(picture.image.pk, picture)
    return pictures


def _translations(article: NewsArticle) -> QuerySet[NewsArticle]:
    """Returns the public articles with the same text in the other languages."""
    others = shown().filter(translation_key=article.translation_key).exclude(pk=article.pk)
    texts = NewsArticle.objects.filter(pk__in=others.values("pk"))
    return texts.select_related("locale", "lead_picture").order_by("locale")


def _pictures(article: NewsArticle) -> Iterator[Picture]:
    """Yields the pictures in the order of the page, one that is shown twice each time."""
    if article.lead_picture:
        yield Picture(article.lead_picture, article.picture_alt, article.picture_caption)
    for child in article.body:
        values = find_block_values(PictureBlock, [child])
        yield from (Picture(one["image"], one["alt"], one["caption"]) for one in values if one["image"])
        quotations = find_block_values(QuoteBlock, [child])
        yield from (Picture(one["portrait"], one["speaker"], one["role"]) for one in quotations if one["portrait"])


def _documents(body: StreamValue) -> list[SiteDocument]:
    blocks = find_block_values(DocumentsBlock, body)
    found = {item["document"].pk: item["document"] for value in blocks for item in value["items"] if item["document"]}
    return list(found.values())


def documents_in(keys: Sequence[int]) -> list[SiteDocument]:
    """Returns the public documents in the texts of the articles with these keys, in their order. Four queries."""
    block = NewsArticle._meta.get_field("body").stream_block
    bodies = dict(NewsArticle.objects.filter(pk__in=keys).order_by().values_list("pk", "body"))
    stored = [child for key in keys if key in bodies for child in bodies[key].raw_data if child["type"] == "documents"]
    return _public(_documents(block.to_python(stored)))


def _public(documents: list[SiteDocument]) -> list[SiteDocument]:
    """Returns the documents that are in no private collection and in none below one."""
    if not documents:
        return []
    private = tuple(Collection.objects.filter(view_restrictions__isnull=False).values_list("path", flat=True))
    keys = [one.pk for one in documents]
    paths = dict(SiteDocument.objects.filter(pk__in=keys).values_list("pk", "collection__path"))
    return [one for one in documents if not paths[one.pk].startswith(private)]


def _exists(file: FieldFile) -> bool:
    exists = file.storage.exists(str(file.name))
    if not exists:
        logger.error("%s is missing; the press archives do not contain it", file.name)
    return exists
