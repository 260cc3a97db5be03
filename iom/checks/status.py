"""Reports broken links of published pages: all in the state of the site, officers' own on their dashboard."""

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

from iom.checks.addresses import MAX_LINKS, broken_links
from iom.core.admin_visibility import ACTIONS, correlated_keys
from iom.operation.status import FINE, WARNING, Part
from iom.translation.models import TranslationState

MAX_LISTED_LINKS = 3
MAX_TEXTS = 5


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
    named = ", ".join(f"{use.page.title} ({use.address.url})" for use in found[:MAX_LISTED_LINKS])
    detail = ngettext("%(number)d link: %(names)s", "%(number)d links, first: %(names)s", number)
    advice = _("Replace or remove the links.")
    yield Part(name, WARNING, detail % {"number": number, "names": named}, advice)


@hooks.register("newsroom_problems")
def links_of_own_texts(user: Any) -> Iterator[Part]:
    """Yields a part for each text with broken links that the user created or last saved, at most MAX_TEXTS.

    The links that have failed longest come first. Translations are left out: they have the links of the original.
    """
    is_translation = TranslationState.objects.filter(page=OuterRef("page"), translation__enabled=True)
    known = policy_registry.get_by_type(Page).instances_user_has_any_permission_for(user, ACTIONS)
    is_theirs = Q(page__owner=user) | Q(page__latest_revision__user=user)
    theirs = broken_links().filter(is_theirs, ~Exists(is_translation), page__in=correlated_keys(known, "page"))
    texts: dict[Page, list[str]] = {}
    for use in theirs[:MAX_LINKS]:
        texts.setdefault(use.page, []).append(f"{use.address.url} ({use.address.get_problem_display()})")
    for page, links in list(texts.items())[:MAX_TEXTS]:
        number = len(links)
        name = ngettext("A link does not work: “%(title)s”", "%(number)d links do not work: “%(title)s”", number)
        words = {"number": number, "title": page.get_admin_display_title()}
        url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        detail, advice = " ".join(links[:MAX_LISTED_LINKS]), _("Replace or remove the links.")
        yield Part(name % words, WARNING, detail, advice, url)
