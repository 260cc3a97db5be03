"""The articles of the demonstration, each in the state that its file names."""

from datetime import timedelta

from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from iom.demo import content
from iom.demo.body import Body
from iom.demo.content import Table
from iom.demo.publish import begin, create, publish, publish_translation, translate
from iom.demo.records import Library, PageToCome
from iom.users.models import User
from newsroom.models import ArticleContact, ArticleCountry, ArticleTopic, Correction, NewsArticle

PRIVATE_PASSWORD = "demonstration"  # noqa: S105  (of a page that shows how privacy works)


def load(library: Library, user: User | None, translators: dict[str, User | None]) -> int:
    """Makes the articles that are missing; how many originals were made.

    `translators`: who works into a language, where there are accounts.
    """
    made = 0
    waiting = content.articles()
    while waiting:
        later = []
        for table in waiting:
            try:
                made += _load(table, library, user, translators)
            except PageToCome:  # the article names one that does not exist yet
                later.append(table)
        if len(later) == len(waiting):
            raise ValueError(f"Articles that name pages which do not exist: {[table['key'] for table in later]}")
        waiting = later
    return made


def _build(table: Table, library: Library, language: str) -> NewsArticle:
    """The article in that language, not yet in the tree."""
    words = table[language]
    if "days_from_now" in table:
        date = timezone.now() + timedelta(days=table["days_from_now"])
    else:
        date = content.moment(table["date"])
    return NewsArticle(
        title=words["title"],
        search_description=words.get("search_description", ""),
        summary=words["summary"],
        kind=table["kind"],
        scope=table["scope"],
        office=library.offices[table["office"]],
        place=words["place"],
        date=date,
        updated_at=content.moment(table["updated"]) if "updated" in table else None,
        lead_picture=library.images.get(table.get("image", "")),
        picture_alt=words.get("image_alt", ""),
        picture_caption=words.get("image_caption", ""),
        body=Body(table["key"], language, table["original"], library).build(table["body"]),
        contacts_media_only=table.get("contacts_media_only", True),
        countries=[ArticleCountry(country=code) for code in table["countries"]],
        topics=[ArticleTopic(topic=library.topics[key]) for key in table["topics"]],
        contacts=[ArticleContact(contact=library.contacts[key]) for key in table.get("contacts", [])],
        corrections=[
            Correction(date=row["date"], text=row[language]) for row in table.get("corrections", []) if language in row
        ],
    )


def _load(table: Table, library: Library, user: User | None, translators: dict[str, User | None]) -> int:
    key, language = table["key"], table["original"]
    there = Page.objects.filter(translation_key=content.identity(key)).select_related("locale").specific()
    if there:
        library.pages |= {(key, page.locale.language_code): page for page in there}
        return 0

    def build(language: str) -> NewsArticle:
        return _build(table, library, language)

    build(language)  # raises PageToCome before anything is written
    parent = Page.objects.get(pk=library.pages["news", language].pk).specific
    original = create(build, key, language, parent, library, user)
    if table["state"] == "draft":
        return 1
    go_live_at = timezone.now() + timedelta(days=table["days_from_now"]) if table["state"] == "scheduled" else None
    original = publish(original, user, go_live_at)
    texts = [original]
    other = next(code for code in content.LANGUAGES if code != language)
    if table["translated"]:
        translator = translators.get(other)
        texts.append(publish_translation(translate(build, key, original, other, library, translator), translator))
    elif "begun" in table:
        begin(table["begun"], original, other, translators.get(other))
    if table["state"] == "expired":
        for text in texts:
            text.expire_at = timezone.now() - timedelta(minutes=1)
            text.save_revision(user=user)
            text.save(update_fields=["expire_at"])
    if table["state"] == "private":
        PageViewRestriction.objects.create(
            page=original, restriction_type=PageViewRestriction.PASSWORD, password=PRIVATE_PASSWORD
        )
    if table.get("changed_after_translation"):
        _change(table, original, library, user)
    return 1


def _change(table: Table, original: Page, library: Library, user: User | None) -> None:
    """The author rewrites a paragraph after the translation was published."""
    changed = [dict(block) for block in table["body"]]
    changed[table["change"]["index"]] |= table["change"]
    original.body = Body(table["key"], table["original"], table["original"], library).build(changed)
    original.save_revision(user=user).publish(user=user)
