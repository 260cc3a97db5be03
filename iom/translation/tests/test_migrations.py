"""The desk's migrations convert existing rows."""

from importlib import import_module

from django.apps import apps
from wagtail.models import Page

from iom.tests.factories import ArticleFactory
from iom.translation.tests.desk import body, submit
from iom.users.models import User


def test_the_pages_of_translations_that_there_are_belong_to_nobody(db):
    officer = User.objects.get(email="officer@example.org")
    original = ArticleFactory(title="Titre", owner=officer, body=body("Un."))
    state = submit(original, "en")
    Page.objects.filter(pk=state.page_id).update(owner=officer)

    import_module("iom.translation.migrations.0002_translations_have_no_owner").forget_owners(apps, None)

    owners = dict(Page.objects.filter(pk__in=[original.pk, state.page_id]).values_list("pk", "owner"))
    assert owners == {original.pk: officer.pk, state.page_id: None}
