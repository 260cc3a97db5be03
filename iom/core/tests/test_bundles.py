"""Visitors get one style sheet and one script: complete, minified and compressed."""

import json
import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from iom.core import bundles
from iom.tests import databases

CSS = settings.BASE_DIR / "static" / "css"
OF_THEIR_OWN = {"site.css", "style-page.css", "account.css", "emergency.css"}


@pytest.fixture
def collected():
    """The static files as production has them."""
    return databases.static_files()


def test_every_style_sheet_is_a_part_of_the_bundle():
    entry = (CSS / "site.css").read_text()
    assert (
        set(re.findall(r'url\("([\w-]+\.css)"\)', entry)) == {file.name for file in CSS.glob("*.css")} - OF_THEIR_OWN
    )


def test_every_script_is_a_part_of_the_bundle():
    folder = settings.BASE_DIR / "static" / "js"
    entry = (folder / "site.js").read_text()
    of_their_own = {"site.js", "passkeys.js"}
    parts = {file.name for file in folder.glob("*.js")} - of_their_own
    assert set(re.findall(r'import "\./([\w-]+\.js)"', entry)) == parts


def test_the_style_sheet_holds_its_parts_in_their_order_and_medium():
    text = bundles.bundle_styles()

    assert "@import" not in text
    assert "/*" not in text, "comments stay here"
    assert text.index("--paper:") < text.index(".container") < text.index(".site-footer") < text.index("@media print")
    assert "@page" in text[text.index("@media print") :]


def test_modules_keep_their_names_to_themselves():
    text = bundles.bundle_script()

    assert "import" not in re.sub(r'"[^"]*"', "", text)
    opened, closed = text.count("{"), text.count("}")
    assert opened == closed
    assert text.count("const status=") == 1
    assert text.startswith("{")


def test_a_part_that_does_not_exist_is_named(monkeypatch, tmp_path):
    entry = tmp_path / "site.css"
    entry.write_text('@import url("nowhere.css");\n')
    monkeypatch.setattr(finders, "find", lambda name: str(entry) if name == bundles.STYLES else None)

    with pytest.raises(FileNotFoundError, match="nowhere"):
        bundles.bundle_styles()


@pytest.mark.parametrize("name", [bundles.STYLES, bundles.SCRIPT])
def test_visitors_get_the_bundle_under_a_hashed_name_beside_its_compressed_forms(collected, name):
    paths = json.loads((collected / "staticfiles.json").read_text())["paths"]
    file = collected / paths[name]

    assert re.search(r"site\.[0-9a-f]{12}\.", paths[name])
    expected = bundles.bundle_styles() if name == bundles.STYLES else bundles.bundle_script()
    text = re.sub(r"(fonts/[\w-]+)\.[0-9a-f]{12}", r"\1", file.read_text())  # hashed, too
    assert text == expected
    assert file.with_name(file.name + ".br").stat().st_size < file.with_name(file.name + ".gz").stat().st_size


def test_the_picture_of_the_world_is_compressed_too(collected):
    paths = json.loads((collected / "staticfiles.json").read_text())["paths"]
    file = collected / paths["img/world.svg"]
    assert file.with_name(file.name + ".br").stat().st_size < file.stat().st_size / 2


def test_no_script_has_a_template_within_a_template():
    """The minifier treats the inner one as code, and removes the spaces from its text."""
    nested = re.compile(r"\$\{[^{}`]*`")
    for file in (settings.BASE_DIR / "static" / "js").rglob("*.js"):
        assert not nested.search(file.read_text()), file.name
