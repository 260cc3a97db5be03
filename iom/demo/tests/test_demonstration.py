"""The demonstration has an article in every state, as officers and translators could have created them."""

import pytest
from django.utils import timezone, translation
from wagtail.models import Page

from iom.contacts.models import ContactSettings, PressContact
from iom.demo import content, notices
from iom.navigation.visibility import visible
from iom.translation.models import TranslationState
from iom.users.models import User
from newsroom.models import NewsArticle


@pytest.fixture
def texts(db):
    """The article of that key, by language."""

    def texts(key):
        found = NewsArticle.objects.filter(translation_key=content.stable_uuid(key)).select_related("locale")
        return {article.locale.language_code: article for article in found}

    return texts


def seen(article):
    return visible(NewsArticle.objects.filter(pk=article.pk)).exists()


def original(pages):
    return min(pages.values(), key=lambda page: page.pk).locale.language_code


def step(page):
    return page.translation_state.step


def test_every_file_has_become_the_article_that_it_describes(texts):
    for table in notices.get_articles():
        pages = texts(table["key"])
        languages = set(content.LANGUAGES) if table["translated"] else {table["original"]}

        assert original(pages) == table["original"], table["key"]
        assert {language for language in pages if seen(pages[language])} == (
            languages if table["state"] == "live" else set()
        ), table["key"]
        for language in languages:
            text = pages[language].get_latest_revision_as_object()
            assert text.title == table[language]["title"]
            assert text.summary == table[language]["summary"]


def test_one_exists_in_french_only_and_someone_has_begun_to_translate_it(texts):
    pages = texts("public-letter-writers")

    assert seen(pages["fr"])
    assert not seen(pages["en"])
    state = pages["en"].translation_state
    assert (state.step, state.claimed_by.email) == ("in-progress", "translator.en@example.org")
    assert [question.answer for question in state.translation.questions.all()] == [""]


def test_one_was_written_in_english_first(texts):
    pages = texts("pacific-coastal-register")

    assert set(pages) == {"fr", "en"}
    assert original(pages) == "en"
    assert all(seen(page) for page in pages.values())


def test_one_exists_in_english_only(texts):
    pages = texts("clinic-night-shift")

    assert seen(pages["en"])
    assert not seen(pages["fr"])
    assert step(pages["fr"]) == "to-translate"


def test_one_is_a_draft_that_was_never_published(texts):
    draft = texts("haiti-shelter-managers")["fr"]

    assert not draft.live
    assert draft.first_published_at is None
    assert draft.owner.email == "officer@example.org"


def test_a_pair_is_scheduled(texts):
    pages = texts("photo-consent-rules")
    original = pages["fr"]

    assert not any(page.live for page in pages.values())
    assert original.latest_revision.approved_go_live_at == original.go_live_at > timezone.now()
    assert step(pages["en"]) == "ready"  # it goes live with its original


def test_a_pair_has_expired_and_was_taken_down(texts):
    for page in texts("call-for-local-projects").values():
        assert page.expired
        assert not page.live
        assert page.expire_at < timezone.now()


def test_a_pair_is_private_by_a_restriction_on_its_original_alone(texts):
    pages = texts("border-posts-review")

    assert pages["fr"].view_restrictions.exists()
    assert set(pages) == {"fr", "en"}
    for page in pages.values():
        assert page.live
        assert not seen(page)
        assert page.get_view_restrictions().exists()


def test_the_meaning_of_one_has_changed_since_it_was_translated(texts):
    pages = texts("bridging-classes")
    table = next(table for table in notices.get_articles() if table["key"] == "bridging-classes")
    place = table["change"]["index"]

    assert step(pages["en"]) == "out-of-date"
    assert pages["en"].translation_state.is_older_than_its_original
    assert not pages["fr"].has_unpublished_changes
    assert table["body"][place]["en"].split()[0] in pages["en"].body[place].value.source


def test_one_shows_every_kind_of_block_in_both_languages(texts):
    for page in texts("every-block").values():
        kinds = {block.block_type for block in page.body}
        assert kinds == set(page.body.stream_block.child_blocks)


def test_the_contact_of_one_has_left_and_is_answered_for(texts, rf):
    former = PressContact.objects.get(email="former@example.org")
    assert not former.is_in_post()

    for language, page in texts("seasonal-workers-guide").items():
        assert [row.contact for row in page.contacts.all()] == [former]
        with translation.override(language):
            (card,) = page.get_context(rf.get(page.url))["cards"]
        assert card.email == former.office.email
        assert "former" not in repr(card)


def test_one_has_been_corrected_in_both_languages(texts):
    pages = texts("mobile-clinics-bogota")

    assert pages["fr"].corrections.count() == pages["en"].corrections.count() > 0


def test_every_kind_and_every_scope_of_article_is_shown(db):
    shown = visible(NewsArticle.objects.filter(locale__language_code="en"))

    assert set(shown.values_list("kind", flat=True)) == set(NewsArticle.Kind.values)
    assert set(shown.values_list("scope", flat=True)) == set(NewsArticle.Scope.values)


def test_the_article_of_the_capture_is_there_with_its_contact(texts, rf):
    french = texts("canada-25000-syrian-refugees")["fr"]
    (card,) = french.get_context(rf.get(french.url))["cards"]

    assert (card.name, card.email, card.phone) == ("Jennifer Sparks", "press.cairo@example.org", "")
    assert card.office.name == "Bureau régional de l’OIM pour la MENA au Caire"
    assert french.date.date().isoformat() == "2016-03-01"


def test_a_release_of_which_only_the_day_is_known_is_dated_noon_in_zurich(texts):
    moment = timezone.localtime(texts("canada-25000-syrian-refugees")["fr"].date)

    assert (moment.hour, moment.minute) == (12, 0)


def test_every_page_of_the_tree_stands_in_both_languages_at_the_address_its_file_asks_for(db):
    for table in content.read_pages():
        pages = Page.objects.filter(translation_key=content.stable_uuid(table["key"]), live=True)
        if table["type"] == "home.HomePage":
            continue
        slugs = dict(pages.values_list("locale__language_code", "slug"))
        assert set(slugs) == {"fr", "en"}, table["key"]
        for language, slug in slugs.items():
            assert slug == table[language].get("slug", slug), table["key"]


def test_every_translation_that_visitors_read_was_whole_when_it_was_published(db):
    live = TranslationState.objects.filter(page__live=True)
    assert {state.step for state in live} == {"translated", "out-of-date"}
    assert live.filter(step="out-of-date").count() == 1


def test_nothing_is_an_alias_or_the_copy_of_another_language(db):
    assert not Page.objects.filter(alias_of__isnull=False).exists()
    assert not Page.objects.filter(locale__language_code="en", url_path__startswith="/fr/").exists()


def test_the_site_has_a_press_office(db):
    assert ContactSettings.load().press_office.name == "Siège de l’OIM"


@pytest.mark.parametrize(
    ("language", "reads", "searches"),
    [
        ("en", "count of reads", "Words searched for are counted"),
        ("fr", "décompte des lectures", "mots recherchés sont comptés"),
    ],
)
def test_the_page_on_privacy_says_what_the_site_counts(language, reads, searches):
    privacy = next(page for page in content.read_pages() if page["key"] == "privacy")
    said = " ".join(str(block[language]) for block in privacy["body"])

    assert reads in said
    assert searches in said


@pytest.mark.parametrize(
    ("account", "group"),
    [
        ("officer", "Communications officers"),
        ("editor", "Newsroom editors"),
        ("translator.fr", "Translators into French"),
        ("translator.en", "Translators into English"),
        ("admin", "Administrators"),
    ],
)
def test_every_role_has_an_account_that_belongs_to_an_office(db, account, group):
    user = User.objects.get(email=f"{account}@example.org")

    assert [one.name for one in user.groups.all()] == [group]
    assert [one.office.kind for one in user.postings.all()] == ["headquarters"]
