from wagtail.admin.views.account import AvatarSettingsPanel

from iom.media import status  # noqa: F401  (its hook)
from iom.media.forms import AvatarForm

# Wagtail has no setting for either. Its template does not show errors.
AvatarSettingsPanel.form_class = AvatarForm
AvatarSettingsPanel.template_name = "media/avatar_panel.html"
