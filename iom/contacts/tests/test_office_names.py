"""The names of an office by language: the form, the display, and languages that are added or removed."""

import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import translation

from iom.contacts.models import ContactSettings, Office, OfficeName, PressContact
from iom.tests import record_names
from iom.tests.addresses import LANGUAGES
from iom.tests.factories import OfficeFactory, PressContactFactory
from iom.tests.html_forms import forms

pytestmark = pytest.mark.django_db
ADD = reverse("wagtailsnippets_contacts_office:add")
LIST = reverse("wagtailsnippets_contacts_office:list")
CHOOSER = "wagtailsnippetchoosers_contacts_office:choose_results"


def edit(office):
    return reverse("wagtailsnippets_contacts_office:edit", args=[office.pk])


def save(client, address, **values):
    """The form as it stands, with `values` by field and language (`name_es`): the answer."""
    (form,) = [form for form in forms(client.get(address).content, address) if "names-0-language" in form.values]
    rows = {form.values[f"names-{n}-language"][0]: n for n in range(int(form.values["names-TOTAL_FORMS"][0]))}
    for name, value in values.items():
        field, _, language = name.partition("_")
        form.values[f"names-{rows[language]}-{field}" if language in rows else name] = value
    return client.post(form.action, form.values)


def stored(office):
    return {row.language: (row.name, row.city) for row in office.names.all()}


@pytest.fixture
def spanish(settings):
    settings.LANGUAGES = [*settings.LANGUAGES, ("es", "Español")]


def test_an_office_is_added_with_its_names_and_found_by_each(sign_in, spanish):
    client = sign_in("editor")

    assert save(client, ADD, kind="country", country="PE", timezone="America/Lima",
                name_fr="Bureau de Lima", name_es="Oficina de Lima", city_es="Lima").status_code == 302  # fmt: skip

    office = Office.objects.get(names__name="Bureau de Lima")
    assert stored(office) == {"fr": ("Bureau de Lima", ""), "es": ("Oficina de Lima", "Lima")}
    for address in (LIST, reverse(CHOOSER)):
        for query in ("bureau", "ofici"):
            assert "Bureau de Lima" in client.get(address, {"q": query}).content.decode()


def test_each_name_of_an_office_is_found_after_a_change(sign_in):
    office, client = OfficeFactory(fr="Bureau ancien"), sign_in("editor")

    save(client, edit(office), name_fr="Bureau nouveau", name_en="New office")

    assert edit(office) in client.get(LIST, {"q": "new off"}).content.decode()
    assert edit(office) not in client.get(LIST, {"q": "ancien"}).content.decode()


@pytest.mark.parametrize(("interface", "message"), [("fr", "Champ requis."), ("en", "This field is required.")])
def test_an_office_needs_a_name_in_the_default_language_alone(sign_in, interface, message):
    client, office = sign_in("editor"), OfficeFactory(fr="Bureau", en="Office")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = interface

    assert message in save(client, ADD, kind="country", timezone="Asia/Tokyo", name_en="Tokyo").content.decode()
    assert message in save(client, edit(office), name_fr="").content.decode()
    assert save(client, edit(office), name_en="").status_code == 302
    assert stored(office) == {"fr": ("Bureau", "")}


def test_a_city_alone_is_no_name(sign_in):
    office = OfficeFactory(en="")
    answer = save(sign_in("editor"), edit(office), city_en="Cairo")

    assert "Indiquez aussi le nom du bureau dans cette langue." in answer.content.decode()
    assert not record_names.name_of(office, "en")


def test_the_same_form_sent_twice_adds_a_name_once(sign_in):
    office, client = OfficeFactory(fr="Bureau", en=""), sign_in("editor")
    data = {"kind": "country", "timezone": "Africa/Cairo", "staff-TOTAL_FORMS": 0, "staff-INITIAL_FORMS": 0}
    data |= record_names.form_data(office, fr="Bureau", en="Office")

    for _time in range(2):
        assert client.post(edit(office), data).status_code == 302
    assert stored(office) == {"fr": ("Bureau", ""), "en": ("Office", "")}


def test_a_name_in_a_language_that_the_site_no_longer_has_does_no_harm(sign_in):
    office, client = OfficeFactory(fr="Bureau", en="Office"), sign_in("editor")
    OfficeName.objects.create(office=office, language="es", name="Oficina")

    assert "Oficina" in client.get(edit(office)).content.decode()
    assert save(client, edit(office), name_en="Our office").status_code == 302
    assert stored(office) == {"fr": ("Bureau", ""), "en": ("Our office", ""), "es": ("Oficina", "")}
    save(client, edit(office), name_es="")
    assert "es" not in stored(office)


@pytest.mark.parametrize("language", LANGUAGES)
def test_offices_stand_in_the_order_of_their_names_in_the_language(language):
    OfficeFactory(fr="AAA", en="ZZZ")
    OfficeFactory(fr="ZZZ", en="AAA")
    with translation.override(language):
        found = [office.name for office in Office.objects.all()]
    assert (found[0], found[-1]) == ("AAA", "ZZZ")


def test_an_office_without_a_name_in_the_language_has_that_of_the_default_language_and_says_so(visitor):
    """A proper name may stand in another language, marked for screen readers; it has the same place in every list."""
    office = OfficeFactory(kind="regional", country="JP", fr=("Bureau d’Osaka", "Ôsaka"), en="", email="o@example.org")
    PressContactFactory(office=office, name="Aya")
    ContactSettings.objects.update(press_office=office)

    page = BeautifulSoup(visitor.get("/en/where-we-work/japan/").content, "html.parser")

    for text in ("Bureau d’Osaka", "Ôsaka"):
        shown = [tag.parent for tag in page.find_all(string=re.compile(text)) if tag.parent.name != "script"]
        assert shown
        assert {tag.get("lang") for tag in shown} == {"fr"}
    french = BeautifulSoup(visitor.get("/fr/ou-travaillons-nous/japon/").content, "html.parser")
    assert not french.select("main [lang]")


def test_a_contact_is_loaded_with_the_names_of_its_offices(django_assert_num_queries):
    office = OfficeFactory(
        parent=OfficeFactory(parent=OfficeFactory(fr="Haut", en="Top"), en="Middle"), fr="Bas", en=""
    )
    PressContactFactory(office=office, name="Aya")
    with translation.override("en"), django_assert_num_queries(1):
        contact = PressContact.objects.get(name="Aya")
        assert [above.name for above in contact.office.upwards()] == ["Bas", "Middle", "Top"]
        assert str(contact) == "Aya · Bas"
