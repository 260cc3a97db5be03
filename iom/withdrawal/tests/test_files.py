"""Pictures and documents that only a withdrawn text uses disappear and return with it."""

import pytest
from django.core.cache import caches

from iom.media.tests import public_files
from iom.withdrawal import withdrawing
from iom.withdrawal.models import Withdrawal

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", public_files.FILES, ids=lambda model: model.__name__)
@pytest.mark.parametrize("kind", ["public", "protection"])
def test_a_file_is_gone_unless_another_public_text_shows_it(visitor, model, kind):
    caches["renditions"].clear()  # of pictures of other tests
    alone, shared = public_files.new(model), public_files.new(model)
    text = public_files.article_with(alone)
    twin = public_files.article_with(shared)
    public_files.article_with(shared)
    addresses = [public_files.address(alone), public_files.address(shared)]
    assert [visitor.get(address).status_code for address in addresses] == [200, 200]

    withdrawing.withdraw(text, None, kind, {"fr": "Faux."})
    withdrawing.withdraw(twin, None, kind, {"fr": "Faux."})

    assert [visitor.get(address).status_code for address in addresses] == [404, 200]
    for withdrawal in Withdrawal.objects.all():
        withdrawing.restore(withdrawal, None)
    assert [visitor.get(address).status_code for address in addresses] == [200, 200]
