"""The articles of the demonstration, each in the state that its file names."""

from datetime import timedelta

from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from iom.demo import content, fiction
from iom.demo.body import Body
from iom.demo.build import build
from iom.demo.content import Table
from iom.demo.publish import begin, create, publish, publish_translation, translate
from iom.demo.records import Library, PageToCome
from iom.users.models import User
from newsroom.models import NewsArticle

PRIVATE_PASSWORD = "demonstration"  # noqa: S105  (of a page that shows how privacy works)


def load(library: Library, user: User | None, translators: dict[str, User | None]) -> int:
    """Makes the articles that are missing; how many originals were made.

    `translators`: who works into a language, where there are accounts.
    """
    made = 0
    waiting = fiction.articles()
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


def _load(table: Table, library: Library, user: User | None, translators: dict[str, User | None]) -> int:
    key, language = table["key"], table["original"]
    there = Page.objects.filter(translation_key=content.identity(key)).select_related("locale").specific()
    if there:
        library.pages |= {(key, page.locale.language_code): page for page in there}
        return 0

    if "days_from_now" in table:
        table = table | {"date": timezone.now() + timedelta(days=table["days_from_now"])}
    page = build(NewsArticle, table, library, language, language)  # raises PageToCome before anything is written
    parent = Page.objects.get(pk=library.pages["news", language].pk).specific
    original = create(page, key, parent, library, user)
    if table["state"] == "draft":
        return 1
    original = publish(original, user, table["date"] if table["state"] == "scheduled" else None)
    texts = [original]
    other = next(code for code in content.LANGUAGES if code != language)
    if table["translated"]:
        translator = translators.get(other)
        counterpart = build(NewsArticle, table, library, other, language)
        target = translate(counterpart, key, original, other, library, translator)
        texts.append(publish_translation(target, translator))
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
