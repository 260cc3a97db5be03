"""`manage.py demo` can be run again, and on a production site."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from wagtail.models import Page, Revision

from iom.media.models import SiteImage
from iom.users import KNOWN_PASSWORD
from iom.users.models import User

OURS = {"home", "aboutus", "newsroom", "contacts", "media", "users", "wagtailcore", "wagtail_localize", "auth"}


def run():
    output = StringIO()
    call_command("demo", stdout=output)
    return output.getvalue()


def inventory():
    """Returns the keys of all records, and the state of all pages."""
    records = {
        model._meta.label: sorted(map(str, model._default_manager.values_list("pk", flat=True)))
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in OURS
    }
    pages = Page.objects.order_by("pk").values_list(
        "pk",
        "title",
        "url_path",
        "live",
        "latest_revision",
        "live_revision",
        "last_published_at",
        "has_unpublished_changes",
    )
    return records | {
        "state of pages": list(pages),
        "revisions": list(Revision.objects.order_by("pk").values_list("pk", "content")),
    }


def test_a_second_run_adds_and_changes_nothing(db):
    before = inventory()

    assert "0 pages and 0 articles added" in run()
    after = inventory()

    assert {name for name in before if before[name] != after[name]} == set()


def test_what_editors_have_changed_since_is_left_as_it_is(db):
    page = Page.objects.get(url_path="/fr/notre-travail/partenariats/").specific
    page.title, page.slug = "Autre titre", "autre-adresse"
    page.save_revision().publish()
    picture = SiteImage.objects.first()
    SiteImage.objects.filter(pk=picture.pk).update(credit="Autre")
    before = inventory()

    run()

    assert inventory() == before
    assert SiteImage.objects.get(pk=picture.pk).credit == "Autre"


def test_an_article_that_was_deleted_comes_back_and_no_other_is_touched(db):
    deleted = Page.objects.get(url_path__startswith="/fr/actualites/colombie-cinq-equipes")
    key = deleted.translation_key
    deleted.specific.delete()
    assert not Page.objects.filter(translation_key=key).exists()
    others = set(Page.objects.values_list("pk", flat=True))

    assert "0 pages and 1 articles added" in run()

    added = Page.objects.exclude(pk__in=others)
    assert {page.translation_key for page in added} == {key}
    assert sorted(added.values_list("locale__language_code", "live")) == [("en", True), ("fr", True)]


def test_production_makes_no_account_and_prints_no_password(db, settings):
    settings.DEMO_PASSWORD = ""
    User.objects.all().delete()

    output = run()

    assert not User.objects.exists()
    assert KNOWN_PASSWORD not in output.split("Demonstration:")[0] + output.split("added.")[1]
    assert "No accounts" in output


def test_production_changes_no_account_that_is_there(db, settings):
    settings.DEMO_PASSWORD = ""
    before = list(User.objects.order_by("pk").values_list("pk", "email", "password"))

    run()

    assert list(User.objects.order_by("pk").values_list("pk", "email", "password")) == before


def test_development_says_how_to_sign_in(db):
    output = run()

    assert KNOWN_PASSWORD in output
    for user in User.objects.all():
        assert user.email in output
        assert user.check_password(KNOWN_PASSWORD)


@pytest.mark.parametrize("key", ["no-such-page"])
def test_a_text_that_names_a_missing_page_is_reported_by_its_key(db, monkeypatch, key):
    from iom.demo import articles, content, records

    table = next(table for table in content.read_articles() if table["key"] == "every-block")
    broken = table | {
        "key": "broken",
        "body": [{"type": "related_pages", "pages": [key], "fr": {"title": ""}, "en": {"title": ""}}],
    }
    monkeypatch.setattr(content, "read_articles", lambda: [broken])

    with pytest.raises(ValueError, match="broken"):
        articles.load(records.load(), None, {})
    assert not Page.objects.filter(translation_key=content.stable_uuid("broken")).exists()


@pytest.mark.parametrize("number", ["-1", "10000000"])
def test_an_invalid_number_of_articles_gives_a_message(number):
    with pytest.raises(CommandError) as refused:
        call_command("demo", "--articles", number)
    assert "--articles" in str(refused.value)
    assert len(str(refused.value)) < 100
