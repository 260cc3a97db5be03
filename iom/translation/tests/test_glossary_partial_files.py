"""Files of the glossary from other programs, which have only some of the values of an entry."""

import pytest

from iom.translation.glossary.rows import TermForms, import_rows
from iom.translation.models import Concept
from iom.translation.tests.test_glossary import PERSON, terms, upload


@pytest.fixture(autouse=True)
def glossary(db):
    Concept.objects.all().delete()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("agency.csv", "term_fr;term_en\npersonne déplacée;Displaced person\n"),
        ("agency.csv", "status,term_fr,term_en,not_en\n,personne déplacée,Displaced person\n"),
        (
            "agency.tbx",
            '<tbx xmlns="urn:iso:std:iso:30042:ed-2"><text><body><conceptEntry id="7"><langSec xml:lang="en"><termSec>'
            '<term>Displaced person</term></termSec></langSec><langSec xml:lang="fr"><termSec>'
            "<term>personne déplacée</term></termSec></langSec></conceptEntry></body></text></tbx>",
        ),
    ],
)
def test_a_file_changes_nothing_that_it_does_not_have(sign_in, name, content):
    import_rows([PERSON])

    upload(sign_in("translator.en"), content, name)

    english = TermForms("Displaced person", (), PERSON.terms["en"].forbidden)
    assert terms() == [("Migration", "approved", False, PERSON.note, PERSON.terms | {"en": english})]
