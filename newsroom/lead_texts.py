"""The form for the texts about topics and countries, which officers write and translators complete."""

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

MAX_ROWS = 10


class ReadOnlyRichText(forms.Widget):
    """A widget that shows rich text without an editor.

    It has the media of the editor, since a formset takes those of its first row.
    """

    def __init__(self, editor: forms.Widget) -> None:
        super().__init__()
        self.editor = editor

    @property
    def media(self) -> forms.Media:
        return self.editor.media

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        return format_html("<div>{}</div>", mark_safe(expand_db_html(value or "")))  # noqa: S308  (of editors)


class LeadTextForm(NamedForm):
    """The form of a record with a text in each language. Translators may edit only the texts of their languages."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        user = self.for_user
        if user is None or user.has_perm(WRITES_ORIGINALS):
            return
        own_languages = set(policy.languages_of(user).values_list("language_code", flat=True))
        rows = [row for row in self.formsets["names"] if _language(row) not in own_languages]
        for row in rows:
            field = row.fields[row.instance.text_field]
            field.widget = ReadOnlyRichText(field.widget)
        for form in (self, *rows):
            for name, field in form.fields.items():
                field.disabled = name not in ("id", SHOWN_VERSION)

    def clean(self) -> dict[str, Any]:
        """Requires an alternative text in each language with a text, and a picture whose rights have not ended."""
        data = super().clean()
        picture = data.get("picture")
        if picture is None:
            return data
        if missing := [row["language"].value() for row in self.formsets["names"] if _lacks_description(row)]:
            message = _("Write the alternative text of the picture in: %(languages)s")
            params = {"languages": language_names(missing)}
            self.add_error("picture", ValidationError(message, params=params))
        if picture.rights_until and picture.rights_until < timezone.localdate():
            self.add_error("picture", _("The rights to this picture have ended. Choose another one."))
        return data


def _language(row: Any) -> str:
    """Returns the language of a row: the stored one if there is one, whatever was submitted."""
    return str(row.instance.language if row.instance.pk else row["language"].value())


def _lacks_description(row: Any) -> bool:
    text = not row.errors and getattr(row.instance, row.instance.text_field)
    return bool(text) and not row.instance.alt


def language_names(codes: Iterable[str]) -> str:
    return ", ".join(languages.name(code) for code in codes)


def languages_missing_texts(record: Illustrated) -> list[str]:
    """Returns the languages without the text, or the alternative text, that another language has. Reads only `names`.

    A record that has a name besides its text is not shown in a language without a name, so this language is left out.
    """
    rows = {row.language: row for row in record.names.all()}
    needed = {name for row in rows.values() for name in (row.text_field, "alt") if getattr(row, name)}
    codes = [code for code, _name in settings.LANGUAGES if code in rows or "name" in needed]
    return [code for code in codes if any(not getattr(rows.get(code), name, "") for name in needed)]


class MissingTextsColumn(Column):
    """The languages in which a record lacks a text that it has in another language."""

    def __init__(self) -> None:
        super().__init__("missing", label=_("Not translated into"))

    def get_value(self, instance: Illustrated) -> str:
        return capfirst(language_names(languages_missing_texts(instance)))


def missing_texts_panel(user: Any, records: Iterable[tuple[Illustrated, str]]) -> Panel | None:
    """Returns the dashboard panel with the texts that are missing in a translator's languages; None without any.

    `records` has each record with the address of its form.
    """
    if user.has_perm(WRITES_ORIGINALS):
        return None
    own_languages = set(policy.languages_of(user).values_list("language_code", flat=True))
    found = [
        (record, address, language_names(missing))
        for record, address in records
        if (missing := [code for code in languages_missing_texts(record) if code in own_languages])
    ]
    if not found:
        return None
    return Panel("lead-texts", "newsroom/lead_texts_panel.html", 110, rows=found[:MAX_ROWS])  # below the translations
