from collections.abc import Collection, Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template import Context
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel

from aboutus.countries import (
    ListedCountry,
    country_description,
    country_search_contents,
    country_slugs,
    listed_countries,
    offices_with_press,
    press_cards_for_country,
)
from aboutus.country_texts import CountryText, CountryTextRow, country_lead
from aboutus.dossiers import dossier
from aboutus.goals import GOALS, Goal, validate_goals
from aboutus.models.section import SectionPage
from iom.caching.version import cached_per_version
from iom.core.blocks.map import render_world_map
from iom.core.fields import shared
from iom.core.forms import PageForm
from iom.core.search_content import SearchContent
from iom.listing.models import Entry
from iom.listing.reading import is_listed, latest, shown
from iom.media import public
from iom.navigation.locales import locale_of
from iom.seo import schema_org
from newsroom.models import Topic

RELATED = 4


class WorkPageForm(PageForm):
    """Shows the goals as checkboxes with their names."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "goals" in self.fields:
            self.fields["goals"] = forms.TypedMultipleChoiceField(
                label=self.fields["goals"].label,
                required=False,
                coerce=int,
                choices=[(number, f"{number}. {name}") for number, name in GOALS.items()],
                widget=forms.CheckboxSelectMultiple,
            )


class WorkPage(SectionPage):
    """A page about the work of the organization, such as a field of work, a partnership or the 2030 Agenda."""

    goals = models.JSONField(
        _("Sustainable Development Goals"),
        default=list,
        blank=True,
        validators=[validate_goals],
        help_text=_("From 1 to 17."),
    )
    lists_countries = models.BooleanField(
        _("list the countries where we work"),
        default=False,
        help_text=_("Adds a map, and a page for each country that has an office or news."),
    )

    base_form_class = WorkPageForm
    parent_page_types = ["home.HomePage", "aboutus.WorkPage"]
    subpage_types = ["aboutus.WorkPage"]
    prefetched_relations = ("countries", "topics")

    override_translatable_fields = [
        *SectionPage.override_translatable_fields,
        *shared("goals", "lists_countries", "countries", "topics"),
    ]
    content_panels = [
        *SectionPage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("goals"),
                InlinePanel("countries", heading=_("Countries"), label=_("Country")),
                InlinePanel("topics", heading=_("Topics"), label=_("Topic")),
            ],
            heading=_("What this page is about"),
            help_text=_("News about these topics is listed below the text."),
        ),
        FieldPanel("lists_countries", icon="globe"),
    ]

    class Meta:
        verbose_name = _("page about our work")
        verbose_name_plural = _("pages about our work")

    @property
    def goal_list(self) -> list[Goal]:
        """The goals of the page with their names, by number."""
        return [Goal(number, str(GOALS[number])) for number in sorted(self.goals)]

    @classmethod
    def with_countries(cls) -> QuerySet["WorkPage"]:
        """Returns the public pages that list the countries: one for each language.

        They are not in tree order, for which SQLite would read the whole tree.
        """
        pages = cls.objects.filter(is_listed(), lists_countries=True).select_related("locale")
        return pages.defer_streamfields().order_by("pk")

    @cached_property
    def directory(self) -> dict[str, ListedCountry]:
        """The countries for which this page serves sub-pages, by their code."""
        return listed_countries(self.locale) if self.lists_countries else {}

    def clean(self) -> None:
        super().clean()
        another = WorkPage.objects.filter(lists_countries=True).exclude(translation_key=self.translation_key)
        if self.lists_countries and another.exists():
            raise ValidationError(
                {"lists_countries": _("Another page already lists the countries. Only one page can do so.")}
            )
        if self.lists_countries and self.path:
            texts = WorkPage.objects.filter(translation_key=self.translation_key)
            below = [slug for text in texts for slug in text.get_children().values_list("slug", flat=True)]
            if taken := country_slugs().intersection(below):
                message = _("A child page has the address of a country: “%(slug)s”. Change its address first.")
                raise ValidationError({"lists_countries": ValidationError(message, params={"slug": min(taken)})})

    def own_routes(self) -> dict[str, dict[str, Any]]:
        countries = {country.slug: {"country": country.code} for country in self.directory.values()}
        return super().own_routes() | countries

    def reserved_slugs(self) -> Collection[str]:
        """Reserves the slugs of all countries: any of them may be listed later."""
        return country_slugs() if self.lists_countries else frozenset()

    def sub_route_in(self, language: str, sub_route: str) -> str | None:
        code = self.own_routes().get(sub_route.rstrip("/"), {}).get("country") if sub_route else None
        if code is None:
            return sub_route
        there = listed_countries(locale_of(language)).get(code)
        return f"{there.slug}/" if there else None

    def get_route_search_contents(self, countries: Collection[str] = ()) -> Iterator[SearchContent]:
        """Yields the content for each country, listed or not. Search results show only those that are listed."""
        if self.lists_countries:
            yield from country_search_contents(countries)

    def get_template(self, request: HttpRequest, *args: Any, country: str = "", **kwargs: Any) -> str:
        return "aboutus/country.html" if country else super().get_template(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, country: str = "", **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        if country:
            return context | self._country_context(country)
        topics = {str(row.topic_id) for row in self.topics.all()}
        if self.lists_countries and not any(block.block_type == "map" for block in self.body):
            context["map"] = render_world_map(gettext("Country by country"), loading="eager")
        return context | {"news": latest(self.locale_id, "topic", topics, RELATED)}

    def _country_context(self, code: str) -> dict[str, Any]:
        offices, regional_office = offices_with_press(code)
        return {
            "country": self.directory[code],
            "lead": country_lead(code, self.locale.language_code),
            "reviewed": None,  # the review is of the page that lists the countries
            "description": country_description(code, bool(offices)),
            "codes": [code],
            "cards": press_cards_for_country(code),
            "offices": offices,
            **dossier(self.locale_id, code),
            "regional_office": regional_office,
            "regional_country": self.directory.get(str(regional_office.country)) if regional_office else None,
            "work": _work_about(self.locale_id, code),
        }

    def structured_data(self, context: Context) -> list[schema_org.Thing]:
        """On the page of a country, adds its offices."""
        country: ListedCountry | None = context.get("country")
        if country is None:
            return super().structured_data(context)
        url = f"{self.url}{country.slug}/"
        steps = schema_org.breadcrumbs(self.translation_tree.inclusive_ancestors, country.short_name, url)
        return [*steps, *(schema_org.office(office, press) for office, press in context["offices"])]


def _public_texts(texts: QuerySet[CountryText]) -> QuerySet[CountryText]:
    """Filters texts by whether the country has a page in a language with an alternative text for their picture."""
    described = CountryTextRow.objects.filter(record__in=texts, alt__gt="")
    rows = list(described.values_list("record", "record__country", "language"))
    listed = {page.locale.language_code: page.directory for page in WorkPage.with_countries()} if rows else {}
    return texts.filter(pk__in=[key for key, country, code in rows if country in listed.get(code, {})])


public.register(CountryText, _public_texts)


@cached_per_version
def _work_about(locale: int, country: str) -> list[Entry]:
    about = WorkPageCountry.objects.filter(country=country).values("page")
    return list(shown(locale).filter(pk__in=about).order_by("page__path"))


@cached_per_version
def newest_of_fields(locale: int, paths: tuple[str, ...]) -> dict[str, Entry]:
    """Returns by tree path the latest news about the topics of the page there and of its descendants."""
    topics = WorkPageTopic.objects.filter(page__locale=locale).values_list("page__path", "topic_id")
    about = {path: {str(topic) for below, topic in topics if below.startswith(path)} for path in paths}
    newest = {path: latest(locale, "topic", of_page, 1) for path, of_page in about.items() if of_page}
    return {path: entries[0] for path, entries in newest.items() if entries}


class WorkPageCountry(models.Model):
    """A country that a page is about."""

    page = ParentalKey(WorkPage, on_delete=models.CASCADE, related_name="countries")
    country = CountryField(_("country"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "country"], name="country_once_per_work_page")]

    def __str__(self) -> str:
        return str(self.country)


class WorkPageTopic(models.Model):
    """A topic whose news a page lists."""

    page = ParentalKey(WorkPage, on_delete=models.CASCADE, related_name="topics")
    topic = models.ForeignKey(Topic, verbose_name=_("topic"), on_delete=models.CASCADE, related_name="+")

    panels = [FieldPanel("topic")]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "topic"], name="topic_once_per_work_page")]

    def __str__(self) -> str:
        return str(self.topic)
