from typing import Any

from django import forms
from wagtail.documents.forms import BaseDocumentForm

from iom import languages


class DocumentForm(BaseDocumentForm):
    """Wagtail's form, with the language chosen by its name in the editor's language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "language" in self.fields:
            self.fields["language"] = forms.ChoiceField(
                label=self.fields["language"].label,
                help_text=self.fields["language"].help_text,
                choices=languages.choices(),
                initial="fr",
            )
