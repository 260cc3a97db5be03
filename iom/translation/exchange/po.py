"""A translation as a PO file: export for another program, import, and the views for both."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

import polib
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.http import content_disposition_header
from django.utils.text import Truncator, slugify
from django.utils.translation import gettext, ngettext_lazy
from django.views.decorators.http import require_POST
from wagtail_localize.models import Translation

from iom.publishing.locking import atomic
from iom.translation.content import markup, memory, segments
from iom.translation.content.places import Places
from iom.translation.content.segments import Segment
from iom.translation.models import TranslationState
from iom.translation.workflow import instructions, writing
from iom.translation.workflow.views import back

LARGEST = 2 * 1024 * 1024  # bytes; the longest page of the site makes a file of some 60 KB
SHOWN = 10  # refused passages; the rest are counted
IDENTITY = "X-WagtailLocalize-TranslationID"
EXPORTED = "X-Exported-At"


class _Lines(str):
    """polib splits a text by `splitlines`, which also splits at U+2028, U+2029 and U+0085."""

    def splitlines(self, keepends: bool = False) -> list[str]:
        return self.split("\n")


class Unusable(Exception):
    """Why nothing of a file can be imported, in words for the user."""


@dataclass
class Outcome:
    """What has become of the entries of a file. Those without a translation are not counted."""

    imported: int = 0
    unchanged: int = 0
    fuzzy: int = 0
    unknown: int = 0  # not a passage of the original, or no longer
    newer: int = 0  # another person has written there since the file was exported
    refused: list[tuple[str, str]] = field(default_factory=list)  # passage of the original, what is wrong


def export(state: TranslationState) -> str:
    """The passages of the original in its order, with their translations.

    Where the original has changed, its former words and their translation are given, marked as fuzzy: translation
    programs show them so, and `import_file` leaves them out until someone has removed the mark.
    """
    translation = state.translation
    places = Places(state.page.specific_class)
    file = polib.POFile(wrapwidth=0)
    file.header = _instructions(state)
    file.metadata = {
        "Project-Id-Version": " ".join(translation.source.object_repr.split()),
        "POT-Creation-Date": f"{timezone.now():%Y-%m-%d %H:%M%z}",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": translation.target_locale.language_code.replace("-", "_"),
        IDENTITY: str(translation.uuid),
        EXPORTED: timezone.now().isoformat(),
    }
    rows = segments.of_translation(translation)
    former = memory.offers(translation, rows)
    for segment in rows:
        place = places.at(segment.field_path)
        entry = polib.POEntry(
            msgctxt=segment.path,
            msgid=markup.to_text(segment.source, place),
            msgstr=markup.to_text(segment.written or "", place),
            comment=": ".join(dict.fromkeys(str(name) for name in (place.group, place.label) if name)),
        )
        if segment.is_unconfirmed:
            entry.flags = ["fuzzy"]
        elif segment.written is None and (before := former.get(segment.pk)) and before.target:
            entry.previous_msgid = markup.to_text(before.source, place)
            entry.msgstr = markup.to_text(before.target, place)
            entry.flags = ["fuzzy"]
        file.append(entry)
    return str(file)


def _instructions(state: TranslationState) -> str:
    """What the officer asks, as a comment at the head of the file."""
    given = state.instructions
    return "\n".join(instructions.in_words(given.urgent, given.due_at, given.note)) if given else ""


def read(content: bytes, translation: Translation) -> polib.POFile:
    """The file, if it is one of this translation's. Raises Unusable."""
    if not content.strip():
        raise Unusable(gettext("The file is empty."))
    if len(content) > LARGEST:
        raise Unusable(gettext("The file is too large. Maximum 2 MB."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unusable(gettext("The file is not in UTF-8. Save it again in UTF-8.")) from error
    if "\0" in text:
        raise Unusable(gettext("This is not a PO file. Choose a file whose name ends in “.po”."))
    try:
        # polib opens what could be the name of a file; nothing that begins with a line break is one here
        file = polib.pofile(_Lines("\n" + text.replace("\r\n", "\n").replace("\r", "\n")))
    except (OSError, ValueError, LookupError, AttributeError) as error:  # polib's own, and those it lets through
        raise Unusable(gettext("This is not a PO file, or it is damaged. Download it again.")) from error
    _check_identity(file.metadata, translation)
    return file


def _check_identity(metadata: dict[str, str], translation: Translation) -> None:
    identity = metadata.get(IDENTITY, "").strip()
    if not identity:
        text = gettext("The file does not name its translation (%(header)s). Use the PO file from this screen.")
        raise Unusable(text % {"header": IDENTITY})
    if identity != str(translation.uuid):
        raise Unusable(gettext("The file belongs to another translation. Upload it there."))
    language = metadata.get("Language", "").strip().replace("_", "-").lower()
    expected = translation.target_locale.language_code.lower()
    if language and language.partition("-")[0] != expected.partition("-")[0]:
        text = gettext("The file is in another language (%(found)s instead of %(expected)s). Choose another file.")
        raise Unusable(text % {"found": language, "expected": expected})


@atomic
def import_file(state: TranslationState, file: polib.POFile, user: object) -> Outcome:
    """Writes the translations of the file that may stand as they are, as if they had been typed into the editor."""
    outcome = Outcome()
    state.lock()
    exported = parse_datetime(file.metadata.get(EXPORTED, ""))
    places = Places(state.page.specific_class)
    known = dict(_by_entry(segments.of_translation(state.translation), places))
    written: dict[Segment, str] = {}
    for entry in file:
        if entry.obsolete or not entry.msgstr.strip():
            continue
        segment = known.get((entry.msgctxt or "", entry.msgid))
        if segment is None:
            outcome.unknown += 1
            continue
        if entry.fuzzy:
            outcome.fuzzy += 1
            continue
        place = places.at(segment.field_path)
        text = markup.tidied(entry.msgstr, place)
        if problem := markup.problem(segment.source, text, place):
            outcome.refused.append((entry.msgid, problem))
        elif not segment.is_missing and markup.to_data(text, place) == segment.target:
            outcome.unchanged += 1
        elif _is_newer(segment, exported, user):
            outcome.newer += 1
        else:
            written[segment] = text
    outcome.imported = len(written)
    writing.write_all(state, written, user)
    return outcome


def _is_newer(segment: Segment, exported: datetime | None, user: object) -> bool:
    by_another = bool(segment.written) and segment.by != getattr(user, "pk", None)
    return bool(by_another and exported and segment.at and segment.at > exported)


def _by_entry(rows: Iterable[Segment], places: Places) -> Iterator[tuple[tuple[str, str], Segment]]:
    """Each passage by what an entry names it with: its place, and the original's words as `export` or localize writes
    them."""
    for segment in rows:
        yield (segment.path, segment.source), segment
        yield (segment.path, markup.to_text(segment.source, places.at(segment.field_path))), segment


def download(request: HttpRequest, state: TranslationState) -> HttpResponse:
    translation = state.translation
    name = slugify(translation.source.object_repr) or "page"
    return HttpResponse(
        export(state),
        content_type="text/x-gettext-translation; charset=utf-8",
        headers={
            "Content-Disposition": content_disposition_header(
                as_attachment=True, filename=f"{name}-{translation.target_locale.language_code}.po"
            )
        },
    )


@require_POST
def upload(request: HttpRequest, state: TranslationState) -> HttpResponse:
    """Brings in the PO file `file`, and says what has become of it."""
    file = request.FILES.get("file")
    if file is None:
        messages.error(request, gettext("Choose a PO file first."))
    elif file.size is not None and file.size > LARGEST:
        messages.error(request, gettext("The file is too large. Maximum 2 MB."))
    else:
        try:
            entries = read(file.read(), state.translation)
        except Unusable as error:
            messages.error(request, gettext("Nothing was imported. %(reason)s") % {"reason": error})
        else:
            _report(request, import_file(state, entries, request.user))
    return back(request, state.editor_address())


# What has become of the entries of a file, by the attribute of the outcome that counts them.
COUNTED = {
    "imported": ngettext_lazy("%(count)d passage imported.", "%(count)d passages imported.", "count"),
    "unchanged": ngettext_lazy("%(count)d was already the same.", "%(count)d were already the same.", "count"),
    "fuzzy": ngettext_lazy(
        "%(count)d was left out: it is marked as fuzzy.",
        "%(count)d were left out: they are marked as fuzzy.",
        "count",
    ),
    "unknown": ngettext_lazy(
        "%(count)d was left out: it is not in the original.",
        "%(count)d were left out: they are not in the original.",
        "count",
    ),
    "newer": ngettext_lazy(
        "%(count)d was left out: another person has changed it since the file was downloaded.",
        "%(count)d were left out: another person has changed them since the file was downloaded.",
        "count",
    ),
}


def _report(request: HttpRequest, outcome: Outcome) -> None:
    counts = {name: getattr(outcome, name) for name in COUNTED}
    said = [COUNTED[name] % {"count": count} for name, count in counts.items() if count or name == "imported"]
    level = messages.success if outcome.imported or outcome.unchanged else messages.warning
    level(request, " ".join(said))
    if outcome.refused:
        context = {
            "refused": [(Truncator(passage).chars(60), problem) for passage, problem in outcome.refused[:SHOWN]],
            "further": max(0, len(outcome.refused) - SHOWN),
        }
        messages.error(request, render_to_string("translation/po_refused.html", context))
