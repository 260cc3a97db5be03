"""The language of a page is that of its address, elsewhere that of the browser, never that of a cookie."""

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.utils import translation

from iom.navigation.middleware import AddressLanguageMiddleware, preferred_language


@pytest.fixture
def answer(rf):
    """Returns the language during a request, and the response."""

    def answer(address, content_type="text/html", **headers):
        languages = []

        def respond(request):
            languages.append((translation.get_language(), request.LANGUAGE_CODE))
            return HttpResponse(content_type=content_type)

        response = AddressLanguageMiddleware(respond)(rf.get(address, headers=headers))
        return languages, response

    return answer


@pytest.mark.parametrize(
    ("address", "language"),
    [
        ("/fr/", "fr"),
        ("/en/news/", "en"),
        ("/en", "en"),
        ("/fr/en/", "fr"),
        ("/french/", "fr"),
        ("/admin/", "fr"),
        ("/de/", "fr"),
    ],
)
def test_the_address_says_the_language(answer, address, language):
    languages, response = answer(address)

    assert languages == [(language, language)]
    assert response["Content-Language"] == language


@pytest.mark.parametrize(("address", "language"), [("/fr/", "fr"), ("/en/", "en"), ("/", "en"), ("/nothing", "en")])
def test_the_browser_is_asked_only_where_the_address_says_nothing(answer, address, language):
    languages, response = answer(address, **{"Accept-Language": "en-GB,en;q=0.9"})

    assert languages == [(language, language)]
    assert ("Accept-Language" in response.get("Vary", "")) is (address in ("/", "/nothing"))


def test_what_is_no_page_does_not_vary_by_the_browsers_language(answer):
    assert "Vary" not in answer("/media/images/x.jpg", "image/jpeg")[1]


def test_a_cookie_changes_nothing(rf):
    request = rf.get("/")
    request.COOKIES[settings.LANGUAGE_COOKIE_NAME] = "en"

    assert preferred_language(request) == "fr"


def test_the_language_of_one_request_does_not_reach_the_next(answer):
    before = translation.get_language()
    answer("/en/")

    assert translation.get_language() == before


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "fr"),
        ("en", "en"),
        ("EN-us", "en"),
        ("fr-CA, en;q=0.9", "fr"),
        ("en;q=0.4, fr;q=0.5", "fr"),
        ("ar, es;q=0.9, en;q=0.1", "en"),
        ("de, it", "fr"),
        ("de, en;q=0", "fr"),
        ("*;q=0.5, en", "en"),
        ("nonsense;;;q=a", "fr"),
        ("en" * 3000, "fr"),
    ],
)
def test_the_first_language_of_the_browser_that_the_site_speaks(rf, accepted, language):
    assert preferred_language(rf.get("/", headers={"Accept-Language": accepted})) == language


def test_an_unknown_address_is_not_redirected_to_a_language(visitor, monkeypatch):
    monkeypatch.setattr(
        "iom.core.views.render", lambda request, template, context, status: HttpResponse(status=status)
    )

    assert visitor.get("/wp-login.php").status_code == 404
