"""Short pages with their translations, for tests of addresses and visibility."""

from wagtail.models import Locale, Page, PageViewRestriction
from wagtail_localize.models import Translation

from iom.tests.factories import ArticleFactory


def translate(page, language="en", live=True, **fields):
    """Translates the page by hand: a copy, then its words, then publication.

    What the translation desk has begun is taken out of its hands.
    """
    locale = Locale.objects.get(language_code=language)
    Translation.objects.filter(source__object_id=page.translation_key, target_locale=locale).update(enabled=False)
    begun = page.get_translation_or_none(locale)
    copy = begun.specific if begun else page.specific.copy_for_translation(locale)
    for name, value in fields.items():
        setattr(copy, name, value)
    copy.save()
    revision = copy.save_revision()
    if live:
        revision.publish()
    copy.refresh_from_db()
    return copy


def pair(language="fr", **fields):
    """An article and its translation, both live."""
    original = ArticleFactory(language=language, **fields)
    return original, translate(original, "en" if language == "fr" else "fr", title=f"Translation of {original.title}")


def at(address):
    """Returns the specific page of the demonstration at `address`."""
    return Page.objects.get(url_path=address).specific


def restrict(page):
    return PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
