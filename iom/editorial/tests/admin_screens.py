"""Helpers that open the admin's screens, fill in their forms and submit them, as a user does."""

from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms.formsets import ManagementForm
from django.test import Client
from wagtail.admin.widgets import BaseChooser
from wagtail.blocks.base import BlockField

from iom.editorial.tests import admin_urls, matrix, matrix_elsewhere, matrix_free
from iom.media.tests import pictures
from iom.tests.html_forms import forms

# What is typed into a field of which not every value is right, by its name.
TYPED = {
    "phone": "+41 22 717 91 11",
    "timezone": "Africa/Cairo",
    "hostname": "walk.example.org",
    "old_path": "/0-walk/",  # at the head of the list, which has pages
    "redirect_link": "https://example.org/walk",
    "country": "HT",
    "url": "https://example.org/walk",
    "link_url": "https://example.org/walk",
    "phone_number": "+41 22 717 91 11",
    "head_name": "",  # goes with the fields beside it
    "is_default_site": "",  # there is one
}
MARK = "Walked"
# A field whose value is right only together with others.
KEPT = ("page", "redirect_page", "old_password", "new_password1", "new_password2")


def open_to(letter: str) -> list[str]:
    """Returns the names of the URLs to which the role has access."""
    tables = (matrix.PAGES, matrix.TRANSLATIONS, matrix_elsewhere.OTHERS)
    names = [name for table in tables for name, cells in table.items() if letter in cells[0]]
    free = matrix_free.FREE_IN_THE_ADMIN - {"wagtailadmin_logout", "wagtailadmin_error_test", "test404/"}
    return [*names, *sorted(free)]


@dataclass
class Screen:
    """A form on a screen, with the Django forms that it contains."""

    address: str
    action: str
    values: dict[str, Any]
    forms: list[django_forms.BaseForm]

    def fields(self):
        """The fields that can be filled in: (name in the page, field, form)."""
        shown = set(self.values)
        for form in self.forms:
            for name, field in form.fields.items():
                whole = form.add_prefix(name)
                is_there = whole in shown or isinstance(field, django_forms.FileField | django_forms.BooleanField)
                if not field.disabled and (is_there or hasattr(field, "choices")):
                    yield whole, field, name


def screens(answer, address) -> list[Screen]:
    """Returns the forms of a page that have fields of their own; those of a chooser are in its JSON."""
    known: dict[int, django_forms.BaseForm] = {}
    for value in _context(answer):
        known |= {id(one): one for one in _members(value) if isinstance(one, django_forms.BaseForm)}
    if not known:
        return []
    if answer["Content-Type"] == "application/json":
        data = answer.json()
        html = data.get("html") or data.get("htmlFragment") or data.get("form") or "" if isinstance(data, dict) else ""
    else:
        html = answer.content.decode()
    found = []
    for form in forms(html, address):
        names = {control.get("name") for control in form.tag.find_all(["input", "select", "textarea"])}
        own = [one for one in known.values() if not isinstance(one, ManagementForm) and names & _own_names(one)]
        if own:
            found.append(Screen(address, form.action, form.values | _streams(own), own))
    return found


def _context(answer) -> list[Any]:
    """Returns the values of all template contexts."""
    contexts = answer.context if isinstance(answer.context, list) else [answer.context]
    return [value for context in contexts if context for part in context.dicts for value in part.values()]


def errors_of_rows(answer) -> list[str]:
    """Returns the errors of a formset as a whole, such as too few rows."""
    sets = {id(one): one for one in _context(answer) if isinstance(one, django_forms.BaseFormSet) and one.is_bound}
    return [error for one in sets.values() for error in one.non_form_errors()]


def _own_names(form: django_forms.BaseForm) -> set[str]:
    """Returns the names of a form's fields and of its management forms: the form of a topic has only the latter."""
    rows = {f"{one.prefix}-TOTAL_FORMS" for one in getattr(form, "formsets", {}).values()}
    return rows | {form.add_prefix(name) for name in form.fields}


def _streams(found: list[django_forms.BaseForm]) -> dict[str, Any]:
    """Returns the fields that the browser's script adds for a StreamField, without blocks."""
    fields = [(form.add_prefix(name), field) for form in found for name, field in form.fields.items()]
    return {f"{name}-count": "0" for name, field in fields if isinstance(field, BlockField)}


def _members(value: Any) -> list[Any]:
    if isinstance(value, django_forms.BaseFormSet):
        return list(value.forms)
    if rows := getattr(value, "formsets", None):  # the form of a record with child rows
        return [value, *(row for formset in rows.values() for row in formset.forms)]
    return list(value) if isinstance(value, list | tuple) else [value]


def valid(name: str, field: django_forms.Field, now: Any) -> Any:
    """Returns a value that the field accepts; None if it stays as it is."""
    if name in KEPT:
        return None
    if name in TYPED:
        return TYPED[name]
    match field:
        case django_forms.ModelChoiceField():
            first = field.queryset.first()
            return field.prepare_value(first) if first is not None and field.required else None
        case django_forms.MultipleChoiceField() | django_forms.ChoiceField():
            choices = [value for value, _label in field.choices if value != ""]
            return str(choices[0]) if choices and (field.required or not now) else None
        case django_forms.ImageField():
            return SimpleUploadedFile("walk.jpg", pictures.encoded())
        case django_forms.FileField():
            return SimpleUploadedFile("walk.txt", b"Walked")
        case django_forms.BooleanField() | django_forms.NullBooleanField():
            return None
        case django_forms.EmailField():
            return "walked@example.org"
        case django_forms.URLField():
            return "https://example.org/walk"
        case django_forms.SlugField():
            return "walked"
        case django_forms.DateField():
            return "2031-05-06"
        case django_forms.DateTimeField():
            return "2031-05-06 10:00"
        case django_forms.IntegerField() | django_forms.DecimalField():
            return str(field.min_value if field.min_value is not None else 1)
    is_text = isinstance(field, django_forms.CharField) and not isinstance(field, django_forms.JSONField)
    is_text = is_text and not isinstance(field.widget, django_forms.HiddenInput)
    return f"{MARK} {name.replace('_', ' ')}"[: field.max_length] if is_text else None


def filled(screen: Screen) -> dict[str, Any]:
    """Returns the form's data with valid values in all fields."""
    values = dict(screen.values)
    for whole, field, name in screen.fields():
        value = valid(name, field, (values.get(whole) or [""])[0])
        if value is not None:
            values[whole] = value
    return values


def wrong(screen: Screen) -> dict[str, dict[str, Any]]:
    """Returns form data that must be refused, by kind of error."""
    ways: dict[str, dict[str, Any]] = {
        "empty": {},
        "too long": {},
        "of another kind": {},
        "with control characters": {},
    }
    for whole, field, _name in screen.fields():
        if field.widget.is_hidden or isinstance(field.widget, BaseChooser):
            continue  # nobody types there
        if isinstance(field, django_forms.FileField):
            ways["of another kind"][whole] = SimpleUploadedFile("walk.exe", b"MZ")
            ways["empty"][whole] = SimpleUploadedFile("walk.jpg", b"")
            continue
        ways["empty"][whole] = ""
        if not hasattr(field, "choices"):
            ways["too long"][whole] = "9" * 2_000
        ways["of another kind"][whole] = "☃ [] {} ' \" <x> -1e999"
        ways["with control characters"][whole] = "a\0b\x07c"
    return {way: screen.values | values for way, values in ways.items() if values}


def client_of(letter: str, language: str) -> Client:
    client = admin_urls.clients()[letter]
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    return client
