"""No way of publishing or creating a page in Wagtail bypasses the desk."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Page, TaskState

from iom.navigation.tests.pairs import at
from iom.publishing.models import ScheduleFailure
from iom.tests.factories import ArticleFactory
from iom.translation.models import TranslationState
from iom.translation.tests import desk
from iom.translation.tests.desk import person, prefill
from iom.translation.workflow import publication
from newsroom.models import NewsArticle


@pytest.fixture
def begun(db):
    """The state of a translation without any translated passage: its page has the original's text."""
    return desk.submit(ArticleFactory(title="Titre", summary="Résumé.", body=desk.body("Un.")), "en")


@pytest.fixture
def ready(db):
    """The state of a complete translation whose original is still a draft."""
    original = ArticleFactory(title="Titre", summary="Résumé.", body=desk.body("Un."), live=False)
    state = desk.submit(original, "en")
    prefill(state, original, NewsArticle(title="Title", summary="Summary.", body=desk.body("One.")))
    assert not publication.publish(state)
    return state


def bulk(client, action, *pages, **data):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    return client.post(address + "?" + "&".join(f"id={page.pk}" for page in pages), data)


def is_live(page):
    return Page.objects.get(pk=page.pk).live


@pytest.mark.parametrize("account", ["editor", "translator.en"])
def test_a_bulk_action_publishes_the_others_and_no_translation(sign_in, begun, account):
    draft = ArticleFactory(live=False)

    answer = bulk(sign_in(account), "publish", begun.page, draft)

    assert answer.status_code in (200, 302)
    assert not is_live(begun.page)
    assert is_live(draft) == (account == "editor")


def test_a_bulk_action_on_a_section_publishes_what_is_below_it_and_no_translation(sign_in):
    begun, draft = desk.submit(ArticleFactory(language="en"), "fr"), ArticleFactory(live=False)

    bulk(sign_in("editor"), "publish", at("/fr/actualites/"), include_descendants="on")

    assert (is_live(begun.page), is_live(draft)) == (False, True)


@pytest.mark.parametrize("way", ["chosen", "below"])
@pytest.mark.parametrize(("account", "may"), [("officer", False), ("editor", True)])
@pytest.mark.parametrize("kept", ["locked", "in review"])
def test_a_bulk_action_leaves_what_another_has_locked_or_is_reviewing_and_names_it(sign_in, kept, account, may, way):
    draft = ArticleFactory(live=False, title="Pas encore")
    draft.save_revision()
    if kept == "locked":
        Page.objects.filter(pk=draft.pk).update(locked=True, locked_by=person("editor"), locked_at=timezone.now())
    else:
        draft.get_workflow().start(draft, person("officer"))
    client = sign_in(account)
    chosen = {"chosen": [draft], "below": [at("/fr/actualites/")]}[way]

    bulk(client, "publish", *chosen, include_descendants="on")

    assert is_live(draft) == may
    said = " ".join(str(one) for one in client.get(reverse("wagtailadmin_home")).context["messages"])
    assert ("Pas encore" in said) != may


def test_a_translation_that_is_ready_does_not_go_live_in_any_way_before_its_original(sign_in, ready):
    bulk(sign_in("editor"), "publish", ready.page)
    with pytest.raises(publication.NotPublished):
        ready.page.specific.get_latest_revision().publish(user=person("admin"))
    sign_in("translator.en").post(
        reverse("wagtailadmin_pages:edit", args=[ready.page_id]), {"action": "action-publish"}
    )

    assert not is_live(ready.page)


def test_a_schedule_of_a_translation_is_refused_with_a_reason_and_keeps_no_other_page(begun):
    due = timezone.now() - timedelta(minutes=5)
    revision = begun.page.specific.save_revision()
    revision.approved_go_live_at = due
    revision.save()
    other = ArticleFactory(live=False)
    later = other.save_revision()
    later.approved_go_live_at = due + timedelta(minutes=1)
    later.save()

    call_command("publish_scheduled", verbosity=0)

    assert (is_live(begun.page), is_live(other)) == (False, True)
    with override("en"):
        assert ScheduleFailure.objects.get(page=begun.page_id).reason.endswith("from its own editing screen.")


def test_approving_a_workflow_publishes_no_translation_and_is_no_server_error(sign_in, begun):
    page = begun.page.specific
    page.save_revision()
    page.get_workflow().start(page, person("officer"))
    task = TaskState.objects.get(workflow_state__object_id=str(page.pk), status="in_progress")

    answer = sign_in("editor").post(
        reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task.pk]), {"comment": ""}
    )

    assert answer.status_code == 302
    assert not is_live(page)


@pytest.mark.parametrize("account", ["officer", "editor", "admin"])
def test_an_earlier_revision_of_a_translation_is_not_published(sign_in, account):
    original = ArticleFactory(title="Titre", summary="Résumé.", body=desk.body("Un."))
    _state, page = desk.translated(original, NewsArticle(title="Title", summary="S.", body=desk.body("One.")))
    page.title = "Another"
    earlier = page.save_revision()
    address = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, earlier.pk])
    client = sign_in(account)

    assert client.get(address).status_code == 200
    client.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        {"title": "Another", "revision": earlier.pk, "action-publish": "action-publish"},
    )

    assert NewsArticle.objects.get(pk=page.pk).title == "Title"


def test_a_page_is_copied_within_its_language_only(sign_in):
    article = ArticleFactory(title="Titre")
    address = reverse("wagtailadmin_pages:copy", args=[article.pk])
    form = {"new_title": "Copie", "new_slug": "copie", "publish_copies": "on", "alias": ""}

    sign_in("editor").post(address, form | {"new_parent_page": at("/en/news/").pk})
    assert not Page.objects.filter(slug="copie").exists()
    sign_in("editor").post(address, form | {"new_parent_page": at("/fr/actualites/").pk})
    copy = Page.objects.get(slug="copie", locale=article.locale)
    assert copy.translation_key != article.translation_key


def test_the_copy_of_a_translation_is_a_text_of_its_own(sign_in):
    original = ArticleFactory(title="Titre", summary="Résumé.", body=desk.body("Un."))
    _state, page = desk.translated(original, NewsArticle(title="Title", summary="S.", body=desk.body("One.")))

    sign_in("editor").post(
        reverse("wagtailadmin_pages:copy", args=[page.pk]),
        {"new_title": "Copy", "new_slug": "copy", "new_parent_page": page.get_parent().pk, "publish_copies": ""},
    )

    copy = Page.objects.get(slug="copy")
    assert (copy.live, copy.translation_key != page.translation_key) == (False, True)
    assert not TranslationState.objects.filter(page=copy).exists()


@pytest.mark.parametrize(
    "action",
    ["publish", "unpublish", "delete", "move", "copy", "create_alias", "convert_alias", "copy_for_translation"],
)
def test_the_admins_own_interface_for_programs_changes_no_page(sign_in, action):
    article = ArticleFactory()
    answer = sign_in("admin").post(
        f"/admin/api/main/pages/{article.pk}/action/{action}/", {"locale": "en"}, content_type="application/json"
    )

    assert answer.status_code == 403
    assert Page.objects.filter(pk=article.pk, live=True).exists()
    assert Page.objects.filter(alias_of=article).count() == 0


def test_a_schedule_by_hand_ends_when_the_page_is_given_back_to_the_desk(sign_in):
    original = ArticleFactory(title="Titre", summary="Résumé.", body=desk.body("Un."))
    state, page = desk.translated(original, NewsArticle(title="Title", summary="S.", body=desk.body("One.")))
    editor = sign_in("editor")
    editor.post(reverse("translation_detach", args=[state.pk]))
    page = NewsArticle.objects.get(pk=page.pk)
    page.title, page.go_live_at = "By hand, later", timezone.now() + timedelta(hours=1)
    page.save_revision().publish()
    assert page.scheduled_revision

    editor.post(reverse("translation_reattach", args=[state.pk]))

    assert NewsArticle.objects.get(pk=page.pk).scheduled_revision is None
