from argparse import ArgumentParser
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import check_for_language, to_locale
from wagtail.models import Locale, Page

from home.models import HomePage
from home.naming import title_in
from iom.core.checks import get_missing_messages
from iom.editorial.roles import translators_into
from iom.names import Named
from iom.publishing import locking
from iom.translation.models import TranslationState
from iom.translation.workflow import submission

LANGUAGE_FILES = {
    "newsroom/importing/structure/vocabulary/{code}.toml": "the import of press releases does not detect the language",
    "search/languages/{code}.toml": "search does not find inflected words",
    "iom/checks/languages/{code}.toml": "checks of texts that need words of the language are left out",
    "iom/translation/checks/languages/{language}.toml": "checks of translations compare only digits",
}


class Command(BaseCommand):
    help = "Adds a language of LANGUAGES to the site, and lists what is missing. A second run changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", metavar="CODE", help="the code of the language, such as es or pt-br")

    def handle(self, *args: Any, code: str, **options: Any) -> None:
        codes = list(dict(settings.LANGUAGES))
        if code not in codes:
            line = f"LANGUAGES={','.join([*codes, code])}"
            raise CommandError(
                f"LANGUAGES does not contain “{code}”. Set {line} for every process, then run the command again."
            )
        if not check_for_language(code):
            file = f"iom/locale/{to_locale(code)}/LC_MESSAGES/django.po"
            raise CommandError(f"Django does not know “{code}”. Add the catalogue {file}, and compile it.")
        home = create_home_page(code)
        if options["verbosity"]:
            self._report(home)

    def _report(self, home: HomePage) -> None:
        code, group = home.locale.language_code, translators_into(home.locale)
        texts, missing = TranslationState.objects.filter(locale=home.locale).count(), get_missing_messages(code)
        self.stdout.write(f"Home page: {home.full_url} “{home.title}”.")
        if not home.live:
            self.stdout.write("It is not public until it is translated and published.")
        self.stdout.write(f"Texts on the translation desk: {texts}. The scheduler adds the texts below them.")
        if not group.user_set.exists():
            self.stdout.write(f"The group “{group.name}” has no members.")
        for model in (model for model in apps.get_models() if issubclass(model, Named)):
            nameless = model.objects.exclude(names__language=code).count()
            self.stdout.write(f"{model.__name__}: {nameless} without a name in this language.")
        for pattern, without in LANGUAGE_FILES.items():
            if not (settings.BASE_DIR / (file := pattern.format(code=code, language=code.partition("-")[0]))).exists():
                self.stdout.write(f"{file} is missing: {without}.")
        if missing:
            self.stdout.write(f"{len(missing)} messages of the interface are shown in {settings.LANGUAGE_CODE}.")
        if addresses := sum(message.startswith("address\4") for message in missing):
            note = f"{addresses} of them are addresses (msgctxt “address”), which change once they are translated"
            self.stdout.write(f"{note}: translate these before you publish the home page.")


@locking.atomic
def create_home_page(code: str) -> HomePage:
    """Creates the home page of the language with its locale, group of translators and desk, if they are missing.

    Returns the home page.
    """
    locking.lock_tree()
    locale, _created = Locale.objects.get_or_create(language_code=code)
    original = HomePage.objects.earliest("pk")
    home = HomePage.objects.filter(locale=locale).first()
    if home is None:
        home = HomePage(title=title_in(code), locale=locale, translation_key=original.translation_key, live=False)
        Page.get_first_root_node().add_child(instance=home)
    if home != original:
        submission.submit(original, locale)
    return home
