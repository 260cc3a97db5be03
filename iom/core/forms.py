from typing import Any

from django.core.exceptions import BadRequest, ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm
from wagtail.admin.widgets import SlugInput

from iom.core.reserved import refuse_reserved
from iom.core.schedule import ScheduleForm

MINOR = "minor"  # the value of a button « Publish: minor correction »

UNREADABLE = _("What was sent cannot be read. Nothing has been saved: go back, and send the form again.")

# The browser makes a slug of a title by the rules of `iom.core.models.slug_of`.
_SLUG_RULES = [("[’']", " "), ("[œŒ]", "oe"), ("[æÆ]", "ae")]


class PageForm(ScheduleForm, WagtailAdminPageForm):
    """What the editing forms of all pages do, beside Wagtail's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False  # made from the title where it is empty
            self.fields["slug"].widget = SlugInput(
                formatters=_SLUG_RULES, locale=self.parent_page.locale if self.parent_page else None
            )

    def is_valid(self) -> bool:
        try:
            return super().is_valid()
        except OverflowError as error:  # the number of a record that no database can have
            raise BadRequest(UNREADABLE) from error

    def clean(self) -> Any:
        cleaned: Any = super().clean()
        if cleaned.get("slug") and not self.instance.path:  # else the page itself knows where it stands
            try:
                refuse_reserved(cleaned["slug"], self.parent_page)
            except ValidationError as error:
                self.add_error("slug", error)
        return cleaned

    def save(self, commit: bool = True) -> Any:
        if self.instance._state.adding:
            self.instance.live = False  # it goes live by its first publication, and not before
        self.instance.is_minor_change = self.instance.live and self.data.get("action-publish") == MINOR
        return super().save(commit=commit)


class PageCopyForm(CopyForm):
    """Wagtail's, without aliases, which nobody can read, and without publishing the copies: a copy is a draft."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("alias", None)
        self.fields.pop("publish_copies", None)
        self.fields["new_slug"].widget = SlugInput(formatters=_SLUG_RULES, locale=self.page.locale)

    def clean(self) -> Any:
        cleaned = super().clean()
        parent = cleaned.get("new_parent_page") or self.page.get_parent()
        if cleaned.get("new_slug"):
            try:
                refuse_reserved(cleaned["new_slug"], parent)
            except ValidationError as error:
                self.add_error("new_slug", error)
        return cleaned
