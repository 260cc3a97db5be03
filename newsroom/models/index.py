from collections.abc import Mapping

from django.db import models
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template import Context
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from iom.caching.version import cached_per_version
from iom.core.fields import translated
from iom.core.lead_texts import Lead
from iom.core.models import BasePage
from iom.listing.reading import Selection
from iom.navigation.locales import locale_of
from iom.seo.schema_org import Thing, breadcrumbs
from iom.users import rate_limits
from newsroom import feed_links
from newsroom.kinds import Kind, Scope
from newsroom.models import corrected_articles
from newsroom.models.article import NewsArticle
from newsroom.topics import topic_lead, topic_names
from search import counting, engine, facet_values, filters
from search.facet_values import Options, Values
from search.fulltext import NEWS
from search.paging import paginate


class NewsIndex(BasePage):
    """The newsroom of a language: the list of its articles with filters, its feeds and its page of corrections."""

    introduction = models.TextField(
        _("introduction"), blank=True, help_text=_("One to three sentences, shown below the title and in the menu.")
    )

    parent_page_types = ["home.HomePage"]
    subpage_types = ["newsroom.NewsArticle"]

    override_translatable_fields = [*BasePage.override_translatable_fields, *translated("introduction")]
    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction")]

    class Meta:
        verbose_name = _("newsroom")
        verbose_name_plural = _("newsrooms")

    @classmethod
    def own_language_first(cls) -> list["NewsIndex"]:
        """Returns the newsrooms of all languages, that of the interface's language first."""
        newsrooms = cls.objects.filter(alias_of=None).select_related("locale").order_by("pk")
        return sorted(newsrooms, key=lambda newsroom: newsroom.locale.language_code != get_language())

    def own_routes(self) -> dict[str, dict[str, object]]:
        language = self.url_path.split("/")[1] if self.url_path else self.locale.language_code  # without a query
        below = corrected_articles.corrections_route(language).strip("/")
        routes: dict[str, dict[str, object]] = {below: {"corrections": "page"}}
        for name in feed_links.FORMATS:
            routes |= {name: {"feed": name}, f"{below}/{name}": {"corrections": name}}
        return routes

    def sub_route_in(self, language: str, sub_route: str) -> str | None:
        here, there = (
            corrected_articles.corrections_route(self.locale.language_code),
            corrected_articles.corrections_route(language),
        )
        return there + sub_route.removeprefix(here) if sub_route.startswith(here) else sub_route

    def query_in(self, language: str, query: QueryDict) -> QueryDict | None:
        """Translates the slugs of the topics in the query. Returns None if one has no articles in that language."""
        if not (topics := query.getlist("topic")):
            return query
        codes = (self.locale.language_code, language)
        translated = facet_values.translate_topics(query, *(_topics(locale_of(code).pk, code) for code in codes))
        return translated if len(translated.getlist("topic")) == len(topics) else None

    def rate_limit_response(self, request: HttpRequest, route: Mapping[str, str]) -> HttpResponse | None:
        """Returns the answer to a client that searches the list or its feeds too often; None for other requests."""
        words = "" if "corrections" in route else filters.clean_text(request.GET.get("q", ""))
        return rate_limits.refuse_if_too_often("search", request) if words else None

    def get_template(self, request: HttpRequest, *args: object, corrections: str = "", **kwargs: object) -> str:
        return "newsroom/corrections/page.html" if corrections else super().get_template(request, *args, **kwargs)

    def get_context(
        self, request: HttpRequest, *args: object, corrections: str = "", **kwargs: object
    ) -> dict[str, object]:
        context = super().get_context(request, *args, **kwargs)
        if corrections:
            return context | self._corrections_context(request)
        options, chosen, articles = self.filtered_articles(request)
        listed = paginate(request, articles)
        words, chips = chosen.in_words(options), chosen.chips(request.GET, options)
        if listed.number > 1 and chosen.query is not None:
            request.cacheable_query = f"{chosen.query}&page={listed.number}"  # type: ignore[attr-defined]
        if chosen == filters.Filters(q=chosen.q) and not request.GET.get("page"):
            counting.count(chosen.q)
        return context | {
            "filters": chosen,
            "options": options,
            "articles": listed,
            "is_capped": bool(chosen.q) and listed.paginator.count >= engine.MAX_MATCHES,
            "feeds": feed_links.get_links(self.url, feed_links.filter_query(request)),
            "list_title": feed_links.list_title(self.title, words),
            "feed_title": feed_links.feed_title(self.title, words),
            "lead": self._lead(chosen, listed.number),
            "chips": chips,
            "ways_on": [] if articles.count() or len(chips) < 2 else self._ways_on(chips, articles, options),
        }

    def _ways_on(
        self, chips: list[filters.Chip], articles: Selection, options: Options
    ) -> list[tuple[filters.Chip, int | None]]:
        """Returns the chips without which an empty list has articles, each with their number. No query.

        For words with more matches than are compared, the number is None, as it is beside options, and each facet with
        one chosen value needs a query. A list without one of several values has no more: they are alternatives.
        """
        values = _facet_values(self.locale_id, self.locale.language_code)
        is_capped = any(option.results is None for offered in options.values() for option in offered)
        found: list[tuple[filters.Chip, int | None]] = []
        for chip in chips:
            others, keys = facet_values.read_chosen(QueryDict(chip.query.removeprefix("?")), values)
            chosen = {facet: keys.get(facet, []) for facet in values}
            if not (is_capped and others.q):
                number = articles.narrow(chosen, articles.within if others.q else None).count()
                found += [(chip, number)] if number else []
            elif keys.keys() < articles.chosen.keys() - {"type"} and self._matching_pages(others.q, keys, most=1):
                found.append((chip, None))
        return found

    def _corrections_context(self, request: HttpRequest) -> dict[str, object]:
        articles = paginate(request, corrected_articles.get_corrected(self.locale_id))
        if articles.number > 1:
            request.cacheable_query = f"page={articles.number}"  # type: ignore[attr-defined]
        below = self.url + corrected_articles.corrections_route()
        return {
            "articles": articles,
            "corrected": corrected_articles.with_corrections(articles),
            "feeds": feed_links.get_links(below),
            "feed_title": feed_links.feed_title(self.title, [gettext("Corrections")]),
            "below": below,
        }

    def structured_data(self, context: Context) -> list[Thing]:
        """Returns, for the page of corrections, the breadcrumbs that lead to it."""
        if "corrected" not in context:
            return super().structured_data(context)
        return breadcrumbs(self.translation_tree.inclusive_ancestors, gettext("Corrections"), context["below"])

    def _lead(self, chosen: filters.Filters, number: int) -> Lead | None:
        """Returns the text about a topic, for the first page of a list filtered by this topic alone."""
        topics = chosen.facets.get("topic", [])[:1]
        is_of_topic = number == 1 and topics and chosen == filters.Filters({"topic": topics})
        return topic_lead(topics[0], self.locale.language_code) if is_of_topic else None

    def filtered_articles(self, request: HttpRequest) -> tuple[Options, filters.Filters, Selection]:
        """Returns the options of each filter, the filters of the request, and the matching articles, latest first."""
        everything = _articles(self.locale_id)
        values = _facet_values(self.locale_id, self.locale.language_code)
        chosen, keys = facet_values.read_chosen(request.GET, values)
        request.cacheable_query = chosen.query  # type: ignore[attr-defined]
        matches = self._matching_pages(chosen.q, {})
        is_capped = matches is not None and len(matches) >= engine.MAX_MATCHES
        if is_capped:  # search with the filters, so that the limit counts only articles that match them
            matches = self._matching_pages(chosen.q, keys)
        articles = everything.narrow(keys, within=matches)
        counted = everything.narrow(keys) if is_capped else articles
        options = {
            facet: facet_values.list_options(
                found, counted.counts(facet), keys.get(facet, ()), are_counted=not is_capped
            )
            for facet, found in values.items()
        }
        return options, chosen, articles

    def _matching_pages(self, text: str, chosen: engine.Chosen, most: int = 0) -> BitMap | None:
        chosen = {**chosen, "section": [NEWS]}
        return engine.matching_pages(self.locale.language_code, text, chosen, most) if text else None


@cached_per_version
def _facet_values(locale: int, language: str) -> dict[str, Values]:
    own = {
        "kind": {value: (value, str(label)) for value, label in Kind.choices},
        "scope": {value: (value, str(label)) for value, label in Scope.choices},
        "topic": _topics(locale, language),
    }
    return facet_values.by_facet(_articles(locale), language, own)


@cached_per_version
def _topics(locale: int, language: str) -> Values:
    """Returns the topics that have articles, by key."""
    names = topic_names(language)
    listed = (names.get(int(key)) for key in _articles(locale).counts("topic"))
    return facet_values.sort_by_name({str(topic.topic_id): (topic.slug, topic.name) for topic in listed if topic})


def _articles(locale: int) -> Selection:
    return Selection(locale, {"type": [NewsArticle._meta.model_name or ""]})
