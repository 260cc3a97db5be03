"""The admin's API, with values that no parameter can have."""

from itertools import chain

import pytest
from django.urls import reverse
from wagtail.admin.api.urls import admin_api

from iom.editorial.tests import admin_urls
from iom.editorial.tests.test_filters import ODD

pytestmark = pytest.mark.filterwarnings("ignore:DateTimeField")  # a day without an hour
# Values that fail only together, and a search without a word
TOGETHER = [{"search": "a", "has_children": "true"}, {"search": "a", "search_operator": "x"}, {"search": "\r\n"}]


@pytest.fixture
def failures(sign_in):
    """Returns, for a list of queries by address, those to which the answer is a server error."""
    client = sign_in("editor")
    client.raise_request_exception = False

    def status(address, query):
        with admin_urls.rolled_back():  # PostgreSQL refuses all further queries after a failed one
            return client.get(address, query).status_code

    def failures(address, queries):
        return [query for query in queries if status(address, query) >= 500]

    return failures


def parameters(view):
    """Returns the name of each parameter that the list of an endpoint reads."""
    columns = view.get_available_fields(view.model, db_fields_only=True)
    return sorted(view.known_query_parameters.union(columns))


@pytest.mark.parametrize("name", admin_api._endpoints)
def test_a_list_fails_on_no_parameter(failures, name):
    names = parameters(admin_api._endpoints[name])
    assert len(names) > 10
    queries = chain(TOGETHER, ({one: value} for one in names for value in ["", *ODD]))
    assert failures(reverse(f"wagtailadmin_api:{name}:listing"), queries) == []


@pytest.mark.parametrize("name", admin_api._endpoints)
def test_a_search_by_key_fails_on_no_parameter(failures, name):
    queries = [{one: value} for one in admin_api._endpoints[name].find_query_parameters for value in ["", *ODD]]
    assert failures(reverse(f"wagtailadmin_api:{name}:find"), queries) == []


def test_an_unusable_value_is_refused_in_words(sign_in):
    answer = sign_in("editor").get(reverse("wagtailadmin_api:pages:listing"), {"first_published_at": "x"})
    assert answer.status_code == 400
    assert "parameter" in answer.json()["message"]
