"""The admin on a slow connection: bytes of the page editor, reduction of photographs before upload."""

from io import BytesIO
from random import Random

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from iom.tests.browser.conftest import translated
from tools.measuring.budgets import KB, kilobytes
from tools.measuring.visits import NetworkRecorder

pytestmark = pytest.mark.browser

MAX_FIRST, MAX_NEXT = 700 * KB, 60 * KB  # transferred for the first page editor and for each later one
REDUCED = 2560  # pixels


def photograph(width: int, height: int, orientation: int = 1, seed: object = 1) -> bytes:
    """A JPEG with as much detail as that of a camera, so that the file is large."""
    random = Random(seed)  # noqa: S311
    noise = Image.frombytes("RGB", (width // 4, height // 4), random.randbytes(width * height * 3 // 16))
    exif = Image.Exif()
    exif[0x0112] = orientation
    file = BytesIO()
    noise.resize((width, height)).save(file, "JPEG", quality=95, exif=exif)
    return file.getvalue()


def transferred_bytes(page: Page, address: str) -> tuple[int, str]:
    """Returns the transferred bytes, and a list of the largest responses."""
    recorder = NetworkRecorder(page)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    recorder.settle(page)
    largest = sorted(recorder.received, key=lambda one: one.size, reverse=True)[:8]
    lines = [f"{kilobytes(one.size):>9}  {one.address}" for one in largest]
    return sum(one.size for one in recorder.received), "\n".join(lines)


@pytest.mark.parametrize("account", ["officer", "editor"])
def test_page_editor_stays_within_its_byte_budget(site, signed_in, account):
    first = signed_in(account)
    size, largest = transferred_bytes(first, site.text("article with every block", "fr").edit)
    assert size <= MAX_FIRST, f"{kilobytes(size)}\n{largest}"
    for name in ("article with every block", "corrected article", "home", "map"):
        page = first.context.new_page()
        size, largest = transferred_bytes(page, site.text(name, "fr").edit)
        page.close()
        assert size <= MAX_NEXT, f"{name}: {kilobytes(size)}\n{largest}"


def stored_picture(site, title: str) -> tuple[int, int, int]:
    (row,) = site.rows("SELECT width, height, file_size FROM media_siteimage WHERE title = %s", title)
    return row


def upload_file(name: str, data: bytes) -> dict:
    return {"name": f"{name}.jpg", "mimeType": "image/jpeg", "buffer": data}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_large_photograph_is_rotated_and_reduced_before_upload(site, signed_in, language):
    """In the form of a new picture and in the upload of several pictures."""
    data = photograph(4000, 3000, 6, language)  # orientation 6: 3,000 wide after rotation
    page = signed_in("editor", language)
    page.goto("/admin/images/add/")
    page.locator("input[type=file]").set_input_files(upload_file(f"form-{language}", data))
    expect(page.locator("[data-picture-note]")).to_contain_text(translated("Send originals", language))
    page.locator("[name=title]").fill(f"form-{language}")
    page.locator("form [type=submit]").last.click()
    page.wait_for_url("**/admin/images/")
    width, height, size = stored_picture(site, f"form-{language}")
    assert (width, height) == (REDUCED * 3 // 4, REDUCED)
    assert size < len(data) / 2

    page.goto("/admin/images/multiple/add/")
    page.locator("#fileupload").set_input_files(
        [upload_file(f"{name}-{language}", photograph(4000, 3000, 6, name + language)) for name in ("one", "two")]
    )
    expect(page.locator(".upload-success")).to_have_count(2)
    for name in ("one", "two"):
        assert stored_picture(site, f"{name}-{language}")[:2] == (REDUCED * 3 // 4, REDUCED)


def test_image_chooser_reduces_a_photograph_before_upload(site, signed_in):
    page = signed_in("officer")
    page.goto(site.text("corrected article", "fr").edit)
    page.locator("#id_lead_picture-chooser [data-chooser-action-choose]:visible").first.click()
    page.get_by_role("tab", name=translated("Upload")).click()
    page.locator(".modal-dialog input[type=file]").set_input_files(
        upload_file("chosen", photograph(4000, 3000, seed="chosen"))
    )
    expect(page.locator(".modal-dialog [data-picture-note]")).to_be_visible()
    page.locator("#tab-upload [type=submit]").click()
    expect(page.locator(".modal-dialog")).to_have_count(0)
    assert stored_picture(site, "chosen")[:2] == (REDUCED, REDUCED * 3 // 4)


def test_originals_on_request_and_small_pictures_are_sent_unchanged(site, signed_in):
    large, small = photograph(4000, 3000), photograph(800, 600)
    page = signed_in("editor")
    for title, data in (("small", small), ("original", large)):
        page.goto("/admin/images/add/")
        page.locator("input[type=file]").set_input_files(upload_file(title, data))
        if data is large:
            page.get_by_role("button", name=translated("Send originals")).click()
            expect(page.locator("[data-picture-note]")).to_contain_text(translated("Reduce photographs"))
        else:
            expect(page.locator("[data-picture-note]")).to_have_count(0)
        page.locator("[name=title]").fill(title)
        page.locator("form [type=submit]").last.click()
        page.wait_for_url("**/admin/images/")
    assert stored_picture(site, "small")[:2] == (800, 600)
    assert stored_picture(site, "original")[:2] == (4000, 3000)
