from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.models import Locale, Page

from iom.navigation.visibility import visible
from search.filters import clean_text
from search.paging import paginate, query_without_page
from search.query import ranked


def search(request: HttpRequest) -> HttpResponse:
    """`?q=` among all pages that a visitor may see in the language of the address."""
    words = clean_text(request.GET.get("q", ""))
    found: list[Page] = []
    if words:
        in_language = Page.objects.filter(live=True, locale=Locale.get_active(), depth__gt=2)
        matches = ranked(in_language, words)
        pages = visible(Page.objects.filter(pk__in=matches)).in_bulk()
        found = [pages[pk] for pk in matches if pk in pages]
    context = {
        "q": words,
        "results": paginate(request, found),
        "other_parameters": query_without_page(request),
    }
    return render(request, "search/search.html", context)
