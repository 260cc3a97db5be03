"""The office of a page, for page types with a field `office`. The stored row counts; a draft does not change it."""

from typing import Any

from django.db.models import Exists, OuterRef, Q
from wagtail.models import Page, get_page_models

FIELD = "office"


def has_office(model: type[Page]) -> bool:
    """Whether pages of this type have an office."""
    return any(field.name == FIELD for field in model._meta.fields)


def office_of(page: Any) -> int | None:
    """Returns the key of the page's office. Pages loaded with their specific class have it (`BasePage.from_db`)."""
    if not hasattr(page, "row_office"):
        model = page.specific_class
        rows = model._base_manager.filter(pk=page.pk).values_list(FIELD, flat=True) if has_office(model) else []
        page.row_office = next(iter(rows), None)
    return page.row_office


def office_condition(offices: frozenset[int]) -> Q:
    """Returns the condition that a page belongs to one of these offices."""
    condition = Q(pk__in=[])
    for model in get_page_models():
        if has_office(model):
            condition |= Q(Exists(model.objects.filter(pk=OuterRef("pk"), office__in=offices).order_by()))
    return condition
