from typing import Any

from babel.numbers import format_decimal
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms.account import AvatarPreferencesForm
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from iom import languages
from iom.media.metadata import strip_metadata
from iom.media.signatures import MAX_SIZE, matches_extension

MAX_SIDE = 16_000  # pixels; a WebP file has at most 16,383


class DocumentForm(BaseDocumentForm):
    """The form of a document, with a choice of languages.

    The view for several files sends no language. They get the default, which can then be changed for each file.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "language" in self.fields:
            field = self.fields["language"]
            self.fields["language"] = forms.ChoiceField(
                label=field.label,
                help_text=field.help_text,
                choices=languages.choices(),
                initial=field.initial,
                required=False,
            )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if "file" in self.changed_data and file:
            if file.size > MAX_SIZE:
                megabytes = MAX_SIZE // 1024**2
                raise ValidationError(_("The document is larger than %(size)d MB.") % {"size": megabytes})
            extension = file.name.rpartition(".")[2].lower()
            if extension in settings.WAGTAILDOCS_EXTENSIONS and not matches_extension(file, extension):
                raise ValidationError(_("The content of this file is not what its name says."))
        return file

    def clean_language(self) -> str:
        return self.cleaned_data["language"] or self.fields["language"].initial


class PictureField(WagtailImageField):
    """Refuses damaged pictures, with which Wagtail's field fails, and pictures that are too large for WebP."""

    def to_python(self, data: Any) -> Any:
        if data:
            data.seek(0)  # Wagtail builds the forms of the account twice if one is invalid
        try:
            file = super().to_python(data)
            if file is not None:
                if max(file.image.get_size()) > MAX_SIDE:
                    most = format_decimal(MAX_SIDE, locale=languages.interface_locale())
                    text = _("A side of this picture has more than %(most)s pixels. Make the picture smaller.")
                    raise ValidationError(text % {"most": most}, code="file_too_long")
                strip_metadata(file)  # as saving the picture does
        except ValidationError:
            raise
        except Exception as error:  # Pillow raises many types of errors
            raise ValidationError(self.error_messages["invalid_image"], code="invalid_image") from error
        return file


class PictureForm(BaseImageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            field = self.fields["file"]
            self.fields["file"] = PictureField(label=field.label, required=field.required, widget=field.widget)


class AvatarForm(AvatarPreferencesForm):
    """Refuses damaged pictures, strips metadata, and can remove the picture. Wagtail's form does none of these."""

    avatar = PictureField(label=AvatarPreferencesForm.base_fields["avatar"].label, required=False)

    def clean_avatar(self) -> Any:
        chosen = self.cleaned_data["avatar"]
        if "avatar" not in self.changed_data:
            return self._original_avatar
        if chosen is False:  # "Reset to default"
            return False
        clean = strip_metadata(chosen)
        if clean is not None:
            clean.name = chosen.name
            self.cleaned_data["avatar"] = clean
        try:
            return super().clean_avatar()
        except ValueError as error:  # too narrow to be scaled
            raise ValidationError(self.fields["avatar"].error_messages["invalid_image"]) from error
