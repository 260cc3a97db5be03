"""Wagtail's screens show the pictures and documents to which drafts refer, like those of published texts."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    Page,
    ReferenceIndex,
    Workflow,
    get_page_models,
)

from iom.core.draft_limits import limit_to
from iom.media import drafts, public
from iom.media.models import SiteImage
from iom.media.tests.public_files import FILES, address, article_with, fill, new
from iom.publishing import jobs
from iom.publishing.models import DeletedPage, Job
from iom.tests.factories import ArticleFactory
from iom.tests.test_every_form import publish_filled_page
from iom.translation.tests import desk
from iom.translation.tests.screen import address as editor_of
from iom.translation.tests.screen import form
from iom.users.models import User
from newsroom.models import NewsArticle

pytestmark = pytest.mark.django_db
TYPES = [model for model in get_page_models() if model is not Page]
TIMES = re.compile(r"utilisé\s+(\d+)\s+fois")
SCREENS = ("usage", "delete", "bulk", "list")
UNUSED = {**dict.fromkeys(SCREENS, 0), "unused": True}
USED = {**dict.fromkeys(SCREENS, 1), "unused": False}
TWICE = {**dict.fromkeys(SCREENS, 2), "unused": False}  # also by the page that waits for a translation


def named(model):
    return model.__name__


@pytest.fixture(params=FILES, ids=named)
def file(request, db):
    return new(request.param)


@pytest.fixture
def editor(sign_in):
    return sign_in("editor")


def again(page):
    return NewsArticle.objects.get(pk=page.pk)


def save_draft(page, *files, **fields):
    """Saves a draft with these files instead of those of the last draft."""
    draft = again(page).get_latest_revision_as_object()
    pictures = [file for file in files if isinstance(file, SiteImage)]
    draft.lead_picture, draft.picture_decorative = next(iter(pictures), None), True
    links = [f'<a linktype="document" id="{file.pk}">Report</a>' for file in files if file not in pictures]
    draft.body = [{"type": "paragraph", "id": "1", "value": f"<p>{' '.join(['Text', *links])}</p>"}]
    for name, value in fields.items():
        setattr(draft, name, value)
    return draft.save_revision()


def urls(file):
    app, name = ("wagtailimages", "image") if isinstance(file, SiteImage) else ("wagtaildocs", "document")
    bulk = reverse("wagtail_bulk_action", args=[file._meta.app_label, file._meta.model_name, "delete"])
    index = reverse(f"{app}:index")
    return {
        "usage": reverse(f"{app}:{name}_usage", args=[file.pk]),
        "delete": reverse(f"{app}:delete", args=[file.pk]),
        "bulk": f"{bulk}?id={file.pk}",
        "list": f"{index}?layout=list&ordering=-created_at",
        "unused": f"{index}?layout=list&usage_count_max=0",
    }


def screen_html(client, file, screen):
    return client.get(urls(file)[screen]).content.decode()


def uses(client, file):
    """Returns the number of uses that the confirmation of the deletion shows."""
    return int(TIMES.search(screen_html(client, file, "delete"))[1])


def screens(client, file):
    """Returns the uses of the file on each screen."""
    usage, listed, unused = (client.get(urls(file)[name]) for name in ("usage", "list", "unused"))
    return {
        "usage": len(usage.context["object_list"]),
        "delete": uses(client, file),
        "bulk": int(TIMES.search(screen_html(client, file, "bulk"))[1]),
        "list": next(one.usage_count for one in listed.context["object_list"] if one == file),
        "unused": file in unused.context["object_list"],
    }


def test_each_screen_counts_the_draft_of_a_live_page(visitor, editor, file):
    page = ArticleFactory()
    assert screens(editor, file) == UNUSED
    save_draft(page, file)
    assert screens(editor, file) == USED
    html = screen_html(editor, file, "usage")
    assert page.title in html
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in html
    assert "(dans un brouillon)" in html
    assert visitor.get(address(file)).status_code == 404


@pytest.mark.parametrize("model", TYPES, ids=named)
def test_a_file_counts_at_each_place_of_a_draft_and_once_when_it_is_published(sign_in, model):
    client = sign_in("admin")
    page = publish_filled_page(client, model, "fr")
    files = fill(page)
    page.save_revision()
    assert {place: uses(client, file) for place, file in files.items()} == dict.fromkeys(files, 1)
    model.objects.get(pk=page.pk).get_latest_revision().publish()
    assert {place: uses(client, file) for place, file in files.items()} == dict.fromkeys(files, 1)
    assert not drafts.draft_rows().filter(object_id=page.pk).exists()


def test_what_a_later_draft_replaces_is_unused_again(editor, file):
    page, other = ArticleFactory(), new(type(file))
    save_draft(page, file)
    save_draft(page, other)
    assert screens(editor, file) == UNUSED
    assert screens(editor, other) == USED
    again(page).get_latest_revision().publish()
    save_draft(page)
    assert uses(editor, file) == 0
    assert screens(editor, other) == TWICE  # the published text has it


def test_a_page_that_was_never_published_counts(editor, file):
    page = ArticleFactory(live=False, first_published_at=None)
    save_draft(page)
    save_draft(page, file)
    assert screens(editor, file) == USED


def test_a_text_and_its_draft_are_one_place(editor, file):
    page = article_with(file)
    save_draft(page, file)
    assert uses(editor, file) == 1
    assert "(dans un brouillon)" not in screen_html(editor, file, "usage")


@pytest.mark.parametrize("is_live", [True, False])
def test_what_is_scheduled_counts(editor, file, is_live):
    page = ArticleFactory(live=is_live, first_published_at=timezone.now() if is_live else None)
    save_draft(page, file, go_live_at=timezone.now() + timedelta(days=1)).publish()
    assert screens(editor, file) == TWICE
    save_draft(page)  # by a program: the page is locked
    assert screens(editor, file) == TWICE


def test_what_is_in_review_counts_until_it_is_decided(editor, file):
    page = ArticleFactory(live=False, first_published_at=None)
    save_draft(page)
    save_draft(page, file)
    state = Workflow.objects.get(active=True).start(again(page), User.objects.get(email="officer@example.org"))
    save_draft(page)
    assert uses(editor, file) == 1
    state.cancel()
    save_draft(page)
    assert uses(editor, file) == 0


def test_a_publication_of_an_earlier_draft_leaves_what_a_later_one_refers_to(editor, file):
    """The references of the replaced text go as well."""
    page = article_with(file)
    earlier = save_draft(page)
    save_draft(page, file)
    assert uses(editor, file) == 1
    earlier.publish()
    assert screens(editor, file) == USED


def test_one_file_of_several_is_deleted_in_bulk_with_the_number_of_its_uses(editor):
    used, unused = new(SiteImage), new(SiteImage)
    save_draft(ArticleFactory(), used)
    save_draft(ArticleFactory(), used)
    html = editor.get(f"{urls(used)['bulk']}&id={unused.pk}").content.decode()
    assert sorted(TIMES.findall(html)) == ["0", "2"]


def test_a_deleted_page_uses_nothing_and_a_restored_one_does_again(editor, file):
    page = ArticleFactory()
    save_draft(page, file)
    again(page).delete(user=User.objects.get(email="editor@example.org"))
    assert screens(editor, file) == UNUSED
    editor.post(reverse("publishing_deleted_restore", args=[DeletedPage.objects.latest("pk").pk]))
    assert screens(editor, file) == USED


def test_a_deleted_file_leaves_nothing_behind(editor, file):
    page = ArticleFactory()
    save_draft(page, file)
    editor.post(urls(file)["delete"])
    assert not drafts.draft_rows().filter(object_id=page.pk).exists()
    assert editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200


@pytest.fixture
def officer(sign_in):
    """An officer who may delete pictures and documents."""
    group = Group.objects.create(name="Keepers of files")
    for permission in Permission.objects.filter(content_type__app_label__in=["wagtailimages", "wagtaildocs"]):
        if not permission.codename.startswith("view"):
            root = Collection.get_first_root_node()
            GroupCollectionPermission.objects.create(group=group, collection=root, permission=permission)
    User.objects.get(email="officer@example.org").groups.add(group)
    return sign_in("officer")


def test_a_user_who_may_not_see_a_draft_sees_that_there_is_one_but_not_which(officer, file):
    page = ArticleFactory(live=False, first_published_at=None, title="Ocelot")
    save_draft(page)
    save_draft(page, file)
    assert "Ocelot" in screen_html(officer, file, "usage")
    limit_to(again(page), [User.objects.get(email="editor@example.org")])
    assert screens(officer, file) == USED
    assert not [screen for screen in urls(file) if "Ocelot" in screen_html(officer, file, screen)]


def test_a_draft_without_an_event_is_found_within_a_day(editor, file):
    page = ArticleFactory()
    save_draft(page, file)
    drafts.draft_rows().delete()
    jobs.enqueue_missing([drafts.JOB])
    jobs.run(kinds=[drafts.JOB])
    assert screens(editor, file) == USED
    assert Job.objects.get(kind=drafts.JOB).at > timezone.now() + timedelta(hours=23)


def test_a_rebuilt_index_has_the_drafts_too(editor, file):
    page = ArticleFactory()
    save_draft(page, file)
    before = set(ReferenceIndex.objects.values_list(*drafts.Reference._fields))
    call_command("rebuild_references_index", verbosity=0)
    assert screens(editor, file) == USED
    assert set(ReferenceIndex.objects.values_list(*drafts.Reference._fields)) >= before


def test_a_picture_that_a_translator_has_chosen_counts(sign_in, editor):
    theirs, chosen = new(SiteImage), new(SiteImage)
    original = article_with(theirs)
    original.body = desk.body("Un.")
    original.save_revision().publish()
    state = desk.submit(again(original), "en")
    number = state.translation.source.overridablesegment_set.get(context__path="lead_picture").pk
    translator = sign_in("translator.en")
    translator.post(editor_of(state), form(state, own="1", **{f"own-{number}": chosen.pk}))
    assert screens(editor, chosen) == USED
    drafts.draft_rows().delete()
    drafts.refresh_all()
    assert uses(editor, chosen) == 1

    translator.post(editor_of(state), form(state, own="1", **{f"own-{number}": ""}))
    assert screens(editor, chosen) == UNUSED


def test_no_draft_can_be_registered_as_what_visitors_see():
    with pytest.raises(ValueError, match="NewsArticle"):
        public.register(NewsArticle, lambda rows: rows)
