"""The form for the last part of a translation's address."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from iom.core.models import slug_of
from iom.translation.content import overrides
from iom.translation.models import TranslationState


class AddressForm(forms.Form):
    """Empty until the first publication means: made from the title."""

    slug = forms.CharField(
        label=_("Address"),
        required=False,
        max_length=255,
        widget=forms.TextInput(attrs={"form": "segments", "autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, state: TranslationState, data: Any = None) -> None:
        self.state = state
        self.page: Any = state.page.specific_deferred
        self.was_published = self.page.first_published_at is not None
        self.stored = overrides.chosen_slug(state) or (self.page.slug if self.was_published else "")
        super().__init__(data, initial={"slug": self.stored})

    @property
    def above(self) -> str:
        """The address of the section that the page stands in."""
        return str(self.page.url_path.removesuffix(f"{self.page.slug}/"))

    @property
    def is_pending(self) -> bool:
        """Whether readers will find the page elsewhere once the translation is published."""
        return self.was_published and self.stored != self.page.slug

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"].strip("/ ")
        if not slug:
            return self.page.slug if self.was_published else ""
        if slug != slug_of(slug):
            raise forms.ValidationError(gettext("Use small letters from a to z, digits and hyphens."))
        if not self.page._slug_is_available(slug, self.page.get_parent(), self.page):
            raise forms.ValidationError(gettext("Another page has this address already."))
        if not self.was_published and slug == self._slug_of_the_original():
            raise forms.ValidationError(gettext("The original has this address. Leave it empty, or write another."))
        return slug

    def _slug_of_the_original(self) -> str | None:
        """What a first publication would take for a slug that nobody has chosen (iom.core.models)."""
        return Page.objects.filter(pk=self.state.original_id).values_list("slug", flat=True).first()

    def save(self, user: Any) -> bool:
        """Keeps the address for the next publication; whether it is another one."""
        slug = self.cleaned_data["slug"]
        if slug == self.stored:
            return False
        overrides.choose_slug(self.state, "" if self.was_published and slug == self.page.slug else slug, user)
        return True
