"""A phone's first visit to a page: nothing cached, no scrolling; what comes over the wire, by kind."""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page

from iom.tests.addresses import NAMES, others
from iom.tests.serving import LOCALES, Site

DRAWN = ("image/svg+xml", "image/x-icon", "image/vnd.microsoft.icon")
KINDS = ("html", "css", "js", "svg/ico", "font", "photos", "other")
AGENT = "Mozilla/5.0 (Linux; Android 11; moto g power (2022)) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{} Mobile Safari/537.36"
PHONE = {"viewport": {"width": 412, "height": 823}, "device_scale_factor": 1.75, "is_mobile": True, "has_touch": True}
# What Chromium asks for once a page has loaded, to draw its tab and to offer to install the site; in a window such as
# Playwright's it leaves the manifest and its icon out, so both are asked for here. Gives the icons' addresses.
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
SETTLING = 250  # looks at what is still under way, 20 ms apart
FETCH = "address => fetch(address).then((answer) => answer.arrayBuffer()).then(() => null)"


@dataclass(frozen=True)
class Received:
    """An answer: its headers and its body, as they were compressed; `unpacked`: its body once it is not."""

    address: str
    kind: str
    size: int
    unpacked: int = 0


@dataclass
class Visit:
    """Everything that one first visit asked for."""

    name: str
    language: str
    address: str
    status: int = 200
    received: list[Received] = field(default_factory=list)
    cookies: list[str] = field(default_factory=list)

    def size(self, *kinds: str) -> int:
        """Bytes of these kinds."""
        return sum(one.size for one in self.received if one.kind in kinds)

    @property
    def markup(self) -> int:
        """Bytes of HTML that the browser reads."""
        return sum(one.unpacked for one in self.received if one.kind == "html")

    @property
    def total(self) -> int:
        return self.size(*KINDS)

    @property
    def without_font(self) -> int:
        """Bytes but for photos and the font."""
        return self.total - self.size("photos", "font")

    @property
    def faults(self) -> list[str]:
        """What no visit may show, whatever its weight."""
        server = urlsplit(self.address).netloc
        found = [
            f"asks another server: {one.address}" for one in self.received if urlsplit(one.address).netloc != server
        ]
        found += [f"sets a cookie: {cookie}" for cookie in self.cookies]
        if self.status != (404 if self.name == "not found" else 200):
            found.append(f"answers {self.status}")
        return [f"{self.name} ({self.language}) {fault}" for fault in found]


def addresses(site: Site, language: str) -> dict[str, str]:
    """Every page type and what is no page, by its name."""
    return {name: site.text(name, language).url for name in NAMES} | others(language)


def kind_of(resource: str, mime: str) -> str:
    """One of KINDS, by what the browser wanted it for and what the server says that it is."""
    if mime.startswith("image/"):
        return "photos" if resource == "Image" and mime not in DRAWN else "svg/ico"
    return {"Document": "html", "Stylesheet": "css", "Script": "js", "Font": "font"}.get(resource, "other")


class Wire:
    """Chromium's own account of what one page receives."""

    def __init__(self, page: Page):
        self.asked: dict[str, tuple[str, str]] = {}  # request → address, what it is wanted for
        self.mimes: dict[str, str] = {}
        self.pending: set[str] = set()
        self.unpacked: Counter[str] = Counter()
        self.received: list[Received] = []
        self.cookies: list[str] = []
        session = page.context.new_cdp_session(page)
        session.on("Network.requestWillBeSent", self.ask)
        session.on("Network.responseReceived", self.answer)
        session.on("Network.responseReceivedExtraInfo", self.read_headers)
        session.on("Network.dataReceived", self.count)
        session.on("Network.loadingFinished", self.finish)
        session.on("Network.loadingFailed", lambda event: self.pending.discard(event["requestId"]))
        session.send("Network.enable")

    def ask(self, event: dict) -> None:
        redirect = event.get("redirectResponse")
        if redirect:
            self.received.append(Received(redirect["url"], "other", int(redirect["encodedDataLength"])))
        if not event["request"]["url"].startswith("data:"):
            self.asked[event["requestId"]] = event["request"]["url"], event.get("type", "Other")
            self.pending.add(event["requestId"])

    def answer(self, event: dict) -> None:
        self.mimes[event["requestId"]] = event["response"]["mimeType"]

    def read_headers(self, event: dict) -> None:
        self.cookies += [value for name, value in event["headers"].items() if name.lower() == "set-cookie"]

    def count(self, event: dict) -> None:
        self.unpacked[event["requestId"]] += event["dataLength"]

    def finish(self, event: dict) -> None:
        request = event["requestId"]
        if request in self.pending:
            self.pending.discard(request)
            address, wanted = self.asked[request]
            size = int(event["encodedDataLength"])
            kind = kind_of(wanted, self.mimes.get(request, ""))
            self.received.append(Received(address, kind, size, self.unpacked[request]))

    def settle(self, page: Page) -> None:
        """Waits until everything that was asked for is here."""
        for _ in range(SETTLING):
            if not self.pending:
                return
            page.wait_for_timeout(20)
        raise AssertionError(f"Never came: {[self.asked[request] for request in self.pending]}")


def first_visit(browser: Browser, address: str, name: str, language: str) -> Visit:
    (visit,) = _together(browser, [(address, name, language)])
    return visit


def first_visits(browser: Browser, site: Site, names: list[str]) -> Iterator[Visit]:
    """The visits to these pages in both languages."""
    for name in names:
        pages = [(site.url + addresses(site, language)[name], name, language) for language in LOCALES]
        yield from _together(browser, pages)


def _together(browser: Browser, pages: list[tuple[str, str, str]]) -> Iterator[Visit]:
    """Visits to (address, name, language), each in a context of its own, that load at the same time: most of a visit is
    waiting for what may still come."""
    agent = AGENT.format(browser.version)
    with ExitStack() as contexts:
        begun = []
        for address, name, language in pages:
            context = browser.new_context(locale=LOCALES[language], user_agent=agent, **PHONE)
            page = contexts.enter_context(context).new_page()
            wire = Wire(page)
            status = page.goto(address, wait_until="commit").status
            begun.append((page, wire, Visit(name, language, address, status, wire.received, wire.cookies)))
        for page, wire, visit in begun:
            page.wait_for_load_state("networkidle")
            for linked in page.evaluate(LINKED):
                if linked not in {asked for asked, _wanted in wire.asked.values()}:
                    page.evaluate(FETCH, linked)
            wire.settle(page)
            yield visit
