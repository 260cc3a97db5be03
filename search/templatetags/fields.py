"""Template tags for the fields of filter forms."""

from collections.abc import Iterable, Mapping
from html import escape

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from iom.caching.version import cached_per_version
from iom.core.templatetags.site import number
from search.filters import FACETS, Filters, Option

register = template.Library()


@register.simple_tag
def choose_one(name: str, label: str, values: Iterable[Option], chosen: str) -> SafeString:
    """Renders a field for one of the values, or nothing if there are none."""
    return _one(name, str(label), tuple(values), chosen)


@register.simple_tag
def choose_several(name: str, label: str, values: Iterable[Option], chosen: Iterable[str]) -> SafeString:
    """Renders a field for several of the values, or nothing if there are none."""
    return _several(name, str(label), tuple(values), tuple(chosen))


@register.simple_tag
def choose_facets(options: Mapping[str, Iterable[Option]], chosen: Filters) -> SafeString:
    """Renders a field for each facet with options."""
    fields = []
    for name, facet in FACETS.items():
        values = chosen.facets.get(name, [])
        if facet.takes_several:
            fields.append(choose_several(name, str(facet.label), options[name], values))
        else:
            fields.append(choose_one(name, str(facet.label), options[name], "".join(values)))
    return _joined(fields)


# Most lists have the same options with the same counts, so the fields are cached. There may be 200 options, for which
# a template takes four times as long as these functions.


@cached_per_version
def _one(name: str, label: str, values: tuple[Option, ...], chosen: str) -> SafeString:
    options = _joined(
        f'<option value="{escape(one.value)}"{" selected" * (one.value == chosen)}>{escape(one.label)}'
        f"{'' if one.results is None else f' ({number(one.results)})'}</option>"
        for one in values
    )
    return render_to_string("newsroom/filter_select.html", {"name": name, "label": label, "options": options})


@cached_per_version
def _several(name: str, label: str, values: tuple[Option, ...], chosen: tuple[str, ...]) -> SafeString:
    options = _joined(
        f'<li><label><input type="checkbox" name="{escape(name)}" value="{escape(one.value)}"'
        f"{' checked' * (one.value in chosen)}>{escape(one.label)}"
        f"{'' if one.results is None else f' <span>{number(one.results)}</span>'}</label></li>"
        for one in values
    )
    labels = [one.label for one in values if one.value in chosen]
    context = {"name": name, "label": label, "options": options, "chosen": labels}
    return render_to_string("newsroom/filter_choice.html", context)


def _joined(options: Iterable[str]) -> SafeString:
    return mark_safe("\n".join(options))  # noqa: S308  (values and labels are escaped)
