"""The editor's script learns whether the user may still save."""

import pytest
from django.urls import reverse

from iom.editorial.tests import offices
from iom.tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("account", "status"), [("officer", 204), ("translator.en", 404)])
def test_the_answer_depends_on_the_permission_to_edit_the_page(sign_in, account, status):
    address = reverse("editorial_session", args=[ArticleFactory().pk])
    assert sign_in(account).get(address).status_code == status


def test_a_deleted_page_is_gone(sign_in):
    officer, page = sign_in("officer"), ArticleFactory()
    address = reverse("editorial_session", args=[page.pk])
    page.delete(user=offices.user("editor"))
    assert officer.get(address).status_code == 404
    assert officer.get(reverse("editorial_session")).status_code == 204


def test_a_user_who_is_signed_out_is_redirected_to_sign_in(visitor):
    assert visitor.get(reverse("editorial_session", args=[ArticleFactory().pk])).status_code == 302
