"""Articles with corrections that are published again, edited or copied later."""

import datetime
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset

from iom.tests.factories import ArticleFactory
from iom.translation.tests import desk
from newsroom import dates
from newsroom.corrections.tests.test_corrections import correct
from newsroom.models import Correction, NewsArticle
from newsroom.tests.test_dates import fields_of_form

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


def publish_in_the_form(client, article, rows, known):
    data = fields_of_form(slug=article.slug, corrections=inline_formset(rows, initial=known))
    client.post(reverse("wagtailadmin_pages:edit", args=[article.pk]), data | {"action-publish": "action-publish"})
    page = NewsArticle.objects.get(pk=article.pk)
    assert page.title == "Un titre"
    return page.corrections


@pytest.fixture(params=[True, False], ids=["with a draft", "without"])
def article(request, sign_in):
    """An article with a correction that was published without the changes of its draft."""
    one = ArticleFactory(title="Titre")
    one.save_revision().publish()
    one = NewsArticle.objects.get(pk=one.pk)
    if request.param:
        one.summary = "Un autre."
        one.save_revision()
    correct(sign_in("officer"), one)
    return NewsArticle.objects.get(pk=one.pk)


def in_the_form(client, article):
    return client.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).context["form"].formsets["corrections"]


def test_a_form_that_was_open_during_a_correction_keeps_it(sign_in, article):
    (before,) = article.corrections.all()
    (after,) = publish_in_the_form(sign_in("editor"), article, [], 0).all()
    assert (after.pk, after.translation_key) == (before.pk, before.translation_key)


def test_in_the_form_it_stands_once_remains_the_same_and_may_be_deleted(sign_in, article):
    client = sign_in("editor")
    (before,) = article.corrections.all()
    (form,) = in_the_form(client, article).forms
    row = {"id": form["id"].value() or "", "date": str(before.date), "text": "Septante."}
    (after,) = publish_in_the_form(client, article, [row], 1).all()
    assert (after.translation_key, after.text) == (before.translation_key, "Septante.")
    assert not publish_in_the_form(client, article, [row | {"DELETE": "on"}], 1).exists()


def test_an_earlier_version_that_is_published_in_the_form_keeps_it(sign_in, article):
    client, first = sign_in("editor"), article.revisions.order_by("created_at").first()
    address = reverse("wagtailadmin_pages:revisions_revert", args=[article.pk, first.pk])
    assert not client.get(address).context["form"].formsets["corrections"].initial_form_count()
    assert publish_in_the_form(client, article, [], 0).count() == 1
