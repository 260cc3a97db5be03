"""A translation that was ready when review was switched on does not go live before another person has revised it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from iom.tests.factories import ArticleFactory
from iom.translation.content import segments
from iom.translation.models import JointPublication, LanguageRule, TranslationState
from iom.translation.tests import joint
from iom.translation.tests.desk import body, prefill, republish, submit, translated
from iom.translation.tests.joint import Clock, ask_to_publish, english, marked_article, notified, person, scheduler
from iom.translation.workflow import joint_publication, publication, review
from iom.translation.workflow.publication import NotPublished
from iom.users.models import User
from newsroom.models import NewsArticle

Step = TranslationState.Step
REASON = "Nothing else can wait."


def switch_on(noticed=True):
    """Switches review on: as on the administrators' screen, or without a recount, as a script might do."""
    rule = LanguageRule.objects.get(locale__language_code="en")
    LanguageRule.objects.filter(pk=rule.pk).update(review=True)
    if noticed:
        rule.refresh_from_db()
        review.recount_complete_translations(rule)


@pytest.fixture
def reviser(db):
    someone = User.objects.create_user("reviser.en@example.org", "x")
    someone.groups.add(LanguageRule.objects.get(locale__language_code="en").translators)
    return someone


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)


@pytest.fixture
def draft(reviser):
    """An original that readers do not have yet, and whose translation is ready."""
    article = marked_article()
    article.published_together = False
    article.save_revision(user=person("officer"))
    state = submit(article, "en")
    prefill(state, article, joint.counterpart(), person("translator.en"))
    state = TranslationState.objects.get(pk=state.pk)
    assert not publication.publish(state, person("translator.en"))
    assert state.ready
    return article


def latest(article):
    return NewsArticle.objects.get(pk=article.pk).get_latest_revision()


def by_its_author(article, **kwargs):
    latest(article).publish(user=person("officer"))


def by_the_bulk_action(article, sign_in, **kwargs):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    sign_in("editor").post(f"{address}?id={article.pk}", {"include_descendants": ""})


def by_its_schedule(article, clock, **kwargs):
    page = NewsArticle.objects.get(pk=article.pk).get_latest_revision_as_object()
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()
    clock(hours=2)
    scheduler()


def by_a_script(article, **kwargs):
    NewsArticle.objects.get(pk=article.pk).get_latest_revision_as_object().save_revision().publish(
        skip_permission_checks=True
    )


def _waiting(article, **kwargs):
    """A joint publication that waits, from before its translation became ready."""
    JointPublication.objects.create(page_id=article.pk, revision=latest(article), requested_by=person("officer"))


def alone(article, **kwargs):
    _waiting(article)
    awaited = JointPublication.objects.get(page=article.pk)
    assert joint_publication.publish_alone(awaited, person("editor"), REASON)


WAYS_OF_THE_ORIGINAL = [by_its_author, by_the_bulk_action, by_its_schedule, by_a_script, alone]


@pytest.mark.parametrize("noticed", [True, False])
@pytest.mark.parametrize("way", WAYS_OF_THE_ORIGINAL)
def test_an_original_goes_live_without_the_translation_that_is_to_be_revised(draft, sign_in, clock, way, noticed):
    switch_on(noticed)
    way(draft, sign_in=sign_in, clock=clock)

    state = english(draft)
    assert joint.live(draft) == [True, False]
    assert (state.step, state.ready) == (Step.TO_REVISE, False)
    assert notified("to-revise") == {"reviser.en"}


@pytest.mark.parametrize("way", WAYS_OF_THE_ORIGINAL)
def test_by_each_of_these_ways_it_goes_live_where_nothing_is_to_be_revised(draft, sign_in, clock, way):
    way(draft, sign_in=sign_in, clock=clock)
    assert joint.live(draft) == [True, True]


def test_switching_review_on_changes_the_desk_and_notifies_revisers_at_once(draft):
    switch_on()
    assert english(draft).step == Step.TO_REVISE
    assert notified("to-revise") == {"reviser.en"}


def test_once_revised_it_is_published_by_a_third_person_and_goes_live_with_its_original(draft, reviser):
    switch_on()
    review.revise(english(draft), reviser)
    publication.publish(english(draft), person("editor"))
    by_its_author(draft)
    assert joint.live(draft) == [True, True]


@pytest.fixture
def awaited(reviser):
    """A joint publication that waits: for its minute alone, as its translation is ready."""
    article = ask_to_publish(marked_article(), go_live_at=timezone.now() + timedelta(hours=2))
    joint.translate(article)
    assert english(article).ready
    assert joint_publication.is_complete(article)
    return article


def wait_for_the_minute(article, clock):
    clock(hours=3)
    scheduler()


def ask_again(article, clock):
    ask_to_publish(article)


@pytest.mark.parametrize("noticed", [True, False])
@pytest.mark.parametrize("way", [wait_for_the_minute, ask_again])
def test_a_joint_publication_waits_for_the_reviser(awaited, clock, way, noticed):
    switch_on(noticed)
    assert not joint_publication.is_complete(awaited)

    way(awaited, clock)

    state = english(awaited)
    assert joint.live(awaited) == [False, False]
    assert (state.step, state.ready) == (Step.TO_REVISE, False)
    assert "reviser.en" in notified("to-revise")


def test_its_officer_sees_what_it_waits_for(awaited, sign_in):
    switch_on()
    html = sign_in("officer").get(reverse("wagtailadmin_pages:edit", args=[awaited.pk])).content.decode()
    assert "doit encore la réviser" in html or "still has to revise it" in html


def test_a_joint_publication_goes_live_when_its_translation_has_been_revised(awaited, clock, reviser):
    switch_on()
    review.revise(english(awaited), reviser)
    publication.publish(english(awaited), person("editor"))
    wait_for_the_minute(awaited, clock)
    assert joint.live(awaited) == [True, True]


@pytest.fixture
def whole(reviser):
    """The state of a published translation with a newer text that is not published."""
    original = republish(ArticleFactory(title="Titre", summary="Résumé.", body=body("Un.")))
    state, _page = translated(original, NewsArticle(title="Title", summary="Summary.", body=body("One.")))
    prefill(
        state, original, NewsArticle(title="Other", summary="Summary.", body=body("One.")), person("translator.en")
    )
    return TranslationState.objects.get(pk=state.pk)


def title(state):
    return Page.objects.get(pk=state.page_id).title


@pytest.mark.parametrize(
    "publish",
    [
        lambda state: publication.publish(state, person("editor")),
        lambda state: publication.go_live(state, person("editor"), segments.load_text(state.translation)),
        lambda state: publication.save_draft(state).publish(user=person("admin")),
        lambda state: publication.save_draft(state).publish(skip_permission_checks=True),
    ],
    ids=["editor", "after the original", "person", "script"],
)
def test_new_words_of_a_published_translation_are_refused_at_the_gate(whole, publish):
    switch_on(noticed=False)
    with pytest.raises(NotPublished):
        publish(whole)
    assert title(whole) == "Title"


def test_what_an_original_shares_is_carried_and_no_unrevised_word(whole):
    switch_on(noticed=False)
    original = NewsArticle.objects.get(pk=whole.original_id)
    original.date += timedelta(days=3)
    original = republish(original)
    page = NewsArticle.objects.get(pk=whole.page_id)
    assert (page.title, page.date) == ("Title", original.date)


def test_words_that_readers_had_come_back_with_their_original(reviser):
    original = republish(ArticleFactory(title="Titre", summary="Résumé.", body=body("Un.")))
    state, _page = translated(original, NewsArticle(title="Title", summary="Summary.", body=body("One.")))
    switch_on()
    NewsArticle.objects.get(pk=original.pk).unpublish()
    republish(NewsArticle.objects.get(pk=original.pk))
    assert Page.objects.get(pk=state.page_id).live


def test_words_whose_reviser_has_left_are_revised(draft, reviser):
    switch_on()
    review.revise(english(draft), reviser)
    publication.publish(english(draft), person("editor"))
    reviser.delete()
    by_its_author(draft)
    assert joint.live(draft) == [True, True]
