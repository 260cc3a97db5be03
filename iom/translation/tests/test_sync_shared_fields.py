"""Shared values of an original are written into the published translation at once, and no text is changed."""

from datetime import UTC, datetime, timedelta

import pytest

from iom.navigation.tests.pairs import restrict
from iom.navigation.visibility import visible
from iom.tests.factories import ArticleFactory, OfficeFactory, PressContactFactory, SiteImageFactory, TopicFactory
from iom.translation.content import segments
from iom.translation.models import Message, TranslationState
from iom.translation.tests.desk import body, prefill, publish, republish, submit, translated
from iom.translation.tests.joint import Clock, person, scheduler
from iom.translation.workflow import detach, publication, writing
from newsroom.models import ArticleContact, ArticleCountry, ArticleTopic, NewsArticle

DATE = datetime(2026, 3, 9, 11, tzinfo=UTC)


def picture_block(picture, alt):
    return {
        "type": "picture",
        "id": "p",
        "value": {"image": picture.pk, "alt": alt, "decorative": False, "caption": ""},
    }


@pytest.fixture
def picture(db):
    return SiteImageFactory()


@pytest.fixture
def original(picture):
    article = ArticleFactory(
        title="Titre",
        summary="Résumé.",
        live=False,
        lead_picture=picture,
        picture_alt="Une gare.",
        body=[*body("Un.", "Deux."), picture_block(picture, "Un quai.")],
    )
    return republish(article)


@pytest.fixture
def state(original, picture):
    """The published translation of `original`."""
    return translated(original, english(picture))[0]


def english(picture, **changes):
    words = {"title": "Title", "summary": "Summary.", "picture_alt": "A station."}
    text = [*body("One.", "Two."), picture_block(picture, "A platform.")]
    return NewsArticle(**words | {"lead_picture": picture, "body": text} | changes)


def read(state):
    """Returns the published translation."""
    return NewsArticle.objects.get(pk=state.page_id)


def step(state):
    return TranslationState.objects.get(pk=state.pk).step


def test_date_office_and_kind_are_carried_and_nothing_is_stale(original, state):
    original.date, original.office, original.kind = DATE, OfficeFactory(), "statement"

    republish(original)

    there = read(state)
    assert (there.date, there.office, there.kind, there.title) == (DATE, original.office, "statement", "Title")
    assert step(state) == "translated"
    assert not Message.objects.filter(state=state, kind="stale").exists()


def test_countries_topics_and_contacts_are_carried_also_when_all_are_taken_out(original, state):
    original.countries = [ArticleCountry(country="JO")]
    original.topics = [ArticleTopic(topic=TopicFactory())]
    original.contacts = [ArticleContact(contact=PressContactFactory())]
    original = republish(original)
    there = read(state)
    assert [len(rows.all()) for rows in (there.countries, there.topics, there.contacts)] == [1, 1, 1]

    original.countries, original.topics, original.contacts = [], [], []
    republish(original)
    there = read(state)
    assert [len(rows.all()) for rows in (there.countries, there.topics, there.contacts)] == [0, 0, 0]
    assert step(state) == "translated"


def test_a_withdrawn_picture_is_gone_from_both(original, state):
    original.lead_picture, original.picture_alt, original.body = None, "", body("Un.", "Deux.")

    republish(original)

    there = read(state)
    assert there.lead_picture is None
    assert [block.block_type for block in there.body] == ["paragraph", "paragraph"]
    assert step(state) == "translated"


def test_a_picture_is_withdrawn_even_while_words_wait_to_be_translated(original, state):
    original.title = "Nouveau titre"
    original.lead_picture, original.picture_alt, original.body = None, "", body("Un autre.", "Deux.")

    republish(original)

    there = read(state)
    assert there.lead_picture is None
    assert [block.value.source for block in there.body] == ["<p>One.</p>", "<p>Two.</p>"]
    assert (there.title, there.slug, there.url_path) == ("Title", "title", "/en/news/title/")
    assert step(state) == "out-of-date"


@pytest.mark.parametrize("is_scheduled", [False, True])
def test_an_error_in_what_a_translator_has_begun_keeps_no_picture_public(original, state, monkeypatch, is_scheduled):
    clock = Clock(monkeypatch)
    original.title, original.summary = "Nouveau titre", "Nouveau résumé."
    original = republish(original)
    original.lead_picture, original.picture_alt = None, ""
    original.go_live_at = clock() + timedelta(hours=1) if is_scheduled else None
    revision = original.save_revision(user=person("officer"))
    if is_scheduled:
        revision.publish(user=person("officer"))
    place = next(one for one in segments.load_text(state.translation) if one.path == "summary")
    writing.write(state, place, "Lorem ipsum dolor sit amet", person("translator.en"))

    if is_scheduled:
        clock(hours=2)
        scheduler()
    else:
        revision.publish(user=person("officer"))

    assert NewsArticle.objects.get(pk=original.pk).lead_picture is None
    assert (read(state).lead_picture, read(state).summary) == (None, "Summary.")


def test_a_picture_withdrawn_from_a_block_that_stays_takes_the_block_from_the_translation(original, state):
    other = SiteImageFactory()
    original.title = "Nouveau titre"
    original.body = [*body("Un.", "Deux."), picture_block(other, "Un autre quai.")]

    republish(original)

    assert [block.block_type for block in read(state).body] == ["paragraph", "paragraph"]


def test_text_that_was_taken_out_or_replaced_stays_until_the_new_words_are_all_there(original, state):
    original.body = [{"type": "paragraph", "id": "new", "value": "<p>Tout autre chose.</p>"}]

    republish(original)

    there = read(state)
    assert [block.value.source for block in there.body if block.block_type == "paragraph"] == [
        "<p>One.</p>",
        "<p>Two.</p>",
    ]
    assert [block.block_type for block in there.body] == ["paragraph", "paragraph"]  # the picture is withdrawn


def test_a_new_lead_picture_waits_for_its_description(original, state, picture):
    original.lead_picture, original.picture_alt = SiteImageFactory(), "Un port."
    original = republish(original)
    assert read(state).lead_picture is None

    prefill(state, original, english(picture, picture_alt="A harbour."))
    there = publish(state)
    assert (there.lead_picture, there.picture_alt) == (original.lead_picture, "A harbour.")


def test_what_is_shared_is_carried_while_words_wait(original, state):
    original.title, original.date = "Nouveau titre", DATE

    republish(original)

    assert (read(state).title, read(state).date) == ("Title", DATE)


def test_an_expiry_is_the_same_for_both(original, state):
    original.expire_at = DATE.replace(year=2036)

    republish(original)

    assert read(state).expire_at == original.expire_at


def test_privacy_is_not_copied(original, state):
    restrict(original)

    assert not visible(NewsArticle.objects.filter(pk=state.page_id)).exists()
    assert step(state) == "translated"


def test_the_address_of_the_original_is_its_own(original, state):
    original.slug = "autre-adresse"

    republish(original)

    assert read(state).url_path == "/en/news/title/"


def test_publishing_the_same_again_writes_nothing_into_the_translation(original, state):
    before = read(state).latest_revision_id

    republish(original)

    assert read(state).latest_revision_id == before


def test_a_translation_that_nobody_reads_is_left_alone(original, state):
    read(state).unpublish()
    original.date = DATE

    republish(original)

    assert not read(state).live


def test_what_a_translator_has_written_and_not_published_is_not_published_by_the_author(original, state, picture):
    original.title = "Nouveau titre"
    original = republish(original)
    prefill(state, original, english(picture, title="A first attempt"))
    original.date = DATE

    republish(original)

    assert (read(state).title, read(state).date) == ("Title", DATE)
    assert step(state) == "to-publish"


def test_a_changed_sentence_alone_does_not_write_the_published_translation(original, state):
    original.body = [*body("Un autre.", "Deux."), original.body[2].get_prep_value()]
    before = read(state).live_revision_id

    republish(original)

    assert (read(state).live_revision_id, step(state)) == (before, "out-of-date")


def test_what_was_changed_by_hand_is_brought_back_to_the_original_after_it_is_attached_again(original, state, picture):
    detach.detach(state)
    by_hand = NewsArticle.objects.get(pk=state.page_id)
    by_hand.kind = "statement"
    by_hand.save_revision().publish()
    state.refresh_from_db()
    detach.reattach(state)

    original.body = [*body("Un autre.", "Deux."), picture_block(picture, "Un quai.")]
    republish(original)

    there = read(state)
    assert (there.kind, step(state)) == (original.kind, "out-of-date")


def test_a_draft_made_of_an_earlier_text_gets_what_the_original_shares_by_now(original, picture):
    state = submit(original, "en")
    prefill(state, original, english(picture))
    draft = publication.save_draft(state)
    original.kind = "statement"
    original = republish(original)
    draft.publish()

    original.body = [*body("Un autre.", "Deux."), picture_block(picture, "Un quai.")]
    republish(original)

    assert read(state).kind == "statement"
