"""A corrected text that was unpublished is published again."""

import datetime

import pytest

from iom.tests.factories import ArticleFactory
from newsroom.models import Correction, NewsArticle


@pytest.mark.django_db
def test_the_revision_that_brought_a_correction_is_published_again():
    article = NewsArticle.objects.get(pk=ArticleFactory().pk)
    draft = article.get_latest_revision_as_object()
    draft.corrections = [Correction(date=datetime.date(2026, 1, 1), text="Soixante.", locale=article.locale)]
    revision = draft.save_revision()
    revision.publish()
    (before,) = Correction.objects.filter(article=article.pk)
    NewsArticle.objects.get(pk=article.pk).unpublish()
    NewsArticle.objects.get(pk=article.pk).get_latest_revision().publish()
    (after,) = Correction.objects.filter(article=article.pk)
    assert (after.pk, after.text) == (before.pk, "Soixante.")
