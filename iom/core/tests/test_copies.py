"""A copied page is a draft of its own. Aliases, which nobody could read, are not offered."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page

from iom.tests.factories import ArticleFactory
from iom.tests.test_every_form import TYPES, edit_url, model_name


@pytest.mark.parametrize("model", TYPES, ids=model_name)
def test_no_alias_is_offered_nor_made_and_a_copy_has_no_time(sign_in, model):
    page, client = model.objects.filter(locale__language_code="fr").first(), sign_in("editor")
    page.go_live_at, page.expire_at = timezone.now() + timedelta(days=1), timezone.now() + timedelta(days=2)
    page.save_revision(clean=False)
    assert "alias" not in client.get(edit_url(page, "copy")).context["form"].fields

    data = {"new_title": "Copie", "new_slug": "une-copie", "new_parent_page": page.get_parent().pk, "alias": "on"}
    answer = client.post(edit_url(page, "copy"), data)
    if model.max_count_per_parent:  # the only one of its language
        assert answer.context["form"].errors
        assert not Page.objects.filter(slug="une-copie").exists()
        return
    assert answer.status_code == 302

    copy = Page.objects.get(slug="une-copie")
    assert copy.alias_of is None
    assert not copy.live
    draft = copy.get_latest_revision_as_object()
    assert (draft.go_live_at, draft.expire_at) == (None, None)


def test_a_copy_is_a_draft_until_it_is_published_like_any_page(sign_in, visitor):
    article, client = ArticleFactory(), sign_in("editor")
    assert "publish_copies" not in client.get(edit_url(article, "copy")).context["form"].fields
    data = {"new_title": "Copie", "new_slug": "une-copie", "new_parent_page": article.get_parent().pk}
    client.post(edit_url(article, "copy"), data | {"publish_copies": "on", "alias": "on"})
    assert not Page.objects.get(slug="une-copie").live
    assert visitor.get("/fr/actualites/une-copie/").status_code == 404
