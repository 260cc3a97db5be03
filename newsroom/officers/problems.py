"""The problems that the dashboard shows to press officers. Apps add problems by the hook `newsroom_problems`.

A function of the hook takes the user and returns `Part`s (iom.operation.status) about what this user may see.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail import hooks

from iom.contacts.models import PressContact
from iom.operation.status import FINE, PROBLEM, WARNING, Part
from newsroom.models import ArticleContact

LEAVING_WITHIN, LEFT_WITHIN = timedelta(days=14), timedelta(days=30)
MAX_LISTED_CONTACTS = 5


def get_problems(user: Any) -> list[Part]:
    """Returns the problems, the worst first."""
    found = [part for source in hooks.get_hooks("newsroom_problems") for part in source(user)]
    return sorted((part for part in found if part.state != FINE), key=lambda part: part.state != PROBLEM)


@hooks.register("newsroom_problems")
def leaving_contacts(user: Any) -> Iterator[Part]:
    """Yields a warning that names media contacts of articles who leave soon or have just left."""
    today = timezone.localdate()
    period = (today - LEFT_WITHIN, today + LEAVING_WITHIN)
    of_articles = ArticleContact.objects.filter(contact=OuterRef("pk"))
    leaving = PressContact.objects.filter(Exists(of_articles), in_post_until__range=period)
    first = leaving.order_by("in_post_until", "pk")[:MAX_LISTED_CONTACTS]
    named = [f"{contact} ({date_format(contact.in_post_until)})" for contact in first if contact.in_post_until]
    if named:
        advice = _("Articles then show the office of the contact. Choose another one where journalists still ask.")
        url = reverse("wagtailsnippets_contacts_presscontact:list")
        yield Part(_("Media contacts who leave or have left"), WARNING, ", ".join(named), advice, url)
