"""Creates the articles of the demonstration, each in the state that its file names."""

from datetime import timedelta

from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from iom.demo import content, notices
from iom.demo.body import BodyBuilder
from iom.demo.build import build_page
from iom.demo.content import Table
from iom.demo.publish import begin_translation, create_draft, publish, publish_translation, translate
from iom.demo.records import Library
from iom.users.models import User
from newsroom.models import NewsArticle

PRIVATE_PASSWORD = "demonstration"  # noqa: S105  (of an example of a private page)


def load(library: Library, user: User | None, translators: dict[str, User | None]) -> int:
    """Creates missing articles, and returns the number of new originals.

    `translators`: by language, the user who translates into it; None without accounts.
    """
    tables = sorted(notices.get_articles(), key=_links_to_pages)  # first those that link to no other article
    return sum(_load_article(table, library, user, translators) for table in tables)


def _links_to_pages(table: Table) -> bool:
    return any(block["type"] == "related_pages" for block in table["body"])


def _load_article(table: Table, library: Library, user: User | None, translators: dict[str, User | None]) -> int:
    key, language = table["key"], table["original"]
    existing = Page.objects.filter(translation_key=content.stable_uuid(key)).select_related("locale").specific()
    if existing:
        library.pages |= {(key, page.locale.language_code): page for page in existing}
        return 0

    if "days_from_now" in table:
        table = table | {"date": timezone.now() + timedelta(days=table["days_from_now"])}
    try:
        page = build_page(NewsArticle, table, library, language, language)
    except KeyError as error:  # nothing has been written yet
        raise ValueError(f"{key} names a page that does not exist: {error}") from error
    parent = Page.objects.get(pk=library.pages["news", language].pk).specific
    original = create_draft(page, key, parent, library, user)
    if table["state"] == "draft":
        return 1
    original = publish(original, user, table["date"] if table["state"] == "scheduled" else None)
    texts = [original]
    other = next(code for code in content.LANGUAGES if code != language)
    if table["translated"]:
        translator = translators.get(other)
        counterpart = build_page(NewsArticle, table, library, other, language)
        target = translate(counterpart, key, original, other, library, translator)
        texts.append(publish_translation(target, translator))
    elif "begun" in table:
        begin_translation(table["begun"], original, other, translators.get(other))
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
        _change_original(table, original, library, user)
    return 1


def _change_original(table: Table, original: Page, library: Library, user: User | None) -> None:
    """Rewrites a paragraph of the original after the publication of its translation."""
    changed = [dict(block) for block in table["body"]]
    changed[table["change"]["index"]] |= table["change"]
    original.body = BodyBuilder(table["key"], table["original"], table["original"], library).build(changed)
    original.save_revision(user=user).publish(user=user)
