"""What wagtail-localize does out of the box and what must not happen here: by any screen, by any call of ours."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction, get_translatable_models
from wagtail.snippets.models import get_snippet_models
from wagtail_localize.models import LocaleSynchronization, StringTranslation, TranslationSource

from iom.navigation.tests.pairs import at
from iom.tests.factories import ArticleFactory
from iom.translation import publication, segments, submission
from iom.translation.fill import fill
from iom.translation.models import Original, TranslationState
from iom.translation.tests import desk
from iom.users.models import User
from newsroom.models import NewsArticle, NewsIndex


def english(*paragraphs, title="Title"):
    return NewsArticle(title=title, summary="Summary.", body=desk.body(*(paragraphs or ("One.",))))


def french(**fields):
    return ArticleFactory(**{"title": "Titre", "summary": "Résumé.", "body": desk.body("Un.")} | fields)


@pytest.fixture
def pair(db):
    """An original, its published translation, and its state."""
    original = french()
    state, page = desk.translated(original, english())
    return original, page, state


def localizes(name, *args):
    return reverse(f"wagtail_localize:{name}", args=args)


def as_readers_have_it(page):
    page = NewsArticle.objects.get(pk=page.pk)
    return page.live, page.title, page.slug, [block.value.source for block in page.body]


# Trap 1: locale synchronisation


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
    fill(state, article, english())

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
    fill(state, state.translation.source.as_instance(), later)

    assert not publication.publish(state)

    assert as_readers_have_it(page)[1] == "Title"
    original = NewsArticle.objects.get(pk=original.pk)
    revision = original.scheduled_revision
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.content["go_live_at"] = str(timezone.now() - timedelta(minutes=1))
    revision.save()
    call_command("publish_scheduled", verbosity=0)
    assert as_readers_have_it(original)[1] == "Titre sous embargo"
    assert as_readers_have_it(page)[1] == "Title under embargo"


# Trap 2: the other language goes live because the original is


def test_submitting_a_live_page_puts_nothing_live(sign_in):
    assert settings.WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE is False
    article = french()
    for address in (
        localizes("submit_page_translation", article.pk),
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
    untouched, article = as_readers_have_it(page), french()
    client = sign_in("translator.en")

    client.post(localizes("submit_page_translation", article.pk), {"locales": [state.locale_id]})
    client.post(localizes("update_translations", state.translation.source_id), {"publish_translations": "on"})

    assert not TranslationState.objects.filter(original=article.pk).exists()
    assert as_readers_have_it(page) == untouched


# Trap 4: publishing after an update, without translating anew


def test_readers_never_get_the_originals_words_for_a_passage_that_has_changed(sign_in, pair):
    original, page, state = pair
    original.title, original.body = "Titre nouveau", desk.body("Un.", "Deux.")
    desk.republish(original)
    client = sign_in("editor")

    client.post(localizes("update_translations", state.translation.source_id), {"publish_translations": "on"})
    client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"action": "publish", "action-publish": "1"})

    assert as_readers_have_it(page) == (True, "Title", "title", ["<p>One.</p>"])


def test_a_translation_that_was_taken_down_stays_down_when_its_original_is_published_anew(sign_in, pair):
    original, page, state = pair
    NewsArticle.objects.get(pk=page.pk).unpublish()
    original.summary = "Autre résumé."
    original = desk.republish(original)
    original.show_in_menus = True
    desk.republish(original)
    sign_in("editor").post(
        localizes("update_translations", state.translation.source_id), {"publish_translations": "on"}
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
    fill(state, NewsArticle.objects.get(pk=original.pk), english(title="New title"))
    hold(page)
    segment = segments.of_translation(state.translation)[0]
    client = sign_in("translator.en")
    client.put(localizes("edit_string_translation", state.pk, segment.pk), {"value": "x"}, "application/json")
    client.post(reverse("translation_segment", args=[state.pk, segment.pk]), {"text": "x"})
    client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"action": "publish", "action-publish": "1"})

    assert as_readers_have_it(page)[1] == "Title"
    assert not StringTranslation.objects.filter(data="x").exists()
    with pytest.raises(publication.NotPublished):
        publication.publish(TranslationState.objects.get(pk=state.pk), User.objects.get(email="admin@example.org"))


# Trap 6: the live row overwritten with the original's words


@pytest.mark.parametrize("by", ["officer", "admin", "code"])
def test_submitting_again_leaves_a_live_translation_as_readers_have_it(sign_in, pair, by):
    original, page, _state = pair
    before = as_readers_have_it(page)
    NewsArticle.objects.filter(pk=original.pk).update(title="Titre nouveau", slug="titre-nouveau")
    if by == "code":
        submission.submit(NewsArticle.objects.get(pk=original.pk), Locale.objects.get(language_code="en"))
    else:
        client = sign_in(by)
        client.post(localizes("submit_page_translation", original.pk), {"locales": [page.locale_id]})
        client.post(reverse("translation_submit", args=[original.pk]))

    assert as_readers_have_it(page) == before


def test_a_branch_submitted_at_once_overwrites_no_translation_below(sign_in, pair):
    original, page, _state = pair
    before = as_readers_have_it(page)
    NewsArticle.objects.filter(pk=original.pk).update(title="Titre nouveau")

    sign_in("admin").post(
        localizes("submit_page_translation", original.get_parent().pk),
        {"locales": [page.locale_id], "include_subtree": "on"},
    )

    assert as_readers_have_it(page) == before


def test_writing_and_previewing_leave_a_live_translation_as_readers_have_it(sign_in, pair):
    original, page, state = pair
    original.title = "Titre nouveau"
    desk.republish(original)
    before = as_readers_have_it(page)
    client = sign_in("translator.en")
    title = next(segment for segment in segments.of_translation(state.translation) if segment.path == "title")
    client.put(localizes("edit_string_translation", state.pk, title.pk), {"value": "New"}, "application/json")
    client.get(localizes("preview_translation", state.pk))

    assert as_readers_have_it(page) == before


# Trap 7: translatable snippets


def test_no_record_is_translated_by_localize(sign_in):
    translatable = set(get_translatable_models(include_subclasses=True))

    assert not translatable & set(get_snippet_models())
    answer = sign_in("admin").get(localizes("submit_snippet_translation", "contacts", "office", "1"))
    assert (answer.status_code, answer.url) == (302, "/admin/")


# Trap 8: slugs


def test_an_address_is_no_passage_and_each_language_keeps_its_own(pair):
    original, page, state = pair
    assert "slug" not in {segment.path for segment in segments.of_translation(state.translation)}
    original.slug = "une-autre-adresse"
    desk.republish(original)

    state.refresh_from_db()
    assert as_readers_have_it(page)[2] == "title"
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
    fill(state, NewsArticle.objects.get(pk=original.pk), english(title="New title"))

    page = desk.publish(TranslationState.objects.get(pk=state.pk))

    assert page.title == "New title"
    assert visitor.get(page.url).status_code == 302


# When the source changes


def test_what_translators_get_is_what_the_original_now_says(sign_in, pair):
    original, _page, state = pair
    NewsArticle.objects.filter(pk=original.pk).update(summary="Résumé nouveau.")

    sign_in("officer").post(localizes("submit_page_translation", original.pk))

    source = TranslationSource.objects.get(pk=state.translation.source_id)
    assert source.as_instance().summary == "Résumé nouveau."


def test_a_draft_of_the_original_reaches_no_reader_of_the_translation(sign_in, pair):
    original, page, state = pair
    draft = NewsArticle.objects.get(pk=original.pk)
    draft.title = "Brouillon"
    draft.save_revision()
    sign_in("officer").post(reverse("translation_submit", args=[original.pk]))
    sign_in("officer").post(localizes("update_translations", state.translation.source_id))
    state.refresh_from_db()
    if state.missing:
        fill(state, state.translation.source.as_instance(), english(title="Draft"))
    publication.publish(state)

    assert as_readers_have_it(page)[1] == "Title"


def test_every_change_of_meaning_is_told_and_a_shared_field_is_carried(pair):
    original, page, state = pair
    original = desk.republish(original)  # known to the desk as published
    original.title = "Titre nouveau"
    desk.republish(original)
    state = TranslationState.objects.get(pk=state.pk)
    assert (state.step, state.is_older_than_its_original) == (TranslationState.Step.OUT_OF_DATE, True)

    date = timezone.now() - timedelta(days=400)
    original = NewsArticle.objects.get(pk=original.pk)
    original.date = date
    desk.republish(original)
    assert NewsArticle.objects.get(pk=page.pk).date == date


def test_a_restart_overwrites_nothing_that_was_written_by_hand(sign_in, pair):
    _original, page, state = pair
    client = sign_in("editor")
    client.post(localizes("stop_translation", state.pk))
    draft = NewsArticle.objects.get(pk=page.pk)
    draft.title = "Written by hand"
    draft.save_revision().publish()
    client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"localize-restart-translation": "1"})
    client.post(reverse("translation_restart", args=[state.pk]))

    assert desk.publish(TranslationState.objects.get(pk=state.pk)).title == "Written by hand"


# PO files


@pytest.mark.parametrize("content", [None, b"", b"\xff\x00", b'msgid ""\nmsgstr ""\n', b'msgid "a'])
def test_a_broken_po_file_is_no_server_error(sign_in, pair, content):
    data = {} if content is None else {"file": SimpleUploadedFile("x.po", content)}

    assert sign_in("translator.en").post(localizes("upload_pofile", pair[2].pk), data).status_code == 302


def test_a_fuzzy_entry_is_not_taken_for_final(sign_in):
    state = desk.submit(french(), "en")
    client = sign_in("translator.en")
    file = client.get(localizes("download_pofile", state.pk)).content.decode()
    file = file.replace(
        'msgctxt "title"\nmsgid "Titre"\nmsgstr ""', '#, fuzzy\nmsgctxt "title"\nmsgid "Titre"\nmsgstr "T"'
    )
    assert "fuzzy" in file

    client.post(localizes("upload_pofile", state.pk), {"file": SimpleUploadedFile("x.po", file.encode())})

    assert not StringTranslation.objects.filter(data="T").exists()


# Aliases


def test_a_page_below_an_untranslated_section_makes_no_alias_of_the_section(db):
    section = NewsIndex(title="Rubrique", slug="rubrique")
    at("/fr/").add_child(instance=section)
    article = NewsArticle(title="Titre", summary="S.", date=timezone.now())
    section.add_child(instance=article)

    with pytest.raises(submission.SectionNotTranslated):
        desk.submit(article, "en")
    article.save_revision().publish()

    assert not Page.objects.filter(alias_of__isnull=False).exists()
    assert (
        not Page.objects.filter(translation_key__in=[section.translation_key, article.translation_key])
        .exclude(locale=article.locale)
        .exists()
    )


def test_nobody_turns_a_translation_into_an_alias(sign_in, pair):
    _original, page, _state = pair
    for account in ("translator.en", "officer", "editor", "admin"):
        client = sign_in(account)
        client.post(
            reverse("wagtailadmin_pages:edit", args=[page.pk]), {"localize-convert-to-alias": "1"}, follow=True
        )
        client.post(localizes("convert_to_alias", page.pk))

    page.refresh_from_db()
    assert (page.alias_of_id, page.live) == (None, True)


def test_an_alias_is_served_to_nobody(visitor, pair):
    original, _page, _state = pair
    alias = original.create_alias(parent=at("/en/news/"), update_slug="alias", update_locale=at("/en/").locale)

    assert visitor.get(alias.url).status_code == 404


# Publication of what is incomplete


def test_a_half_translated_page_is_published_by_no_door(sign_in):
    state = desk.submit(french(), "en")
    page = state.page
    client = sign_in("admin")
    client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"action": "publish", "action-publish": "1"})
    client.post(reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={page.pk}")
    with pytest.raises(publication.NotPublished):
        page.specific.save_revision().publish()
    with pytest.raises(publication.NotPublished):
        publication.publish(state)

    page.refresh_from_db()
    assert not page.live


# Who sees the report


def test_the_report_of_localize_shows_nobody_every_translation(sign_in):
    for account in ("officer", "editor", "admin", "translator.fr", "translator.en"):
        for name in ("translations_report", "translations_report_results"):
            assert sign_in(account).get(localizes(name)).status_code == 302
        assert sign_in(account).get(localizes("snippets_api_listing", "contacts", "office")).status_code == 302


# Life of a pair


def test_deleting_a_translation_deletes_nothing_that_translators_wrote(pair):
    _original, page, _state = pair
    written = StringTranslation.objects.filter(context__object_id=page.translation_key).count()
    NewsArticle.objects.get(pk=page.pk).delete()

    assert StringTranslation.objects.filter(context__object_id=page.translation_key).count() == written > 0


def test_an_end_set_later_reaches_the_translation(pair):
    original, page, _state = pair
    original = NewsArticle.objects.get(pk=original.pk)
    original.expire_at = timezone.now() + timedelta(days=3)
    desk.republish(original)

    assert NewsArticle.objects.get(pk=page.pk).expire_at == original.expire_at


@pytest.mark.parametrize("act", ["unpublish", "delete", "bulk unpublish", "bulk delete"])
def test_taking_down_an_original_takes_down_its_translation(sign_in, pair, act):
    original, page, _state = pair
    if act.startswith("bulk"):
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", act[5:]]) + f"?id={original.pk}"
    else:
        address = reverse(f"wagtailadmin_pages:{act}", args=[original.pk])

    sign_in("editor").post(address)

    assert not NewsArticle.objects.filter(pk__in=[original.pk, page.pk], live=True).exists()


def test_one_row_says_what_was_last_published(pair):
    original, _page, _state = pair
    desk.republish(original)
    desk.republish(NewsArticle.objects.get(pk=original.pk))

    assert Original.objects.filter(translation_key=original.translation_key).count() == 1
