from django.urls import URLPattern, path
from wagtail import hooks

from iom.translation.workflow import review_views


@hooks.register("register_admin_urls")
def register_review_urls() -> list[URLPattern]:
    return [
        path("translation/<int:translation_id>/revise/", review_views.revise, name="translation_revise"),
        path("translation/<int:translation_id>/send-back/", review_views.send_back, name="translation_send_back"),
    ]
