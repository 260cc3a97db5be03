"""What of an article journalists may take away, and what they may not."""

import hashlib
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from django.db.models import QuerySet
from django.db.models.fields.files import FieldFile
from wagtail.blocks.stream_block import StreamValue
from wagtail.models import Collection

from iom.core.blocks import DocumentsBlock, PictureBlock, QuoteBlock, values_of
from iom.listing.reading import shown
from iom.media.models import SiteDocument, SiteImage
from newsroom.models import NewsArticle
from newsroom.press import text

logger = logging.getLogger(__name__)

_FORM = 2  # another number once archives are made in another way: those that exist are made again


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as the article shows it first. `captions`: in each language of the article, its own first."""

    image: SiteImage
    alt: str = ""
    caption: str = ""
    captions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Contents:
    """`withheld`: pictures that the press may not reuse."""

    text: str
    pictures: list[Picture] = field(default_factory=list)
    documents: list[SiteDocument] = field(default_factory=list)
    withheld: list[Picture] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """Changes with anything in the archive, and when something may no longer be given."""
        described = [
            [(one.image.file.name, one.image.credit, one.alt, one.caption, one.captions) for one in pictures]
            for pictures in (self.pictures, self.withheld)
        ]
        files = [one.file.name for one in self.documents]
        return hashlib.sha256(repr((_FORM, self.text, described, files)).encode()).hexdigest()

    def in_storage(self) -> "Contents":
        """Without the files that the storage has lost: the rest is given all the same."""
        return replace(
            self,
            pictures=[one for one in self.pictures if _is_there(one.image.file)],
            documents=[one for one in self.documents if _is_there(one.file)],
        )


def of(article: NewsArticle) -> Contents:
    """What may be given at this moment, in the active language, which is the article's."""
    pictures = _distinct(article)
    if pictures:
        texts = [(article, pictures), *((other, _distinct(other)) for other in _translations(article))]
        for key, picture in pictures.items():
            said = ((text.locale.language_code, theirs[key].caption) for text, theirs in texts if key in theirs)
            pictures[key] = replace(picture, captions=tuple(one for one in said if one[1]))
    return Contents(
        text=text.article_text(article),
        pictures=[one for one in pictures.values() if one.image.for_press],
        documents=_public(_documents(article.body)),
        withheld=[one for one in pictures.values() if not one.image.for_press],
    )


def _distinct(article: NewsArticle) -> dict[int, Picture]:
    pictures: dict[int, Picture] = {}
    for picture in _pictures(article):
        pictures.setdefault(picture.image.pk, picture)
    return pictures


def _translations(article: NewsArticle) -> QuerySet[NewsArticle]:
    """The same text in the other languages that anyone may read."""
    others = shown().filter(translation_key=article.translation_key).exclude(pk=article.pk)
    texts = NewsArticle.objects.filter(pk__in=others.values("pk"))
    return texts.select_related("locale", "lead_picture").order_by("locale")


def _pictures(article: NewsArticle) -> Iterator[Picture]:
    """In the order of the page; one that is shown twice comes twice."""
    if article.lead_picture:
        yield Picture(article.lead_picture, article.picture_alt, article.picture_caption)
    for child in article.body:
        values = values_of(PictureBlock, child.block, child.value)
        yield from (Picture(one["image"], one["alt"], one["caption"]) for one in values if one["image"])
        quotations = values_of(QuoteBlock, child.block, child.value)
        yield from (Picture(one["portrait"], one["speaker"], one["role"]) for one in quotations if one["portrait"])


def _documents(body: StreamValue) -> list[SiteDocument]:
    blocks = (value for child in body for value in values_of(DocumentsBlock, child.block, child.value))
    found = {item["document"].pk: item["document"] for value in blocks for item in value["items"] if item["document"]}
    return list(found.values())


def documents_in(keys: Sequence[int]) -> list[SiteDocument]:
    """The documents that anyone may have in the texts of these articles, in the order of the keys. Four queries."""
    block = NewsArticle._meta.get_field("body").stream_block
    bodies = dict(NewsArticle.objects.filter(pk__in=keys).order_by().values_list("pk", "body"))
    stored = [child for key in keys if key in bodies for child in bodies[key].raw_data if child["type"] == "documents"]
    return _public(_documents(block.to_python(stored)))


def _public(documents: list[SiteDocument]) -> list[SiteDocument]:
    """Those in no private collection, and in none below one."""
    if not documents:
        return []
    private = tuple(Collection.objects.filter(view_restrictions__isnull=False).values_list("path", flat=True))
    keys = [one.pk for one in documents]
    paths = dict(SiteDocument.objects.filter(pk__in=keys).values_list("pk", "collection__path"))
    return [one for one in documents if not paths[one.pk].startswith(private)]


def _is_there(file: FieldFile) -> bool:
    found = file.storage.exists(str(file.name))
    if not found:
        logger.error("%s is not there; it is left out of the archives for the press.", file.name)
    return found
