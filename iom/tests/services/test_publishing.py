"""Changes that an editor makes on one machine are visible on the other and through Varnish within a second."""

import io
import re
import time

import pytest
from PIL import Image

from iom.tests.services.browsing import Browser

pytestmark = pytest.mark.services
MAX_DELAY = 1.0  # seconds
PREPARED = 60  # seconds, in which the scheduler makes pictures and archives


def file(name, content, kind):
    """Returns a file as a browser sends it."""
    sent = io.BytesIO(content)
    sent.name, sent.content_type = name, kind
    return sent


def wait(question, seconds=PREPARED):
    end = time.monotonic() + seconds
    while not (answer := question()):
        assert time.monotonic() < end
        time.sleep(0.2)
    return answer


def statuses(services, path):
    return [Browser().get(server + path).status for server in services.addresses]


def test_a_text_is_unpublished_and_published_on_one_machine_and_seen_on_the_other(services, editor):
    text = services.site.text("article", "fr")
    assert statuses(services, text.url) == [200] * 3
    editor.submit(f"{services.first}/admin/pages/{text.pk}/unpublish/")
    time.sleep(MAX_DELAY)
    assert statuses(services, text.url) == [404] * 3
    editor.submit(f"{services.second}/admin/bulk/wagtailcore/page/publish/?id={text.pk}&next=/admin/")
    time.sleep(MAX_DELAY)
    assert statuses(services, text.url) == [200] * 3


def test_a_picture_that_is_uploaded_on_one_machine_is_rendered_and_served_by_both(services, editor):
    content = io.BytesIO()
    Image.new("RGB", (1600, 900), "navy").save(content, "JPEG")
    sent = file("navy.jpg", content.getvalue(), "image/jpeg")
    editor.submit(f"{services.first}/admin/images/add/", title="Navy blue", file=sent)

    assert "Navy blue" in editor.get(f"{services.second}/admin/images/").text
    names = "SELECT r.file FROM media_rendition r JOIN media_siteimage i ON i.id = r.image_id WHERE i.title = 'Navy blue' AND r.file LIKE '%%.avif'"
    ((name,), *_others) = wait(lambda: services.site.rows(names))
    answers = [editor.get(f"{server}/media/{name}") for server in services.addresses]
    assert [(one.status, one.headers["Content-Type"]) for one in answers] == [(200, "image/avif")] * 3
    assert len({one.content for one in answers}) == 1


def test_a_document_that_is_uploaded_on_one_machine_is_served_by_both_until_it_is_deleted(services, editor):
    sent = file("report.txt", b"The report of this test", "text/plain")
    editor.submit(f"{services.first}/admin/documents/add/", title="Report of this test", file=sent)

    listed = editor.get(f"{services.second}/admin/documents/?q=Report+of+this+test").text
    key = re.search(r"/admin/documents/edit/(\d+)/", listed)[1]
    path = re.search(rf'/documents/{key}/[^"]+', listed)[0]
    answers = [editor.get(server + path) for server in services.addresses]
    assert [(one.status, one.content) for one in answers] == [(200, b"The report of this test")] * 3
    assert statuses(services, path) == [404] * 3  # visitors do not get it, because no text refers to it
    editor.submit(f"{services.second}/admin/documents/delete/{key}/")
    assert [editor.get(server + path).status for server in services.addresses] == [404] * 3


def test_the_archive_for_the_press_comes_from_both_machines(services):
    text = services.site.text("article with every block", "fr")
    links = re.findall(r"/-/press/[^\"]+\.zip", Browser().get(services.first + text.url).text)
    answers = [Browser().get(server + links[0]) for server in services.addresses]
    assert [one.status for one in answers] == [200] * 3
    assert len({one.content for one in answers}) == 1
    assert answers[0].content.startswith(b"PK")
