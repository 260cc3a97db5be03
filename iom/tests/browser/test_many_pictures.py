"""Several pictures are uploaded at once, on a desk and on a phone."""

import pytest
from playwright.sync_api import Page, expect

from iom.tests.browser.conftest import PHONE, translated
from iom.tests.browser.test_slow_connection import photograph, upload_file

pytestmark = pytest.mark.browser

OVERFLOW = """(width) => [...document.querySelectorAll("#upload-list :is(input, textarea, button, a, p)")]
    .filter((one) => one.offsetWidth && one.getBoundingClientRect().right > width).length"""


def upload(page: Page, name: str) -> None:
    page.goto("/admin/images/multiple/add/")
    send(page, name, range(3))


def send(page: Page, name: str, numbers: range) -> None:
    page.locator("#fileupload").set_input_files(
        [upload_file(f"{name}-{number}", photograph(800, 600, seed=f"{name}{number}")) for number in numbers]
    )
    expect(page.locator(".upload-success form")).to_have_count(numbers.stop)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_credit_is_typed_once_for_pictures_of_one_photographer(signed_in, language):
    page = signed_in("officer", language)
    upload(page, f"credit-{language}")
    credits = page.locator("[name$=-credit]")
    credits.nth(1).fill("Ada Exemple")
    credits.nth(1).blur()
    expect(
        page.get_by_role("status").filter(
            has_text=translated("Also filled into the empty fields of the other pictures.", language)
        )
    ).to_be_visible()
    assert [one.input_value() for one in credits.all()] == ["Ada Exemple"] * 3
    credits.nth(0).fill("Bo Exemple")
    credits.nth(0).blur()
    assert [one.input_value() for one in credits.all()] == ["Bo Exemple", "Ada Exemple", "Ada Exemple"]


def test_a_credit_is_filled_into_pictures_that_arrive_later(signed_in):
    page = signed_in("officer")
    page.goto("/admin/images/multiple/add/")
    send(page, "later", range(1))
    credits = page.locator("[name$=-credit]")
    credits.fill("Ada Exemple")
    credits.blur()
    send(page, "later", range(1, 3))
    assert [one.input_value() for one in credits.all()] == ["Ada Exemple"] * 3
    credits.nth(0).fill("")
    credits.nth(0).blur()
    send(page, "later", range(3, 4))
    assert [one.input_value() for one in credits.all()] == ["", "Ada Exemple", "Ada Exemple", ""]


def test_the_forms_of_uploaded_pictures_fit_a_phone(signed_in):
    page = signed_in("officer", viewport=PHONE)
    upload(page, "phone")
    assert page.evaluate(OVERFLOW, PHONE["width"]) == 0
