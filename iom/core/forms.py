"""The forms with which the admin edits and copies pages."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import BadRequest, ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm
from wagtail.admin.widgets import SlugInput
from wagtail.models import Page

from iom import findings
from iom.core.block_errors import build_block_error
from iom.core.moments import MomentField, MomentInput
from iom.core.reserved_slugs import validate_not_reserved

MINOR = "minor"  # the value of the buttons “Publish: minor correction”
PUBLISH_AT = "at"  # the value of the button in the dialog “Publish at…”

UNREADABLE = _("The form could not be read. Nothing has been saved. Go back and send the form again.")

SCHEDULE_FIELDS = ("go_live_at", "expire_at")
SCHEDULE_ERROR = _("Correct the dates of the publishing schedule.")

# The browser makes slugs from titles by the rules of `iom.core.models.slug_of`.
_SLUG_RULES = [("[’']", " "), ("[œŒ]", "oe"), ("[æÆ]", "ae")]


def _check_slug(form: forms.BaseForm, name: str, parent: Page) -> None:
    """Adds an error to the field if the site itself needs the address."""
    if slug := form.cleaned_data.get(name):
        try:
            validate_not_reserved(slug, parent)
        except ValidationError as error:
            form.add_error(name, error)


def check_publication_time(form: forms.BaseForm, moment: datetime | None) -> None:
    """Adds an error to `go_live_at` if a publication cannot be scheduled for that time."""
    if moment is None:
        form.add_error("go_live_at", _("Enter the date and the hour of the publication."))
    elif moment <= timezone.now():
        form.add_error("go_live_at", _("This time has passed. Choose a later one."))


class PageForm(WagtailAdminPageForm):
    """The editing form of all pages."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False  # an empty one is made from the title
            self.fields["slug"].widget = SlugInput(
                formatters=_SLUG_RULES, locale=self.parent_page.locale if self.parent_page else None
            )
        for field in self.fields.values():
            if isinstance(field, forms.DateTimeField):
                # The browser's own calendar. Wagtail's calendar covers the button of the dialog and takes its clicks,
                # and replaces text that it cannot read by the current time.
                field.widget = MomentInput(field.widget.attrs)
        if "go_live_at" in self.fields:
            field = self.fields["go_live_at"]
            self.fields["go_live_at"] = MomentField(required=False, label=field.label, widget=field.widget)

        for name, description in getattr(self.instance, "described_pictures", {}).items():
            for part, field in zip(("alt", "caption"), description, strict=False):
                if field in self.fields:
                    self.fields[field].widget.attrs["data-picture-words"] = f"{name} {part}"

    def is_valid(self) -> bool:
        try:
            return super().is_valid()
        except OverflowError as error:  # a primary key that no database can have
            raise BadRequest(UNREADABLE) from error

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if not self.instance.path:  # a page in the tree checks its slug itself
            _check_slug(self, "slug", self.parent_page)
        if self.is_scheduling and "go_live_at" not in self.errors:
            check_publication_time(self, cleaned.get("go_live_at"))
        return cleaned

    def full_clean(self) -> None:
        """Adds errors of the text if it is published, scheduled or submitted. A draft may be unfinished."""
        super().full_clean()
        if self.is_bound and not self.is_deferred_validation:
            self.write_child_rows()
            self._add_findings()

    def write_child_rows(self) -> None:
        """Writes the rows of the form sets into the page, as `save` does, without comments."""
        for name, formset in self.formsets.items():
            if name != "comments" and formset.is_valid():
                formset.instance = self.instance
                formset.save(commit=False)

    def _add_findings(self) -> None:
        """Adds each finding to its field, unless the field has another error."""
        with_errors = set(self.errors)
        in_blocks: dict[str, list[tuple[tuple[str, ...], Any]]] = {}
        for finding in findings.errors_of(self.instance):
            name, *path = finding.where or ("",)
            if name in with_errors:
                continue
            if name in self.formsets:
                self.formsets[name].non_form_errors().append(finding.message)
            elif path:
                in_blocks.setdefault(name, []).append((tuple(path), finding.message))
            else:
                self.add_error(name if name in self.fields else None, finding.message)
            if name in SCHEDULE_FIELDS:
                self.add_error(None, SCHEDULE_ERROR)
        for name, messages in in_blocks.items():
            self.add_error(name, build_block_error(self.fields[name].block, getattr(self.instance, name), messages))

    @property
    def is_scheduling(self) -> bool:
        """Whether the user publishes or submits the page with a time in the dialog “Publish at…”."""
        return PUBLISH_AT in (self.data.get("action-publish"), self.data.get("action-submit"))

    @property
    def refusal(self) -> str:
        """Returns the message that the errors prevented an action. Empty for a draft, which saves with errors."""
        if self.is_scheduling:
            return gettext("Not scheduled: correct the errors first.")
        if "action-submit" in self.data or "action-restart-workflow" in self.data:
            return gettext("Not sent for review: correct the errors first.")
        approves = "action-workflow-action" in self.data and self.data.get("workflow-action-name") == "approve"
        if approves or "action-publish" in self.data:
            return gettext("Not published: correct the errors first.")
        return ""

    def _post_clean(self) -> None:  # Wagtail checks the schedule here, before `clean`
        super()._post_clean()
        if any(name in self.errors for name in SCHEDULE_FIELDS):
            # The dialog may be closed. Wagtail's message names all errors as soon as one belongs to no field.
            self.add_error(None, SCHEDULE_ERROR)

    def save(self, commit: bool = True) -> Page:
        if self.instance._state.adding:
            self.instance.live = False  # only a publication makes it live
        choice = self.data.get("minor-change") if self.is_scheduling else self.data.get("action-publish")
        self.instance.is_minor_change = self.instance.live and choice == MINOR
        if self.is_scheduling:
            self.instance.on_schedule_changed(self.instance.go_live_at)
        return super().save(commit=commit)


class PageCopyForm(CopyForm):
    """Wagtail's form without aliases, which visitors cannot read, and without publication: a copy is a draft."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("alias", None)
        self.fields.pop("publish_copies", None)
        self.fields["new_slug"].widget = SlugInput(formatters=_SLUG_RULES, locale=self.page.locale)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        _check_slug(self, "new_slug", cleaned.get("new_parent_page") or self.page.get_parent())
        return cleaned
