"""Joint publication (« Publier toutes les langues ensemble »): all languages go live together, once all are ready."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Page

from iom.navigation.tests.pairs import at
from iom.translation.models import JointPublication, Message
from iom.translation.tests.desk import body
from iom.translation.tests.joint import (
    ENGLISH,
    TITLE,
    Clock,
    ask_to_publish,
    english,
    live,
    marked_article,
    notified,
    scheduler,
    translate,
)
from iom.withdrawal import withdrawing
from newsroom.models import NewsArticle


@pytest.fixture
def article(db):
    return marked_article()


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)


def test_nothing_goes_out_before_the_translation_is_there_and_then_both_do(article):
    ask_to_publish(article)
    assert live(article) == [False, False]
    assert notified("needed") == {"translator.en"}

    assert translate(article) is True

    assert live(article) == [True, True]
    assert at("/en/news/sable-in-the-sahel/").title == ENGLISH
    assert not JointPublication.objects.exists()
    assert notified("done") == {"officer"}


def test_no_visitor_learns_of_it_before(visitor, article):
    page = ask_to_publish(article)
    target = english(article).page
    english_address = f"/en/news/{target.slug}/"
    lists = ["/fr/", "/en/", "/fr/actualites/", "/en/news/", "/fr/actualites/rss/", "/en/news/rss/", "/sitemap-pages-1.xml",
             "/fr/recherche/?q=zibeline", "/en/search/?q=zibeline", "/en/search/?q=sable"]  # fmt: skip
    for address in (page.url, english_address):
        assert visitor.get(address).status_code == 404
    for address in lists:
        answer = visitor.get(address)
        text = b"".join(answer) if answer.streaming else answer.content
        assert answer.status_code == 200, address
        assert b"Zibeline" not in text, address
        assert ENGLISH.encode() not in text

    translate(article)

    assert visitor.get(page.url).status_code == 200
    assert visitor.get("/en/news/sable-in-the-sahel/").status_code == 200
    assert TITLE in visitor.get("/fr/actualites/").content.decode()
    assert ENGLISH in visitor.get("/en/news/").content.decode()


def test_both_or_none_even_when_one_of_them_fails(article, monkeypatch, clock):
    """After a failure the translation stays ready, and the scheduler tries again a minute later."""
    ask_to_publish(article)
    index = at("/en/news/")
    real = NewsArticle.save

    def refused(self, *args, **kwargs):
        if self.live and self.locale_id == index.locale_id and self.title == ENGLISH:
            raise ValidationError({"title": "refused"})
        return real(self, *args, **kwargs)

    with monkeypatch.context() as patched:
        patched.setattr(NewsArticle, "save", refused)
        assert translate(article) is False
        assert live(article) == [False, False]
        assert english(article).step == "ready"
        scheduler()
        assert live(article) == [False, False]

    clock(minutes=1)
    scheduler()
    assert live(article) == [True, True]


def test_a_schedule_waits_for_its_minute_and_goes_out_whole(article, clock):
    page = ask_to_publish(article, go_live_at=clock() + timedelta(hours=3))
    assert str(page.status_string) in ("scheduled", "programmée")
    assert english(article).original.due_at == page.scheduled_revision.approved_go_live_at

    assert translate(article) is False, "its minute lies ahead"
    clock(hours=2, minutes=59)
    scheduler()
    assert live(article) == [False, False]

    clock(minutes=1)
    scheduler()
    assert live(article) == [True, True]
    assert not {"awaited-soon", "held-back"} & set(Message.objects.values_list("kind", flat=True))


def test_an_incomplete_translation_is_told_of_an_hour_before_and_at_the_minute_and_holds_it_back(article, clock):
    ask_to_publish(article, go_live_at=clock() + timedelta(hours=3))
    everyone = {"officer", "editor", "admin", "translator.en"}
    scheduler()
    assert notified("awaited-soon") == set()

    clock(hours=2)
    scheduler()
    assert notified("awaited-soon") == everyone

    clock(hours=1)
    for _ in range(3):
        scheduler()
        assert live(article) == [False, False]
        clock(minutes=1)
    assert notified("held-back") == everyone
    assert Message.objects.filter(kind__in=["awaited-soon", "held-back"]).count() == 2 * len(everyone)
    page = NewsArticle.objects.get(pk=article.pk)
    assert str(page.status_string) in ("scheduled", "programmée")

    assert translate(article) is True, "at once, the minute having passed"
    assert live(article) == [True, True]


def test_cancelling_the_schedule_forgets_it(sign_in, article, clock):
    page = ask_to_publish(article, go_live_at=clock() + timedelta(hours=3))
    unschedule = reverse("wagtailadmin_pages:revisions_unschedule", args=[page.pk, page.scheduled_revision.pk])
    sign_in("officer").post(unschedule)

    assert not JointPublication.objects.exists()
    clock(hours=4)
    translate(article)
    scheduler()
    assert live(article) == [False, False]


def test_publishing_again_replaces_what_waits_and_a_draft_does_not(article):
    ask_to_publish(article)
    first = JointPublication.objects.get().revision_id
    draft = NewsArticle.objects.get(pk=article.pk).get_latest_revision_as_object()
    draft.body = body("Un.", "Deux.")
    draft.save_revision()
    assert JointPublication.objects.get().revision_id == first

    ask_to_publish(article)
    assert english(article).total == 4
    translate(article, "One.", "Two.")

    assert live(article) == [True, True]
    assert len(NewsArticle.objects.get(pk=article.pk).body) == 2


@pytest.fixture
def pair(article):
    """A live original with a live translation."""
    ask_to_publish(article)
    translate(article)
    Message.objects.all().delete()
    return NewsArticle.objects.get(pk=article.pk)


def test_a_changed_meaning_reaches_both_languages_together(pair):
    pair.body = body("Un.", "Deux.")
    pair.save_revision().publish()
    assert len(NewsArticle.objects.get(pk=pair.pk).body) == 1
    assert notified("stale") == {"translator.en"}

    translate(pair, "One.", "Two.")

    bodies = [len(page.body) for page in NewsArticle.objects.filter(translation_key=pair.translation_key)]
    assert bodies == [2, 2]
    assert not english(pair).is_older_than_its_original


def test_a_minor_correction_and_what_is_shared_do_not_wait(pair):
    pair.scope = "regional"
    pair.save_revision().publish()
    assert set(NewsArticle.objects.filter(translation_key=pair.translation_key).values_list("scope", flat=True)) == {
        "regional"
    }

    pair.body, pair.is_minor_change = body("Un !"), True
    pair.save_revision().publish()
    assert "Un !" in str(NewsArticle.objects.get(pk=pair.pk).body)
    assert not JointPublication.objects.exists()


def test_a_text_that_the_author_restores_waits_for_nobody(pair):
    pair.body = body("Une erreur.")
    pair.save_revision().publish()
    assert JointPublication.objects.exists()

    pair.body, pair.scope = body("Un."), "regional"
    pair.save_revision().publish()

    assert not JointPublication.objects.exists()
    pages = NewsArticle.objects.filter(translation_key=pair.translation_key)
    assert set(pages.values_list("scope", flat=True)) == {"regional"}
    assert english(pair).step == "translated"


def test_a_joint_publication_is_refused_if_the_section_is_not_translated(article):
    Page.objects.filter(pk=at("/en/news/").pk).update(translation_key=uuid4())

    with pytest.raises(ValidationError):
        ask_to_publish(article)

    assert not JointPublication.objects.exists()


def test_an_unpublished_or_deleted_text_waits_no_longer(pair):
    pair.body = body("Un.", "Deux.")
    pair.save_revision().publish()
    pair.unpublish()
    assert not JointPublication.objects.exists()

    ask_to_publish(pair)
    NewsArticle.objects.get(pk=pair.pk).delete()
    assert not JointPublication.objects.exists()


def test_a_withdrawn_text_waits_no_longer(pair):
    pair.body = body("Un.", "Deux.")
    pair.save_revision().publish()
    assert JointPublication.objects.exists()
    withdrawing.withdraw(pair, None, "public", {"fr": "Faux."})
    assert not JointPublication.objects.exists()


def test_a_joint_publication_replaces_a_schedule(article, clock):
    """A version with a time, and then another that is to go live as soon as its translation is there."""
    later = clock() + timedelta(hours=3)
    page = ask_to_publish(article, go_live_at=later)
    assert page.scheduled_revision
    page = ask_to_publish(article)
    assert page.scheduled_revision is None
    clock(hours=4)
    scheduler()
    assert live(article) == [False, False]


def test_an_update_with_a_time_outlives_the_end_of_the_text_before(pair, clock):
    pair.expire_at = clock.now + timedelta(hours=1)
    pair.save_revision().publish()
    pair.body, pair.expire_at = body("Un.", "Deux."), None
    pair.save_revision()
    ask_to_publish(pair, go_live_at=clock.now + timedelta(hours=2))
    translate(pair, "One.", "Two.")

    clock(hours=1, minutes=1)
    scheduler()
    assert live(pair) == [False, False]
    assert JointPublication.objects.get(page=pair.pk).due_at

    clock(hours=1)
    scheduler()
    assert live(pair) == [True, True]
    bodies = NewsArticle.objects.filter(translation_key=pair.translation_key)
    assert [len(page.body) for page in bodies] == [2, 2]
