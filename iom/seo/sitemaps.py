"""`/sitemap.xml`, an index of parts with every address of the site, its translations and its picture.

A part holds the pages with primary keys in one range of PART_SIZE. So it never has more addresses, a page stays in its
part, and the cost of a part does not depend on its number. See https://www.sitemaps.org/protocol.html.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.encoding import iri_to_uri
from django.utils.html import escape
from pyroaring import BitMap

from iom.caching.marking import mark_cacheable
from iom.characters import remove_control_characters
from iom.listing.models import Entry
from iom.listing.reading import Selection, shown
from iom.media.models import SiteImage
from iom.media.pictures import USES, files_by_format
from iom.navigation.alternates import x_default
from iom.navigation.locales import locales
from iom.navigation.translation_tree import HOME_DEPTH
from iom.seo.templatetags.seo import absolute

PART_SIZE = 10_000
_NAMESPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


@dataclass(frozen=True)
class Address:
    """An address of the site. `alternates`: language and path of it and its translations, and `x-default`."""

    path: str
    alternates: list[tuple[str, str]]
    changed: datetime | None = None
    picture: str = ""


Section = Callable[[], Iterable[Address]]


def index(request: HttpRequest, sections: Mapping[str, Section]) -> HttpResponse:
    """`/sitemap.xml`: lists the parts of the pages and the other sections."""
    keys = BitMap.union(BitMap(), *(Selection(locale, {}).pages for locale in locales()))
    last = keys.max() // PART_SIZE if keys else -1
    numbers = [n for n in range(last + 1) if keys.range_cardinality(n * PART_SIZE, (n + 1) * PART_SIZE)]
    names = [f"pages-{n + 1}" for n in numbers]
    names += [name for name, addresses in sections.items() if any(addresses())]
    lines = "".join(f"<sitemap><loc>{settings.SITE_URL}/sitemap-{name}.xml</loc></sitemap>\n" for name in names)
    elements = f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{lines}</sitemapindex>\n'
    return _xml_response(request, elements)


def pages(request: HttpRequest, number: str) -> HttpResponse:
    """`/sitemap-pages-1.xml`: one part of the pages."""
    return _urlset(request, _pages_between((int(number) - 1) * PART_SIZE, int(number) * PART_SIZE))


def section(request: HttpRequest, name: str, sections: Mapping[str, Section]) -> HttpResponse:
    """`/sitemap-countries.xml`: addresses without a page in the tree."""
    if name not in sections:
        raise Http404
    return _urlset(request, sections[name]())


def alternates(texts: list[tuple[str, str]], depth: int = HOME_DEPTH + 1) -> list[tuple[str, str]]:
    """Adds `x-default` to pairs of language and path, of which the original is the first."""
    return [*texts, ("x-default", x_default(depth, texts[0][1]))]


def _pages_between(first: int, end: int) -> Iterator[Address]:
    """Yields the pages with keys from `first` to before `end`, in two queries."""
    part = Entry.objects.filter(pk__gte=first, pk__lt=end)
    texts: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    rows = shown().filter(translation_key__in=part.values("translation_key")).order_by("pk")
    found = list(
        rows.values_list(
            "pk", "url_path", "depth", "translation_key", "locale__language_code", "published_at", "picture"
        )
    )
    for _pk, path, _depth, key, language, _changed, _picture in found:
        texts[key].append((language, path))
    pictures = SiteImage.objects.filter(pk__in=part.values("picture"))
    files = {image.pk: _picture_url(image) for image in pictures.iterator()}
    for pk, path, depth, key, _language, changed, picture in found:
        if first <= pk < end:
            yield Address(path, alternates(texts[key], depth), changed, files.get(picture, ""))


def _picture_url(image: SiteImage) -> str:
    formats = list(files_by_format(image, USES["lead"]).values())
    return absolute(formats[-1][-1].url) if formats else ""


def _urlset(request: HttpRequest, addresses: Iterable[Address]) -> HttpResponse:
    """Raises Http404 without addresses: an empty sitemap is invalid, and the index does not list it."""
    elements = "".join(map(_element, addresses))
    if not elements:
        raise Http404
    return _xml_response(request, f"<urlset {_NAMESPACES}>\n{elements}</urlset>\n")


def _element(address: Address) -> str:
    changed = f"<lastmod>{address.changed.isoformat()}</lastmod>" if address.changed else ""
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{language}" href="{_absolute_url(path)}"/>'
        for language, path in address.alternates
    )
    picture = f"<image:image><image:loc>{escape(address.picture)}</image:loc></image:image>" if address.picture else ""
    return f"<url><loc>{_absolute_url(address.path)}</loc>{changed}{links}{picture}</url>\n"


def _absolute_url(path: str) -> str:
    return escape(settings.SITE_URL + iri_to_uri(remove_control_characters(path)))


def _xml_response(request: HttpRequest, text: str) -> HttpResponse:
    response = HttpResponse(_HEAD + text, content_type="application/xml; charset=utf-8")
    mark_cacheable(request, response)
    return response
