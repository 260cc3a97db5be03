"""The filters of the list of articles: one for each of its columns."""

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

NONE = "none"  # no translation: nobody has submitted the text


def editors(request: HttpRequest) -> QuerySet[Any]:
    """The users who have edited a page."""
    return get_user_model().objects.filter(Exists(Revision.page_revisions.filter(user=OuterRef("pk")).order_by()))


def translation_choices() -> list[tuple[str, list[tuple[str, Any]]]]:
    """For each language, the states of translations into it."""
    steps = [(NONE, _("Not submitted")), *TranslationState.Step.choices]
    return [
        (languages.name(code), [(f"{code}:{step}", label) for step, label in steps])
        for code in dict(settings.LANGUAGES)
    ]


class NewsroomFilterSet(WagtailFilterSet):
    sort_date = django_filters.DateFromToRangeFilter(label=_("Date"), widget=DateRangePickerWidget)
    kind = django_filters.MultipleChoiceFilter(
        label=_("Type"), choices=Kind.choices, widget=CheckboxSelectMultiple, method="of_kind"
    )
    state = django_filters.ChoiceFilter(label=_("State"), choices=originals.State.choices, method="of_state")
    locale = django_filters.ChoiceFilter(label=_("Language"), choices=settings.LANGUAGES, method="of_language")
    translation = django_filters.ChoiceFilter(
        label=_("Translation"), choices=translation_choices, method="of_translation"
    )
    country = django_filters.ChoiceFilter(label=_("Country"), choices=countries, field_name="countries__country")
    office = django_filters.ModelChoiceFilter(label=_("Issuing office"), queryset=lambda request: Office.objects.all())
    editor = MultipleUserFilter(
        label=_("Last edited by"),
        field_name="latest_revision__user",
        queryset=editors,
        widget=CheckboxSelectMultiple,
        distinct=False,  # a version has one editor
    )

    class Meta:
        model = NewsArticle
        fields: list[str] = []

    def of_state(self, articles: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return originals.in_state(articles, originals.State(value))

    def of_kind(self, articles: QuerySet[Any], name: str, values: list[str]) -> QuerySet[Any]:
        return originals.having(articles, "kind", values, Value("")) if values else articles

    def of_language(self, articles: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        keys = [locale.pk for locale in locales() if locale.language_code == value]
        return originals.having(articles, "locale", keys, Value(0))

    def of_translation(self, articles: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """By the few rows of a state that waits; what is done is found among the articles of the list."""
        language, step = value.split(":")
        if step == NONE:
            return originals.not_submitted(articles, language)
        into = TranslationState.objects.filter(locale__language_code=language, translation__enabled=True)
        of_article = into.filter(original=OuterRef("pk"))
        if step == TranslationState.Step.TRANSLATED:
            return articles.filter(Exists(of_article.filter(step=step)))
        return articles.filter(pk__in=into.filter(step=step).values("original"))
