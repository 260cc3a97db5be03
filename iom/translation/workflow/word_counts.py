"""Counts the words that were translated with each publication of a translation, for payment.

The words are those of the original. Each passage is counted once, in the first of these classes that applies:

- repeated: the previous publication, or the same text further up, has the same passage;
- exact: the memory had it when the translation was published, from another text or an archive;
- changed: it is like a passage of the previous publication (`content.comparison`);
- new: all others.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from iom.publishing import jobs
from iom.translation.content import comparison
from iom.translation.content.places import Places
from iom.translation.content.segments import Segment, count_words
from iom.translation.memory import tokenization
from iom.translation.models import Figures, MemoryEntry, TranslationVersion

COUNT = "translation-figures"  # the stored kind of job
NEW, CHANGED, EXACT, REPEATED = "new", "changed", "exact", "repeated"
BATCH_SIZE = 1000  # publications that one run of the scheduler finds


def _uncounted_versions() -> Iterable[object]:
    counted = Figures.objects.filter(version=OuterRef("pk"))
    versions = TranslationVersion.objects.filter(~Exists(counted), published_at__isnull=False)
    return versions.order_by("-pk").values_list("pk", flat=True)[:BATCH_SIZE]


@jobs.handler(COUNT, label=gettext_lazy("Count the words of a translation"), missing=_uncounted_versions)
def count(key: str) -> None:
    """Job handler: writes the figures of a publication. The key is that of its version."""
    related = ("translation__source__locale", "translation__target_locale", "translation__state__page")
    version = TranslationVersion.objects.select_related(*related).filter(pk=key, published_at__isnull=False).first()
    if version is None or version.published_at is None:
        return
    people = version.existing_writers()
    numbers: dict[int | None, Counter[str]] = defaultdict(Counter)
    numbers[None] = Counter()  # at least one row, which marks the publication as counted
    for passage, kind in classify_passages(version):
        numbers[passage["by"] if passage["by"] in people else None][kind] += count_words(passage["source"])
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
        for by, counter in numbers.items()
    ]
    with transaction.atomic():
        Figures.objects.filter(version=version).delete()
        Figures.objects.bulk_create(rows)


def classify_passages(version: TranslationVersion) -> Iterator[tuple[dict[str, Any], str]]:
    """Yields each translated passage of a publication with its class."""
    earlier = TranslationVersion.objects.filter(translation=version.translation_id, published_at__isnull=False)
    before = earlier.filter(Q(saved_at__lt=version.saved_at) | Q(saved_at=version.saved_at, pk__lt=version.pk)).first()
    former = [row for row in before.segments if row["target"]] if before else []
    met = {row["source"] for row in former}
    translated = [row for row in version.segments if row["target"]]
    segments = [_build_segment(number, row) for number, row in enumerate(translated)]
    changed = comparison.find_changes(former, segments)
    remembered = _sources_in_memory(version, [row["source"] for row in translated if row["source"] not in met])
    for number, row in enumerate(translated):
        source = row["source"]
        if source in met:
            yield row, REPEATED
        elif source in remembered:
            yield row, EXACT
        else:
            yield row, CHANGED if number in changed else NEW
        met.add(source)


def _build_segment(number: int, row: dict[str, Any]) -> Segment:
    """Builds the segment that `comparison` needs: its key, path and source are set."""
    values = (row["source"], "", row["target"], False, None, row["by"], None, None, None, Places(Page))
    return Segment(number, row["path"], "", 0, 0, number, *values)


def _sources_in_memory(version: TranslationVersion, sources: list[str]) -> set[str]:
    """Returns the sources that the memory had from other texts or archives when the translation was saved."""
    pair = tokenization.language_pair(version.translation.source.locale, version.translation.target_locale)
    keys = {source: tokenization.text_key(source, pair) for source in sources}
    elsewhere = Q(translation__isnull=False, at__lt=version.saved_at) & ~Q(translation=version.translation_id)
    archived = Q(archive__imported_at__lt=version.saved_at)
    known = MemoryEntry.objects.filter(elsewhere | archived, key__in=set(keys.values())).order_by()
    found = set(known.values_list("key", flat=True).distinct())
    return {source for source, key in keys.items() if key in found}
