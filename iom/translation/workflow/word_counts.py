"""How many words were translated with each publication of a translation, for whoever pays.

The words are those of the original. Each passage is counted once, as the first of these that it is:

- repeated: the previous publication, or the same text above it, has the same passage;
- exact: the memory had it when the translation was published, from another text or an archive;
- changed: it is like a passage of the previous publication (`content.comparison`);
- new: all others.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from iom.publishing import jobs
from iom.translation.content import comparison
from iom.translation.content.places import Places
from iom.translation.content.segments import Segment, count_words
from iom.translation.memory import words
from iom.translation.models import Figures, MemoryEntry, TranslationVersion

COUNT = "translation-figures"  # the kind of job; it is stored
NEW, CHANGED, EXACT, REPEATED = "new", "changed", "exact", "repeated"
_AT_ONCE = 1000  # publications that one run of the scheduler finds


def _uncounted() -> Iterable[object]:
    counted = Figures.objects.filter(version=OuterRef("pk"))
    versions = TranslationVersion.objects.filter(~Exists(counted), published_at__isnull=False)
    return versions.order_by("-pk").values_list("pk", flat=True)[:_AT_ONCE]


@jobs.handler(COUNT, label=gettext_lazy("Count the words of a translation"), missing=_uncounted)
def count(key: str) -> None:
    """Writes the figures of a publication: the key is that of its version."""
    related = ("translation__source__locale", "translation__target_locale", "translation__state__page")
    version = TranslationVersion.objects.select_related(*related).filter(pk=key, published_at__isnull=False).first()
    if version is None or version.published_at is None:
        return
    numbers: dict[int | None, Counter[str]] = defaultdict(Counter)
    for passage, kind in kinds(version):
        numbers[passage["by"]][kind] += count_words(passage["source"])
    known = set(get_user_model().objects.filter(pk__in=[by for by in numbers if by]).values_list("pk", flat=True))
    by_translator: dict[int | None, Counter[str]] = defaultdict(Counter)
    by_translator[None] = Counter()  # a row at least: the publication has been counted
    for by, counter in numbers.items():
        by_translator[by if by in known else None] += counter
    translation = version.translation
    rows = [
        Figures(
            version=version,
            translation_key=translation.source.object_id,
            title=translation.source.object_repr[:255],
            source_locale=translation.source.locale,
            locale=translation.target_locale,
            translator_id=by,
            published_at=version.published_at,
            **counter,
        )
        for by, counter in by_translator.items()
    ]
    with transaction.atomic():
        Figures.objects.filter(version=version).delete()
        Figures.objects.bulk_create(rows)


def kinds(version: TranslationVersion) -> Iterator[tuple[dict[str, Any], str]]:
    """Each passage of a publication with what it counts as."""
    earlier = TranslationVersion.objects.filter(translation=version.translation_id, published_at__isnull=False)
    before = earlier.filter(Q(saved_at__lt=version.saved_at) | Q(saved_at=version.saved_at, pk__lt=version.pk)).first()
    former = [row for row in before.segments if row["target"]] if before else []
    met = {row["source"] for row in former}
    translated = [row for row in version.segments if row["target"]]
    segments = [_segment(number, row) for number, row in enumerate(translated)]
    changed = comparison.changes_since(former, segments)
    remembered = _remembered(version, [row["source"] for row in translated if row["source"] not in met])
    for number, row in enumerate(translated):
        source = row["source"]
        if source in met:
            yield row, REPEATED
        elif source in remembered:
            yield row, EXACT
        else:
            yield row, CHANGED if number in changed else NEW
        met.add(source)


def _segment(number: int, row: dict[str, Any]) -> Segment:
    """What `comparison` asks of a segment: a key, a path and the original."""
    said = (row["source"], "", row["target"], False, None, row["by"], None, None, None, Places(Page))
    return Segment(number, row["path"], "", 0, 0, number, *said)


def _remembered(version: TranslationVersion, sources: list[str]) -> set[str]:
    """Those that the memory had from elsewhere when the translation was published."""
    pair = words.pair_of(version.translation.source.locale, version.translation.target_locale)
    keys = {source: words.key(source, pair) for source in sources}
    elsewhere = Q(translation__isnull=False, at__lt=version.saved_at) & ~Q(translation=version.translation_id)
    archived = Q(archive__imported_at__lt=version.saved_at)
    known = MemoryEntry.objects.filter(elsewhere | archived, key__in=set(keys.values())).order_by()
    found = set(known.values_list("key", flat=True).distinct())
    return {source for source, key in keys.items() if key in found}
