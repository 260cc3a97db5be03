"""Every address of wagtail-localize answers as the desk's policy says, or refuses."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView
from django.views.i18n import JavaScriptCatalog
from wagtail import hooks
from wagtail_localize import wagtail_hooks as localize

from iom.translation.editor import localize as answers
from iom.translation.exchange import views
from iom.translation.workflow import detach_views, policy
from iom.translation.workflow.guards import View, allowed, refuse

# localize's views by the name of their address. One that a later version adds is refused until it stands here.
ANSWERS: dict[str, View] = {
    "javascript_catalog": JavaScriptCatalog.as_view(packages=["wagtail_localize"]),  # words; for everyone in the admin
    "submit_page_translation": answers.submit_page,  # asks the policy about the page
    "update_translations": answers.update,  # the same
    "edit_string_translation": allowed(policy.may_translate)(answers.edit_string),
    "edit_override": allowed(policy.may_translate)(answers.edit_override),
    "upload_pofile": allowed(policy.may_translate)(views.upload),
    "download_pofile": allowed(policy.may_see)(views.download),
    "preview_translation": allowed(policy.may_see)(answers.preview),
    "stop_translation": allowed(policy.may_stop)(detach_views.stop),
    # localize's report lists every translation to everyone, several queries for each
    "translations_report": RedirectView.as_view(pattern_name="translation_desk"),
}


@hooks.register("register_admin_urls", order=-10)  # before localize's own, which reverse to the same addresses
def put_the_policy_before_localize() -> list[URLResolver]:
    (localizes,) = localize.register_admin_urls()
    return [
        path("localize/", include([_answered(pattern) for pattern in localizes.url_patterns])),
    ]


def _answered(pattern: URLPattern) -> URLPattern:
    return path(str(pattern.pattern), ANSWERS.get(pattern.name or "", refuse))
