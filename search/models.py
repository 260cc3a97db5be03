from django.db import models
from wagtail.models import Locale, Page


class Tokens(models.Model):
    """What the full-text index has of a text."""

    title_tokens = models.TextField()
    summary_tokens = models.TextField()
    names_tokens = models.TextField()
    text_tokens = models.TextField()

    class Meta:
        abstract = True


class Document(Tokens):
    """What is searched of a page, or of one that it serves below its address (`iom.core.searched`).

    `search.index` alone writes it; `names_tokens` are of people, places, and the facets of the listing. The full-text
    index over the tokens belongs to the database: on SQLite tables that triggers fill (migrations 0002 and 0004), on
    PostgreSQL an index of lexemes (migration 0006). A change of this table has to make the triggers again,
    and the index of migration 0007.
    """

    # In the order of dates, so that the latest matches are read without sorting (`search.index.place`)
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
    """What the latest revision of a page says, for the search of the admin; `search.drafts` alone writes it.

    Its full-text index is like that of documents (migration 0003).
    """

    page = models.OneToOneField(Page, on_delete=models.CASCADE, primary_key=True, related_name="+")
    revision = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.page_id}: {self.revision}"


class Word(models.Model):
    """A word of a title, a summary or a name: what a misspelt or unfinished word may mean."""

    language = models.CharField(max_length=16)
    form = models.CharField(max_length=40)
    folded = models.CharField(max_length=40)  # without accents

    class Meta:
        constraints = [models.UniqueConstraint(fields=["language", "form"], name="search_word_once_per_language")]
        indexes = [models.Index(fields=["language", "folded"], name="search_word_folded")]

    def __str__(self) -> str:
        return self.form
