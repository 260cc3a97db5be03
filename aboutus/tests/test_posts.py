"""Posts and units: their holders, their reporting lines, and the chart."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from aboutus.models import StructurePage
from aboutus.models.structure import chart
from aboutus.tests.country_pages import soup
from iom.navigation.tests.pairs import at, restrict, translate
from iom.navigation.visibility import visible
from iom.tests.addresses import page

ROOT = {"fr": "/fr/qui-sommes-nous/structure/", "en": "/en/who-we-are/structure/"}


def post(title, **values):
    page = at(ROOT["fr"]).add_child(instance=StructurePage(title=title, locale=at("/fr/").locale, **values))
    page.save_revision().publish()
    return StructurePage.objects.get(pk=page.pk)


def drawn(language="fr"):
    """The chart as titles, each with those that report to it."""
    pages = visible(StructurePage.objects.filter(locale__language_code=language))

    def names(posts):
        return {one.page.title: names(one.reports) for one in posts}

    return names(chart(pages))


def test_the_chart_of_the_demonstration_is_one_tree_below_the_director_general(db):
    for language, top in (("fr", "Directrice générale"), ("en", "Director General")):
        (only,) = drawn(language)
        assert only == top
        assert len(drawn(language)[top]) == 6  # the example post among them


def test_both_languages_draw_the_same_chart_although_reporting_lines_name_french_pages(db):
    english = StructurePage.objects.filter(locale__language_code="en").exclude(reports_to=None)
    assert {page.reports_to.locale.language_code for page in english} == {"fr"}

    def outline(tree):
        return [outline(below) for below in tree.values()]

    assert outline(drawn("fr")) == outline(drawn("en"))


def test_the_chart_follows_who_reports_to_whom_not_where_pages_stand(db):
    top = post("Sommet")
    below = post("Au-dessous", reports_to=top)
    post("Tout en bas", reports_to=below)

    assert drawn()["Sommet"] == {"Au-dessous": {"Tout en bas": {}}}


def test_posts_of_one_level_stand_in_the_order_of_the_tree(db):
    top = post("Sommet")
    for name in ("Un", "Deux", "Trois"):
        post(name, reports_to=top)
    french = StructurePage.objects.filter(locale__language_code="fr")
    french.get(title="Trois").move(french.get(title="Un"), pos="left")

    assert list(drawn()["Sommet"]) == ["Trois", "Un", "Deux"]


@pytest.mark.parametrize("state", ["draft", "private", "translation private"])
def test_a_post_that_a_visitor_may_not_see_is_not_drawn_and_loses_nobody_below_it(db, state):
    top = post("Sommet")
    hidden = post("Caché", reports_to=top)
    post("Tout en bas", reports_to=hidden)
    if state == "draft":
        hidden.unpublish()
    else:
        restrict(hidden if state == "private" else translate(hidden))
    titles = str(drawn())

    assert "Caché" not in titles
    assert "Tout en bas" in titles


def test_a_post_without_a_translation_is_not_drawn_in_the_other_language(db):
    top = post("Sommet")
    below = post("Au-dessous", reports_to=top)
    translate(below, title="Below")

    assert drawn("en")["Below"] == {}
    assert "Sommet" not in drawn("en")


def test_the_chart_costs_one_query(db, django_assert_num_queries):
    pages = visible(StructurePage.objects.filter(locale=at("/fr/").locale))

    with django_assert_num_queries(1):
        chart(pages)


def test_the_chart_is_drawn_only_where_it_is_asked_for(rf, db):
    page = at("/fr/qui-sommes-nous/structure/structure-organisationnelle/")
    assert len(page.get_context(rf.get(page.url))["chart"]) == 1

    page.shows_chart = False
    assert "chart" not in page.get_context(rf.get(page.url))


def refused(page):
    with pytest.raises(ValidationError) as refusal:
        page.full_clean()
    return set(refusal.value.error_dict)


def test_a_reporting_line_does_not_come_back_to_where_it_began(db):
    top = post("Sommet")
    middle = post("Milieu", reports_to=top)
    bottom = post("Bas", reports_to=middle)
    bottom.full_clean()

    for above in (top, middle, bottom):
        top.reports_to = StructurePage.objects.get(pk=above.pk)
        assert refused(top) == {"reports_to"}


def test_nor_by_way_of_the_other_language(db):
    top = post("Sommet")
    bottom = post("Bas", reports_to=top)

    for above in (translate(top), translate(bottom)):
        changed = StructurePage.objects.get(pk=top.pk)
        changed.reports_to = above
        assert refused(changed) == {"reports_to"}


def test_a_vacant_post_has_no_holder(db):
    vacant = post("Vacant", status="vacant")
    vacant.full_clean()
    vacant.holder_name = "Quelqu’un"

    assert refused(vacant) == {"holder_name"}


@pytest.mark.parametrize(
    ("gender", "title"), [("f", "Directrice générale"), ("m", "Directeur général"), ("", "Directrice générale")]
)
def test_a_title_agrees_with_its_holder(gender, title):
    page = StructurePage(
        title="Direction générale",
        holder_gender=gender,
        title_feminine="Directrice générale",
        title_masculine="Directeur général",
    )

    assert page.holder_title == title


def test_a_title_that_is_missing_in_one_gender_is_never_empty():
    assert StructurePage(title="Poste", holder_gender="f", title_masculine="Chef").holder_title == "Chef"
    assert StructurePage(title="Poste", holder_gender="m", title_feminine="Cheffe").holder_title == "Cheffe"
    assert StructurePage(title="Poste", holder_gender="m").holder_title == "Poste"


def test_name_and_gender_are_the_same_in_both_languages_and_titles_are_not(db):
    french = at("/fr/qui-sommes-nous/structure/directrice-generale/")
    english = at("/en/who-we-are/structure/director-general/")

    assert (
        (french.holder_name, french.holder_gender) == (english.holder_name, english.holder_gender) == ("Amy Pope", "f")
    )
    assert (french.holder_title, english.holder_title) == ("Directrice générale", "Director General")


def test_a_telephone_is_kept_as_one_dials_it_and_a_bad_one_refused(db):
    page = post("Poste", contact_phone="+41 22 717 91 11")
    page.full_clean()
    assert page.contact_phone == "+41227179111"

    page.contact_phone = "717"
    assert refused(page) == {"contact_phone"}


def circle(*posts):
    """Each reports to the next, the last to the first, as only the database allows it."""
    for one, above in zip(posts, (*posts[1:], posts[0]), strict=True):
        StructurePage.objects.filter(pk=one.pk).update(reports_to=above)


def test_posts_in_a_circle_are_all_drawn(db):
    first, second = post("Premier"), post("Deuxième")
    third = post("Troisième", reports_to=first)
    circle(first, second)

    assert {"Premier": {"Troisième": {}}, "Deuxième": {}}.items() <= drawn().items()
    StructurePage.objects.get(pk=third.pk).full_clean()
    with pytest.raises(ValidationError) as refusal:
        StructurePage.objects.get(pk=first.pk).full_clean()
    assert set(refusal.value.error_dict) == {"reports_to"}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_chart_leads_readers_to_the_page_of_each_post(visitor, language):
    links = [link["href"] for link in soup(visitor, page("chart", language).url).select(".chart-title a")]
    posts = visible(StructurePage.objects.filter(locale__language_code=language))
    assert sorted(links) == sorted(post.url for post in posts)
    assert all(visitor.get(link).status_code == 200 for link in links)


def test_the_form_of_the_chart_leads_to_the_form_of_each_post_in_one_click(sign_in):
    draft = at(ROOT["fr"]).add_child(instance=StructurePage(title="Nouveau", locale=at("/fr/").locale, live=False))

    def leads_to(name):
        form = soup(sign_in("officer"), reverse("wagtailadmin_pages:edit", args=[page(name, "fr").pk]))
        return {link["href"] for link in form.select("#page-edit-form .chart-posts a")}

    posts = StructurePage.objects.filter(locale__language_code="fr")
    assert draft in posts
    assert leads_to("chart") == {reverse("wagtailadmin_pages:edit", args=[post.pk]) for post in posts}
    assert leads_to("section") == set()


@pytest.mark.parametrize(
    ("title", "shown"), [("Direction générale", ["Directrice générale"]), ("Directrice générale", [])]
)
def test_the_title_of_a_holder_is_said_where_it_is_not_that_of_the_page(visitor, title, shown):
    held = {"holder_name": "Une Personne", "holder_gender": "f", "title_feminine": "Directrice générale"}
    holder = soup(visitor, post(title, **held).url).select_one(".holder")

    assert holder.select_one(".holder-name").text == "Une Personne"
    assert [line.text.strip() for line in holder.select(".holder-title")] == shown


def test_an_acting_holder_is_said_to_be_one_also_where_the_title_is_that_of_the_page(visitor):
    holder = soup(visitor, post("Directeur", holder_name="Une Personne", status="acting").url).select_one(".holder")

    assert holder.select_one(".holder-title").text.split() == ["Par", "intérim"]
