"""The filters of the admin's lists refuse in words what no record can have: databases and time zones fail with it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django_filters import FilterSet
from django_filters.fields import ModelMultipleChoiceField
from wagtail.admin.filters import WagtailFilterSet

from iom.values import validate_year

_LARGEST = 2**63 - 1  # that a column holds

_clean_keys = ModelMultipleChoiceField.clean


def form_with_limits(filters: WagtailFilterSet) -> type[forms.Form]:
    form: type[forms.Form] = FilterSet.get_form_class(filters)
    for field in form.base_fields.values():
        for part in field.fields if isinstance(field, forms.MultiValueField) else [field]:
            if isinstance(part, forms.DateField | forms.DateTimeField):
                part.validators.append(validate_year)
            elif isinstance(part, forms.IntegerField):
                part.validators += [MinValueValidator(-_LARGEST), MaxValueValidator(_LARGEST)]
    return form


def clean_keys(field: ModelMultipleChoiceField, value: Any) -> Any:
    """Django looks up one key whatever its size, and not several."""
    for key in filter(_is_too_large, value or []):
        raise ValidationError(field.error_messages["invalid_choice"], "invalid_choice", {"value": key})
    return _clean_keys(field, value)


def _is_too_large(key: Any) -> bool:
    try:
        return abs(int(key)) > _LARGEST
    except (TypeError, ValueError):  # Django refuses what is no number
        return False


def install() -> None:
    WagtailFilterSet.get_form_class = form_with_limits
    ModelMultipleChoiceField.clean = clean_keys
