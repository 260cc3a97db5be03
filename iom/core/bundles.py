"""Bundles the style sheets and the scripts into one file each, without a build step in development.

`css/site.css` imports its parts with `@import`, and `js/site.js` with `import "./part.js"`, which browsers support.
`collectstatic` inserts the minified parts before WhiteNoise hashes and compresses the files.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from rcssmin import cssmin
from rjsmin import jsmin
from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLES, SCRIPT = "css/site.css", "js/site.js"
_CSS_IMPORT = re.compile(r'^@import url\("(?P<name>[\w.-]+)"\)(?: (?P<media>[^;]+))?;$', re.MULTILINE)
_JS_IMPORT = re.compile(r'^import "\./(?P<name>[\w.-]+)";$', re.MULTILINE)


def _find_source(name: str) -> Path:
    found = finders.find(name)
    if found is None:
        raise FileNotFoundError(f"A bundle names the static file {name}, which does not exist.")
    return Path(found)


def bundle_styles() -> str:
    """Returns the style sheet with its parts, each in its media query. Raises FileNotFoundError for a missing part."""

    def part(found: re.Match[str]) -> str:
        text = (entry.parent / found["name"]).read_text("utf-8")
        return f"@media {found['media']} {{\n{text}\n}}" if found["media"] else text

    entry = _find_source(STYLES)
    return str(cssmin(_CSS_IMPORT.sub(part, entry.read_text("utf-8"))))


def bundle_script() -> str:
    """Returns the script with its modules, each in its own block so that their names do not collide."""

    def module(found: re.Match[str]) -> str:
        return "{\n" + (entry.parent / found["name"]).read_text("utf-8") + "\n}"

    entry = _find_source(SCRIPT)
    return str(jsmin(_JS_IMPORT.sub(module, entry.read_text("utf-8"))))


class BundledStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage (hashed names, gzip and Brotli), with the bundles."""

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if not dry_run:
            for name, text in ((STYLES, bundle_styles()), (SCRIPT, bundle_script())):
                self.delete(name)
                self.save(name, ContentFile(text.encode()))
                paths[name] = (self, name)  # WhiteNoise hashes this file, not the source
        yield from super().post_process(paths, dry_run=dry_run, **options)
