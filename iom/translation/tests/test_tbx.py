"""TBX-Basic: the export of the glossary is valid and can be imported, and so can files of other programs."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from iom.core.files import UnusableFile
from iom.translation.exchange import tbx
from iom.translation.glossary.rows import Row, TermForms
from iom.translation.models import Concept
from iom.translation.tests.exchanging import SCHEMAS

WORD = st.text(st.sampled_from("aé’ -&<>\"'Œ9日"), min_size=1, max_size=12).map(lambda it: " ".join(it.split()) or "x")
FORMS = st.builds(TermForms, st.just("Mot"), st.lists(WORD, max_size=2, unique=True).map(tuple), st.just(("Faux",)))
ROW = st.builds(
    Row,
    terms=st.fixed_dictionaries({"fr": FORMS}, optional={"en": FORMS}),
    key=st.uuids().map(str),
    domain=st.just("") | WORD,
    status=st.sampled_from(Concept.Status.values),
    is_kept=st.booleans(),
    note=st.just("") | WORD,
)


def without_place(row):
    return row.__class__(**{**row.__dict__, "where": ""})


@given(rows=st.lists(ROW, min_size=1, max_size=4, unique_by=lambda row: row.key))
def test_an_export_is_valid_and_can_be_imported(rows):
    rows = [row for row in rows if all("Mot" not in (*f.accepted, *f.forbidden) for f in row.terms.values())] or [
        Row({"fr": TermForms("x")}, str(uuid4()))
    ]
    content = tbx.write(rows, "fr")

    schema = etree.RelaxNG(etree.parse(str(SCHEMAS / "tbx-basic" / "written.rng")))
    schema.assertValid(etree.fromstring(content))
    assert [without_place(row) for row in tbx.read(content)] == rows


OTHERS = """<tbx xmlns="urn:iso:std:iso:30042:ed-2" type="TBX-Basic" style="dca" xml:lang="en"><text><body>
<conceptEntry id="c1"><descrip type="subjectField">Health</descrip><transacGrp><transac type="x">y</transac></transacGrp>
<langSec xml:lang="en"><termSec><term>mobile <hi>clinic</hi></term></termSec>
<termSec><term>bus clinic</term><termNoteGrp><termNote type="administrativeStatus">supersededTerm-admn-sts</termNote>
</termNoteGrp></termSec></langSec>
<langSec xml:lang="FR"><termSec><term>dispensaire</term><termNote type="administrativeStatus">admittedTerm-admn-sts</termNote>
</termSec><termSec><term>clinique mobile</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termSec>
</langSec></conceptEntry></body></text></tbx>"""


def test_files_of_other_programs_in_the_other_style_are_read():
    (row,) = tbx.read(OTHERS.encode())

    assert (row.key, row.domain) == ("", "Health")
    assert row.terms == {
        "en": TermForms("mobile clinic", (), ("bus clinic",)),
        "fr": TermForms("clinique mobile", ("dispensaire",), ()),
    }


@pytest.mark.parametrize(
    "content",
    [
        b"x",
        b"<tbx>",
        b'<martif type="TBX"/>',
        b'<tbx xmlns="urn:iso:std:iso:30042:ed-2"/>',
        b'<!DOCTYPE tbx SYSTEM "x"><tbx xmlns="urn:iso:std:iso:30042:ed-2"><conceptEntry>&nbsp;</conceptEntry></tbx>',
        b'<!DOCTYPE tbx [<!ENTITY a SYSTEM "file:///etc/passwd">]><tbx xmlns="urn:iso:std:iso:30042:ed-2">&a;</tbx>',
    ],
)
def test_a_wrong_file_is_refused_in_words(content):
    with pytest.raises(UnusableFile):
        tbx.read(content)


@pytest.mark.django_db
def test_the_glossary_offers_and_takes_it(sign_in):
    client = sign_in("editor")
    file = SimpleUploadedFile("theirs.tbx", OTHERS.encode())

    client.post(reverse("glossary:import"), {"file": file})

    concept = Concept.objects.get(domain="Health")
    assert {row.language: row.name for row in concept.names.all()} == {"en": "mobile clinic", "fr": "clinique mobile"}
    out = client.get(reverse("glossary:download", args=["tbx"]))
    assert (out.status_code, b"clinique mobile" in out.content) == (200, True)
    assert str(concept.uuid) in out.content.decode()


@pytest.mark.django_db
def test_an_empty_glossary_gives_a_message_instead_of_a_file(sign_in):
    client = sign_in("translator.fr")
    Concept.objects.all().delete()
    out = client.get(reverse("glossary:download", args=["tbx"]), follow=True)
    assert out.redirect_chain == [(reverse("glossary:index"), 302)]
    assert "Le glossaire ne contient aucun terme." in out.content.decode()
