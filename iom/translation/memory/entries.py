"""Writes, imports and exports the entries of the memory: passages as last published, and imported archives."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from heapq import nsmallest
from itertools import batched
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, QuerySet
from django.utils.translation import gettext_lazy
from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationContext

from iom.publishing import jobs
from iom.translation.content import comparison, segments
from iom.translation.content.text import plain_text
from iom.translation.memory import tokenization
from iom.translation.models import MemoryArchive, MemoryEntry, MemoryGram, TranslationState, TranslationVersion

STORE_TRANSLATION = "translation-memory"  # a job kind, stored in the database
GRAMS_PER_TEXT = 10  # by which a text is found
MAX_TEXTS_PER_GRAM = 200  # limits what a look-up reads, however large the memory is
MAX_ENTRIES_PER_TEXT = 30  # the newest are kept
_GRAMS_PER_QUERY = 5000
_BATCH = 1000


class Pair(NamedTuple):
    """A passage and its translation, in the form that localize stores."""

    source_locale: Locale
    target_locale: Locale
    source: str
    target: str
    at: datetime | None = None


def import_pairs(archive: MemoryArchive, pairs: Iterable[Pair]) -> int:
    """Adds pairs to an archive and returns how many were added. Pairs without words on one side are left out."""
    count = 0
    for batch in batched(pairs, _BATCH):
        rows = [
            build_entry(pair, archive=archive) for pair in batch if plain_text(pair.source) and plain_text(pair.target)
        ]
        with transaction.atomic():
            _add_entries(rows)
        count += len(rows)
    return count


def delete_archive(archive: MemoryArchive) -> None:
    """Deletes an archive with its entries."""
    with transaction.atomic():
        delete_entries(MemoryEntry.objects.filter(archive=archive))
        archive.delete()


def delete_entries(former: QuerySet[MemoryEntry]) -> None:
    """Deletes entries, and the grams of texts that have no other entry."""
    with transaction.atomic():
        texts: dict[tuple[Locale, Locale], dict[int, str]] = defaultdict(dict)
        rows = former.order_by().select_related("source_locale", "target_locale")
        for row in rows.iterator(chunk_size=_BATCH):
            texts[row.source_locale, row.target_locale][row.key] = row.source
        former.delete()
        for (source, target), by_key in texts.items():
            for batch in batched(by_key.items(), _BATCH):
                _delete_grams(dict(batch), source, target)


def export_pairs(source: Locale, target: Locale) -> Iterator[Pair]:
    """Yields every pair of passages that is offered from one language into another, each wording once, the newest."""
    rows = MemoryEntry.objects.standing().filter(source_locale=source, target_locale=target).order_by("key", "-pk")
    key, seen = None, set[tuple[str, str]]()
    for row in rows.iterator(chunk_size=_BATCH):
        if row.key != key:
            key, seen = row.key, set()
        if (row.source, row.target) not in seen and is_in_original(row):
            seen.add((row.source, row.target))
            yield Pair(source, target, row.source, row.target, row.at)


def is_in_original(entry: MemoryEntry) -> bool:
    """Returns whether the original still has the text at the same path. It is True for an entry of an archive.

    `entry` comes from `MemoryEntryQuerySet.standing`, which checks all other conditions.
    """
    if entry.translation is None:
        return True
    return segments.fingerprint(entry.path, entry.source) in entry.translation.state.original.fingerprints


def _missing_from_memory() -> Iterable[object]:
    published = TranslationVersion.objects.filter(translation=OuterRef("pk"), digest=OuterRef("digest"))
    states = TranslationState.objects.filter(translation__enabled=True).exclude(memory_digest=F("digest"))
    return states.filter(Exists(published.filter(published_at__isnull=False))).values_list("pk", flat=True)


@jobs.handler(STORE_TRANSLATION, label=gettext_lazy("Keep a translation in the memory"), missing=_missing_from_memory)
def store_translation(key: str) -> None:
    """Replaces the entries of a translation with its passages as last published. `key`: of localize's Translation."""
    related = ("source__locale", "target_locale")
    translation = Translation.objects.select_related(*related).filter(pk=key, state__isnull=False).first()
    version = translation and comparison.last_published_version(translation.pk)
    if translation is None or version is None:
        return
    rows = list(_build_entries(translation, version))
    former = MemoryEntry.objects.filter(translation=translation.pk)
    texts = dict(former.values_list("key", "source"))
    former_keys = list(former.values_list("pk", flat=True))
    with transaction.atomic():
        _add_entries(rows)
        MemoryEntry.objects.filter(pk__in=former_keys).delete()
        _delete_grams(texts, translation.source.locale, translation.target_locale)
        TranslationState.objects.filter(pk=translation.pk).update(memory_digest=version.digest)


def _build_entries(translation: Translation, version: TranslationVersion) -> Iterator[MemoryEntry]:
    contexts = TranslationContext.objects.filter(object=translation.source.object_id)
    fields = dict(contexts.values_list("path", "field_path"))
    people = version.existing_writers()
    before = None
    for passage in version.segments:
        path, source = passage["path"], passage["source"]
        if not passage["target"] or not plain_text(source):
            continue
        at = datetime.fromisoformat(passage["at"]) if passage["at"] else version.published_at
        row = build_entry(
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
    """Rebuilds the memory: published translations as their jobs do, archives from their present entries."""
    MemoryGram.objects.all().delete()
    MemoryEntry.objects.filter(archive=None).delete()
    last, seen = 0, set[int]()
    rows = MemoryEntry.objects.select_related("source_locale", "target_locale").order_by("pk")
    while batch := list(rows.filter(pk__gt=last)[:_BATCH]):
        last = batch[-1].pk
        with transaction.atomic():
            MemoryEntry.objects.filter(pk__in=[row.pk for row in batch]).delete()
            MemoryEntry.objects.bulk_create(map(_with_key_and_tokens, batch))
            _index_texts([row for row in batch if row.key not in seen])
        seen |= {row.key for row in batch}
    TranslationState.objects.exclude(memory_digest="").update(memory_digest="")
    for key in list(_missing_from_memory()):
        store_translation(str(key))


def _add_entries(rows: list[MemoryEntry]) -> None:
    existing = set(MemoryEntry.objects.filter(key__in={row.key for row in rows}).values_list("key", flat=True))
    MemoryEntry.objects.bulk_create(rows)
    _index_texts([row for row in rows if row.key not in existing])
    entries = MemoryEntry.objects.filter(key__in={row.key for row in rows}).values("key")
    for key in (
        entries.annotate(number=Count("pk")).filter(number__gt=MAX_ENTRIES_PER_TEXT).values_list("key", flat=True)
    ):
        of_text = MemoryEntry.objects.filter(key=key)
        newest = of_text.order_by("-pk").values_list("pk", flat=True)[:MAX_ENTRIES_PER_TEXT]
        of_text.filter(pk__lt=min(newest)).delete()


def _index_texts(rows: list[MemoryEntry]) -> None:
    """Writes the grams of new texts: the rarest ones that have fewer than MAX_TEXTS_PER_GRAM texts."""
    found = {row.key: dict(tokenization.hash_grams(row.source, row.source_locale, row.target_locale)) for row in rows}
    counts: Counter[int] = Counter()
    for batch in batched({gram for grams in found.values() for gram in grams}, _GRAMS_PER_QUERY):
        counted = MemoryGram.objects.filter(gram__in=batch).values("gram").annotate(number=Count("key"))
        counts.update(dict(counted.values_list("gram", "number")))
    made = [MemoryGram(gram=gram, key=key) for key, grams in found.items() for gram in select_grams(grams, counts)]
    MemoryGram.objects.bulk_create(made, ignore_conflicts=True)


def select_grams(grams: Mapping[int, int], counts: Counter[int]) -> list[int]:
    """Returns the rarest grams of a text, and of equally rare ones the longest, and counts them in `counts`.

    `grams` are the lengths of its grams; `counts` are the numbers of texts that each gram has.
    """
    free = [(counts[gram], -length, gram) for gram, length in grams.items() if counts[gram] < MAX_TEXTS_PER_GRAM]
    found = [gram for _count, _length, gram in nsmallest(GRAMS_PER_TEXT, free)]
    counts.update(found)
    return found


def _delete_grams(texts: Mapping[int, str], source: Locale, target: Locale) -> None:
    """Deletes the grams of those texts (by key) that have no entry any more."""
    kept = set(MemoryEntry.objects.filter(key__in=texts).values_list("key", flat=True))
    for key, text in texts.items():
        if key not in kept:
            grams = [gram for gram, _length in tokenization.hash_grams(text, source, target)]
            for batch in batched(grams, _GRAMS_PER_QUERY):
                MemoryGram.objects.filter(gram__in=batch, key=key).delete()


def build_entry(pair: Pair, **values: Any) -> MemoryEntry:
    """Returns an unsaved entry. `values`: its other fields."""
    return _with_key_and_tokens(MemoryEntry(**pair._asdict(), **values))


def _with_key_and_tokens(entry: MemoryEntry) -> MemoryEntry:
    """Sets the key and the tokens of an entry, and returns it."""
    source, target = entry.source_locale, entry.target_locale
    entry.key = tokenization.text_key(entry.source, tokenization.language_pair(source, target))
    texts = ((entry.source, source), (entry.target, target))
    entry.tokens = " ".join(tokenization.index_tokens(text, locale.language_code) for text, locale in texts)
    return entry
