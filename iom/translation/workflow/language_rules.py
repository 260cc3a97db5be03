"""The administrators’ screen for how a language is worked in. A rule comes and goes with its language."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from iom.translation.models import LanguageRule
from iom.translation.workflow import review


class OnlyChange(ModelPermissionPolicy):
    """Nobody adds or deletes a rule by hand."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in ("change", "view") and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


register_permission_policy(LanguageRule, OnlyChange(LanguageRule))


class EditView(generic.EditView):
    def save_instance(self) -> LanguageRule:
        rule: LanguageRule = super().save_instance()
        review.apply(rule)
        return rule


class LanguageRuleViewSet(ModelViewSet):
    model = LanguageRule
    icon = "wagtail-localize-language"
    menu_order = 604  # below the languages
    add_to_settings_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    edit_view_class = EditView
    list_display = [
        TitleColumn("locale", label=gettext_lazy("Into"), url_name="language_rules:edit"),
        Column("translators", label=gettext_lazy("Translators")),
        BooleanColumn("review", label=gettext_lazy("Revised by another person")),
    ]
    search_fields = None
    panels = [FieldPanel("translators", read_only=True), FieldPanel("review")]

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        return super().get_permissions_to_register().filter(codename="change_languagerule")
