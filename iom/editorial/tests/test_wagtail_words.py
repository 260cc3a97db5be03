"""Our translations of Wagtail's and wagtail-localize's messages."""

import re
from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import translation

from iom.tests.catalogues import WAGTAIL_LOCALE_FOLDER, catalogue
from newsroom.models import NewsIndex

# Forms of a word for both genders, English words, and words that the glossary has another one for.
WRONG = re.compile(
    r"\((e|es|le|tte|s|elle|la)\)|/cette|\ble/la\b|il/elle|[Rr]égion|\b[Ss]tatus\b|[Ww]orkflow|[Mm]odérat|[Ee]-mail"
    r"|\b[Ss]lug\b|[Ff]ragment|supporté|\be\.?g\b|du redacteur|Timeline"
    r"|[Vv]euillez|[Mm]erci de|[Dd]ésolé|[Pp]ourquoi ne pas|en raison d’erreurs|[Aa]ssign|[Aa]rchiv"
)
NO_FRENCH = re.compile(r"""'|(?<!\()"|[ \u00a0][;!?»]|«[ \u00a0]|[ \u202f]:(?!\S)|\w[:;!?](?=\s|$)|[KM]io""")
OF_DJANGO = {"%s KB", "%s MB", "%s GB", "Jan.", "Feb."}
# Screens of localize that are refused here, or replaced.
NOT_SHOWN = {
    "Sync translated %(model_name)s",
    "Sync translated snippets",
    "Are you sure you want to convert this page into an alias? This will overwrite the content of the page with the "
    "content of '%(source_page_title)s' (%(source_page_locale)s)",
    "Changed",
    "Choose a %s",
    "Edit this %s",
    # Ours says something else: templates/wagtailsearchpromotions/add.html
    '<p>The "Search term(s)/phrase" field below must contain the full and exact search for which you wish to provide '
    "recommended results, <em>including</em> any misspellings/user error. To help, you can choose from search terms that "
    "have been popular with users of your site.</p>",
}


def upstream(domain: str, named: tuple[str, ...] = ("wagtail", "taggit")) -> dict[str, polib.MOEntry]:
    """Returns the messages of Wagtail, localize and taggit, or of the `named` packages, for installed apps."""
    folders = [Path(one.path) for one in apps.get_app_configs() if one.name.startswith(named)]
    folders += [Path(apps.get_app_config("wagtailusers").path)]
    files = [folder / "locale" / "fr" / "LC_MESSAGES" / f"{domain}.mo" for folder in folders]
    return {entry.msgid: entry for file in files if file.exists() for entry in polib.mofile(str(file))}


@pytest.mark.parametrize(("language", "at_least"), [("fr", 700), ("en", 100)])
def test_each_of_our_messages_is_one_of_wagtails(language, at_least):
    """A message that Wagtail has changed has to be translated again, or can be removed."""
    ours = {entry.msgid for entry in catalogue(language, folder=WAGTAIL_LOCALE_FOLDER)}
    upstreams = upstream("django") | upstream("django", ("allauth",))
    theirs = {text for entry in upstreams.values() for text in (entry.msgid, entry.msgid_plural) if text}

    assert len(ours) > at_least
    assert ours - theirs - OF_DJANGO == set()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_our_translations_are_used(language):
    with translation.override(language):
        for entry in catalogue(language, folder=WAGTAIL_LOCALE_FOLDER):
            text = translation.ngettext(entry.msgid, entry.msgid_plural, 1) if entry.msgid_plural else None
            text = translation.pgettext(entry.msgctxt, entry.msgid) if entry.msgctxt else text
            assert (text or translation.gettext(entry.msgid)) in [entry.msgstr, *entry.msgstr_plural.values()]


def test_wagtails_french_has_french_typography():
    """It has no straight apostrophes or quotation marks, and no-break spaces before signs, except on unused screens."""
    wrong = {}
    with translation.override("fr"):
        for message in upstream("django", ("wagtail.", "taggit")):
            text = re.sub(r"<[^>]+>", "", translation.gettext(message))
            if message not in NOT_SHOWN and NO_FRENCH.search(text):
                wrong[message] = text
    assert wrong == {}


@pytest.mark.parametrize(("language", "title"), [("fr", "Ajout\u00a0: Article"), ("en", "New: Article")])
def test_the_title_of_a_screen_has_the_colon_of_its_language(sign_in, language, title):
    address = reverse("wagtailadmin_pages:add_subpage", args=[NewsIndex.objects.get(locale__language_code="fr").pk])
    answer = sign_in("officer").get(address, headers={"accept-language": language}, follow=True)
    assert title in answer.content.decode()


def test_each_of_our_messages_for_scripts_is_one_of_wagtails():
    ours = catalogue("fr", "djangojs", WAGTAIL_LOCALE_FOLDER)

    assert {entry.msgid for entry in ours} - set(upstream("djangojs")) == set()


def test_no_message_has_a_word_for_both_genders_or_one_that_we_do_not_use():
    wrong = {}
    with translation.override("fr"):
        for message, entry in upstream("django").items():
            texts = [translation.gettext(message)]
            if entry.msgid_plural:
                texts = [translation.ngettext(message, entry.msgid_plural, number) for number in (1, 5)]
            prose = [re.sub(r"%\(\w+\)[sd]|<[^>]+>|\{\w*\}", "", one) for one in texts]
            if message not in NOT_SHOWN and any(map(WRONG.search, prose)):
                wrong[message] = texts

    assert wrong == {}
