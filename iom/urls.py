"""The URL patterns of the site. Those of pages come last."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.utils.translation import pgettext_lazy
from django.views.generic import RedirectView
from wagtail import views as wagtail_views
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.documents.views import serve as document_views

from aboutus.sitemaps import country_addresses
from iom.contacts.vcard import vcard
from iom.core import views as core_views
from iom.core.routing import serve
from iom.editorial import icons
from iom.maps import views as map_views
from iom.media import views as media_views
from iom.seo import sitemaps
from iom.seo import views as seo_views
from iom.translation.workflow.policy import refuse
from newsroom.feeds.views import news_sitemap
from newsroom.officers.chooser import NewsroomBrowseView
from newsroom.press import views as press_views
from newsroom.sitemaps import correction_addresses
from search.chooser import ChooserSearchView
from search.views import search, suggestions

sign_in = RedirectView.as_view(pattern_name="account_login", query_string=True)
browse = require_admin_access(NewsroomBrowseView.as_view())
SITEMAP_SECTIONS = {
    "countries": country_addresses,
    "corrections": correction_addresses,
}  # besides the pages of the tree

urlpatterns = [
    path("", core_views.negotiate_language),
    # Wagtail's admin does not use it. It would act without confirmation, and without the translations.
    path("admin/api/main/pages/<int:page_id>/action/<str:action_name>/", refuse),
    path("admin/login/", sign_in, name="wagtailadmin_login"),
    path("admin/sprite/", icons.sprite),
    # These replace Wagtail's views; Wagtail's URL names still resolve to these addresses.
    path("admin/choose-page/", browse),
    path("admin/choose-page/<int:parent_page_id>/", browse),
    path("admin/choose-page/search/", require_admin_access(ChooserSearchView.as_view())),
    path("admin/", include(wagtailadmin_urls)),
    path("media/images/<path:path>", media_views.rendition),
    path("media/avatar_images/<str:name>", media_views.avatar),
    path("-/map/<slug:version>/<slug:names>.svg", map_views.locator, name="locator_map"),
    path("-/press/<slug:token>/<str:name>", press_views.archive, name="press_archive"),
    path("documents/<int:document_id>/<str:document_filename>", media_views.document, name="wagtaildocs_serve"),
    path(
        "documents/password/<int:restriction_id>/",
        document_views.authenticate_with_password,
        name="wagtaildocs_authenticate_with_password",
    ),
    path(
        "-/password/<int:page_view_restriction_id>/<int:page_id>/",
        wagtail_views.authenticate_with_password,
        name="wagtailcore_authenticate_with_password",
    ),
    path("-/sign-in/", sign_in, name="wagtailcore_login"),
    *([path("-/sso/", include("iom.users.sign_in.single_sign_on"))] if settings.SSO_URL else []),
    path("favicon.ico", seo_views.favicon),
    path("robots.txt", seo_views.robots),
    path(".well-known/security.txt", seo_views.security),
    path("sitemap.xml", sitemaps.index, {"sections": SITEMAP_SECTIONS}),
    re_path(r"^sitemap-pages-(?P<number>[1-9][0-9]{0,8})\.xml$", sitemaps.pages),  # fits a database's integer
    path("sitemap-<slug:name>.xml", sitemaps.section, {"sections": SITEMAP_SECTIONS}),
    path("news-sitemap.xml", news_sitemap),
    path("-/", include("iom.operation.urls")),
    *i18n_patterns(
        path(pgettext_lazy("address", "search/"), search, name="search"),
        path(pgettext_lazy("address", "search/suggestions"), suggestions, name="suggestions"),
        path("vcard/<int:pk>.vcf", vcard, name="vcard"),
        path("-/account/", include("iom.users.sign_in.urls")),
        path("manifest.webmanifest", seo_views.manifest, name="manifest"),
        re_path(r"^((?:[\w\-]+/)*)$", serve, name="wagtail_serve"),
    ),
]

handler400 = "iom.core.views.bad_request"
handler403 = "iom.core.views.forbidden"
handler404 = "iom.core.views.page_not_found"
handler500 = "iom.core.views.server_error"
