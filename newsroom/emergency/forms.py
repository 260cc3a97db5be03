import re
import uuid
from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from iom import languages
from iom.contacts.forms import OfficeFieldMixin
from iom.contacts.models import Office, PressContact, press_contacts
from newsroom.emergency.release import Facts, Words
from newsroom.models import ArticleCountry, NewsArticle, NewsIndex

_BREAK = re.compile(r"(?:\r?\n[ \t]*){2,}")
_LINE = re.compile(r"\s*\r?\n\s*")


class EmergencyForm(OfficeFieldMixin, forms.Form):
    """The texts of a release in each language (`title_fr`, `text_fr` …), and what they share."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    contact = forms.ModelChoiceField(PressContact.objects.none(), label=_("Media contact"))
    office = forms.ModelChoiceField(Office.objects.all(), label=_("Issuing office"), required=False)
    country = ArticleCountry._meta.get_field("country").formfield(required=False)

    def __init__(self, *args: Any, user: Any, indexes: list[NewsIndex], **kwargs: Any) -> None:
        """`indexes`: the newsrooms of the languages, that of the original first."""
        self.for_user = user
        super().__init__(*args, **kwargs)
        self.indexes = indexes
        self.fields["key"].initial = uuid.uuid4
        self.fields["contact"].queryset = press_contacts()  # of today
        for index in indexes:
            code = index.locale.language_code
            for name, field in _fields().items():
                field.widget.attrs |= {"lang": code}
                self.fields[f"{name}_{code}"] = field

    def known_office(self) -> None:
        """The release is a new one."""

    def parts(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """The fields of each language, with its name; then those that all of them share, with none."""
        for index in self.indexes:
            code = index.locale.language_code
            yield languages.name(code), [self[f"{name}_{code}"] for name in _fields()]
        yield "", [self[name] for name in ("contact", "office", "country")]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        first, *others = self.indexes
        wanted = len(self._words(first).paragraphs)
        for other in others:
            there = len(self._words(other).paragraphs)
            if there != wanted:
                text = ngettext(
                    "%(count)d paragraph here, %(other)d in %(language)s. An empty line separates paragraphs.",
                    "%(count)d paragraphs here, %(other)d in %(language)s. An empty line separates paragraphs.",
                    there,
                )
                text %= {"count": there, "other": wanted, "language": languages.name(first.locale.language_code)}
                self.add_error(f"text_{other.locale.language_code}", text)
        return cleaned

    def texts(self) -> dict[NewsIndex, Words]:
        """What has been written, once it is valid."""
        return {index: self._words(index) for index in self.indexes}

    def facts(self) -> Facts:
        return Facts(*(self.cleaned_data[name] for name in ("key", "office", "contact", "country")))

    def _words(self, index: NewsIndex) -> Words:
        code = index.locale.language_code
        title, summary, text, place = (self.cleaned_data[f"{name}_{code}"] for name in _fields())
        paragraphs = [_LINE.sub(" ", one.strip()) for one in _BREAK.split(text) if one.strip()]
        return Words(_LINE.sub(" ", title), _LINE.sub(" ", summary), paragraphs, place)


def _fields() -> dict[str, forms.CharField]:
    """The fields of a language, with the limits of an article."""
    limit = {name: NewsArticle._meta.get_field(name).max_length for name in ("title", "summary", "place")}
    text = gettext("An empty line separates paragraphs. Each language needs the same number of paragraphs.")
    return {
        "title": forms.CharField(label=_("Title"), max_length=limit["title"]),
        "summary": forms.CharField(
            label=_("Summary"), max_length=limit["summary"], widget=forms.Textarea(attrs={"rows": 3})
        ),
        "text": forms.CharField(label=_("Text"), widget=forms.Textarea(attrs={"rows": 10}), help_text=text),
        "place": forms.CharField(label=_("Place"), max_length=limit["place"], required=False),
    }
