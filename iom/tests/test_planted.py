"""Every address that a visitor can ask for, and every word that no visitor may read."""

import html
import io
import itertools
import re
import zipfile
from urllib.parse import unquote, urlsplit

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLResolver
from django.utils.translation import override
from wagtail.models import Page, PageViewRestriction
from wagtail.users.models import UserProfile

from iom.media.models import SiteDocument, SiteImage
from iom.tests import planted
from iom.tests.addresses import COUNTRY, LANGUAGES, NEWS, NEWS_ALONE, SEARCH
from newsroom.formats import FORMATS
from newsroom.models import NewsArticle, PressArchive
from newsroom.press import builder

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
LISTS = [
    "", *(f"kind={kind}" for kind in NewsArticle.Kind.values), *(f"scope={scope}" for scope in NewsArticle.Scope.values),
    "country=TD", "country=TD&country=HT", "region=africa", "year=2026", f"q={planted.COMMON}", "page=1", "page=2",
    f"q={planted.COMMON}&page=2&country=TD", "missing=1",
]  # fmt: skip
# What a curious visitor adds to the address of a page.
CURIOUS = ["preview=1&in_preview_panel=true&mode=", "revision={revision}&draft=1&token=x", "format=json&fields=*"]


def routes(patterns=None):
    """The routes of the URL configuration, those of the admin left out."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if str(pattern.pattern) == "admin/":
            continue
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns)
        else:
            yield pattern


def of_the_configuration():
    """An address or more for each route; a new one makes this fail until it stands here."""
    documents = [document.url for document in SiteDocument.objects.all()]
    locks = PageViewRestriction.objects.values_list("pk", "page")
    examples = {
        "<int:document_id>": documents,
        "documents/password": [reverse("wagtaildocs_authenticate_with_password", args=[1])],
        "-/password": [reverse("wagtailcore_authenticate_with_password", args=lock) for lock in locks],
        "-/press/": [archive.url for archive in PressArchive.objects.exclude(file="")],
        "sitemap-pages-": ["/sitemap-pages-1.xml"],
        "sitemap-<slug": ["/sitemap-countries.xml"],
        "-/map/": [f"/-/map/{digest}/TD.svg" for digest in ("x", "0")],
        "media/images/": [f"/media/{image.file.name}" for image in SiteImage.objects.all()],
        "media/avatar_images/": [profile.avatar.url for profile in UserProfile.objects.exclude(avatar="")],
        "^((?:": [],  # the pages: below
        "admin/api/": [],  # refuses everyone
    }
    for pattern in routes():
        route = str(pattern.pattern)
        if pattern.pattern.converters or pattern.pattern.regex.groups:
            (found,) = [urls for part, urls in examples.items() if part in route]
            yield from found
        else:
            yield f"/{route}"
    for language in LANGUAGES:
        with override(language):
            yield from (reverse("search"), reverse("manifest"))
            yield from (f"{reverse('suggestions')}?q={word}" for word in ("zq", planted.COMMON))


def of_the_pages():
    """Each page, hidden ones among them, with what is served below it."""
    for page in Page.objects.filter(depth__gt=1).specific():
        yield page.url_path
        if isinstance(page, NewsArticle):
            with override(page.locale.language_code):
                yield page.text_url
        if planted.COMMON in page.slug:
            yield from (f"{page.url_path}{part}/" for part in (*FORMATS, "texte", "text", "edit", "preview"))
            yield from (f"{page.url_path}?{query.format(revision=page.latest_revision_id)}" for query in CURIOUS)
    for language in LANGUAGES:
        yield from (
            COUNTRY[language],
            NEWS_ALONE[language],
            COUNTRY[language].replace("haiti", "tchad" if language == "fr" else "chad"),
        )


def of_the_lists():
    for language in LANGUAGES:
        for query, part in zip(LISTS, itertools.cycle(FORMATS), strict=False):
            yield f"{NEWS[language]}?{query}"
            yield f"{NEWS[language]}{part}/?{query}"  # each format with every third of them
            yield f"{SEARCH[language]}?{query}"
        yield f"/{language}/?q={planted.COMMON}"
        yield f"/{language}/{planted.COMMON}-rien/"  # not found: it may have been meant otherwise
        yield f"{NEWS[language]}{planted.COMMON}/"


def linked(text):
    """The addresses of our own that an answer names; not each of the maps, which say nothing of a text."""
    for url in re.findall(r"""(?:href|src|srcset|content|action)=["']([^"']+)|<loc>([^<]+)""", text):
        parts = urlsplit(html.unescape(url[0] or url[1]).split()[0] if (url[0] or url[1]).strip() else "")
        is_ours = f"{parts.scheme}://{parts.netloc}" in ("://", settings.SITE_URL)
        if is_ours and re.match(r"/(?!static/|admin/|-/map/)", parts.path):
            yield parts.path + (f"?{parts.query}" if parts.query else "")


def words_of(answer):
    """All words of an answer in lower case, of an archive those of its files, and its text."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b" ".join([name.encode() + b" " + archive.read(name) for name in archive.namelist()])
    text = content.decode("utf-8", "ignore")
    heads = " ".join(str(value) for value in answer.headers.values())
    return set(re.findall(r"zq[a-z]+", html.unescape(unquote(f"{text} {heads}")).lower())), text


def read_all():
    """Each word that begins as ours do → the addresses that say it, though it is not in them; and how many were asked."""
    visitor = Client()
    found, asked, waiting = {}, set(), [*of_the_configuration(), *of_the_pages(), *of_the_lists()]
    while waiting:
        url = waiting.pop()
        if url in asked:
            continue
        asked.add(url)
        answer = visitor.get(url)
        assert answer.status_code < 500, url
        words, text = words_of(answer)
        for word in words - set(re.findall(r"zq[a-z]+", unquote(url).lower())):
            found.setdefault(word, set()).add(url)
        waiting.extend(one for one in linked(text) if "?" not in one or (planted.COMMON in one and "&" not in one))
    return found, len(asked)


def test_no_address_says_what_visitors_may_not_read():
    """And each says it of a text that they may, so that it would be found."""
    hidden = planted.plant()
    shown = planted.written("shown")
    shown.save_revision().publish()
    for article in NewsArticle.objects.filter(slug__startswith=planted.COMMON):
        builder.make(article.pk)  # its archive, made when it was public, say
    call_command("update_index", verbosity=0)
    found, number = read_all()

    print(f"{number} addresses, {len(hidden)} words")  # noqa: T201
    assert {word: sorted(urls)[:5] for word, urls in found.items() if word in hidden} == {}
    assert set(planted.words("shown")) - set(found) == set()
    for part in (*FORMATS, "sitemap-pages-", "news-sitemap.xml", "recherche", "actualites", "-/press/"):
        assert [url for word in planted.words("shown") for url in found[word] if part in url], part
