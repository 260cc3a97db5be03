"""What tells one release of the code from another: pages that one has made are not given by another."""

import hashlib
import sys
from pathlib import Path

from django.conf import settings

_KINDS = {".py", ".html", ".xml", ".txt", ".mo", ".toml", ".json", ".css", ".js", ".svg"}


def release() -> str:
    """A digest of the code, templates, catalogues and static files, the requirements and the settings of pages."""
    found = hashlib.sha256(f"{sys.version} {settings.SITE_URL} {settings.LANGUAGES} {settings.DEBUG}".encode())
    folders = ["iom", "home", "aboutus", "newsroom", "search", "templates", "static"]
    files = [file for folder in folders for file in (settings.BASE_DIR / folder).rglob("*") if file.suffix in _KINDS]
    for file in sorted([*files, settings.BASE_DIR / "requirements.txt", *_manifest()]):
        found.update(file.read_bytes())
    return found.hexdigest()[:16]


def _manifest() -> list[Path]:
    return list(Path(settings.STATIC_ROOT).glob("staticfiles.json"))
