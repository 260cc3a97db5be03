"""Reviews of standing pages: their dates, permissions, the report and the dashboard."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page, PageLogEntry, get_page_models
from wagtail.users.models import UserProfile

from aboutus.models import PageReview
from aboutus.models.review import a_year_after
from aboutus.models.section import SectionPage
from home.models import HomePage
from iom.tests.addresses import COUNTRY, LANGUAGES, PAGES, page
from iom.tests.test_queries import queries
from iom.tests.test_structured_data import data_by_type
from iom.users.models import User
from newsroom.models import NewsArticle, NewsIndex

TODAY = timezone.localdate()
DAY = date(2026, 3, 1)


def person(account):
    return User.objects.get(email=f"{account}@example.org")


def reviewed(here, day=DAY, **fields):
    review = PageReview.for_page(here)
    review.mark_reviewed(day)
    PageReview.objects.filter(pk=review.pk).update(**fields)
    return PageReview.objects.get(pk=review.pk)


def line(visitor, address):
    found = BeautifulSoup(visitor.get(address).content, "html5lib").select_one(".reviewed")
    return found and " ".join(found.text.split())


def test_every_type_of_page_is_a_standing_page_but_news_and_the_home_page():
    others = {model for model in get_page_models() if not issubclass(model, SectionPage)} - {Page}
    assert others == {HomePage, NewsIndex, NewsArticle}


@pytest.mark.parametrize("name", [name for name, model, _key in PAGES if issubclass(model, SectionPage)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_readers_see_when_a_page_was_reviewed_in_every_language(visitor, name, language):
    reviewed(page(name, "fr"))
    here = page(name, language)
    assert (
        line(visitor, here.url)
        == {
            "fr": "Page revue le 1er mars 2026. Prochaine revue au plus tard le 1er mars 2027.",
            "en": "Page reviewed on 1 March 2026. Next review by 1 March 2027.",
        }[language]
    )
    about = data_by_type(visitor, here.url)["WebPage"]
    assert about["lastReviewed"] == "2026-03-01"
    assert about["url"].endswith(here.url)


def test_nothing_is_said_of_a_page_that_was_not_reviewed_nor_on_the_pages_of_countries(visitor):
    PageReview.objects.all().delete()
    assert line(visitor, page("legal", "fr").url) is None
    reviewed(page("map", "fr"))
    assert line(visitor, COUNTRY["fr"]) is None


def test_a_review_costs_readers_no_query(visitor):
    here = page("legal", "fr")
    PageReview.objects.all().delete()
    without = len(queries(visitor, here.url))
    reviewed(here)
    assert len(queries(visitor, here.url)) == without


def test_readers_see_a_new_review_at_once(visitor):
    here = page("legal", "en")
    reviewed(here)
    assert "1 March 2026" in line(visitor, here.url)
    reviewed(here, date(2026, 5, 2))
    assert "2 May 2026" in line(visitor, here.url)


def test_a_page_is_to_be_reviewed_a_year_after_its_first_publication(sign_in):
    PageReview.objects.all().delete()
    here = page("legal", "fr")
    here.save_revision().publish()
    review = PageReview.objects.get()
    assert (review.page_id, review.reviewed_on, review.due_on) == (here.pk, None, a_year_after(TODAY))
    PageReview.objects.update(due_on=DAY)
    here.save_revision().publish()
    assert PageReview.objects.get().due_on == DAY


def test_a_leap_day_is_no_day_of_the_next_year():
    assert a_year_after(date(2028, 2, 29)) == date(2029, 3, 1)
    assert a_year_after(date(2027, 2, 28)) == date(2028, 2, 28)


# --- In the admin ----------------------------------------------------------------------------------------------------


def review_forms(client, here):
    answer = client.get(reverse("wagtailadmin_pages:edit", args=[here.pk]))
    content = BeautifulSoup(answer.content, "html5lib")
    return content.select(f"form[action='{reverse('page_review', args=[here.pk])}']")


@pytest.mark.parametrize("account", ["officer", "editor"])
def test_one_click_in_the_editor_records_the_review_of_today(sign_in, visitor, account):
    client, here = sign_in(account), page("legal", "fr")
    form = next(form for form in review_forms(client, here) if form.select_one("button[name=today]"))
    draft = here.get_latest_revision()

    client.post(form["action"], {"today": "1"})

    review = PageReview.for_page(here)
    assert (review.reviewed_on, review.due_on) == (TODAY, a_year_after(TODAY))
    assert PageLogEntry.objects.filter(page=here, action="aboutus.review", user=person(account)).exists()
    assert str(TODAY.year) in line(visitor, here.url)
    assert here.get_latest_revision() == draft  # neither draft nor text is touched


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])  # in one of them it is another day
def test_the_review_of_today_has_the_day_of_the_site_wherever_its_editor_works(sign_in, zone):
    UserProfile.objects.update_or_create(user=person("editor"), defaults={"current_time_zone": zone})
    here = page("legal", "fr")

    sign_in("editor").post(reverse("page_review", args=[here.pk]), {"today": "1"})

    assert PageReview.for_page(here).reviewed_on == timezone.localdate(timezone=timezone.get_default_timezone())


def test_dates_and_the_person_are_chosen_in_the_form(sign_in):
    client, here = sign_in("officer"), page("legal", "fr")
    reviewed(here, reminded="overdue")
    data = {
        "review-reviewed_on": "2026-05-04",
        "review-due_on": "2028-05-04",
        "review-responsible": person("editor").pk,
    }
    client.post(reverse("page_review", args=[here.pk]), data)
    review = PageReview.for_page(here)
    assert (str(review.reviewed_on), str(review.due_on), review.responsible) == (
        "2026-05-04",
        "2028-05-04",
        person("editor"),
    )
    assert review.reminded == "never"


@pytest.mark.parametrize(
    "data",
    [
        {"review-reviewed_on": str(TODAY + timedelta(days=1)), "review-due_on": str(TODAY + timedelta(days=400))},
        {"review-reviewed_on": "2026-05-04", "review-due_on": "2026-05-04"},
        {"review-reviewed_on": "2026-05-04", "review-due_on": ""},
    ],
)
def test_impossible_dates_are_refused_in_words(sign_in, data):
    client, here = sign_in("officer"), page("legal", "fr")
    before = reviewed(here)
    answer = client.post(reverse("page_review", args=[here.pk]), data, follow=True)
    assert "messages" in answer.content.decode()
    assert PageReview.for_page(here).due_on == before.due_on


@pytest.mark.parametrize("account", ["translator.en", "translator.fr"])
def test_translators_review_nothing(sign_in, account):
    client = sign_in(account)
    for language in LANGUAGES:
        here = page("legal", language)
        before = PageReview.for_page(here).reviewed_on
        client.post(reverse("page_review", args=[here.pk]), {"today": "1"})
        assert PageReview.for_page(here).reviewed_on == before
    assert client.get(reverse("page_reviews")).status_code == 302


def test_who_may_edit_another_page_alone_reviews_only_that_one_and_reads_of_no_other(sign_in):
    here, other = page("section", "fr"), page("legal", "fr")
    group = Group.objects.create(name="Authors of one section")
    group.permissions.set(Permission.objects.filter(codename__in=["write_original", "access_admin"]))
    change = Permission.objects.get(codename="change_page")
    GroupPagePermission.objects.create(group=group, page=here, permission=change)
    User.objects.create_user("author@example.org").groups.add(group)
    reviewed(other)
    client = sign_in("author")

    for one in (here, other):
        client.post(reverse("page_review", args=[one.pk]), {"today": "1"})
    assert (PageReview.for_page(here).reviewed_on, PageReview.for_page(other).reviewed_on) == (TODAY, DAY)
    assert reported(client) & {here.pk, other.pk} == {here.pk}


def reported(client):
    return {review.page_id for review in client.get(reverse("page_reviews")).context["object_list"]}


def test_a_page_that_is_not_public_is_not_among_those_to_be_reviewed(sign_in):
    here = page("legal", "fr")
    reviewed(here)
    assert here.pk in reported(sign_in("editor"))
    here.unpublish()
    assert here.pk not in reported(sign_in("editor"))


def test_a_translation_is_reviewed_with_its_original(sign_in):
    client, english = sign_in("editor"), page("legal", "en")
    assert not review_forms(client, english)
    before = PageReview.for_page(english).reviewed_on
    client.post(reverse("page_review", args=[english.pk]), {"today": "1"})
    assert PageReview.for_page(english).reviewed_on == before


def test_a_review_that_is_due_is_on_top_of_the_form_and_on_the_dashboard(sign_in):
    here = page("legal", "fr")
    PageReview.objects.update(due_on=TODAY + timedelta(days=200), responsible=None)
    client, other = sign_in("officer"), sign_in("editor")
    assert len(review_forms(client, here)) == 2
    PageReview.objects.filter(page=here).update(due_on=TODAY - timedelta(days=1), responsible=person("officer"))

    assert len(review_forms(client, here)) == 3
    edit = reverse("wagtailadmin_pages:edit", args=[here.pk])
    for one in (client, other):
        panel = BeautifulSoup(one.get(reverse("wagtailadmin_home")).content, "html5lib").select_one(
            "#page-reviews-section"
        )
        assert panel.select_one(f"a[href='{edit}']")
        report = BeautifulSoup(one.get(reverse("page_reviews")).content, "html5lib")
        assert report.select_one(f"tbody tr:first-child a[href='{edit}']")
    PageReview.objects.filter(page=here).update(responsible=person("editor"))
    assert b"page-reviews-section" not in client.get(reverse("wagtailadmin_home")).content


# --- Reminders -------------------------------------------------------------------------------------------------------
