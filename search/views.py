"""The search page, and the suggestions of its search field."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from iom.languages import own_name
from iom.names import interface_language
from iom.navigation.locales import locale_of
from iom.navigation.translation_tree import languages_with_home
from iom.users import rate_limits
from search import counting, engine, suggesting
from search.faceted_search import query_in, search_with_facets
from search.filters import clean_text
from search.highlighting import Highlighter
from search.paging import paginate
from search.picks import picks
from search.query import Query
from search.results import Result, Results

BY_DATE = "date"  # value of `?order=`: latest first


@dataclass(frozen=True)
class Row:
    """A result, with its highlighted title and snippet."""

    result: Result
    title: SafeString
    snippet: SafeString


@dataclass(frozen=True)
class Offer:
    """A link to the same search in another language, with the number of its results."""

    text: str
    url: str
    count: int
    language: str = ""

    @property
    def is_capped(self) -> bool:
        return self.count > engine.MAX_ELSEWHERE


def search(request: HttpRequest) -> HttpResponse:
    """The search page: searches for `?q=` among all public pages in the language of the address."""
    if refused := rate_limits.refuse_if_too_often("search", request):
        return refused
    text = clean_text(request.GET.get("q", ""))
    context: dict[str, Any] = {"q": text}
    if text:
        locale = locale_of(interface_language())
        request.query_in = partial(query_in, locale=locale)  # type: ignore[attr-defined]
        choice = search_with_facets(request.GET, locale)
        is_by_date = request.GET.get("order") == BY_DATE
        has_picks = not choice.active and not is_by_date
        recommended = picks((text, choice.results.corrected), locale) if has_picks else []
        results = choice.results.without({pick.page for pick in recommended})
        page = paginate(request, results.latest_first if is_by_date else results)
        is_first = has_picks and page.number == 1
        if is_first:
            counting.count(text)
        context |= {
            "choice": choice,
            "chips": choice.chips(request.GET),
            "unfiltered": f"?{urlencode({'q': text})}",
            "results": page,
            "picks": recommended if is_first else [],
            "rows": _rows(list(page.object_list), results.query),
            "is_by_date": is_by_date,
            "other_languages": [] if page.number > 1 else _in_other_languages(choice.results, text),
            "most": engine.MAX_RESULTS,
            "most_elsewhere": engine.MAX_ELSEWHERE,
        }
    return render(request, "search/search.html", context)


def suggestions(request: HttpRequest) -> HttpResponse:
    """Returns JSON: pages and topics for the unfinished `?q=` in the language of the address; `said` is their number
    in words, for screen readers."""
    if refused := rate_limits.refuse_if_too_often("suggestions", request):
        return refused
    text = clean_text(request.GET.get("q", ""))
    found = suggesting.suggestions(locale_of(interface_language()), text)
    message = ngettext("%(count)d suggestion", "%(count)d suggestions", len(found)) % {"count": len(found)}
    return JsonResponse({"suggestions": [one._asdict() for one in found], "said": message})


def _rows(results: list[Result], query: Query) -> list[Row]:
    highlighter = Highlighter(query)
    return [
        Row(
            result,
            highlighter.highlight(result.title),
            highlighter.snippet(result.document.summary, result.document.text),
        )
        for result in results
    ]


def _in_other_languages(results: Results, text: str) -> list[Offer]:
    """Returns offers for the typed text or, where it has no results, for the corrected text."""
    found = []
    for code, _name in languages_with_home():
        if code == results.locale.language_code:
            continue
        counts = ((words, _count(results, code, words)) for words in (text, results.corrected) if words)
        if offered := next((one for one in counts if one[1]), None):
            words, count = offered
            with translation.override(code):
                url = reverse("search", query={"q": words})
            found.append(Offer(own_name(code), url, count, code))
    return found


def _count(results: Results, code: str, words: str) -> int:
    """Returns the number of matches in another language, which the search may have counted."""
    known = results.elsewhere.get((code, words))
    return engine.count_matches(code, words) if known is None else known
