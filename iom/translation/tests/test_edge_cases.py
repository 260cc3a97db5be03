"""Failures around a translation lose no text and no publication, and disclose nothing."""

import json
from datetime import timedelta
from unittest.mock import Mock

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision
from wagtail_localize.models import OverridableSegment, SegmentOverride

from iom.tests.factories import ArticleFactory, SiteImageFactory
from iom.translation.content import comparison, overrides, segments
from iom.translation.models import Message, Original, TranslationState
from iom.translation.notifications import outbox
from iom.translation.tests.desk import body, prefill, republish, submit, translated
from iom.translation.tests.screen import address, segment
from iom.translation.workflow import publication, writing
from iom.users.models import User
from newsroom.models import NewsArticle


def english(**changes):
    return NewsArticle(**{"title": "Title", "summary": "Summary.", "body": body("One.", "Two.")} | changes)


def article(**fields):
    return ArticleFactory(**{"title": "Titre", "summary": "Résumé.", "body": body("Un.", "Deux.")} | fields)


@pytest.fixture
def original(db):
    return republish(article())


@pytest.fixture
def state(original):
    """The published translation."""
    return translated(original, english())[0]


def again(state):
    return TranslationState.objects.select_related("original", "page").get(pk=state.pk)


def in_a_day(page):
    """Schedules the page, as it now is."""
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision().publish()
    return Page.objects.get(pk=page.pk).scheduled_revision


def unschedule(client, page, revision):
    client.post(reverse("wagtailadmin_pages:revisions_unschedule", args=[page.pk, revision.pk]))


# Freshness


def test_what_goes_back_to_its_former_words_is_not_older_than_its_original(original, state):
    original.body = body("Un autre.", "Deux.")
    original = republish(original)
    assert again(state).is_older_than_its_original

    original.body = body("Un.", "Deux.")
    republish(original)

    assert again(state).step == "translated"
    assert not again(state).is_older_than_its_original


def test_a_draft_whose_schedule_is_cancelled_has_no_due_date(sign_in, db):
    draft = article(live=False)
    revision = in_a_day(draft)
    assert Original.objects.get(page=draft.pk).due_at == revision.approved_go_live_at

    unschedule(sign_in("editor"), draft, revision)

    assert Original.objects.get(page=draft.pk).due_at is None


def test_words_that_nobody_has_published_do_not_come_back_with_the_original(original, state):
    writing.write(state, segment(state, "title"), "Half a thought", None)
    original.unpublish()

    republish(NewsArticle.objects.get(pk=original.pk))

    assert not again(state).page.live
    assert again(state).step == "to-publish"


def test_an_address_that_nobody_has_published_does_not_go_out_with_a_new_date(original, state):
    overrides.set_text_override(state, overrides.SLUG, "a-better-one", None)
    original.date += timedelta(days=3)

    original = republish(original)

    page = NewsArticle.objects.get(pk=state.page_id)
    assert (page.date, page.url) == (original.date, "/en/news/title/")
    assert overrides.get_text_override(again(state), overrides.SLUG) == "a-better-one"


# What is in the way of one keeps no other from its readers


def _scheduled_with_a_translation_whose_address_is_taken(**fields):
    draft = article(live=False, **fields)
    revision = in_a_day(draft)
    state = TranslationState.objects.get(original=draft.pk)
    prefill(state, draft, english())
    publication.publish(state)
    overrides.set_text_override(state, overrides.SLUG, "taken", None)
    ArticleFactory(language="en", slug="taken")
    content = revision.content | {"go_live_at": (timezone.now() - timedelta(minutes=1)).isoformat()}
    Revision.objects.filter(pk=revision.pk).update(
        approved_go_live_at=timezone.now() - timedelta(minutes=1), content=content
    )
    return draft, again(state)


def test_an_embargo_ends_although_the_translation_cannot_go_live(db):
    draft, state = _scheduled_with_a_translation_whose_address_is_taken()
    assert state.ready

    call_command("publish_scheduled", verbosity=0)

    assert Page.objects.get(pk=draft.pk).live
    assert (again(state).page.live, again(state).step) == (False, "to-publish")


def test_a_text_is_unpublished_although_its_translation_could_not_be_published_again(original, state):
    overrides.set_text_override(state, overrides.SLUG, "taken", None)
    ArticleFactory(language="en", slug="taken")

    original.unpublish()

    assert not Page.objects.filter(pk__in=[original.pk, state.page_id], live=True).exists()


@pytest.mark.parametrize("gone", ["the language’s own", "the original’s"])
def test_a_picture_that_was_deleted_gives_way_to_what_the_original_has(sign_in, db, gone):
    theirs, own = SiteImageFactory(), SiteImageFactory()
    block = {"image": theirs.pk, "alt": "Un quai.", "decorative": False, "caption": ""}
    original = republish(
        article(lead_picture=theirs, picture_alt="Une gare.", body=[{"type": "picture", "id": "p", "value": block}])
    )
    state = TranslationState.objects.get(original=original.pk)
    for row in OverridableSegment.objects.filter(source=state.translation.source_id):
        SegmentOverride.objects.create(locale=state.locale, context=row.context, data_json=json.dumps(own.pk))
    writing.write_all(state, dict.fromkeys(segments.load_text(state.translation), "English"), None)
    (own if gone == "the language’s own" else theirs).delete()

    client = sign_in("translator.en")
    for where in (
        address(state),
        reverse("translation_preview", args=[state.pk]),
    ):
        assert client.get(where).status_code == 200
    assert publication.publish(again(state))
    left = None if gone == "the original’s" else theirs.pk
    assert NewsArticle.objects.get(pk=state.page_id).lead_picture_id == left


def test_a_message_that_was_stored_twice_causes_no_error(state):
    person = User.objects.get(email="translator.en@example.org")
    for _ in range(2):
        Message.objects.create(recipient=person, kind=Message.Kind.STALE, state=state)

    outbox.notify([person], Message.Kind.STALE, state)

    assert Message.objects.filter(recipient=person, kind=Message.Kind.STALE, state=state).count() == 2


def test_a_translation_that_was_deleted_is_begun_anew_on_request(sign_in, original, state):
    again(state).page.delete()

    sign_in("officer").post(reverse("translation_submit", args=[original.pk]))

    begun = TranslationState.objects.get(original=original.pk)
    assert begun.translation.enabled
    assert begun.page.specific.live is False


# What is typed


def test_characters_that_no_text_has_are_left_out(sign_in, original):
    state = submit(original, "en")
    row = segment(state, "title")
    client = sign_in("translator.en")

    client.post(reverse("translation_segment", args=[state.pk, row.pk]), {"text": "A\0 \x07title \u200fعربي 🚀"})
    assert segment(state, "title").written == "A title \u200fعربي 🚀"
    client.post(reverse("translation_ask", args=[state.pk, row.pk]), {"text": "Why\0?"})
    assert state.translation.questions.get().text == "Why?"


def test_the_working_title_is_plain_text_and_fits_its_column(original):
    state = submit(original, "en")

    writing.write(state, segment(state, "title"), "Water & <salt>", None)
    assert again(state).page.draft_title == "Water & <salt>"
    writing.write(state, segment(state, "title"), "x" * 300, None)
    assert again(state).page.draft_title == "x" * 255


def test_a_long_text_written_anew_is_compared_in_little_time(original, monkeypatch):
    def words(kind):
        return body(*[f"Paragraphe {n} {kind} trois quatre cinq six" for n in range(60)])

    state, _page = translated(republish(article(body=words("un"))), english(body=words("one")))
    page = NewsArticle.objects.get(pk=state.original_id)
    page.body = [block | {"id": f"new-{block['id']}"} for block in words("deux")]
    republish(page)
    similarity = Mock(wraps=comparison._similarity)
    monkeypatch.setattr(comparison, "_similarity", similarity)

    found = comparison.find_changes(
        comparison.last_published_version(state.pk).segments, segments.load_text(state.translation)
    )

    assert len(found) == 60
    assert similarity.call_count <= 60 * 5


# Who hears of it


def test_only_who_may_open_a_translation_learns_its_title_by_releasing_it(sign_in, db):
    state = submit(article(title="Zibeline", live=False), "en")

    answer = sign_in("translator.fr").post(reverse("translation_release", args=[state.pk]), follow=True)

    assert "Zibeline" not in answer.content.decode()


def test_a_draft_is_offered_as_a_link_to_those_alone_who_may_go_there(sign_in, db):
    article(title="Zibeline", language="en", live=False)
    article(title="Zibeline vue de tous", language="en")
    where = reverse("wagtailadmin_choose_page_search")

    def offered(account):
        found = sign_in(account).get(where, {"q": "Zibeline"}).context["pages"]
        return sorted(page.title for page in found)

    assert offered("translator.fr") == ["Zibeline vue de tous"]
    assert offered("officer") == ["Zibeline", "Zibeline vue de tous"]
