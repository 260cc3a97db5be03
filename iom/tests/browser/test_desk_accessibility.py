"""axe, WCAG 2.2 AA, on the admin screens of the translation desk, in both colour schemes, and their width on a phone.

Checks whole pages, with Wagtail's menu and header. In Wagtail's page editor it checks only the messages of this
project, because Wagtail's rich-text and block fields have no accessible name.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from iom.tests.browser.conftest import PHONE, translated
from iom.tests.browser.page_checks import report, run_check
from iom.tests.browser.test_accessibility import ALL_RULES, COLOUR_RULES, violation_lines

pytestmark = pytest.mark.browser

ORIGINAL = "clinic-night-shift"
# The original waits for its translation, as after a request for joint publication
ADD_JOINT_PUBLICATION = (
    "from iom.translation.models import JointPublication; from wagtail.models import Page; page = Page.objects.get(pk={pk}); "
    "JointPublication.objects.create(page=page, revision=page.latest_revision)"
)
DELETE_JOINT_PUBLICATION = (
    "from iom.translation.models import JointPublication; JointPublication.objects.filter(page={pk}).delete()"
)


@contextmanager
def waiting_original(site) -> Iterator[None]:
    pk = site.text(ORIGINAL, "en").pk
    site.shell(ADD_JOINT_PUBLICATION.format(pk=pk))
    try:
        yield
    finally:
        site.shell(DELETE_JOINT_PUBLICATION.format(pk=pk))


def apply_colour_scheme(page: Page, scheme: str) -> None:
    """Applies a colour scheme and finishes all transitions."""
    page.emulate_media(color_scheme=scheme)
    page.evaluate("document.getAnimations().forEach(one => one.finish())")


def axe_violations_in(page: Page, selector: str = "body") -> list[str]:
    # A fixed footer would cover elements, which axe reports as targets that are too small
    page.evaluate("document.querySelectorAll('footer').forEach((bar) => { bar.style.position = 'static' })")
    apply_colour_scheme(page, "light")
    light = Axe().run(page, selector, options=ALL_RULES).response
    apply_colour_scheme(page, "dark")
    dark = page.evaluate("([within, rules]) => axe.run(within, rules)", [selector, COLOUR_RULES])
    assert light["passes"], "axe has checked nothing"
    return violation_lines(light["violations"]) + [f"dark: {line}" for line in violation_lines(dark["violations"])]


def screens(site, page: Page) -> Iterator[str]:
    """Opens each screen of the translation desk and yields its name."""
    page.goto("/admin/")
    yield "first page"
    page.goto("/admin/translation/desk/")
    yield "desk"
    page.goto(site.text("public-letter-writers", "en").edit)
    page.locator(".desk-questions summary").first.click()
    yield "editor, in progress"
    page.goto(site.text("bridging-classes", "en").edit)
    page.locator(".translation-change summary").first.wait_for()
    yield "editor, out of date"
    page.get_by_role("link", name=translated("Earlier translations", "en")).click()
    page.locator("main table a").first.wait_for()
    yield "versions"
    page.locator("main table a").first.click()
    page.locator(".desk-version").wait_for()
    yield "version"
    page.goto("/admin/translation/questions/")
    yield "questions"
    page.goto("/admin/guide/translators/")
    page.locator(".guide__text img").first.wait_for()
    yield "guide"


def test_screens_of_translators_pass_axe(site, signed_in):
    page = signed_in("translator.en", "en", reduced_motion="reduce")
    found = {name: axe_violations_in(page) for name in screens(site, page)}
    assert not report(found), report(found)


def test_screens_of_joint_publication_pass_axe(site, signed_in):
    page = signed_in("editor", "fr", reduced_motion="reduce")
    original = site.text(ORIGINAL, "en")
    with waiting_original(site):
        page.goto(f"/admin/translation/publish-alone/{original.pk}/")
        page.locator("[name=reason]").wait_for()
        found = {"publish alone": axe_violations_in(page)}
        page.goto(original.edit)
        page.locator(".joint-actions").wait_for()
        found["messages of the original"] = axe_violations_in(page, ".messages")
    assert not report(found), report(found)


def test_screens_of_translators_fit_a_phone(site, signed_in):
    page = signed_in("translator.en", "en", viewport=PHONE, reduced_motion="reduce")
    found = {name: run_check(page, "overflowing") for name in screens(site, page)}
    assert not report(found), report(found)
