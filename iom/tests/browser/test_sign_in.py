"""A passkey on a virtual authenticator is added and signs in, in both languages, without violations of the policy."""

import pytest
from playwright.sync_api import Page, expect

from iom.tests.browser.conftest import DESKTOP, PHONE, translated
from iom.tests.serving import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.one_database]


def add_authenticator(page: Page) -> None:
    """Adds a virtual authenticator with user verification to the browser."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


@pytest.mark.parametrize(("language", "viewport"), [("fr", DESKTOP), ("en", PHONE)])
def test_a_passkey_is_added_and_signs_in_alone(site, visit, language, viewport):
    page, base = visit(language, viewport=viewport), site.url.replace("127.0.0.1", "localhost")
    violations = []
    page.on(
        "console",
        lambda message: violations.append(message.text) if "Content Security Policy" in message.text else None,
    )
    page.on("pageerror", lambda error: violations.append(str(error)))
    add_authenticator(page)

    def text(message: str) -> str:
        return translated(message, language)

    page.goto(f"{base}/admin/")
    expect(page.locator("html")).to_have_attribute("lang", language)
    page.get_by_label(text("Email address")).fill("editor@example.org")
    page.get_by_label(text("Password")).fill(PASSWORD)
    page.get_by_role("button", name=text("Sign in"), exact=True).click()
    page.wait_for_url("**/admin/")

    page.goto(f"{base}/{language}/-/account/security/")
    page.get_by_role("link", name=text("Add a passkey")).click()
    page.get_by_label(text("Password")).fill(PASSWORD)
    page.get_by_role("button", name=text("Confirm")).click()
    page.get_by_label(text("Name"), exact=True).fill("Ordinateur")
    page.get_by_role("button", name=text("Add"), exact=True).click()
    expect(page.locator("code")).to_have_count(10)  # recovery codes

    page.context.clear_cookies()
    page.goto(f"{base}/{language}/-/account/sign-in/")
    page.get_by_role("button", name=text("Sign in with a passkey")).click()
    page.wait_for_url("**/admin/")

    page.goto(f"{base}/{language}/-/account/security/webauthn/")
    expect(page.get_by_text("Ordinateur")).to_be_visible()
    page.get_by_role("link", name=text("Remove")).last.click()
    page.get_by_label(text("Password")).fill(PASSWORD)
    page.get_by_role("button", name=text("Confirm")).click()
    page.get_by_role("button", name=text("Remove")).click()
    expect(page.get_by_text(text("Security key removed."))).to_be_visible()
    assert violations == []
