"""Detaching a translation and attaching it again loses no text."""

import pytest
from django.urls import reverse
from wagtail_localize.models import OverridableSegment, SegmentOverride, StringTranslation

from iom.tests.factories import ArticleFactory, SiteImageFactory
from iom.translation.content import overrides, segments
from iom.translation.models import Original, TranslationState
from iom.translation.tests import desk
from iom.translation.workflow.writing import write
from newsroom.models import NewsArticle


@pytest.fixture
def pair(db):
    """An original and its published translation, with its state."""
    original = ArticleFactory(title="Titre", summary="Résumé.", body=desk.body("Un.", "Deux."))
    counterpart = NewsArticle(title="Title", summary="Summary.", body=desk.body("One.", "Two."))
    state, page = desk.translated(original, counterpart)
    return original, page, state


def press(client, name, state, **data):
    return client.post(reverse(f"translation_{name}", args=[state.pk]), data)


def detach(sign_in, state):
    press(sign_in("editor"), "detach", state)
    state.translation.refresh_from_db()
    assert not state.translation.enabled


def edit_by_hand(page, **fields):
    page = NewsArticle.objects.get(pk=page.pk)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def reattach(sign_in, state, **data):
    press(sign_in("editor"), "reattach", state, **data)
    return TranslationState.objects.get(pk=state.pk)


def words(state):
    return {segment.path: segment.target for segment in segments.load_text(state.translation)}


@pytest.mark.parametrize("account", ["officer", "translator.en", "translator.fr"])
def test_only_editors_detach_a_translation_and_attach_it_again(sign_in, pair, account):
    _original, _page, state = pair
    press(sign_in(account), "detach", state)
    state.translation.refresh_from_db()
    assert state.translation.enabled

    detach(sign_in, state)
    press(sign_in(account), "reattach", state)
    state.translation.refresh_from_db()
    assert not state.translation.enabled


def test_each_is_asked_for_confirmation_and_done_by_post(sign_in, pair):
    _original, page, state = pair
    client = sign_in("editor")

    assert client.get(reverse("translation_detach", args=[state.pk])).status_code == 200
    state.translation.refresh_from_db()
    assert state.translation.enabled
    detach(sign_in, state)
    editor = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert reverse("translation_reattach", args=[state.pk]) in editor
    assert "localize-restart-translation" not in editor
    assert client.get(reverse("translation_reattach", args=[state.pk])).status_code == 200
    state.translation.refresh_from_db()
    assert not state.translation.enabled


def test_a_detached_translation_is_an_ordinary_page_for_officers_and_closed_to_translators(sign_in, pair):
    original, page, state = pair
    detach(sign_in, state)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])

    assert 'name="title"' in sign_in("officer").get(address).content.decode()
    assert sign_in("translator.en").get(address).status_code == 302
    edit_by_hand(page, title="Written by hand")
    page.refresh_from_db()
    assert (page.live, page.title) == (True, "Written by hand")
    assert Original.objects.filter(translation_key=page.translation_key).get().page_id == original.pk


def test_publications_of_the_original_leave_a_detached_translation_alone(sign_in, pair):
    original, page, state = pair
    detach(sign_in, state)
    original.title = "Autre titre"
    desk.republish(original)

    page.refresh_from_db()
    assert (page.title, page.live) == ("Title", True)
    assert state.pk not in TranslationState.objects.waiting().values_list("pk", flat=True)


def test_what_was_written_by_hand_is_the_translation_after_it_is_attached_again(sign_in, pair):
    _original, page, state = pair
    detach(sign_in, state)
    edit_by_hand(page, title="Written by hand", body=desk.body("One.", "Second, by hand."))

    state = reattach(sign_in, state)

    assert words(state)["title"] == "Written by hand"
    assert words(state)["body.1"] == "Second, by hand."
    assert state.step == TranslationState.Step.TRANSLATED
    page = desk.publish(state)
    assert (page.title, page.body[1].value.source) == ("Written by hand", "<p>Second, by hand.</p>")


def test_what_a_translator_had_written_before_is_kept_where_nobody_changed_the_page_by_hand(sign_in, pair):
    original, page, state = pair
    original.summary = "Résumé nouveau."
    desk.republish(original)
    rows = {row.path: row for row in segments.load_text(state.translation)}
    for path, text in {"title": "A title of the translator", "summary": "New.", "body.1": "Number two."}.items():
        write(state, rows[path], text, desk.person("translator.en"))
    question = sign_in("editor").get(reverse("translation_detach", args=[state.pk])).content.decode()
    assert "Ce qui a été écrit depuis la dernière publication est conservé" in question
    detach(sign_in, state)
    edit_by_hand(page, title="Written by hand")

    state = reattach(sign_in, state)

    assert words(state) == {"title": "Written by hand", "summary": "New.", "body.0": "One.", "body.1": "Number two."}
    assert state.step == TranslationState.Step.TO_PUBLISH
    page = NewsArticle.objects.get(pk=page.pk)
    assert (page.title, page.summary, page.body[1].value.source) == ("Written by hand", "Summary.", "<p>Two.</p>")


def test_a_text_that_is_put_back_by_hand_is_put_back(sign_in, pair):
    _original, page, state = pair
    for title in ("Written by hand", "Title"):
        detach(sign_in, state)
        edit_by_hand(page, title=title)
        state = reattach(sign_in, state)
        assert words(state)["title"] == title


def test_an_unpublished_draft_by_hand_is_kept_too(sign_in, pair):
    _original, page, state = pair
    detach(sign_in, state)
    draft = NewsArticle.objects.get(pk=page.pk)
    draft.title = "A draft by hand"
    draft.save_revision()

    state = reattach(sign_in, state)

    assert words(state)["title"] == "A draft by hand"
    page.refresh_from_db()
    assert page.title == "Title"


def test_what_the_original_says_anew_is_left_to_translate_after_it_is_attached_again(sign_in, pair):
    original, page, state = pair
    detach(sign_in, state)
    original.title, original.summary = "Titre nouveau", "Résumé nouveau."
    desk.republish(original)
    edit_by_hand(page, title="New title, by hand")

    state = reattach(sign_in, state)

    assert words(state)["title"] == "New title, by hand"
    assert words(state)["summary"] is None
    assert state.missing == 1


def test_passages_without_a_place_in_the_original_are_named_before_they_would_go(sign_in, pair):
    _original, page, state = pair
    detach(sign_in, state)
    edit_by_hand(page, body=[*desk.body("One.", "Two."), {"type": "paragraph", "id": "own", "value": "<p>Ours.</p>"}])
    client = sign_in("editor")

    assert "Ours." in press(client, "reattach", state).content.decode()
    state.translation.refresh_from_db()
    assert not state.translation.enabled
    press(client, "reattach", state, without="on")
    state.translation.refresh_from_db()
    assert state.translation.enabled


def test_a_picture_chosen_by_hand_stays(sign_in):
    original = ArticleFactory(title="Titre", lead_picture=SiteImageFactory(), picture_decorative=True)
    state, page = desk.translated(original, NewsArticle(title="Title", summary="Summary."))
    detach(sign_in, state)
    other = SiteImageFactory()
    edit_by_hand(page, lead_picture=other)

    state = reattach(sign_in, state)

    assert desk.publish(state).lead_picture_id == other.pk
    of_text = SegmentOverride.objects.filter(context__object_id=state.original.translation_key)
    assert of_text.get(locale=state.locale).data == other.pk


def test_a_picture_that_nobody_changed_by_hand_is_that_of_the_original(sign_in):
    original = ArticleFactory(title="Titre", lead_picture=SiteImageFactory(), picture_decorative=True)
    state, _page = desk.translated(original, NewsArticle(title="Title", summary="Summary."))
    detach(sign_in, state)
    original.lead_picture = SiteImageFactory()  # the first is not to be shown any more
    desk.republish(original)

    state = reattach(sign_in, state)

    assert desk.publish(state).lead_picture_id == original.lead_picture_id


def test_a_picture_of_its_own_that_was_taken_away_by_hand_does_not_come_back(sign_in):
    original = ArticleFactory(title="Titre", lead_picture=SiteImageFactory(), picture_decorative=True)
    state, page = desk.translated(original, NewsArticle(title="Title", summary="Summary."))
    row = OverridableSegment.objects.get(source=state.translation.source_id, context__path="lead_picture")
    overrides.save_override(state, row.context_id, SiteImageFactory().pk, None)
    desk.publish(state)
    detach(sign_in, state)
    edit_by_hand(page, lead_picture=original.lead_picture)

    state = reattach(sign_in, state)

    assert desk.publish(state).lead_picture_id == original.lead_picture_id


def test_what_has_been_translated_is_what_the_ordinary_page_begins_with(sign_in):
    state = desk.submit(ArticleFactory(title="Titre", summary="Résumé."), "en")
    title = next(segment for segment in segments.load_text(state.translation) if segment.path == "title")
    StringTranslation.objects.create(
        translation_of_id=title.string_id, context_id=title.context_id, locale=state.locale, data="Title"
    )

    detach(sign_in, state)

    draft = state.page.specific.get_latest_revision_as_object()
    assert (draft.title, draft.summary, draft.live) == ("Title", "Résumé.", False)


def test_localizes_own_restart_asks_the_policy_and_keeps_what_was_written(sign_in, pair):
    _original, page, state = pair
    detach(sign_in, state)
    edit_by_hand(page, title="Written by hand")

    answer = sign_in("officer").post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), {"localize-restart-translation": "1"}, follow=True
    )

    assert answer.redirect_chain[0][0] == reverse("translation_reattach", args=[state.pk])
    state.translation.refresh_from_db()
    assert not state.translation.enabled
