"""The pictures of a live translation whose original has got other pictures, while the translation is incomplete."""

from unittest.mock import Mock

import pytest
from wagtail_localize.models import OverridableSegment

from iom.tests.factories import ArticleFactory, SiteImageFactory
from iom.translation.content import overrides
from iom.translation.models import TranslationState
from iom.translation.tests.desk import body, prefill, publish, republish, submit, translated
from iom.translation.tests.joint import person
from iom.translation.workflow import sync_shared_fields
from iom.translation.workflow.publication import NotPublished
from newsroom.models import NewsArticle


def english(**changes):
    return NewsArticle(**{"title": "Title", "summary": "Summary."} | changes)


def read(state):
    """Returns the published translation."""
    return NewsArticle.objects.get(pk=state.page_id)


def gallery(*pictures):
    items = [
        {"type": "item", "id": f"{number}", "value": {"image": one.pk, "alt": "", "decorative": True, "caption": ""}}
        for number, one in enumerate(pictures)
    ]
    return {"type": "gallery", "id": "g", "value": {"title": "", "pictures": items}}


@pytest.mark.parametrize("is_withdrawn", [True, False])
def test_a_picture_of_its_own_keeps_a_gallery_but_no_withdrawn_picture(db, is_withdrawn):
    first, second, own = SiteImageFactory(), SiteImageFactory(), SiteImageFactory()
    original = republish(ArticleFactory(title="Titre", summary="Résumé.", body=[gallery(first, second)]))
    state = submit(original, "en")
    prefill(state, original, english(body=[gallery(first, second)]))
    row = OverridableSegment.objects.get(source=state.translation.source_id, context__path="body.g.pictures.0.image")
    overrides.save_override(state, row.context_id, own.pk, person("translator.en"))
    publish(state)

    original.title, original.body = "Nouveau titre", [gallery(first, *([] if is_withdrawn else [second]))]
    republish(original)

    shown = [item["image"] for block in read(state).body for item in block.value["pictures"]]
    assert shown == ([] if is_withdrawn else [own, second])


@pytest.fixture
def decorative(db):
    """An original whose picture is decorative, and the state of its published translation."""
    picture = SiteImageFactory()
    article = ArticleFactory(
        title="Titre", summary="Résumé.", body=body("Un."), lead_picture=picture, picture_decorative=True
    )
    original = republish(article)
    return original, translated(original, english(body=body("One.")))[0]


@pytest.mark.parametrize("together", [False, True])
def test_a_picture_that_is_described_from_now_on_stays_decorative_until_that_is_translated(decorative, together):
    original, state = decorative
    original.published_together = together
    original.picture_decorative, original.picture_alt, original.kind = False, "Une gare.", "statement"
    original = republish(original, minor=True)

    there = read(state)
    assert (there.kind, there.lead_picture, there.picture_decorative) == ("statement", original.lead_picture, True)

    prefill(state, original, english(body=body("One."), picture_alt="A station."))
    there = publish(TranslationState.objects.get(pk=state.pk))
    assert (there.picture_alt, there.picture_decorative) == ("A station.", False)


def test_another_picture_waits_for_its_words_where_the_former_was_decorative(decorative):
    original, state = decorative
    original.lead_picture, original.picture_decorative, original.picture_alt = SiteImageFactory(), False, "Un port."
    republish(original)

    assert read(state).lead_picture is None


def test_a_translation_that_cannot_be_published_keeps_no_original_that_is_live_already(decorative, monkeypatch):
    original, _state = decorative
    monkeypatch.setattr(sync_shared_fields, "sync_shared_fields", Mock(side_effect=NotPublished("refused")))
    original.published_together, original.kind = True, "statement"

    assert republish(original).kind == "statement"
