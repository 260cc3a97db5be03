from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks


@hooks.register("insert_global_admin_css")
def the_sites_own_blue() -> SafeString:
    """The admin looks like the site."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))
