"""No URL of the admin shows the title of a hidden page, or questions, comments and notes on it.

The tests call every URL of the URL configuration with GET and POST, as each user, with the ids of hidden pages in
every argument or parameter that may contain one.
"""

import html
import re

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.admin.views.bulk_action.registry import bulk_action_registry

from iom.editorial.tests import admin_urls, hidden_pages
from iom.editorial.tests.matrix_free import FREE_TO_ALL
from iom.users.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
# The numbers of the pages with which forms are sent: one of each kind that a form distinguishes
SENT = {0, 2, 6, 7, 8, 9}
SKIPPED = FREE_TO_ALL | {"wagtailadmin_error_test", "test404/", "wagtailadmin_logout", "wagtailadmin_api:pages:action"}


@pytest.fixture
def pages():
    return hidden_pages.create_pages()


def requests(pages, letter):
    """Yields name, URL and form data of each request that concerns a page hidden from the user."""
    hidden = [number for number, one in enumerate(pages) if one.is_hidden_from(letter)]
    everything = "&".join(f"id={one.page.pk}&ids={one.page.pk}&target_pages[]={one.page.pk}" for one in pages)
    asked = f"{everything}&q={hidden_pages.COMMON}&step=all&multiple=1&describe_on_delete=1&order=title"
    for name, parameters in admin_urls.addresses():
        if name in SKIPPED or name.startswith("localize/"):
            continue
        if name == "wagtail_bulk_action":
            for action in bulk_action_registry.get_bulk_actions_for_model("wagtailcore", "page"):
                yield name, reverse(name, args=["wagtailcore", "page", action.action_type]) + f"?{asked}", {}
            continue
        urls = {admin_urls.address(name, parameters, pages[number].arguments): number for number in reversed(hidden)}
        for url, number in urls.items():
            page = pages[number].page
            sent = {
                "id": page.pk, "page": page.pk, "new_parent_page": page.pk, "parent_page": page.pk, "title": "x",
                "slug": f"x{page.pk}", "external-link-chooser-url": page.url_path, "redirect_page": page.pk,
                "root_page": page.pk, "comment": "x", "q": hidden_pages.COMMON,
            }  # fmt: skip
            yield name, url, sent if number in SENT else {}
            if name.startswith("wagtailadmin_api"):
                continue
            if len(urls) == 1:
                yield name, f"{url}?{asked}", {}
                yield name, f"{url}?export=csv&step=all", {}
            elif number == hidden[0]:
                yield name, f"{url}?q={hidden_pages.COMMON}", {}
    api = reverse("wagtailadmin_api:pages:listing")
    for one in (pages[number] for number in hidden):
        for parameter in ("child_of", "descendant_of", "translation_of", "ancestor_of"):
            yield "wagtailadmin_api:pages:listing", f"{api}?{parameter}={one.page.pk}", {}
        yield (
            "wagtailadmin_choose_page_external_link",
            reverse("wagtailadmin_choose_page_external_link"),
            {"external-link-chooser-url": f"{one.page.url_path}?x=1"},
        )
    yield "wagtailadmin_api:pages:listing", f"{api}?search={hidden_pages.COMMON}", {}
    yield (
        "wagtailadmin_api:pages:listing",
        f"{api}?for_explorer=1&child_of={pages[0].page.get_parent().pk}&search={hidden_pages.COMMON}",
        {},
    )


def words_in(answer):
    """Returns the words of a response, in lower case."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text = html.unescape(content.decode("utf-8", "ignore")).lower()
    return set(re.findall(r"[a-z]+", f"{text} {answer.headers.get('Location', '').lower()}"))


def answers(client, url, sent):
    """Yields the responses of a URL to each method."""
    for method in ("get", "post") if sent else ("get",):
        with admin_urls.rolled_back():
            yield method, getattr(client, method)(url, sent if method == "post" else None)


@pytest.mark.parametrize("letter", hidden_pages.PEOPLE)
def test_no_title_reaches_who_may_not_know_of_the_page(pages, letter):
    client = hidden_pages.people()[letter]
    assert client.get(reverse("wagtailadmin_home")).status_code == 200, "a page that fails names nobody"
    hidden = {word for one in pages for word, letters in one.words.items() if letter in letters}
    leaks = {
        (name, method, word)
        for name, url, sent in requests(pages, letter)
        for method, answer in answers(client, url, sent)
        for word in words_in(answer) & hidden
    }

    assert leaks == set()


NAMED = {
    "wagtailadmin_home", "wagtailadmin_explore", "wagtailadmin_explore_results", "wagtailadmin_pages:search", "wagtailadmin_pages:edit",
    "wagtailadmin_pages:history", "wagtailadmin_pages:move_confirm", "wagtailadmin_pages:delete", "wagtail_bulk_action",
    "wagtailadmin_choose_page_chosen_multiple", "wagtailadmin_choose_page_search", "wagtailadmin_api:pages:listing",
    "wagtailadmin_reports:site_history", "wagtailadmin_reports:workflow", "wagtailadmin_reports:locked_pages",
    "wagtailadmin_reports:page_types_usage", "translation_desk", "translation_questions", "withdrawal_withdraw",
    "wagtailredirects:edit", "publishing_deleted", "publishing_deleted_forget",
}  # fmt: skip


def test_the_same_addresses_name_the_page_to_an_editor(pages):
    """Shows that the other test calls the URLs that do show titles."""
    editor = Client(raise_request_exception=False)
    editor.force_login(User.objects.get(email="editor@example.org"))
    words = {word for one in pages for word in one.words}
    naming = set()
    for name, url, sent in requests(pages, hidden_pages.MOST_IS_HIDDEN_FROM):
        if name in NAMED - naming:
            naming |= {name for _method, answer in answers(editor, url, sent) if words_in(answer) & words}

    assert naming == NAMED
