"""Forms and panels of the admin that apply `iom.contacts.policy`."""

from typing import Any

from django import forms
from wagtail.admin.panels import InlinePanel

from iom.contacts.policy import offices_of, own_office, writable_offices
from iom.names import NamedForm

CHANGES_ACCOUNTS = "users.change_user"


class OfficeFieldMixin:
    """For forms with a field `office`: a user who works for certain offices chooses only among them."""

    fields: dict[str, Any]
    instance: Any
    for_user: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chooses_own = "office" in self.fields and self.for_user and offices_of(self.for_user) is not None
        if self.chooses_own:
            field = self.fields["office"]
            field.widget = forms.Select()
            field.queryset = writable_offices(self.for_user)

    def known_office(self) -> int | None:
        """Returns the key of the office that the object has in the database."""
        return self.instance.office_id

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()  # type: ignore[misc]
        if self.chooses_own and not cleaned.get("office"):
            field = self.fields["office"]
            known = field.queryset.filter(pk=self.known_office()).first()
            cleaned["office"] = known or own_office(self.for_user)
        return cleaned


class OfficeForm(NamedForm):
    """Only users who may change accounts edit the staff of an office: staff get rights."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.for_user and not self.for_user.has_perm(CHANGES_ACCOUNTS):
            self.formsets.pop("staff", None)


class StaffPanel(InlinePanel):
    """The panel of the staff. It is shown only where the form has this formset."""

    class BoundPanel(InlinePanel.BoundPanel):
        def __init__(self, *, form: Any, **kwargs: Any) -> None:
            self.has_staff = form is None or "staff" in form.formsets
            super().__init__(form=form if self.has_staff else None, **kwargs)

        def is_shown(self) -> bool:
            return self.has_staff and super().is_shown()
