from wagtail.admin.views.account import AvatarSettingsPanel

from iom.media.forms import AvatarForm

# Wagtail has no setting for either; its template does not show what is wrong.
AvatarSettingsPanel.form_class = AvatarForm
AvatarSettingsPanel.template_name = "media/avatar_panel.html"
