"""Creates redirects from the former addresses of pages, and validates redirects that are written by hand.

A redirect refers to a page, not to an address, so that each former address leads directly to the current one. Wagtail
calls `create_redirects` after the transaction that changed the address is committed. Another user may have deleted
the page in the meantime.

A redirect that is written by hand may not lead back to itself: browsers would follow it endlessly.
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
_MAX_LENGTH = Redirect._meta.get_field("old_path").max_length
_clean = Redirect.clean
MAX_FILE_SIZE = 1  # MB of redirects to import
MAX_FIRST_LINE = 10_000  # bytes of the line with the names of the columns or the first redirect


@locking.atomic
def create_redirects(page: Page, page_old: Page, sites: Iterable[Site]) -> None:
    """Creates a redirect for the page and each descendant that has ever been published. Replaces Wagtail's function.

    Does nothing where the page has been deleted, and locks it otherwise. A few queries for each BATCH of pages.
    """
    if not Page.objects.select_for_update(no_key=True).filter(pk=page.pk).values_list("pk").first():
        return
    before, after = page_old.url_path, page.url_path
    subtree = Page.objects.filter(path__startswith=page.path, alias_of=None, first_published_at__isnull=False)
    rows = subtree.order_by("path").values_list("pk", "url_path").iterator(BATCH)
    for batch in batched(rows, BATCH):
        former = {_normalize(before + url.removeprefix(after)): pk for pk, url in batch}
        delete_redirects_from([url for _pk, url in batch])
        Redirect.objects.filter(automatically_created=True, old_path__in=former).delete()
        Redirect.objects.bulk_create(
            [
                Redirect(old_path=path, site=site, redirect_page_id=pk, automatically_created=True)
                for path, pk in former.items()
                for site in sites
                if len(path) <= _MAX_LENGTH
            ],
            ignore_conflicts=True,  # keeps redirects that an administrator has written
        )
    _link_to_pages(before, after)


def delete_redirects_from(addresses: Iterable[str]) -> None:
    """Deletes the redirects from addresses that belong to pages now."""
    Redirect.objects.filter(old_path__in=[_normalize(address) for address in addresses]).delete()


@receiver(events.published)
def on_published(page: Page, **kwargs: Any) -> None:
    if page.first_published_at == page.last_published_at:  # a first publication; later ones keep the address
        delete_redirects_from([page.url_path])


def _link_to_pages(before: str, after: str) -> None:
    """Changes redirects to a former address, written by hand, so that they refer to the page."""
    written = Redirect.objects.filter(
        Q(redirect_link__startswith=before) | Q(redirect_link__startswith=settings.SITE_URL + before)
    )
    links = {redirect: after + redirect.redirect_link.partition(before)[2] for redirect in written}
    pages = dict(Page.objects.filter(url_path__in=links.values()).values_list("url_path", "pk")) if links else {}
    found = [redirect for redirect, url in links.items() if url in pages]
    for redirect in found:
        redirect.redirect_page_id, redirect.redirect_link = pages[links[redirect]], ""
    Redirect.objects.bulk_update(found, ["redirect_page", "redirect_link"], batch_size=BATCH)


def redirect_paths(link: str) -> set[str]:
    """Returns the `old_path` values of redirects that would apply to this link. Empty for a link to another site."""
    path = link.strip().removeprefix(settings.SITE_URL)
    if not path.startswith("/") or path.startswith("//"):
        return set()
    return {_normalize(path), _normalize(path.partition("?")[0])}


def clean(redirect: Redirect) -> None:
    """Replaces Wagtail's `clean`. Also raises ValidationError for a redirect that leads back to its own address."""
    _clean(redirect)
    others = Redirect.objects.exclude(pk=redirect.pk).order_by("-old_path")  # those with the query come first
    passed: set[str] = set()
    following: Redirect | None = redirect
    while following and not following.redirect_page_id:
        addresses = redirect_paths(following.redirect_link)
        if passed.issuperset(addresses):
            break
        if redirect.old_path in addresses:
            raise ValidationError(_("This redirect leads back to the address from which it redirects."))
        passed |= addresses
        following = others.filter(old_path__in=addresses).first()


def _normalize(address: str) -> str:
    return Redirect.normalise_path(address)


def install() -> None:
    """Replaces Wagtail's functions. Called once, when the app is ready."""
    signal_handlers.create_redirects = create_redirects
    Redirect.clean = clean


def _check_size(file: Any) -> None:
    if file.size > MAX_FILE_SIZE * 1024 * 1024:
        raise ValidationError(_("The file is too large. Maximum %(size)s MB.") % {"size": MAX_FILE_SIZE})
    if len(file.readline(MAX_FIRST_LINE)) == MAX_FIRST_LINE:  # Wagtail's form has a choice for each column
        raise ValidationError(_("The first line of the file is too long. It names the columns."))
    file.seek(0)


ImportForm.base_fields["import_file"].validators.append(_check_size)
# A workbook of a few kilobytes may unpack to gigabytes.
base_formats.DEFAULT_FORMATS.remove(base_formats.XLSX)
