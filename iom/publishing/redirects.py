"""Redirects from the former addresses of pages.

A redirect leads to a page, not to an address: however often the page gets another one, each former address leads to
the present one at once. Wagtail calls `create_redirects` when the transaction that changed the address has been
committed; meanwhile another user may have deleted the page.

Of redirects that are written by hand, none leads back to itself: browsers would follow it without end.
"""

from collections.abc import Iterable
from itertools import batched
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.dispatch import receiver
from django.utils.translation import gettext as _
from wagtail.contrib.redirects import base_formats, signal_handlers
from wagtail.contrib.redirects.forms import ImportForm
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from iom.publishing import events, locking

BATCH = 500
_LONGEST = Redirect._meta.get_field("old_path").max_length
_clean = Redirect.clean
LARGEST_FILE = 1  # MB of redirects to import
LONGEST_LINE = 10_000  # bytes of the first, which names the columns or is a redirect


@locking.atomic
def create_redirects(page: Page, page_old: Page, sites: Iterable[Site]) -> None:
    """A redirect for the page and each descendant that has ever been published, unless the page has been deleted.

    Nobody deletes it until the redirects are stored. A few queries for each BATCH of pages.
    """
    if not Page.objects.select_for_update(no_key=True).filter(pk=page.pk).values_list("pk").first():
        return
    before, after = page_old.url_path, page.url_path
    below = Page.objects.filter(path__startswith=page.path, alias_of=None, first_published_at__isnull=False)
    rows = below.order_by("path").values_list("pk", "url_path").iterator(BATCH)
    for batch in batched(rows, BATCH):
        former = {_normal(before + url.removeprefix(after)): pk for pk, url in batch}
        release([url for _pk, url in batch])
        Redirect.objects.filter(automatically_created=True, old_path__in=former).delete()
        Redirect.objects.bulk_create(
            [
                Redirect(old_path=path, site=site, redirect_page_id=pk, automatically_created=True)
                for path, pk in former.items()
                for site in sites
                if len(path) <= _LONGEST
            ],
            ignore_conflicts=True,  # what an administrator has written stays
        )
    _lead_to_pages(before, after)


def release(addresses: Iterable[str]) -> None:
    """Deletes the redirects from addresses at which pages stand now."""
    Redirect.objects.filter(old_path__in=[_normal(address) for address in addresses]).delete()


@receiver(events.published)
def on_published(page: Page, **kwargs: Any) -> None:
    if page.first_published_at == page.last_published_at:  # a new page; another keeps the address that it has
        release([page.url_path])


def _lead_to_pages(before: str, after: str) -> None:
    """Redirects by hand to an address that has changed lead to the page from now on, not to a redirect."""
    written = Redirect.objects.filter(
        Q(redirect_link__startswith=before) | Q(redirect_link__startswith=settings.SITE_URL + before)
    )
    links = {redirect: after + redirect.redirect_link.partition(before)[2] for redirect in written}
    pages = dict(Page.objects.filter(url_path__in=links.values()).values_list("url_path", "pk")) if links else {}
    found = [redirect for redirect, url in links.items() if url in pages]
    for redirect in found:
        redirect.redirect_page_id, redirect.redirect_link = pages[links[redirect]], ""
    Redirect.objects.bulk_update(found, ["redirect_page", "redirect_link"], batch_size=BATCH)


def leads_to(link: str) -> set[str]:
    """The addresses from which a redirect would be followed after this link, as redirects have them; none of another
    site."""
    path = link.strip().removeprefix(settings.SITE_URL)
    if not path.startswith("/") or path.startswith("//"):
        return set()
    return {_normal(path), _normal(path.partition("?")[0])}


def clean(redirect: Redirect) -> None:
    """As Wagtail's. Raises ValidationError for a redirect that leads back to its own address, also through others."""
    _clean(redirect)
    others = Redirect.objects.exclude(pk=redirect.pk).order_by("-old_path")  # with its query before without
    passed: set[str] = set()
    following: Redirect | None = redirect
    while following and not following.redirect_page_id and not passed.issuperset(leads_to(following.redirect_link)):
        addresses = leads_to(following.redirect_link)
        if redirect.old_path in addresses:
            raise ValidationError(_("This redirect leads back to the address from which it redirects."))
        passed |= addresses
        following = others.filter(old_path__in=addresses).first()


def _normal(address: str) -> str:
    return Redirect.normalise_path(address)


def install() -> None:
    """To be called once, when the app is ready."""
    signal_handlers.create_redirects = create_redirects
    Redirect.clean = clean


def _check_size(file: Any) -> None:
    if file.size > LARGEST_FILE * 1024 * 1024:
        raise ValidationError(_("The file is too large. Maximum %(size)s MB.") % {"size": LARGEST_FILE})
    if len(file.readline(LONGEST_LINE)) == LONGEST_LINE:  # a form would have a choice for each column
        raise ValidationError(_("The first line of the file is too long. It names the columns."))
    file.seek(0)


ImportForm.base_fields["import_file"].validators.append(_check_size)
# A workbook of a few kilobytes may unpack to gigabytes.
base_formats.DEFAULT_FORMATS.remove(base_formats.XLSX)
