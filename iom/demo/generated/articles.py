"""Writes generated articles: published in both languages, with the rows that lists, admin and translators' desk read.

Of each article there are what publishing it by hand would have left: pages, child rows, one revision for each page,
the history, localize's source and translation, and the rows of the desk. Left out, since nothing but the translators'
editor reads them, are the segments: an article that is published again is submitted with all of them. Left out as well
are Wagtail's own indexes (`update_index` and `rebuild_references_index` make them) and the archives for the press.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import batched
from typing import Any
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.db.models.functions import Cast
from modelcluster.models import get_all_child_relations
from wagtail.models import Page, PageLogEntry, Revision
from wagtail_localize.models import TranslatableObject, Translation, TranslationSource, get_schema_version

from iom.core.models import slug_of
from iom.demo.generated import keys
from iom.demo.generated.story import Story
from iom.publishing import locking
from iom.translation.models import Original, TranslationState
from iom.translation.workflow import log
from newsroom.models import ArticleContact, ArticleCountry, ArticleTopic, NewsArticle, NewsIndex

MOST = 1_000_000  # a path has room for 36⁴ pages below one parent
_AT_ONCE = 500  # articles in a transaction
_OWN_ONE_IN = 20  # articles that have an author; the others came from an archive


@dataclass(frozen=True)
class People:
    """Who has written and translated the articles that have an author: keys of users, or None."""

    author: int | None = None
    translator: int | None = None


def write(stories: Iterable[Story], indexes: list[NewsIndex], people: People) -> None:
    """Adds an article for each story below each index, the newsroom of each language."""
    for some in batched(stories, _AT_ONCE, strict=False):
        with transaction.atomic():
            locking.lock_tree()
            _Batch(some, indexes, people).write()


class _Batch:
    """The articles of one transaction. `texts`: of each story its original, then its translation."""

    def __init__(self, stories: tuple[Story, ...], indexes: list[NewsIndex], people: People) -> None:
        self.kind = ContentType.objects.get_for_model(NewsArticle)
        self.page_kind = ContentType.objects.get_for_model(Page)
        self.schema = get_schema_version(NewsArticle._meta.app_label)
        self.indexes, self.people = indexes, people
        self.places = {index.pk: _free_places(index) for index in indexes}
        self.texts = [(story, self._texts(story)) for story in stories]
        self.pages = [page for _story, texts in self.texts for page in texts]

    def write(self) -> None:
        _insert(Page, self.pages)
        placed = Page.objects.filter(path__in=[article.path for article in self.pages])
        of_path = dict(placed.values_list("path", "pk"))
        for article in self.pages:
            article.pk = article.id = of_path[article.path]
        self._write_child_rows()
        _insert(NewsArticle, self.pages)
        contents = {article.pk: article.serializable_data() for article in self.pages}
        self._write_revisions(contents)
        self._write_desk(contents)
        self._write_history()
        for index in self.indexes:
            Page.objects.filter(pk=index.pk).update(numchild=models.F("numchild") + len(self.texts))

    def _texts(self, story: Story) -> list[NewsArticle]:
        """Half of the originals are written in each language."""
        first = story.number % len(self.indexes)
        is_owned = story.number % _OWN_ONE_IN < len(self.indexes)
        return [
            self._article(story, index, self.people.author if is_owned and not place else None)
            for place, index in enumerate([*self.indexes[first:], *self.indexes[:first]])
        ]

    def _article(self, story: Story, index: NewsIndex, owner: int | None) -> NewsArticle:
        words = story.words(index.locale.language_code)
        slug = f"{slug_of(words.title)[:200]}-{story.number}"
        article = NewsArticle(
            path=next(self.places[index.pk]),
            depth=index.depth + 1,
            content_type=self.kind,
            locale=index.locale,
            translation_key=keys.key(story.number),
            title=words.title,
            draft_title=words.title,
            slug=slug,
            url_path=f"{index.url_path}{slug}/",
            owner_id=owner,
            live=True,
            first_published_at=story.date,
            last_published_at=story.date,
            latest_revision_created_at=story.date,
            date=story.date,
            sort_date=story.date,
            summary=words.summary,
            place=words.place,
            kind=story.kind,
            scope=story.scope,
            office_id=story.office,
            lead_picture_id=story.picture,
            picture_decorative=story.picture is not None,
            body=words.body,
        )
        for relation in get_all_child_relations(article):  # else each is asked for
            setattr(article, relation.get_accessor_name(), [])
        article.countries = [ArticleCountry(country=code) for code in story.countries]
        article.topics = [ArticleTopic(topic_id=pk) for pk in story.topics]
        article.contacts = [ArticleContact(contact_id=pk) for pk in story.contacts]
        return article

    def _write_child_rows(self) -> None:
        for name, model in (("countries", ArticleCountry), ("topics", ArticleTopic), ("contacts", ArticleContact)):
            rows = []
            for article in self.pages:
                for row in getattr(article, name).all():
                    row.article_id = article.pk
                    rows.append(row)
            model.objects.bulk_create(rows)

    def _write_revisions(self, contents: dict[int, dict[str, Any]]) -> None:
        """One for each page, published."""
        rows = [
            Revision(
                content_type=self.kind,
                base_content_type=self.page_kind,
                object_id=str(article.pk),
                object_str=str(article),
                created_at=article.date,
                user_id=article.owner_id,
                content=contents[article.pk],
            )
            for article in self.pages
        ]
        _insert(Revision, rows)
        ours = Revision.objects.filter(
            base_content_type=self.page_kind, object_id=Cast(models.OuterRef("pk"), models.CharField())
        )
        written = Page.objects.filter(pk__in=[article.pk for article in self.pages])
        written.update(latest_revision=models.Subquery(ours.values("pk")[:1]))
        written.update(live_revision=models.F("latest_revision"))

    def _write_desk(self, contents: dict[int, dict[str, Any]]) -> None:
        """localize's rows and the desk's: published, and translated as it is."""
        texts = [original for _story, (original, *_others) in self.texts]
        _insert(
            TranslatableObject,
            [TranslatableObject(translation_key=text.translation_key, content_type=self.page_kind) for text in texts],
        )
        originals, sources, translations, states = [], [], [], []
        for story, (original, *others) in self.texts:
            originals.append(self._original(story, original))
            sources.append(self._source(story, original, contents[original.pk]))
            for target in others:
                translation = Translation(
                    uuid=uuid4(), source=sources[-1], target_locale=target.locale, created_at=story.date
                )
                translations.append(translation)
                states.append(_state(story, originals[-1], translation, target))
        _insert(Original, originals)
        TranslationSource.objects.bulk_create(sources)
        for translation in translations:
            translation.source_id = translation.source.pk
        Translation.objects.bulk_create(translations)
        for state in states:
            state.translation_id = state.translation.pk
        _insert(TranslationState, states)

    def _original(self, story: Story, article: NewsArticle) -> Original:
        words = sum(len(str(block["value"]).split()) for block in article.body.raw_data)
        return Original(
            page_id=article.pk,
            translation_key=article.translation_key,
            locale=article.locale,
            words=words,
            published_at=story.date,
            version=1,
        )

    def _source(self, story: Story, article: NewsArticle, content: dict[str, Any]) -> TranslationSource:
        return TranslationSource(
            object_id=article.translation_key,
            locale=article.locale,
            specific_content_type=self.kind,
            object_repr=str(article)[:200],
            content_json=json.dumps(content, cls=DjangoJSONEncoder),
            schema_version=self.schema,
            created_at=story.date,
            last_updated_at=story.date,
        )

    def _write_history(self) -> None:
        """What was done with each page: created and published, or translated."""
        entries = []
        for story, (original, *others) in self.texts:
            done = [(original, "wagtail.create"), (original, "wagtail.publish")]
            done += [(other, action) for other in others for action in (log.SUBMIT, log.PUBLISH)]
            is_owned = original.owner_id is not None
            for article, action in done:
                user = self.people.author if article is original else self.people.translator
                entries.append(self._entry(story, article, action, user if is_owned else None))
        _insert(PageLogEntry, entries)

    def _entry(self, story: Story, article: NewsArticle, action: str, user: int | None) -> PageLogEntry:
        return PageLogEntry(
            page_id=article.pk,
            content_type=self.kind,
            label=article.title,
            action=action,
            timestamp=story.date,
            user_id=user,
            content_changed=action in ("wagtail.create", "wagtail.publish"),
            uuid=uuid4(),
        )


def _state(story: Story, original: Original, translation: Translation, target: NewsArticle) -> TranslationState:
    return TranslationState(
        translation=translation,
        original=original,
        page_id=target.pk,
        locale=target.locale,
        step=TranslationState.Step.TRANSLATED,
        published_at=story.date,
        source_version=original.version,
    )


def _free_places(index: NewsIndex) -> Iterator[str]:
    """The paths of pages that are added below the index, one after the other."""
    last = Page.objects.get(pk=index.pk).get_last_child()
    step = Page._str2int(last.path[-Page.steplen :]) if last else 0
    while True:
        step += 1
        yield Page._get_path(index.path, index.depth + 1, step)


def _insert(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    """Writes rows of the model's own table, whose keys the database chooses unless the rows have them.

    `bulk_create` refuses models with a parent table, and takes twice the time.
    """
    fields = [field for field in model._meta.local_concrete_fields if not isinstance(field, models.AutoField)]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    values = [[field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields] for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})", values)  # noqa: S608
