"""A former address of a withdrawn text, which redirected to it, has the same response as its own address."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from iom.publishing import deleted_pages
from iom.publishing.models import DeletedPage
from iom.tests.addresses import LANGUAGES, NEWS
from iom.withdrawal import withdrawing
from iom.withdrawal.models import Withdrawal
from iom.withdrawal.tests.texts import BODIES, content
from newsroom.models import PressArchive

pytestmark = pytest.mark.django_db
REASONS = {"fr": "Les chiffres étaient faux.", "en": "The figures were wrong."}


@pytest.mark.parametrize("kind", ["public", "protection"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_answers_as_the_present_one_does(visitor, texts, language, kind):
    text, former = texts[language], f"{NEWS[language]}formerly/"
    Redirect.objects.create(old_path=former.rstrip("/"), redirect_page=text, automatically_created=True)
    with override(language):
        below = text.text_url.replace(text.url, former)
    assert visitor.get(below)["Location"] == text.url + below.removeprefix(former)
    withdrawing.withdraw(texts["fr"], None, kind, REASONS, note="Triceratops")

    for address in (former, below, f"{former}?a=1"):
        answer = visitor.get(address)
        assert (answer.status_code, answer.get("X-Robots-Tag")) == (410, "noindex"), address
        said = content(answer)
        assert (text.title in said) == (REASONS[language] in said) == (kind == "public")
        assert not [word for word in (BODIES[language], "Triceratops", text.slug) if word in said]
    assert visitor.get(f"{former}nothing/").status_code == 404

    withdrawing.restore(Withdrawal.objects.get(), None)
    assert visitor.get(former)["Location"] == text.url


def test_one_query_is_made_where_a_redirect_leads_to_a_page_that_is_not_shown_and_none_elsewhere(visitor, texts):
    former = f"{NEWS['fr']}formerly/"
    Redirect.objects.create(old_path=former.rstrip("/"), redirect_page=texts["fr"], automatically_created=True)
    texts["fr"].unpublish()
    visitor.get(former)
    with CaptureQueriesContext(connection) as asked:
        assert visitor.get(former).status_code == 404

    assert len([query for query in asked if "withdrawal_withdrawntext" in query["sql"]]) == 1
    with CaptureQueriesContext(connection) as asked:
        assert visitor.get(f"{NEWS['fr']}nowhere/").status_code == 404
    assert not [query for query in asked if "withdrawal_withdrawntext" in query["sql"]]


@pytest.mark.parametrize("kind", ["public", "protection"])
def test_the_addresses_stay_gone_once_the_pages_are_deleted(visitor, texts, kind):
    former = f"{NEWS['fr']}formerly/"
    Redirect.objects.create(old_path=former.rstrip("/"), redirect_page=texts["fr"], automatically_created=True)
    with override("fr"):
        addresses = [texts["fr"].url, texts["fr"].text_url, texts["en"].url, former]
    archive = PressArchive.objects.get(article=texts["fr"]).url
    withdrawing.withdraw(texts["fr"], None, kind, REASONS, note="Triceratops")
    Page.objects.get(pk=texts["fr"].pk).delete()

    assert not Page.objects.filter(translation_key=texts["fr"].translation_key).exists()
    for address in [*addresses, archive]:
        answer = visitor.get(address)
        assert (answer.status_code, answer.get("X-Robots-Tag")) == (410, "noindex"), address
        assert not [
            word for word in (texts["fr"].title, texts["en"].title, *REASONS.values()) if word in content(answer)
        ]

    deleted_pages.restore(DeletedPage.objects.get())
    said = content(visitor.get(texts["fr"].url))
    assert (texts["fr"].title in said) == (REASONS["fr"] in said) == (kind == "public")
    withdrawing.restore(Withdrawal.objects.get(), None)
    assert [visitor.get(texts[language].url).status_code for language in LANGUAGES] == [200, 200]
