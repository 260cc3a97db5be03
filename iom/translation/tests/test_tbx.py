"""TBX-Basic: the glossary goes out as a valid file and comes back; what other programs write is understood."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from iom.core.files import Unusable
from iom.translation.exchange import tbx
from iom.translation.glossary.rows import Forms, Row
from iom.translation.models import Concept
from iom.translation.tests.exchanging import SCHEMAS

WORD = st.text(st.sampled_from("aé’ -&<>\"'Œ9日"), min_size=1, max_size=12).map(lambda it: " ".join(it.split()) or "x")
FORMS = st.builds(Forms, st.just("Mot"), st.lists(WORD, max_size=2, unique=True).map(tuple), st.just(("Faux",)))
ROW = st.builds(
    Row,
    terms=st.fixed_dictionaries({"fr": FORMS}, optional={"en": FORMS}),
    key=st.uuids().map(str),
    domain=st.just("") | WORD,
    status=st.sampled_from(Concept.Status.values),
    is_kept=st.booleans(),
    note=st.just("") | WORD,
)


def plain(row):
    return row.__class__(**{**row.__dict__, "where": ""})


@given(rows=st.lists(ROW, min_size=1, max_size=4, unique_by=lambda row: row.key))
def test_what_goes_out_is_valid_and_comes_back(rows):
    rows = [row for row in rows if all("Mot" not in (*f.accepted, *f.forbidden) for f in row.terms.values())] or [
        Row({"fr": Forms("x")}, str(uuid4()))
    ]
    content = tbx.write(rows, "fr")

    schema = etree.RelaxNG(etree.parse(str(SCHEMAS / "tbx-basic" / "written.rng")))
    schema.assertValid(etree.fromstring(content))
    assert [plain(row) for row in tbx.read(content)] == rows


OTHERS = """<tbx xmlns="urn:iso:std:iso:30042:ed-2" type="TBX-Basic" style="dca" xml:lang="en"><text><body>
<conceptEntry id="c1"><descrip type="subjectField">Health</descrip><transacGrp><transac type="x">y</transac></transacGrp>
<langSec xml:lang="en"><termSec><term>mobile <hi>clinic</hi></term></termSec>
<termSec><term>bus clinic</term><termNoteGrp><termNote type="administrativeStatus">supersededTerm-admn-sts</termNote>
</termNoteGrp></termSec></langSec>
<langSec xml:lang="FR"><termSec><term>dispensaire</term><termNote type="administrativeStatus">admittedTerm-admn-sts</termNote>
</termSec><termSec><term>clinique mobile</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termSec>
</langSec></conceptEntry></body></text></tbx>"""


def test_files_of_others_are_read_in_the_other_style_too():
    (row,) = tbx.read(OTHERS.encode())

    assert (row.key, row.domain) == ("", "Health")
    assert row.terms == {
        "en": Forms("mobile clinic", (), ("bus clinic",)),
        "fr": Forms("clinique mobile", ("dispensaire",), ()),
    }


@pytest.mark.parametrize(
    "content",
    [
        b"x",
        b"<tbx>",
        b'<martif type="TBX"/>',
        b'<tbx xmlns="urn:iso:std:iso:30042:ed-2"/>',
        b'<!DOCTYPE tbx [<!ENTITY a SYSTEM "file:///etc/passwd">]><tbx xmlns="urn:iso:std:iso:30042:ed-2">&a;</tbx>',
    ],
)
def test_a_wrong_file_is_refused_in_words(content):
    with pytest.raises(Unusable):
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
def test_a_glossary_without_terms_is_no_file_but_says_so(sign_in):
    client = sign_in("translator.fr")
    Concept.objects.all().delete()
    out = client.get(reverse("glossary:download", args=["tbx"]), follow=True)
    assert out.redirect_chain == [(reverse("glossary:index"), 302)]
    assert "Le glossaire ne contient aucun terme." in out.content.decode()
