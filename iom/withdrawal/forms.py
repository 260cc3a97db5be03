from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from iom import languages
from iom.withdrawal.models import Kind


class _KindForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What readers are told"), choices=Kind, widget=forms.RadioSelect, initial=Kind.PUBLIC
    )

    @property
    def is_for_protection(self) -> bool:
        return self.cleaned_data.get("kind") == Kind.PROTECTION


def _text(label: Any, help_text: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=1000, widget=widget)


class WithdrawForm(_KindForm):
    """Requires a reason in each language in which the text is public, unless it is withdrawn for protection."""

    def __init__(self, *args: Any, codes: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = codes
        for code in codes:
            label = _("Reason, in %(language)s") % {"language": languages.name(code)}
            self.fields[f"reason_{code}"] = _text(label, _("Readers see it instead of the text."))
        self.fields["note"] = _text(
            _("Reason for the record"), _("Only if the text is withdrawn for protection. Editors alone read it.")
        )
        self.fields[f"reason_{codes[0]}"].widget.attrs["autofocus"] = True

    @property
    def reasons(self) -> dict[str, str]:
        return {code: self.cleaned_data[f"reason_{code}"] for code in self.codes}

    def clean(self) -> dict[str, Any]:
        for code in self.codes if not self.is_for_protection else []:
            if not self.cleaned_data.get(f"reason_{code}"):
                self.add_error(f"reason_{code}", _("Enter the reason."))
        return self.cleaned_data


class RequestForm(_KindForm):
    """An officer's request to editors to withdraw a text."""

    reason = _text(_("Reason for the withdrawal"), _("Editors read it, and enter what readers are told."))

    def clean(self) -> dict[str, Any]:
        if not self.is_for_protection and not self.cleaned_data.get("reason"):
            self.add_error("reason", _("Enter the reason."))
        return self.cleaned_data
