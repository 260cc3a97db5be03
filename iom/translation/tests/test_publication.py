"""Publishing a translation in the admin: whole, or not at all."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from iom.navigation.tests.pairs import at
from iom.tests.factories import ArticleFactory
from iom.translation.fill import fill, submit
from newsroom.models import NewsArticle


def body(*paragraphs):
    return [
        {"type": "paragraph", "id": f"{number}", "value": f"<p>{text}</p>"} for number, text in enumerate(paragraphs)
    ]


@pytest.fixture
def original(db):
    return ArticleFactory(title="Titre", summary="Résumé.", body=body("Un."))


@pytest.fixture
def waiting(original):
    """The English copy that localize makes when an administrator submits the page."""
    translation = submit(original, "en")
    translation.save_target(publish=False)
    return translation, NewsArticle.objects.get(pk=translation.get_target_instance().pk)


def publish(client, page):
    """What the button of localize's editor sends."""
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"action": "publish"})


def english(title="Title"):
    return NewsArticle(title=title, summary="Summary.", body=body("One."))


def test_a_translation_of_which_words_are_missing_is_not_published(sign_in, waiting):
    _translation, page = waiting
    answer = publish(sign_in("editor"), page)

    page.refresh_from_db()
    assert not page.live
    assert answer.status_code == 302
    assert "3" in str(next(iter(get_messages(answer.wsgi_request))))


def test_a_whole_translation_is_published_at_an_address_of_its_own(
    sign_in, waiting, original, django_capture_on_commit_callbacks
):
    translation, page = waiting
    fill(translation, original, english())

    with django_capture_on_commit_callbacks(execute=True):
        publish(sign_in("editor"), page)

    page.refresh_from_db()
    assert (page.live, page.title, page.url) == (True, "Title", "/en/news/title/")


def test_words_added_to_the_original_do_not_reach_readers_of_the_translation_untranslated(
    sign_in, waiting, original, django_capture_on_commit_callbacks
):
    translation, page = waiting
    fill(translation, original, english())
    with django_capture_on_commit_callbacks(execute=True):
        publish(sign_in("editor"), page)
    original.title, original.body = "Nouveau titre", body("Un.", "Deux.")
    original.save_revision().publish()
    submit(original, "en")

    with django_capture_on_commit_callbacks(execute=True):
        publish(sign_in("editor"), page)

    page.refresh_from_db()
    assert (page.live, page.title, page.slug, len(page.body)) == (True, "Title", "title", 1)


@pytest.mark.parametrize("account", ["translator.en", "translator.fr"])
def test_a_translator_does_not_publish(sign_in, waiting, original, account):
    translation, page = waiting
    fill(translation, original, english())

    publish(sign_in(account), page)

    page.refresh_from_db()
    assert not page.live


def test_a_translator_opens_the_translation_into_ones_own_language_only(sign_in, waiting):
    _translation, page = waiting
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])

    assert sign_in("translator.en").get(address).status_code == 200
    assert sign_in("translator.fr").get(address).status_code == 302


def test_an_original_is_published_as_ever(sign_in, original):
    original.title = "Autre titre"
    revision = original.save_revision()

    answer = sign_in("editor").get(reverse("wagtailadmin_pages:edit", args=[original.pk]))

    assert answer.status_code == 200
    revision.publish()
    assert at(original.url).title == "Autre titre"


@pytest.mark.parametrize("account", ["translator.en", "editor", "admin"])
def test_nobody_turns_a_translation_into_an_alias_which_no_reader_would_find(sign_in, account):
    page = at("/en/news/").get_children().live().first()
    client = sign_in(account)
    client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"localize-convert-to-alias": "1"}, follow=True)
    client.post(reverse("wagtail_localize:convert_to_alias", args=[page.pk]))

    page.refresh_from_db()
    assert page.alias_of_id is None
    assert page.live
