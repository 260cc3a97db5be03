"""What an officer has to put right: apps add to it by the hook `newsroom_problems`.

A function of the hook takes the user, and returns `Part`s (iom.operation.status) of what the user may know of.
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

SOON, SINCE = timedelta(days=14), timedelta(days=30)
NAMED = 5  # contacts


def problems_of(user: Any) -> list[Part]:
    """What is worst comes first."""
    found = [part for source in hooks.get_hooks("newsroom_problems") for part in source(user)]
    return sorted((part for part in found if part.state != FINE), key=lambda part: part.state != PROBLEM)


@hooks.register("newsroom_problems")
def contacts(user: Any) -> Iterator[Part]:
    """Media contacts of articles that leave, or have just left."""
    today = timezone.localdate()
    of_articles = ArticleContact.objects.filter(contact=OuterRef("pk"))
    leaving = PressContact.objects.filter(Exists(of_articles), in_post_until__range=(today - SINCE, today + SOON))
    first = leaving.order_by("in_post_until", "pk")[:NAMED]
    named = [f"{one} ({date_format(one.in_post_until)})" for one in first if one.in_post_until]
    if named:
        advice = _("Articles then show the office of the contact. Choose another one where journalists still ask.")
        url = reverse("wagtailsnippets_contacts_presscontact:list")
        yield Part(_("Media contacts who leave or have left"), WARNING, ", ".join(named), advice, url)
