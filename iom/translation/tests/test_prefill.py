"""Filling a translation from its counterpart, a page with the same content in the other language."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model
from wagtail.models import Locale, Page
from wagtail_localize.models import MissingTranslationError, StringTranslation, TranslationSource

from aboutus.models import AboutPage
from iom.navigation.tests.pairs import at, restrict
from iom.navigation.visibility import visible
from iom.publishing import jobs
from iom.tests.factories import ArticleFactory
from iom.translation.tests.desk import body, draft, prefill, publish, submit
from iom.translation.workflow.submission import SUBMIT, SectionNotTranslated
from newsroom.models import Correction, NewsArticle


@pytest.fixture
def original(db):
    return ArticleFactory(title="Titre", slug="titre", summary="Résumé.", place="Genève", body=body("Un.", "Deux."))


@pytest.fixture
def counterpart():
    return NewsArticle(title="Title", summary="Summary.", place="Geneva", body=body("One.", "Two."))


def row(page):
    """What visitors read, from the database."""
    fields = {"title", "slug", "url_path", "summary", "place", "live", "picture_alt", "office_id"}
    return NewsArticle.objects.filter(pk=page.pk).values(*fields).get() | {
        "body": NewsArticle.objects.get(pk=page.pk).body.get_prep_value(),
        "corrections": list(Correction.objects.filter(article=page.pk).values_list("text", flat=True)),
    }


def progress(state):
    """The numbers of segments and of translated segments, which localize and the desk count alike."""
    state.refresh_from_db()
    assert state.translation.get_progress() == (state.total, state.translated)
    return state.total, state.translated


def written(state):
    return set(StringTranslation.objects.filter(locale=state.locale).values_list("data", flat=True))


def test_a_translation_begins_with_the_words_that_are_published(original):
    state = submit(original, "en")

    assert state.locale == Locale.objects.get(language_code="en")
    assert progress(state) == (5, 0)
    assert not Page.objects.get(translation_key=original.translation_key, locale__language_code="en").live


def test_beginning_twice_makes_one_translation_and_takes_in_what_was_published_since(original):
    first = submit(original, "en")
    original.body = body("Un.", "Deux.", "Trois.")
    original.save_revision().publish()

    again = submit(original, "en")

    assert again == first
    assert TranslationSource.objects.filter(object_id=original.translation_key).count() == 1
    assert progress(again) == (6, 0)


def test_every_text_is_filled_and_the_author_of_the_words_is_kept(original, counterpart):
    translator = get_user_model().objects.get(email="translator.en@example.org")
    state = submit(original, "en")

    prefill(state, original, counterpart, translator)

    assert progress(state) == (5, 5)
    assert {"Title", "Summary.", "Geneva", "One.", "Two."} <= written(state)
    assert set(StringTranslation.objects.filter(data="One.").values_list("last_translated_by", flat=True)) == {
        translator.pk
    }


def test_filling_again_replaces_what_was_written(original, counterpart):
    state = submit(original, "en")
    prefill(state, original, counterpart)
    counterpart.title = "A better title"
    prefill(state, original, counterpart)

    assert "A better title" in written(state)
    assert "Title" not in written(state)
    assert draft(state).title == "A better title"


def test_two_texts_that_are_the_same_in_the_original_may_differ_in_the_translation(db):
    original = ArticleFactory(title="Même", summary="Même", body=body("Même"))
    state = submit(original, "en")
    prefill(state, original, NewsArticle(title="Title", summary="Summary", body=body("Body")))

    drafted = draft(state)

    assert (drafted.title, drafted.summary, drafted.body[0].value.source) == ("Title", "Summary", "<p>Body</p>")


def test_what_was_filled_is_published_by_the_ordinary_way(original, counterpart):
    state = submit(original, "en")
    prefill(state, original, counterpart)

    assert not draft(state).live
    published = publish(state)

    assert (published.live, published.title, published.url) == (True, "Title", "/en/news/title/")
    assert [block.value.source for block in published.body] == ["<p>One.</p>", "<p>Two.</p>"]


@pytest.mark.parametrize(
    ("place", "changes"),
    [
        ("place", {"place": ""}),
        ("place", {"picture_alt": "Une gare."}),
        ("body.1", {"body": body("One.")}),
        ("body.1", {"body": body("One.", "Two.</p><p>Three.")}),
        ("body.2", {"body": body("One.", "Two.", "Three.")}),
    ],
)
def test_texts_that_are_not_built_alike_are_refused_before_anything_is_written(original, counterpart, place, changes):
    for name, value in changes.items():
        setattr(counterpart, name, value)
    state = submit(original, "en")

    with pytest.raises(ValueError, match="in its counterpart") as refusal:
        prefill(state, original, counterpart)

    assert next(iter(changes)) in str(refusal.value) or place in str(refusal.value)
    assert progress(state) == (5, 0)
    assert not StringTranslation.objects.filter(data__in=["Title", "One."]).exists()


def test_corrections_are_filled_one_by_one(original):
    original.corrections = [Correction(date=date(2026, 1, number), text=f"Erratum {number}") for number in (1, 2)]
    original.save_revision().publish()
    original = NewsArticle.objects.get(pk=original.pk)
    counterpart = NewsArticle(title="Title", summary="Summary.", place="Geneva", body=body("One.", "Two."))
    counterpart.corrections = [
        Correction(date=row.date, text=f"Correction {row.date.day}", translation_key=row.translation_key)
        for row in original.corrections.all()
    ]
    state = submit(original, "en")
    prefill(state, original, counterpart)

    published = publish(state)

    assert [(row.date, row.text) for row in published.corrections.order_by("date")] == [
        (date(2026, 1, 1), "Correction 1"),
        (date(2026, 1, 2), "Correction 2"),
    ]
    assert [row.text for row in original.corrections.order_by("date")] == ["Erratum 1", "Erratum 2"]


def test_a_first_draft_of_which_a_text_is_missing_is_not_made(original):
    state = submit(original, "en")
    before = Page.objects.get(pk=state.page_id).latest_revision

    with pytest.raises(MissingTranslationError):
        draft(state)

    page = Page.objects.get(pk=state.page_id)
    assert not page.live
    assert page.latest_revision == before


def test_a_further_draft_of_which_a_text_is_missing_is_not_made(original, counterpart):
    state = submit(original, "en")
    prefill(state, original, counterpart)
    published = publish(state)
    original.summary = "Un autre résumé."
    original.save_revision().publish()
    before = published.latest_revision_id

    with pytest.raises(MissingTranslationError):
        draft(submit(original, "en"))

    published.refresh_from_db()
    assert published.latest_revision_id == before


def test_a_page_below_an_untranslated_section_waits_for_it_and_makes_no_copy_of_it(db):
    french = Locale.objects.get(language_code="fr")
    section = at("/fr/").add_child(instance=AboutPage(title="Rubrique", locale=french))
    below = section.add_child(instance=AboutPage(title="Page", locale=french))
    below.save_revision().publish()

    with pytest.raises(SectionNotTranslated):
        submit(below, "en")
    english = Page.objects.filter(locale__language_code="en")
    assert not english.filter(translation_key__in=[section.translation_key, below.translation_key]).exists()

    submit(section, "en")
    jobs.run(kinds=[SUBMIT])
    assert english.get(translation_key=below.translation_key).get_parent().translation_key == section.translation_key


@pytest.fixture
def live_pair(original, counterpart):
    """A published pair, and a change of the original that nobody has translated yet."""
    state = submit(original, "en")
    prefill(state, original, counterpart)
    target = publish(state)
    original.title, original.slug, original.summary = "Nouveau titre", "nouveau-titre", "Nouveau résumé."
    original.body = body("Un autre.", "Deux.")
    original.corrections = [Correction(date=date(2026, 1, 1), text="Erratum")]
    original.save_revision().publish()
    return NewsArticle.objects.get(pk=original.pk), target


def test_a_new_draft_leaves_what_visitors_read_untouched(live_pair):
    original, target = live_pair
    before = row(target)
    counterpart = NewsArticle(title="New title", summary="New summary.", place="Geneva", body=body("Another.", "Two."))
    counterpart.corrections = [Correction(date=date(2026, 1, 1), text="Correction")]
    counterpart.corrections.all()[0].translation_key = original.corrections.get().translation_key
    state = submit(original, "en")
    prefill(state, original, counterpart)

    drafted = draft(state)

    assert row(target) == before
    assert (before["title"], before["slug"], before["live"]) == ("Title", "title", True)
    assert drafted.title == "New title"
    assert drafted.get_latest_revision_as_object().summary == "New summary."


def test_the_new_draft_is_published_whole_at_the_address_it_had(live_pair):
    original, target = live_pair
    original.corrections.all().delete()
    counterpart = NewsArticle(title="New title", summary="New summary.", place="Geneva", body=body("Another.", "Two."))
    state = submit(original, "en")
    prefill(state, original, counterpart)

    published = publish(state)

    assert published.pk == target.pk
    assert (published.title, published.slug) == ("New title", "title")
    assert published.body[0].value.source == "<p>Another.</p>"


def test_a_translation_that_was_taken_down_stays_down_when_a_new_draft_is_made(original, counterpart):
    state = submit(original, "en")
    prefill(state, original, counterpart)
    target = publish(state)
    target.unpublish()

    draft(state)

    target.refresh_from_db()
    assert not target.live


@pytest.mark.parametrize("whose", ["original", "translation"])
def test_a_pair_that_one_of_them_makes_private_stays_so_through_a_new_draft_and_its_publication(
    original, counterpart, whose
):
    state = submit(original, "en")
    prefill(state, original, counterpart)
    target = publish(state)
    restrict(original if whose == "original" else target)

    publish(state)

    for page in (original, target):
        assert NewsArticle.objects.get(pk=page.pk).get_view_restrictions().exists()
        assert not visible(NewsArticle.objects.filter(pk=page.pk)).exists()
