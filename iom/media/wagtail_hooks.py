from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.views.account import AvatarSettingsPanel

from iom.media import status  # noqa: F401  (its hook)
from iom.media.forms import AvatarForm

# Wagtail has no setting for the form or the template. Its template does not show errors.
AvatarSettingsPanel.form_class = AvatarForm
AvatarSettingsPanel.template_name = "media/avatar_panel.html"


@hooks.register("insert_global_admin_js")
def reduce_pictures() -> SafeString:
    """Adds the script to every screen, because any form may open an image chooser."""
    return format_html(
        '<script type="module" src="{}" data-language="{}" data-reduced="{}" data-originals="{}" '
        'data-send-originals="{}" data-send-reduced="{}"></script>',
        static("js/admin/reduce-pictures.js"),
        get_language(),
        _("Reduced before it is sent: {after} instead of {before}."),
        _("Photographs are sent in their original size."),
        _("Send originals"),
        _("Reduce photographs"),
    )
