"""URLs and messages of Wagtail's page views, for tests that use them."""

from django.contrib.messages import get_messages
from django.urls import reverse


def url(action, page, *more):
    return reverse(f"wagtailadmin_pages:{action}", args=[page.pk, *[each.pk for each in more]])


def bulk(action, *pages):
    chosen = "&".join(f"id={page.pk}" for page in pages)
    return reverse("wagtail_bulk_action", args=["wagtailcore", "page", action]) + f"?{chosen}&next=/fr/admin/"


def message_text(answer):
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))
