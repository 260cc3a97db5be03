"""`make weigh` counts the bytes that the server has sent."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO

import pytest
from PIL import Image

from tools.measuring.visits import first_visit

pytestmark = pytest.mark.browser

PAGE = b"""<!DOCTYPE html><html lang="en"><title>A page</title><link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="manifest" href="/site.webmanifest"><link rel="stylesheet" href="/style.css"><script src="/moved.js"></script>
<img src="/photo.png" alt=""><img src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAAC" alt="">
<img src="%s/foreign.png" alt="">"""


def picture(width: int) -> bytes:
    """A PNG."""
    written = BytesIO()
    Image.effect_noise((width, 9), 50).save(written, "PNG")
    return written.getvalue()


FILES = {
    "/style.css": ("text/css", b"a { color: red }" * 100),
    "/script.js": ("text/javascript", b"1;" * 500),
    "/icon.svg": ("image/svg+xml", b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
    "/site.webmanifest": (
        "application/manifest+json",
        b'{"icons": [{"src": "small.png", "sizes": "96x96"}, {"src": "installed.png", "sizes": "192x192"}]}',
    ),
    "/photo.png": ("image/png", picture(300)),
    "/installed.png": ("image/png", picture(4)),
    "/foreign.png": ("image/png", picture(3)),
}
KINDS = {"/": "html", "/moved.js": "other", "/script.js": "js", "/style.css": "css", "/icon.svg": "svg/ico"}
KINDS |= {"/photo.png": "photos", "/foreign.png": "photos", "/site.webmanifest": "other", "/installed.png": "svg/ico"}


class Handler(BaseHTTPRequestHandler):
    """Sends each response at once and records its bytes in `server.sent`, by path."""

    def do_GET(self):
        if self.path == "/moved.js":
            head, body = "HTTP/1.1 302 Found\r\nLocation: /script.js\r\n", b""
        elif self.path == "/":
            head, body = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nSet-Cookie: a=b\r\n", self.server.page
        else:
            mime, body = FILES[self.path]
            head = f"HTTP/1.1 200 OK\r\nContent-Type: {mime}\r\n"
        answer = f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body
        self.server.sent[self.path] = len(answer)
        self.wfile.write(answer)

    def log_message(self, *_arguments):
        """Logs nothing."""


@pytest.fixture
def servers() -> Iterator[list[ThreadingHTTPServer]]:
    """Two servers. The second is the third party."""
    both = [ThreadingHTTPServer(("127.0.0.1", 0), Handler) for _ in range(2)]
    for server in both:
        server.sent = {}
        server.page = PAGE % f"http://127.0.0.1:{both[1].server_port}".encode()
        threading.Thread(target=server.serve_forever, daemon=True).start()
    yield both
    for server in both:
        server.shutdown()
        server.server_close()


def test_each_response_is_counted_once_with_its_bytes_and_kind(browser, servers):
    own, third_party = servers
    address = f"http://127.0.0.1:{own.server_port}/"
    visit = first_visit(browser, address, "page", "en")
    paths = {one.address: "/" + one.address.split("/", 3)[3] for one in visit.received}
    assert len(visit.received) == len(paths) == len(KINDS)
    assert {paths[one.address]: one.kind for one in visit.received} == KINDS
    assert {paths[one.address]: one.size for one in visit.received} == own.sent | third_party.sent
    assert visit.faults == [
        f"page (en) asks another server: http://127.0.0.1:{third_party.server_port}/foreign.png",
        "page (en) sets a cookie: a=b",
    ]
