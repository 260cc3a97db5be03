"""By what the desk can be narrowed."""

from typing import Any

import django_filters
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.models import Locale, get_page_content_types

from iom.translation.desk.steps import TASKS
from iom.translation.models import TranslationState
from iom.translation.models.state import TranslationStateQuerySet
from iom.translation.workflow import policy

EVERYTHING = "all"
TOGETHER = "together"
STEPS = [
    *((step.value, TASKS.get(step, step.label)) for step in TranslationState.Step),
    (TOGETHER, _("Both languages to be published together")),
    (EVERYTHING, _("All translations")),
]


class LanguageFilter(django_filters.ModelChoiceFilter):
    def get_queryset(self, request: Any) -> QuerySet[Locale]:
        return policy.languages_of(request.user)


class ContentTypeField(django_filters.fields.ModelChoiceField):
    def label_from_instance(self, obj: ContentType) -> str:
        return capfirst(obj.name)


class ContentTypeFilter(django_filters.ModelChoiceFilter):
    field_class = ContentTypeField


class DeskFilterSet(WagtailFilterSet):
    """Unless a step is asked for, what waits."""

    locale = LanguageFilter(label=_("Into"), empty_label=_("All my languages"))
    step = django_filters.ChoiceFilter(
        label=_("State"), choices=STEPS, method="of_step", empty_label=_("All that waits")
    )
    who = django_filters.ChoiceFilter(
        label=_("Who has it"),
        choices=[("me", _("Me")), ("nobody", _("Nobody"))],
        method="of_person",
        empty_label=_("Anyone"),
    )
    content_type = ContentTypeFilter(
        label=_("Page type"),
        field_name="page__content_type",
        queryset=lambda request: get_page_content_types(include_base_page_type=False),
        empty_label=_("All types"),
    )

    class Meta:
        model = TranslationState
        fields = ["locale", "step", "who", "content_type"]

    def filter_queryset(self, queryset: TranslationStateQuerySet) -> TranslationStateQuerySet:
        if not self.form.cleaned_data.get("step"):
            queryset = queryset.waiting()
        return super().filter_queryset(queryset)

    def of_step(self, queryset: TranslationStateQuerySet, name: str, value: str) -> TranslationStateQuerySet:
        if value == EVERYTHING:
            return queryset
        if value == TOGETHER:
            return queryset.filter(original__page__joint_publication__isnull=False)
        return queryset.filter(step=value)

    def of_person(self, queryset: TranslationStateQuerySet, name: str, value: str) -> TranslationStateQuerySet:
        return queryset.filter(claimed_by=self.request.user if value == "me" else None)
