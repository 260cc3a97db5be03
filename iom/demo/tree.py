"""Creates the page tree of the demonstration: sections, posts, legal pages, the newsroom."""

from django.apps import apps
from wagtail.models import Page

from aboutus.models import PageReview
from home.models import FEATURES, HomePage
from iom.demo import content
from iom.demo.build import LINK_FIELDS, build_page
from iom.demo.content import Table
from iom.demo.publish import create_draft, publish, publish_translation, translate
from iom.demo.records import Library
from iom.users.models import User

ORIGINAL = "fr"


def load(library: Library, user: User | None) -> int:
    """Creates missing pages in both languages, and returns the number of new originals."""
    homes = {home.locale.language_code: home for home in HomePage.objects.select_related("locale")}
    library.pages |= {("home", language): home for language, home in homes.items()}
    home, *others = content.read_pages()
    new = [table for table in others if _create_without_text(table, library, user)]
    for table in new:  # after all have been created, since their texts link to each other
        _publish_text(table, library, user)
    if not homes[ORIGINAL].introduction:
        _publish_home(home, homes[ORIGINAL], library, user)
    return len(new)


def _create_without_text(table: Table, library: Library, user: User | None) -> bool:
    """Creates the page as a draft without its text. Returns False if the page exists."""
    key = table["key"]
    existing = Page.objects.filter(translation_key=content.stable_uuid(key)).select_related("locale").specific()
    if existing:
        library.pages |= {(key, page.locale.language_code): page for page in existing}
        return False
    parent = Page.objects.get(pk=library.pages[table["parent"], ORIGINAL].pk).specific
    page = build_page(apps.get_model(table["type"]), table, library, ORIGINAL, ORIGINAL, without=LINK_FIELDS)
    create_draft(page, key, parent, library, user)
    return True


def _publish_text(table: Table, library: Library, user: User | None) -> None:
    """Writes the text of the page, publishes it, translates it and publishes the translation."""
    key = table["key"]
    page = library.pages[key, ORIGINAL]
    complete, counterpart = (
        build_page(type(page), table, library, language, ORIGINAL) for language in (ORIGINAL, "en")
    )
    original = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    for name in LINK_FIELDS:
        if hasattr(complete, name):
            setattr(original, name, getattr(complete, name))
    original.save_revision(user=user)
    original = publish(original, user)
    library.pages[key, ORIGINAL] = original
    target = translate(counterpart, key, original, "en", library, user)
    slug = table["en"].get("slug")
    if slug and target.slug != slug:  # chosen by hand; the title would give another slug
        target.slug = slug
        target.save()
    library.pages[key, "en"] = publish_translation(target, user)
    if "reviewed" in table:
        PageReview.for_page(original).mark_reviewed(table["reviewed"])


def _publish_home(table: Table, home: Page, library: Library, user: User | None) -> None:
    draft, counterpart = (build_page(HomePage, table, library, language, ORIGINAL) for language in (ORIGINAL, "en"))
    home = HomePage.objects.get(pk=home.pk)  # pages have been added below it
    for name in ("title", "seo_title", "search_description", "keywords", "introduction", "body", *FEATURES):
        setattr(home, name, getattr(draft, name))
    home.save_revision(user=user).publish(user=user)
    home.refresh_from_db()
    publish_translation(translate(counterpart, "home", home, "en", library, user), user)
