"""A language is a setting and a command: with Spanish and Arabic beside French and English, every page works."""

import re

import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from wagtail.models import Page

from iom.tests import new_languages
from iom.tests.addresses import PAGES
from iom.tests.addresses import page as page_of_the_demonstration
from iom.tests.new_languages import ADDED
from iom.translation.models import TranslationState


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker, tmp_path_factory):
    """The site with both languages, and a page of each type translated into each."""
    with django_db_blocker.unblock(), transaction.atomic():
        with new_languages.added(tmp_path_factory.mktemp("locale")):
            for code in ADDED:
                for name, _model, _key in PAGES:
                    original = Page.objects.filter(
                        translation_key=page_of_the_demonstration(name, "fr").translation_key
                    ).earliest("pk")
                    for text in [*original.get_ancestors(), original]:
                        states = TranslationState.objects.filter(original=text.pk, locale__language_code=code)
                        if states.filter(published_at=None).exists():
                            new_languages.translate(text.specific, code)
            yield
        transaction.set_rollback(True)


def crawl(client, code):
    """Every address of a language that can be reached from its home page, with its answer."""
    answers, waiting = {}, [f"/{code}/"]
    while waiting:
        address = waiting.pop()
        if address in answers:
            continue
        answers[address] = answer = client.get(address)
        if answer.headers["Content-Type"].startswith("text/html"):
            for link in BeautifulSoup(answer.content, "html5lib").select("[href]"):
                path = link["href"].removeprefix("https://www.example.org").split("#")[0]
                if path.startswith(f"/{code}/") or path.startswith("?"):
                    waiting.append(path if path.startswith("/") else address.split("?")[0] + path)
    return answers


def test_x(site, visitor):
    for code in ADDED:
        a = crawl(visitor, code)
        print(code, len(a), {x: r.status_code for x, r in a.items() if r.status_code != 200})
        seen = {}
        for address, r in a.items():
            if not r.headers["Content-Type"].startswith("text/html"):
                print(address, r.headers["Content-Type"])
                continue
            soup = BeautifulSoup(r.content, "html5lib")
            assert soup.html["lang"] == code
            for e in soup.select(f"[lang]:not([lang={code}])"):
                e.decompose()
            for t in soup.stripped_strings:
                if re.search("[A-Za-zÀ-ÿ]{3,}", t):
                    seen.setdefault(" ".join(t.split()), address)
        if code == "ar":
            for t, ad in seen.items():
                print(ad, "|", t[:150])
