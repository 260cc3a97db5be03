from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import check_for_language, to_locale
from wagtail.models import Locale, Page

from home.models import HomePage
from home.naming import title_in
from iom.core.checks import messages_without
from iom.core.translation_role import role_of
from iom.editorial.roles import translators_into
from iom.publishing import jobs, locking
from iom.translation.models import TranslationState
from iom.translation.workflow import submission


class Command(BaseCommand):
    help = "Adds a language of the settings to the site. Run again, it changes nothing and says what is left to do."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", metavar="CODE", help="such as es, or pt-br")

    def handle(self, *args: Any, code: str, **options: Any) -> None:
        codes = list(dict(settings.LANGUAGES))
        if code not in codes:
            line = f"LANGUAGES={','.join([*codes, code])}"
            raise CommandError(f"The site has no language “{code}”. Set {line} for all processes, then run this again.")
        if not check_for_language(code):
            folder = f"iom/locale/{to_locale(code)}/LC_MESSAGES"
            raise CommandError(f"Django knows no “{code}” before there is a catalogue: {folder}/django.po, compiled.")
        home = add(code)
        self._report(home, dict(settings.LANGUAGES)[code])

    def _report(self, home: HomePage, name: str) -> None:
        group, states = translators_into(home.locale), TranslationState.objects.filter(locale=home.locale)
        self.stdout.write(f"{name}: {home.full_url} is there, and is called “{home.title}”.")
        self.stdout.write(f"{states.count()} texts are on the translators’ desk; the scheduler adds those below them.")
        self.stdout.write("Left to do:")
        for count, what in (
            (0 if group.user_set.exists() else 1, f"translator at least in the group “{group}”"),
            (states.filter(published_at=None).count(), "texts to translate, the home page first"),
            (len(messages_without(home.locale.language_code)), f"messages of the interface: until then in {code_name()}"),
        ):
            if count:
                self.stdout.write(f"  {count} {what}")


@locking.atomic
def add(code: str) -> HomePage:
    """The home page of the language, made with its locale, its group and its desk where they are missing."""
    locking.lock_tree()
    locale, _created = Locale.objects.get_or_create(language_code=code)
    home = HomePage.objects.filter(locale=locale).first()
    if home is None:
        original = HomePage.objects.earliest("pk")
        home = HomePage(title=title_in(code), slug=code, locale=locale, translation_key=original.translation_key)
        Page.get_first_root_node().add_child(instance=home)
    original = HomePage.objects.filter(translation_key=home.translation_key).earliest("pk")
    if original != home: 
        submission.submit(original, locale)
    return home
