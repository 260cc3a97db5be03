"""No text typed in the page editor is lost, for each way in which saving can fail."""

import re
from itertools import count

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from iom.tests.browser.conftest import translated
from iom.tests.browser.test_editor import message, new_article, wait_for_autosave
from iom.tests.serving import PASSWORD

pytestmark = pytest.mark.browser

NUMBERS = count(1)  # a unique slug per article

SAVED = "#w-autosave-indicator[data-w-autosave-state-value=saved]"
NOT_EDITABLE = (
    "You can no longer edit this page, and nothing is saved any more. Copy what you have written before you leave."
)
KEPT_COUNT = "Object.keys(localStorage).filter((name) => name.startsWith('unsaved:')).length"

SUMMARIES = """Object.entries(localStorage).filter(([name]) => name.startsWith('unsaved:'))
  .map(([, kept]) => new URLSearchParams(JSON.parse(kept).data).get('summary'))"""

KEEP_SINCE_NINE = """() => {
  const name = `unsaved:${document.querySelector("[data-unsaved-user]").dataset.unsavedUser}:${location.pathname}:tab`;
  localStorage.setItem(name, JSON.stringify({ data: "", tab: "tab", time: new Date().setHours(9, 5) }));
}"""


def wait_for_kept(page: Page, number: int) -> None:
    """Waits until the browser keeps `number` texts.

    wait_for_function() of Playwright is not possible, because the Content Security Policy of the admin forbids eval.
    """
    for _ in range(300):
        if page.evaluate(KEPT_COUNT) == number:
            return
        page.wait_for_timeout(100)
    raise AssertionError(page.evaluate("JSON.stringify(localStorage)"))


@pytest.fixture
def article(site, signed_in) -> tuple[Page, str]:
    """The form of a new draft that an officer has saved, and its address."""
    page = signed_in("officer")
    start_article(page, site, f"Le texte que l’on écrit, {next(NUMBERS)}")
    page.locator(SAVED).wait_for(state="attached")
    return page, page.url


def start_article(page: Page, site, title: str) -> None:
    mark_when_watched(page)
    new_article(page, site)
    page.locator("html[data-watched]").wait_for()
    page.wait_for_timeout(1500)
    page.locator("[name=title]").fill(title)
    page.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"))


def mark_when_watched(page: Page) -> None:
    page.add_init_script(
        "addEventListener('w-unsaved:watch-edits', () => document.documentElement.setAttribute('data-watched', ''))"
    )


def open_form(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.set_default_timeout(60_000)
    mark_when_watched(page)
    page.goto(address)
    page.locator("html[data-watched]").wait_for()
    page.wait_for_timeout(1500)
    return page


def type_unsaved(page: Page, summary: str) -> None:
    page.locator("[name=summary]").fill(summary)
    for _ in range(300):
        if summary in page.evaluate(SUMMARIES):
            return
        page.wait_for_timeout(100)
    raise AssertionError(page.evaluate(SUMMARIES))


def save_kept_text(page: Page) -> None:
    page.locator(".unsaved").get_by_role("button", name=translated("Save it as a draft")).click()
    expect(message(page)).to_contain_text("Le texte que l’on écrit")


def close(page: Page) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    page.close()


def sign_in(page: Page) -> None:
    page.locator("input[name=login]").fill("officer@example.org")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator(".password-form button[type=submit]").click()
    page.wait_for_url("**/admin/**")


@pytest.mark.parametrize("window", ["another", "after the browser was closed"])
def test_text_typed_offline_is_offered_when_the_form_is_opened_again(article, new_context, site, window):
    page, address = article
    context = page.context
    context.set_offline(True)
    type_unsaved(page, "Écrit sans connexion.")
    state = context.storage_state()
    close(page)
    context.set_offline(False)
    if window != "another":
        context = new_context(storage_state=state, locale="fr-FR")
    again = open_form(context, address)
    expect(again.locator("[name=summary]")).to_have_value("")
    expect(again.locator(".unsaved")).not_to_contain_text(translated("The page has been saved since."))
    save_kept_text(again)
    expect(again.locator("[name=summary]")).to_have_value("Écrit sans connexion.")
    expect(again.locator(".unsaved")).to_have_count(0)
    assert again.evaluate(KEPT_COUNT) == 0


@pytest.mark.parametrize(("language", "time"), [("fr", "9\u00a0h\u00a005"), ("en", "09:05")])
def test_kept_text_is_offered_with_its_time(site, signed_in, language, time):
    page = signed_in("officer", language)
    page.goto(f"/admin/corrections/{site.text('article', 'fr').pk}/")
    page.evaluate(KEEP_SINCE_NINE)
    page.reload()
    assert f", {time}, " in page.locator(".unsaved p").text_content()


def test_text_is_saved_when_the_connection_is_back(article):
    page, _address = article
    page.context.set_offline(True)
    type_unsaved(page, "Écrit pendant la coupure.")
    page.context.set_offline(False)
    page.locator(SAVED).wait_for(state="attached")
    wait_for_kept(page, 0)
    page.reload()
    expect(page.locator("[name=summary]")).to_have_value("Écrit pendant la coupure.")


def test_text_typed_during_a_server_restart_is_saved(article):
    page, address = article
    page.route(f"{address}**", lambda route: route.fulfill(status=502, body="Bad gateway"))
    page.route("**/admin/session/**", lambda route: route.fulfill(status=502, body="Bad gateway"))
    type_unsaved(page, "Écrit pendant le redémarrage.")
    page.unroute_all()
    page.locator(SAVED).wait_for(state="attached")
    wait_for_kept(page, 0)
    page.reload()
    expect(page.locator("[name=summary]")).to_have_value("Écrit pendant le redémarrage.")


def test_texts_of_two_tabs_are_both_in_the_history(article):
    first, address = article
    second = open_form(first.context, address)
    with first.expect_response(lambda answer: answer.request.method == "POST" and answer.url == address):
        first.locator("[name=summary]").fill("Du premier onglet.")
    wait_for_autosave(first)
    type_unsaved(second, "Du second onglet.")
    close(second)
    first.reload()
    expect(first.locator("[name=summary]")).to_have_value("Du premier onglet.")
    expect(first.locator(".unsaved")).to_contain_text(
        translated("The page has been saved since. That version stays in its history.")
    )
    save_kept_text(first)
    expect(first.locator("[name=summary]")).to_have_value("Du second onglet.")
    first.goto(address.replace("/edit/", "/history/"))
    assert first.locator("table.listing tbody tr").count() >= 2


def test_a_session_that_ends_asks_to_sign_in_and_then_saves(article):
    page, _address = article
    context = page.context
    context.clear_cookies()
    type_unsaved(page, "Écrit après la fin de la session.")
    asked = page.get_by_role("alert").filter(has_text=translated("Sign in"))
    with context.expect_page() as opened:
        asked.get_by_role("button", name=translated("Sign in")).click()
    sign_in(opened.value)
    page.locator(SAVED).wait_for(state="attached")
    wait_for_kept(page, 0)
    expect(page.locator(".unsaved")).to_have_count(0)
    # Wagtail's requests use the new CSRF token as well
    assert page.evaluate("document.cookie.includes(`csrftoken=${window.wagtailConfig.CSRF_TOKEN}`)")
    page.reload()
    expect(page.locator("[name=summary]")).to_have_value("Écrit après la fin de la session.")


def test_kept_text_is_deleted_when_it_is_discarded_and_at_sign_out(article):
    page, address = article
    context = page.context
    context.clear_cookies()  # the shared session of other tests must not end
    own = context.new_page()
    own.goto("/admin/login/")
    sign_in(own)
    context.set_offline(True)
    type_unsaved(page, "Que personne ne veut.")
    close(page)
    context.set_offline(False)
    again = open_form(context, address)
    again.locator(".unsaved").get_by_role("button", name=translated("Discard it")).click()
    assert again.evaluate(KEPT_COUNT) == 0
    context.set_offline(True)
    type_unsaved(again, "Sur l’ordinateur d’un autre.")
    context.set_offline(False)
    again.evaluate("document.querySelector('form[data-edit-form]').remove()")  # so that it is not saved
    token = again.evaluate("JSON.parse(document.getElementById('wagtail-config').textContent).CSRF_TOKEN")
    again.evaluate("token => fetch('/admin/logout/', {method: 'POST', headers: {'X-CSRFToken': token}})", token)
    wait_for_kept(again, 0)


def test_new_article_autosaved_after_a_refused_publication_is_not_offered(site, signed_in):
    """The first autosave adds the comment fields to the form."""
    page = signed_in("officer")
    mark_when_watched(page)
    new_article(page, site)
    page.locator("html[data-watched]").wait_for()
    page.locator("[name=title]").fill(f"Le texte que l’on écrit, {next(NUMBERS)}")
    page.locator("footer [name=action-publish]").first.click()
    expect(page.locator(".messages .error")).to_be_visible()
    page.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"))
    page.locator(SAVED).wait_for(state="attached")
    page.wait_for_timeout(2000)  # the script compares the form each 1.5 seconds
    wait_for_kept(page, 0)
    page.goto(page.url)
    expect(page.locator("[name=title]")).to_be_visible()
    expect(page.locator(".unsaved")).to_have_count(0)


def test_form_that_publishes_at_once_is_not_kept_in_the_browser(site, signed_in):
    """Restored text would be public at once, and would replace changes of other people."""
    page = signed_in("editor")
    page.goto("/admin/settings/banner/banner/")
    page.wait_for_load_state("load")
    page.locator("[name=names-0-name]").fill("Ce que personne ne publie.")
    page.wait_for_timeout(4000)
    assert page.evaluate(KEPT_COUNT) == 0
    close(page)


def test_correction_survives_session_end_and_another_sign_in(site, signed_in):
    page = signed_in("officer")
    context = page.context
    context.clear_cookies()  # the shared session of other tests must not end
    address = f"/admin/corrections/{site.text('article', 'fr').pk}/"
    page.goto(address)
    sign_in(page)
    page.wait_for_timeout(1000)
    page.locator("[name=text_fr]").fill("Une heure de travail.")
    wait_for_kept(page, 1)
    context.clear_cookies(name=re.compile("session"))
    page.get_by_role("button", name=translated("Publish the correction")).click()
    sign_in(page)
    expect(page.locator("[name=text_fr]")).to_have_value("")
    page.locator(".unsaved").get_by_role("button", name=translated("Restore")).click()
    expect(page.locator("[name=text_fr]")).to_have_value("Une heure de travail.")
    context.clear_cookies(name=re.compile("session"))
    other = context.new_page()
    other.goto("/admin/login/")
    sign_in(other)  # the form still has the old token
    page.get_by_role("button", name=translated("Publish the correction")).click()
    expect(page.locator(".messages .success")).to_be_visible()
    wait_for_kept(page, 0)


def test_saving_stops_with_a_message_when_the_page_is_deleted(article, site):
    page, address = article
    number = re.search(r"\d+", address.partition("/pages/")[2])[0]
    site.shell(f"from wagtail.models import Page; Page.objects.get(pk={number}).delete()")
    asked = []
    page.on("request", lambda request: asked.append(request.url) if request.method == "POST" else None)
    type_unsaved(page, "Écrit après la suppression.")
    expect(page.get_by_role("alert").filter(has_text=translated(NOT_EDITABLE))).to_be_visible()
    page.locator("[name=summary]").fill("Encore écrit.")
    page.wait_for_timeout(6000)
    assert sum(url == address for url in asked) <= 2
    close(page)


def test_person_without_admin_access_is_not_asked_to_sign_in(article, site):
    page, _address = article
    officer = "from iom.users.models import User; officer = User.objects.get(email='officer@example.org')"
    groups = site.shell(f"{officer}; print([one.pk for one in officer.groups.all()]); officer.groups.clear()")
    try:
        type_unsaved(page, "Écrit sans accès.")
        expect(page.get_by_role("alert").filter(has_text=translated(NOT_EDITABLE))).to_be_visible()
        expect(page.get_by_role("button", name=translated("Sign in"))).to_have_count(0)
    finally:
        site.shell(f"{officer}; officer.groups.set({groups.strip()})")
    close(page)
