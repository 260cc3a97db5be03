"""A page is moved with its translations or not at all, and the admin names them beforehand."""

import pytest
from wagtail.models import Locale, Page

from iom.tests.factories import ArticleFactory
from iom.translation.tests.admin import bulk, message_text, url
from iom.translation.tests.desk import submit, translated
from iom.translation.tests.sample_article import english, french
from newsroom.models import NewsArticle, NewsIndex


@pytest.fixture
def pair(db):
    """A published article and its published translation."""
    page = french()
    _state, translation = translated(page, english())
    return NewsArticle.objects.get(pk=page.pk), translation


@pytest.fixture
def other_section(db):
    """A newsroom beside the first, in both languages, as far as pages are concerned."""
    first = NewsIndex.objects.get(locale__language_code="fr")
    page = NewsIndex(title="Archives", slug="archives", locale=first.locale)
    first.get_parent().add_child(instance=page)
    translation = page.copy_for_translation(Locale.objects.get(language_code="en"))
    return page, translation


def test_a_moved_original_takes_its_translation_along(sign_in, visitor, pair, other_section):
    page, translation = pair
    section, its_translation = other_section

    assert sign_in("admin").post(url("move_confirm", page, section)).status_code == 302

    assert Page.objects.get(pk=page.pk).get_parent().pk == section.pk
    assert Page.objects.get(pk=translation.pk).get_parent().pk == its_translation.pk
    assert Page.objects.get(pk=translation.pk).url_path == f"{its_translation.url_path}{translation.slug}/"
    assert Page.find_problems() == ([], [], [], [], [])


def test_bulk_moves_take_translations_along(sign_in, pair, other_section):
    page, translation = pair
    section, its_translation = other_section

    answer = sign_in("admin").post(bulk("move", page), {"chooser": section.pk})

    assert answer.status_code == 302
    assert Page.objects.get(pk=translation.pk).get_parent().pk == its_translation.pk


@pytest.mark.parametrize("way", ["view", "bulk"])
@pytest.mark.parametrize("obstacle", ["untranslated", "taken"])
def test_a_move_that_would_leave_the_translation_behind_is_refused_in_words(
    sign_in, pair, other_section, way, obstacle
):
    page, translation = pair
    section, its_translation = other_section
    if obstacle == "untranslated":
        its_translation.delete()
    else:
        ArticleFactory(parent=its_translation, slug=translation.slug)
    parents = [Page.objects.get(pk=each.pk).get_parent() for each in pair]
    client = sign_in("admin")

    if way == "view":
        answers = [client.get(url("move_confirm", page, section)), client.post(url("move_confirm", page, section))]
    else:
        answers = [client.post(bulk("move", page), {"chooser": section.pk})]

    for answer in answers:
        assert answer.status_code in (200, 302)
        assert "Archives" in message_text(answer)
    assert [Page.objects.get(pk=each.pk).get_parent() for each in pair] == parents


def test_a_translation_does_not_move_away_from_its_original(sign_in, pair, other_section):
    _page, translation = pair
    _section, its_translation = other_section
    before = translation.get_parent()

    answer = sign_in("admin").post(url("move_confirm", translation, its_translation))

    assert "Titre" in message_text(answer)
    assert Page.objects.get(pk=translation.pk).get_parent() == before


def test_another_order_moves_no_translation(pair):
    page, translation = pair
    before = translation.get_parent()
    page.move(page.get_parent(), pos="first-child")

    assert Page.objects.get(pk=translation.pk).get_parent() == before


def test_a_deleted_section_takes_all_below_it_in_both_languages(db, other_section):
    section, its_translation = other_section
    page = french(parent=section)
    _state, translation = translated(page, english())
    submit(section, "en")

    section = NewsIndex.objects.get(pk=section.pk)
    section.delete()

    assert not Page.objects.filter(pk__in=[each.pk for each in (section, its_translation, page, translation)]).exists()
    assert Page.find_problems() == ([], [], [], [], [])


@pytest.mark.parametrize("action", ["unpublish", "delete", "move_confirm"])
def test_the_confirmation_names_the_pages_that_follow(sign_in, pair, other_section, action):
    page, translation = pair
    destination = [other_section[0]] if action == "move_confirm" else []

    text = sign_in("admin").get(url(action, page, *destination)).content.decode()

    assert url("edit", translation) in text
    assert ">Title</a>" in text


@pytest.mark.parametrize("action", ["unpublish", "delete", "move"])
def test_bulk_confirmations_name_them_too(sign_in, pair, action):
    page, translation = pair

    text = sign_in("admin").get(bulk(action, page)).content.decode()

    assert url("edit", translation) in text


@pytest.mark.parametrize("action", ["unpublish", "delete"])
def test_the_confirmation_of_a_translation_says_that_its_original_stays(sign_in, pair, action):
    _page, translation = pair

    text = sign_in("admin").get(url(action, translation)).content.decode()

    assert "“Titre”" in text or "«\u202fTitre\u202f»" in text
