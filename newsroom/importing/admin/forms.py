from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from iom import languages
from newsroom.importing import readers
from newsroom.importing.readers import Refused, plain_text
from newsroom.importing.structure import parse_press_release
from newsroom.models import NewsIndex
from newsroom.release import PressRelease

MAX_TEXT_LENGTH = 200_000  # characters of a pasted text: about a hundred pages


class ImportForm(forms.Form):
    """A file or a pasted text. A valid form has the parsed `release` and `index`, the newsroom of its language."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_(
            "Word document (.docx), maximum 20 MB. Saved web page (.html) or plain text (.txt), maximum 5 MB."
        ),
        widget=forms.FileInput(attrs={"accept": ",".join(readers.READERS)}),
        error_messages={"empty": _("The file is empty.")},
    )
    text = forms.CharField(
        label=_("Or paste the text"),
        required=False,
        strip=False,
        help_text=_("From the headline to the contacts. Links and pictures are only imported from a file."),
        widget=forms.Textarea(attrs={"rows": 12}),  # without `max_length`, so that no browser truncates the text
        validators=[MaxLengthValidator(MAX_TEXT_LENGTH, _("The text is too long. Maximum 200,000 characters."))],
    )
    language = forms.ChoiceField(label=_("Language of the text"), initial="auto")

    release: PressRelease
    index: NewsIndex

    def __init__(self, *args: Any, indexes: dict[str, NewsIndex], dropped: str = "", **kwargs: Any) -> None:
        """`indexes` are the newsrooms in which the user may add articles, by language.

        `dropped` is the name of a file that the upload handler dropped because it was too large.
        """
        super().__init__(*args, **kwargs)
        self._indexes = indexes
        self._dropped = dropped
        named = [(code, languages.name(code)) for code in indexes]
        choices = [("auto", gettext("Detect automatically")), *named]
        self.fields["language"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self._dropped:
            self.add_error("file", gettext("The file is too large. Maximum 20 MB."))
        if self.errors:
            return cleaned
        file, text = cleaned.get("file"), cleaned.get("text", "")
        if file and text.strip():
            raise ValidationError(gettext("Choose a file or paste the text, not both. The file was not read."))
        if not file and not text.strip():
            raise ValidationError(gettext("Choose a file or paste the text."))
        try:
            document = readers.read(file.name or "", file.read()) if file else plain_text.read_text(text)
        except Refused as refused:
            self.add_error("file", str(refused))
            return cleaned
        self.release = parse_press_release(document, cleaned["language"])
        if not self.release.blocks and not self.release.title:
            self.add_error("file" if file else "text", gettext("No text was found."))
        else:
            self._find_index()
        return cleaned

    def _find_index(self) -> None:
        index = self._indexes.get(self.release.locale)
        if not self.release.locale:
            self.add_error("language", gettext("The language of the text could not be detected. Choose the language."))
        elif index is None:
            language = languages.name(self.release.locale)
            text = gettext(
                "The text seems to be in this language: %(language)s. You cannot add articles in this language."
            )
            self.add_error("language", text % {"language": language})
        else:
            self.index = index
