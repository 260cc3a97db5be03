"""What a language may have of its own in place of the original's: another picture, link, document or address."""

import json
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.db import models, transaction
from wagtail.admin.widgets import AdminPageChooser
from wagtail.blocks import EmailBlock, URLBlock
from wagtail.documents import get_document_model
from wagtail.documents.widgets import AdminDocumentChooser
from wagtail.images import get_image_model
from wagtail.images.widgets import AdminImageChooser
from wagtail.models import Page
from wagtail_localize.models import OverridableSegment, SegmentOverride

from iom import links
from iom.translation.content.places import Place, Places
from iom.translation.models import TranslationState

THUMBNAIL = "max-165x165"  # as Wagtail's chooser shows it


class OwnRecordField(forms.ModelChoiceField):
    """A record of the language's own. Its chooser is given the record, not its key."""

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, models.Model) else super().prepare_value(value)


class OwnLinkField(forms.CharField):
    """An address that a link leads to."""

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if value:
            links.check(value)
        return value


class OwnValuesForm(forms.Form):
    """A field for each value that may be overridden; one left empty keeps the original's."""

    def __init__(self, state: TranslationState, data: Any = None) -> None:
        super().__init__(data)
        self.state = state
        self.segments: dict[str, Any] = {}
        places = Places(state.page.specific_class)
        rows = list(
            OverridableSegment.objects.filter(source=state.translation.source_id)
            .select_related("context")
            .order_by("order")
        )
        self.overrides = {
            row.context_id: row
            for row in SegmentOverride.objects.filter(
                locale=state.locale_id, context__in={row.context_id for row in rows}
            )
        }
        offered: list[tuple[Any, Place, type[models.Model] | None]] = []
        for row in rows:
            place = places.at(row.context.field_path)
            if model := _model_of(place):
                offered.append((row, place, model))
            elif place.is_rich or isinstance(place.field, URLBlock | EmailBlock | models.CharField):
                offered.append((row, place, None))
        records = self._records(offered)
        for row, place, model in sorted(offered, key=lambda entry: places.position(entry[0].context.field_path)):
            self._offer(row, place, model, records)

    def _records(self, offered: list[Any]) -> dict[tuple[type[models.Model], int], models.Model]:
        """What original and translation refer to, a query for each model."""
        keys: dict[type[models.Model], set[int]] = {}
        for row, _place, model in offered:
            if model is not None:
                override = self.overrides.get(row.context_id)
                keys.setdefault(model, set()).update(int(it.data) for it in (row, override) if it and it.data)
        found = {}
        for model, pks in keys.items():
            queryset: Any = model._default_manager.filter(pk__in=pks)
            if model is get_image_model():
                queryset = queryset.prefetch_renditions(THUMBNAIL)
            found.update({(model, record.pk): record for record in queryset})
        return found

    def _offer(self, row: Any, place: Place, model: Any, records: dict[Any, Any]) -> None:
        name = f"own-{row.pk}"
        override = self.overrides.get(row.context_id)
        label = f"{place.group} · {place.label}" if place.group and place.group != place.label else place.label
        theirs: Any = row.data
        field: forms.Field
        if model is not None:
            theirs = records.get((model, row.data))
            widget: Any = _chooser(model)
            field = OwnRecordField(queryset=model._default_manager.all(), widget=widget, required=False)
            initial = records.get((model, int(override.data))) if override and override.data else None
        else:
            field = text_field(place)
            initial = override.data if override else ""
        field.label, field.initial = label, initial
        field.widget.attrs["form"] = "segments"
        self.fields[name] = field
        self.segments[name] = row
        row.shown, row.picture = theirs, theirs if model is get_image_model() else None
        row.override = override

    @property
    def entries(self) -> list[tuple[Any, Any]]:
        """Each bound field with the original's value."""
        return [(self[name], row) for name, row in self.segments.items()]

    @property
    def has_values(self) -> bool:
        """Whether the language has anything of its own."""
        return bool(self.overrides)

    @property
    def pictures(self) -> dict[str, Any]:
        """The original's pictures, by the path of the field or block that shows them."""
        return {row.context.path: row.picture for row in self.segments.values() if row.picture}

    @transaction.atomic
    def save(self, user: Any) -> bool:
        """Writes what differs from what is stored; whether anything did."""
        has_changed = False
        for name in self.changed_data:
            row, value = self.segments[name], self.cleaned_data[name]
            chosen = SegmentOverride.objects.filter(locale=self.state.locale_id, context=row.context_id)
            if not value:
                has_changed |= bool(chosen.delete()[0])
                continue
            data = json.dumps(value.pk if isinstance(value, models.Model) else value)
            SegmentOverride.objects.update_or_create(
                locale_id=self.state.locale_id,
                context_id=row.context_id,
                defaults={
                    "data_json": data,
                    "last_translated_by": user,
                    "has_error": False,
                    "field_error": "",
                },
            )
            has_changed = True
        return has_changed


def _model_of(place: Place) -> type[models.Model] | None:
    related = place.related_model
    return related if related is not None and _chooser(related) else None


def _chooser(model: type[models.Model]) -> Any:
    """Wagtail's chooser for pictures, documents and pages; other records stay the original's."""
    if model is get_image_model():
        return AdminImageChooser()
    if model is get_document_model():
        return AdminDocumentChooser()
    if issubclass(model, Page):
        return AdminPageChooser(target_models=[model])
    return None


def text_field(place: Place) -> forms.Field:
    """What checks an address or another short text that a language has of its own."""
    if isinstance(place.field, EmailBlock | models.EmailField):
        return forms.EmailField(required=False)
    if isinstance(place.field, URLBlock | models.URLField):
        return forms.URLField(required=False, assume_scheme="https", validators=[URLValidator(schemes=links.WEB)])
    if place.is_rich:
        return OwnLinkField(required=False)
    return forms.CharField(required=False, max_length=place.max_length)
