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
    found: list[int] = []
    if words:
        matches = ranked(Page.objects.filter(live=True, locale=Locale.get_active(), depth__gt=2), words)
        seen = set(visible(Page.objects.filter(pk__in=matches)).values_list("pk", flat=True))
        found = [pk for pk in matches if pk in seen]
    results = paginate(request, found)
    pages = Page.objects.filter(pk__in=list(results)).defer_streamfields().specific().in_bulk()
    results.object_list = [pages[pk] for pk in results]
    context = {"q": words, "results": results, "other_parameters": query_without_page(request)}
    return render(request, "search/search.html", context)
