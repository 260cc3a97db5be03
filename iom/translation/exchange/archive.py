"""Exports several translations as one ZIP file, and imports such files. Archives are unpacked in memory only."""

import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext

from iom.core.files import UnusableFile
from iom.translation.exchange import document, formats, importing
from iom.translation.exchange.formats import Format
from iom.translation.exchange.importing import MAX_FILE_SIZE, ParsedTranslation
from iom.translation.exchange.report import Outcome
from iom.translation.models import TranslationState
from iom.translation.workflow import policy

MAX_FILES = 200  # files
MAX_ARCHIVE_SIZE = 20 * 1024 * 1024  # bytes
MAX_UNPACKED_SIZE = 25 * 1024 * 1024  # bytes, unpacked; they are read within one request, in about ten seconds
MAX_COMPRESSION_RATIO = 200  # the site's own files are compressed to about a tenth
_SYSTEM_FILES = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")  # added to archives by macOS and Windows
_ENCRYPTED_FLAG = 0x1


@dataclass(frozen=True)
class Result:
    """The result for one file: the outcome of its import, or the reason why nothing was imported."""

    file: str
    state: TranslationState | None = None
    outcome: Outcome | None = None
    reason: str = ""


def build_archive(states: Iterable[TranslationState], format: Format) -> bytes:
    """Returns a ZIP file with one file for each translation, in their order. Equal file names get a number."""
    names: Counter[str] = Counter()
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for state in states:
            out = document.build_document(state)
            names[out.file_name] += 1
            number = f"-{names[out.file_name]}" if names[out.file_name] > 1 else ""
            archive.writestr(f"{out.file_name}{number}.{format.extension}", format.write(out))
    return packed.getvalue()


def import_files(name: str, content: bytes, user: object) -> list[Result]:
    """Imports each file of an archive, or a single file. Raises UnusableFile if the archive cannot be read at all."""
    if not content.strip():
        raise UnusableFile(gettext("The file is empty."))
    if not content.startswith(formats.ZIP):
        return list(_import_file(name, content, user))
    results = []
    for file, found in _unpack(content):
        if isinstance(found, UnusableFile):
            results.append(Result(file, reason=str(found)))
        else:
            results += _import_file(file, found, user)
    if not results:
        raise UnusableFile(gettext("The archive contains no files."))
    return results


def _unpack(content: bytes) -> Iterator[tuple[str, bytes | UnusableFile]]:
    """Yields name and content of each file in an archive. Raises UnusableFile if it is damaged or too large."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            members = [one for one in archive.infolist() if not one.is_dir() and not _is_system_file(one.filename)]
            _check_size(members)
            for member in members:
                yield member.filename, _read_member(archive, member)
    except (BadZipFile, NotImplementedError, ValueError) as error:  # the directory of the archive is damaged
        raise UnusableFile(gettext("The archive is damaged or incomplete. Download it again.")) from error


def _is_system_file(name: str) -> bool:
    return name.startswith(_SYSTEM_FILES) or name.rpartition("/")[2].startswith(_SYSTEM_FILES)


def _check_size(members: list[ZipInfo]) -> None:
    """Raises UnusableFile if the sizes in the directory are too large. Files are checked again when they are read."""
    if len(members) > MAX_FILES:
        text = gettext("The archive contains more than %(limit)d files. Upload it in several parts.")
        raise UnusableFile(text % {"limit": MAX_FILES})
    total = sum(one.file_size for one in members)
    packed = sum(one.compress_size for one in members)
    if total > MAX_COMPRESSION_RATIO * max(packed, 1024):
        raise UnusableFile(gettext("The archive is far too large when it is unpacked. Nothing was read."))
    if total > MAX_UNPACKED_SIZE:
        text = gettext("The files of the archive take more than %(size)s MB together. Upload it in several parts.")
        raise UnusableFile(text % {"size": MAX_UNPACKED_SIZE // 1024**2})


def _read_member(archive: ZipFile, member: ZipInfo) -> bytes | UnusableFile:
    name = member.filename.replace("\\", "/")
    if name.startswith("/") or ":" in name or ".." in name.split("/"):
        return UnusableFile(gettext("The name of this file leads outside of the archive. Rename it."))
    if member.flag_bits & _ENCRYPTED_FLAG:
        return UnusableFile(gettext("This file is encrypted. Pack it again without a password."))
    damaged = gettext("This file is damaged, or packed in a way that is not read. Pack it again as ZIP.")
    if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):  # other methods raise other exceptions
        return UnusableFile(damaged)
    try:
        with archive.open(member) as file:
            content = file.read(MAX_FILE_SIZE + 1)
    except (BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError, zlib.error):
        return UnusableFile(damaged)
    if content.startswith(formats.ZIP):
        return UnusableFile(gettext("This is an archive within the archive. Unpack it first."))
    return content


def _import_file(name: str, content: bytes, user: object) -> Iterator[Result]:
    try:
        translations = formats.read(content)
    except UnusableFile as error:
        yield Result(name, reason=str(error))
        return
    states = TranslationState.objects.for_work().filter(translation__uuid__in=[one.identity for one in translations])
    by_uuid = {state.translation.uuid: state for state in states}
    for parsed in translations:
        yield _import_parsed(name, parsed, by_uuid.get(parsed.identity), user)


def _import_parsed(name: str, parsed: ParsedTranslation, state: TranslationState | None, user: object) -> Result:
    if state is None:
        return Result(name, reason=gettext("The file belongs to a translation that this site does not have."))
    if not policy.may_see(user, state):
        return Result(name, reason=gettext("You cannot change this translation."))
    if not policy.may_translate(user, state):
        return Result(name, state, reason=gettext("This translation cannot be changed at present."))
    try:
        importing.check_language(parsed, state.translation)
    except UnusableFile as error:
        return Result(name, state, reason=str(error))
    return Result(name, state, importing.import_translation(state, parsed, user))
