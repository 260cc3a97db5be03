"""The filters of the list of articles, one for each column."""

from typing import Any

import django_filters
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, QuerySet, Value
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_countries import countries
from wagtail.admin.filters import DateRangePickerWidget, MultipleUserFilter, WagtailFilterSet
from wagtail.models import Revision

from iom import languages
from iom.contacts.models import Office
from iom.navigation.locales import locales
from iom.translation.models import TranslationState
from newsroom.kinds import Kind
from newsroom.models import NewsArticle
from newsroom.officers import originals

NOT_SUBMITTED = "none"  # the text has not been submitted for translation


def editors(request: HttpRequest) -> QuerySet[Any]:
    """Returns the users who have saved a revision of a page."""
    return get_user_model().objects.filter(Exists(Revision.page_revisions.filter(user=OuterRef("pk")).order_by()))


def translation_choices() -> list[tuple[str, list[tuple[str, Any]]]]:
    """Returns, grouped by language, the steps of a translation into it."""
    steps = [(NOT_SUBMITTED, _("Not submitted")), *TranslationState.Step.choices]
    return [
        (languages.name(code), [(f"{code}:{step}", label) for step, label in steps])
        for code in dict(settings.LANGUAGES)
    ]


class NewsroomFilterSet(WagtailFilterSet):
    sort_date = django_filters.DateFromToRangeFilter(label=_("Date"), widget=DateRangePickerWidget)
    kind = django_filters.MultipleChoiceFilter(
        label=_("Type"), choices=Kind.choices, widget=CheckboxSelectMultiple, method="filter_kind"
    )
    state = django_filters.ChoiceFilter(label=_("State"), choices=originals.State.choices, method="filter_state")
    locale = django_filters.ChoiceFilter(label=_("Language"), choices=settings.LANGUAGES, method="filter_language")
    translation = django_filters.ChoiceFilter(
        label=_("Translation"), choices=translation_choices, method="filter_translation"
    )
    country = django_filters.ChoiceFilter(label=_("Country"), choices=countries, field_name="countries__country")
    office = django_filters.ModelChoiceFilter(label=_("Issuing office"), queryset=lambda request: Office.objects.all())
    editor = MultipleUserFilter(
        label=_("Last edited by"),
        field_name="latest_revision__user",
        queryset=editors,
        widget=CheckboxSelectMultiple,
        distinct=False,  # an article has one latest revision, and this has one user
    )

    class Meta:
        model = NewsArticle
        fields: list[str] = []

    def filter_state(self, articles: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return originals.filter_by_state(articles, originals.State(value))

    def filter_kind(self, articles: QuerySet[Any], name: str, values: list[str]) -> QuerySet[Any]:
        return originals.filter_by_values(articles, "kind", values, Value("")) if values else articles

    def filter_language(self, articles: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        keys = [locale.pk for locale in locales() if locale.language_code == value]
        return originals.filter_by_values(articles, "locale", keys, Value(0))

    def filter_translation(self, articles: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Reads the rows of an open step, which are few; asks for a finished translation once per article."""
        language, step = value.split(":")
        if step == NOT_SUBMITTED:
            return originals.not_submitted(articles, language)
        into = TranslationState.objects.filter(locale__language_code=language, translation__enabled=True)
        of_article = into.filter(original=OuterRef("pk"))
        if step == TranslationState.Step.TRANSLATED:
            return articles.filter(Exists(of_article.filter(step=step)))
        return articles.filter(pk__in=into.filter(step=step).values("original"))
