"""The setting on a user's account page, beside Wagtail's notifications, for how often to send the desk's emails."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab

from iom.publishing import jobs
from iom.translation.models import MessagePreference
from iom.translation.notifications.outbox import JOB, target_language_of

hooks.register("language_of_user", target_language_of)


class MessagePreferenceForm(forms.ModelForm):
    class Meta:
        model = MessagePreference
        fields = ["frequency"]
        labels = {"frequency": _("How often")}
        help_texts = {"frequency": _("You are always told at once when a scheduled publication has not taken place.")}
        widgets = {"frequency": forms.RadioSelect}

    def save(self, commit: bool = True) -> MessagePreference:
        preference: MessagePreference = super().save(commit)
        if self.has_changed():  # messages for the morning may be due now
            jobs.enqueue(JOB, preference.user_id)
        return preference


@hooks.register("register_account_settings_panel")
class MessagesPanel(BaseSettingsPanel):
    name = "desk_messages"
    title = _("Email notifications from the translation desk")
    tab = notifications_tab
    order = 200

    def get_form(self) -> MessagePreferenceForm:
        preference = MessagePreference.objects.filter(user=self.user).first() or MessagePreference(user=self.user)
        data = self.request.POST if self.request.method == "POST" else None
        return MessagePreferenceForm(data, instance=preference, prefix=self.name)
