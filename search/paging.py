"""Pages of a list, for addresses that people keep and robots invent."""

from typing import Any

from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.core.paginator import Page as ListPage
from django.http import Http404, HttpRequest

PER_PAGE = 12


def paginate(request: HttpRequest, items: Any) -> ListPage[Any]:
    """The page of `items` that `?page=` asks for, the first without it. Raises Http404 for one that does not exist."""
    try:
        return Paginator(items, PER_PAGE).page(request.GET.get("page", 1))
    except (EmptyPage, PageNotAnInteger) as error:
        raise Http404 from error


def query_without_page(request: HttpRequest) -> str:
    """The other parameters, to put before `page=` in a link; ends with `&` where there are any."""
    parameters = request.GET.copy()
    parameters.pop("page", None)
    return parameters.urlencode() + "&" if parameters else ""
