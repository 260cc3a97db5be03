"""The scheduler process publishes at the end of an embargo and unpublishes at the expiry."""

import json
import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from iom.tests.browser.conftest import translated
from iom.tests.serving import end

pytestmark = pytest.mark.browser

DELAY = 8  # seconds
TIMEOUT = 30
CREATE = f"""
import json
from datetime import timedelta
from django.utils import timezone
from newsroom.models import NewsArticle, NewsIndex

index = NewsIndex.objects.get(locale__language_code="fr")
articles = {{}}
for name, field in [("embargoed", "go_live_at"), ("expiring", "expire_at")]:
    article = NewsArticle(title=f"Un article {{name}}", summary="Une phrase.", kind="news", locale=index.locale, live=False)
    index.add_child(instance=article)
    setattr(article, field, timezone.now() + timedelta(seconds={DELAY}))
    article.save_revision().publish()
    articles[name] = article.url
print(json.dumps(articles))
"""


@pytest.fixture
def scheduler(site) -> Iterator[None]:
    """A scheduler that runs every second, beside the one of the server that runs every minute."""
    process = site.process("scheduler", "--every", "1")
    yield
    end(process)


def wait_until(condition: Callable[[], bool], failure: str) -> None:
    """Waits until another process has made `condition` true. Fails with the message `failure`."""
    deadline = time.monotonic() + TIMEOUT
    while time.monotonic() < deadline:
        if condition():
            return
        time.sleep(0.2)
    raise AssertionError(f"After {TIMEOUT} s: {failure}")


def is_live(site, address: str) -> bool:
    """The field `live` in the database. An expired page is hidden from visitors before it is unpublished."""
    return bool(site.rows("SELECT live FROM wagtailcore_page WHERE url_path = %s", address)[0][0])


def test_scheduler_publishes_at_the_embargo_and_unpublishes_at_the_expiry(site, visit, scheduler):
    page = visit("fr")
    addresses = json.loads(site.shell(CREATE))

    def status(name: str) -> int:
        return page.request.get(addresses[name]).status

    def is_listed(name: str) -> bool:
        return f'href="{addresses[name]}"' in page.request.get("/fr/actualites/").text()

    assert status("embargoed") == 404
    assert status("expiring") == 200
    assert not is_listed("embargoed")
    assert is_listed("expiring")
    wait_until(lambda: status("embargoed") == 200, "the embargo has not lifted")
    wait_until(lambda: is_listed("embargoed"), "the list does not show it")
    wait_until(lambda: status("expiring") == 404 and not is_listed("expiring"), "the expired article is still there")
    wait_until(lambda: not is_live(site, addresses["expiring"]), "it is hidden, but has not been unpublished")
    page.goto(addresses["embargoed"])
    expect(page.locator("h1")).to_have_text("Un article embargoed")


def test_article_with_an_embargo_is_hidden_until_its_time(site, signed_in, visit):
    officer = signed_in("officer")
    officer.goto(f"/admin/pages/add/newsroom/newsarticle/{site.text('news', 'fr').pk}/")
    officer.locator("[name=title]").fill("Une annonce sous embargo")
    officer.locator("[name=summary]").fill("Elle attend son heure.")
    officer.locator("[name=kind]").select_option("news")
    officer.locator("footer").get_by_role("button", name=translated("Publish at…")).click()
    officer.locator("[name=go_live_at]").fill("2099-01-15T09:00")
    officer.get_by_role("dialog").get_by_role("button", name=translated("Schedule"), exact=True).click()
    expect(officer.locator(".messages")).to_contain_text("Une annonce sous embargo")
    expect(officer.locator(".messages")).to_contain_text("15 janv. 2099, 9 h 00 (Genève)")
    officer.locator(".messages").get_by_role("link", name=translated("Edit")).click()
    officer.get_by_role("button", name=translated("Toggle status")).click()
    expect(officer.locator("[data-side-panel=status]")).to_contain_text("(Genève)")
    officer.goto(f"/admin/pages/{site.text('news', 'fr').pk}/?q=embargo")
    expect(officer.locator("main")).to_contain_text("Une annonce sous embargo")
    page = visit("fr")
    assert page.goto("/fr/actualites/une-annonce-sous-embargo/").status == 404
    page.goto("/fr/actualites/")
    expect(page.locator("main")).not_to_contain_text("Une annonce sous embargo")


CREATE_MANY = f"""
import json
from datetime import timedelta
from django.utils import timezone
from newsroom.models import NewsArticle, NewsIndex

index = NewsIndex.objects.get(locale__language_code="fr")
due, keys = timezone.now() + timedelta(seconds={2 * DELAY}), []
for number in range(20):
    article = NewsArticle(title=f"Une annonce parmi vingt, {{number}}", summary="Une phrase.", kind="news", locale=index.locale, live=False)
    index.add_child(instance=article)
    article.go_live_at = due
    article.save_revision().publish()
    keys.append(article.pk)
print(json.dumps(keys))
"""


def test_three_schedulers_publish_each_article_once_although_one_is_killed(site):
    """The scheduler of the server and two that run every second."""
    keys = json.loads(site.shell(CREATE_MANY))
    placeholders = ", ".join(["%s"] * len(keys))

    def rows(query: str) -> list[tuple]:
        return site.rows(query.format(placeholders), *keys)

    def live() -> int:
        return rows("SELECT COUNT(*) FROM wagtailcore_page WHERE live AND id IN ({})")[0][0]

    killed, other = (site.process("scheduler", "--every", "1") for _ in range(2))
    try:
        wait_until(lambda: live() > 3, "nothing is published")
        killed.kill()
        wait_until(lambda: live() == len(keys), "not all are published")
    finally:
        killed.kill()
        killed.wait()
        end(other)
    entries = rows(
        "SELECT page_id, COUNT(*) FROM wagtailcore_pagelogentry "
        "WHERE action = 'wagtail.publish.scheduled' AND page_id IN ({}) GROUP BY page_id"
    )
    assert sorted(entries) == [(key, 1) for key in sorted(keys)]
