from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from iom.languages import own_name
from iom.names import interface_language
from iom.navigation.locales import locale_of
from iom.users.rates import limited
from search import counting, engine, suggesting
from search.choices import choose
from search.filters import clean_text
from search.highlighting import Highlighter
from search.paging import paginate, query_without_page
from search.parsing import Query
from search.picks import picks


@dataclass(frozen=True)
class Row:
    """A result as it is shown."""

    result: engine.Result
    title: SafeString
    passage: SafeString


@dataclass(frozen=True)
class Offer:
    """Another search, and how many results it has."""

    text: str
    url: str
    count: int
    language: str = ""

    @property
    def is_capped(self) -> bool:
        return self.count > engine.ELSEWHERE


@limited("search")
def search(request: HttpRequest) -> HttpResponse:
    """`?q=` among all pages that a visitor may see in the language of the address."""
    text = clean_text(request.GET.get("q", ""))
    context: dict[str, Any] = {"q": text}
    if text:
        locale = locale_of(interface_language())
        choice = choose(request.GET, locale)
        recommended = picks(text, locale) if not choice.active else []
        results = choice.results.without({pick.page for pick in recommended})
        page = paginate(request, results)
        is_first = not choice.active and page.number == 1
        if is_first:
            counting.count(text)
        context |= {
            "choice": choice,
            "chips": choice.chips(request.GET),
            "unfiltered": f"?{urlencode({'q': text})}",
            "results": page,
            "picks": recommended if is_first else [],
            "rows": _rows(list(page.object_list), results.query),
            "other_languages": [] if request.GET.get("page") else _in_other_languages(text, locale.language_code),
            "other_parameters": query_without_page(request),
            "most": engine.CAP,
            "most_elsewhere": engine.ELSEWHERE,
        }
    return render(request, "search/search.html", context)


@limited("suggestions")
def suggestions(request: HttpRequest) -> JsonResponse:
    """`?q=`: pages and topics that begin so, in the language of the address."""
    text = clean_text(request.GET.get("q", ""))
    found = suggesting.suggestions(locale_of(interface_language()), text)
    return JsonResponse({"suggestions": [one._asdict() for one in found]})


def _rows(results: list[engine.Result], query: Query) -> list[Row]:
    highlighter = Highlighter(query)
    return [
        Row(
            result,
            highlighter.marked(result.title),
            highlighter.passage(result.document.summary, result.document.text),
        )
        for result in results
    ]


def _in_other_languages(text: str, language: str) -> list[Offer]:
    found = []
    for code in dict(settings.LANGUAGES):
        if code != language and (count := engine.number(code, text)):
            with translation.override(code):
                url = f"{reverse('search')}?{urlencode({'q': text})}"
            found.append(Offer(own_name(code), url, count, code))
    return found
