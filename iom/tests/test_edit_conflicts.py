"""Edit conflicts: a form of a record does not overwrite what another person has saved meanwhile."""

import pytest
from django.apps import apps
from django.urls import reverse
from wagtail.admin.admin_url_finder import AdminURLFinder

from aboutus.country_texts import CountryText, CountryTextRow
from iom.banner.models import Banner
from iom.contacts.models import PressContact
from iom.names import Named
from iom.tests.factories import TopicFactory
from iom.tests.html_forms import forms
from iom.users.models import User

pytestmark = pytest.mark.django_db
RECORDS = [*(model for model in apps.get_models() if issubclass(model, Named)), PressContact]
TEXTS = ("names-0-alt", "names-0-name", "name")  # plain text fields; each record has one of them


def shown_values(answer, address):
    (form,) = (form for form in forms(answer.content, address) if "shown_version" in form.values)
    return form.values


def _record(model):
    if model is Banner:
        return Banner.load()
    if model is CountryText:
        record = CountryText(country="JP")
        record.names = [CountryTextRow(language=language, name="<p>Text</p>") for language in ("fr", "en")]
        record.save()
        return record
    return model.objects.last()


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model.__name__)
def test_a_form_does_not_overwrite_a_change_that_it_did_not_show(sign_in, model):
    record = _record(model)
    finder = AdminURLFinder(User.objects.get(email="admin@example.org"))
    address = finder.get_edit_url(record) or reverse("country_texts:edit", args=[record.pk])
    client, other = sign_in("admin"), sign_in("editor" if model is Banner else "admin")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    before = shown_values(client.get(address), address)
    text = next(name for name in TEXTS if name in before)

    def stored():
        return shown_values(client.get(address), address)[text]

    assert other.post(address, before | {text: "Theirs"}).status_code == 302
    refused = client.post(address, before | {text: "Mine"})
    assert "has changed this since you opened it" in refused.content.decode()
    assert stored() == ["Theirs"]

    again = shown_values(refused, address)
    assert again[text] == ["Mine"]
    assert client.post(address, again).status_code == 302
    assert stored() == ["Mine"]
    assert client.post(address, shown_values(client.get(address), address)).status_code == 302, "nothing has changed"


def test_the_form_of_an_officer_does_not_overwrite_the_text_of_a_translator(sign_in):
    topic = TopicFactory(fr="Eau", en="Water")
    address = reverse("topics:edit", args=[topic.pk])
    officer, translator = sign_in("officer"), sign_in("translator.en")
    officer.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"

    def row(values, language):
        return next(
            name.split("-")[1] for name, sent in values.items() if name.endswith("-language") and sent == [language]
        )

    before, theirs = (shown_values(client.get(address), address) for client in (officer, translator))
    assert translator.post(address, theirs | {f"names-{row(before, 'en')}-alt": "A well"}).status_code == 302
    refused = officer.post(address, before | {f"names-{row(before, 'fr')}-alt": "Un puits"})

    user = User.objects.get(email="translator.en@example.org")
    assert f"{user.get_full_name()} has changed this" in refused.content.decode()
    assert dict(topic.names.values_list("language", "alt")) == {"en": "A well", "fr": ""}
