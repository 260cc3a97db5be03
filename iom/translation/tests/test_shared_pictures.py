"""Pictures of a live translation whose original has other ones, while the translation is not complete."""

import pytest
from wagtail_localize.models import OverridableSegment

from iom.tests.factories import ArticleFactory, SiteImageFactory
from iom.translation.content import overrides
from iom.translation.tests.desk import prefill, publish, republish, submit
from iom.translation.tests.joint import person
from newsroom.models import NewsArticle


def english(**changes):
    return NewsArticle(**{"title": "Title", "summary": "Summary."} | changes)


def read(state):
    """The translation as visitors have it."""
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
    overrides.store(state, row.context_id, own.pk, person("translator.en"))
    publish(state)

    original.title, original.body = "Nouveau titre", [gallery(first, *([] if is_withdrawn else [second]))]
    republish(original)

    shown = [item["image"] for block in read(state).body for item in block.value["pictures"]]
    assert shown == ([] if is_withdrawn else [own, second])
