"""Groups that migrations create are named in the user's language; the code finds them by their stored names."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils.translation import override

NAMES = {
    "Communications officers": ("Press officers", "Chargé(e)s de communication"),
    "Newsroom editors": ("Newsroom editors", "Rédaction"),
    "Administrators": ("Administrators", "Administration"),
    "Translators into English": ("Translators into English", "Équipe de traduction (anglais)"),
    "Translators into French": ("Translators into French", "Équipe de traduction (français)"),
}


@pytest.mark.parametrize("stored", NAMES)
def test_a_group_is_named_in_the_current_language(stored):
    for language, name in zip(("en", "fr"), NAMES[stored], strict=True):
        with override(language):
            assert str(Group(name=stored)) == name


@pytest.mark.parametrize("name", ["Interns", "Translators into Klingon"])
def test_another_name_stays_as_it_is(name):
    assert str(Group(name=name)) == name


@pytest.mark.parametrize("address", ["wagtailusers_groups:index", "wagtailusers_users:add"])
def test_screens_show_it_and_not_the_stored_name(sign_in, address):
    text = sign_in("admin").get(reverse(address), headers={"accept-language": "fr"}).content.decode()
    for stored, (_english, french) in NAMES.items():
        assert french in text
        assert stored not in text
