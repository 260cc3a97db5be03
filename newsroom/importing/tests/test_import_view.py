"""The screen “Import a press release”: permissions, uploaded files, pasted texts, drafts and messages."""

import datetime
import re

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext, override
from wagtail.models import GroupPagePermission

from iom.users.models import User
from newsroom.importing.admin import forms, views
from newsroom.importing.tests import site
from newsroom.importing.tests.docx import docx, paragraph, picture, png, run
from newsroom.models import ImportedText, NewsArticle, NewsIndex

ADDRESS = "/admin/news/import/"
FRENCH = """Trois puits rouvrent dans la vallée

Tchad – Les puits de la vallée ont rouvert lundi, un à un, et les troupeaux sont revenus avec les familles.

« Nous avons attendu deux ans », a déclaré Mariam Abdoulaye, présidente du comité.

Pour plus d’informations, veuillez contacter Ali Bako, OIM N’Djamena, Tél : +235 22 52 50 01, Email : abako@example.org
"""
ENGLISH = """Three wells reopen in the valley

Chad – The wells of the valley have reopened on Monday, one by one, and the herds are back with the families.
"""


@pytest.fixture
def officer(sign_in):
    client = sign_in("officer")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def send(client, text="", file=None, language="auto", **more):
    data = {"text": text, "language": language} | ({"file": file} if file else {})
    return client.post(ADDRESS, data, **more)


def word_file(*blocks, name="communique.docx", **more):
    return SimpleUploadedFile(name, docx(*blocks, **more))


def drafts():
    return NewsArticle.objects.filter(imported_text__isnull=False)


def note_of(client, article):
    return client.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).content.decode()


@pytest.mark.parametrize(
    ("account", "may"),
    [("officer", True), ("editor", True), ("admin", True), ("translator.fr", False), ("translator.en", False)],
)
def test_whoever_may_add_articles_may_import(sign_in, account, may):
    client = sign_in(account)
    french = NewsIndex.objects.get(locale__language_code="fr")
    assert (client.get(ADDRESS).status_code == 200) == may
    answer = send(client, FRENCH)
    assert drafts().exists() == may
    assert ("/edit/" in answer.headers["location"]) == may
    assert (ADDRESS in client.get("/admin/").content.decode()) == may
    listing = client.get(reverse("wagtailadmin_explore", args=[french.pk])).content.decode()
    assert (f"{ADDRESS}?language=fr" in listing) == may


def test_a_visitor_signs_in_first(visitor):
    assert "/sign-in/" in visitor.get(ADDRESS).headers["location"]
    assert "/sign-in/" in send(visitor, FRENCH).headers["location"]


def test_a_language_in_which_one_may_not_add_is_refused_and_the_text_stays(officer):
    french = NewsIndex.objects.get(locale__language_code="fr")
    group = User.objects.get(email="officer@example.org").groups.get()
    rows = GroupPagePermission.objects.filter(group=group, permission__codename="add_page")
    english = NewsIndex.objects.get(locale__language_code="en")
    for row in rows:
        if english.path.startswith(row.page.path):
            row.page = french
            row.save()
    page = send(officer, ENGLISH)
    assert not drafts().exists()
    assert "You cannot add articles in this language." in page.content.decode()
    assert "the herds are back" in page.content.decode()
    assert "Select a valid choice" in send(officer, ENGLISH, language="en").content.decode()
    assert send(officer, FRENCH).status_code == 302


def test_a_request_from_elsewhere_is_refused(officer):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = officer.cookies
    assert send(strict, FRENCH).status_code == 403
    token = strict.get(ADDRESS).context["csrf_token"]
    assert not drafts().exists()
    assert strict.post(ADDRESS, {"text": FRENCH, "language": "auto", "csrfmiddlewaretoken": token}).status_code == 302


def test_a_pasted_text_opens_as_a_draft_that_says_what_was_recognized(officer):
    page = officer.get(send(officer, FRENCH).headers["location"])
    article = drafts().get().specific.get_latest_revision_as_object()
    assert (article.title, article.place, article.live, article.date) == (
        "Trois puits rouvrent dans la vallée",
        "Tchad",
        False,
        None,
    )
    assert article.get_parent().specific == NewsIndex.objects.get(locale__language_code="fr")
    html = page.content.decode()
    for words in (
        "Place: Tchad",
        "Date: to be confirmed",
        "Mariam Abdoulaye",
        "Contacts: 1 (Ali Bako)",
        "Countries: Chad",
    ):
        assert words in html
    for words in ("Confirm the date.", "Confirm these countries under “Countries”: Chad."):
        assert words in html


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_heading_under_which_countries_are_to_be_confirmed_is_one_of_the_form(officer, language):
    officer.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    page = BeautifulSoup(officer.get(send(officer, FRENCH).headers["location"]).content, "html.parser")
    headings = {" ".join(one.get_text().split()) for one in page.select(".w-panel__heading")}

    (heading,) = re.findall(r"(?:under “|sous «\s)(.+?)\s?[”»]\s?:", page.get_text())

    assert heading in headings


def test_the_language_is_detected_unless_it_is_chosen(officer):
    send(officer, ENGLISH)
    send(officer, ENGLISH, language="fr")
    assert sorted(drafts().values_list("locale__language_code", flat=True)) == ["en", "fr"]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_text_too_short_to_tell_its_language_asks_for_it(officer, language):
    officer.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    page = send(officer, "Zinder")
    with override(language):
        (error,) = page.context["form"].errors["language"]
        assert error == gettext("The language of the text could not be detected. Choose the language.")
    assert "Zinder" in page.content.decode()
    assert not drafts().exists()


def test_a_word_file_opens_with_its_pictures_and_its_left_out_texts(officer):
    file = word_file(
        paragraph("Trois puits rouvrent", style="Titre"),
        paragraph(picture("p1", "Un puits")),
        paragraph("Tchad, 12 mars 2016 – Les puits de la vallée ont rouvert lundi, un à un."),
        paragraph("Avant ", "<w:del><w:r><w:delText>le mot retiré</w:delText></w:r></w:del>", "la pluie."),
        paragraph(picture("p1")),
        paragraph(run("Après la pluie, les troupeaux.")),
        related=(("p1", "image", "media/image1.png"),),
        parts={"word/media/image1.png": png()},
    )
    send(officer, file=file)
    article = drafts().get().specific.get_latest_revision_as_object()
    assert article.date.date() == datetime.date(2016, 3, 12)
    assert article.lead_picture_id
    html = note_of(officer, article)
    for words in ("communique.docx", "le mot retiré", "Deleted in the tracked changes of the file.", "1 picture has"):
        assert words in html


def test_the_note_goes_as_it_is_done_and_is_gone_with_the_first_publication(officer):
    send(officer, FRENCH)
    article = drafts().get().specific.get_latest_revision_as_object()
    assert "Confirm the date." in note_of(officer, article)
    article.date = datetime.datetime(2016, 3, 12, 12, tzinfo=datetime.UTC)
    revision = article.save_revision()
    html = note_of(officer, article)
    assert "Confirm the date." not in html
    assert "Imported from pasted text" in html
    revision.publish()
    assert "Imported from pasted text" not in note_of(officer, article)


def test_whoever_imports_a_text_again_is_led_to_its_one_draft(officer, sign_in):
    first = send(officer, FRENCH)
    again = send(officer, FRENCH)
    assert first.headers["location"] == again.headers["location"]
    assert "This text has already been imported" in officer.get(again.headers["location"]).content.decode()
    editor = sign_in("editor")
    editor.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    theirs = send(editor, FRENCH)
    assert theirs.headers["location"] == first.headers["location"]
    assert "This text has already been imported" in editor.get(theirs.headers["location"]).content.decode()
    drafts().get().delete()
    assert send(officer, FRENCH).status_code == 302
    assert drafts().exists()


def test_a_text_that_has_been_published_gets_a_new_draft(officer):
    first = send(officer, FRENCH).headers["location"]
    article = drafts().get().specific.get_latest_revision_as_object()
    article.date = datetime.datetime(2016, 3, 12, 12, tzinfo=datetime.UTC)
    article.save_revision().publish()
    drafts().get().unpublish()
    assert send(officer, FRENCH).headers["location"] != first


def test_a_user_who_may_not_open_the_draft_learns_that_it_belongs_to_another_person(officer, sign_in):
    send(sign_in("editor"), FRENCH)
    group = User.objects.get(email="officer@example.org").groups.get()
    GroupPagePermission.objects.filter(group=group).exclude(permission__codename="add_page").delete()

    page = send(officer, FRENCH, follow=True)

    assert drafts().count() == 1
    assert page.status_code == 200
    assert "“Trois puits rouvrent dans la vallée”, belongs to another person." in page.content.decode()


def test_a_text_that_the_command_has_imported_is_known(officer, tmp_path):
    file = tmp_path / "communique.txt"
    file.write_text(FRENCH)
    (line,) = site.run(file)
    location = send(officer, file=SimpleUploadedFile("autre.txt", file.read_bytes())).headers["location"]
    assert location == reverse("wagtailadmin_pages:edit", args=[line["page"]])
    assert drafts().count() == 1


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "The file is named .docx but is not a Word document."), ("fr", None)],
)
def test_a_refused_file_is_explained_in_the_officers_language_and_makes_nothing(officer, language, words):
    officer.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    page = send(officer, file=SimpleUploadedFile("a.docx", b"Bonjour"))
    with override(language):
        words = words or str(forms.readers.word.package._explain_format(b"Bonjour"))
    assert words in page.content.decode()
    assert not ImportedText.objects.exists()


@pytest.mark.parametrize(
    ("text", "file", "words"),
    [
        ("", None, "Choose a file or paste the text."),
        ("  \n ", None, "Choose a file or paste the text."),
        ("Mot " * 60_000, None, "The text is too long"),
        (FRENCH, b"Bonjour", "Choose a file or paste the text, not both"),
        ("", b" \n", "No text was found."),
        ("", b"", "The file is empty."),
    ],
)
def test_an_unreadable_text_is_reported_and_the_pasted_text_stays(officer, text, file, words):
    page = send(officer, text, SimpleUploadedFile("a.txt", file) if file is not None else None)
    html = page.content.decode()
    assert page.status_code == 200
    assert words in html
    assert text.strip()[-30:].strip() in html
    assert not drafts().exists()


def test_a_file_that_is_too_large_is_dropped_while_it_arrives_and_the_rest_of_the_form_is_read(officer, monkeypatch):
    monkeypatch.setattr(views.UploadLimit, "max_size", 1000)
    page = send(officer, "Un texte", SimpleUploadedFile("a.txt", b"a" * 2000))
    assert "The file is too large. Maximum 20 MB." in page.content.decode()
    assert "Un texte" in page.content.decode()
    assert page.context["form"].files == {}


def test_a_request_above_the_servers_limit_gets_a_message(officer, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    page = send(officer, "mot " * 1000, follow=True)
    assert "The text is too long" in page.content.decode()


@pytest.mark.parametrize(
    "text",
    [
        "x" * 400,
        "😀",
        "« »",
        "—",
        "Communiqué / Global",
        "Contact : Ali Bako, Tél : +227 20 55 01 23",
        "a" * 300 + "@example.org\n" + "Titre\n" * 300,
        "<script>alert(1)</script>\nNiger – <img src=x onerror=alert(1)> un texte.",
        "Genève/" * 60 + " 9 mars – Un texte assez long pour en être un.",
    ],
)
def test_an_odd_text_makes_a_draft_or_is_explained(officer, text):
    answer = send(officer, text, follow=True)
    assert answer.status_code == 200
    assert "<script>alert(1)" not in answer.content.decode()
    assert "<img src=x" not in answer.content.decode()
