"""The fields of forms that filter."""

from collections.abc import Iterable

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from iom.caching.version import kept
from search.filters import Option

register = template.Library()


@register.simple_tag
def choose_one(name: str, label: str, values: Iterable[Option], chosen: str) -> SafeString:
    """One value among some; nothing where there are none."""
    return _field("newsroom/filter_select.html", name, str(label), tuple(values), chosen)


@register.simple_tag
def choose_several(name: str, label: str, values: Iterable[Option], chosen: Iterable[str]) -> SafeString:
    """Several values among many; nothing where there are none."""
    return _field("newsroom/filter_choice.html", name, str(label), tuple(values), tuple(chosen))


@kept
def _field(
    template_name: str, name: str, label: str, values: tuple[Option, ...], chosen: str | tuple[str, ...]
) -> SafeString:
    """Most lists have the same choices, with the same numbers."""
    return render_to_string(template_name, {"name": name, "label": label, "values": values, "chosen": chosen})
