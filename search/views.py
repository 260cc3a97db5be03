from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from wagtail.models import Page

from iom.navigation.visibility import visible
from search.filters import clean_text
from search.paging import paginate, query_without_page

MOST = 500  # results beyond this are not counted: nobody reads them, and ranking them costs


def search(request: HttpRequest) -> HttpResponse:
    """`?q=` among all pages that a visitor may see in the language of the address."""
    words = clean_text(request.GET.get("q", ""))
    found: list[Page] = []
    if words:
        in_language = Page.objects.filter(live=True, locale__language_code=get_language(), depth__gt=2)
        ranked = [page.pk for page in in_language.search(words, order_by_relevance=True)[:MOST]]
        pages = visible(Page.objects.filter(pk__in=ranked)).in_bulk()
        found = [pages[pk] for pk in ranked if pk in pages]
    context = {"q": words, "results": paginate(request, found), "other_parameters": query_without_page(request)}
    return render(request, "search/search.html", context)
