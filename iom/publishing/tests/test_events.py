"""Each event of a page sends one signal, in its transaction, and only from `iom.publishing.events`."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models.signals import ModelSignal
from django.dispatch import Signal
from django.utils import timezone
from wagtail import signals
from wagtail.models import Page, PageViewRestriction

from aboutus.models import AboutPage
from iom.navigation.tests.pairs import at
from iom.publishing import events, schedule
from iom.tests.factories import ArticleFactory
from iom.translation.models import TranslationState
from newsroom.models import NewsArticle

EVENTS = {
    name: signal
    for name, signal in vars(events).items()
    if isinstance(signal, Signal)
    and not isinstance(signal, ModelSignal)
    and getattr(signals, name, None) is not signal
}
OURS = ("iom.", "home.", "aboutus.", "newsroom.", "search.")
WAGTAILS = {
    name: signal for name, signal in vars(signals).items() if isinstance(signal, Signal) and "page" in name.split("_")
}
TOLD = ["page_published", "page_unpublished", "pre_page_move", "post_page_move"]


def our_receivers(signal):
    found = [entry[1]() for entry in signal.receivers]
    return [receiver.__module__ for receiver in found if receiver and receiver.__module__.startswith(OURS)]


@pytest.mark.parametrize("name", WAGTAILS)
def test_wagtails_page_signals_have_one_receiver(name):
    assert our_receivers(WAGTAILS[name]) == (["iom.publishing.events"] if name in TOLD else [])


@contextmanager
def record_events(without=("draft_saved",)):
    """Records the events within the block: name, key of the page, keys of the pages concerned."""
    found = []

    def listener(name):
        def listen(sender, page, pages, **kwargs):
            assert connection.in_atomic_block
            assert issubclass(sender, Page)
            found.append((name, page.pk, set(pages)))

        return listen

    listeners = {name: listener(name) for name in EVENTS if name not in without}
    for name, listen in listeners.items():
        EVENTS[name].connect(listen)
    try:
        yield found
    finally:
        for name, listen in listeners.items():
            EVENTS[name].disconnect(listen)


def single(**values):
    """An article that no other language has."""
    return NewsArticle.objects.get(pk=ArticleFactory(**values).pk)


def test_a_saved_draft_sends_its_text_and_changes_nothing_for_readers(db):
    page = single(title="Un titre")
    page.title = "Un autre titre"
    with record_events(without=()) as found:
        page.save_revision()
    assert found == [("draft_saved", page.pk, {page.pk})]


def test_a_publication_and_its_end(db):
    page = single(live=False)
    with record_events() as found:
        page.save_revision().publish()
        NewsArticle.objects.get(pk=page.pk).unpublish()
    assert found == [("published", page.pk, {page.pk}), ("unpublished", page.pk, {page.pk})]


def test_a_schedule_is_no_publication_and_its_end_sends_a_signal(db):
    page = single(live=False)
    page.go_live_at = timezone.now() + timedelta(days=1)
    with record_events() as found:
        revision = page.save_revision()
        revision.publish()
        revision.approved_go_live_at = None
        revision.save(update_fields=["approved_go_live_at"])
    assert [name for name, *_rest in found] == ["scheduled", "schedule_cancelled"]


def test_the_schedule_of_an_update_sends_a_signal(db):
    page = single()
    page.save_revision().publish()
    page = NewsArticle.objects.get(pk=page.pk)
    page.go_live_at = timezone.now() + timedelta(days=1)
    with record_events() as found:
        page.save_revision().publish()
    assert found == [("scheduled", page.pk, {page.pk})]


def test_a_page_that_expires(db):
    page = single()
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    with record_events() as found:
        schedule.publish_due()
    assert [event for event in found if event[1] == page.pk] == [("expired", page.pk, {page.pk})]


def section_with_a_page():
    above = at("/fr/qui-sommes-nous/")
    section = above.add_child(instance=AboutPage(title="Section", locale=above.locale))
    return section, section.add_child(instance=AboutPage(title="Below", locale=above.locale))


def test_a_move_and_a_new_address_concern_all_pages_below(db):
    section, below = section_with_a_page()
    with record_events() as found:
        section.move(at("/fr/notre-travail/"), "last-child")
    assert found == [("moving", section.pk, set()), ("moved", section.pk, {section.pk, below.pk})]

    section = AboutPage.objects.get(pk=section.pk)
    section.slug = "another"
    with record_events() as found:
        section.save_revision().publish()
    both = {section.pk, below.pk}
    assert found == [("published", section.pk, {section.pk}), ("moved", section.pk, both)]
    assert AboutPage.objects.get(pk=below.pk).url == "/fr/notre-travail/another/below/"


def test_privacy_concerns_the_translations_and_all_pages_below(db):
    section = at("/fr/qui-sommes-nous/")
    both = Page.objects.filter(translation_key=section.translation_key)
    concerned = {page.pk for one in both for page in one.get_descendants(inclusive=True)}
    with record_events() as found:
        restriction = PageViewRestriction.objects.create(page=section, restriction_type="login")
        restriction.delete()
    assert found == [("made_private", section.pk, concerned), ("made_public", section.pk, concerned)]


def test_a_deletion_sends_a_signal_for_each_page_below_and_none_of_unpublication(db):
    section, below = section_with_a_page()
    with record_events() as found:
        AboutPage.objects.get(pk=section.pk).delete()
    both = (section.pk, below.pk)
    assert sorted(found) == sorted([*(("deleted", pk, {pk}) for pk in both), *(("gone", pk, set()) for pk in both)])


def test_a_translation_that_follows_its_original_has_its_own_signal(db):
    state = TranslationState.objects.filter(page__live=True, original__page__live=True).first()
    with record_events() as found:
        state.original.page.specific.unpublish()
    assert sorted(found) == sorted(("unpublished", pk, {pk}) for pk in (state.page_id, state.original_id))
