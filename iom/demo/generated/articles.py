"""Writes generated articles: published in both languages, with the rows that lists, admin and translation desk read.

Of each article there are what publishing it by hand would have left: pages, child rows, one revision for each page,
the history, localize's source and translation, and the rows of the desk. Left out, since nothing but the translators'
editor reads them, are the segments: an article that is published again is submitted with all of them. Left out as well
are Wagtail's own indexes (`update_index` and `rebuild_references_index` make them) and the archives for the press.
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
from iom.demo.generated import keys
from iom.demo.generated.story import Story
from iom.demo.generated.table import Row, Table, as_json
from iom.publishing import locking
from iom.translation.models import Original, TranslationState
from iom.translation.workflow import log
from newsroom.models import ArticleContact, ArticleCountry, ArticleTopic, NewsArticle, NewsIndex

MOST = 1_000_000  # a path has room for 36⁴ pages below one parent
_AT_ONCE = 500  # articles in a transaction
_OWNED = 20  # one in so many has an author; the others came from an archive
_SLUG = 200  # characters of a title


@dataclass(frozen=True)
class People:
    """Who has written and translated the articles that have an author, and a colleague: keys of users, or None."""

    author: int | None = None
    translator: int | None = None
    colleague: int | None = None


@dataclass(frozen=True)
class Article:
    """An article to be written: the rows of its pages, the original first, with a `pk` once they are there."""

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
        self.page, self.article = Table(Page, **live), Table(NewsArticle)
        self.child_rows = {
            "countries": ("country", Table(ArticleCountry)),
            "topics": ("topic", Table(ArticleTopic)),
            "contacts": ("contact", Table(ArticleContact)),
        }
        self.revision = Table(Revision, content_type_id=kind.pk, base_content_type_id=of_pages.pk)
        self.history = Table(PageLogEntry, content_type_id=kind.pk, data={})
        self.translatable = Table(TranslatableObject, content_type_id=of_pages.pk)
        schema = get_schema_version(NewsArticle._meta.app_label)
        self.source = Table(TranslationSource, specific_content_type_id=kind.pk, schema_version=schema)
        self.translation = Table(Translation)
        self.original = Table(Original, version=1)
        self.state = Table(TranslationState, step=TranslationState.Step.TRANSLATED, source_version=1)
        # What a revision says of every article; the names of fields by the names of their columns
        self.content = NewsArticle(**live).serializable_data()
        self.names = {field.attname: field.name for field in NewsArticle._meta.concrete_fields}

    def write(self, stories: Iterable[Story], *, is_translated: bool = True) -> None:
        """`is_translated`: into all languages; else the originals alone are written."""
        for some in batched(stories, _AT_ONCE):
            with transaction.atomic():
                locking.lock_tree()
                self._write(list(some), is_translated)

    def _write(self, stories: list[Story], is_translated: bool) -> None:
        places = {index.pk: _free_places(index) for index in self.indexes}
        articles = [self._article(story, places, is_translated) for story in stories]
        pages = [page for article in articles for page in article.pages]
        self.page.insert(pages)
        written = Page.objects.filter(path__in=[page["path"] for page in pages]).order_by()
        of_path = dict(written.values_list("path", "pk"))
        for page in pages:
            page["pk"] = page["page_ptr_id"] = page["page_id"] = of_path[page["path"]]
        self.article.insert(pages)
        for article in articles:
            for page in article.pages:
                page["content"] = as_json(self._content(article.story, page))
        self._write_child_rows(articles)
        self._write_revisions(pages, written)
        if is_translated:
            self._write_desk(articles)
        self.history.insert(entry for article in articles for entry in self._history(article))
        for index in self.indexes:
            number = sum(page["locale_id"] == index.locale_id for page in pages)
            Page.objects.filter(pk=index.pk).update(numchild=models.F("numchild") + number)

    def _article(self, story: Story, places: dict[int, Iterator[str]], is_translated: bool) -> Article:
        """Half of the originals are written in each language."""
        first = story.number % len(self.indexes)
        indexes = [*self.indexes[first:], *self.indexes[:first]][: None if is_translated else 1]
        article = Article(story, [_page(story, index, next(places[index.pk])) for index in indexes])
        if story.number % _OWNED < len(self.indexes):
            article.original["owner_id"] = article.original["user_id"] = self.people.author
        return article

    def _content(self, story: Story, page: Row) -> dict[str, Any]:
        """What the page's revision says (`serializable_data`)."""
        said = {name: page[column] for column, name in self.names.items() if column in page}
        rows = {
            relation: [
                {"pk": None, "sort_order": None, "article": page["pk"], name: value}
                for value in getattr(story, relation)
            ]
            for relation, (name, _table) in self.child_rows.items()
        }
        return {**self.content, **said, **rows, "pk": page["pk"]}

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
        """One for each page, published."""
        self.revision.insert(
            {**page, "object_id": str(page["pk"]), "object_str": page["title"], "created_at": page["date"]}
            for page in pages
        )
        kind = ContentType.objects.get_for_model(Page)
        page_key = Cast(models.OuterRef("pk"), models.CharField())
        revision = Revision.objects.filter(base_content_type=kind, object_id=page_key).order_by().values("pk")[:1]
        written.update(latest_revision=models.Subquery(revision), live_revision=models.Subquery(revision))

    def _write_desk(self, articles: list[Article]) -> None:
        """localize's rows and the desk's: published, and translated as it is."""
        self.translatable.insert(article.original for article in articles)
        self.source.insert(map(_source, articles))
        self.original.insert(map(_original, articles))
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
            _state(pk, of_source[source], locale)
            for pk, source, locale in translations.values_list("pk", "source", "target_locale")
        )

    def _history(self, article: Article) -> Iterator[Row]:
        """What was done with each page: created and published, or translated."""
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


def _page(story: Story, index: NewsIndex, path: str) -> dict[str, Any]:
    """The columns of a page and of its article."""
    words = story.words(index.locale.language_code)
    slug = f"{slug_of(words.title)[:_SLUG]}-{story.number}"
    moments = ("first_published_at", "last_published_at", "latest_revision_created_at", "date", "sort_date")
    return dict.fromkeys(moments, story.date) | {
        "path": path,
        "depth": index.depth + 1,
        "locale_id": index.locale_id,
        "translation_key": keys.key(story.number),
        "title": words.title,
        "draft_title": words.title,
        "slug": slug,
        "url_path": f"{index.url_path}{slug}/",
        "summary": words.summary,
        "place": words.place,
        "kind": story.kind,
        "scope": story.scope,
        "office_id": story.office,
        "lead_picture_id": story.picture,
        "picture_decorative": story.picture is not None,
        "body": as_json(words.body),
    }


def _source(article: Article) -> Row:
    original = article.original
    return {
        "object_id": original["translation_key"],
        "locale_id": original["locale_id"],
        "object_repr": original["title"][:200],
        "content_json": original["content"],
        "created_at": original["date"],
        "last_updated_at": original["date"],
    }


def _original(article: Article) -> Row:
    original = article.original
    return {**original, "words": len(original["body"].split()), "published_at": original["date"]}


def _state(translation: int, article: Article, locale: int) -> Row:
    page = next(page for page in article.pages if page["locale_id"] == locale)
    return {
        "translation_id": translation,
        "original_id": article.original["pk"],
        "page_id": page["pk"],
        "locale_id": locale,
        "published_at": page["date"],
    }


def _free_places(index: NewsIndex) -> Iterator[str]:
    """The paths of pages that are added below the index, one after the other."""
    last = Page.objects.get(pk=index.pk).get_last_child()
    step = Page._str2int(last.path[-Page.steplen :]) if last else 0
    while True:
        step += 1
        yield Page._get_path(index.path, index.depth + 1, step)
