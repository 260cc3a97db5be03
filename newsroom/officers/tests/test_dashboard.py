"""The dashboard of a press officer: new article, drafts, reviews, scheduled and published articles, problems."""

from datetime import timedelta
from functools import partial

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask

from iom.checks.models import LinkAddress, LinkUse
from iom.contacts.models import Office
from iom.core.draft_limits import limit_to
from iom.editorial.tests.test_bounded_listings import measures_that_grow, steps
from iom.media.models import SiteImage
from iom.tests.factories import ArticleFactory
from iom.translation.models import TranslationState
from iom.translation.tests.test_desk import user
from iom.withdrawal.models import Kind
from iom.withdrawal.withdrawing import withdraw
from newsroom.models import ArticleContact
from newsroom.officers import hooks
from newsroom.officers.tests.test_listing import draft, get_queries, in_review, published, scheduled

pytestmark = pytest.mark.django_db
BUDGET = 58
HOME = "/admin/"


def panel(client, name, language="en"):
    """The text of a panel; empty if it is not shown."""
    answer = client.get(HOME, headers={"accept-language": language})
    assert answer.status_code == 200
    found = BeautifulSoup(answer.content, "html.parser").select_one(f"#officers-{name}-section")
    return " ".join(found.text.split()) if found else ""


def heading(client, name, language):
    answer = client.get(HOME, headers={"accept-language": language})
    found = BeautifulSoup(answer.content, "html.parser").select_one(f"#officers-{name}-heading")
    return " ".join(found.text.split())


def test_my_drafts_are_those_that_i_began_or_last_saved(sign_in):
    begun = ArticleFactory(title="Commencé", live=False, owner=user("officer"))
    begun.save_revision(user=user("editor"))
    draft(title="Repris", owner=user("editor"))
    other = ArticleFactory(title="Autrui", live=False, owner=user("editor"))
    other.save_revision(user=user("editor"))
    published(title="Paru", owner=user("officer"))

    mine = panel(sign_in("officer"), "mine")
    assert "Commencé" in mine
    assert "Repris" in mine
    assert "Autrui" not in mine
    assert "Paru" not in mine


def test_what_is_withdrawn_is_no_draft_of_mine(sign_in):
    article = published(title="Retiré", owner=user("officer"))
    withdraw(article, user("editor"), Kind.PUBLIC, {"fr": "Faux."})
    assert panel(sign_in("officer"), "mine").count("Retiré") == 0


def test_what_is_scheduled_is_no_draft_of_mine(sign_in):
    scheduled(title="Bientôt", owner=user("officer"))
    client = sign_in("officer")
    assert "Bientôt" in panel(client, "scheduled")
    assert "Bientôt" not in panel(client, "mine")


def test_what_waits_for_my_review_is_there_and_leads_to_the_editor(sign_in):
    article = in_review(title="À relire")
    client = sign_in("editor")
    assert "À relire" in panel(client, "reviews")
    assert reverse("wagtailadmin_pages:edit", args=[article.pk]) in client.get(HOME).text
    assert heading(client, "reviews", "fr") == "En attente de votre relecture"
    assert panel(sign_in("officer"), "reviews") == ""


def test_what_is_scheduled_has_the_hour_and_the_zone_the_next_first(sign_in):
    later = scheduled(title="Plus tard")
    later.go_live_at = timezone.now() + timedelta(days=9)
    later.save_revision().publish()
    at = timezone.localtime(scheduled(title="Bientôt", language="en").go_live_at)
    for language in ("fr", "en"):
        text = panel(sign_in("officer"), "scheduled", language)
        assert text.index("Bientôt") < text.index("Plus tard")
        hour = f"{at.hour} h {at:%M} (Genève)" if language == "fr" else f"{at:%H:%M} (Geneva)"
        assert hour in text.replace("\u00a0", " ")


def test_what_is_scheduled_and_limited_to_others_is_not_there(sign_in):
    limited = scheduled(title="Confidentiel")
    limit_to(limited, [user("editor")])
    address = reverse("wagtailadmin_pages:edit", args=[limited.pk])
    assert address in sign_in("editor").get(HOME).content.decode()
    assert address not in sign_in("officer").get(HOME).content.decode()


def test_what_was_published_today_has_the_state_of_its_translation(sign_in):
    article = published(title="Paru")
    yesterday = published(title="Ancien")
    for one in (yesterday, published(title="Corrigé")):
        one.first_published_at = timezone.now() - timedelta(days=1)
        one.save()
    client = sign_in("officer")
    text = panel(client, "today")
    assert "Paru" in text
    assert "English To translate" in text
    assert "Ancien" not in text
    assert "Corrigé" not in text
    TranslationState.objects.filter(original=article.pk).update(step="translated")
    assert "Traduit" in panel(client, "today", "fr")


def test_problems_are_said_with_what_to_do_and_the_worst_comes_first(sign_in):
    contact = ArticleContact.objects.select_related("contact").first().contact
    client = sign_in("officer")
    assert panel(client, "problems") == ""
    for days, is_shown in ((-31, False), (-1, True), (10, True), (20, False)):
        contact.in_post_until = timezone.localdate() + timedelta(days=days)
        contact.save()
        assert (contact.name in panel(client, "problems")) == is_shown, days
    contact.in_post_until = timezone.localdate()
    contact.save()
    SiteImage.objects.filter(pk=SiteImage.objects.first().pk).update(
        rights_until=timezone.localdate() - timedelta(days=1)
    )
    text = panel(client, "problems")
    assert text.index("Rights of pictures") < text.index(contact.name)
    assert "Choose another one" in text


@pytest.mark.parametrize("account", ["translator.fr", "translator.en"])
def test_translators_have_their_own_panels_alone(sign_in, account):
    for make in (draft, scheduled, published):
        make(title="Zirconium")
    client = sign_in(account)
    text = client.get(HOME, headers={"accept-language": "en"}).text
    assert "New press release" not in text
    for name in ("mine", "reviews", "scheduled", "today"):
        assert panel(client, name) == ""
    assert "Pending translations" in text


def test_a_reviewer_who_writes_no_originals_keeps_the_panel_of_wagtail(sign_in):
    group = Group.objects.get(user=user("translator.fr"))
    GroupApprovalTask.objects.first().groups.add(group)
    in_review(title="À relire")
    assert "À relire" in sign_in("translator.fr").get(HOME).text


@pytest.mark.parametrize("account", ["officer", "editor", "admin"])
def test_the_dashboard_keeps_its_budget(sign_in, account):
    client = sign_in(account)
    for make in (draft, in_review, scheduled, published):
        make(title="un", office=Office.objects.first(), owner=user(account))
    few = get_queries(client, HOME)
    assert len(few) <= BUDGET, "\n\n".join(few)
    for make in (draft, in_review, scheduled, published):
        for title in ("deux", "trois"):
            make(title=title, office=Office.objects.first(), owner=user(account))
    assert len(get_queries(client, HOME)) == len(few)


@pytest.mark.sqlite
def test_ten_times_as_many_articles_take_no_more_of_the_database(sign_in, monkeypatch):
    """The queries of the panels; Wagtail's summary of the site counts all pages besides."""

    def taken(client):
        with monkeypatch.context() as patch:
            patch.setattr(hooks, "panels_for", lambda user: [])
            others = steps(client, HOME)
        return steps(client, HOME) - others

    assert measures_that_grow({account: partial(taken, sign_in(account)) for account in ("officer", "editor")}) == {}


def broken_link(page, number=1):
    address, _created = LinkAddress.objects.get_or_create(
        digest=str(number),
        defaults={
            "url": f"https://gone.example.org/{number}",
            "asked_at": timezone.now(),
            "problem": LinkAddress.Problem.GONE,
            "failures": 1,
            "since": timezone.now() - timedelta(days=number),
        },
    )
    return LinkUse.objects.create(page=page, address=address)


def test_broken_links_of_ones_own_published_texts_lead_to_the_texts(sign_in):
    begun = published(title="Commencé", owner=user("officer"))
    saved = published(title="Repris", owner=user("editor"))
    saved.save_revision(user=user("officer")).publish()
    other = published(title="Autrui", owner=user("editor"))
    hidden = draft(title="Projet", owner=user("officer"))
    for page in (begun, saved, other, hidden):
        broken_link(page)
    for page in (begun.get_translations().first(), begun):
        broken_link(page, number=2)
    client = sign_in("officer")
    text = panel(client, "problems")
    assert "2 links do not work: “Commencé” https://gone.example.org/2 (There is no such page.)" in text
    assert "A link does not work: “Repris”" in text
    assert "Autrui" not in text
    assert "Projet" not in text
    assert text.count("Commencé") == 1
    for page in (begun, saved):
        assert f'href="{reverse("wagtailadmin_pages:edit", args=[page.pk])}"' in client.get(HOME).text


def test_many_broken_links_take_as_little_room_and_as_many_queries_as_one(sign_in):
    client = sign_in("officer")
    pages = [published(title=f"Texte {number}.", owner=user("officer")) for number in range(8)]
    broken_link(pages[0])
    one = get_queries(client, HOME)
    for days, page in enumerate(pages, 2):
        broken_link(page, number=days)
    assert len(get_queries(client, HOME)) == len(one)
    text = panel(client, "problems")
    assert text.count("does not work") == 5
    assert "Texte 7." in text  # has failed longest


@pytest.mark.parametrize("name", ["officer", "editor", "admin"])
def test_no_counts_of_all_pages_and_pictures_are_shown(sign_in, name):
    assert not BeautifulSoup(sign_in(name).get(HOME).content, "html.parser").select(".w-summary")
