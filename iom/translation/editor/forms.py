"""The editor's forms beside the segments: slug, keywords, overrides of the original's pictures, files and links."""

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms
from django.core.validators import URLValidator
from django.db import models, transaction
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminPageChooser
from wagtail.blocks import EmailBlock, URLBlock
from wagtail.documents import get_document_model
from wagtail.documents.widgets import AdminDocumentChooser
from wagtail.images import get_image_model
from wagtail.images.widgets import AdminImageChooser
from wagtail.models import Page
from wagtail_localize.models import OverridableSegment, SegmentOverride

from iom import links
from iom.core.keywords import MAX_KEYWORDS_LENGTH, keywords_field
from iom.core.models import slug_of
from iom.media import drafts
from iom.translation.content import markup, overrides
from iom.translation.content.places import Place, Places
from iom.translation.models import TranslationState

THUMBNAIL = "max-165x165"  # the rendition of Wagtail's chooser


class OverrideRecordField(forms.ModelChoiceField):
    """A record that overrides the original's. Wagtail's chooser fails on a value that is no record and no key."""

    def prepare_value(self, value: Any) -> Any:
        is_usable = isinstance(value, models.Model) or re.fullmatch(r"[0-9]{1,18}", str(value))
        return value if is_usable else None

    def has_changed(self, initial: Any, data: Any) -> bool:
        return _comparable(initial) != _comparable(data)


class OverrideLinkField(forms.CharField):
    """The target of a link."""

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if value:
            links.check(value)
        return value


class SharedForm(forms.Form):
    """A form that several users may edit at once: `shown-<name>` is a fingerprint of the field's value when opened."""

    data: Any
    fields: Any

    def merge_stored_values(self, stored: Mapping[str, Any]) -> None:
        """Gives a field that the user has not changed the stored value. `contested` gets the stored values of fields
        that two users have changed."""
        self.contested: dict[str, Any] = {}
        self.data = self.data.copy()
        for name, value in stored.items():
            text, shown = _comparable(value), self.data.get(f"shown-{name}")
            self.fields[name].shown = markup.text_fingerprint(text)
            if shown is None:
                continue
            sent = _comparable(self.data.get(name))
            if shown == markup.text_fingerprint(sent):
                self.data[name] = _key(value)
            elif sent != text and shown != markup.text_fingerprint(text):
                self.contested[name] = value

    def clean(self) -> dict[str, Any] | None:
        for name, value in self.contested.items():
            message = gettext("Another person has deleted this in the meantime. Save again to use your entry.")
            if value:
                message = gettext(
                    "Another person has changed this in the meantime: “%(text)s”. Save again to replace it."
                )
            self.add_error(name, forms.ValidationError(message, params={"text": value}))
        return super().clean()


def _key(value: Any) -> Any:
    """Returns what a form field sends: a record's key, or a text."""
    return value.pk if isinstance(value, models.Model) else value or ""


def _comparable(value: Any) -> str:
    """Returns a value as text with uniform line breaks, for comparison."""
    return "\n".join(str(_key(value)).strip().splitlines())


class ShownPicture(NamedTuple):
    """A picture of the translation; `is_own`: chosen for this language, in place of the original's."""

    picture: Any
    is_own: bool


class OverridesForm(SharedForm):
    """A field for each value that may be overridden. An empty field keeps the original's value."""

    def __init__(self, state: TranslationState, data: Any = None) -> None:
        super().__init__(data)
        self.state = state
        self.segments: dict[str, Any] = {}
        places = Places(state.page.specific_class)
        rows = OverridableSegment.objects.filter(source=state.translation.source_id).select_related("context")
        chosen = overrides.get_overrides(state)
        self.has_values = False  # whether any value is overridden
        offered: list[Any] = []
        for row in rows.order_by("order"):
            row.override, row.place = chosen.get(row.context.path), places.at(row.context.field_path)
            row.chooser = _chooser(row.place.related_model)
            self.has_values |= row.override is not None
            is_text = row.place.is_rich or isinstance(row.place.field, URLBlock | EmailBlock | models.CharField)
            if row.chooser or is_text:
                offered.append(row)
        records = self._records(offered)
        for row in sorted(offered, key=lambda row: places.position(row.context.field_path)):
            self._add_field(row, records)
        self.merge_stored_values({name: field.initial for name, field in self.fields.items()})

    def _records(self, offered: list[Any]) -> dict[tuple[type[models.Model], int], models.Model]:
        """Reads the records to which original and translation refer, with one query per model."""
        keys: dict[type[models.Model], set[int]] = defaultdict(set)
        for row in offered:
            if row.chooser:
                keys[row.place.related_model] |= {int(it.data) for it in (row, row.override) if it and it.data}
        found = {}
        for model, pks in keys.items():
            queryset: Any = model._default_manager.filter(pk__in=pks)
            if model is get_image_model():
                queryset = queryset.prefetch_renditions(THUMBNAIL)
            found.update({(model, record.pk): record for record in queryset})
        return found

    def _add_field(self, row: Any, records: dict[Any, Any]) -> None:
        name, override, place, model = f"own-{row.pk}", row.override, row.place, row.place.related_model
        label = f"{place.group} · {place.label}" if place.group and place.group != place.label else place.label
        theirs: Any = row.data
        field: forms.Field
        if row.chooser:
            theirs = records.get((model, row.data))
            field = OverrideRecordField(queryset=model._default_manager.all(), widget=row.chooser, required=False)
            initial = records.get((model, int(override.data))) if override and override.data else None
        else:
            field = _text_field(place)
            initial = override.data if override else ""
        field.label, field.initial = label, initial
        field.widget.attrs["form"] = "segments"
        self.fields[name] = field
        self.segments[name] = row
        row.shown, row.picture = theirs, theirs if model is get_image_model() else None

    @property
    def entries(self) -> list[tuple[Any, Any]]:
        """Each bound field, with the segment that has the original's value."""
        return [(self[name], row) for name, row in self.segments.items()]

    @property
    def pictures(self) -> dict[str, ShownPicture]:
        """The pictures that readers will see, by the path of the field or block that shows them."""
        shown = {row.context.path: (self.fields[name].initial, row) for name, row in self.segments.items()}
        return {path: ShownPicture(own or row.picture, bool(own)) for path, (own, row) in shown.items() if row.picture}

    @transaction.atomic
    def save(self, user: Any) -> bool:
        """Saves changed overrides, and returns whether there were any."""
        has_changed = False
        for name in self.changed_data:
            row, value = self.segments[name], self.cleaned_data[name]
            chosen = SegmentOverride.objects.filter(locale=self.state.locale_id, context=row.context_id)
            if not value:
                has_changed |= bool(chosen.delete()[0])
                continue
            overrides.save_override(self.state, row.context_id, _key(value), user)
            has_changed = True
        if has_changed:
            drafts.refresh(self.state.page.specific)
        return has_changed


def _chooser(model: type[models.Model] | None) -> Any:
    """Returns Wagtail's chooser for pictures, documents and pages. Other records cannot be overridden."""
    if model is get_image_model():
        return AdminImageChooser()
    if model is get_document_model():
        return AdminDocumentChooser()
    if model and issubclass(model, Page):
        return AdminPageChooser(target_models=[model])
    return None


def _text_field(place: Place) -> forms.Field:
    """Returns the form field for a URL or another short text."""
    if isinstance(place.field, EmailBlock | models.EmailField):
        return forms.EmailField(required=False)
    if isinstance(place.field, URLBlock | models.URLField):
        return forms.URLField(required=False, assume_scheme="https", validators=[URLValidator(schemes=links.WEB)])
    if place.is_rich:
        return OverrideLinkField(required=False)
    return forms.CharField(required=False, max_length=place.max_length)


class AddressForm(SharedForm):
    """The slug of the translation. If it is empty at the first publication, it is made from the title."""

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
        self.stored = overrides.get_text_override(state, overrides.SLUG) or (
            self.page.slug if self.was_published else ""
        )
        super().__init__(data, initial={"slug": self.stored})
        self.merge_stored_values(self.initial)

    @property
    def above(self) -> str:
        """The URL path of the parent page."""
        return str(self.page.url_path.removesuffix(f"{self.page.slug}/"))

    @property
    def is_pending(self) -> bool:
        """Whether the page's URL changes with the next publication."""
        return self.was_published and self.stored != self.page.slug

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"].strip("/ ")
        if not slug:
            return self.page.slug if self.was_published else ""
        if slug != slug_of(slug):
            raise forms.ValidationError(gettext("Use only lower-case letters from a to z, digits and hyphens."))
        if not self.page._slug_is_available(slug, self.page.get_parent(), self.page):
            raise forms.ValidationError(gettext("Another page already has this address. Choose a different one."))
        # A first publication takes the slug of the original for one that nobody has chosen (`iom.core.models`)
        if not self.was_published and Page.objects.filter(pk=self.state.original_id, slug=slug).exists():
            raise forms.ValidationError(
                gettext("This is the address of the original. Enter a different one, or leave the field empty.")
            )
        return slug

    def save(self, user: Any) -> bool:
        """Stores the slug for the next publication, and returns whether it has changed."""
        slug = self.cleaned_data["slug"]
        if slug == self.stored:
            return False
        slug = "" if self.was_published and slug == self.page.slug else slug
        overrides.set_text_override(self.state, overrides.SLUG, slug, user)
        return True


class KeywordsForm(SharedForm):
    """The search keywords of this language, which replace those of the original."""

    keywords = forms.CharField(
        required=False,
        max_length=MAX_KEYWORDS_LENGTH,
        widget=forms.Textarea(attrs={"form": "segments", "rows": 3}),
    )

    def __init__(self, state: TranslationState, data: Any = None) -> None:
        self.state = state
        self.stored = overrides.get_text_override(state, overrides.KEYWORDS)
        super().__init__(data, initial={"keywords": self.stored})
        self.merge_stored_values(self.initial)
        described = keywords_field()
        self.fields["keywords"].label = capfirst(described.verbose_name)
        self.fields["keywords"].help_text = described.help_text

    def save(self, user: Any) -> bool:
        """Stores the keywords for the next publication, and returns whether they have changed."""
        keywords = self.cleaned_data["keywords"]
        if keywords == self.stored:
            return False
        overrides.set_text_override(self.state, overrides.KEYWORDS, keywords, user)
        return True


# By the name of a field that the screen sends with the form
OVERRIDE_FORMS: dict[str, Any] = {"slug": AddressForm, "keywords": KeywordsForm, "own": OverridesForm}
