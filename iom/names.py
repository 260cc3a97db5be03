"""Names, in each language, of records that all languages share. They are rows, so a new language needs no column."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.fields.related_descriptors import ForwardManyToOneDescriptor
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import InlinePanel, Panel
from wagtail.search import index

from iom.screens import SharedRecordForm
from iom.values import CheckedValues


def interface_language() -> str:
    """Returns the code of the interface's current language."""
    return get_language() or settings.LANGUAGE_CODE


def with_names(*relations: str) -> list[str]:
    """Returns the arguments of `select_related` for the names of the records of these relations."""
    return [f"{relation}__{name}" for relation in relations for name in ("local_name", "default_name")]


class Name(CheckedValues, models.Model):
    """The name of a record in one language. It is not shown once the site no longer has the language."""

    language = models.CharField(_("language"), max_length=16)
    name = models.CharField(_("name"), max_length=160, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class _JoinedName(ForwardManyToOneDescriptor):
    """Returns the row that the query has joined; that of `names` if the record or the language has changed since."""

    def __get__(self, record: Any, owner: Any = None) -> Any:
        if record is None:
            return self
        if record.joined_in == interface_language() and self.field.is_cached(record):
            return self.field.get_cached_value(record)
        return next((row for row in record.names.all() if row.name and row.language == self.field.in_language()), None)


class NameIn(models.ForeignObject):
    """A relation without a column, from a record to its name in a language, by default the interface's, or to None.

    `to` is the model of the names, `relation` its foreign key to the record.
    """

    requires_unique_target = False
    generated = True  # so that Django neither shows nor validates it in forms
    wagtail_reference_index_ignore = True
    forward_related_accessor_class = _JoinedName

    def __init__(self, to: str, relation: str, language: str = "") -> None:
        super().__init__(
            to, models.DO_NOTHING, ["id"], [relation], related_name="+", null=True, editable=False, serialize=False
        )
        self.language = language

    def in_language(self) -> str:
        return self.language or interface_language()

    def contribute_to_class(self, cls: type[models.Model], name: str, *args: Any, **kwargs: Any) -> None:
        super().contribute_to_class(cls, name, private_only=True)  # keeps it out of migrations

    def get_extra_restriction(self, alias: str, related_alias: str) -> Any:
        language: Any = self.related_model._meta.get_field("language")
        return Exact(language.get_col(alias), self.in_language())


class NamedManager(models.Manager[Any]):
    """Selects the records with their names in one query, sorted by name in the interface's language."""

    def get_queryset(self) -> models.QuerySet[Any]:
        records = super().get_queryset().select_related("local_name", "default_name")
        return records.order_by(Coalesce("local_name__name", "default_name__name"), "pk")


class NamedForm(SharedRecordForm):
    """The form of a record, with a row for each language of the site. Rows without a name are not saved."""

    nothing_named = _("Enter a name in at least one language.")

    def __init__(self, *args: Any, instance: Any = None, **kwargs: Any) -> None:
        record = instance or self._meta.model()
        rows = {code: record.names.model(language=code) for code, _name in settings.LANGUAGES}
        record.names = (rows | {row.language: row for row in record.names.all()}).values()
        super().__init__(*args, instance=record, **kwargs)
        for row in self.formsets["names"]:
            is_default = row["language"].value() == settings.LANGUAGE_CODE
            row.fields["name"].required = is_default and record.needs_default_name

    def clean(self) -> dict[str, Any]:
        if not any(row["name"].value() for row in self.formsets["names"]):
            raise ValidationError(self.nothing_named)
        return super().clean()


class Named(CheckedValues, index.Indexed, ClusterableModel):
    """A record that all languages share. Its `names` are child rows of a model that inherits from `Name`."""

    needs_default_name = False  # whether it has a name in the default language at least
    joined_in = ""  # the language in which a query has joined the names
    names: Any
    local_name: Any
    default_name: Any

    objects = NamedManager()
    base_form_class = NamedForm

    search_fields = [index.SearchField("all_names"), index.AutocompleteField("all_names")]

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.shown_name or "")

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Any:
        record = super().from_db(*args, **kwargs)
        record.joined_in = interface_language()
        return record

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Saves a row for each language that has a name. The rows are written last, so the record is indexed again."""
        self.names = {row.language: row for row in self.names.all() if row.name}.values()
        self.joined_in = ""
        super().save(*args, **kwargs)
        index.insert_or_update_object(self)

    @property
    def shown_name(self) -> Any:
        """The row of the interface's language, else of the default language, else any with a name, or None."""
        return self.local_name or self.default_name or next((row for row in self.ordered_names if row.name), None)

    @property
    def ordered_names(self) -> list[Any]:
        """The rows in the order of LANGUAGES."""
        order = [code for code, _name in settings.LANGUAGES]
        return sorted(self.names.all(), key=lambda row: [row.language != code for code in order])

    @property
    def all_names(self) -> str:
        """The names in all languages: `Eau · Water`."""
        return " · ".join(row.name for row in self.ordered_names)


class NamesPanel(InlinePanel):
    """The panel with the rows of a `NamedForm`, each below the name of its language."""

    def get_form_options(self) -> dict[str, Any]:
        options = super().get_form_options()
        rows = options["formsets"][self.relation_name]
        rows["fields"] = [*rows["fields"], "language"]
        rows["widgets"] = rows["widgets"] | {"language": forms.HiddenInput}
        rows["form"] = self.base_form_class or WagtailAdminModelForm
        return options

    class BoundPanel(InlinePanel.BoundPanel):
        template_name = "wagtailadmin/panels/names_panel.html"
        telepath_adapter_name = Panel.BoundPanel.telepath_adapter_name
        js_opts, telepath_pack = Panel.BoundPanel.js_opts, Panel.BoundPanel.telepath_pack
