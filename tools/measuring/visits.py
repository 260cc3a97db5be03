"""Records a phone's first visit to a page, with an empty cache and without scrolling: bytes on the wire, by kind."""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page

from iom.tests.addresses import NAMES, other_addresses
from iom.tests.serving import LOCALES, Site

DRAWN = ("image/svg+xml", "image/x-icon", "image/vnd.microsoft.icon")
KINDS = ("html", "css", "js", "svg/ico", "font", "photos", "other")
AGENT = "Mozilla/5.0 (Linux; Android 11; moto g power (2022)) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{} Mobile Safari/537.36"
PHONE = {"viewport": {"width": 412, "height": 823}, "device_scale_factor": 1.75, "is_mobile": True, "has_touch": True}
# Chromium requests these once a page has loaded, for its tab and to offer to install the site. In a private window, such
# as Playwright's, it does not request the manifest and its icon, so both are requested here. Returns the icons' addresses.
LINKED = """async () => {
    const address = (selector) => document.querySelector(selector)?.href;
    const manifest = address("link[rel=manifest]");
    const { icons = [] } = manifest ? await (await fetch(manifest)).json() : {};
    const installed = icons.find(({ sizes }) => sizes === "any" || parseInt(sizes) >= 144);
    return [
        address("link[rel=icon][type='image/svg+xml']") ?? address("link[rel=icon]"),
        installed && new URL(installed.src, manifest).href,
    ].filter(Boolean);
}"""
SETTLING = 250  # checks for pending requests, 20 ms apart
FETCH = "address => fetch(address).then((answer) => answer.arrayBuffer()).then(() => null)"


@dataclass(frozen=True)
class Response:
    """A response. `size`: bytes of headers and compressed body; `unpacked`: bytes of the uncompressed body."""

    address: str
    kind: str
    size: int
    unpacked: int = 0


@dataclass
class Visit:
    """The responses and cookies of one first visit."""

    name: str
    language: str
    address: str
    status: int = 200
    received: list[Response] = field(default_factory=list)
    cookies: list[str] = field(default_factory=list)

    def size(self, *kinds: str) -> int:
        """Returns the bytes of these kinds."""
        return sum(one.size for one in self.received if one.kind in kinds)

    @property
    def markup(self) -> int:
        """Bytes of uncompressed HTML."""
        return sum(one.unpacked for one in self.received if one.kind == "html")

    @property
    def total(self) -> int:
        return self.size(*KINDS)

    @property
    def without_font(self) -> int:
        """Bytes without photos and font."""
        return self.total - self.size("photos", "font")

    @property
    def faults(self) -> list[str]:
        """Faults of any weight: requests to other servers, cookies, a wrong status."""
        server = urlsplit(self.address).netloc
        found = [
            f"asks another server: {one.address}" for one in self.received if urlsplit(one.address).netloc != server
        ]
        found += [f"sets a cookie: {cookie}" for cookie in self.cookies]
        if self.status != (404 if self.name == "not found" else 200):
            found.append(f"answers {self.status}")
        return [f"{self.name} ({self.language}) {fault}" for fault in found]


def addresses(site: Site, language: str) -> dict[str, str]:
    """Returns the addresses of all page types and of other views, by name."""
    return {name: site.text(name, language).url for name in NAMES} | other_addresses(language)


def kind_of(resource: str, mime: str) -> str:
    """Returns one of KINDS, from the browser's resource type and the server's MIME type."""
    if mime.startswith("image/"):
        return "photos" if resource == "Image" and mime not in DRAWN else "svg/ico"
    return {"Document": "html", "Stylesheet": "css", "Script": "js", "Font": "font"}.get(resource, "other")


class NetworkRecorder:
    """Records the responses of one page by Chromium's DevTools protocol."""

    def __init__(self, page: Page):
        self.requests: dict[str, tuple[str, str]] = {}  # request → address, resource type
        self.mimes: dict[str, str] = {}
        self.pending: set[str] = set()
        self.unpacked: Counter[str] = Counter()
        self.received: list[Response] = []
        self.cookies: list[str] = []
        session = page.context.new_cdp_session(page)
        session.on("Network.requestWillBeSent", self.on_request)
        session.on("Network.responseReceived", self.on_response)
        session.on("Network.responseReceivedExtraInfo", self.on_headers)
        session.on("Network.dataReceived", self.on_data)
        session.on("Network.loadingFinished", self.on_finished)
        session.on("Network.loadingFailed", lambda event: self.pending.discard(event["requestId"]))
        session.send("Network.enable")

    def on_request(self, event: dict) -> None:
        redirect = event.get("redirectResponse")
        if redirect:
            self.received.append(Response(redirect["url"], "other", int(redirect["encodedDataLength"])))
        if not event["request"]["url"].startswith("data:"):
            self.requests[event["requestId"]] = event["request"]["url"], event.get("type", "Other")
            self.pending.add(event["requestId"])

    def on_response(self, event: dict) -> None:
        self.mimes[event["requestId"]] = event["response"]["mimeType"]

    def on_headers(self, event: dict) -> None:
        self.cookies += [value for name, value in event["headers"].items() if name.lower() == "set-cookie"]

    def on_data(self, event: dict) -> None:
        self.unpacked[event["requestId"]] += event["dataLength"]

    def on_finished(self, event: dict) -> None:
        request = event["requestId"]
        if request in self.pending:
            self.pending.discard(request)
            address, wanted = self.requests[request]
            size = int(event["encodedDataLength"])
            kind = kind_of(wanted, self.mimes.get(request, ""))
            self.received.append(Response(address, kind, size, self.unpacked[request]))

    def settle(self, page: Page) -> None:
        """Waits until no request is pending. Raises AssertionError after SETTLING checks."""
        for _ in range(SETTLING):
            if not self.pending:
                return
            page.wait_for_timeout(20)
        raise AssertionError(f"Not loaded: {[self.requests[request] for request in self.pending]}")


def first_visit(browser: Browser, address: str, name: str, language: str) -> Visit:
    (visit,) = _visit_in_parallel(browser, [(address, name, language)])
    return visit


def first_visits(browser: Browser, site: Site, names: list[str]) -> Iterator[Visit]:
    """Yields the visits to these pages in both languages."""
    for name in names:
        pages = [(site.url + addresses(site, language)[name], name, language) for language in LOCALES]
        yield from _visit_in_parallel(browser, pages)


def _visit_in_parallel(browser: Browser, pages: list[tuple[str, str, str]]) -> Iterator[Visit]:
    """Yields visits to pages (address, name, language), each in its own context. They load at the same time, since most
    of a visit is waiting."""
    agent = AGENT.format(browser.version)
    with ExitStack() as contexts:
        begun = []
        for address, name, language in pages:
            context = browser.new_context(locale=LOCALES[language], user_agent=agent, **PHONE)
            page = contexts.enter_context(context).new_page()
            recorder = NetworkRecorder(page)
            status = page.goto(address, wait_until="commit").status
            begun.append((page, recorder, Visit(name, language, address, status, recorder.received, recorder.cookies)))
        for page, recorder, visit in begun:
            page.wait_for_load_state("networkidle")
            for linked in page.evaluate(LINKED):
                if linked not in {url for url, _type in recorder.requests.values()}:
                    page.evaluate(FETCH, linked)
            recorder.settle(page)
            yield visit
