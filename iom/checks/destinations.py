"""Links that lead nowhere: to pages and documents of the site, found here; to other sites, as the last check says."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.translation import gettext, gettext_lazy, override
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from iom.checks import addresses
from iom.checks.reading import Link, links
from iom.core import routing
from iom.findings import Finding, said, warning
from iom.media.models import SiteDocument

DELETED = gettext_lazy("The page or document of this link has been deleted.")
UNPUBLISHED = gettext_lazy("The page of this link is not published.")


@warning
def links_within(page: Any, moment: datetime) -> Iterator[Finding]:
    found = [one for one in links(page) if one.target.startswith(("page:", "document:"))]
    pages = dict(Page.objects.filter(pk__in=_keys(found, "page")).values_list("pk", "live")) if found else {}
    documents = set(SiteDocument.objects.filter(pk__in=_keys(found, "document")).values_list("pk", flat=True))
    for one in found:
        kind, _colon, key = one.target.partition(":")
        number = int(key) if key.isdecimal() else 0
        if number not in (pages if kind == "page" else documents):
            yield Finding("deleted", one.where, DELETED)
        elif kind == "page" and not pages[number]:
            yield Finding("unpublished", one.where, UNPUBLISHED)


@warning
def addresses_of_this_site(page: Any, moment: datetime) -> Iterator[Finding]:
    """Addresses that were written by hand."""
    for one in links(page):
        path = one.target.removeprefix(settings.SITE_URL).partition("#")[0].partition("?")[0]
        if path.startswith("/") and not path.startswith("//") and not _leads_somewhere(path):
            yield Finding("no page", one.where, _no_page(one.target))


def _leads_somewhere(path: str) -> bool:
    """Whether a page, a view or a redirect answers."""
    language = path.split("/")[1]
    with override(language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
        for one in (path, f"{path.rstrip('/')}/"):
            try:
                found = resolve(one)
            except Resolver404:
                continue
            if found.url_name != "wagtail_serve" or routing.resolve(HttpRequest(), found.args[0]):
                return True
    return Redirect.objects.filter(old_path=Redirect.normalise_path(path)).exists()


@said
def _no_page(address: str) -> str:
    return gettext("No page of this site has the address %(address)s.") % {"address": address}


def _keys(found: list[Link], kind: str) -> list[int]:
    keys = [one.target.partition(":")[2] for one in found if one.target.startswith(f"{kind}:")]
    return [int(key) for key in keys if key.isdecimal()]


@warning
def links_elsewhere(page: Any, moment: datetime) -> Iterator[Finding]:
    """What is not known yet is asked by a job; the editor asks again after the next change."""
    urls = addresses.of_page(page) if settings.LINK_CHECKS else []
    rows = addresses.ask_for(urls) if urls else {}
    for one in links(page):
        row = rows.get(one.target.partition("#")[0])
        if row and addresses.is_broken(row):
            yield Finding("silent link", one.where, _broken(row.url, row.problem))


@said
def _broken(url: str, problem: str) -> str:
    reason = addresses.LinkAddress.Problem(problem).label
    return gettext("The link to %(url)s does not work. %(reason)s") % {"url": url, "reason": reason}
