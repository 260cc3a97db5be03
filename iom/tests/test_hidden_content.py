"""No public address contains hidden content: the tests request all of them and search for words of hidden texts."""

import difflib
import html
import io
import itertools
import re
import zipfile
from datetime import timedelta
from urllib.parse import unquote, urlsplit

import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import LocalePrefixPattern, URLResolver
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Page, PageViewRestriction
from wagtail.users.models import UserProfile

from iom.caching.page_cache import PageCache
from iom.caching.tests.readers import FakeWatch, Reader
from iom.contacts.models import PressContact
from iom.media.models import SiteDocument, SiteImage
from iom.publishing import schedule
from iom.tests import embargoed_article, hidden_content
from iom.tests.addresses import COUNTRY, LANGUAGES, NEWS, NEWS_ALONE, PRESS, SEARCH
from iom.urls import SITEMAP_SECTIONS
from newsroom.feed_links import FORMATS
from newsroom.models import NewsArticle, PressArchive
from newsroom.press import builder

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
LISTS = [
    "", *(f"kind={kind}" for kind in NewsArticle.Kind.values), *(f"scope={scope}" for scope in NewsArticle.Scope.values),
    "country=TD", "country=TD&country=HT", "region=africa", "year=2026", f"q={hidden_content.COMMON}", "page=1", "page=2",
    f"q={hidden_content.COMMON}&page=2&country=TD", "missing=1",
]  # fmt: skip
# Headers that differ between two answers with the same text
CHANGING_HEADERS = {
    "date",
    "expires",
    "set-cookie",
    "x-page-cache",
    "x-request-id",
}
CSRF_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
# Queries that a visitor might try on the address of a page
EXTRA_QUERIES = [
    "preview=1&in_preview_panel=true&mode=",
    "revision={revision}&draft=1&token=x",
    "format=json&fields=*",
]


def routes(patterns=None, before=""):
    """Yields the routes of the URL configuration with their prefixes, without those of the admin."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if str(pattern.pattern) == "admin/":
            continue
        for language in LANGUAGES if isinstance(pattern.pattern, LocalePrefixPattern) else LANGUAGES[:1]:
            with override(language):
                route = before + str(pattern.pattern)
                if isinstance(pattern, URLResolver):
                    yield from routes(pattern.url_patterns, route)
                else:
                    yield route, pattern.pattern


def configured_addresses():
    """Yields the addresses of each route. It fails for a new route with parameters until `examples` has addresses."""
    documents = [document.url for document in SiteDocument.objects.all()]
    locks = PageViewRestriction.objects.values_list("pk", "page")
    examples = {
        "<int:document_id>": documents,
        "documents/password": [reverse("wagtaildocs_authenticate_with_password", args=[1])],
        "-/password": [reverse("wagtailcore_authenticate_with_password", args=lock) for lock in locks],
        "-/press/": [archive.url for archive in PressArchive.objects.exclude(file="")],
        "sitemap-pages-": ["/sitemap-pages-1.xml"],
        "sitemap-<slug": [f"/sitemap-{name}.xml" for name in SITEMAP_SECTIONS],
        "vcard/": [contact.vcard_url for contact in PressContact.objects.all()],
        "-/map/": [f"/-/map/{digest}/TD.svg" for digest in ("x", "0")],
        "media/images/": [f"/media/{image.file.name}" for image in SiteImage.objects.all()],
        "media/avatar_images/": [profile.avatar.url for profile in UserProfile.objects.exclude(avatar="")],
        "^((?:": [],  # the pages: below
        "admin/api/": [],  # refuses everyone
        "admin/choose-page/": ["/admin/choose-page/1/"],
    }
    for route, pattern in routes():
        if pattern.converters or pattern.regex.groups:
            (found,) = [urls for part, urls in examples.items() if part in route]
            yield from found
        else:
            yield f"/{route}"
    for language in LANGUAGES:
        with override(language):
            yield from (reverse("search"), reverse("manifest"))
            yield from (f"{reverse('suggestions')}?q={word}" for word in ("zq", hidden_content.COMMON))


def page_addresses():
    """Yields the addresses of all pages, also hidden ones, and of their routes."""
    for page in Page.objects.filter(depth__gt=1).specific():
        yield page.url_path
        with override(page.locale.language_code):
            yield from (f"{page.url_path}{route}/" for route in page.own_routes())
        if hidden_content.COMMON in page.slug:
            yield from (f"{page.url_path}{part}/" for part in (*FORMATS, "texte", "text", "edit", "preview"))
            yield from (f"{page.url_path}?{query.format(revision=page.latest_revision_id)}" for query in EXTRA_QUERIES)
    for language in LANGUAGES:
        yield from (
            COUNTRY[language],
            NEWS_ALONE[language],
            *(f"{PRESS[language]}?{query}" for query in ("country=TD", "language=fr", "region=africa&language=de")),
            COUNTRY[language].replace("haiti", "tchad" if language == "fr" else "chad"),
        )


def list_addresses():
    for language in LANGUAGES:
        for query, part in zip(LISTS, itertools.cycle(FORMATS), strict=False):
            yield f"{NEWS[language]}?{query}"
            yield f"{NEWS[language]}{part}/?{query}"  # each format with every third query
            yield f"{SEARCH[language]}?{query}"
        yield f"/{language}/?q={hidden_content.COMMON}"
        yield f"/{language}/{hidden_content.COMMON}-rien/"  # the page of error 404 suggests similar pages
        yield f"{NEWS[language]}{hidden_content.COMMON}/"


def own_links(text):
    """Yields the addresses of the site that an answer contains, without maps, which have no texts."""
    for url in re.findall(r"""(?:href|src|srcset|content|action)=["']([^"']+)|<loc>([^<]+)""", text):
        parts = urlsplit(html.unescape(url[0] or url[1]).split()[0] if (url[0] or url[1]).strip() else "")
        is_ours = f"{parts.scheme}://{parts.netloc}" in ("://", settings.SITE_URL)
        if is_ours and re.match(r"/(?!static/|admin/|-/map/)", parts.path):
            yield parts.path + (f"?{parts.query}" if parts.query else "")


def stored_file_addresses(folder=""):
    """Yields an address for each stored file, as if the whole storage were served."""
    folders, files = default_storage.listdir(folder)
    yield from (f"/media/{folder}{name}" for name in files)
    for name in folders:
        yield from stored_file_addresses(f"{folder}{name}/")


def words_of(answer):
    """Returns the marked words of an answer in lower case, including the files of an archive, and its text."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b" ".join([name.encode() + b" " + archive.read(name) for name in archive.namelist()])
    text = content.decode("utf-8", "ignore")
    headers = " ".join(str(value) for value in answer.headers.values())
    return set(re.findall(r"zq[a-z]+", html.unescape(unquote(f"{text} {headers}")).lower())), text


def crawl(visitor):
    """Requests all addresses. Returns the addresses whose answer contains each marked word, though the address itself
    does not, and all answers."""
    found, answers = {}, {}
    waiting = [*configured_addresses(), *page_addresses(), *list_addresses(), *stored_file_addresses()]
    while waiting:
        url = waiting.pop()
        if url in answers:
            continue
        answer = visitor.get(url)
        assert answer.status_code < 500, url
        words, text = words_of(answer)
        headers = {
            name.lower(): value for name, value in answer.headers.items() if name.lower() not in CHANGING_HEADERS
        }
        answers[url] = answer.status_code, headers, CSRF_TOKEN.sub("", text)
        for word in words - set(re.findall(r"zq[a-z]+", unquote(url).lower())):
            found.setdefault(word, set()).add(url)
        waiting.extend(
            one for one in own_links(text) if "?" not in one or (hidden_content.COMMON in one and "&" not in one)
        )
    return found, answers


def test_no_address_says_what_visitors_may_not_read():
    """Each place shows the words of a public article, so the search would find hidden ones."""
    hidden = hidden_content.create_all()
    shown = hidden_content.create_article("shown")
    shown.save_revision().publish()
    for article in NewsArticle.objects.filter(slug__startswith=hidden_content.COMMON):
        builder.build(article.pk)  # an archive from a time when the article was public
    call_command("update_index", verbosity=0)
    found, answers = crawl(Client())

    print(f"{len(answers)} addresses, {len(hidden)} words")  # noqa: T201
    assert {word: sorted(urls)[:5] for word, urls in found.items() if word in hidden} == {}
    assert set(hidden_content.words("shown")) - set(found) == set()
    for part in (*FORMATS, "sitemap-pages-", "news-sitemap.xml", "recherche", "actualites", "-/press/"):
        assert [url for word in hidden_content.words("shown") for url in found[word] if part in url], part


class PageCacheVisitor:
    """A visitor whose requests go through the page cache, as in production."""

    def __init__(self):
        caches["pages"].clear()
        self.reader = Reader(PageCache(get_wsgi_application(), FakeWatch()))

    def get(self, url):
        answer = self.reader.get(url, encoding="")
        answer.content, answer.streaming, answer.status_code = answer.body, False, int(answer.status[:3])
        return answer


def is_embargoed(word):
    return word.startswith(("zqslug", embargoed_article.FRENCH, embargoed_article.ENGLISH))


def test_an_embargoed_article_changes_no_response_before_its_publication(sign_in, monkeypatch):
    """Not even counts, validators and dates change, in either language. After publication, all content is public."""
    visitor = PageCacheVisitor()
    for language in LANGUAGES:  # the searches need results: an empty feed contains the time of the request
        hidden_content.create_article(f"shown{language}", language).save_revision().publish()
    call_command("update_index", verbosity=0)
    set_time(timezone.now(), monkeypatch)
    _found, before = crawl(visitor)
    embargo = embargoed_article.EmbargoedArticle(sign_in, monkeypatch)
    builder.build(embargo.article.pk)
    call_command("update_index", verbosity=0)

    found, answers = crawl(visitor)
    others = {url: differences(before[url], answers[url]) for url in before.keys() & answers.keys()}
    assert {url: what for url, what in others.items() if what} == {}
    set_time(embargo.publish_at - timedelta(seconds=1), monkeypatch)
    assert schedule.publish_due() == 0
    for words in (found, crawl(visitor)[0]):
        assert {word: sorted(urls)[:5] for word, urls in words.items() if is_embargoed(word)} == {}
    assert [url for url in embargo.addresses() if visitor.get(url).status_code != 404] == []

    set_time(embargo.publish_at + timedelta(seconds=1), monkeypatch)
    assert schedule.publish_due() == 0
    for page in (embargo.article, embargo.translation):
        builder.build(page.pk)
    call_command("update_index", verbosity=0)
    found, answers = crawl(visitor)
    for page, texts in zip((embargo.article, embargo.translation), embargo.texts(), strict=True):
        shown = html.unescape(answers[Page.objects.get(pk=page.pk).url_path][2])
        assert [text for text in texts if text not in shown and without_tags(text) not in without_tags(shown)] == []
    assert {url for url in embargo.addresses() if visitor.get(url).status_code != 200} == set()
    assert [url for url in found["zqslug"] if "sitemap-pages-" in url]
    assert [
        url for url in found[embargoed_article.FRENCH] if "-/press/" in url
    ]  # the English name has its word in its address
    for part in (*FORMATS, "news-sitemap.xml"):
        for word in (embargoed_article.FRENCH, embargoed_article.ENGLISH):
            assert [url for url in found[word] if part in url], (word, part)


def set_time(moment, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: moment)
    monkeypatch.setattr("time.time", moment.timestamp)


def without_tags(text):
    return re.sub("<[^>]+>", "", text)


def differences(before, after):
    """Returns the first differing lines of two answers."""
    lines = [f"{status}\n{headers}\n{text}".split("\n") for status, headers, text in (before, after)]
    return list(difflib.unified_diff(*lines, n=0, lineterm=""))[:6]
