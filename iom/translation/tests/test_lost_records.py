"""A record that a submitted text refers to may be deleted before the translation is published."""

import pytest

from iom.tests.factories import ArticleFactory, PressContactFactory, SiteImageFactory, TopicFactory
from iom.translation.tests import desk
from newsroom.models import ArticleContact, ArticleTopic, NewsArticle


@pytest.mark.parametrize("lost", ["contact", "topic", "lead_picture"])
def test_a_translation_goes_live_whatever_its_original_has_lost(db, lost):
    records = {"contact": PressContactFactory(), "topic": TopicFactory(), "lead_picture": SiteImageFactory()}
    article = ArticleFactory(body=desk.body("Un."), picture_decorative=True, lead_picture=records["lead_picture"])
    article.contacts = [ArticleContact(contact=records["contact"])]
    article.topics = [ArticleTopic(topic=records["topic"])]
    article.save_revision().publish()
    state = desk.submit(NewsArticle.objects.get(pk=article.pk), "en")
    desk.prefill(state, article, NewsArticle(title="Title", summary="Summary.", body=desk.body("One.")))
    draft = NewsArticle.objects.get(pk=article.pk)
    draft.title = "Un titre qui change"
    draft.save_revision()
    records[lost].delete()
    state.refresh_from_db()

    assert desk.publish(state).live
