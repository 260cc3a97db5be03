"""Lists of choices, written at once.

Django renders a template for each option. With the countries of an article, that is more than half of the time of its
form.
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
    """As Django's own, and faster where a list of choices has Django's templates."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        if template_name == SELECT and all(option["template_name"] == OPTION for option in _options(context)):
            return _select(context["widget"])
        return super().render(template_name, context, request)


def _options(context: dict[str, Any]) -> list[dict[str, Any]]:
    return [option for _label, options, _index in context["widget"]["optgroups"] for option in options]


def _select(widget: dict[str, Any]) -> SafeString:
    lines = [f'<select name="{conditional_escape(widget["name"])}"{_attributes(widget["attrs"])}>']
    for label, options, _index in widget["optgroups"]:
        if label:
            lines.append(f'<optgroup label="{conditional_escape(label)}">')
        lines += [
            f'<option value="{conditional_escape(option["value"])}"{_attributes(option["attrs"])}>'
            f"{conditional_escape(option['label'])}</option>"
            for option in options
        ]
        if label:
            lines.append("</optgroup>")
    return mark_safe("\n".join([*lines, "</select>"]))  # noqa: S308 (each part is escaped)


def _attributes(attributes: Mapping[str, Any]) -> str:
    """In HTML: True stands alone, False is left out."""
    return "".join(
        f" {conditional_escape(name)}"
        if value is True
        else f' {conditional_escape(name)}="{conditional_escape(value)}"'
        for name, value in attributes.items()
        if value is not False
    )
