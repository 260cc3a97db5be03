"""The page tree of the demonstration: sections, posts, legal pages, the newsroom."""

from wagtail.models import Page

from aboutus.models import AboutPage, StructurePage, WorkPage, WorkPageCountry, WorkPageTopic
from home.models import HomePage
from iom.demo import content
from iom.demo.body import Body
from iom.demo.content import Table
from iom.demo.publish import create, publish, publish_translation, translate
from iom.demo.records import Library
from iom.users.models import User
from newsroom.models import NewsIndex

TYPES: dict[str, type[Page]] = {
    "home": HomePage,
    "about": AboutPage,
    "structure": StructurePage,
    "work": WorkPage,
    "news-index": NewsIndex,
}
ORIGINAL = "fr"


def load(library: Library, user: User | None) -> int:
    """Makes the pages that are missing, in both languages; how many originals were made."""
    homes = {home.locale.language_code: home for home in HomePage.objects.select_related("locale")}
    tables = list(content.pages())
    for language, home in homes.items():
        library.pages["home", language] = home
    new = [table for table in tables if table["type"] != "home" and _begin(table, library, user)]
    for table in new:  # once all are there, since their texts link to each other
        _write(table, library, user)
    if not homes[ORIGINAL].introduction:
        _write_home(next(table for table in tables if table["type"] == "home"), homes[ORIGINAL], library, user)
    return len(new)


def _build(table: Table, library: Library, language: str, linked: bool = True) -> Page:
    """The page in that language, not yet in the tree; without `linked`, without what names other pages."""
    words = table[language]
    values: Table = {
        "title": words["title"],
        "slug": words.get("slug", ""),
        "seo_title": words.get("seo_title", ""),
        "search_description": words.get("search_description", ""),
        "introduction": words["introduction"],
        "show_in_menus": table["in_menu"],
    }
    if table["type"] != "news-index" and linked:
        values["body"] = Body(table["key"], language, ORIGINAL, library).build(table.get("body", []))
    if table["type"] == "structure":
        values |= _post(table, library, language, linked)
    if table["type"] == "about":
        values["shows_chart"] = table["key"] == "org-chart"
        values["in_footer"] = not table["in_menu"]
    if table["type"] == "work":
        values["goals"] = table.get("sdgs", [])
        values["lists_countries"] = table.get("lists_countries", False)
        values["countries"] = [WorkPageCountry(country=code) for code in table.get("countries", [])]
        values["topics"] = [WorkPageTopic(topic=library.topics[key]) for key in table.get("topics", [])]
    return TYPES[table["type"]](**values)


def _post(table: Table, library: Library, language: str, linked: bool) -> Table:
    post = table["post"]
    above = table.get("reports_to") if linked else None
    return {
        "status": post["status"],
        "holder_name": post.get("holder_name", ""),
        "holder_gender": post.get("holder_gender", ""),
        "holder_since": post.get("holder_since"),
        "holder_source": post.get("holder_source_url", ""),
        "contact_email": post.get("contact_email", ""),
        "reports_to": library.page(above, ORIGINAL) if above else None,
        **post[language],
    }


def _begin(table: Table, library: Library, user: User | None) -> bool:
    """Makes the page as a draft without its text. False where it was there before."""
    key = table["key"]
    there = Page.objects.filter(translation_key=content.identity(key)).select_related("locale").specific()
    if there:
        library.pages |= {(key, page.locale.language_code): page for page in there}
        return False
    parent = Page.objects.get(pk=library.pages[table["parent"], ORIGINAL].pk).specific
    create(lambda language: _build(table, library, language, linked=False), key, ORIGINAL, parent, library, user)
    return True


def _write(table: Table, library: Library, user: User | None) -> None:
    """Gives the page its text, publishes it, translates it and publishes the translation."""
    key = table["key"]

    def build(language: str) -> Page:
        return _build(table, library, language)

    page = library.pages[key, ORIGINAL]
    original = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    whole = build(ORIGINAL)
    for name in ("body", "reports_to"):
        if hasattr(whole, name):
            setattr(original, name, getattr(whole, name))
    original.save_revision(user=user)
    original = publish(original, user)
    library.pages[key, ORIGINAL] = original
    target = translate(build, key, original, "en", library, user)
    slug = table["en"].get("slug")
    if slug and target.slug != slug:  # chosen by hand: the title would give another
        target.slug = slug
        target.save()
    library.pages[key, "en"] = publish_translation(target, user)


def _write_home(table: Table, home: Page, library: Library, user: User | None) -> None:
    def build(language: str) -> Page:
        return _build(table, library, language)

    home = HomePage.objects.get(pk=home.pk)  # pages have been added below it
    draft = build(ORIGINAL)
    for name in ("title", "seo_title", "search_description", "introduction", "body"):
        setattr(home, name, getattr(draft, name))
    home.save_revision(user=user).publish(user=user)
    home.refresh_from_db()
    publish_translation(translate(build, "home", home, "en", library, user), user)
