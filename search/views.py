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
from iom.users import rates
from search import counting, engine, suggesting
from search.choices import choose, query_in
from search.filters import clean_text
from search.highlighting import Highlighter
from search.paging import paginate
from search.picks import picks
from search.query import Query
from search.results import Result, Results

BY_DATE = "date"  # `?order=`: the latest first


@dataclass(frozen=True)
class Row:
    """A result as it is shown."""

    result: Result
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
        return self.count > engine.MOST_ELSEWHERE


def search(request: HttpRequest) -> HttpResponse:
    """`?q=` among all pages that a visitor may see in the language of the address."""
    if refused := rates.refusal("search", request):
        return refused
    text = clean_text(request.GET.get("q", ""))
    context: dict[str, Any] = {"q": text}
    if text:
        locale = locale_of(interface_language())
        request.query_in = partial(query_in, locale=locale)  # type: ignore[attr-defined]
        choice = choose(request.GET, locale)
        recommended = picks((text, choice.results.corrected), locale) if not choice.active else []
        results = choice.results.without({pick.page for pick in recommended})
        is_by_date = request.GET.get("order") == BY_DATE
        page = paginate(request, results.latest_first if is_by_date else results)
        is_first = not choice.active and page.number == 1 and not is_by_date
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
            "most": engine.MOST_RESULTS,
            "most_elsewhere": engine.MOST_ELSEWHERE,
        }
    return render(request, "search/search.html", context)


def suggestions(request: HttpRequest) -> HttpResponse:
    """`?q=`: pages and topics that begin so, in the language of the address; `said`: their number."""
    if refused := rates.refusal("suggestions", request):
        return refused
    text = clean_text(request.GET.get("q", ""))
    found = suggesting.suggestions(locale_of(interface_language()), text)
    said = ngettext("%(count)d suggestion", "%(count)d suggestions", len(found)) % {"count": len(found)}
    return JsonResponse({"suggestions": [one._asdict() for one in found], "said": said})


def _rows(results: list[Result], query: Query) -> list[Row]:
    highlighter = Highlighter(query)
    return [
        Row(
            result,
            highlighter.marked(result.title),
            highlighter.passage(result.document.summary, result.document.text),
        )
        for result in results
    ]


def _in_other_languages(results: Results, text: str) -> list[Offer]:
    """Of what was typed, or else of what it was corrected to."""
    found = []
    for code, _name in languages_with_home():
        if code == results.locale.language_code:
            continue
        counts = ((words, engine.number(code, words)) for words in (text, results.corrected) if words)
        if offered := next((one for one in counts if one[1]), None):
            words, count = offered
            with translation.override(code):
                url = f"{reverse('search')}?{urlencode({'q': words})}"
            found.append(Offer(own_name(code), url, count, code))
    return found
