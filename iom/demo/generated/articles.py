"""Writes generated articles: published in both languages, with the rows that lists, admin and translation desk read.

Each article has the rows that publication by hand would leave: pages, child rows, one revision of each page, the
history, localize's source and translation, and the rows of the desk. Segments are left out, because only the
translation editor reads them. An article that is published again is submitted with all its segments. Wagtail's own
indexes (`update_index` and `rebuild_references_index` build them) and the press archives are left out as well.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import batched
from typing import Any
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models.functions import Cast
from wagtail.models import Page, PageLogEntry, Revision
from wagtail_localize.models import TranslatableObject, Translation, TranslationSource, get_schema_version

from iom.core.models import slug_of
from iom.demo.generated import translation_keys
from iom.demo.generated.bulk_table import BulkTable, Row, to_json
from iom.demo.generated.story import Story
from iom.publishing import locking
from iom.translation.models import Original, TranslationState
from iom.translation.workflow import log
from newsroom.models import ArticleContact, ArticleCountry, ArticleTopic, NewsArticle, NewsIndex

MAX_ARTICLES = 1_000_000  # a path has room for 36⁴ pages below one parent
_BATCH_SIZE = 500  # articles in a transaction
_OWNED_INTERVAL = 20  # one in so many articles has an author; the others count as imported
_MAX_SLUG_LENGTH = 200  # characters, before the number


@dataclass(frozen=True)
class People:
    """The keys of the users who wrote and translated the articles that have an author, and of a colleague; or None."""

    author: int | None = None
    translator: int | None = None
    colleague: int | None = None


@dataclass(frozen=True)
class Article:
    """An article to be written, with the rows of its pages, the original first. Inserted rows have a `pk`."""

    story: Story
    pages: list[dict[str, Any]]

    @property
    def original(self) -> dict[str, Any]:
        return self.pages[0]


class Writer:
    """Adds articles below each of `indexes`, the newsrooms of the languages."""

    def __init__(self, indexes: list[NewsIndex], people: People) -> None:
        self.indexes, self.people = indexes, people
        kind = ContentType.objects.get_for_model(NewsArticle)
        of_pages = ContentType.objects.get_for_model(Page)
        live = {"content_type_id": kind.pk, "live": True}
        self.page, self.article = BulkTable(Page, **live), BulkTable(NewsArticle)
        self.child_rows = {
            "countries": ("country", BulkTable(ArticleCountry)),
            "topics": ("topic", BulkTable(ArticleTopic)),
            "contacts": ("contact", BulkTable(ArticleContact)),
        }
        self.revision = BulkTable(Revision, content_type_id=kind.pk, base_content_type_id=of_pages.pk)
        self.history = BulkTable(PageLogEntry, content_type_id=kind.pk, data={})
        self.translatable = BulkTable(TranslatableObject, content_type_id=of_pages.pk)
        schema = get_schema_version(NewsArticle._meta.app_label)
        self.source = BulkTable(TranslationSource, specific_content_type_id=kind.pk, schema_version=schema)
        self.translation = BulkTable(Translation)
        self.original = BulkTable(Original, version=1)
        self.state = BulkTable(TranslationState, step=TranslationState.Step.TRANSLATED, source_version=1)
        # The content of every revision, and the names of fields by column
        self.content = NewsArticle(**live).serializable_data()
        self.names = {field.attname: field.name for field in NewsArticle._meta.concrete_fields}

    def write(self, stories: Iterable[Story], *, is_translated: bool = True) -> None:
        """Writes the articles in all languages, or only their originals."""
        for batch in batched(stories, _BATCH_SIZE):
            with transaction.atomic():
                locking.lock_tree()
                self._write(list(batch), is_translated)

    def _write(self, stories: list[Story], is_translated: bool) -> None:
        paths = {index.pk: _free_paths(index) for index in self.indexes}
        articles = [self._article(story, paths, is_translated) for story in stories]
        pages = [page for article in articles for page in article.pages]
        self.page.insert(pages)
        written = Page.objects.filter(path__in=[page["path"] for page in pages]).order_by()
        of_path = dict(written.values_list("path", "pk"))
        for page in pages:
            page["pk"] = page["page_ptr_id"] = page["page_id"] = of_path[page["path"]]
        self.article.insert(pages)
        for article in articles:
            for page in article.pages:
                page["content"] = to_json(self._content(article.story, page))
        self._write_child_rows(articles)
        self._write_revisions(pages, written)
        if is_translated:
            self._write_desk(articles)
        self.history.insert(entry for article in articles for entry in self._history(article))
        for index in self.indexes:
            number = sum(page["locale_id"] == index.locale_id for page in pages)
            Page.objects.filter(pk=index.pk).update(numchild=models.F("numchild") + number)

    def _article(self, story: Story, paths: dict[int, Iterator[str]], is_translated: bool) -> Article:
        """Alternates the language of the originals."""
        first = story.number % len(self.indexes)
        indexes = [*self.indexes[first:], *self.indexes[:first]][: None if is_translated else 1]
        article = Article(story, [_page_row(story, index, next(paths[index.pk])) for index in indexes])
        if story.number % _OWNED_INTERVAL < len(self.indexes):
            article.original["owner_id"] = article.original["user_id"] = self.people.author
        return article

    def _content(self, story: Story, page: Row) -> dict[str, Any]:
        """Returns the content of the page's revision (`serializable_data`)."""
        values = {name: page[column] for column, name in self.names.items() if column in page}
        rows = {
            relation: [
                {"pk": None, "sort_order": None, "article": page["pk"], name: value}
                for value in getattr(story, relation)
            ]
            for relation, (name, _table) in self.child_rows.items()
        }
        return {**self.content, **values, **rows, "pk": page["pk"]}

    def _write_child_rows(self, articles: list[Article]) -> None:
        for relation, (name, table) in self.child_rows.items():
            column = name if name in table.fields else f"{name}_id"
            table.insert(
                {"article_id": page["pk"], column: value}
                for article in articles
                for page in article.pages
                for value in getattr(article.story, relation)
            )

    def _write_revisions(self, pages: list[dict[str, Any]], written: models.QuerySet[Page]) -> None:
        """Writes a published revision of each page."""
        self.revision.insert(
            {**page, "object_id": str(page["pk"]), "object_str": page["title"], "created_at": page["date"]}
            for page in pages
        )
        kind = ContentType.objects.get_for_model(Page)
        page_key = Cast(models.OuterRef("pk"), models.CharField())
        revision = Revision.objects.filter(base_content_type=kind, object_id=page_key).order_by().values("pk")[:1]
        written.update(latest_revision=models.Subquery(revision), live_revision=models.Subquery(revision))

    def _write_desk(self, articles: list[Article]) -> None:
        """Writes the rows of localize and of the desk, for translations that are published and up to date."""
        self.translatable.insert(article.original for article in articles)
        self.source.insert(map(_source_row, articles))
        self.original.insert(map(_original_row, articles))
        texts = {article.original["translation_key"]: article for article in articles}
        sources = TranslationSource.objects.filter(object_id__in=texts).values_list("pk", "object_id")
        of_source = {pk: texts[key] for pk, key in sources}
        self.translation.insert(
            {"uuid": uuid4(), "source_id": pk, "target_locale_id": page["locale_id"], "created_at": page["date"]}
            for pk, article in of_source.items()
            for page in article.pages[1:]
        )
        translations = Translation.objects.filter(source__in=of_source)
        self.state.insert(
            _state_row(pk, of_source[source], locale)
            for pk, source, locale in translations.values_list("pk", "source", "target_locale")
        )

    def _history(self, article: Article) -> Iterator[Row]:
        """Yields the log entries of each page: created and published, or translated."""
        is_owned = "owner_id" in article.original
        for page in article.pages:
            is_original = page is article.original
            actions = ("wagtail.create", "wagtail.publish") if is_original else (log.SUBMIT, log.PUBLISH)
            user = self.people.author if is_original else self.people.translator
            for action in actions:
                yield {
                    "page_id": page["pk"],
                    "label": page["title"],
                    "action": action,
                    "timestamp": page["date"],
                    "user_id": user if is_owned else None,
                    "content_changed": is_original,
                    "uuid": uuid4(),
                }


def _page_row(story: Story, index: NewsIndex, path: str) -> dict[str, Any]:
    """Returns the columns of a page and of its article."""
    text = story.text(index.locale.language_code)
    slug = f"{slug_of(text.title)[:_MAX_SLUG_LENGTH]}-{story.number}"
    moments = ("first_published_at", "last_published_at", "latest_revision_created_at", "date", "sort_date")
    return dict.fromkeys(moments, story.date) | {
        "path": path,
        "depth": index.depth + 1,
        "locale_id": index.locale_id,
        "translation_key": translation_keys.key(story.number),
        "title": text.title,
        "draft_title": text.title,
        "slug": slug,
        "url_path": f"{index.url_path}{slug}/",
        "summary": text.summary,
        "place": text.place,
        "kind": story.kind,
        "scope": story.scope,
        "office_id": story.office,
        "lead_picture_id": story.picture,
        "picture_decorative": story.picture is not None,
        "body": to_json(text.body),
    }


def _source_row(article: Article) -> Row:
    original = article.original
    return {
        "object_id": original["translation_key"],
        "locale_id": original["locale_id"],
        "object_repr": original["title"][:200],
        "content_json": original["content"],
        "created_at": original["date"],
        "last_updated_at": original["date"],
    }


def _original_row(article: Article) -> Row:
    original = article.original
    return {**original, "words": len(original["body"].split()), "published_at": original["date"]}


def _state_row(translation: int, article: Article, locale: int) -> Row:
    page = next(page for page in article.pages if page["locale_id"] == locale)
    return {
        "translation_id": translation,
        "original_id": article.original["pk"],
        "page_id": page["pk"],
        "locale_id": locale,
        "published_at": page["date"],
    }


def _free_paths(index: NewsIndex) -> Iterator[str]:
    """Yields the paths of new pages below the index, one after the other."""
    last = Page.objects.get(pk=index.pk).get_last_child()
    step = Page._str2int(last.path[-Page.steplen :]) if last else 0
    while True:
        step += 1
        yield Page._get_path(index.path, index.depth + 1, step)
