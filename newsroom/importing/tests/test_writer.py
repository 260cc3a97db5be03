"""A release becomes a draft: each part in its field, contacts found or created, nothing published or guessed."""

import datetime

import pytest
from django.core.management import call_command
from django.utils import timezone

from iom.contacts.lookup import press_contact_lookup
from iom.contacts.models import PressContact, contacts_in_post
from iom.editorial.tests import offices
from iom.tests.factories import ArticleFactory, OfficeFactory, PressContactFactory
from iom.tests.html_forms import forms
from iom.tests.record_names import name_of
from iom.users.models import User
from iom.withdrawal import withdrawing
from iom.withdrawal.models import Kind, Withdrawal
from newsroom.importing.contact_matching import ContactMatcher
from newsroom.importing.metadata import Metadata
from newsroom.importing.readers.passages import PictureFile
from newsroom.importing.remarks import remark, remark_text
from newsroom.importing.tests.site import FRENCH, UNDATED, release, write
from newsroom.importing.writer import get_news_index, write_draft
from newsroom.models import ArticleContact, ImportedText, NewsArticle
from newsroom.release import (
    Contact,
    Dateline,
    Heading,
    ListBlock,
    Paragraph,
    Picture,
    PressRelease,
    Quotation,
    Table,
)

OLD = datetime.date(2001, 5, 4)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc000000301010018dd8db0"
    "0000000049454e44ae426082"
)

pytestmark = pytest.mark.django_db


def made(**parts):
    return write_draft(PressRelease(**{"title": "Un titre", "locale": "fr"} | parts), get_news_index("fr"), None)


def test_a_release_is_a_draft_below_the_newsroom_of_its_language():
    article = NewsArticle.objects.get(pk=write().pk)

    assert not article.live
    assert article.get_parent().pk == get_news_index("fr").pk
    assert (article.title, article.slug) == ("Le puits de Mao rouvre", "le-puits-de-mao-rouvre")
    assert (article.kind, article.scope, article.place) == ("press-release", "national", "Tchad")
    assert timezone.localtime(article.date).isoformat() == "2001-05-04T12:00:00+02:00"
    assert [block.block_type for block in article.body] == ["paragraph", "paragraph", "quote"]
    assert article.get_latest_revision().content["title"] == article.title


def test_a_draft_without_a_date_has_none_until_it_is_published():
    article = write(UNDATED)

    assert article.date is None
    assert NewsArticle.objects.get(pk=article.pk).date is None
    article.latest_revision.publish(skip_permission_checks=True)
    published = NewsArticle.objects.get(pk=article.pk)
    assert published.date == published.first_published_at


def test_metadata_overrides_the_text():
    office = OfficeFactory()
    metadata = Metadata(
        date=datetime.date(1999, 1, 2), kind="news", scope="global", office=office, countries=("TD", "CH")
    )

    article = write(metadata=metadata)

    assert timezone.localtime(article.date).date() == metadata.date
    assert (article.kind, article.scope, article.office) == ("news", "global", office)
    assert [row.country.code for row in article.countries.all()] == ["TD", "CH"]


def test_countries_of_the_dateline_are_proposed_for_confirmation():
    article = write()

    assert not article.countries.exists()
    assert article.imported_text.countries == ["TD"]
    assert remark("countries", codes=["TD"]) in article.imported_text.notes


def test_every_kind_of_block_has_its_block_with_an_id():
    article = made(
        blocks=(
            Paragraph("Un & deux", "Un &amp; <b>deux</b>"),
            Heading("Intertitre"),
            Quotation(("Un.", "Deux."), "Awa", "chef", True),
            ListBlock((Paragraph("a", "a"), Paragraph("b", "b")), ordered=True),
            Table((("Pays", "Nombre"), ("Tchad",))),
        )
    )

    stored = NewsArticle.objects.get(pk=article.pk).body.get_prep_value()
    assert all(block["id"] for block in stored)
    assert [block["type"] for block in stored] == ["paragraph", "heading", "quote", "paragraph", "table"]
    assert stored[0]["value"] == "<p>Un &amp; <b>deux</b></p>"
    assert stored[2]["value"]["text"] == "Un.\n\nDeux."
    assert stored[3]["value"] == "<ol><li>a</li><li>b</li></ol>"
    assert stored[4]["value"]["columns"] == [
        {"type": "text", "heading": "Pays"},
        {"type": "text", "heading": "Nombre"},
    ]
    assert stored[4]["value"]["rows"] == [{"values": ["Tchad", ""]}]


def test_the_picture_of_a_file_becomes_the_lead_picture_once_and_waits_for_its_alternative_text():
    picture = Picture(PictureFile("puits.png", PNG), "Le puits", "OIM / Renard")

    first, second = made(picture=picture), made(picture=picture)

    assert first.lead_picture.credit == "OIM / Renard"
    assert (first.picture_caption, first.picture_alt) == ("Le puits", "")
    assert second.lead_picture == first.lead_picture


@pytest.mark.parametrize("file", [None, PictureFile("puits.png", b"not a picture")])
def test_the_words_of_a_picture_that_is_not_there_are_kept_in_the_note(file):
    article = made(picture=Picture(file, "Le puits", "OIM / Renard"))

    assert article.lead_picture is None
    assert any("OIM / Renard" in left["text"] for left in article.imported_text.left_out)


def test_words_too_long_for_their_field_are_in_the_text():
    title = "mot " * 100 + "fin"

    article = made(title=title, dateline=Dateline(place="lieu " * 40))

    assert len(article.title) <= 255
    assert title in str(article.body[0].value)
    assert any("lieu lieu" in left["text"] for left in article.imported_text.left_out)


def contact_of(article):
    (row,) = article.contacts.all()
    return row.contact


def test_a_contact_is_found_by_its_address_whatever_its_case():
    known = PressContactFactory(name="Paul Renard", email="PRenard@example.org")

    assert contact_of(write()) == known


def test_people_who_share_an_address_stay_apart():
    PressContactFactory(name="Ann Bee", email="prenard@example.org")

    assert contact_of(write()).name == "Paul Renard"


def test_a_contact_is_found_by_name_and_telephone():
    known = PressContactFactory(name="Paul RENARD", email="other@example.org", phone="+41225550123")

    assert contact_of(write(FRENCH.replace("Email: prenard@example.org, ", ""))) == known


def test_an_unknown_person_in_an_old_release_is_no_longer_in_post():
    contact = contact_of(write())

    assert (contact.name, contact.email, contact.phone) == ("Paul Renard", "prenard@example.org", "+41225550123")
    assert name_of(contact.office, "en") == "IOM Chad"
    assert contact.in_post_until == OLD
    assert not contact.is_in_post()


def test_an_unknown_person_in_a_recent_release_is_in_post():
    today = timezone.localdate()

    assert contact_of(write(metadata=Metadata(date=today))).is_in_post()


def test_without_a_date_it_is_noted_that_the_post_is_uncertain():
    article = write(UNDATED)

    assert contact_of(article).in_post_until is None
    assert any("Paul Renard" in remark_text(note) for note in article.imported_text.notes)


def test_a_text_keeps_its_reference_number_unless_another_text_has_it():
    first, second = (write(f"{FRENCH}{word}", metadata=Metadata(reference="2001-912")) for word in ("", " Fin."))
    for article in (first, second):
        article.latest_revision.publish()
    first, second = (NewsArticle.objects.get(pk=article.pk).reference for article in (first, second))
    assert first == "2001-912"
    assert second not in ("", first)
    note = remark("reference taken", reference="2001-912")
    assert [note in text.notes for text in ImportedText.objects.order_by("-pk")[:2]] == [True, False]


@pytest.fixture
def named():
    """A text of today, and the contact that its import has created."""
    article = write(metadata=Metadata(date=timezone.localdate()))
    return article, contact_of(article)


@pytest.fixture
def is_public(visitor, named):
    """Returns whether the contact is public: on the page of media contacts, and as a vCard."""
    _article, contact = named

    def is_public():
        is_listed = contact in press_contact_lookup().for_office(contact.office_id)
        return [is_listed, visitor.get(f"/fr/vcard/{contact.pk}.vcf").status_code == 200]

    return is_public


def test_a_created_contact_is_public_once_a_text_that_names_it_is(named, is_public):
    article, contact = named
    assert is_public() == [False, False]
    assert contact in contacts_in_post()  # for officers
    article.latest_revision.publish()
    assert is_public() == [True, True]


@pytest.mark.parametrize("way", ["withdraw", "unpublish", "delete", "expire"])
def test_a_created_contact_is_hidden_once_no_public_text_names_it(named, is_public, way):
    article, _contact = named
    article.latest_revision.publish()
    article = NewsArticle.objects.get(pk=article.pk)
    if way == "withdraw":
        withdrawing.withdraw(article, User.objects.get(email="editor@example.org"), Kind.PUBLIC, {"fr": "Erreur."})
    elif way == "expire":
        NewsArticle.objects.filter(pk=article.pk).update(expire_at=timezone.now())
        call_command("publish_scheduled", verbosity=0)
    else:
        getattr(article, way)()
    assert is_public() == [False, False]

    if way == "withdraw":
        withdrawing.restore(Withdrawal.objects.get(), User.objects.get(email="editor@example.org"))
        assert is_public() == [True, True]


@pytest.mark.parametrize("by", ["another text", "somebody"])
def test_a_contact_in_another_public_text_or_edited_by_hand_stays_public(named, is_public, sign_in, by):
    article, contact = named
    article.latest_revision.publish()
    if by == "another text":
        other = ArticleFactory()
        ArticleContact.objects.create(article=other, contact=contact)
    else:
        address = f"/admin/snippets/contacts/presscontact/edit/{contact.pk}/"
        editor = sign_in("editor")
        form = next(form for form in forms(editor.get(address).content, address) if form.inputs(name="phone"))
        assert editor.post(form.action, form.values).status_code == 302
    NewsArticle.objects.get(pk=article.pk).unpublish()
    assert is_public() == [True, True]


def test_a_contact_is_created_only_in_an_office_of_the_user():
    own = OfficeFactory()
    offices.posted("officer", own)

    article = write()

    assert not article.contacts.exists()
    assert not PressContact.objects.filter(email="prenard@example.org").exists()
    assert "office of others" in [note["code"] for note in article.imported_text.notes]
    assert contact_of(write(FRENCH.replace(", OIM Tchad", ""))).office == own


def test_an_unreachable_contact_is_noted_and_not_created():
    article = made(contacts=(Contact(name="Paul Renard", phone="1234"),))

    assert not article.contacts.exists()
    assert not PressContact.objects.filter(name="Paul Renard").exists()
    assert any("Paul Renard" in remark_text(note) for note in article.imported_text.notes)


def test_an_office_is_known_by_its_name_city_or_country():
    matcher = ContactMatcher()
    names = ("OIM Jordanie", "OIM à Amman", "IOM Amman", "Bureau de l’OIM en Jordanie")
    assert {name_of(matcher.find_office(name), "en") for name in names} == {"IOM Jordan"}
    assert name_of(matcher.find_office("Bureau régional de l’OIM pour la MENA au Caire"), "en").endswith("Cairo")
    assert matcher.find_office("OIM Atlantide") is None


def test_a_draft_written_anew_keeps_its_address_and_the_ids_of_its_blocks():
    article = write()
    record = article.imported_text

    changed = release(FRENCH.replace("300 familles", "400 familles"))
    again = write_draft(changed, get_news_index("fr"), None, record=record)

    assert again.pk == article.pk
    assert [block.id for block in again.body] == [block.id for block in article.body]
    assert "400 familles" in str(NewsArticle.objects.get(pk=article.pk).body[1].value)
