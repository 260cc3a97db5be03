"""A newsroom that is exported and imported into an empty site is the same there."""

import json

import pytest
from django.core.management import call_command
from django.utils.translation import override

from iom.tests.addresses import article
from iom.translation.models import TranslationState
from newsroom.exporting import folder
from newsroom.models import NewsArticle, Reference
from newsroom.press import conversion

SINCE = "2022-01-01"  # a third of the demonstration, and one more


def exported_values(of: NewsArticle) -> dict:
    """The values of an article that an export and an import preserve."""
    with override(of.locale.language_code):
        release = conversion.to_release(of, conversion.to_parts(of))
    return {
        "title": release.title,
        "summary": release.summary,
        "kind": of.kind,
        "scope": of.scope,
        "place": of.place,
        "date": release.date,
        "blocks": release.blocks,
        "contacts": release.contacts,
        "countries": [row.country.code for row in of.countries.all()],
        "pair": {text.locale.language_code for text in of.get_translations(inclusive=True) if text.live},
        "office": of.office_id,
        "reference": of.reference,
    }


def exported(path) -> dict[str, str]:
    """The files by their names without the key of the article, which changes with the import."""
    call_command("export_news", str(path), "--since", SINCE, verbosity=0)
    return {file.name.rpartition("-")[0]: file.read_text() for file in path.glob("*.txt")}


@pytest.mark.django_db
def test_an_empty_site_that_imports_an_export_has_the_same_articles(tmp_path, capsys):
    before = exported(tmp_path / "export")
    expected_by_address = {
        one.url_path: exported_values(one)
        for one in folder.exportable_articles(["fr", "en"])
        if str(one.date.date()) >= SINCE
    }
    assert article("every-block", "fr").url_path in expected_by_address
    # Its figures are those of an earlier original: the import keeps it as a draft, and says why
    (older,) = TranslationState.objects.all().older_than_their_original()
    del expected_by_address[older.page.url_path]
    expected_by_address[older.original.page.url_path]["pair"].remove(older.locale.language_code)
    before = {name: text for name, text in before.items() if older.page.title not in text}
    while one := NewsArticle.objects.first():
        one.delete()
    Reference.objects.all().delete()
    report = tmp_path / "report.jsonl"
    manifest = tmp_path / "export" / folder.MANIFEST
    call_command("import_news", tmp_path / "export", manifest=manifest, publish=True, report=report)
    outcomes = [json.loads(line) for line in report.read_text().splitlines()]
    assert {one["status"] for one in outcomes} == {"created"}
    assert [one for one in outcomes if any("1,200" in note for note in one["notes"])]
    after = {one.url_path: exported_values(one) for one in folder.exportable_articles(["fr", "en"])}
    assert after.keys() == expected_by_address.keys()
    for address, expected in expected_by_address.items():
        assert after[address] == expected, address
    assert exported(tmp_path / "again") == before
