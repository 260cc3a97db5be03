"""Default behaviour of wagtail-localize that must not happen here, by any screen or any call of our code."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction, get_translatable_models
from wagtail.snippets.models import get_snippet_models
from wagtail_localize.models import LocaleSynchronization, StringTranslation

from iom.translation.content import markup, segments
from iom.translation.models import TranslationState
from iom.translation.tests import desk
from iom.translation.tests.desk import prefill
from iom.translation.tests.sample_article import english, french, localize_url, public_content
from iom.translation.workflow import publication, submission
from iom.users.models import User
from newsroom.models import NewsArticle


@pytest.fixture
def pair(db):
    """An original, its published translation, and its state."""
    original = french()
    state, page = desk.translated(original, english())
    return original, page, state


# Trap 1: locale synchronization


def test_no_locale_follows_another_and_no_screen_offers_it(sign_in):
    assert not LocaleSynchronization.objects.exists()
    root = User.objects.create_superuser("root@example.org", "x")
    client = sign_in("admin")
    client.force_login(root)
    form = client.get(reverse("wagtaillocales:edit", args=[Locale.objects.get(language_code="en").pk]))
    assert form.status_code == 200
    assert "sync_from" not in form.content.decode()
    assert "wagtail_localize.locales" not in settings.INSTALLED_APPS


def test_a_text_under_embargo_shows_nowhere_in_the_other_language(sign_in, visitor):
    article = french(live=False, title="Sous embargo")
    article.go_live_at = timezone.now() + timedelta(days=1)
    article.save_revision().publish()
    state = TranslationState.objects.get(original=article.pk)
    prefill(state, article, english())

    publication.publish(state)  # by its translator, ahead of time

    assert not Page.objects.filter(translation_key=article.translation_key, live=True).exists()
    assert visitor.get("/en/news/title/").status_code == 404


def test_a_later_version_that_is_scheduled_shows_in_no_language_before_its_time(pair):
    original, page, state = pair
    original.title, original.go_live_at = "Titre sous embargo", timezone.now() + timedelta(days=1)
    original.save_revision().publish()
    state.refresh_from_db()
    assert state.missing == 1
    later = english(title="Title under embargo")
    prefill(state, state.translation.source.as_instance(), later)

    assert not publication.publish(state)

    assert public_content(page)[1] == "Title"
    original = NewsArticle.objects.get(pk=original.pk)
    revision = original.scheduled_revision
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.content["go_live_at"] = str(timezone.now() - timedelta(minutes=1))
    revision.save()
    call_command("publish_scheduled", verbosity=0)
    assert public_content(original)[1] == "Titre sous embargo"
    assert public_content(page)[1] == "Title under embargo"


# Trap 2: the other language goes live because the original is


def test_submitting_a_live_page_puts_nothing_live(sign_in):
    assert settings.WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE is False
    article = french()
    for address in (
        localize_url("submit_page_translation", article.pk),
        reverse("translation_submit", args=[article.pk]),
    ):
        sign_in("officer").post(address, {"locales": [Locale.objects.get(language_code="en").pk]})

    state = TranslationState.objects.get(original=article.pk)
    assert not state.page.live


# Trap 3: `submit_translation` amounts to publishing everything


def test_the_permission_of_localize_is_held_by_nobody_and_opens_nothing(sign_in, pair):
    _original, page, state = pair
    permission = Permission.objects.get(codename="submit_translation")
    assert not Group.objects.filter(permissions=permission).exists()
    User.objects.get(email="translator.en@example.org").user_permissions.add(permission)
    untouched, article = public_content(page), french()
    client = sign_in("translator.en")

    client.post(localize_url("submit_page_translation", article.pk), {"locales": [state.locale_id]})
    client.post(localize_url("update_translations", state.translation.source_id), {"publish_translations": "on"})

    assert not TranslationState.objects.filter(original=article.pk).exists()
    assert public_content(page) == untouched


# Trap 4: publishing after an update, without translating again


def test_readers_never_get_the_originals_words_for_a_passage_that_has_changed(sign_in, pair):
    original, page, state = pair
    original.title, original.body = "Titre nouveau", desk.body("Un.", "Deux.")
    desk.republish(original)
    client = sign_in("editor")

    client.post(localize_url("update_translations", state.translation.source_id), {"publish_translations": "on"})
    client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"action": "publish", "action-publish": "1"})

    assert public_content(page) == (True, "Title", "title", ["<p>One.</p>"])


def test_a_translation_that_was_taken_down_stays_down_when_its_original_is_published_anew(sign_in, pair):
    original, page, state = pair
    NewsArticle.objects.get(pk=page.pk).unpublish()
    original.summary = "Autre résumé."
    original = desk.republish(original)
    original.show_in_menus = True
    desk.republish(original)
    sign_in("editor").post(
        localize_url("update_translations", state.translation.source_id), {"publish_translations": "on"}
    )

    assert not NewsArticle.objects.get(pk=page.pk).live


# Trap 5: locks and workflows


def lock(page):
    Page.objects.filter(pk=page.pk).update(
        locked=True, locked_at=timezone.now(), locked_by=User.objects.get(email="editor@example.org")
    )


def begin_workflow(page):
    page = page.specific
    page.get_workflow().start(page, User.objects.get(email="officer@example.org"))


@pytest.mark.parametrize("hold", [lock, begin_workflow])
def test_a_page_that_is_locked_or_in_a_workflow_is_neither_written_nor_published(sign_in, pair, hold):
    original, page, state = pair
    original.title = "Titre nouveau"
    desk.republish(original)
    prefill(state, NewsArticle.objects.get(pk=original.pk), english(title="New title"))
    hold(page)
    segment = segments.load_text(state.translation)[0]
    client = sign_in("translator.en")
    client.put(localize_url("edit_string_translation", state.pk, segment.pk), {"value": "x"}, "application/json")
    client.post(reverse("translation_segment", args=[state.pk, segment.pk]), {"text": "x"})
    client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"action": "publish", "action-publish": "1"})

    assert public_content(page)[1] == "Title"
    assert not StringTranslation.objects.filter(data="x").exists()
    with pytest.raises(publication.NotPublished):
        publication.publish(TranslationState.objects.get(pk=state.pk), User.objects.get(email="admin@example.org"))


# Trap 6: the live row overwritten with the original's words


@pytest.mark.parametrize("by", ["officer", "admin", "code"])
def test_submitting_again_leaves_a_live_translation_as_readers_have_it(sign_in, pair, by):
    original, page, _state = pair
    before = public_content(page)
    NewsArticle.objects.filter(pk=original.pk).update(title="Titre nouveau", slug="titre-nouveau")
    if by == "code":
        submission.submit(NewsArticle.objects.get(pk=original.pk), Locale.objects.get(language_code="en"))
    else:
        client = sign_in(by)
        client.post(localize_url("submit_page_translation", original.pk), {"locales": [page.locale_id]})
        client.post(reverse("translation_submit", args=[original.pk]))

    assert public_content(page) == before


def test_a_branch_submitted_at_once_overwrites_no_translation_below(sign_in, pair):
    original, page, _state = pair
    before = public_content(page)
    NewsArticle.objects.filter(pk=original.pk).update(title="Titre nouveau")

    sign_in("admin").post(
        localize_url("submit_page_translation", original.get_parent().pk),
        {"locales": [page.locale_id], "include_subtree": "on"},
    )

    assert public_content(page) == before


def test_writing_and_previewing_leave_a_live_translation_as_readers_have_it(sign_in, pair):
    original, page, state = pair
    original.title = "Titre nouveau"
    desk.republish(original)
    before = public_content(page)
    client = sign_in("translator.en")
    title = next(segment for segment in segments.load_text(state.translation) if segment.path == "title")
    client.post(
        reverse("translation_segment", args=[state.pk, title.pk]), {"text": "New", "seen": markup.text_fingerprint("")}
    )
    client.get(reverse("translation_preview", args=[state.pk]))

    assert public_content(page) == before


# Trap 7: translatable snippets


def test_no_record_is_translated_by_localize(sign_in):
    translatable = set(get_translatable_models(include_subclasses=True))

    assert not translatable & set(get_snippet_models())
    answer = sign_in("admin").get(localize_url("submit_snippet_translation", "contacts", "office", "1"))
    assert (answer.status_code, answer.url) == (302, "/admin/")


# Trap 8: slugs


def test_an_address_is_no_passage_and_each_language_keeps_its_own(pair):
    original, page, state = pair
    assert "slug" not in {segment.path for segment in segments.load_text(state.translation)}
    original.slug = "une-autre-adresse"
    desk.republish(original)

    state.refresh_from_db()
    assert public_content(page)[2] == "title"
    assert state.is_whole


# Trap 9: privacy


@pytest.mark.parametrize("restricted", [0, 1])
def test_a_text_that_is_private_in_one_language_is_private_in_all(visitor, pair, restricted):
    original, page, _state = pair
    PageViewRestriction.objects.create(page=(original, page)[restricted], restriction_type="login")

    for language in (original, page):
        assert visitor.get(language.url).status_code == 302


def test_publishing_a_translation_makes_no_private_page_public(visitor, pair):
    original, page, state = pair
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    original.title = "Titre nouveau"
    desk.republish(original)
    prefill(state, NewsArticle.objects.get(pk=original.pk), english(title="New title"))

    page = desk.publish(TranslationState.objects.get(pk=state.pk))

    assert page.title == "New title"
    assert visitor.get(page.url).status_code == 302
