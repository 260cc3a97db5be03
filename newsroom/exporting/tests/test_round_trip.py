"""What is exported is read as it was."""

import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings

from newsroom.exporting.folder import changed_blocks, changed_fields
from newsroom.exporting.tests.releases import article, releases
from newsroom.importing.readers import capture
from newsroom.importing.structure import press_release
from newsroom.kinds import Kind, Scope
from newsroom.press import as_release
from newsroom.press import text as press_text
from newsroom.release import Dateline, Heading, Paragraph, PressRelease, Quotation


def written(of) -> tuple[PressRelease, str]:
    with override(of.locale.language_code):
        release = as_release.release(of, as_release.parts(of))
        return release, press_text.release_text(release)


def read_back(text: str, locale: str) -> PressRelease:
    return press_release(capture.read_text(text), locale)


def differences(ours: PressRelease, read: PressRelease) -> list:
    blocks = [(ours.blocks[place], read.blocks[place : place + 1]) for place in changed_blocks(ours, read)]
    more = len(read.blocks) - len(ours.blocks)
    fields = [(getattr(ours, name), getattr(read, name)) for name in ("locale", "kind", "scope", "date")]
    return [*blocks, *changed_fields(ours, read), *([more] if more else []), *(f for f in fields if f[0] != f[1])]


@pytest.mark.django_db
@settings(max_examples=100, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
@given(releases())
def test_what_is_exported_is_read_as_it_was(release):
    _same, text = written(article(release))
    assert differences(release, read_back(text, "auto")) == [], text


@pytest.mark.parametrize("locale", ["fr", "en"])
@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("scope", Scope)
def test_type_and_scope_are_read_in_the_words_of_each_language(locale, kind, scope):
    with override(locale):
        line = press_text.release_text(PressRelease(title="Titre", kind=kind, scope=scope)).splitlines()[0]
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
        text = press_text.release_text(release)
    assert "Ils sont 25\N{NARROW NO-BREAK SPACE}000." in text
    assert (
        "«\N{NARROW NO-BREAK SPACE}Nous partons à l’aube : qui vient\N{NARROW NO-BREAK SPACE}?\N{NARROW NO-BREAK SPACE}»"
        in text
    )
    assert changed_blocks(release, read_back(text, "fr")) == []


def test_what_would_be_read_otherwise_is_known():
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
        read = read_back(press_text.release_text(release), "fr")
    assert changed_blocks(release, read) == [1]
