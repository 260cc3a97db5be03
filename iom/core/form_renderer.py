"""Renders `<select>` elements without a template for each option.

Django renders a template for each option. For the countries of an article, this takes more than half of the time of
the whole form.
"""

from collections.abc import Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

SELECT = "django/forms/widgets/select.html"
OPTION = "django/forms/widgets/select_option.html"


class FormRenderer(DjangoTemplates):
    """Django's renderer, but faster for a `<select>` with Django's own templates."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        if template_name == SELECT and all(option["template_name"] == OPTION for option in _options(context)):
            return _render_select(context["widget"])
        return super().render(template_name, context, request)


def _options(context: dict[str, Any]) -> list[dict[str, Any]]:
    return [option for _label, options, _index in context["widget"]["optgroups"] for option in options]


def _render_select(widget: dict[str, Any]) -> SafeString:
    lines = [f'<select name="{conditional_escape(widget["name"])}"{_render_attributes(widget["attrs"])}>']
    for label, options, _index in widget["optgroups"]:
        if label:
            lines.append(f'<optgroup label="{conditional_escape(label)}">')
        lines += [
            f'<option value="{conditional_escape(option["value"])}"{_render_attributes(option["attrs"])}>'
            f"{conditional_escape(option['label'])}</option>"
            for option in options
        ]
        if label:
            lines.append("</optgroup>")
    return mark_safe("\n".join([*lines, "</select>"]))  # noqa: S308 (each part is escaped)


def _render_attributes(attributes: Mapping[str, Any]) -> str:
    """Returns HTML attributes: for True the name alone, for False nothing."""
    return "".join(
        f" {conditional_escape(name)}"
        if value is True
        else f' {conditional_escape(name)}="{conditional_escape(value)}"'
        for name, value in attributes.items()
        if value is not False
    )
