"""What the memory keeps: the passages of each translation as last published, and imported archives."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from heapq import nsmallest
from itertools import batched
from typing import Any, NamedTuple

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, QuerySet
from django.utils.translation import gettext_lazy
from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationContext

from iom.publishing import jobs
from iom.translation.content import comparison, segments
from iom.translation.content.text import plain
from iom.translation.memory import words
from iom.translation.models import MemoryArchive, MemoryEntry, MemoryGram, TranslationState, TranslationVersion

REMEMBER = "translation-memory"  # the kind of job that keeps a translation; it is stored
GRAMS = 10  # that a text is found by
CAP = 200  # texts that a gram leads to: a look-up reads no more, however large the memory is
KEPT = 30  # entries of one text, the newest
_ASKED = 5000  # grams in one query
_BATCH = 1000


class Pair(NamedTuple):
    """A passage and its translation, in the form that localize stores."""

    source_locale: Locale
    target_locale: Locale
    source: str
    target: str
    at: datetime | None = None


def import_pairs(archive: MemoryArchive, pairs: Iterable[Pair]) -> int:
    """Adds pairs to an archive; how many were added. Those without words on one side are left out."""
    count = 0
    for batch in batched(pairs, _BATCH):
        rows = [entry_of(pair, archive=archive) for pair in batch if plain(pair.source) and plain(pair.target)]
        with transaction.atomic():
            _add(rows)
        count += len(rows)
    return count


def remove_archive(archive: MemoryArchive) -> None:
    """Removes an archive with its pairs."""
    with transaction.atomic():
        remove(MemoryEntry.objects.filter(archive=archive))
        archive.delete()


def remove(former: QuerySet[MemoryEntry]) -> None:
    """Removes entries, with the grams by which nothing else is found."""
    with transaction.atomic():
        texts: dict[tuple[Locale, Locale], dict[int, str]] = defaultdict(dict)
        rows = former.order_by().select_related("source_locale", "target_locale")
        for row in rows.iterator(chunk_size=_BATCH):
            texts[row.source_locale, row.target_locale][row.key] = row.source
        former.delete()
        for (source, target), by_key in texts.items():
            for batch in batched(by_key.items(), _BATCH):
                _forget(dict(batch), source, target)


def export_pairs(source: Locale, target: Locale) -> Iterator[Pair]:
    """Every pair of passages that is offered from one language into another, each wording once, as last written."""
    rows = MemoryEntry.objects.standing().filter(source_locale=source, target_locale=target).order_by("key", "-pk")
    key, seen = None, set[tuple[str, str]]()
    for row in rows.iterator(chunk_size=_BATCH):
        if row.key != key:
            key, seen = row.key, set()
        if (row.source, row.target) not in seen and stands_in_original(row):
            seen.add((row.source, row.target))
            yield Pair(source, target, row.source, row.target, row.at)


def stands_in_original(entry: MemoryEntry) -> bool:
    """Whether the original still says it in the same place; an archive has no original.

    `entry` is one of `MemoryEntryQuerySet.standing`, which asks all the rest.
    """
    if entry.translation is None:
        return True
    said = entry.translation.state.original.fingerprints
    return segments.fingerprint(entry.path, entry.source) in said


def _unkept() -> Iterable[object]:
    published = TranslationVersion.objects.filter(translation=OuterRef("pk"), digest=OuterRef("digest"))
    states = TranslationState.objects.filter(translation__enabled=True).exclude(memory_digest=F("digest"))
    return states.filter(Exists(published.filter(published_at__isnull=False))).values_list("pk", flat=True)


@jobs.handler(REMEMBER, label=gettext_lazy("Keep a translation in the memory"), missing=_unkept)
def remember(key: str) -> None:
    """Replaces what the memory has of a translation by its passages as last published: the key is localize's."""
    related = ("source__locale", "target_locale")
    translation = Translation.objects.select_related(*related).filter(pk=key, state__isnull=False).first()
    version = translation and comparison.last_published(translation.pk)
    if translation is None or version is None:
        return
    rows = list(_rows(translation, version))
    former = MemoryEntry.objects.filter(translation=translation.pk)
    texts = dict(former.values_list("key", "source"))
    known = list(former.values_list("pk", flat=True))
    with transaction.atomic():
        _add(rows)
        MemoryEntry.objects.filter(pk__in=known).delete()
        _forget(texts, translation.source.locale, translation.target_locale)
        TranslationState.objects.filter(pk=translation.pk).update(memory_digest=version.digest)


def _rows(translation: Translation, version: TranslationVersion) -> Iterator[MemoryEntry]:
    contexts = TranslationContext.objects.filter(object=translation.source.object_id)
    fields = dict(contexts.values_list("path", "field_path"))
    people = set(
        get_user_model().objects.filter(pk__in={it["by"] for it in version.segments}).values_list("pk", flat=True)
    )
    before = None
    for passage in version.segments:
        path, source = passage["path"], passage["source"]
        if not passage["target"] or not plain(source):
            continue
        at = datetime.fromisoformat(passage["at"]) if passage["at"] else version.published_at
        row = entry_of(
            Pair(translation.source.locale, translation.target_locale, source, passage["target"], at),
            translation=translation,
            path=path,
            field_path=fields.get(path, ""),
            before=before,
            by_id=passage["by"] if passage["by"] in people else None,
        )
        before = row.key
        yield row


def rebuild() -> None:
    """Makes the memory again: published translations as their jobs do, archives from what there is of them."""
    MemoryGram.objects.all().delete()
    MemoryEntry.objects.filter(archive=None).delete()
    last, seen = 0, set[int]()
    rows = MemoryEntry.objects.select_related("source_locale", "target_locale").order_by("pk")
    while batch := list(rows.filter(pk__gt=last)[:_BATCH]):
        last = batch[-1].pk
        with transaction.atomic():
            MemoryEntry.objects.filter(pk__in=[row.pk for row in batch]).delete()
            MemoryEntry.objects.bulk_create(map(_computed, batch))
            _index([row for row in batch if row.key not in seen])
        seen |= {row.key for row in batch}
    TranslationState.objects.exclude(memory_digest="").update(memory_digest="")
    for key in list(_unkept()):
        remember(str(key))


def _add(rows: list[MemoryEntry]) -> None:
    known = set(MemoryEntry.objects.filter(key__in={row.key for row in rows}).values_list("key", flat=True))
    MemoryEntry.objects.bulk_create(rows)
    _index([row for row in rows if row.key not in known])
    entries = MemoryEntry.objects.filter(key__in={row.key for row in rows}).values("key")
    for key in entries.annotate(number=Count("pk")).filter(number__gt=KEPT).values_list("key", flat=True):
        of_text = MemoryEntry.objects.filter(key=key)
        newest = of_text.order_by("-pk").values_list("pk", flat=True)[:KEPT]
        of_text.filter(pk__lt=min(newest)).delete()


def _index(rows: list[MemoryEntry]) -> None:
    """Lets new texts be found: by the rarest of their grams, as far as these lead to few others."""
    found = {row.key: dict(words.grams_of(row.source, row.source_locale, row.target_locale)) for row in rows}
    counts: Counter[int] = Counter()
    for batch in batched({gram for grams in found.values() for gram in grams}, _ASKED):
        asked = MemoryGram.objects.filter(gram__in=batch).values("gram").annotate(number=Count("key"))
        counts.update(dict(asked.values_list("gram", "number")))
    made = [MemoryGram(gram=gram, key=key) for key, grams in found.items() for gram in chosen(grams, counts)]
    MemoryGram.objects.bulk_create(made, ignore_conflicts=True)


def chosen(grams: Mapping[int, int], counts: Counter[int]) -> list[int]:
    """The rarest grams of a text, of those with their lengths in `grams`; `counts` tells how many texts each has."""
    free = [(counts[gram], -length, gram) for gram, length in grams.items() if counts[gram] < CAP]
    found = [gram for _count, _length, gram in nsmallest(GRAMS, free)]
    counts.update(found)
    return found


def _forget(texts: Mapping[int, str], source: Locale, target: Locale) -> None:
    """Removes the grams of texts that no entry has any more, by their keys."""
    kept = set(MemoryEntry.objects.filter(key__in=texts).values_list("key", flat=True))
    for key, text in texts.items():
        if key not in kept:
            grams = [gram for gram, _length in words.grams_of(text, source, target)]
            for batch in batched(grams, _ASKED):
                MemoryGram.objects.filter(gram__in=batch, key=key).delete()


def entry_of(pair: Pair, **values: Any) -> MemoryEntry:
    """An unsaved entry; `values`: its other fields."""
    return _computed(MemoryEntry(**pair._asdict(), **values))


def _computed(entry: MemoryEntry) -> MemoryEntry:
    """With its key and its tokens."""
    source, target = entry.source_locale, entry.target_locale
    entry.key = words.key(entry.source, words.pair_of(source, target))
    tokens = (words.tokens(entry.source, source.language_code), words.tokens(entry.target, target.language_code))
    entry.tokens = " ".join(tokens)
    return entry
