"""A corrected text is published again or copied."""

import datetime
from datetime import timedelta

import pytest
from django.utils import timezone

from iom.tests.factories import ArticleFactory
from iom.translation.tests import desk
from newsroom import dates
from newsroom.models import Correction, NewsArticle

pytestmark = pytest.mark.django_db


def corrected(**fields):
    article = NewsArticle.objects.get(pk=ArticleFactory(**fields).pk)
    article.corrections = [Correction(date=datetime.date(2026, 1, 1), text="Soixante.", locale=article.locale)]
    article.save_revision().publish()
    return NewsArticle.objects.get(pk=article.pk)


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


def test_a_copy_is_another_text_which_nobody_has_corrected():
    one = corrected(updated_at=timezone.now())
    copy = one.copy(update_attrs={"slug": "copie", "title": "Copie"}, keep_live=False)
    draft = NewsArticle.objects.get(pk=copy.pk).get_latest_revision_as_object()
    assert draft.updated_at is None
    assert not draft.corrections.exists()
    assert not Correction.objects.filter(article=copy.pk).exists()


def test_a_translation_has_the_corrections_of_its_original_and_its_end():
    noon = dates.noon(timezone.localdate())
    one = corrected(summary="Résumé.", body=desk.body("Un."), updated_at=noon, expire_at=noon + timedelta(days=9))
    row = one.corrections.get()
    counterpart = NewsArticle(title="Title", summary="Summary.", body=desk.body("One."))
    counterpart.corrections = [Correction(date=row.date, text="Sixty.", translation_key=row.translation_key)]
    _state, translation = desk.translated(one, counterpart)
    page = NewsArticle.objects.get(pk=translation.pk)
    assert list(page.corrections.values_list("date", "text")) == [(row.date, "Sixty.")]
    assert (page.updated_at, page.expire_at) == (one.updated_at, one.expire_at)
