"""Reports pictures whose rights end in the state of the site."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.models import ReferenceIndex
from wagtail.permissions import policy_registry

from iom.media.models import SiteImage
from iom.operation.status import FINE, PROBLEM, WARNING, Part

SOON = timedelta(days=30)
MAX_LISTED = 3  # pictures that a report names


@hooks.register("newsroom_problems")
def picture_rights_problems(user: Any) -> Iterator[Part]:
    """Reports the same to users who may add or change pictures."""
    policy = policy_registry.get_by_type(SiteImage)
    if policy.user_has_any_permission(user, {"add", "change"}):
        yield from rights()


@hooks.register("site_status")
def rights() -> Iterator[Part]:
    today = timezone.localdate()
    ending: Any = _pictures_in_use().filter(rights_until__lt=today + SOON).order_by("rights_until", "pk")
    name, number = _("Rights of pictures"), ending.count()
    if not number:
        yield Part(name, FINE, _("No rights end within 30 days."))
        return
    listed = [f"{one.title} ({date_format(one.rights_until)})" for one in ending[:MAX_LISTED]]
    detail = ngettext("%(number)d picture: %(names)s", "%(number)d pictures, first: %(names)s", number)
    state = PROBLEM if ending[0].rights_until < today else WARNING
    advice = _("Renew the rights and change the date, or replace the picture in the texts that show it.")
    detail = detail % {"number": number, "names": ", ".join(listed)}
    yield Part(name, state, detail, advice, reverse("wagtailimages:index", query={"ordering": "rights_until"}))


def _pictures_in_use() -> QuerySet[SiteImage]:
    """Returns the pictures that are in use. The rights of the others need not be renewed."""
    key = Cast(OuterRef("pk"), CharField())
    kind = ContentType.objects.get_for_model(SiteImage)
    return SiteImage.objects.filter(Exists(ReferenceIndex.objects.filter(to_content_type=kind, to_object_id=key)))
