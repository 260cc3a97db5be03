from django.urls import URLPattern, path
from wagtail import hooks

from iom.translation.workflow import history_views


@hooks.register("register_admin_urls")
def register_history_urls() -> list[URLPattern]:
    version = "translation/<int:translation_id>/versions/<int:version_id>/"
    return [
        path(
            "translation/<int:translation_id>/versions/",
            history_views.VersionsView.as_view(),
            name="translation_versions",
        ),
        path(version, history_views.VersionView.as_view(), name="translation_version"),
        path(f"{version}use/<int:number>/", history_views.use, name="translation_use"),
    ]
