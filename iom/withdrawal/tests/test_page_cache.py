"""The 410 page of a withdrawn text is cached, and every cached copy of the text is outdated at once."""

import pytest

from iom.caching.tests.conftest import another_process, site, watch  # noqa: F401  (fixtures)
from iom.withdrawal import withdrawing
from iom.withdrawal.models import Withdrawal
from iom.withdrawal.tests.texts import BODIES, public_text

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ["public", "protection"])
def test_kept_copies_are_gone_at_once_in_all_processes(site, another_process, kind):  # noqa: F811
    texts = public_text()
    for process in (site, another_process):
        for language, text in texts.items():
            assert BODIES[language] in process.get(text.url).text

    withdrawing.withdraw(texts["fr"], None, kind, {"fr": "Faux.", "en": "Wrong."})

    for text in texts.values():
        first, second, elsewhere = site.get(text.url), site.get(text.url), another_process.get(text.url)
        assert {one.status for one in (first, second, elsewhere)} == {"410 Gone"}
        assert [first.source, second.source, elsewhere.source] == ["miss", "hit", "hit"]
        assert (text.title in second.text) == (kind == "public")
        again = site.get(text.url, HTTP_IF_NONE_MATCH=second.headers["etag"])
        assert again.status == "410 Gone"
    withdrawing.restore(Withdrawal.objects.get(), None)
    for language, text in texts.items():
        assert BODIES[language] in another_process.get(text.url).text
