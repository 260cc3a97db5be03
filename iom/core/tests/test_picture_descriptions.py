"""The alternative text and caption that are suggested when a picture is chosen again."""

import pytest
from django.urls import reverse
from wagtail.models import Collection

from iom.navigation.tests.pairs import at
from iom.tests.factories import ArticleFactory, SiteImageFactory


@pytest.fixture
def picture(db):
    return SiteImageFactory(collection=Collection.get_first_root_node())


@pytest.fixture
def propose(picture, sign_in):
    def ask(account="officer", page=None):
        page = page or at("/fr/actualites/")
        return sign_in(account).get(reverse("picture_words", args=[picture.pk, page.pk]))

    return ask


def use(picture, alt, caption="", **fields):
    article = ArticleFactory(lead_picture=picture, picture_alt=alt, picture_caption=caption, **fields)
    article.save_revision().publish()
    return article


def test_the_texts_that_readers_saw_last_are_suggested(picture, propose):
    use(picture, "Une ancienne description.")
    latest = use(picture, "Une gare.", "À l’aube.")

    words = propose().json()

    assert (words["alt"], words["caption"]) == ("Une gare.", "À l’aube.")
    assert latest.title in words["note"]


def test_a_picture_in_a_text_is_described_there(picture, propose):
    block = {"type": "picture", "value": {"image": picture.pk, "alt": "Un quai.", "caption": "", "decorative": False}}
    ArticleFactory(body=[block]).save_revision().publish()

    assert propose().json()["alt"] == "Un quai."


def test_texts_in_another_language_decorative_or_not_public_are_not_suggested(picture, propose):
    use(picture, "A station.", language="en")
    use(picture, "", picture_decorative=True)
    ArticleFactory(lead_picture=picture, picture_alt="Un brouillon.", live=False)

    assert propose().json() == {}


def test_nothing_is_suggested_for_a_picture_that_the_user_may_not_choose(picture, propose, client):
    use(picture, "Une gare.")

    assert client.get(reverse("picture_words", args=[picture.pk, at("/fr/actualites/").pk])).status_code == 302
    assert propose().status_code == 200
