"""Several translations in one ZIP file, out and in. Nothing of an archive is written to the disk."""

import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext

from iom.core.files import Unusable
from iom.translation.exchange import document, formats, importing
from iom.translation.exchange.formats import Format
from iom.translation.exchange.importing import LARGEST, Sheet
from iom.translation.exchange.report import Outcome
from iom.translation.models import TranslationState
from iom.translation.workflow import policy

MOST = 200  # files
LARGEST_ARCHIVE = 20 * 1024 * 1024  # bytes
LARGEST_CONTENT = 100 * 1024 * 1024  # bytes, unpacked
LARGEST_RATIO = 200  # what the site writes is packed to a tenth
_SYSTEM = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")  # what other systems add to archives
_ENCRYPTED = 0x1


@dataclass(frozen=True)
class Result:
    """What has become of a file: its outcome, or the reason why nothing of it was imported."""

    file: str
    state: TranslationState | None = None
    outcome: Outcome | None = None
    reason: str = ""


def pack(states: Iterable[TranslationState], format: Format) -> bytes:
    """A file for each translation, in their order. Two texts of the same title have different names."""
    names: Counter[str] = Counter()
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for state in states:
            out = document.of(state)
            names[out.file_name] += 1
            number = f"-{names[out.file_name]}" if names[out.file_name] > 1 else ""
            archive.writestr(f"{out.file_name}{number}.{format.extension}", format.write(out))
    return packed.getvalue()


def import_all(name: str, content: bytes, user: object) -> list[Result]:
    """Imports each file of an archive, or the one file that it is. Raises Unusable where nothing of it can be read."""
    if not content.strip():
        raise Unusable(gettext("The file is empty."))
    if not content.startswith(formats.ZIP):
        return list(_import_file(name, content, user))
    results = []
    for file, found in _unpacked(content):
        if isinstance(found, Unusable):
            results.append(Result(file, reason=str(found)))
        else:
            results += _import_file(file, found, user)
    if not results:
        raise Unusable(gettext("The archive contains no files."))
    return results


def _unpacked(content: bytes) -> Iterator[tuple[str, bytes | Unusable]]:
    """The files of an archive, by their name. Raises Unusable where it is damaged or too large."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            members = [one for one in archive.infolist() if not one.is_dir() and not _is_of_a_system(one.filename)]
            _check_size(members)
            for member in members:
                yield member.filename, _member(archive, member)
    except (BadZipFile, NotImplementedError, ValueError) as error:  # of its directory
        raise Unusable(gettext("The archive is damaged or incomplete. Download it again.")) from error


def _is_of_a_system(name: str) -> bool:
    return name.startswith(_SYSTEM) or name.rpartition("/")[2].startswith(_SYSTEM)


def _check_size(members: list[ZipInfo]) -> None:
    """As the archive says of itself; what a file says of its size is checked again when it is read."""
    if len(members) > MOST:
        text = gettext("The archive contains more than %(limit)d files. Upload it in several parts.")
        raise Unusable(text % {"limit": MOST})
    total = sum(one.file_size for one in members)
    packed = sum(one.compress_size for one in members)
    if total > LARGEST_CONTENT or total > LARGEST_RATIO * max(packed, 1024):
        raise Unusable(gettext("The archive is far too large when it is unpacked. Nothing was read."))


def _member(archive: ZipFile, member: ZipInfo) -> bytes | Unusable:
    name = member.filename.replace("\\", "/")
    if name.startswith("/") or ":" in name or ".." in name.split("/"):
        return Unusable(gettext("The name of this file leads outside of the archive. Rename it."))
    if member.flag_bits & _ENCRYPTED:
        return Unusable(gettext("This file is encrypted. Pack it again without a password."))
    damaged = gettext("This file is damaged, or packed in a way that is not read. Pack it again as ZIP.")
    if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):  # each other way has errors of its own
        return Unusable(damaged)
    try:
        with archive.open(member) as file:
            content = file.read(LARGEST + 1)
    except (BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError, zlib.error):
        return Unusable(damaged)
    if content.startswith(formats.ZIP):
        return Unusable(gettext("This is an archive within the archive. Unpack it first."))
    return content


def _import_file(name: str, content: bytes, user: object) -> Iterator[Result]:
    try:
        sheets = formats.read(content)
    except Unusable as error:
        yield Result(name, reason=str(error))
        return
    states = TranslationState.objects.for_work().filter(translation__uuid__in=[one.identity for one in sheets])
    known = {state.translation.uuid: state for state in states}
    for sheet in sheets:
        yield _import_sheet(name, sheet, known.get(sheet.identity), user)


def _import_sheet(name: str, sheet: Sheet, state: TranslationState | None, user: object) -> Result:
    if state is None:
        return Result(name, reason=gettext("The file belongs to a translation that this site does not have."))
    if not policy.may_see(user, state):
        return Result(name, reason=gettext("You cannot change this translation."))
    if not policy.may_translate(user, state):
        return Result(name, state, reason=gettext("This translation cannot be changed at present."))
    try:
        importing.check_language(sheet, state.translation)
    except Unusable as error:
        return Result(name, state, reason=str(error))
    return Result(name, state, importing.import_sheet(state, sheet, user))
