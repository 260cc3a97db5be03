"""Checks for broken links: to pages and documents of the site, and to other sites by the result of the last check."""

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
from iom.checks.page_text import Link, links
from iom.core import routing
from iom.findings import Finding, lazy_message, warning
from iom.media.models import SiteDocument

DELETED = gettext_lazy("The page or document of this link has been deleted.")
UNPUBLISHED = gettext_lazy("The page of this link is not published.")


@warning
def links_within(page: Any, moment: datetime) -> Iterator[Finding]:
    found = [link for link in links(page) if link.target.startswith(("page:", "document:"))]
    pages = dict(Page.objects.filter(pk__in=_keys(found, "page")).values_list("pk", "live")) if found else {}
    documents = set(SiteDocument.objects.filter(pk__in=_keys(found, "document")).values_list("pk", flat=True))
    for link in found:
        kind, _colon, key = link.target.partition(":")
        number = int(key) if key.isdecimal() else 0
        if number not in (pages if kind == "page" else documents):
            yield Finding("deleted", link.where, DELETED)
        elif kind == "page" and not pages[number]:
            yield Finding("unpublished", link.where, UNPUBLISHED)


@warning
def addresses_of_this_site(page: Any, moment: datetime) -> Iterator[Finding]:
    """Checks addresses of this site that were written by hand."""
    for link in links(page):
        path = link.target.removeprefix(settings.SITE_URL).partition("#")[0].partition("?")[0]
        if path.startswith("/") and not path.startswith("//") and not _exists(path):
            yield Finding("no page", link.where, _no_page(link.target))


def _exists(path: str) -> bool:
    """Whether a page, a view or a redirect has the address."""
    language = path.split("/")[1]
    with override(language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
        for variant in (path, f"{path.rstrip('/')}/"):
            try:
                found = resolve(variant)
            except Resolver404:
                continue
            if found.url_name != "wagtail_serve" or routing.resolve(HttpRequest(), found.args[0]):
                return True
    return Redirect.objects.filter(old_path=Redirect.normalise_path(path)).exists()


@lazy_message
def _no_page(address: str) -> str:
    return gettext("No page of this site has the address %(address)s.") % {"address": address}


def _keys(found: list[Link], kind: str) -> list[int]:
    keys = [link.target.partition(":")[2] for link in found if link.target.startswith(f"{kind}:")]
    return [int(key) for key in keys if key.isdecimal()]


@warning
def links_elsewhere(page: Any, moment: datetime) -> Iterator[Finding]:
    """Reports the stored results. A job checks new addresses; the editor runs this check again after a change."""
    urls = addresses.external_addresses(page) if settings.LINK_CHECKS else []
    rows = addresses.request_checks(urls) if urls else {}
    for link in links(page):
        row = rows.get(link.target.partition("#")[0])
        if row and addresses.is_broken(row):
            yield Finding("silent link", link.where, _broken(row.url, row.problem))


@lazy_message
def _broken(url: str, problem: str) -> str:
    reason = addresses.LinkAddress.Problem(problem).label
    return gettext("The link to %(url)s does not work. %(reason)s") % {"url": url, "reason": reason}
