"""The filters of every list and report of the admin, with values that no record can have."""

import pytest
from django.http import QueryDict
from django.urls import reverse
from wagtail.admin.filters import WagtailFilterSet

from iom.editorial.tests import admin_urls

ODD = ["0001-01-01", "9999-12-31", "01/01/0001", "9" * 24, "-" + "9" * 24, "1e400", "\x00", "x", "²"]
SUFFIXES = ["", "_from", "_to", "_min", "_max", "_0", "_1"]  # of the parts of a range
NO_LISTS = {"wagtailadmin_logout", "wagtailadmin_error_test"}
OF_THE_LISTS = {"newsroom_articles", "newsroom_calendar", "translation_desk", "translation_figures"}


@pytest.fixture
def lists(sign_in):
    """The filters of each listing whose URL has no parameters, by the URL's name."""
    client, found = sign_in("admin"), {}
    names = [name for name, parameters in admin_urls.addresses() if not parameters]
    for name in [name for name in names if name not in NO_LISTS and not name.endswith(("/", "/$"))]:  # ours have names
        with admin_urls.rolled_back():
            answer = client.get(reverse(name))
        filters = answer.context and answer.context.get("filters")
        if isinstance(filters, WagtailFilterSet):
            found[name] = filters
    return found


def test_no_odd_value_fails(lists):
    assert lists.keys() >= OF_THE_LISTS
    failed = []
    for name, filters in lists.items():
        for field, value in [(field, value) for field in filters.form.fields for value in ODD]:
            data = QueryDict(mutable=True)
            data.update({f"{field}{suffix}": value for suffix in SUFFIXES})
            asked = type(filters)(data, queryset=filters.queryset, request=filters.request)
            try:
                list(asked.qs[:1])
            except Exception as error:  # whatever it is, the list would fail
                failed.append((name, field, value, repr(error)))
    assert failed == []


@pytest.mark.parametrize("query", ["sort_date_from=0001-01-01", f"editor={'9' * 24}"])
@pytest.mark.parametrize("name", ["newsroom_articles", "newsroom_calendar"])
def test_a_list_with_a_refused_filter_is_shown_with_the_error(sign_in, name, query):
    assert sign_in("officer").get(f"{reverse(name)}?{query}").status_code == 200
