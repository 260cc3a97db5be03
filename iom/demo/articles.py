"""The articles of the demonstration, each in the state that its file names."""

from datetime import timedelta

from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from iom.demo import content, fiction
from iom.demo.body import Body
from iom.demo.build import build
from iom.demo.content import Table
from iom.demo.publish import begin, create, publish, publish_translation, translate
from iom.demo.records import Library
from iom.users.models import User
from newsroom.models import NewsArticle

PRIVATE_PASSWORD = "demonstration"  # noqa: S105  (of a page that shows how privacy works)


def load(library: Library, user: User | None, translators: dict[str, User | None]) -> int:
    """Makes the articles that are missing; how many originals were made.

    `translators`: who works into a language, where there are accounts.
    """
    tables = sorted(fiction.articles(), key=_names_others)  # once those are there that they name
    return sum(_load(table, library, user, translators) for table in tables)


def _names_others(table: Table) -> bool:
    return any(block["type"] == "related_pages" for block in table["body"])


def _load(table: Table, library: Library, user: User | None, translators: dict[str, User | None]) -> int:
    key, language = table["key"], table["original"]
    there = Page.objects.filter(translation_key=content.identity(key)).select_related("locale").specific()
    if there:
        library.pages |= {(key, page.locale.language_code): page for page in there}
        return 0

    if "days_from_now" in table:
        table = table | {"date": timezone.now() + timedelta(days=table["days_from_now"])}
    try:
        page = build(NewsArticle, table, library, language, language)
    except KeyError as error:  # before anything is written
        raise ValueError(f"{key} names a page that does not exist: {error}") from error
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
