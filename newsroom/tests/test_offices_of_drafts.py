"""An office that only drafts refer to may be deleted. The database protects offices that rows refer to."""

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse
from modelcluster.models import get_all_child_relations
from wagtail.models import get_page_models

from iom.contacts.models import ContactSettings, Office
from iom.publishing import schedule
from iom.publishing.models import ScheduleFailure
from iom.publishing.tests import due
from iom.tests.factories import ArticleFactory, OfficeFactory, PressContactFactory
from iom.translation.tests.desk import body
from newsroom.models import NewsArticle

# What modelcluster does where the target of a relation of a revision is gone; it refuses the others.
READ_BY_MODELCLUSTER = {models.CASCADE, models.SET_NULL, models.DO_NOTHING}

pytestmark = pytest.mark.django_db


def now(article):
    return NewsArticle.objects.get(pk=article.pk)


def drafted(article, **fields):
    """The revision of a draft with these fields."""
    draft = now(article)
    for name, value in fields.items():
        setattr(draft, name, value)
    return draft.save_revision()


def delete(client, office):
    """The answer to the confirmed deletion of the office."""
    return client.post(reverse(Office.snippet_viewset.get_url_name("delete"), args=[office.pk]))


def is_there(office):
    return Office.objects.filter(pk=office.pk).exists()


@pytest.fixture
def article():
    article = ArticleFactory(office=OfficeFactory(), body=body("Un."))
    article.save_revision().publish()
    return now(article)


def test_a_draft_whose_office_is_gone_has_that_of_its_article(article, sign_in):
    former, office = article.office, OfficeFactory()
    drafted(article, office=office)
    delete(sign_in("admin"), office)
    form = sign_in("editor").get(reverse("wagtailadmin_pages:edit", args=[article.pk]))

    assert not is_there(office)
    assert form.status_code == 200
    assert now(article).get_latest_revision_as_object().office == former


def test_a_scheduled_draft_whose_office_is_gone_is_published(article, sign_in):
    office = OfficeFactory()
    due.make_due(drafted(article, office=office, title="Demain"))
    delete(sign_in("admin"), office)
    schedule.publish_due()

    assert not ScheduleFailure.objects.exists()
    assert now(article).title == "Demain"


def test_a_former_draft_whose_office_is_gone_is_compared_and_restored(article, sign_in):
    office = OfficeFactory()
    former = drafted(article, office=office)
    drafted(article, title="Autre").publish()
    delete(sign_in("admin"), office)

    for name, *more in (("compare", "live"), ("revert",)):
        url = reverse(f"wagtailadmin_pages:revisions_{name}", args=[article.pk, former.pk, *more])
        assert sign_in("editor").get(url).status_code == 200, name


def test_a_text_is_read_without_an_office_that_is_gone(article):
    office = OfficeFactory()
    content = drafted(article, office=office).content
    office.delete()

    assert NewsArticle.from_content(content).office is None


def test_an_office_of_a_draft_that_was_never_published_is_in_use(sign_in):
    first, office, client = OfficeFactory(), OfficeFactory(), sign_in("admin")
    article = ArticleFactory(live=False, office=first, first_published_at=None)
    drafted(article, office=office)
    screen = client.get(reverse(Office.snippet_viewset.get_url_name("delete"), args=[office.pk]))

    assert screen.context["is_protected"]
    assert screen.context["usage_count"] == 1
    assert delete(client, office).status_code == 302
    assert is_there(office)
    delete(client, first)
    assert not is_there(first)


@pytest.mark.parametrize(
    "office_of",
    [lambda: PressContactFactory().office, lambda: ContactSettings.load().press_office],
    ids=["contact", "settings"],
)
def test_an_office_of_a_record_is_refused_in_words(sign_in, office_of):
    office = office_of()

    assert delete(sign_in("admin"), office).status_code == 302
    assert is_there(office)


def relations(model):
    fields = [field for field in model._meta.fields if isinstance(field, models.ForeignKey)]
    return [field for field in fields if field.name != "locale"]  # of the page or row, whatever a revision says


def test_every_protected_record_has_a_test_here():
    ours = [model for model in apps.get_models() if not model.__module__.startswith(("wagtail", "django"))]
    found = {
        str(field) for model in ours for field in relations(model) if field.remote_field.on_delete is models.PROTECT
    }

    assert found == {
        "contacts.ContactSettings.press_office",
        "contacts.PressContact.office",
        "newsroom.NewsArticle.office",
    }


def test_the_rows_of_a_page_have_no_relation_that_modelcluster_does_not_read():
    rows = {relation.related_model for page in get_page_models() for relation in get_all_child_relations(page)}
    found = [field for row in rows for field in relations(row)]

    assert [field for field in found if field.remote_field.on_delete not in READ_BY_MODELCLUSTER] == []
