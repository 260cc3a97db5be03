"""Reads the sitemap as a robot does: the index, then each part."""

import re
from xml.etree import ElementTree

_NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
    "i": "http://www.google.com/schemas/sitemap-image/1.1",
}


def addresses_of_parts(client) -> list[str]:
    """Returns the paths of the parts that the index lists."""
    index = client.get("/sitemap.xml").content.decode()
    return [re.sub(r"^https://[^/]+", "", address) for address in re.findall(r"<loc>(.*?)</loc>", index)]


def text(client) -> str:
    """Returns the content of all parts, joined."""
    return "\n".join(client.get(address).content.decode() for address in addresses_of_parts(client))


def entries(client) -> list[ElementTree.Element]:
    """Returns the `url` elements of all parts."""
    parts = [client.get(address).content for address in addresses_of_parts(client)]
    return [url for part in parts for url in ElementTree.fromstring(part).findall("s:url", _NAMES)]  # noqa: S314


def address(url: ElementTree.Element) -> str:
    return url.find("s:loc", _NAMES).text


def alternates(url: ElementTree.Element) -> dict[str, str]:
    """Returns the addresses by language, with `x-default`."""
    return {link.get("hreflang"): link.get("href") for link in url.findall("x:link", _NAMES)}


def picture(url: ElementTree.Element) -> str | None:
    return url.findtext("i:image/i:loc", None, _NAMES)
