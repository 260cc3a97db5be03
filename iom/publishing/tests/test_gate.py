"""Every way to make a text public calls the gate. Each is tried with a gate that allows, and with one that refuses."""

import itertools
import re
from contextlib import suppress
from pathlib import Path

import pytest
import wagtail
import wagtail_localize
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail import hooks
from wagtail.actions import CreateAction, CreatePageAction, EditAction, EditPageAction, action_registry
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Page, get_page_models

from iom.core.models import BasePage
from iom.core.translation_role import Role, role_of
from iom.publishing import actions
from iom.publishing.tests.ways import (
    ADDITIONS,
    CLOSED,
    MAKES_PUBLIC,
    REACHED,
    RELEASE,
    UPDATES,
    by_the_demonstration,
    officer,
)
from iom.tests.factories import ArticleFactory
from iom.translation.workflow import submission
from newsroom.importing.tests.site import FRENCH
from newsroom.models import NewsArticle

TYPES = [model for model in get_page_models() if issubclass(model, BasePage)]


def named(way):
    return way.__name__


def public():
    """All that is live, with what tells one state of it from another."""
    return set(Page.objects.filter(live=True).values_list("pk", "title", "alias_of", "last_published_at"))


def refuse(page, revision, user):
    raise PermissionDenied("Not today.")


def written(model):
    """A live page with a draft that waits to be published."""
    page = next(page for page in model.objects.filter(live=True) if role_of(page) != Role.TRANSLATION)
    page.title = "Written"
    page.save_revision(user=officer())
    return model.objects.get(pk=page.pk)


@pytest.fixture
def release(tmp_path):
    """The file that an import reads."""
    RELEASE.append(tmp_path / "release.txt")
    RELEASE[-1].write_text(FRENCH)


def hold(page, revision, user):
    return True


# Each type is refused; what is let through or held back is the same code for all.
ANSWERS = [*itertools.product(TYPES, [refuse]), (NewsArticle, None), (NewsArticle, hold)]


@pytest.mark.parametrize("way", UPDATES, ids=named)
@pytest.mark.parametrize(
    ("model", "answer"), ANSWERS, ids=lambda value: "let-through" if value is None else named(value)
)
def test_an_update_asks_the_gate(db, sign_in, model, way, answer):
    page = written(model)
    before, asked = Page.objects.get(pk=page.pk).title, []

    def ask(page, revision, user):
        asked.append(page.pk)
        return answer and answer(page, revision, user)

    with hooks.register_temporarily("before_publication", ask), suppress(PermissionDenied):
        way(page, sign_in)

    assert asked.count(page.pk) == 1
    after = Page.objects.get(pk=page.pk).title
    assert after == before if answer else after.startswith("Written")


@pytest.mark.parametrize("way", ADDITIONS, ids=named)
def test_a_page_that_comes_into_being_asks_the_gate(db, sign_in, release, way):
    page = NewsArticle.objects.get(pk=ArticleFactory(slug="original").pk)
    before = public()

    with hooks.register_temporarily("before_publication", refuse), suppress(PermissionDenied):
        way(page, sign_in)
    assert public() <= before

    if way is by_the_demonstration:
        return  # what it makes is live already where nobody refuses it
    with suppress(Page.DoesNotExist):
        page.get_parent().get_children().get(slug="copy").delete()  # a draft, in the place of what was refused
    way(page, sign_in)
    assert public() - before


@pytest.mark.parametrize("way", CLOSED, ids=named)
def test_what_is_closed_makes_nothing_public(db, sign_in, way):
    page = written(NewsArticle)
    before = public()
    way(page, sign_in)
    assert public() == before


def test_there_is_no_other_way():
    found = set()
    for package in (wagtail, wagtail_localize):
        root = Path(package.__file__).parent
        for file in root.rglob("*.py"):
            name = str(file.relative_to(root.parent))
            if not re.search(r"/tests?[/.]|/tests_|/migrations/|/test/", name) and MAKES_PUBLIC.search(
                file.read_text()
            ):
                found.add(name)
    assert found == set(REACHED)
    ways = {way.__name__ for way in (*UPDATES, *ADDITIONS, *CLOSED)}
    assert set().union(*REACHED.values()) - ways == {"test_what_an_alias_becomes_is_live_only_where_the_gate_lets_it"}


def test_every_action_of_wagtail_on_pages_is_wrapped():
    """Those that are not, publish by another that is."""
    registered = set(action_registry.get_actions_for_model(NewsArticle).values())
    assert registered - set(actions.WRAPPERS) == {CreatePageAction, EditPageAction}
    assert {CreateAction, EditAction, PublishPageRevisionAction} - set(actions.WRAPPERS) == {CreateAction, EditAction}


def alias_of(page):
    alias = CreatePageAliasAction(page, update_slug=f"alias-{page.pk}", user=officer()).execute(True)
    return type(page).objects.get(pk=alias.pk)


def test_what_an_alias_becomes_is_live_only_where_the_gate_lets_it(db, visitor, sign_in):
    held, let_through = (alias_of(NewsArticle.objects.get(pk=ArticleFactory().pk)) for _ in range(2))
    address = "wagtailadmin_pages:convert_alias"

    with hooks.register_temporarily("before_publication", refuse):
        sign_in("admin").post(reverse(address, args=[held.pk]))
    sign_in("admin").post(reverse(address, args=[let_through.pk]))

    assert not NewsArticle.objects.get(pk=held.pk).live
    assert visitor.get(held.url).status_code == 404
    assert visitor.get(let_through.url).status_code == 200
    assert not Page.objects.filter(pk__in=[held.pk, let_through.pk]).exclude(alias_of=None).exists()


def test_an_alias_in_the_place_of_a_translation_becomes_a_draft_for_the_translators(db, visitor):
    original = ArticleFactory(live=False)
    there = next(locale for locale in submission.other_locales(original))
    alias = original.copy_for_translation(there, alias=True)
    Page.objects.filter(pk__in=[original.pk, alias.pk]).update(live=True)

    ConvertAliasPageAction(NewsArticle.objects.get(pk=alias.pk), user=officer()).execute(True)

    page = NewsArticle.objects.get(pk=alias.pk)
    assert (page.live, page.alias_of_id) == (False, None)
    assert visitor.get(page.url).status_code == 404
    assert submission.submit(NewsArticle.objects.get(pk=original.pk), there, officer()).page_id == page.pk
