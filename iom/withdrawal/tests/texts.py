"""A text in both languages with every kind of content, and every public address that may contain it."""

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.resolvers import LocalePrefixPattern
from django.utils.translation import override
from wagtail.models import Page

from iom.listing.writing import refresh
from iom.tests import sitemap
from iom.tests.addresses import NEWS, SEARCH
from iom.tests.factories import ArticleFactory
from iom.translation.tests import desk
from newsroom.feed_links import FORMATS
from newsroom.models import ArticleCountry, ArticleTopic, NewsArticle, PressArchive, Topic
from newsroom.press import builder

WORDS = {"fr": "Quetzalcoatlus", "en": "Pteranodontia"}
BODIES = {"fr": "Le paragraphe Triceratopsien.", "en": "The Stegosauridan paragraph."}


def public_text():
    """A French original with its English translation, and their archives."""
    original = ArticleFactory(
        title=f"Titre {WORDS['fr']}", slug="du-titre", summary="Résumé.", body=desk.body(BODIES["fr"])
    )
    ArticleCountry.objects.create(article=original, country="JO")
    ArticleTopic.objects.create(article=original, topic=Topic.objects.first())
    original = NewsArticle.objects.get(pk=original.pk)
    counterpart = NewsArticle(title=f"Title {WORDS['en']}", summary="Summary.", body=desk.body(BODIES["en"]))
    _state, translation = desk.translated(original, counterpart)
    refresh([original.pk, translation.pk])
    for one in (original, translation):
        builder.rebuild(str(one.pk))
    return {"fr": NewsArticle.objects.get(pk=original.pk), "en": NewsArticle.objects.get(pk=translation.pk)}


def _without_arguments(patterns, before=""):
    """Returns the addresses of the URL configuration without parameters, except those of the admin."""
    for one in patterns:
        part = "" if isinstance(one.pattern, LocalePrefixPattern) else str(one.pattern)
        if isinstance(one, URLResolver):
            if not part.startswith("admin"):
                yield from _without_arguments(one.url_patterns, before + part)
        elif isinstance(one, URLPattern) and not one.pattern.regex.groups and not part.startswith(("admin", "^")):
            yield before + part


def public_addresses(client):
    """Returns all addresses of the URL configuration, page tree, sitemaps, feeds, search and storage."""
    found = set()
    for code in NEWS:
        with override(code):
            for route in _without_arguments(get_resolver().url_patterns):
                found |= {f"/{route}", f"/{code}/{route}"}
        for word in (WORDS[code], BODIES[code].split()[-1].strip("."), BODIES[code].split()[1]):
            found |= {f"{path}?q={word}" for path in (SEARCH[code], NEWS[code])}
            with override(code):
                found.add(f"{reverse('suggestions')}?q={word[:8]}")
        found |= {f"{NEWS[code]}?{query}" for query in ("country=JO", "kind=press-release", "page=2")}
        found |= {f"{NEWS[code]}{name}/{query}" for name in FORMATS for query in ("", "?country=JO")}
    for page in Page.objects.filter(depth__gte=2).specific():
        with override(page.locale.language_code):
            found |= {page.url_path, *(f"{page.url_path}{route}/" for route in page.own_routes())}
    found |= {archive.url for archive in PressArchive.objects.exclude(file="")}
    return found | set(sitemap.addresses_of_parts(client)) | {"/news-sitemap.xml"}


def content(answer):
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode(errors="replace")


def read(client, addresses):
    """Returns the status and the content of each address."""
    found = {}
    for address in sorted(addresses):
        answer = client.get(address)
        found[address] = answer.status_code, content(answer)
    return found


def naming(answers, *words):
    """Returns the addresses whose response has one of the words, with the status. A search page repeats its query."""
    found = {}
    for address, (status, said) in answers.items():
        signs = ("/du-titre/", "/title-") if "?q=" in address else words
        if any(sign in said for sign in signs):
            found[address] = status
    return found
