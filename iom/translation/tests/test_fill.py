"""Filling a translation from a page that says the same in the other language."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model
from wagtail.actions.copy_for_translation import ParentNotTranslatedError
from wagtail.models import Locale, Page
from wagtail_localize.models import MissingTranslationError, StringTranslation, TranslationSource

from aboutus.models import AboutPage
from iom.navigation.tests.pairs import at, restrict
from iom.navigation.visibility import visible
from iom.tests.factories import ArticleFactory
from iom.translation.fill import SegmentsDiffer, fill, save_draft, submit
from newsroom.models import Correction, NewsArticle


def body(*paragraphs):
    return [
        {"type": "paragraph", "id": f"{number}", "value": f"<p>{text}</p>"} for number, text in enumerate(paragraphs)
    ]


@pytest.fixture
def original(db):
    return ArticleFactory(title="Titre", slug="titre", summary="Résumé.", place="Genève", body=body("Un.", "Deux."))


@pytest.fixture
def counterpart():
    return NewsArticle(title="Title", summary="Summary.", place="Geneva", body=body("One.", "Two."))


def publish(page):
    page.get_latest_revision().publish()
    page.refresh_from_db()
    return page


def row(page):
    """What visitors read, straight from the database."""
    fields = {"title", "slug", "url_path", "summary", "place", "live", "picture_alt", "office_id"}
    return NewsArticle.objects.filter(pk=page.pk).values(*fields).get() | {
        "body": NewsArticle.objects.get(pk=page.pk).body.get_prep_value(),
        "corrections": list(Correction.objects.filter(article=page.pk).values_list("text", flat=True)),
    }


def written(translation):
    return set(StringTranslation.objects.filter(locale=translation.target_locale).values_list("data", flat=True))


def test_a_translation_begins_with_the_words_that_are_published(original):
    translation = submit(original, "en")

    assert translation.target_locale == Locale.objects.get(language_code="en")
    assert translation.get_progress() == (5, 0)
    assert not Page.objects.filter(translation_key=original.translation_key, locale__language_code="en").exists()


def test_beginning_twice_makes_one_translation_and_takes_in_what_was_published_since(original):
    first = submit(original, "en")
    original.body = body("Un.", "Deux.", "Trois.")
    original.save_revision().publish()

    again = submit(original, "en")

    assert again == first
    assert TranslationSource.objects.filter(object_id=original.translation_key).count() == 1
    assert again.get_progress() == (6, 0)


def test_every_text_is_filled_and_the_author_of_the_words_is_kept(original, counterpart):
    translator = get_user_model().objects.get(email="translator.en@example.org")
    translation = submit(original, "en")

    assert fill(translation, original, counterpart, translator) == 5

    assert translation.get_progress() == (5, 5)
    assert {"Title", "Summary.", "Geneva", "One.", "Two."} <= written(translation)
    assert set(StringTranslation.objects.filter(data="One.").values_list("last_translated_by", flat=True)) == {
        translator.pk
    }


def test_filling_again_replaces_what_was_written(original, counterpart):
    translation = submit(original, "en")
    fill(translation, original, counterpart)
    counterpart.title = "A better title"
    fill(translation, original, counterpart)

    assert "A better title" in written(translation)
    assert "Title" not in written(translation)
    assert save_draft(translation).title == "A better title"


def test_two_texts_that_are_the_same_in_the_original_may_differ_in_the_translation(db):
    original = ArticleFactory(title="Même", summary="Même", body=body("Même"))
    translation = submit(original, "en")
    fill(translation, original, NewsArticle(title="Title", summary="Summary", body=body("Body")))

    draft = save_draft(translation)

    assert (draft.title, draft.summary, draft.body[0].value.source) == ("Title", "Summary", "<p>Body</p>")


def test_what_was_filled_is_published_by_the_ordinary_way(original, counterpart):
    translation = submit(original, "en")
    fill(translation, original, counterpart)

    draft = save_draft(translation)
    assert not draft.live
    published = publish(draft)

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
    translation = submit(original, "en")

    with pytest.raises(SegmentsDiffer) as refusal:
        fill(translation, original, counterpart)

    assert next(iter(changes)) in str(refusal.value) or place in str(refusal.value)
    assert translation.get_progress() == (5, 0)
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
    translation = submit(original, "en")
    fill(translation, original, counterpart)

    published = publish(save_draft(translation))

    assert [(row.date, row.text) for row in published.corrections.order_by("date")] == [
        (date(2026, 1, 1), "Correction 1"),
        (date(2026, 1, 2), "Correction 2"),
    ]
    assert [row.text for row in original.corrections.order_by("date")] == ["Erratum 1", "Erratum 2"]


def test_a_first_draft_of_which_a_text_is_missing_is_not_made(original):
    translation = submit(original, "en")

    with pytest.raises(MissingTranslationError):
        save_draft(translation)

    assert not Page.objects.filter(translation_key=original.translation_key, locale__language_code="en").exists()


def test_a_further_draft_of_which_a_text_is_missing_is_not_made(original, counterpart):
    translation = submit(original, "en")
    fill(translation, original, counterpart)
    published = publish(save_draft(translation))
    original.summary = "Un autre résumé."
    original.save_revision().publish()
    before = published.latest_revision_id

    with pytest.raises(MissingTranslationError):
        save_draft(submit(original, "en"))

    published.refresh_from_db()
    assert published.latest_revision_id == before


def test_a_page_below_an_untranslated_section_is_not_translated_by_a_live_copy_of_the_section(db):
    french = Locale.objects.get(language_code="fr")
    section = at("/fr/").add_child(instance=AboutPage(title="Rubrique", locale=french))
    below = section.add_child(instance=AboutPage(title="Page", locale=french))
    translation = submit(below, "en")
    fill(translation, below, AboutPage(title="Page"))

    with pytest.raises(ParentNotTranslatedError):
        save_draft(translation)

    assert not Page.objects.filter(translation_key=section.translation_key, locale__language_code="en").exists()


@pytest.fixture
def live_pair(original, counterpart):
    """A published pair, and a change of the original that nobody has translated yet."""
    translation = submit(original, "en")
    fill(translation, original, counterpart)
    target = publish(save_draft(translation))
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
    translation = submit(original, "en")
    fill(translation, original, counterpart)

    draft = save_draft(translation)

    assert row(target) == before
    assert (before["title"], before["slug"], before["live"]) == ("Title", "title", True)
    assert draft.title == "New title"
    assert draft.get_latest_revision_as_object().summary == "New summary."


def test_the_new_draft_is_published_whole_at_the_address_it_had(live_pair):
    original, target = live_pair
    original.corrections.all().delete()
    counterpart = NewsArticle(title="New title", summary="New summary.", place="Geneva", body=body("Another.", "Two."))
    translation = submit(original, "en")
    fill(translation, original, counterpart)

    published = publish(save_draft(translation))

    assert published.pk == target.pk
    assert (published.title, published.slug) == ("New title", "title")
    assert published.body[0].value.source == "<p>Another.</p>"


def test_a_translation_that_was_taken_down_stays_down_when_a_new_draft_is_made(original, counterpart):
    translation = submit(original, "en")
    fill(translation, original, counterpart)
    target = publish(save_draft(translation))
    target.unpublish()

    save_draft(translation)

    target.refresh_from_db()
    assert not target.live


def test_values_that_are_the_same_in_all_languages_come_with_the_draft(original, counterpart):
    translation = submit(original, "en")
    fill(translation, original, counterpart)
    target = publish(save_draft(translation))
    original.kind = NewsArticle.Kind.STATEMENT
    original.save_revision().publish()

    draft = save_draft(submit(original, "en"))

    assert draft.kind == NewsArticle.Kind.STATEMENT
    assert NewsArticle.objects.get(pk=target.pk).kind != NewsArticle.Kind.STATEMENT


@pytest.mark.parametrize("whose", ["original", "translation"])
def test_a_pair_that_one_of_them_makes_private_stays_so_through_a_new_draft_and_its_publication(
    original, counterpart, whose
):
    translation = submit(original, "en")
    fill(translation, original, counterpart)
    target = publish(save_draft(translation))
    restrict(original if whose == "original" else target)

    publish(save_draft(translation))

    for page in (original, target):
        assert NewsArticle.objects.get(pk=page.pk).get_view_restrictions().exists()
        assert not visible(NewsArticle.objects.filter(pk=page.pk)).exists()
