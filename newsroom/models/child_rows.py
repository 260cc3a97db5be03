"""Reads the child rows that the page of an article shows, in one query."""

from datetime import date
from functools import cache
from typing import Any

from django.db import connection, models

from newsroom.models.child_models import ArticleContact, ArticleCountry, ArticleTopic, Correction, RelatedArticle

# By relation: the model, the column with the related key, code or date, and the column with a text.
_COLUMNS: dict[str, tuple[type[models.Model], str, str]] = {
    "countries": (ArticleCountry, "country", "''"),
    "topics": (ArticleTopic, "topic_id", "''"),
    "contacts": (ArticleContact, "contact_id", "''"),
    "related_articles": (RelatedArticle, "related_id", "''"),
    "corrections": (Correction, "date", "text"),
}


@cache
def _statement() -> str:
    parts = (
        f"SELECT '{relation}' AS relation, sort_order, id, CAST({named} AS varchar) AS named, {words} AS words "  # noqa: S608
        f"FROM {model._meta.db_table} WHERE article_id = %s"
        for relation, (model, named, words) in _COLUMNS.items()
    )
    return f"{' UNION ALL '.join(parts)} ORDER BY relation, sort_order, id"


def get_child_rows(article: Any) -> dict[str, list[Any]]:
    """Returns the rows of each relation in their order: country codes, related keys, and `Correction` instances.

    A preview has the rows of its form.
    """
    if getattr(article, "_cluster_related_objects", None):
        return {
            "countries": [row.country.code for row in article.countries.all()],
            "topics": [row.topic_id for row in article.topics.all()],
            "contacts": [row.contact_id for row in article.contacts.all()],
            "related_articles": [row.related_id for row in article.related_articles.all()],
            "corrections": list(article.corrections.all()),
        }
    found: dict[str, list[Any]] = {relation: [] for relation in _COLUMNS}
    with connection.cursor() as cursor:
        cursor.execute(_statement(), [article.pk] * len(_COLUMNS))
        for relation, _order, _pk, named, words in cursor:
            if relation == "corrections":
                found[relation].append(Correction(date=date.fromisoformat(named), text=words))
            else:
                found[relation].append(int(named) if named.isdigit() else named)
    return found
