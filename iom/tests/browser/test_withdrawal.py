"""Number of clicks for a withdrawal, a withdrawal request and a correction; the page of a withdrawn text."""

import json

import pytest
from playwright.sync_api import Page, expect

from iom.tests.browser.conftest import PHONE, translated
from iom.tests.browser.page_checks import LANGUAGE_AND_VIEWPORT, VIEWPORTS, layout_errors, report
from iom.tests.browser.test_accessibility import axe_violations
from iom.withdrawal.tests.texts import WORDS

pytestmark = pytest.mark.browser

CREATE = """
import json
from iom.withdrawal.tests.texts import public_text

texts = public_text()
for page in texts.values():
    page.save_revision(changed=False)  # the explorer shows the latest versions first
print(json.dumps({code: [page.pk, page.url, page.get_parent().pk] for code, page in texts.items()}))
"""
REMOVE = """
from wagtail.models import Page
for page in Page.objects.filter(pk__in={keys}):
    page.delete()
"""
COUNT = """addEventListener("click", (event) => {
  if (event.isTrusted && event.detail) sessionStorage.clicks = 1 + Number(sessionStorage.clicks || 0)
}, true)"""


@pytest.fixture
def texts(site):
    """By language: the primary key of a text, its address and the primary key of its newsroom."""
    found = json.loads(site.shell(CREATE).strip().splitlines()[-1])
    yield found
    site.shell(REMOVE.format(keys=[row[0] for row in found.values()]))


def with_click_counter(page: Page) -> Page:
    page.add_init_script(COUNT)
    return page


def clicks(page: Page) -> int:
    return int(page.evaluate("Number(sessionStorage.clicks || 0)"))


def type_reasons(page: Page) -> None:
    """Types the reasons without a click: the first field has the focus."""
    expect(page.locator(":focus")).to_have_attribute("name", "reason_fr")
    page.keyboard.type("Les chiffres étaient faux.")
    page.keyboard.press("Tab")
    page.keyboard.type("The figures were wrong.")


def submit(page: Page) -> None:
    page.locator("main form button[type=submit]").click()
    expect(page.locator(".messages .success")).to_be_visible()


@pytest.mark.parametrize("place", ["editor", "explorer", "newsroom"])
def test_officer_withdraws_a_text_in_two_clicks(signed_in, visit, texts, place):
    page, (pk, url, parent) = with_click_counter(signed_in("officer")), texts["fr"]
    places = {
        "editor": f"/admin/pages/{pk}/edit/",
        "explorer": f"/admin/pages/{parent}/",
        "newsroom": f"/admin/news/?q={WORDS['fr']}",
    }
    page.goto(places[place])
    page.locator(f'a[href="/admin/withdrawal/{pk}/"]').filter(visible=True).first.click()
    type_reasons(page)
    submit(page)

    assert clicks(page) == 2
    for language, reason in (("fr", "Les chiffres étaient faux."), ("en", "The figures were wrong.")):
        reader = visit(language)
        answer = reader.goto(texts[language][1])
        assert answer.status == 410
        expect(reader.locator("main")).to_contain_text(reason)
    assert url == texts["fr"][1]


def test_withdrawal_for_protection_takes_three_clicks(signed_in, visit, texts):
    page, (pk, url, _parent) = with_click_counter(signed_in("officer", viewport=PHONE)), texts["fr"]
    page.goto(f"/admin/pages/{pk}/edit/")
    page.locator(f'a[href="/admin/withdrawal/{pk}/"]').filter(visible=True).first.click()
    expect(page.locator("[name=note]")).to_be_hidden()
    page.get_by_role("radio", name=translated("Withdraw for protection: neither title nor reason is shown")).check()
    expect(page.locator("[name^=reason_]:visible")).to_have_count(0)
    expect(page.locator("[name=note]")).to_be_visible()
    submit(page)

    assert clicks(page) == 3
    reader = visit("fr")
    assert reader.goto(url).status == 410
    expect(reader.locator("h1")).to_have_text(translated("Page no longer available"))


def test_withdrawal_is_requested_in_two_clicks_and_shown_to_editors(signed_in, texts):
    page, (pk, _url, _parent) = with_click_counter(signed_in("translator.en", "en")), texts["en"]
    page.goto(f"/admin/pages/{_parent}/")
    page.locator(f'a[href="/admin/withdrawal/{pk}/"]').filter(visible=True).first.click()
    page.locator("[name=reason]").fill("A wrong name.")
    submit(page)

    assert clicks(page) == 2
    editor = signed_in("editor", "en")
    editor.goto("/admin/")
    expect(editor.locator("#panel-withdrawal-requests-content, [id*=withdrawal-requests]").first).to_contain_text(
        "A wrong name."
    )


def test_correction_takes_two_clicks(signed_in, visit, texts):
    page, (pk, _url, _parent) = with_click_counter(signed_in("officer")), texts["fr"]
    page.goto(f"/admin/pages/{pk}/edit/")
    page.locator(f'a[href="/admin/corrections/{pk}/"]').filter(visible=True).first.click()
    expect(page.locator(":focus")).to_have_attribute("name", "text_fr")
    page.keyboard.type("Le pont mesure 90 m.")
    page.keyboard.press("Tab")
    page.keyboard.type("The bridge is 90 m long.")
    submit(page)

    assert clicks(page) == 2
    for language, text in (("fr", "Le pont mesure 90 m."), ("en", "The bridge is 90 m long.")):
        reader = visit(language)
        reader.goto(texts[language][1])
        expect(reader.locator(".correction")).to_contain_text(text)


@pytest.mark.parametrize(("language", "viewport"), LANGUAGE_AND_VIEWPORT)
def test_page_of_a_withdrawn_text_passes_axe_and_layout_checks(site, visit, texts, language, viewport):
    for kind in ("public", "protection"):
        site.shell(
            "from wagtail.models import Page; from iom.withdrawal import withdrawing; "
            "from iom.withdrawal.models import Withdrawal; "
            "[withdrawing.restore(one, None) for one in Withdrawal.objects.all()]; "
            f"withdrawing.withdraw(Page.objects.get(pk={texts['fr'][0]}), None, '{kind}', "
            "{'fr': 'Les chiffres étaient faux.', 'en': 'The figures were wrong.'})"
        )
        page = visit(language, viewport=VIEWPORTS[viewport])
        page.goto(texts[language][1])
        found = {kind: axe_violations(page) + layout_errors(page)}
        assert not report(found), report(found)
