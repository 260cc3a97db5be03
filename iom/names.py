"""Names of records that all languages share: a row for each language, so that a new language needs no column.

A record is `Named`; its `names` are child rows, of a model that inherits from `Name`. Queries join two of them to the
record: `local_name` in the interface's language, and `default_name` in the default language of the site.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.fields.related_descriptors import ForwardManyToOneDescriptor
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.forms import BaseChildFormSet
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import InlinePanel, Panel
from wagtail.search import index

from iom import languages
from iom.values import CheckedValues


def site_languages() -> list[tuple[str, str]]:
    """The codes of the site's languages with their names in the interface's language, in the order of the settings."""
    return [(code, capfirst(languages.name(code))) for code, _name in settings.LANGUAGES]


def interface_language() -> str:
    """The code of the interface's current language."""
    return get_language() or default_language()


def default_language() -> str:
    """The code of the site's default language."""
    return settings.LANGUAGE_CODE


def with_names(*relations: str) -> list[str]:
    """For `select_related`: the names of the records to which these relations lead."""
    return [f"{relation}__{name}" for relation in relations for name in ("local_name", "default_name")]


class Name(CheckedValues, models.Model):
    """The name of a record in one language. A row of a language that the site no longer has is shown nowhere."""

    needs_default = False  # whether every record has a name in the default language

    language = models.CharField(_("language"), max_length=16, choices=site_languages)
    name = models.CharField(_("name"), max_length=160)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class _JoinedName(ForwardManyToOneDescriptor):
    """The row that the query has joined; that of `names` where the record has changed, or the interface's language."""

    def __get__(self, record: Any, owner: Any = None) -> Any:
        if record is None:
            return self
        if record.joined_in == interface_language() and self.field.is_cached(record):
            return self.field.get_cached_value(record)
        return next((row for row in record.names.all() if row.language == self.field.language()), None)


class NameIn(models.ForeignObject):
    """A relation without a column: from a record to its name in the language that `language` returns, or to None.

    `to` is the model of the names, `relation` its field that leads to the record.
    """

    requires_unique_target = False
    generated = True  # no value of a form, and none that could be wrong
    wagtail_reference_index_ignore = True
    forward_related_accessor_class = _JoinedName

    def __init__(self, to: str, relation: str, language: Callable[[], str]) -> None:
        super().__init__(
            to,
            models.DO_NOTHING,
            from_fields=["id"],
            to_fields=[relation],
            null=True,
            editable=False,
            serialize=False,
            related_name="+",
        )
        self.language = language

    def contribute_to_class(self, cls: type[models.Model], name: str, *args: Any, **kwargs: Any) -> None:
        """Private: migrations know nothing of it."""
        super().contribute_to_class(cls, name, private_only=True)

    def get_extra_restriction(self, alias: str, related_alias: str) -> Any:
        language: Any = self.related_model._meta.get_field("language")
        return Exact(language.get_col(alias), self.language())


class NamedManager(models.Manager[Any]):
    """The records with their names in the same query, in the order of the names in the interface's language."""

    def get_queryset(self) -> models.QuerySet[Any]:
        records = super().get_queryset().select_related("local_name", "default_name")
        return records.order_by(Coalesce("local_name__name", "default_name__name"), "pk")


class Named(CheckedValues, index.Indexed, ClusterableModel):
    """A record that all languages share, found by its name in each."""

    names: Any  # the rows
    local_name: Any
    default_name: Any
    joined_in = ""  # the language in which a query has joined the names

    objects = NamedManager()

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
        """The rows are written after the record, so the search index is told once more."""
        super().save(*args, **kwargs)
        self.joined_in = ""
        index.insert_or_update_object(self)

    @property
    def shown_name(self) -> Any:
        """The row of the interface's language, else of the default language, else any; None where there is none."""
        return self.local_name or self.default_name or self.names.first()

    @property
    def all_names(self) -> str:
        """The names in all languages: `Eau · Water`."""
        return " · ".join(row.name for row in self.names.all())


class NamesFormSet(BaseChildFormSet):
    """A form for each language of the site. One that is left empty means that there is no name in the language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = {row.language for row in self.get_queryset()}
        self.initial_extra = [{"language": code} for code, _name in settings.LANGUAGES if code not in named]
        self.extra = len(self.initial_extra)

    def get_queryset(self) -> list[Name]:
        return [row for row in super().get_queryset() if row.language in dict(settings.LANGUAGES)]

    def _construct_form(self, i: int, **kwargs: Any) -> forms.ModelForm:
        """A name that has been added since the form was opened is changed, not added once more."""
        sent = self.data.get(f"{self.add_prefix(i)}-language")
        added = [row for row in self.get_queryset() if row.language == sent]
        return super()._construct_form(i, **kwargs | ({"instance": added[0]} if added else {}))

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        is_needed = self.model.needs_default and form["language"].value() == default_language()
        form.fields["name"].required = is_needed or not _is_empty(form)
        form.empty_permitted = not is_needed

    def _should_delete_form(self, form: forms.ModelForm) -> bool:
        return not form.fields["name"].required

    def clean(self) -> None:
        super().clean()
        if all(self._should_delete_form(form) for form in self.forms):
            raise ValidationError(_("Write a name in at least one language."))


def _is_empty(form: forms.ModelForm) -> bool:
    """Whether nothing has been written in a language; what cannot be changed does not count."""
    texts = [name for name in form._meta.fields or () if name != "language" and not form.fields[name].disabled]
    return not any(form[name].data for name in texts)


class NamesPanel(InlinePanel):
    """The names of a record: for each language of the site a row of fields, which needs no button."""

    def get_form_options(self) -> dict[str, Any]:
        options = super().get_form_options()
        rows = options["formsets"][self.relation_name]
        rows |= {"formset": NamesFormSet, "fields": [*rows["fields"], "language"]}
        rows["widgets"] = rows["widgets"] | {"language": forms.HiddenInput}
        if self.base_form_class:
            rows["form"] = self.base_form_class
        return options

    class BoundPanel(InlinePanel.BoundPanel):
        template_name = "wagtailadmin/panels/names_panel.html"
        telepath_adapter_name = Panel.BoundPanel.telepath_adapter_name
        js_opts, telepath_pack = Panel.BoundPanel.js_opts, Panel.BoundPanel.telepath_pack

        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            if self.form is None:
                return
            labels = dict(site_languages())
            for row in self.children:
                row.heading = labels.get(row.form["language"].value(), "")
            self.children.sort(key=lambda row: ["", *labels.values()].index(row.heading))
