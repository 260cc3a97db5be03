"""The site's map as a robot reads it: the index, then each part."""

import re
from xml.etree import ElementTree

_NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
    "i": "http://www.google.com/schemas/sitemap-image/1.1",
}


def addresses_of_parts(client) -> list[str]:
    """The paths of the parts that the index names."""
    index = client.get("/sitemap.xml").content.decode()
    return [re.sub(r"^https://[^/]+", "", address) for address in re.findall(r"<loc>(.*?)</loc>", index)]


def text(client) -> str:
    """All parts, one after the other."""
    return "\n".join(client.get(address).content.decode() for address in addresses_of_parts(client))


def entries(client) -> list[ElementTree.Element]:
    """The `url` elements of all parts."""
    parts = [client.get(address).content for address in addresses_of_parts(client)]
    return [url for part in parts for url in ElementTree.fromstring(part).findall("s:url", _NAMES)]  # noqa: S314


def address(url: ElementTree.Element) -> str:
    return url.find("s:loc", _NAMES).text


def alternates(url: ElementTree.Element) -> dict[str, str]:
    """The address by language, `x-default` included."""
    return {link.get("hreflang"): link.get("href") for link in url.findall("x:link", _NAMES)}


def picture(url: ElementTree.Element) -> str | None:
    return url.findtext("i:image/i:loc", None, _NAMES)
