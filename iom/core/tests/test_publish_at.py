"""“Publish at…”: scheduling a publication, which sets the date of the article, and changing or cancelling its time."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from iom.tests.factories import ArticleFactory
from iom.translation.models import JointPublication
from iom.translation.tests.joint import Clock, scheduler
from iom.translation.tests.test_minor_corrections import form_data
from newsroom.models import NewsArticle

AT = datetime(2031, 7, 1, 7, 0, tzinfo=UTC)
LATER = datetime(2031, 8, 1, 7, 0, tzinfo=UTC)
HOUR, LATER_HOUR = "2031-07-01T09:00", "2031-08-01T09:00"  # in Zurich


@pytest.fixture
def draft(db):
    return ArticleFactory(live=False, first_published_at=None, date=None)


def schedule(client, page, hour=HOUR, **more):
    data = form_data(page) | {"date": "", "go_live_at": hour, "action-publish": "at"} | more
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)


def reread(page):
    return NewsArticle.objects.get(pk=page.pk)


def texts(answer):
    return " ".join(str(message) for message in answer.context["messages"])


def test_a_draft_is_scheduled_and_its_date_is_that_of_its_publication(draft, sign_in):
    client = sign_in("officer")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"

    answer = client.get(schedule(client, draft).url)

    assert "is scheduled for 1 Jul 2031, 09:00 (Geneva)" in texts(answer)
    scheduled = reread(draft).scheduled_revision
    assert scheduled.approved_go_live_at == AT
    assert scheduled.as_object().date == AT
    form = client.get(reverse("wagtailadmin_pages:edit", args=[draft.pk]))
    assert "Scheduled for 1 Jul 2031, 09:00 (Geneva)" in texts(form)
    assert reverse("publish_at", args=[draft.pk]) in texts(form)


@pytest.mark.parametrize("hour", ["", "2020-07-01T09:00", "2031-03-30T02:30", "2031-10-26T02:30", "x"])
def test_a_time_that_is_not_clear_or_has_passed_is_refused(draft, sign_in, hour):
    answer = schedule(sign_in("officer"), draft, hour)

    assert "go_live_at" in answer.context["form"].errors
    assert reread(draft).scheduled_revision is None
    assert not reread(draft).live


def test_the_user_chooses_one_of_two_moments_of_an_hour(draft, sign_in):
    schedule(sign_in("officer"), draft, "2031-10-26T02:30", go_live_at_offset="+01:00")

    assert reread(draft).scheduled_revision.approved_go_live_at == datetime(2031, 10, 26, 1, 30, tzinfo=UTC)


def test_the_date_of_a_text_that_readers_know_stays(db, sign_in):
    known = datetime(2026, 1, 2, 11, 30, tzinfo=UTC)
    page = ArticleFactory(date=known)
    page.save_revision().publish()

    schedule(sign_in("officer"), page, date="2026-01-02T12:30")

    assert reread(page).scheduled_revision.as_object().date == known


def test_another_time_is_two_steps_away(draft, sign_in):
    client = sign_in("officer")
    schedule(client, draft)

    answer = client.post(reverse("publish_at", args=[draft.pk]), {"go_live_at": LATER_HOUR})

    assert answer.status_code == 302
    scheduled = reread(draft).scheduled_revision
    assert scheduled.approved_go_live_at == LATER
    assert scheduled.as_object().date == LATER


@pytest.mark.parametrize("hour", ["", "2020-07-01T09:00", "2031-03-30T02:30"])
def test_another_time_has_to_be_one_in_future(draft, sign_in, hour):
    client = sign_in("officer")
    schedule(client, draft)

    answer = client.post(reverse("publish_at", args=[draft.pk]), {"go_live_at": hour})

    assert answer.context["form"].errors
    assert reread(draft).scheduled_revision.approved_go_live_at == AT


@pytest.mark.parametrize("end", [LATER_HOUR, "2031-07-15T09:00"])
def test_another_time_has_to_be_before_the_end_of_the_text(draft, sign_in, end):
    client = sign_in("officer")
    schedule(client, draft, expire_at=end)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"

    answer = client.post(reverse("publish_at", args=[draft.pk]), {"go_live_at": LATER_HOUR})

    assert "expires on" in str(answer.context["form"].errors)
    assert reread(draft).scheduled_revision.approved_go_live_at == AT


def test_a_cancelled_publication_leaves_a_draft_without_a_time(draft, sign_in):
    """Otherwise “Publish” would schedule it again, with the date of the cancelled publication."""
    client = sign_in("officer")
    schedule(client, draft)
    revision = reread(draft).scheduled_revision

    client.post(reverse("wagtailadmin_pages:revisions_unschedule", args=[draft.pk, revision.pk]))

    latest = reread(draft).get_latest_revision_as_object()
    assert (latest.go_live_at, latest.date) == (None, None)
    client.post(reverse("wagtailadmin_pages:edit", args=[draft.pk]), form_data(latest) | {"action-publish": "1"})
    assert reread(draft).live


def test_a_text_that_is_unpublished_forgets_the_time_of_its_update(db, sign_in):
    page, client = ArticleFactory(), sign_in("officer")
    schedule(client, page)

    reread(page).unpublish()

    latest = reread(page).get_latest_revision_as_object()
    assert (latest.live, latest.go_live_at) == (False, None)
    client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form_data(latest) | {"action-publish": "1"})
    assert reread(page).live


@pytest.mark.parametrize("is_published", [True, False])
def test_cancelling_or_changing_the_time_too_late_gives_a_message(draft, sign_in, monkeypatch, is_published):
    clock = Clock(monkeypatch)
    schedule(sign_in("officer"), draft, f"{timezone.localtime(clock() + timedelta(hours=1)):%Y-%m-%dT%H:%M}")
    cancel = reverse("wagtailadmin_pages:revisions_unschedule", args=[draft.pk, reread(draft).scheduled_revision.pk])
    if is_published:
        clock(hours=2)
        scheduler()
    else:
        sign_in("editor").post(cancel)
    assert reread(draft).live == is_published
    client = sign_in("officer")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    said = "has already been published" if is_published else "no longer scheduled"
    assert said in texts(client.post(cancel, follow=True))
    for send in (client.get, client.post):
        assert "no longer scheduled" in texts(send(reverse("publish_at", args=[draft.pk]), follow=True))


@pytest.mark.parametrize("account", ["translator.en", "translator.fr"])
def test_a_user_who_may_not_publish_does_not_change_the_time(draft, sign_in, account):
    schedule(sign_in("officer"), draft)

    answer = sign_in(account).post(reverse("publish_at", args=[draft.pk]), {"go_live_at": LATER_HOUR})

    assert answer.status_code in (302, 403)
    assert reread(draft).scheduled_revision.approved_go_live_at == AT


def test_both_languages_are_scheduled_together_and_get_another_time_together(draft, sign_in):
    client = sign_in("officer")
    schedule(client, draft, published_together="on")
    assert JointPublication.objects.get(page=draft.pk).due_at == AT

    client.post(reverse("publish_at", args=[draft.pk]), {"go_live_at": LATER_HOUR})

    awaited = JointPublication.objects.get(page=draft.pk)
    assert awaited.due_at == LATER
    assert awaited.revision == reread(draft).scheduled_revision


def test_the_dialog_shows_a_time_in_both_zones_and_asks_about_ambiguous_hours(sign_in):
    client = sign_in("officer")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"

    def dialog_html(hour):
        return client.get(reverse("publish_at_moment"), {"at": hour}).content.decode()

    assert "1 Jul 2031, 09:00 (Geneva)" in dialog_html(HOUR)
    assert dialog_html("2031-10-26T02:30").count('type="radio"') == 2
    assert "does not exist" in dialog_html("2031-03-30T02:30")
    assert "has passed" in dialog_html("2020-01-01T00:00")
    for nothing in ("", "x", "9999-99-99T00:00", "0001-01-01T00:00"):
        assert "radio" not in dialog_html(nothing)
