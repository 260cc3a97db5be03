"""Pages that editors recommend come before the results."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import Locale

from iom.navigation.tests.pairs import at, pair
from iom.tests.factories import ArticleFactory
from iom.users.models import User
from search.picks import picks

pytestmark = pytest.mark.django_db


def recommend(text, page=None, **fields):
    return SearchPromotion.objects.create(query=Query.get(text), page=page, **fields)


def recommended(text, language="fr"):
    return [pick.url for pick in picks([text], Locale.objects.get(language_code=language))]


def results(client, language="fr", **query):
    with override(language):
        return client.get(reverse("search"), query)


def form(query="", *picked, initial=0):
    """Returns the data of the form for recommendations, as Wagtail's script fills it."""
    data = {"query_string": query, "editors_picks-TOTAL_FORMS": len(picked), "editors_picks-INITIAL_FORMS": initial}
    for number, values in enumerate(picked):
        data |= {f"editors_picks-{number}-{name}": value for name, value in values.items()}
    return data


@pytest.mark.parametrize("typed", ["travailler chez nous", "Travaillez chez nous !", "  TRAVAILLER  chez nous"])
def test_what_an_editor_recommends_is_shown_first_and_once(client, sign_in, typed):
    page = at("/fr/agir/travailler-avec-nous/")
    values = {"page": page.pk, "description": "Les postes & stages.", "ORDER": 1}
    answer = sign_in("editor").post(
        reverse("wagtailsearchpromotions:add"), form("travailler chez nous", values), follow=True
    )
    assert answer.redirect_chain, answer.content.decode()

    answer = results(client, q=typed)

    text = answer.content.decode()
    assert [pick.url for pick in answer.context["picks"]] == ["/fr/agir/travailler-avec-nous/"]
    assert text.index("Recommandé") < text.index("Les postes &amp; stages.") < text.index("result-line")
    assert page.url not in [row.result.url for row in answer.context["rows"]]
    assert answer.context["results"].paginator.count == len(answer.context["choice"].results) - 1
    assert str(page.title) in text


def test_a_recommendation_is_changed_and_errors_are_shown(sign_in):
    page, other = at("/fr/notre-travail/"), at("/fr/agir/")
    pick = recommend("zirconium", page)
    address, client = reverse("wagtailsearchpromotions:edit", args=[pick.query_id]), sign_in("editor")

    both = {"id": pick.pk, "page": other.pk, "external_link_url": "https://example.org/", "ORDER": 1}
    answer = client.post(address, form("zirconium", both, initial=1), headers={"accept-language": "fr"})
    assert "Choisissez une page ou saisissez un lien externe, pas les deux." in answer.content.decode()
    assert "https://example.org/" in answer.content.decode()  # nothing is lost
    assert recommended("zirconium") == [page.url]

    changed = {"id": pick.pk, "page": other.pk, "ORDER": 1}
    client.post(address, form("zirconium", changed, initial=1))
    assert recommended("zirconium") == [other.url]


def test_a_recommended_page_is_shown_in_the_language_of_the_reader_or_not_at_all(client):
    original, translation = pair(title="Zirconium")
    recommend("zirconium", original, description="Une description.")
    assert recommended("zirconium") == [original.url]
    assert recommended("zirconium", "en") == [translation.url]
    assert "Une description." not in results(client, "en", q="zirconium").content.decode()

    translation.unpublish()
    assert recommended("zirconium", "en") == []
    assert recommended("zirconium") == [original.url]


@pytest.mark.parametrize("hide", ["unpublish", "draft"])
def test_pages_that_are_not_public_are_not_recommended(hide):
    page = ArticleFactory(language="fr", title="Zirconium", live=hide != "draft")
    recommend("zirconium", page)
    if hide == "unpublish":
        page.unpublish()
    assert recommended("zirconium") == []


def test_other_words_recommend_nothing():
    recommend("zirconium", at("/fr/notre-travail/"))
    assert recommended("zirconium travail") == []
    assert recommended("zirconia") == []
    assert recommended("") == recommended("…") == []


def test_several_stand_in_the_order_of_the_editors_and_an_address_elsewhere_is_a_link(client):
    recommend("zirconium", at("/fr/notre-travail/"), sort_order=1)
    recommend("zirconium", external_link_url="https://example.org/z", external_link_text="<Ailleurs>", sort_order=0)
    assert recommended("zirconium") == ["https://example.org/z", "/fr/notre-travail/"]
    assert '<a href="https://example.org/z">&lt;Ailleurs&gt;</a>' in results(client, q="zirconium").content.decode()


def test_words_that_search_corrects_are_recommended_for_as_they_were_typed_and_as_they_are_read(client):
    typed, read = at("/fr/notre-travail/"), at("/fr/agir/")
    recommend("migratoin", typed)
    recommend("migration", read)
    answer = results(client, q="migratoin")
    assert answer.context["choice"].results.corrected == "migration"
    assert [pick.url for pick in answer.context["picks"]] == [typed.url, read.url]


def test_a_recommended_page_without_other_results_is_not_an_empty_result(client):
    recommend("zirconium", ArticleFactory(language="fr", title="Zirconium"))
    text = results(client, q="zirconium").content.decode()
    assert "Recommandé" in text
    assert "Aucun résultat" not in text
    assert "1 résultat" not in text


def test_results_by_date_have_the_recommended_page_in_its_place(client):
    first, last = (
        ArticleFactory(language="fr", title="Zirconium", date=timezone.now() - timedelta(days=days)) for days in (1, 9)
    )
    recommend("zirconium", last)
    answer = results(client, q="zirconium", order="date")
    assert answer.context["picks"] == []
    assert [row.result.url for row in answer.context["rows"]] == [first.url, last.url]


def test_further_pages_and_filtered_results_recommend_nothing(client):
    recommend("migration", at("/fr/notre-travail/"))
    assert results(client, q="migration").context["picks"]
    assert not results(client, q="migration", page=2).context["picks"]
    assert not results(client, q="migration", section="news").context["picks"]


@pytest.mark.parametrize(("account", "may"), [("editor", True), ("officer", False), ("translator.fr", False)])
def test_editors_see_what_is_searched_and_may_recommend(sign_in, account, may):
    client = sign_in(account)
    addresses = [reverse("wagtailsearchpromotions:index"), reverse("search_terms"), reverse("search_terms_results")]
    for address in addresses:
        assert (client.get(address).status_code == 200) is may, address
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert (reverse("search_terms") in home) is may
    User.objects.filter(email=f"{account}@example.org").update(is_superuser=may)
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("wagtailsearchpromotions:search_terms") not in home
