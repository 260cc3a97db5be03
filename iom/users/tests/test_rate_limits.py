"""A client that searches too often has to wait; others, and clients without known address, do not."""

import errno
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.urls import reverse

from iom.tests.addresses import CORRECTIONS, NEWS
from iom.users import rate_limits
from newsroom.models import NewsArticle

SAID = {"fr": "trop de recherches", "en": "too many searches"}


@pytest.fixture(autouse=True)
def limited(settings, monkeypatch):
    cache.clear()
    settings.SEARCHES_PER_MINUTE = 5
    settings.TRUSTED_PROXIES = 1
    monkeypatch.setattr("time.time", lambda: 1_800_000_000.0)


def ask(visitor, language: str, client: str | None, path: str = "", **query):
    address = {"fr": "/fr/recherche/", "en": "/en/search/"}[language] + path
    return visitor.get(address, {"q": "Mali"} | query, headers={"X-Forwarded-For": client} if client else {})


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("path", ["", "suggestions"])
def test_a_client_that_asks_too_often_is_told_to_wait(visitor, language, path, monkeypatch):
    answers = [ask(visitor, language, "203.0.113.5", path) for _time in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert SAID[language] in answers[-1].content.decode()
    assert answers[-1]["Retry-After"] == "60"
    assert ask(visitor, language, "203.0.113.6", path).status_code == 200

    monkeypatch.setattr("time.time", lambda: 1_800_000_060.0)
    assert ask(visitor, language, "203.0.113.5", path).status_code == 200


@pytest.mark.parametrize(("language", "title"), [("fr", "Trop de recherches"), ("en", "Too many searches")])
def test_a_user_who_has_to_wait_keeps_the_input(visitor, language, title):
    for _time in range(6):
        answer = ask(visitor, language, "203.0.113.5", q='eau "potable"')
    content = answer.content.decode()
    assert f'<h1 class="page-title">{title}</h1>' in content
    assert title in content.split("<title>")[1].split("</title>")[0]
    assert 'value="eau &quot;potable&quot;"' in content


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("path", ["", "rss/", "atom/", "json/"])
def test_words_that_are_asked_of_the_newsroom_are_searches_as_well(visitor, language, path):
    headers, news = {"X-Forwarded-For": "203.0.113.5"}, NEWS[language]
    for number in range(4):
        assert visitor.get(news + path, {"q": f"Mali {number}"}, headers=headers).status_code == 200
    assert ask(visitor, language, "203.0.113.5").status_code == 200

    refused = visitor.get(news + path, {"q": 'eau "potable"'}, headers=headers)
    assert refused.status_code == 429
    assert refused["Retry-After"] == "60"
    assert SAID[language] in refused.content.decode()
    assert 'value="eau &quot;potable&quot;"' in refused.content.decode()
    assert ask(visitor, language, "203.0.113.5").status_code == 429
    assert visitor.get(news + path, {"q": " ", "kind": "story"}, headers=headers).status_code == 200
    assert visitor.get(CORRECTIONS[language], {"q": "Mali"}, headers=headers).status_code == 200


def test_nobody_is_refused_for_another_whose_address_is_not_known_either(visitor):
    assert {ask(visitor, "en", None).status_code for _time in range(8)} == {200}


def test_nobody_is_refused_while_the_cache_is_away(visitor, monkeypatch):
    monkeypatch.setattr(cache, "add", lambda *args, **kwargs: False)
    assert {ask(visitor, "en", "203.0.113.5").status_code for _time in range(8)} == {200}


def test_a_user_who_asks_for_previews_without_pause_has_to_wait(sign_in, settings):
    settings.PREVIEWS_PER_MINUTE = 3
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[NewsArticle.objects.first().pk])
    officer, another = sign_in("officer"), sign_in("editor")
    answers = [officer.post(address, {}) for _time in range(4)]
    assert [answer.status_code for answer in answers] == [200] * 3 + [429]
    assert answers[-1]["Retry-After"] == "60"
    assert another.post(address, {}).status_code == 200
    assert officer.get("/admin/").status_code == 200


def test_a_cache_whose_disk_is_full_refuses_nobody(visitor, monkeypatch):
    def full(*args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(rate_limits, "cache", SimpleNamespace(add=full))
    assert [ask(visitor, "en", "203.0.113.5", q="").status_code for _time in range(6)] == [200] * 6
