"""A draft that is limited to named users. test_titles.py tests that no URL of the admin shows its title to others."""

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.urls import reverse
from wagtail.models import Comment, Page, PageSubscription
from wagtail.permissions import policy_registry
from wagtail.test.utils.form_data import inline_formset

from iom.core.draft_limits import DraftLimit, texts_hidden_from, users_allowed_to_see
from iom.operation import accounts
from iom.publishing.deleted_page_views import restorable_by
from iom.publishing.models import DeletedPage
from iom.tests.factories import ArticleFactory
from iom.translation.tests.test_minor_corrections import form_data
from iom.users.models import User
from newsroom.models import NewsArticle
from search import drafts

pytestmark = pytest.mark.django_db


def user(account):
    return User.objects.get(email=f"{account}@example.org")


@pytest.fixture
def colleague():
    person = User.objects.create_user("colleague@example.org", "x")
    person.groups.set(user("officer").groups.all())
    return person


@pytest.fixture
def draft(colleague):
    page = ArticleFactory(title="Kangourou", live=False, owner=user("officer"))
    page.save_revision(user=user("officer"))
    return NewsArticle.objects.get(pk=page.pk)


def limit(sign_in, page, *people):
    address = reverse("draft_limit", args=[page.pk])
    return sign_in("officer").post(address, {"people": [person.pk for person in people]})


def knowing(page):
    accounts_ = ["officer", "colleague", "editor", "admin", "translator.fr"]
    return {name for name in accounts_ if page.permissions_for_user(user(name)).can_edit()}


def test_only_those_named_the_owner_and_editors_see_it(sign_in, draft, colleague):
    third = User.objects.create_user("third@example.org", "x")
    third.groups.set(colleague.groups.all())
    limit(sign_in, draft, third)

    assert knowing(draft) == {"officer", "editor", "admin"}
    assert draft.permissions_for_user(user("third")).can_edit()
    policy = policy_registry.get_by_type(Page)
    assert draft not in policy.explorable_instances(user("colleague"))
    assert draft not in policy.instances_user_has_permission_for(user("colleague"), "change")
    assert not policy.user_has_permission_for_instance(user("colleague"), "change", Page.objects.get(pk=draft.pk))
    assert not drafts.search(policy.explorable_instances(user("colleague")), "kangourou", user("colleague"))
    assert users_allowed_to_see([colleague, third, user("editor")], draft.translation_key) == [third, user("editor")]


def test_naming_nobody_ends_the_limit(sign_in, draft, colleague):
    limit(sign_in, draft, user("editor"))
    limit(sign_in, draft)
    assert not DraftLimit.objects.exists()
    assert "colleague" in knowing(draft)


def test_publication_lifts_it(sign_in, draft, colleague):
    limit(sign_in, draft, user("editor"))
    draft.get_latest_revision().publish()
    assert not texts_hidden_from(user("colleague"))


def test_deleted_it_is_listed_and_restored_by_those_who_see_it(sign_in, draft, colleague):
    retire = Permission.objects.get(codename="retire_page")
    for account in ("officer", "colleague"):
        user(account).user_permissions.add(retire)
    limit(sign_in, draft, user("editor"))
    draft.delete(user=user("editor"))
    kept = DeletedPage.objects.get()
    restore = reverse("publishing_deleted_restore", args=[kept.pk])
    listed = {name for name in ("officer", "colleague", "editor") if kept in restorable_by(user(name))}
    assert listed == {"officer", "editor"}
    assert sign_in("colleague").post(restore).status_code == 404
    assert sign_in("officer").post(restore).status_code == 302
    assert "colleague" not in knowing(NewsArticle.objects.get(title="Kangourou"))


def test_who_may_not_see_it_does_not_change_the_limit(sign_in, draft, colleague):
    limit(sign_in, draft, user("editor"))
    sign_in("colleague").post(reverse("draft_limit", args=[draft.pk]), {"people": [colleague.pk]})
    assert colleague not in DraftLimit.objects.get().people.all()


def test_a_published_text_is_not_limited(sign_in, colleague):
    page = ArticleFactory()
    limit(sign_in, page, user("editor"))
    assert not DraftLimit.objects.exists()


def test_it_stays_when_those_who_were_named_have_left(sign_in, draft, colleague):
    limit(sign_in, draft, colleague)
    accounts.erase(colleague, successor=user("officer"))
    assert DraftLimit.objects.exists()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_editor_says_who_sees_it(sign_in, draft, colleague, language):
    limit(sign_in, draft, user("editor"))
    form = sign_in("officer").get(
        reverse("wagtailadmin_pages:edit", args=[draft.pk]), headers={"accept-language": language}
    )
    assert user("editor").get_full_name() in form.content.decode()
    assert reverse("draft_limit", args=[draft.pk]) in form.content.decode()


@pytest.mark.parametrize("is_limited", [True, False])
def test_comments_are_sent_to_those_who_may_see_the_draft(sign_in, draft, colleague, is_limited):
    """Users who have subscribed to comments, or written the first, are notified only if they may see the draft."""
    other = User.objects.create_user("other@example.org", "x")
    other.groups.set(colleague.groups.all())
    PageSubscription.objects.create(page=draft, user=colleague, comment_notifications=True)
    first = Comment.objects.create(page=draft, user=other, text="Est-ce sûr ?", contentpath="title")
    if is_limited:
        limit(sign_in, draft, user("editor"))
    reply = {"text": "Oui.", "user": user("officer").pk}
    sent = {"id": first.pk, "text": first.text, "contentpath": "title", "position": "", "resolved": ""}
    comments = inline_formset([sent | {"replies": inline_formset([reply])}], initial=1)
    sign_in("officer").post(reverse("wagtailadmin_pages:edit", args=[draft.pk]), form_data(draft, comments=comments))

    recipients = {address for one in mail.outbox for address in one.to}
    assert first.replies.exists()
    assert recipients == (set() if is_limited else {"colleague@example.org", "other@example.org"})
