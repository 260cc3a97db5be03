"""Default behaviour of wagtail-localize on changed, unpublished or exchanged texts that must not happen here."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, TranslationSource

from iom.navigation.tests.pairs import at
from iom.translation.models import Original, TranslationState
from iom.translation.tests import desk
from iom.translation.tests.desk import prefill
from iom.translation.tests.sample_article import english, french, localize_url, public_content
from iom.translation.workflow import publication, submission
from newsroom.models import NewsArticle, NewsIndex


@pytest.fixture
def pair(db):
    """An original, its published translation, and its state."""
    original = french()
    state, page = desk.translated(original, english())
    return original, page, state


# When the source changes


def test_what_translators_get_is_what_the_original_now_says(sign_in, pair):
    original, _page, state = pair
    NewsArticle.objects.filter(pk=original.pk).update(summary="Résumé nouveau.")

    sign_in("officer").post(reverse("translation_submit", args=[original.pk]))

    source = TranslationSource.objects.get(pk=state.translation.source_id)
    assert source.as_instance().summary == "Résumé nouveau."


def test_a_draft_of_the_original_reaches_no_reader_of_the_translation(sign_in, pair):
    original, page, state = pair
    draft = NewsArticle.objects.get(pk=original.pk)
    draft.title = "Brouillon"
    draft.save_revision()
    sign_in("officer").post(reverse("translation_submit", args=[original.pk]))
    sign_in("officer").post(localize_url("update_translations", state.translation.source_id))
    state.refresh_from_db()
    if state.missing:
        prefill(state, state.translation.source.as_instance(), english(title="Draft"))
    publication.publish(state)

    assert public_content(page)[1] == "Title"


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


def test_attaching_again_overwrites_nothing_that_was_written_by_hand(sign_in, pair):
    _original, page, state = pair
    client = sign_in("editor")
    client.post(reverse("translation_detach", args=[state.pk]))
    draft = NewsArticle.objects.get(pk=page.pk)
    draft.title = "Written by hand"
    draft.save_revision().publish()
    client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"localize-restart-translation": "1"})
    client.post(reverse("translation_reattach", args=[state.pk]))

    assert desk.publish(TranslationState.objects.get(pk=state.pk)).title == "Written by hand"


# PO files


@pytest.mark.parametrize("content", [None, b"", b"\xff\x00", b'msgid ""\nmsgstr ""\n', b'msgid "a'])
def test_a_broken_po_file_is_no_server_error(sign_in, pair, content):
    data = {} if content is None else {"file": SimpleUploadedFile("x.po", content)}

    assert sign_in("translator.en").post(localize_url("upload_pofile", pair[2].pk), data).status_code == 302


def test_a_fuzzy_entry_is_not_taken_for_final(sign_in):
    state = desk.submit(french(), "en")
    client = sign_in("translator.en")
    file = client.get(localize_url("download_pofile", state.pk)).content.decode()
    file = file.replace(
        'msgctxt "title"\nmsgid "Titre"\nmsgstr ""', '#, fuzzy\nmsgctxt "title"\nmsgid "Titre"\nmsgstr "T"'
    )
    assert "fuzzy" in file

    client.post(localize_url("upload_pofile", state.pk), {"file": SimpleUploadedFile("x.po", file.encode())})

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
        client.post(localize_url("convert_to_alias", page.pk))

    page.refresh_from_db()
    assert (page.alias_of_id, page.live) == (None, True)


def test_an_alias_is_served_to_nobody(visitor, pair):
    original, _page, _state = pair
    alias = original.create_alias(parent=at("/en/news/"), update_slug="alias", update_locale=at("/en/").locale)

    assert visitor.get(alias.url).status_code == 404


# Publication of what is incomplete


def test_a_half_translated_page_is_not_published_in_any_way(sign_in):
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
            assert sign_in(account).get(localize_url(name)).status_code == 302
        assert sign_in(account).get(localize_url("snippets_api_listing", "contacts", "office")).status_code == 302


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


def test_one_row_has_the_state_of_the_last_publication(pair):
    original, _page, _state = pair
    desk.republish(original)
    desk.republish(NewsArticle.objects.get(pk=original.pk))

    assert Original.objects.filter(translation_key=original.translation_key).count() == 1
