"""Translations follow their original when it is unpublished, deleted or moved; originals do not follow translations."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Locale, Page, PageLogEntry, PageViewRestriction
from wagtail_localize.models import Translation

from iom.listing import writing
from iom.translation.models import TranslationState
from iom.translation.tests.admin import bulk, url
from iom.translation.tests.desk import republish, translated
from iom.translation.tests.sample_article import english, french
from iom.translation.workflow import submission
from newsroom.models import NewsArticle

Step = TranslationState.Step


@pytest.fixture
def pair(db):
    """A published article and its published translation."""
    page = french()
    _state, translation = translated(page, english())
    return NewsArticle.objects.get(pk=page.pk), translation


def is_live(page):
    return Page.objects.filter(pk=page.pk, live=True).exists()


def exists(page):
    return Page.objects.filter(pk=page.pk).exists()


def state_of(page):
    return TranslationState.objects.get(page=page.pk)


# Unpublishing


@pytest.mark.parametrize("way", ["view", "bulk", "code"])
def test_an_unpublished_original_takes_its_translation_offline(sign_in, visitor, pair, way):
    page, translation = pair
    client = sign_in("editor")
    if way == "view":
        assert client.post(url("unpublish", page)).status_code == 302
    elif way == "bulk":
        assert client.post(bulk("unpublish", page)).status_code == 302
    else:
        page.unpublish()

    assert not is_live(page)
    assert not is_live(translation)
    assert visitor.get(translation.url).status_code == 404
    assert PageLogEntry.objects.filter(page=translation.pk, action="wagtail.unpublish").count() == 1
    assert state_of(translation).step == Step.READY
    assert not TranslationState.objects.waiting().filter(page=translation.pk).exists()


def test_the_log_names_who_has_taken_both_offline(sign_in, pair):
    sign_in("editor").post(url("unpublish", pair[0]))

    for each in pair:
        entry = PageLogEntry.objects.get(page=each.pk, action="wagtail.unpublish")
        assert entry.user.email == "editor@example.org"


def test_both_or_none_go_offline(sign_in, monkeypatch, pair):
    page, translation = pair

    def fails(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("iom.translation.workflow.follow_original._prepare_republication", fails)
    with pytest.raises(RuntimeError):
        sign_in("editor").post(url("unpublish", page))

    assert is_live(page)
    assert is_live(translation)


def test_the_translation_comes_back_with_its_original(pair):
    page, translation = pair
    page.unpublish()

    page = republish(NewsArticle.objects.get(pk=page.pk))

    assert is_live(page)
    assert is_live(translation)
    assert state_of(translation).step == Step.TRANSLATED


def test_a_translation_of_which_words_have_become_wrong_waits_for_its_translator(pair):
    page, translation = pair
    page.unpublish()
    page = NewsArticle.objects.get(pk=page.pk)
    page.title = "Autre titre"

    republish(page)

    assert not is_live(translation)
    assert state_of(translation).step == Step.OUT_OF_DATE


def test_a_translation_taken_down_by_itself_leaves_its_original_and_does_not_come_back(sign_in, pair):
    page, translation = pair
    sign_in("editor").post(url("unpublish", translation))
    assert (is_live(page), is_live(translation)) == (True, False)
    assert state_of(translation).step == Step.TO_PUBLISH

    republish(NewsArticle.objects.get(pk=page.pk))
    assert not is_live(translation)

    page = NewsArticle.objects.get(pk=page.pk)
    page.unpublish()
    assert state_of(translation).step == Step.TRANSLATED
    republish(NewsArticle.objects.get(pk=page.pk))
    assert not is_live(translation)


@pytest.mark.parametrize("account", ["officer", "translator.en", "translator.fr"])
@pytest.mark.parametrize("action", ["unpublish", "delete"])
def test_those_who_may_not_retire_pages_do_neither_here(sign_in, pair, account, action):
    client = sign_in(account)
    for page in pair:
        client.post(url(action, page))
        client.post(bulk(action, page))

    assert all(is_live(page) for page in pair)


def test_chosen_together_they_are_taken_down_once(sign_in, pair):
    page, translation = pair
    answer = sign_in("editor").post(bulk("unpublish", translation, page))

    assert answer.status_code == 302
    assert (is_live(page), is_live(translation)) == (False, False)
    assert state_of(translation).step == Step.READY


def test_both_expire_at_the_same_minute(pair):
    page, translation = pair
    page.expire_at = timezone.now() + timedelta(hours=1)
    republish(page)
    assert NewsArticle.objects.get(pk=translation.pk).expire_at == page.expire_at

    Page.objects.filter(pk__in=[page.pk, translation.pk]).update(expire_at=timezone.now() - timedelta(seconds=1))
    call_command("publish_scheduled")

    assert (is_live(page), is_live(translation)) == (False, False)
    for each in pair:
        assert PageLogEntry.objects.filter(page=each.pk, action__startswith="wagtail.unpublish").count() == 1
    assert state_of(translation).step == Step.READY

    page = NewsArticle.objects.get(pk=page.pk)
    page.expire_at = None
    republish(page)
    assert NewsArticle.objects.get(pk=translation.pk).live
    assert NewsArticle.objects.get(pk=translation.pk).expire_at is None


# Deletion


@pytest.mark.parametrize("way", ["view", "bulk", "both", "code"])
def test_a_deleted_original_takes_its_translation_with_it(sign_in, pair, way):
    page, translation = pair
    client = sign_in("editor")
    if way == "view":
        assert client.post(url("delete", page)).status_code == 302
    elif way == "bulk":
        assert client.post(bulk("delete", page)).status_code == 302
    elif way == "both":
        assert client.post(bulk("delete", translation, page)).status_code == 302
    else:
        page.delete()

    assert not exists(page)
    assert not exists(translation)
    assert not TranslationState.objects.filter(page=translation.pk).exists()
    assert PageLogEntry.objects.filter(page=translation.pk, action="wagtail.delete").count() == 1
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_deleted_translation_leaves_its_original_and_begins_anew_by_hand_only(sign_in, pair):
    page, translation = pair
    assert sign_in("editor").post(url("delete", translation)).status_code == 302
    assert (is_live(page), exists(translation)) == (True, False)
    assert not TranslationState.objects.filter(original=page.pk).exists()
    panel = sign_in("officer").get(url("edit", page)).content.decode()
    assert "La publication de la page ne la soumet plus dans cette langue" in panel
    assert "Supprimée" in panel
    assert "La publication de la page le soumet automatiquement" not in panel

    page = NewsArticle.objects.get(pk=page.pk)
    page.title = "Autre titre"
    page = republish(page)
    assert not page.get_translations().exists()
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()
    assert not page.get_translations().exists()

    state = submission.submit(NewsArticle.objects.get(pk=page.pk), Locale.objects.get(language_code="en"))

    assert Translation.objects.get(pk=state.pk).enabled
    assert (state.step, state.missing) == (Step.IN_PROGRESS, 1)  # what was translated once is not lost
    assert page.get_translations().exists()


# Privacy


def privacy(page, restriction="login"):
    return {"restriction_type": restriction, "password": "", "groups": []}


def test_privacy_of_either_hides_both_and_says_so(sign_in, visitor, pair):
    client = sign_in("editor")
    for restricted in pair:
        for each in pair:
            assert visitor.get(each.url).status_code == 200
        form = client.get(url("set_privacy", restricted)).json()["html"]
        assert 'class="help"' in form
        client.post(url("set_privacy", restricted), privacy(restricted))
        for each in pair:
            assert visitor.get(each.url).status_code == 302
        client.post(url("set_privacy", restricted), privacy(restricted, "none"))


def test_a_page_is_as_private_as_the_lists_are(sign_in, pair, monkeypatch):
    """The restriction and the lists change together, even if the server stops in between."""

    def stop(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(writing, "refresh", stop)
    with pytest.raises(KeyboardInterrupt):
        sign_in("editor").post(url("set_privacy", pair[0]), privacy(pair[0]))
    assert not PageViewRestriction.objects.filter(page=pair[0]).exists()


def test_publishing_a_translation_neither_drops_nor_adds_a_restriction(pair):
    page, translation = pair
    PageViewRestriction.objects.create(page=translation, restriction_type="login")

    page = NewsArticle.objects.get(pk=page.pk)
    page.expire_at = timezone.now() + timedelta(days=9)  # carried: the translation is published again
    republish(page)

    assert [each.page_id for each in PageViewRestriction.objects.filter(page__in=pair)] == [translation.pk]
