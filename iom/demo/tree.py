"""The page tree of the demonstration: sections, posts, legal pages, the newsroom."""

from django.apps import apps
from wagtail.models import Page

from aboutus.models import PageReview
from home.models import FEATURES, HomePage
from iom.demo import content
from iom.demo.build import LINKED, build
from iom.demo.content import Table
from iom.demo.publish import create, publish, publish_translation, translate
from iom.demo.records import Library
from iom.users.models import User

ORIGINAL = "fr"


def load(library: Library, user: User | None) -> int:
    """Makes the pages that are missing, in both languages; how many originals were made."""
    homes = {home.locale.language_code: home for home in HomePage.objects.select_related("locale")}
    library.pages |= {("home", language): home for language, home in homes.items()}
    home, *others = content.pages()
    new = [table for table in others if _begin(table, library, user)]
    for table in new:  # once all are there, since their texts link to each other
        _write(table, library, user)
    if not homes[ORIGINAL].introduction:
        _write_home(home, homes[ORIGINAL], library, user)
    return len(new)


def _begin(table: Table, library: Library, user: User | None) -> bool:
    """Makes the page as a draft without its text. False where it was there before."""
    key = table["key"]
    there = Page.objects.filter(translation_key=content.identity(key)).select_related("locale").specific()
    if there:
        library.pages |= {(key, page.locale.language_code): page for page in there}
        return False
    parent = Page.objects.get(pk=library.pages[table["parent"], ORIGINAL].pk).specific
    page = build(apps.get_model(table["type"]), table, library, ORIGINAL, ORIGINAL, without=LINKED)
    create(page, key, parent, library, user)
    return True


def _write(table: Table, library: Library, user: User | None) -> None:
    """Gives the page its text, publishes it, translates it and publishes the translation."""
    key = table["key"]
    page = library.pages[key, ORIGINAL]
    whole, counterpart = (build(type(page), table, library, language, ORIGINAL) for language in (ORIGINAL, "en"))
    original = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    for name in LINKED:
        if hasattr(whole, name):
            setattr(original, name, getattr(whole, name))
    original.save_revision(user=user)
    original = publish(original, user)
    library.pages[key, ORIGINAL] = original
    target = translate(counterpart, key, original, "en", library, user)
    slug = table["en"].get("slug")
    if slug and target.slug != slug:  # chosen by hand: the title would give another
        target.slug = slug
        target.save()
    library.pages[key, "en"] = publish_translation(target, user)
    if "reviewed" in table:
        PageReview.of(original).mark_reviewed(table["reviewed"])


def _write_home(table: Table, home: Page, library: Library, user: User | None) -> None:
    draft, counterpart = (build(HomePage, table, library, language, ORIGINAL) for language in (ORIGINAL, "en"))
    home = HomePage.objects.get(pk=home.pk)  # pages have been added below it
    for name in ("title", "seo_title", "search_description", "keywords", "introduction", "body", *FEATURES):
        setattr(home, name, getattr(draft, name))
    home.save_revision(user=user).publish(user=user)
    home.refresh_from_db()
    publish_translation(translate(counterpart, "home", home, "en", library, user), user)
