"""What happens to pages, told once each, in the transaction in which it happens.

The only receivers of Wagtail's page signals. Those are also sent for aliases, for a mere schedule and for pages that
are about to be deleted, and say nothing of an update that is scheduled, or of privacy.

Each signal brings `page`, the specific page, and `pages`, the keys of all pages for which readers see a difference:
itself, and those below it where their address or privacy changes.
"""

from typing import Any

from django.db.models import Q
from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import Signal, receiver
from wagtail.models import Page, PageViewRestriction, Revision
from wagtail.signals import page_published, page_unpublished, post_page_move, pre_page_move

published = Signal()  # also: revision (may be None)
scheduled = Signal()  # a first publication, or an update of a live page: page.scheduled_revision
schedule_cancelled = Signal()  # also: revision
unpublished = Signal()
expired = Signal()
moving = Signal()  # before it happens: a receiver that raises keeps it from happening. parent_before, parent_after
moved = Signal()  # also: parent_before, parent_after; the same where the address has changed, or the order
made_private = Signal()
made_public = Signal()
deleted = Signal()  # just before: its row is still there. Once for the page, and once for each page below it


def below(page: Page) -> list[int]:
    """The keys of a page and of all below it."""
    return list(Page.objects.filter(path__startswith=page.path).values_list("pk", flat=True))


@receiver(page_published)
def on_page_published(
    sender: type[Page], instance: Page, revision: Revision | None = None, alias: bool = False, **kwargs: Any
) -> None:
    if alias or instance.alias_of_id:
        return
    if not instance.live:
        scheduled.send(sender, page=instance, pages=[instance.pk])
        return
    published.send(sender, page=instance, pages=[instance.pk], revision=revision)


@receiver(page_unpublished)
def on_page_unpublished(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    if Page.objects.filter(pk=instance.pk, live=True).exists():
        return  # it is about to be deleted
    signal = expired if instance.expired else unpublished
    signal.send(sender, page=instance, pages=[instance.pk])


@receiver(post_save, sender=Revision)
def on_revision_saved(
    sender: type[Revision],
    instance: Revision,
    update_fields: frozenset[str] | None = None,
    raw: bool = False,
    **kwargs: Any,
) -> None:
    is_cancelled = update_fields and "approved_go_live_at" in update_fields and instance.approved_go_live_at is None
    if raw or not is_cancelled:
        return
    page = instance.content_object
    if isinstance(page, Page):
        schedule_cancelled.send(type(page), page=page, pages=[page.pk], revision=instance)


@receiver(pre_page_move)
def on_page_moving(
    sender: type[Page], instance: Page, parent_page_before: Page, parent_page_after: Page, **kwargs: Any
) -> None:
    moving.send(sender, page=instance, pages=[], parent_before=parent_page_before, parent_after=parent_page_after)


@receiver(post_page_move)
def on_page_moved(
    sender: type[Page],
    instance: Page,
    parent_page_before: Page,
    parent_page_after: Page,
    url_path_before: str,
    url_path_after: str,
    **kwargs: Any,
) -> None:
    pages = below(instance) if url_path_before != url_path_after else []
    moved.send(sender, page=instance, pages=pages, parent_before=parent_page_before, parent_after=parent_page_after)


@receiver(pre_delete, sender=Page)
def on_page_deleted(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    deleted.send(instance.specific_class or sender, page=instance, pages=[instance.pk])


@receiver(post_save, sender=PageViewRestriction)
def on_restriction_saved(
    sender: type[PageViewRestriction], instance: PageViewRestriction, raw: bool = False, **kwargs: Any
) -> None:
    if not raw:
        _tell_of_privacy(made_private, instance.page)


@receiver(post_delete, sender=PageViewRestriction)
def on_restriction_deleted(sender: type[PageViewRestriction], instance: PageViewRestriction, **kwargs: Any) -> None:
    page = Page.objects.filter(pk=instance.page_id).first()  # it may be deleted at this moment
    if page is not None:
        _tell_of_privacy(made_public, page)


def _tell_of_privacy(signal: Signal, page: Page) -> None:
    """A page is as private as the strictest of its translations."""
    paths = Page.objects.filter(translation_key=page.translation_key).values_list("path", flat=True)
    below_any = Q()
    for path in paths:
        below_any |= Q(path__startswith=path)
    pages = list(Page.objects.filter(below_any).values_list("pk", flat=True))
    signal.send(page.specific_class, page=page.specific, pages=pages)
