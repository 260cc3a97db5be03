from django.urls import URLPattern, path
from wagtail import hooks

from iom.translation.views import history


@hooks.register("register_admin_urls")
def register_history_urls() -> list[URLPattern]:
    version = "translation/<int:translation_id>/versions/<int:version_id>/"
    return [
        path(
            "translation/<int:translation_id>/versions/", history.VersionsView.as_view(), name="translation_versions"
        ),
        path(version, history.VersionView.as_view(), name="translation_version"),
        path(f"{version}use/<int:number>/", history.use, name="translation_use"),
    ]
