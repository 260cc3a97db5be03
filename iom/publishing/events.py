"""Signals for the events of pages. Each is sent once for an event, in the same transaction.

This module has the only receivers of Wagtail's page signals. Wagtail also sends these for aliases, schedules and
pages about to be deleted, and sends none for a scheduled update or a change of privacy.

The arguments of each signal are `page`, the specific page, and `pages`, the keys of all pages that change for readers:
the page, and its descendants where their address or privacy changes. Comments name the other arguments.
"""

from typing import Any

from django.db.models import QuerySet
from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import Signal, receiver
from wagtail.models import Page, PageViewRestriction, Revision
from wagtail.signals import page_published, page_unpublished, post_page_move, pre_page_move

draft_saved = Signal()  # also: revision; `page` has its text. Sent by `BasePage.save_revision`
published = Signal()  # also: revision (may be None)
scheduled = Signal()  # a first publication, or an update of a live page: page.scheduled_revision
schedule_cancelled = Signal()  # also: revision
unpublished = Signal()
expired = Signal()
moving = Signal()  # before the move; a receiver that raises prevents it. Also: parent_before, parent_after
moved = Signal()  # also: parent_before, parent_after; the same parent where only the address or the order has changed
made_private = Signal()
made_public = Signal()
deleted = Signal()  # before the row is deleted; once for the page, and once for each descendant
gone = Signal()  # after the row is deleted; `pages` is empty
restored = Signal()  # a deleted page exists again, as a draft
forgotten = Signal()  # only `keys`: the translation keys of texts that nobody can restore any more
withdrawn = Signal()  # unpublished together with all its translations; once for each of them
reinstated = Signal()  # live again after a withdrawal, with the text that readers had


def subtree(page: Page) -> list[int]:
    """Returns the keys of a page and its descendants."""
    return list(Page.objects.filter(path__startswith=page.path).values_list("pk", flat=True))


@receiver(page_published)
def on_page_published(
    sender: type[Page], instance: Page, revision: Revision | None = None, alias: bool = False, **kwargs: Any
) -> None:
    if alias or instance.alias_of_id:
        return
    if instance.live:
        published.send(sender, page=instance, pages=[instance.pk], revision=revision)
    else:
        scheduled.send(sender, page=instance, pages=[instance.pk])


@receiver(page_unpublished)
def on_page_unpublished(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    if Page.objects.filter(pk=instance.pk, live=True).exists():
        return  # Wagtail is about to delete it
    signal = expired if instance.expired else unpublished
    signal.send(sender, page=instance, pages=[instance.pk])


@receiver(post_save, sender=Revision)
def on_revision_saved(sender: type[Revision], instance: Revision, **kwargs: Any) -> None:
    is_cancelled = "approved_go_live_at" in (kwargs["update_fields"] or ()) and instance.approved_go_live_at is None
    if is_cancelled and isinstance(page := instance.content_object, Page):
        schedule_cancelled.send(type(page), page=page, pages=[page.pk], revision=instance)


@receiver(pre_page_move)
def on_page_moving(
    sender: type[Page], instance: Page, parent_page_before: Page, parent_page_after: Page, **kwargs: Any
) -> None:
    moving.send(sender, page=instance, pages=[], parent_before=parent_page_before, parent_after=parent_page_after)


@receiver(post_page_move)
def on_page_moved(
    sender: type[Page], instance: Page, parent_page_before: Page, parent_page_after: Page, **kwargs: Any
) -> None:
    pages = subtree(instance) if kwargs["url_path_before"] != kwargs["url_path_after"] else []
    moved.send(sender, page=instance, pages=pages, parent_before=parent_page_before, parent_after=parent_page_after)


@receiver(pre_delete, sender=Page)
def on_page_deleted(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    deleted.send(instance.specific_class or sender, page=instance, pages=[instance.pk])


@receiver(post_delete, sender=Page)
def on_page_gone(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    gone.send(sender, page=instance, pages=[])


@receiver(post_save, sender=PageViewRestriction)
def on_restriction_saved(sender: Any, instance: PageViewRestriction, raw: bool, **kwargs: Any) -> None:
    if not raw:
        _send_privacy(made_private, instance.page)


@receiver(post_delete, sender=PageViewRestriction)
def on_restriction_deleted(sender: Any, instance: PageViewRestriction, origin: Any, **kwargs: Any) -> None:
    """Ignores a restriction that is deleted with its page: `origin` is the object whose deletion was requested."""
    if (origin.model if isinstance(origin, QuerySet) else type(origin)) is PageViewRestriction:
        _send_privacy(made_public, instance.page)


def _send_privacy(signal: Signal, page: Page) -> None:
    """Sends the signal for all translations: a page is as private as the strictest of them."""
    translations = Page.objects.filter(translation_key=page.translation_key)
    pages = [pk for translation in translations for pk in subtree(translation)]
    signal.send(page.specific_class, page=page.specific, pages=pages)
