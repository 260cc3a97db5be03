"""The renderer of `<select>` elements gives the same HTML as Django's templates."""

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.forms.renderers import DjangoTemplates
from django.template.base import Template
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from iom.contacts.models import Office
from iom.core.form_renderer import FormRenderer

ODD = """<"'&é"""


class Marked(forms.Select):
    option_template_name = "django/forms/widgets/radio_option.html"


LISTS = {
    "plain": (forms.Select(choices=[("", "-"), ("a", "A"), ("b", "B")]), "b"),
    "nothing to choose": (forms.Select(), ""),
    "several": (forms.SelectMultiple(choices=[(1, "one"), (2, "two"), (3, "three")]), ["1", "3"]),
    "groups": (forms.Select(choices=[("", "-"), (ODD, [("a", "A"), (ODD, ODD)]), ("x", [("y", "Y")])]), ODD),
    "odd characters": (forms.Select({"data-x": ODD, "class": mark_safe("a&amp;b")}, [(ODD, ODD)]), ODD),
    "marked as safe": (forms.Select(choices=[("a", mark_safe("<b>&amp;"))]), ""),
    "attributes that stand alone": (forms.Select({"required": True, "disabled": False, "size": 4}, [("a", "A")]), "a"),
    "yes, no, unknown": (forms.NullBooleanSelect(), True),
    "another language": (forms.Select(choices=[("a", gettext_lazy("Country")), (None, 2026)]), ""),
    "a template of its own": (Marked(choices=[("a", "A")]), "a"),
}


def parsed(html):
    """Returns elements and text, without the white space between them."""
    return [
        (one.name, one.attrs, one.string and one.string.strip()) for one in BeautifulSoup(html, "html.parser")(True)
    ]


@pytest.mark.parametrize("name", LISTS)
def test_a_select_is_the_same_as_from_djangos_templates(name):
    widget, value = LISTS[name]
    ours, theirs = (widget.render("field", value, renderer=one()) for one in (FormRenderer, DjangoTemplates))
    assert parsed(ours) == parsed(theirs)
    assert parsed(ours)[0][0] == "select"
    assert hasattr(ours, "__html__")


def test_no_template_is_rendered_for_each_country(monkeypatch):
    rendered = []
    render = Template.render
    monkeypatch.setattr(Template, "render", lambda self, context: rendered.append(self.name) or render(self, context))

    html = forms.modelform_factory(Office, fields=["country"])()["country"].as_widget()

    assert html.count("<option") > 200
    assert rendered == []
