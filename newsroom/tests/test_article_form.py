"""The editing form of articles."""

import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from iom.contacts.models import Office
from iom.navigation.tests.pairs import at
from iom.tests.factories import ArticleFactory, OfficeFactory, PressContactFactory, SiteImageFactory, TopicFactory
from iom.users.models import User
from newsroom.models import ArticleContact, ArticleCountry, NewsArticle


def bound(data=None, instance=None, account="officer"):
    index = at("/fr/actualites/")
    instance = instance or NewsArticle(locale=index.locale)
    form_class = NewsArticle.get_edit_handler().get_form_class()
    user = User.objects.get(email=f"{account}@example.org")
    return form_class(data, instance=instance, for_user=user, parent_page=index)


def written(**changes):
    """The form data of a short article, as a browser sends them."""
    children = ("corrections", "related_articles", "comments")
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


def test_countries_topics_and_contacts_are_kept_in_the_order_of_the_choice(sign_in):
    first, second, contact = TopicFactory(), TopicFactory(), PressContactFactory()
    data = written() | {"countries": ["TD", "NE"], "topics": [second.pk, first.pk], "contacts": [contact.pk]}

    sign_in("officer").post(
        f"/admin/pages/add/newsroom/newsarticle/{at('/fr/actualites/').pk}/", data | {"action-publish": "1"}
    )

    article = NewsArticle.objects.get(slug="un-titre", live=True)
    assert [row.country.code for row in article.countries.all()] == ["TD", "NE"]
    assert [row.topic_id for row in article.topics.all()] == [second.pk, first.pk]
    assert [row.contact_id for row in article.contacts.all()] == [contact.pk]


def test_a_row_that_stays_is_the_same_row_and_one_that_is_left_out_goes(db):
    article = ArticleFactory()
    article.countries = [ArticleCountry(country=code) for code in ("TD", "NE", "ML")]
    article.save()
    keys = {row.country.code: row.pk for row in article.countries.all()}

    form = bound(written() | {"countries": ["ML", "TD"]}, instance=article)
    assert form.is_valid(), form.errors
    form.save()

    rows = NewsArticle.objects.get(pk=article.pk).countries.all()
    assert [(row.country.code, row.pk) for row in rows] == [("ML", keys["ML"]), ("TD", keys["TD"])]


def test_what_is_not_offered_is_refused_and_what_was_chosen_before_stays(db):
    contact = PressContactFactory(in_post_until="2020-01-01")
    article = ArticleFactory()
    article.contacts = [ArticleContact(contact=contact)]

    assert not bound(written() | {"contacts": [contact.pk]}).is_valid()
    assert not bound(written() | {"countries": ["XX"]}).is_valid()
    assert bound(written() | {"contacts": [contact.pk]}, instance=article).is_valid()


def test_only_another_order_is_a_change(db):
    article = ArticleFactory()
    article.countries = [ArticleCountry(country=code) for code in ("TD", "NE")]

    assert "countries" in bound(written() | {"countries": ["NE", "TD"]}, instance=article).changed_data
    assert "countries" not in bound(written() | {"countries": ["TD", "NE"]}, instance=article).changed_data


def test_two_versions_are_compared_by_their_countries(sign_in):
    article = ArticleFactory()
    before = article.save_revision()
    article.countries = [ArticleCountry(country="TD")]
    after = article.save_revision()

    answer = sign_in("officer").get(
        reverse("wagtailadmin_pages:revisions_compare", args=[article.pk, before.pk, after.pk])
    )

    assert "Tchad" in answer.content.decode()


def test_a_new_article_begins_with_a_paragraph_that_is_not_kept_when_it_stays_empty(sign_in):
    client = sign_in("officer")
    address = f"/admin/pages/add/newsroom/newsarticle/{at('/fr/actualites/').pk}/"
    assert [child.block_type for child in client.get(address).context["form"]["body"].value()] == ["paragraph"]

    body = streamfield(
        [("paragraph", rich_text("<p>Texte.</p><p></p>")), ("heading", "Titre"), ("paragraph", rich_text("<p></p>"))]
    )
    client.post(address, written(body=body) | {"action-publish": "1"})

    kept = NewsArticle.objects.get(slug="un-titre", live=True).body
    assert [child.block_type for child in kept] == ["paragraph", "heading"]
    assert kept[0].value.source.count("<p") == 1
