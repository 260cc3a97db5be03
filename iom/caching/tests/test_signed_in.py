"""A page that a signed-in user sees is never cached, and no visitor gets a byte of it."""

import pytest
from django.conf import settings
from django.core.cache import caches

from iom.tests.addresses import LANGUAGES, NAMES, other_addresses, page

pytestmark = pytest.mark.django_db


def forget(site):
    caches["pages"].clear()
    site.application._memory._pages.clear()


@pytest.mark.parametrize("language", LANGUAGES)
def test_visitors_get_the_same_bytes_whoever_has_read_the_page_before(site, sign_in, language):
    client = sign_in("editor")
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    for address in [*(page(name, language).url for name in NAMES), *other_addresses(language).values()]:
        forget(site)
        plain = site.get(address)
        forget(site)
        with_the_bar = site.get(address, HTTP_COOKIE=cookie)
        after = site.get(address)

        assert "<wagtail-userbar>" in with_the_bar.text, address
        assert with_the_bar.source is None, address
        assert after.source != "hit", address
        assert after.text == plain.text, address
        assert "userbar" not in plain.text, address
        assert "set-cookie" not in plain.headers | after.headers, address
