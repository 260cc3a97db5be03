"""Limits the values in filters and forms of the admin. Others would fail in the database or in a time zone."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms import ModelMultipleChoiceField
from django_filters import FilterSet
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.widgets import BaseChooser

from iom.values import validate_year

_MAX_INTEGER = 2**63 - 1  # of a database column

_clean_keys = ModelMultipleChoiceField.clean
_get_instance = BaseChooser.get_instance


def form_with_limits(filters: WagtailFilterSet) -> type[forms.Form]:
    form: type[forms.Form] = FilterSet.get_form_class(filters)
    for field in form.base_fields.values():
        for part in field.fields if isinstance(field, forms.MultiValueField) else [field]:
            if isinstance(part, forms.DateField | forms.DateTimeField):
                part.validators.append(validate_year)
            elif isinstance(part, forms.IntegerField):
                part.validators += [MinValueValidator(-_MAX_INTEGER), MaxValueValidator(_MAX_INTEGER)]
    return form


def clean_within_limits(field: ModelMultipleChoiceField, value: Any) -> Any:
    """Refuses keys that are too large. Django checks the size of a single key, but not of several."""
    for key in filter(_is_too_large, value or []):
        raise ValidationError(field.error_messages["invalid_choice"], "invalid_choice", {"value": key})
    return _clean_keys(field, value)


def _is_too_large(key: Any) -> bool:
    try:
        return abs(int(key)) > _MAX_INTEGER
    except (TypeError, ValueError):  # Django refuses a value that is not a number
        return False


def instance_or_none(chooser: BaseChooser, value: Any) -> Any:
    """Returns the record of a chooser; None for a value that is no key, so that the form is shown with its error."""
    try:
        return _get_instance(chooser, value)
    except (ValueError, OverflowError):
        return None


def install() -> None:
    WagtailFilterSet.get_form_class = form_with_limits
    ModelMultipleChoiceField.clean = clean_within_limits  # type: ignore[method-assign, assignment]
    BaseChooser.get_instance = instance_or_none
