"""How officers write, and translators complete, the texts about topics and countries."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.rich_text import expand_db_html

from iom import languages
from iom.core.lead_texts import Illustrated
from iom.names import NamedForm
from iom.screens import SHOWN_VERSION, Panel
from iom.translation.workflow import policy
from iom.users import WRITES_ORIGINALS

SHOWN = 10


class ShownRichText(forms.Widget):
    """Rich text that is read, and not written. Its media are the editor's: forms take those of their first row."""

    def __init__(self, editor: forms.Widget) -> None:
        super().__init__()
        self.editor = editor

    @property
    def media(self) -> forms.Media:
        return self.editor.media

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        return format_html("<div>{}</div>", mark_safe(expand_db_html(value or "")))  # noqa: S308  (of editors)


class LeadTextForm(NamedForm):
    """The form of a record with a text in each language. Translators may only write those of their languages."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        user = self.for_user
        if user is None or user.has_perm(WRITES_ORIGINALS):
            return
        theirs = set(policy.languages_of(user).values_list("language_code", flat=True))
        rows = [row for row in self.formsets["names"] if _language(row) not in theirs]
        for row in rows:
            field = row.fields[row.instance.text_field]
            field.widget = ShownRichText(field.widget)
        for form in (self, *rows):
            for name, field in form.fields.items():
                field.disabled = name not in ("id", SHOWN_VERSION)

    def clean(self) -> dict[str, Any]:
        """A picture is described wherever there is a text, and its rights have not ended."""
        data = super().clean()
        picture = data.get("picture")
        if picture is None:
            return data
        if missing := [row["language"].value() for row in self.formsets["names"] if _lacks_description(row)]:
            message = _("Write the alternative text of the picture in: %(languages)s")
            params = {"languages": languages_in_words(missing)}
            self.add_error("picture", ValidationError(message, params=params))
        if picture.rights_until and picture.rights_until < timezone.localdate():
            self.add_error("picture", _("The rights to this picture have ended. Choose another one."))
        return data


def _language(row: Any) -> str:
    """Of a row that is stored, whatever the form says."""
    return str(row.instance.language if row.instance.pk else row["language"].value())


def _lacks_description(row: Any) -> bool:
    text = not row.errors and getattr(row.instance, row.instance.text_field)
    return bool(text) and not row.instance.alt


def languages_in_words(codes: Iterable[str]) -> str:
    return ", ".join(languages.name(code) for code in codes)


def languages_without(record: Illustrated) -> list[str]:
    """The languages that lack the text, or the alternative text, that another language has. Reads `names` alone.

    Where the name is not the text itself, a language without a name does not show the record.
    """
    rows = {row.language: row for row in record.names.all()}
    needed = {name for row in rows.values() for name in (row.text_field, "alt") if getattr(row, name)}
    codes = [code for code, _name in settings.LANGUAGES if code in rows or "name" in needed]
    return [code for code in codes if any(not getattr(rows.get(code), name, "") for name in needed)]


class MissingColumn(Column):
    """The languages in which a record lacks what another language has."""

    def __init__(self) -> None:
        super().__init__("missing", label=_("Not translated into"))

    def get_value(self, instance: Illustrated) -> str:
        return capfirst(languages_in_words(languages_without(instance)))


def panel_for(user: Any, records: Iterable[tuple[Illustrated, str]]) -> Panel | None:
    """For the dashboard of translators: the texts that their languages lack; None where they lack nothing.

    `records`: each with the address of its form.
    """
    if user.has_perm(WRITES_ORIGINALS):
        return None
    theirs = set(policy.languages_of(user).values_list("language_code", flat=True))
    found = [
        (record, address, languages_in_words(missing))
        for record, address in records
        if (missing := [code for code in languages_without(record) if code in theirs])
    ]
    if not found:
        return None
    return Panel("lead-texts", "newsroom/lead_texts_panel.html", 110, rows=found[:SHOWN])  # below the translations
