"""Keys that no record can have, in each chooser and each choice of several records of the admin's forms."""

import pytest
from django.forms import ModelMultipleChoiceField
from django.urls import reverse
from wagtail.admin.widgets import BaseChooser

from iom.editorial.tests import admin_urls
from iom.editorial.tests.test_filters import NO_LISTS
from iom.tests.addresses import article

KEYS = ["x", "\x00", "²", "9" * 30]


def fields(form):
    """Returns the names of the fields that take keys."""
    taken = form.fields.items() if form else []
    return [
        form.add_prefix(name)
        for name, field in taken
        if isinstance(field.widget, BaseChooser) or isinstance(field, ModelMultipleChoiceField)
    ]


@pytest.fixture
def forms(sign_in):
    """Each address with a form that takes keys, with the names of these fields."""
    client = sign_in("admin")
    client.raise_request_exception = False
    names = [name for name, parameters in admin_urls.addresses() if not parameters]
    urls = [reverse(name) for name in names if name not in NO_LISTS and not name.endswith(("/", "/$"))]
    urls += [
        reverse(name, args=[article("every-block", "fr").pk])
        for name in ("wagtailadmin_pages:set_privacy", "wagtailadmin_pages:move")
    ]
    found = {}
    for url in urls:
        with admin_urls.rolled_back():
            answer = client.get(url)
        if taken := fields((answer.context or {}).get("form")):
            found[url] = taken
    return client, found


def test_no_key_fails(forms):
    client, found = forms
    assert len(found) > 8
    failed = []
    for url, name, key in [(url, name, key) for url, names in found.items() for name in names for key in KEYS]:
        with admin_urls.rolled_back():
            if client.post(url, {name: key}).status_code >= 500:
                failed.append((url, name, key))
    assert failed == []
