"""Pages that one version of the code has rendered are not served by another."""

import pytest
from django.core.cache import caches

from iom.caching.stored_page import StoredPage
from iom.caching.stores import SharedStore, code_digest
from iom.caching.version import Number, Version

PAGE = StoredPage.from_response(Version(Number(1, 1), 0.0), [], b"text")


def test_each_release_has_pages_of_its_own():
    ours, others = (SharedStore(caches["pages"], name) for name in ("ours", "others"))
    ours.put("/fr/", PAGE)
    assert ours.get("/fr/").digest == PAGE.digest
    assert others.get("/fr/") is None


@pytest.fixture
def code(settings, tmp_path):
    """The files of a release."""
    settings.BASE_DIR, settings.STATIC_ROOT = tmp_path, tmp_path / "collected"
    names = ["iom/a.py", "iom/locale/fr/django.mo", "templates/a.html", "static/a.css", "search/languages/fr.toml"]
    for name in [*names, "requirements.txt", "collected/staticfiles.json", "static/a.png"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("before")
    return tmp_path


@pytest.mark.parametrize(
    "name",
    [
        "iom/a.py",
        "iom/locale/fr/django.mo",
        "templates/a.html",
        "search/languages/fr.toml",
        "requirements.txt",
        "collected/staticfiles.json",
    ],
)
def test_another_file_makes_another_release(code, name):
    before = code_digest()
    assert code_digest() == before
    (code / name).write_text("after")
    assert code_digest() != before
