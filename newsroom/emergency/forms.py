import re
import uuid
from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from iom import languages
from iom.checks import typography
from iom.contacts.forms import OfficeFieldMixin
from iom.contacts.models import Office, PressContact, press_contacts
from newsroom.emergency.release import ReleaseText, SharedFields
from newsroom.models import ArticleCountry, NewsArticle, NewsIndex

_PARAGRAPH_BREAK = re.compile(r"(?:\r?\n[ \t]*){2,}")
_LINE_BREAK = re.compile(r"\s*\r?\n\s*")


class _LineField(forms.CharField):
    """A text without line breaks, with the typography of its language, which nobody types on a phone.

    The limit counts the corrected text, which may be longer than the typed one.
    """

    def __init__(self, code: str, **options: Any) -> None:
        super().__init__(**options)
        self.code = code

    def to_python(self, value: Any) -> str:
        return typography.correct_in(self.code, _LINE_BREAK.sub(" ", super().to_python(value) or ""))


class EmergencyForm(OfficeFieldMixin, forms.Form):
    """The texts of a release in each language (`title_fr`, `text_fr` …), and the fields that they share."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    contact = forms.ModelChoiceField(PressContact.objects.none(), label=_("Media contact"))
    office = forms.ModelChoiceField(Office.objects.all(), label=_("Issuing office"), required=False)
    country = ArticleCountry._meta.get_field("country").formfield(required=False)

    def __init__(self, *args: Any, user: Any, indexes: list[NewsIndex], **kwargs: Any) -> None:
        """`indexes` are the newsrooms of the languages, that of the original first."""
        self.for_user = user
        super().__init__(*args, **kwargs)
        self.indexes = indexes
        self.fields["key"].initial = uuid.uuid4
        self.fields["contact"].queryset = press_contacts()  # depends on the day, so it is set here
        for index in indexes:
            code = index.locale.language_code
            for name, field in _text_fields(code).items():
                field.widget.attrs |= {"lang": code}
                self.fields[f"{name}_{code}"] = field

    def known_office(self) -> None:
        """Returns None: the release has no office yet."""

    def parts(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """Yields the name of each language with its fields, then an empty name with the shared fields."""
        for index in self.indexes:
            code = index.locale.language_code
            yield languages.name(code), [self[f"{name}_{code}"] for name in _text_fields(code)]
        yield "", [self[name] for name in ("contact", "office", "country")]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        written = [one for one in self.indexes if f"text_{one.locale.language_code}" in cleaned]
        for other in written[1:]:
            first, count = written[0], len(self._paragraphs(other))
            expected = len(self._paragraphs(first))
            if count != expected:
                text = ngettext(
                    "%(count)d paragraph here, %(other)d in %(language)s. An empty line separates paragraphs.",
                    "%(count)d paragraphs here, %(other)d in %(language)s. An empty line separates paragraphs.",
                    count,
                )
                text %= {"count": count, "other": expected, "language": languages.name(first.locale.language_code)}
                self.add_error(f"text_{other.locale.language_code}", text)
        return cleaned

    def texts(self) -> dict[NewsIndex, ReleaseText]:
        """Returns the texts of a valid form."""
        return {index: self._release_text(index) for index in self.indexes}

    def shared_fields(self) -> SharedFields:
        return SharedFields(*(self.cleaned_data[name] for name in ("key", "office", "contact", "country")))

    def _release_text(self, index: NewsIndex) -> ReleaseText:
        code = index.locale.language_code
        title, summary, place = (self.cleaned_data[f"{name}_{code}"] for name in ("title", "summary", "place"))
        paragraphs = [typography.correct_in(code, one) for one in self._paragraphs(index)]
        return ReleaseText(title, summary, paragraphs, place)

    def _paragraphs(self, index: NewsIndex) -> list[str]:
        parts = _PARAGRAPH_BREAK.split(self.cleaned_data[f"text_{index.locale.language_code}"])
        return [_LINE_BREAK.sub(" ", part.strip()) for part in parts if part.strip()]


def _text_fields(code: str) -> dict[str, forms.CharField]:
    """Returns the fields of a language, with the limits of an article."""
    limit = {name: NewsArticle._meta.get_field(name).max_length for name in ("title", "summary", "place")}
    text = gettext("An empty line separates paragraphs. Each language needs the same number of paragraphs.")
    return {
        "title": _LineField(code, label=_("Title"), max_length=limit["title"]),
        "summary": _LineField(
            code, label=_("Summary"), max_length=limit["summary"], widget=forms.Textarea(attrs={"rows": 3})
        ),
        "text": forms.CharField(label=_("Text"), widget=forms.Textarea(attrs={"rows": 10}), help_text=text),
        "place": _LineField(code, label=_("Place"), max_length=limit["place"], required=False),
    }
