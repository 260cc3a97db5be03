"""Emergency releases: permissions, publication in both languages, refusals, forms that are sent twice."""

import uuid
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from aboutus.models import AboutPage
from iom.contacts.models import PressContact, press_contacts
from iom.editorial.tests import offices
from iom.tests.factories import OfficeFactory
from iom.tests.new_languages import with_draft_of_newsroom
from iom.translation.models import LanguageRule
from newsroom.models import NewsArticle

FR, EN = "Crue soudaine\u00a0: deux villages évacués", "Flash flood: two villages evacuated"
ADDRESSES = {
    "fr": "/fr/actualites/crue-soudaine-deux-villages-evacues/",
    "en": "/en/news/flash-flood-two-villages-evacuated/",
}


def filled(**changes) -> dict[str, object]:
    return {
        "key": uuid.uuid4(),
        "title_fr": FR,
        "summary_fr": "Deux mille personnes ont été mises à l’abri dans la nuit.",
        "text_fr": "L’eau est montée en une heure.\n\nTrois centres d’accueil\nsont ouverts.",
        "place_fr": "Genève",
        "title_en": EN,
        "summary_en": "Two thousand people were taken to safety overnight.",
        "text_en": "The water rose within an hour.\n\nThree reception centres are open.",
        "place_en": "Geneva",
        "contact": press_contacts().first().pk,
        "country": "TD",
    } | changes


def send(client, action: str, language: str = "fr", **changes):
    headers = {"accept-language": language}
    return client.post(reverse("newsroom_emergency"), filled(**changes) | {"action": action}, headers=headers)


def texts() -> dict[str, NewsArticle]:
    found = NewsArticle.objects.filter(draft_title__in=[FR, EN]).select_related("locale")
    return {one.locale.language_code: one for one in found}


@pytest.mark.parametrize(("language", "original"), [("fr", "fr"), ("en", "en")])
def test_both_languages_go_live_together_as_original_and_translation(sign_in, visitor, language, original):
    officer = sign_in("officer")
    answer = send(officer, "publish", language)
    published = texts()
    done = officer.get(answer.headers["location"]).content.decode()
    assert all(f'href="{address}"' in done for address in ADDRESSES.values())
    assert {code for code, text in published.items() if text.live} == {"fr", "en"}
    assert published["fr"].translation_key == published["en"].translation_key
    assert published[original].pk == min(text.pk for text in published.values())
    for code, address in ADDRESSES.items():
        page = visitor.get(address).content.decode()
        assert filled()[f"summary_{code}"] in page
        assert filled()[f"place_{code}"] in page
    assert "Trois centres d’accueil sont ouverts." in visitor.get(ADDRESSES["fr"]).content.decode()
    assert [row.country.code for row in published["en"].countries.all()] == ["TD"]


def test_a_new_language_is_written_once_readers_have_its_newsroom(sign_in):
    with with_draft_of_newsroom("es") as newsroom:
        send(sign_in("officer"), "publish")
        assert {code for code, text in texts().items() if text.live} == {"fr", "en"}
        type(newsroom).objects.filter(pk=newsroom.pk).update(live=True)
        assert 'name="title_es"' in sign_in("officer").get(reverse("newsroom_emergency")).content.decode()


def test_check_shows_both_texts_and_publishes_nothing(sign_in):
    answer = send(sign_in("officer"), "check")
    page = answer.content.decode()
    assert "Rien n’est encore publié. Relisez tous les textes." in page
    assert "Three reception centres are open." in page
    assert texts() == {}


def test_drafts_have_both_texts_and_nobody_reads_them(sign_in, visitor):
    send(sign_in("officer"), "save")
    written = texts()
    assert not any(text.live for text in written.values())
    assert [visitor.get(address).status_code for address in ADDRESSES.values()] == [404, 404]
    translation = sign_in("translator.en").get(reverse("wagtailadmin_pages:edit", args=[written["en"].pk]))
    assert "Three reception centres are open." in translation.content.decode()


def test_what_is_sent_twice_is_published_once(sign_in):
    officer, key = sign_in("officer"), uuid.uuid4()
    first, second = (send(officer, "publish", key=key) for _ in range(2))
    assert first.headers["location"] == second.headers["location"]
    assert NewsArticle.objects.filter(draft_title=FR).count() == 1


def test_special_characters_are_the_same_words_the_second_time(sign_in):
    officer, words = sign_in("officer"), {"text_en": "R&D <b>, “5 > 4”.\n\n&amp; l'eau", "key": uuid.uuid4()}
    assert [send(officer, "save", **words).status_code for _ in range(2)] == [302, 302]


@pytest.mark.parametrize(
    ("first", "second", "change"),
    [
        ("publish", "publish", {"text_fr": "Douze morts.\n\nTrois centres."}),
        ("publish", "publish", {"title_en": "Another title"}),
        ("publish", "publish", {"country": "ML"}),
        ("save", "publish", {}),
        ("publish", "save", {}),
    ],
)
def test_other_words_under_the_same_key_are_refused_with_the_way_to_the_article(sign_in, first, second, change):
    """After a lost answer, the user changes and sends the form again. A success message would be wrong."""
    officer, key = sign_in("officer"), uuid.uuid4()
    send(officer, first, key=key)
    page = BeautifulSoup(send(officer, second, key=key, **change).content, "html.parser")
    assert "Ce formulaire est déjà devenu un communiqué." in page.get_text()
    (link,) = page.select(".form-errors a")
    assert link["href"] == reverse("wagtailadmin_pages:edit", args=[texts()["fr"].pk])
    assert NewsArticle.objects.filter(translation_key=key).count() == 2
    assert all(text.live == (first == "publish") for text in texts().values())
    written = {field["name"]: field.get("value") or field.get_text(strip=True) for field in page.select("[name$=_fr]")}
    assert written["title_fr"] == FR
    assert written["text_fr"].split()[0] == (change.get("text_fr") or filled()["text_fr"]).split()[0]
    assert page.select_one("[name=key]")["value"] != str(key)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_texts_that_differ_in_their_paragraphs_are_refused_and_kept(sign_in, language):
    answer = send(sign_in("officer"), "publish", language, text_en="One paragraph alone.")
    page = answer.content.decode()
    assert {"fr": "1 paragraphe ici, 2 en français.", "en": "1 paragraph here, 2 in English."}[language] in page or {
        "fr": "2 paragraphes ici, 1 en français",
        "en": "2 paragraphs here, 1 in English",
    }[language] in page
    assert "One paragraph alone." in page
    assert texts() == {}


@pytest.mark.parametrize("missing", ["title_fr", "summary_en", "text_en", "contact"])
def test_what_is_missing_is_asked_for_at_its_field(sign_in, missing):
    page = send(sign_in("officer"), "publish", **{missing: ""}).content.decode()
    assert f'href="#id_{missing}"' in page
    assert f'id="id_{missing}_error"' in page
    assert texts() == {}


def test_where_a_translation_needs_a_reviser_nothing_is_published_and_the_reason_is_said(sign_in):
    LanguageRule.objects.filter(locale__language_code="en").update(review=True)
    page = send(sign_in("officer"), "publish").content.decode()
    assert "Une autre personne doit d’abord réviser la traduction." in page
    assert FR in page
    assert texts() == {}


@pytest.mark.parametrize("account", ["translator.fr", "translator.en"])
def test_who_may_not_publish_in_all_languages_has_no_form(sign_in, account):
    client = sign_in(account)
    assert send(client, "publish").status_code in (302, 403)
    assert texts() == {}
    assert reverse("newsroom_emergency") not in client.get("/admin/").content.decode()


def test_the_contact_is_that_of_the_officers_last_article_and_in_post(sign_in):
    officer = sign_in("officer")
    chosen = press_contacts().last()
    send(officer, "publish", contact=chosen.pk)
    assert f'<option value="{chosen.pk}" selected>' in contacts_offered(officer)
    PressContact.objects.filter(pk=chosen.pk).update(in_post_until="2020-01-01")
    assert f'<option value="{chosen.pk}"' not in contacts_offered(officer)


def test_a_contact_who_has_left_since_the_start_of_the_process_is_not_offered(sign_in, monkeypatch):
    contact = press_contacts().last()
    PressContact.objects.filter(pk=contact.pk).update(in_post_until=timezone.localdate())
    officer = sign_in("officer")
    assert f'<option value="{contact.pk}"' in contacts_offered(officer)
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda *_arguments: tomorrow)
    assert f'<option value="{contact.pk}"' not in contacts_offered(officer)


@pytest.fixture
def office():
    """The only office of the officer."""
    office = OfficeFactory()
    offices.posted("officer", office)
    return office


@pytest.mark.parametrize("action", ["publish", "save"])
def test_an_officer_of_an_office_writes_in_no_other_name(sign_in, office, action):
    client = sign_in("officer")
    send(client, action, office=OfficeFactory().pk)
    assert texts() == {}
    send(client, action)  # with none
    assert {text.office for text in texts().values()} == {office}
    assert all(text.live == (action == "publish") for text in texts().values())


def test_the_office_is_that_of_the_officer(sign_in, office):
    page = sign_in("officer").get(reverse("newsroom_emergency")).content.decode()
    offered = page.partition('name="office"')[2].partition("</select>")[0]
    assert f'<option value="{office.pk}" selected>' in offered
    assert offered.count("<option") == 2  # and none


@pytest.mark.parametrize("model", [NewsArticle, AboutPage])
@pytest.mark.parametrize("is_deleted", [True, False])
def test_the_key_of_another_text_is_refused(sign_in, model, is_deleted):
    page = model.objects.filter(locale__language_code="fr", live=True).first()
    model.objects.filter(pk=page.pk).update(owner=offices.user("editor"))
    if is_deleted:
        page.delete(user=offices.user("editor"))
    answer = send(sign_in("officer"), "save", key=page.translation_key)
    assert "Ce formulaire a déjà été envoyé." in answer.content.decode()
    assert texts() == {}


def contacts_offered(client) -> str:
    page = client.get(reverse("newsroom_emergency")).content.decode()
    return page.partition('name="contact"')[2].partition("</select>")[0]


def test_an_error_says_in_which_language_it_is(sign_in):
    page = BeautifulSoup(send(sign_in("officer"), "check", summary_en="").content, "html.parser")
    assert "Rien n’a encore été publié ni enregistré." in page.select_one(".form-errors").get_text()
    (link,) = page.select(".form-errors a")
    assert (link["href"], link.get_text()) == ("#id_summary_en", "Résumé (anglais)")


def test_no_link_leads_away_from_what_has_been_written(sign_in):
    """The address of the form has no language, so a language switch would only empty the form."""
    page = BeautifulSoup(send(sign_in("officer"), "check").content, "html.parser")
    assert page.select("a[hreflang]") == []


def test_what_is_typed_on_a_phone_gets_french_typography_before_it_is_checked(sign_in):
    typed = {"summary_fr": "L'eau monte : 2 000 personnes a l'abri !", "summary_en": "It's 'high' : 2 000"}
    client = sign_in("officer")
    page = BeautifulSoup(send(client, "check", **typed).content, "html.parser")
    french, english = (one.get_text() for one in page.select(".emergency-summary"))
    assert french == "L’eau monte\u00a0: 2\u202f000 personnes a l’abri\u202f!"
    assert english == typed["summary_en"]
    send(client, "publish", **typed)
    assert texts()["fr"].summary == french


@pytest.mark.parametrize(("name", "limit"), [("title_fr", 255), ("summary_fr", 320), ("place_fr", 120)])
def test_a_text_that_its_typography_makes_too_long_is_refused_when_it_is_checked(sign_in, name, limit):
    page = BeautifulSoup(send(sign_in("officer"), "check", **{name: "a" * (limit - 1) + "!"}).content, "html.parser")
    assert f" {limit} caractères" in page.select_one(f"#id_{name}_error").get_text()
    assert not page.select("[value=publish]")


def test_the_check_shows_what_the_texts_share(sign_in):
    page = BeautifulSoup(send(sign_in("officer"), "check").content, "html.parser")
    contact = press_contacts().first()
    assert [one.get_text(strip=True) for one in page.select(".emergency-shared dd")] == [str(contact), "Tchad"]


def test_all_errors_are_shown_at_once(sign_in):
    page = send(sign_in("officer"), "check", summary_en="", text_en="One paragraph alone.").content.decode()
    assert 'id="id_summary_en_error"' in page
    assert 'id="id_text_en_error"' in page
