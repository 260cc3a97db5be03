"""What Wagtail and wagtail-localize say in French, after our words for it."""

import re
from pathlib import Path

import polib
from django.apps import apps
from django.utils import translation

from iom.tests.words import OF_WAGTAIL, catalogue

# Forms of a word for both genders, English words, and words that the glossary has another one for.
WRONG = re.compile(
    r"\((e|es|le|tte|s|elle|la)\)|/cette|\ble/la\b|il/elle|[Rr]égion|\b[Ss]tatus\b|[Ww]orkflow|[Mm]odérat|[Ee]-mail"
    r"|\b[Ss]lug\b|[Ff]ragment|supporté|\be\.?g\b|du redacteur|Timeline"
)
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


def upstream(domain: str) -> dict[str, polib.MOEntry]:
    """The messages of Wagtail, localize and taggit, as far as their apps are installed."""
    folders = [Path(one.path) for one in apps.get_app_configs() if one.name.startswith(("wagtail", "taggit"))]
    folders += [Path(apps.get_app_config("wagtailusers").path)]
    files = [folder / "locale" / "fr" / "LC_MESSAGES" / f"{domain}.mo" for folder in folders]
    return {entry.msgid: entry for file in files if file.exists() for entry in polib.mofile(str(file))}


def test_each_of_our_words_is_one_of_theirs():
    """One that they have changed has to be translated again, or may go."""
    ours = {entry.msgid for entry in catalogue("fr", folder=OF_WAGTAIL)}
    theirs = {text for entry in upstream("django").values() for text in (entry.msgid, entry.msgid_plural) if text}

    assert len(ours) > 700
    assert ours - theirs == set()


def test_each_of_our_words_for_scripts_is_one_of_theirs():
    ours = catalogue("fr", "djangojs", OF_WAGTAIL)

    assert {entry.msgid for entry in ours} - set(upstream("djangojs")) == set()


def test_no_message_has_a_word_for_both_genders_or_one_that_we_do_not_use():
    wrong = {}
    with translation.override("fr"):
        for message, entry in upstream("django").items():
            said = [translation.gettext(message)]
            if entry.msgid_plural:
                said = [translation.ngettext(message, entry.msgid_plural, number) for number in (1, 5)]
            prose = [re.sub(r"%\(\w+\)[sd]|<[^>]+>|\{\w*\}", "", one) for one in said]
            if message not in NOT_SHOWN and any(map(WRONG.search, prose)):
                wrong[message] = said

    assert wrong == {}
