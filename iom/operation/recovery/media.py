"""The uploaded files, through Django's storage: as a TAR file, with a list of all their sizes and digests.

Renditions are among them, so that no page waits for its pictures. Archives for the press are made again.
"""

import shutil
import tarfile
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.apps import apps
from django.core.files import File
from django.core.files.storage import default_storage
from django.db.models import FileField

from iom.operation.recovery import RecoveryError
from iom.operation.recovery.sets import Counted

# Folders that are made again, with the model whose rows say that they are there.
MADE_AGAIN = {"press": "newsroom.PressArchive"}
_IN_MEMORY = 16 * 1024**2


def names(folder: str = "") -> Iterator[str]:
    """Of all files that are copied."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:  # of a site that has none
        return
    yield from (f"{folder}/{name}" if folder else name for name in sorted(files))
    for name in sorted(folders):
        if folder or name not in MADE_AGAIN:
            yield from names(f"{folder}/{name}" if folder else name)


def named_by_rows() -> set[str]:
    """The files that the database refers to, and that a backup should have."""
    found: set[str] = set()
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, FileField) and model._meta.label not in MADE_AGAIN.values():
                found |= set(model._base_manager.exclude(**{field.name: ""}).values_list(field.name, flat=True))
    return found - {None}


def copy_to(target: IO[bytes], wanted: set[str]) -> dict[str, Any]:
    """Writes all files; returns what is known of each, and which of those that are `wanted` are not there."""
    taken: dict[str, dict[str, Any]] = {}
    with tarfile.open(fileobj=target, mode="w|", format=tarfile.PAX_FORMAT) as archive:
        for name in names():
            try:
                size = default_storage.size(name)
                with default_storage.open(name) as file:
                    head = tarfile.TarInfo(name)
                    head.size, counted = size, Counted(file)
                    archive.addfile(head, counted)
            except FileNotFoundError:  # just deleted
                continue
            except OSError as error:
                raise RecoveryError(f"{name} cannot be copied: {error}") from error
            taken[name] = counted.facts()
    return {"files": taken, "missing": sorted(wanted - taken.keys())}


def restore_from(source: IO[bytes], facts: dict[str, Any]) -> None:
    """Stores all files. Raises RecoveryError where one cannot be stored; then those before it are removed again."""
    stored: list[str] = []
    try:
        with tarfile.open(fileobj=source, mode="r|") as archive:
            for head in archive:
                _store(archive.extractfile(head), head.name, facts["files"][head.name], stored)
    except Exception as error:
        remove(stored)
        raise RecoveryError(f"The uploaded files could not be stored; none is left: {error}") from error


def remove(stored: list[str]) -> None:
    for name in stored:
        default_storage.delete(name)


def _store(content: Any, name: str, facts: dict[str, Any], stored: list[str]) -> None:
    counted: Any = Counted(content)
    with SpooledTemporaryFile(_IN_MEMORY) as whole:  # a storage may read it twice
        shutil.copyfileobj(counted, whole)
        if counted.facts() != facts:
            raise RecoveryError(f"{name} is not as it was when it was copied.")
        whole.seek(0)
        if default_storage.exists(name):
            raise RecoveryError(f"there is another {name}")
        stored.append(name)  # even if it is stored in part
        if (kept := default_storage.save(name, File(whole, name=name))) != name:
            stored.append(kept)
            raise RecoveryError(f"{name} would have the name {kept}")
