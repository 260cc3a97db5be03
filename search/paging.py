from typing import Any

from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.core.paginator import Page as ListPage
from django.http import Http404, HttpRequest

PER_PAGE = 12


def paginate(request: HttpRequest, items: Any) -> ListPage[Any]:
    """Returns the page of `items` that `?page=` names, by default the first. Raises Http404 if it does not exist.

    An empty `?page=` means the first page, because the page cache removes empty parameters.
    """
    try:
        return Paginator(items, PER_PAGE).page(request.GET.get("page") or 1)
    except (EmptyPage, PageNotAnInteger) as error:
        raise Http404 from error
