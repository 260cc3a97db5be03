from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Case, Q, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from iom import languages
from iom.contacts.choosers import OfficeChooserViewSet, PressContactChooserViewSet
from iom.contacts.forms import OfficeFieldMixin, OfficeForm, StaffPanel
from iom.contacts.models import Office, OfficeStaff, PressContact
from iom.contacts.policy import PressContactPolicy, works_for
from iom.names import NamesPanel
from iom.screens import SharedRecordForm

register_permission_policy(PressContact, PressContactPolicy(PressContact))


class PressContactForm(OfficeFieldMixin, SharedRecordForm):
    """The form of a media contact, with checkboxes for the languages, named in the user's language."""

    languages = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["languages"].choices = languages.choices()
        self.fields["languages"].label = capfirst(PressContact._meta.get_field("languages").verbose_name)

    def save(self, commit: bool = True) -> PressContact:
        """Saving confirms a contact that an import has created: readers may see it from now on."""
        self.instance.waits = None
        saved: PressContact = super().save(commit)
        return saved


class OfficeViewSet(SnippetViewSet):
    model = Office
    icon = "home"
    chooser_viewset_class = OfficeChooserViewSet
    list_display = ["__str__", "kind", "country"]
    list_filter = ["kind"]
    edit_handler = ObjectList(
        [
            NamesPanel("names", [FieldRowPanel([FieldPanel("name"), FieldPanel("city")])], heading=_("Names")),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("parent")]),
            MultiFieldPanel(
                [
                    FieldPanel("country"),
                    FieldPanel("address"),
                    FieldPanel("timezone"),
                ],
                heading=_("Location"),
            ),
            MultiFieldPanel([FieldPanel("email"), FieldPanel("phone")], heading=_("Contact details for the press")),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("head_name"), FieldPanel("head_gender")]),
                    FieldRowPanel([FieldPanel("head_is_acting"), FieldPanel("head_is_vacant")]),
                ],
                heading=_("Head of office"),
            ),
            StaffPanel(
                "staff",
                heading=_("Staff"),
                help_text=_(
                    "These people write and publish the texts of this office and of the offices below it, and no "
                    "others. Whoever belongs to headquarters, or to no office, works for all offices."
                ),
            ),
        ],
        base_form_class=OfficeForm,
    )


class PressContactViewSet(SnippetViewSet):
    model = PressContact
    icon = "user"
    chooser_viewset_class = PressContactChooserViewSet
    list_display = ["__str__", "role", "in_post_until"]
    list_filter = ["office", "role"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("name"), FieldPanel("role")]),
            FieldPanel("office"),
            FieldRowPanel([FieldPanel("email"), FieldPanel("phone")]),
            FieldPanel("languages"),
            FieldPanel("in_post_until"),
        ],
        base_form_class=PressContactForm,
    )


@hooks.register("before_edit_snippet")
def check_office_of_contact(request: HttpRequest, instance: Any) -> None:
    """Checks the office of the contact: Wagtail's views check only the permission on the model."""
    if isinstance(instance, PressContact) and not works_for(request.user, instance.office_id):
        raise PermissionDenied


@hooks.register("before_delete_snippet")
def check_offices_of_contacts(request: HttpRequest, instances: Iterable[Any]) -> None:
    for instance in instances:
        check_office_of_contact(request, instance)


@hooks.register("before_delete_snippet")
def keep_offices_with_staff(request: HttpRequest, instances: Iterable[Any]) -> HttpResponse | None:
    """Refuses to delete an office with staff: users without office work for all offices, and would get more rights."""
    for office in instances:
        people = office.staff.count() if isinstance(office, Office) else 0
        if people:
            text = ngettext(
                "“%(office)s” cannot be deleted: %(people)d person works for it. Give this person another office.",
                "“%(office)s” cannot be deleted: %(people)d people work for it. Give these people another office.",
                people,
            )
            messages.error(request, text % {"office": office, "people": people})
            return redirect(Office.snippet_viewset.get_url_name("edit"), office.pk)
    return None


class ContactsGroup(SnippetViewSetGroup):
    items = (OfficeViewSet, PressContactViewSet)
    menu_label = _("Contacts")
    menu_icon = "group"
    menu_order = 500


register_snippet(ContactsGroup)


@hooks.register("construct_document_chooser_queryset")
@hooks.register("construct_image_chooser_queryset")
def own_files_first(files: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
    """Puts the files that the user and colleagues of the same office have uploaded first, the latest first."""
    colleagues = OfficeStaff.objects.filter(office__staff__user=request.user.pk).values("user")
    is_own = Q(uploaded_by_user=request.user.pk) | Q(uploaded_by_user__in=colleagues)
    return files.order_by(Case(When(is_own, then=Value(0)), default=Value(1)), "-created_at", "-pk")
