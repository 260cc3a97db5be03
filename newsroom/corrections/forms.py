from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from iom import languages
from iom.characters import remove_control_characters
from iom.checks import typography
from iom.values import validate_year
from newsroom import dates


class CorrectionForm(forms.Form):
    """The date of a correction, and its text in the language of the original and in those of its translations."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)  # a form that is sent twice makes one correction
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)  # the latest revision when it was opened
    date = forms.DateField(label=_("Date"), widget=AdminDateInput, validators=[validate_year, dates.refuse_future])

    def __init__(self, *args: Any, original: str, others: list[str], has_changes: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["date"].initial = dates.day_of(timezone.now())
        self.codes = [original, *others]
        for code in self.codes:
            self.fields[f"text_{code}"] = self._text(code, code == original)
        self.fields[f"text_{original}"].widget.attrs["autofocus"] = True
        if has_changes:
            self.fields["with_changes"] = forms.BooleanField(
                label=_("Publish the saved changes of the article with the correction"), required=False, initial=True
            )

    @staticmethod
    def _text(code: str, is_original: bool) -> forms.CharField:
        empty = _("If it is empty, readers of this language are told that the original has been corrected.")
        return forms.CharField(
            label=_("What has been corrected, in %(language)s") % {"language": languages.name(code)},
            help_text="" if is_original else empty,
            required=is_original,
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    @property
    def texts(self) -> dict[str, str]:
        """The texts with the typography of their languages, since a correction is public at once."""
        typed = {code: remove_control_characters(self.cleaned_data[f"text_{code}"]) for code in self.codes}
        return {code: typography.correct_in(code, text) for code, text in typed.items()}
