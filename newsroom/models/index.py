from collections import Counter

from django.db import models
from django.db.models.functions import ExtractYear
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_countries import countries
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from iom.core.fields import translated
from iom.core.models import BasePage
from iom.countries import REGIONS
from iom.languages import fold
from newsroom import formats
from newsroom.models.article import ArticleQuerySet, NewsArticle
from newsroom.models.parts import ArticleCountry
from newsroom.topics import TopicName
from search import filters
from search.paging import paginate, query_without_page
from search.query import ranked

Options = dict[str, list[tuple[str | int, str]]]  # of each filter: value and label


class NewsIndex(BasePage):
    """The newsroom: all articles of its language, with filters."""

    introduction = models.TextField(
        _("introduction"), blank=True, help_text=_("One to three sentences, also shown in the menu.")
    )

    parent_page_types = ["home.HomePage"]
    subpage_types = ["newsroom.NewsArticle"]

    override_translatable_fields = [*BasePage.override_translatable_fields, *translated("introduction")]
    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction")]

    class Meta:
        verbose_name = _("newsroom")
        verbose_name_plural = _("newsrooms")

    def own_routes(self) -> dict[str, dict[str, object]]:
        return {name: {"feed": name} for name in formats.FORMATS}

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, object]:
        context = super().get_context(request, *args, **kwargs)
        options, chosen, articles = self.chosen(request)
        return context | {
            "filters": chosen,
            "options": options,
            "articles": paginate(request, articles.with_pictures()),
            "feeds": formats.links(self.url, formats.query(request)),
            "feed_title": formats.title(self.title, chosen.in_words(options)),
            "other_parameters": query_without_page(request),
        }

    def chosen(self, request: HttpRequest) -> tuple[Options, filters.Filters, ArticleQuerySet]:
        """What can be chosen, what the reader chose, and the articles that fit."""
        options = self._options()
        known = {name: [value for value, _label in pairs] for name, pairs in options.items()}
        chosen = filters.read(request.GET, known)
        return options, chosen, self._filtered(NewsArticle.objects.listed(self.locale), chosen)

    def _options(self) -> Options:
        """For each filter the values that exist in this language, with their labels."""

        def by_name(pair: tuple[str | int, str]) -> str:
            return fold(pair[1])

        listed = NewsArticle.objects.listed(self.locale).order_by()
        years = listed.annotate(year=ExtractYear("date")).values_list("year", flat=True).distinct()
        codes = Counter(
            ArticleCountry.objects.filter(article__in=listed.values("pk")).values_list("country", flat=True)
        )
        named = ((code, countries.name(code)) for code in codes)
        topics = TopicName.objects.filter(
            models.Exists(listed.filter(topics__topic=models.OuterRef("topic"))), language=self.locale.language_code
        )
        return {
            "kind": [(value, str(label)) for value, label in NewsArticle.Kind.choices],
            "scope": [(value, str(label)) for value, label in NewsArticle.Scope.choices],
            "country": sorted(named, key=by_name),
            "topic": sorted(topics.values_list("slug", "name"), key=by_name),
            "year": [(year, str(year)) for year in sorted(years, reverse=True)],
        }

    def _filtered(self, articles: ArticleQuerySet, chosen: filters.Filters) -> ArticleQuerySet:
        if chosen.kind:
            articles = articles.filter(kind=chosen.kind)
        if chosen.scope:
            articles = articles.filter(scope=chosen.scope)
        if chosen.year:
            articles = articles.filter(date__year=chosen.year)
        for codes in (chosen.countries, REGIONS.get(chosen.region)):
            if codes:
                about = ArticleCountry.objects.filter(article=models.OuterRef("pk"), country__in=codes)
                articles = articles.filter(models.Exists(about))
        if chosen.topics:
            names = TopicName.objects.filter(language=self.locale.language_code, slug__in=chosen.topics)
            about = NewsArticle.objects.filter(topics__topic__in=names.values("topic"))
            articles = articles.filter(pk__in=about.values("pk"))
        if chosen.q:
            articles = articles.filter(
                pk__in=ranked(NewsArticle.objects.filter(live=True, locale=self.locale), chosen.q)
            )
        return articles
