"""Review: another person revises a whole translation, or sends it back with a reason. Also the rules that require
review for a language, and their admin screens."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import PageLogEntry
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from iom.publishing.locking import atomic
from iom.translation.content import segments
from iom.translation.models import LanguageRule, TranslationState
from iom.translation.notifications import outbox
from iom.translation.workflow import comments, log, policy, progress
from iom.translation.workflow.questions import clean_text

Step = TranslationState.Step


class NotRevised(PermissionDenied):
    """The user cannot revise the translation. The message is for the user."""


def obstacle(user: Any, state: TranslationState) -> str:
    """Returns why `user` cannot revise the translation now, in the current language; empty if they can."""
    if not policy.may_translate(user, state):
        return gettext("You cannot revise this translation.")
    if not progress.needs_review(state):
        return gettext("Translations into this language are not revised.")
    if not state.is_whole:
        return gettext("The translation is not complete yet.")
    if state.revised_at is not None:
        return gettext("The translation has been revised.")
    if user.pk in segments.load_text(state.translation).writers:
        return gettext("You have translated part of this text. Another person has to revise it.")
    return ""


def editor_context(user: Any, state: TranslationState) -> dict[str, Any]:
    """Returns what the editor shows to a user; empty if translations into this language are not revised."""
    if not progress.needs_review(state):
        return {}
    is_awaited = state.is_whole and state.step in (Step.TO_REVISE, Step.IN_PROGRESS)
    return {
        "is_awaited": is_awaited,
        "obstacle": obstacle(user, state) if is_awaited else "",
        "remark": remark(state),
        "first_open": comments.first_open(state.translation),
    }


@atomic
def revise(state: TranslationState, user: Any) -> None:
    """Marks the translation as revised by `user`. Raises NotRevised."""
    _lock(state, user)
    state.revised_by, state.revised_at = user, timezone.now()
    progress.recount(state, "revised_by", "revised_at")
    log.record(state, log.REVISE, user)


@atomic
def send_back(state: TranslationState, user: Any, reason: str) -> None:
    """Sends the translation back to its writers, with a reason that the editor shows until it is revised.

    Raises NotRevised, and ValidationError for a reason that is empty or too long.
    """
    reason = clean_text(reason, gettext("Explain what needs to be changed."))
    _lock(state, user)
    log.record(state, log.SEND_BACK, user, reason=reason)
    keys = segments.load_text(state.translation).writers
    writers = get_user_model().objects.filter(pk__in=keys, is_active=True)
    if state.claimed_by is None and len(writers) == 1:
        state.claimed_by, state.claimed_at = writers[0], timezone.now()
    progress.recount(state, "claimed_by", "claimed_at")
    outbox.notify(writers, outbox.Kind.SENT_BACK, state)


def remark(state: TranslationState) -> PageLogEntry | None:
    """Returns the log entry with the reviser's reason (`data["reason"]`), until it is revised or published."""
    entry = log.latest_entry(state.page_id, log.SEND_BACK)
    is_past = entry and (state.revised_at or (state.published_at and state.published_at > entry.timestamp))
    return None if is_past else entry


def _lock(state: TranslationState, user: Any) -> None:
    """Locks the state, so that of two concurrent users only one revises it. Raises NotRevised."""
    state.lock()
    if reason := obstacle(user, state):
        raise NotRevised(reason)


def recount_complete_translations(rule: LanguageRule) -> None:
    """Recounts complete translations that are not published yet, after the rule has changed."""
    whole = TranslationState.objects.filter(
        locale=rule.locale_id, step__in=[Step.TO_REVISE, Step.TO_PUBLISH, Step.IN_PROGRESS, Step.READY]
    )
    for state in whole.select_related("translation", "page"):
        if state.is_whole:
            progress.recount(state)


class ChangeOnlyPolicy(ModelPermissionPolicy):
    """Allows to change and view rules, and never to add or delete them."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in ("change", "view") and super().user_has_permission(user, action)


register_permission_policy(LanguageRule, ChangeOnlyPolicy(LanguageRule))


class EditView(generic.EditView):
    def save_instance(self) -> LanguageRule:
        rule: LanguageRule = super().save_instance()
        recount_complete_translations(rule)
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
        TitleColumn("locale", label=gettext_lazy("Language"), url_name="language_rules:edit"),
        Column("translators", label=gettext_lazy("Translators")),
        BooleanColumn("review", label=gettext_lazy("Revised by another person")),
    ]
    search_fields = None
    panels = [FieldPanel("translators", read_only=True), FieldPanel("review", icon="glasses")]

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        return super().get_permissions_to_register().filter(codename="change_languagerule")
