"""Feed items: the data of an article in a feed, without its content."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid5

from iom.characters import remove_control_characters
from iom.countries import short_name
from iom.listing.models import Entry
from iom.listing.reading import shown
from iom.media.pictures import USES, RenditionFile, files_by_format
from newsroom.dates import modified_at
from newsroom.kinds import Kind
from newsroom.models import ArticleTopic


@dataclass
class Item:
    """An article in a feed. `alternates` has the language and address of each translation; `picture` the file and the
    media type."""

    entry: Entry
    language: str
    categories: list[str]
    alternates: list[tuple[str, str]] = field(default_factory=list)
    picture: tuple[RenditionFile, str] | None = None

    @property
    def id(self) -> str:
        """An identifier that never changes, even after a move, so that feed readers do not show the article twice."""
        return uuid5(self.entry.translation_key, self.language).urn

    @property
    def title(self) -> str:
        return remove_control_characters(self.entry.title)

    @property
    def summary(self) -> str:
        return remove_control_characters(self.entry.summary)

    @property
    def published_at(self) -> datetime:
        return self.entry.shown_date or self.entry.date

    @property
    def updated_at(self) -> datetime:
        """The date of the update that the author has entered, or of a later correction."""
        updated = self.entry.updated_at or self.published_at
        return modified_at(updated, [self.entry.corrected_on], self.entry.published_at) or updated


def build_items(entries: list[Entry], language: str) -> list[Item]:
    """Builds the items of the entries, in two queries."""
    topics = defaultdict(list)
    named = ArticleTopic.objects.filter(article__in=[entry.pk for entry in entries], topic__local_name__name__gt="")
    for pk, name in named.values_list("article", "topic__local_name__name"):
        topics[pk].append(name)
    alternates = defaultdict(list)
    others = shown().filter(translation_key__in=[entry.translation_key for entry in entries])
    for other in others.exclude(locale__language_code=language).select_related("locale").order_by("locale"):
        alternates[other.translation_key].append((other.locale.language_code, other.full_url))
    return [
        Item(
            entry,
            language,
            [str(Kind(entry.kind).label), *topics[entry.pk], *map(short_name, entry.country_codes)],
            alternates[entry.translation_key],
            _picture(entry),
        )
        for entry in entries
    ]


def digest(items: Sequence[Item], metadata: Mapping[str, str]) -> str:
    """Returns a digest that changes with any item of a feed and with its metadata."""
    values = [
        (
            one.id,
            one.summary,
            one.entry.published_at,
            one.entry.corrected_on,
            one.entry.url_path,
            one.categories,
            one.alternates,
            one.picture,
        )
        for one in items
    ]
    return hashlib.sha256(repr((values, metadata)).encode()).hexdigest()[:32]


def _picture(entry: Entry) -> tuple[RenditionFile, str] | None:
    formats = files_by_format(entry.picture, USES["lead"]) if entry.picture else {}
    if not formats:
        return None
    name, files = list(formats.items())[-1]
    return files[-1], f"image/{name}"
