"""Copies the uploaded files from Django's storage into a TAR file with a list of their sizes and digests, and back.

Renditions are copied too, so that no page waits for its pictures after a restore. Press archives are built again.
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
from iom.operation.recovery.sets import HashingStream

# Folders whose files are built again, with the model whose rows refer to the files.
REBUILT = {"press": "newsroom.PressArchive"}
_MAX_IN_MEMORY = 16 * 1024**2  # bytes of a file; a larger one goes through the disk


def file_names(folder: str = "") -> Iterator[str]:
    """Yields the names of all files to copy."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:  # nothing has been uploaded yet
        return
    yield from (f"{folder}/{name}" if folder else name for name in sorted(files))
    for name in sorted(folders):
        if folder or name not in REBUILT:
            yield from file_names(f"{folder}/{name}" if folder else name)


def referenced_files() -> set[str]:
    """Returns the names of the files to which the database refers. A backup should contain all of them."""
    found: set[str] = set()
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, FileField) and model._meta.label not in REBUILT.values():
                found |= set(model._base_manager.exclude(**{field.name: ""}).values_list(field.name, flat=True))
    return found - {None}


def copy_to(target: IO[bytes], expected: set[str]) -> dict[str, Any]:
    """Writes all files. Returns the size and digest of each, and the `expected` names that are missing."""
    copied: dict[str, dict[str, Any]] = {}
    with tarfile.open(fileobj=target, mode="w|", format=tarfile.PAX_FORMAT) as archive:
        for name in file_names():
            try:
                size = default_storage.size(name)
                with default_storage.open(name) as file:
                    head = tarfile.TarInfo(name)
                    head.size, stream = size, HashingStream(file)
                    archive.addfile(head, stream)
            except FileNotFoundError:  # deleted in the meantime
                continue
            except OSError as error:
                raise RecoveryError(f"{name} cannot be copied: {error}") from error
            copied[name] = stream.facts()
    return {"files": copied, "missing": sorted(expected - copied.keys())}


def restore_from(source: IO[bytes], facts: dict[str, Any]) -> None:
    """Stores all files. Raises RecoveryError where one cannot be stored, and then removes those before it."""
    stored: list[str] = []
    try:
        with tarfile.open(fileobj=source, mode="r|") as archive:
            for head in archive:
                _store(archive.extractfile(head), head.name, facts["files"][head.name], stored)
    except Exception as error:
        remove(stored)
        raise RecoveryError(f"The uploaded files could not be stored, and were removed again: {error}") from error


def remove(stored: list[str]) -> None:
    for name in stored:
        default_storage.delete(name)


def _store(content: Any, name: str, facts: dict[str, Any], stored: list[str]) -> None:
    stream: Any = HashingStream(content)
    with SpooledTemporaryFile(_MAX_IN_MEMORY) as whole:  # a storage may read it twice
        shutil.copyfileobj(stream, whole)
        if stream.facts() != facts:
            raise RecoveryError(f"{name} was changed after it was copied.")
        whole.seek(0)
        if default_storage.exists(name):
            raise RecoveryError(f"the file {name} exists already")
        stored.append(name)  # even if it is stored in part
        if (actual := default_storage.save(name, File(whole, name=name))) != name:
            stored.append(actual)
            raise RecoveryError(f"the storage gave {name} the name {actual}")
