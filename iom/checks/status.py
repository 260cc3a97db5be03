"""Links of published pages that do not work: all in the state of the site, their own on the dashboard of officers."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.models import Page
from wagtail.permissions import policy_registry

from iom.checks.addresses import MOST, broken_links
from iom.core.titles import ACTIONS, among
from iom.operation.status import FINE, WARNING, Part
from iom.translation.models import TranslationState

NAMED = 3
TEXTS = 5


@hooks.register("site_status")
def links() -> Iterator[Part]:
    name = _("Links to other sites")
    if not settings.LINK_CHECKS:
        yield Part(name, FINE, _("Links are not checked (LINK_CHECKS)."))
        return
    found = broken_links()
    number = found.count()
    if not number:
        yield Part(name, FINE, _("All links of published pages answered when they were last checked."))
        return
    named = ", ".join(f"{one.page.title} ({one.address.url})" for one in found[:NAMED])
    detail = ngettext("%(number)d link: %(names)s", "%(number)d links, first: %(names)s", number)
    advice = _("Replace or remove the links in the texts.")
    yield Part(name, WARNING, detail % {"number": number, "names": named}, advice)


@hooks.register("newsroom_problems")
def links_of_own_texts(user: Any) -> Iterator[Part]:
    """For each text that the user began or last saved; a translation has the links of its original.

    The texts whose links have failed longest; the others follow as these are corrected.
    """
    is_translation = TranslationState.objects.filter(page=OuterRef("page"), translation__enabled=True)
    known = policy_registry.get_by_type(Page).instances_user_has_any_permission_for(user, ACTIONS)
    is_theirs = Q(page__owner=user) | Q(page__latest_revision__user=user)
    theirs = broken_links().filter(is_theirs, ~Exists(is_translation), page__in=among(known, "page"))
    texts: dict[Page, list[str]] = {}
    for one in theirs[:MOST]:
        texts.setdefault(one.page, []).append(f"{one.address.url} ({one.address.get_problem_display()})")
    for page, links in list(texts.items())[:TEXTS]:
        number = len(links)
        name = ngettext("A link does not work: “%(title)s”", "%(number)d links do not work: “%(title)s”", number)
        words = {"number": number, "title": page.get_admin_display_title()}
        url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        yield Part(name % words, WARNING, " ".join(links[:NAMED]), _("Replace or remove the links in the text."), url)
