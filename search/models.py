from django.db import models
from wagtail.models import Locale, Page


class Tokens(models.Model):
    """The token columns of the full-text index."""

    title_tokens = models.TextField()
    summary_tokens = models.TextField()
    names_tokens = models.TextField()
    text_tokens = models.TextField()

    class Meta:
        abstract = True


class Document(Tokens):
    """The searchable content of a page, or of one that it serves below its address (`iom.core.search_content`).

    Only `search.index` writes it. `names_tokens` has people, places, and the facets of the listing. The database keeps
    the full-text index over the tokens: on SQLite in tables that triggers fill (migrations 0002 and 0004), on
    PostgreSQL as an index of lexemes (migration 0006). A migration that changes this table has to create the triggers
    and the index of migration 0007 again.
    """

    # In the order of dates, so that the latest hits are read without sorting (`search.index.place`)
    id = models.BigIntegerField(primary_key=True)
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+", db_index=False)
    date = models.DateTimeField()
    is_article = models.BooleanField()
    route = models.CharField(max_length=80)
    country = models.CharField(max_length=2)
    until = models.DateField(null=True)
    title = models.CharField(max_length=255)
    summary = models.TextField()
    text = models.TextField()

    class Meta:
        indexes = [
            models.Index(fields=["until"], condition=models.Q(until__isnull=False), name="search_until"),
            models.Index(fields=["country"], condition=~models.Q(country=""), name="search_country"),
        ]

    def __str__(self) -> str:
        return self.title


class Draft(Tokens):
    """The content of the latest revision of a page, for the search of the admin. Only `search.drafts` writes it.

    Its full-text index is like that of documents (migration 0003).
    """

    page = models.OneToOneField(Page, on_delete=models.CASCADE, primary_key=True, related_name="+")
    revision = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.page_id}: {self.revision}"


class Word(models.Model):
    """A word of pages that may correct a misspelt query word or complete an unfinished one."""

    language = models.CharField(max_length=16)
    form = models.CharField(max_length=40)
    folded = models.CharField(max_length=40)  # without accents

    class Meta:
        constraints = [models.UniqueConstraint(fields=["language", "form"], name="search_word_once_per_language")]
        indexes = [models.Index(fields=["language", "folded"], name="search_word_folded")]

    def __str__(self) -> str:
        return self.form
