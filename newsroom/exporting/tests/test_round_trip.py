"""The import reads an exported text as the release that it was made from."""

import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings

from newsroom.exporting.folder import changed_blocks, changed_fields
from newsroom.exporting.tests.releases import article, releases
from newsroom.importing.readers import plain_text
from newsroom.importing.structure import parse_press_release
from newsroom.kinds import Kind, Scope
from newsroom.press import conversion, text_rendering
from newsroom.release import Dateline, Heading, Paragraph, PressRelease, Quotation


def written(of) -> tuple[PressRelease, str]:
    with override(of.locale.language_code):
        release = conversion.to_release(of, conversion.to_parts(of))
        return release, text_rendering.release_text(release)


def read_back(text: str, locale: str) -> PressRelease:
    return parse_press_release(plain_text.read_text(text), locale)


def differences(ours: PressRelease, read: PressRelease) -> list:
    blocks = [(ours.blocks[place], read.blocks[place : place + 1]) for place in changed_blocks(ours, read)]
    more = len(read.blocks) - len(ours.blocks)
    fields = [(getattr(ours, name), getattr(read, name)) for name in ("locale", "kind", "scope", "date")]
    return [*blocks, *changed_fields(ours, read), *([more] if more else []), *(f for f in fields if f[0] != f[1])]


@pytest.mark.django_db
@settings(max_examples=100, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
@given(releases())
def test_an_exported_release_is_imported_unchanged(release):
    _same, text = written(article(release))
    assert differences(release, read_back(text, "auto")) == [], text


@pytest.mark.parametrize("locale", ["fr", "en"])
@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("scope", Scope)
def test_type_and_scope_are_read_in_the_words_of_each_language(locale, kind, scope):
    with override(locale):
        line = text_rendering.release_text(PressRelease(title="Titre", kind=kind, scope=scope)).splitlines()[0]
        read = read_back(f"{line}\n\nUn titre\n\nGenève – Le texte de la chose.\n", locale)
    assert (read.kind, read.scope, read.title) == (kind, scope, "Un titre")


def test_french_typography_is_kept():
    said = Quotation(
        ("Nous partons à l’aube : qui vient\N{NARROW NO-BREAK SPACE}?",), "Mohammed", "de l’OIM à Damas", True
    )
    release = PressRelease(
        title="Le départ",
        locale="fr",
        dateline=Dateline("Tchad"),
        blocks=(Paragraph("Ils sont 25\N{NARROW NO-BREAK SPACE}000.", ""), said),
    )
    with override("fr"):
        text = text_rendering.release_text(release)
    assert "Ils sont 25\N{NARROW NO-BREAK SPACE}000." in text
    assert (
        "«\N{NARROW NO-BREAK SPACE}Nous partons à l’aube : qui vient\N{NARROW NO-BREAK SPACE}?\N{NARROW NO-BREAK SPACE}»"
        in text
    )
    assert changed_blocks(release, read_back(text, "fr")) == []


def test_blocks_that_an_import_reads_differently_are_found():
    """A heading that ends like a sentence comes back as a paragraph."""
    release = PressRelease(
        title="Le départ",
        locale="fr",
        blocks=(
            Paragraph("Le premier paragraphe.", ""),
            Heading("Et maintenant."),
            Paragraph("La suite du texte.", ""),
        ),
    )
    with override("fr"):
        read = read_back(text_rendering.release_text(release), "fr")
    assert changed_blocks(release, read) == [1]
