"""The form in which an article is written."""

import pytest
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from iom.contacts.models import Office
from iom.navigation.tests.pairs import at
from iom.tests.factories import ArticleFactory, OfficeFactory, SiteImageFactory
from iom.users.models import User
from newsroom.models import NewsArticle


def bound(data=None, instance=None, account="officer"):
    index = at("/fr/actualites/")
    instance = instance or NewsArticle(locale=index.locale)
    form_class = NewsArticle.get_edit_handler().get_form_class()
    user = User.objects.get(email=f"{account}@example.org")
    return form_class(data, instance=instance, for_user=user, parent_page=index)


def written(**changes):
    """What the browser sends of a short article."""
    children = ("corrections", "countries", "topics", "contacts", "related_articles", "comments")
    return nested_form_data(
        {
            "title": "Un titre",
            "slug": "un-titre",
            "summary": "Résumé.",
            "kind": "news",
            "scope": "global",
            "date": "2026-03-01 12:00",
            "body": streamfield([("heading", "Un intertitre"), ("paragraph", rich_text("<p>Texte.</p>"))]),
            **{name: inline_formset([]) for name in children},
        }
        | changes
    )


@pytest.fixture
def office(db):
    """The office that the officer works for."""
    return Office.objects.get(staff__user__email="officer@example.org")


def test_a_new_article_is_issued_by_its_authors_office(office):
    assert bound()["office"].value() == office.pk


def test_the_author_may_choose_another_office(office):
    another = OfficeFactory()
    form = bound(written(office=another.pk))

    assert form.is_valid(), form.errors
    assert form.save(commit=False).office == another


def test_an_article_that_exists_keeps_the_office_it_has(office):
    another = OfficeFactory()

    assert bound(instance=ArticleFactory(office=another))["office"].value() == another.pk
    assert bound(instance=ArticleFactory(office=None))["office"].value() is None


def test_someone_without_an_office_begins_without_one(db):
    User.objects.get(email="officer@example.org").postings.all().delete()

    assert bound()["office"].value() is None


def test_a_complete_article_is_accepted(db):
    form = bound(written())

    assert form.is_valid(), form.errors


def with_picture(**changes):
    return written(lead_picture=SiteImageFactory().pk, **changes)


def test_a_picture_without_alternative_text_is_not_published(db):
    form = bound(with_picture())

    assert not form.is_valid()
    assert set(form.errors) == {"picture_alt"}
    assert bound(with_picture(picture_alt="Une gare.")).is_valid()
    assert bound(with_picture(picture_decorative="on")).is_valid()


def test_a_draft_is_saved_before_the_alternative_text_is_written(db):
    """Wagtail defers on a draft what publication needs; refusing it here would lose the author's work."""
    form = bound(with_picture())
    form.defer_required_fields()

    assert form.is_valid(), form.errors


def test_a_draft_without_a_summary_or_a_text_is_saved(db):
    form = bound(written(summary="", body=streamfield([])))
    form.defer_required_fields()

    assert form.is_valid(), form.errors


def test_an_author_writes_an_article_in_the_admin_and_publishes_it(sign_in):
    index = at("/fr/actualites/")
    data = written(office=OfficeFactory().pk) | {"action-publish": "1"}

    answer = sign_in("officer").post(f"/admin/pages/add/newsroom/newsarticle/{index.pk}/", data)

    assert answer.status_code == 302, answer.context["form"].errors
    article = NewsArticle.objects.get(slug="un-titre", locale=index.locale)
    assert article.live
    assert article.owner.email == "officer@example.org"
    assert not Page.objects.filter(translation_key=article.translation_key, live=True).exclude(pk=article.pk).exists()


def test_a_draft_with_a_picture_that_is_not_yet_described_is_kept_and_not_published(sign_in):
    address = f"/admin/pages/add/newsroom/newsarticle/{at('/fr/actualites/').pk}/"
    officer = sign_in("officer")

    officer.post(address, with_picture())
    assert not NewsArticle.objects.get(slug="un-titre").live

    refused = officer.post(address, with_picture(slug="autre-titre") | {"action-publish": "1"})
    assert set(refused.context["form"].errors) == {"picture_alt"}
    assert not NewsArticle.objects.filter(slug="autre-titre").exists()
