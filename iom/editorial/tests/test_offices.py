"""Members of an office work on its texts and on those of the offices below it: every URL, every act."""

import inspect
import re

import pytest
from django.conf import settings
from django.urls import reverse
from wagtail.models import Collection, Page
from wagtail.permissions import policy_registry

from iom.contacts.models import PressContact
from iom.editorial.tests import matrix, offices
from iom.editorial.tests.test_matrix import measure_access, measure_acts
from iom.tests.factories import ArticleFactory, OfficeFactory, PressContactFactory, SiteImageFactory
from iom.tests.html_forms import forms
from iom.translation.tests.test_minor_corrections import form_data
from newsroom.importing.writer import write_draft
from newsroom.models import NewsArticle, NewsIndex
from newsroom.release import PressRelease

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
# What does not show or change the text: lists, a new text beside it, a request to withdraw it.
ABOUT_NO_TEXT = {
    "checks_new_page", "wagtailadmin_explore", "wagtailadmin_explore_results", "wagtailadmin_pages:add",
    "wagtailadmin_pages:preview_on_add", "wagtailadmin_pages:add_subpage", "withdrawal_withdraw",
}  # fmt: skip
ACTS_ABOUT_NO_TEXT = {"add_below_its_section"}
# Answers of the permission tester that are about the pages below, the place, or what is no act.
ABOUT_OTHERS = {"can_ask_for_withdrawal", "can_add_subpage", "can_publish_subpage", "can_view", "can_view_revisions"}
NEEDS_A_PLACE = {"can_move_to", "can_copy_to"}


@pytest.fixture
def places():
    return offices.create_offices()


def expected(table, about_no_text):
    """Returns the expected cells by kind of office, from the officer's letter in the table."""
    return {
        name: tuple(
            "o" if "o" in cells[0] and (kind in offices.THEIRS or name in about_no_text) else ""
            for kind in offices.KINDS
        )
        for name, cells in table.items()
    }


def test_an_officer_of_an_office_opens_the_texts_of_that_office(places):
    found = measure_access(matrix.PAGES, offices.columns(places), {"o": offices.client()})
    wanted = expected(matrix.PAGES, ABOUT_NO_TEXT)

    assert {name: (cells, wanted[name]) for name, cells in found.items() if cells != wanted[name]} == {}


def test_an_officer_of_an_office_changes_the_texts_of_that_office(places):
    found = measure_acts(matrix.ACTS_ON_PAGES, offices.columns(places), {"o": offices.client()})
    wanted = expected(matrix.ACTS_ON_PAGES, ACTS_ABOUT_NO_TEXT)

    assert {name: (cells, wanted[name]) for name, cells in found.items() if cells != wanted[name]} == {}


def answers(page, user):
    tester = page.permissions_for_user(user)
    names = {name for name, _method in inspect.getmembers(tester, inspect.ismethod) if name.startswith("can_")}
    return {name: getattr(tester, name)() for name in names - NEEDS_A_PLACE - ABOUT_OTHERS}


@pytest.mark.parametrize("account", ["officer", "editor", "admin", "translator.en"])
@pytest.mark.parametrize("kind", offices.KINDS)
def test_every_answer_about_a_text_asks_for_its_office(places, account, kind):
    """Editors, administrators and translators who belong to an office are not limited by it."""
    article = ArticleFactory(office=places[kind])
    everywhere = answers(NewsArticle.objects.get(pk=article.pk), offices.posted(account))
    person = offices.posted(account, places["own"])
    is_limited = account == "officer" and kind not in offices.THEIRS
    for page in (NewsArticle.objects.get(pk=article.pk), Page.objects.get(pk=article.pk)):
        found = answers(page, offices.user(person.email.partition("@")[0]))
        assert found == (dict.fromkeys(everywhere, False) if is_limited else everywhere)


def test_who_belongs_to_headquarters_as_well_works_for_all_offices(places):
    offices.posted("officer", places["own"], OfficeFactory(kind="headquarters"))
    assert ArticleFactory(office=places["other"]).permissions_for_user(offices.user("officer")).can_edit()


def test_pages_without_an_office_are_of_headquarters(places):
    officer = offices.user("officer")
    for page in Page.objects.filter(depth__gt=2).exclude(pk__in=NewsArticle.objects.values("pk")).specific():
        tester = page.permissions_for_user(officer)
        assert not tester.can_edit()
        assert tester.can_add_subpage() == isinstance(page, NewsIndex)


def test_the_published_office_decides(places):
    """A draft with another office, or a form that names one, gives nobody the text."""
    article = ArticleFactory(office=places["other"])
    article.office = places["own"]
    article.save_revision()
    article = NewsArticle.objects.get(pk=article.pk)
    for page in (article, article.get_latest_revision_as_object()):
        assert not page.permissions_for_user(offices.user("officer")).can_publish()


def test_querysets_agree_with_the_permissions_of_pages(places):
    articles = {kind: ArticleFactory(office=places[kind]) for kind in offices.KINDS}
    officer, policy = offices.user("officer"), policy_registry.get_by_type(Page)
    found = policy.instances_user_has_permission_for(officer, "change").values_list("pk", flat=True)
    assert {kind for kind, article in articles.items() if article.pk in found} == set(offices.THEIRS)
    for kind, article in articles.items():
        page = Page.objects.get(pk=article.pk)
        assert policy.user_has_permission_for_instance(officer, "change", page) == (kind in offices.THEIRS)
    known = policy.explorable_instances(officer).values_list("pk", flat=True)
    assert {article.pk for article in articles.values()} <= set(known)


@pytest.mark.parametrize("chosen", ["other", "below", "none", None])
def test_a_new_text_is_of_an_office_of_its_author(places, sign_in, chosen):
    section = NewsIndex.objects.get(locale__language_code="fr")
    address = reverse("wagtailadmin_pages:add", args=["newsroom", "newsarticle", section.pk])
    data = form_data(NewsArticle(title="Nouveau", slug="nouveau"))
    data |= {"office": getattr(places.get(chosen), "pk", "")} if chosen else {}
    sign_in("officer").post(address, data)

    made = NewsArticle.objects.filter(slug="nouveau").first()
    if chosen == "other":
        assert made is None
    else:
        assert made.office == (places["below"] if chosen == "below" else places["own"])


def test_a_text_cannot_be_given_to_an_office_of_others(places, sign_in):
    article = ArticleFactory(office=places["own"])
    address = reverse("wagtailadmin_pages:edit", args=[article.pk])
    sign_in("officer").post(address, form_data(article, office=places["other"].pk))
    assert not NewsArticle.objects.get(pk=article.pk).latest_revision_id
    sign_in("officer").post(address, form_data(article, office=""))
    assert NewsArticle.objects.get(pk=article.pk).get_latest_revision_as_object().office == places["own"]


def test_an_imported_text_gets_the_office_of_the_user_who_imports_it(places):
    section = NewsIndex.objects.get(locale__language_code="fr")
    release = PressRelease(title="Importé", summary="", locale="fr")
    assert write_draft(release, section, offices.user("officer")).office == places["own"]


def may_edit(client, contact):
    return client.get(reverse("wagtailsnippets_contacts_presscontact:edit", args=[contact.pk])).status_code == 200


def test_contacts_are_changed_by_their_office(places, sign_in):
    contacts = {kind: PressContactFactory(office=places[kind]) for kind in ("own", "below", "other")}
    edits = {kind: may_edit(sign_in("officer"), contact) for kind, contact in contacts.items()}
    assert edits == {"own": True, "below": True, "other": False}
    assert may_edit(sign_in("editor"), contacts["other"])
    address = reverse("wagtailsnippets_contacts_presscontact:add")
    data = {"name": "Neu", "email": "n@example.org", "role": "press-officer", "office": places["other"].pk}
    sign_in("officer").post(address, data)
    assert not PressContact.objects.filter(name="Neu").exists()
    sign_in("officer").post(address, data | {"office": places["own"].pk})
    assert PressContact.objects.get(name="Neu").office == places["own"]


def test_the_pictures_of_the_office_come_first(places, sign_in):
    ours, others = (
        SiteImageFactory(uploaded_by_user=offices.user(account), collection=Collection.get_first_root_node())
        for account in ("officer", "editor")
    )
    found = sign_in("officer").get(reverse("wagtailimages_chooser:choose")).context["results"].object_list
    assert found.index(ours) == 0 < found.index(others)
    assert sign_in("editor").get(reverse("wagtailimages_chooser:choose")).context["results"].object_list[0] == others


@pytest.mark.parametrize(("account", "may"), [("editor", False), ("admin", True)])
def test_administrators_say_who_works_for_an_office(places, sign_in, account, may):
    client = sign_in(account)
    address = reverse("wagtailsnippets_contacts_office:edit", args=[places["other"].pk])
    assert ("staff-TOTAL_FORMS" in client.get(address).content.decode()) == may
    (form,) = [form for form in forms(client.get(address).content, address) if "names-0-language" in form.values]
    staff = {"staff-TOTAL_FORMS": 1, "staff-INITIAL_FORMS": 0, "staff-0-user": offices.user("officer").pk}
    client.post(form.action, form.values | staff)
    assert places["other"].staff.exists() == may


ROWS = re.compile(r"^\| .*?<!-- office: ([\w ]+) -->(.*)$", re.MULTILINE)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_guide_tells_officers_what_they_may_do_with_which_text(places, language):
    """The guide's table has each act of officers on a page: in their own office, one below it, and another one."""
    guide = (settings.BASE_DIR / "docs" / f"officers.{language}.md").read_text()
    documented = {
        act: [cell.strip() == "✓" for cell in cells.strip("| ").split("|")]
        for acts, cells in ROWS.findall(guide)
        for act in acts.split()
    }
    acts = {act: cells for act, cells in matrix.ACTS_ON_PAGES.items() if "o" in cells[0]}
    columns = [column for column, kind in zip(offices.columns(places), offices.KINDS, strict=True) if kind != "none"]
    found = measure_acts(acts, columns, {"o": offices.client()})

    assert documented == {act: ["o" in cell for cell in cells] for act, cells in found.items()}
