"""After each random step, the listing agrees with `visible()`; in the end, the search index agrees with the pages.

`LISTING_STEPS` says how many steps are made; more than the default are made at random.
"""

import os
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Locale, Page, PageViewRestriction

from iom.listing import checking
from iom.listing.reading import shown
from iom.listing.tests.listed_articles import articles
from iom.navigation.tests.pairs import translate
from iom.navigation.visibility import visible
from iom.publishing import schedule
from iom.publishing.gate import Refused
from iom.tests.factories import ArticleFactory
from iom.translation.workflow.follow_original import MoveRefused
from iom.users.models import User
from newsroom.models import ArticleCountry, NewsArticle
from search import index

STEPS = int(os.environ.get("LISTING_STEPS", "40"))
AT_ONCE = 20  # steps from the same beginning
number = st.integers(0, 10_000)


class Newsroom(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.admin = User.objects.get(email="admin@example.org")

    def teardown(self):
        different = list(index.differences())
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)
        assert different == []

    def page(self, at, *, is_section=False, **only):
        """Returns one of the newest pages, or a page with child pages, few of which are new."""
        if is_section:
            only["numchild__gt"] = 0
        pages = Page.objects.filter(depth__gt=2, **only).order_by("-pk")
        return pages[at % min(pages.count(), 40)].specific

    def put_live(self, page):
        """Publishes the page, unless this is refused: only the desk publishes translations. An alias follows its page."""
        if page.alias_of_id:
            return
        with suppress(Refused), transaction.atomic():
            page.save_revision().publish(skip_permission_checks=True)

    @rule(language=st.sampled_from(["fr", "en"]), country=st.sampled_from(["HT", "KE", "JP"]), live=st.booleans())
    def write(self, language, country, live):
        article = ArticleFactory(language=language, live=live)
        article.countries = [ArticleCountry(country=country)]
        article.save()

    @rule(at=number, day=st.integers(0, 4000))
    def publish(self, at, day):
        page = self.page(at)
        if isinstance(page, NewsArticle):
            page.date = timezone.now() - timedelta(days=day)
            page.countries = [ArticleCountry(country=["HT", "KE", "JP"][day % 3])]
        self.put_live(page)

    @rule(at=number)
    def unpublish(self, at):
        self.page(at).unpublish()

    @rule(at=number, publish=st.booleans())
    def unpublish_or_publish_a_section(self, at, publish):
        section = self.page(at, is_section=True)
        if publish:
            self.put_live(section)
            return
        with suppress(Refused), transaction.atomic():
            action = UnpublishPageAction(section, user=self.admin, include_descendants=True)
            action.execute(skip_permission_checks=True)

    @rule(at=number, minutes=st.sampled_from([-5, 5]), alone=st.booleans(), taken_down=st.booleans())
    def expire(self, at, minutes, alone, taken_down):
        page = self.page(at)
        page.expire_at = timezone.now() + timedelta(minutes=minutes)
        with suppress(Refused), transaction.atomic():
            page.save(update_fields=["expire_at"] if alone else None)
        if taken_down:
            schedule.publish_due()

    @rule(at=number, is_section=st.booleans())
    def hide(self, at, is_section):
        page = self.page(at, is_section=is_section)
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)

    @rule(at=number)
    def show(self, at):
        restrictions = PageViewRestriction.objects.order_by("pk")
        if restrictions.exists():
            restrictions[at % restrictions.count()].delete()

    @rule(at=number, other=number, is_section=st.booleans())
    def move(self, at, other, is_section):
        page, parent = self.page(at, is_section=is_section), self.page(other, is_section=True)
        if page.can_move_to(parent) and not parent.is_descendant_of(page) and parent != page:
            with suppress(MoveRefused):  # a translation without its original
                page.move(parent, pos="last-child")

    @rule(at=number, is_section=st.booleans(), published=st.booleans())
    def rename(self, at, is_section, published):
        page = self.page(at, is_section=is_section)
        page.slug = f"nouvelle-adresse-{page.pk}-{at}"
        if published:
            self.put_live(page)
        else:
            with suppress(Refused), transaction.atomic():
                page.save()

    @rule(at=number, live=st.booleans())
    def translate(self, at, live):
        page = self.page(at)
        other = Locale.objects.exclude(pk=page.locale_id).get()
        if isinstance(page, NewsArticle) and page.get_parent().get_translation_or_none(other):
            translate(page, other.language_code, live=live, title=f"Translation of {page.title}"[:200])

    @rule(at=number)
    def delete(self, at):
        page = self.page(at, numchild=0)
        page.delete()

    @rule(at=number)
    def make_an_alias(self, at):
        page = self.page(at, alias_of=None, numchild=0)
        page.create_alias(update_slug=f"alias-{Page.objects.latest('pk').pk}")

    @invariant()
    def agrees(self):
        assert list(checking.differences()) == []
        everything = set(visible(Page.objects.filter(depth__gt=1)).values_list("pk", flat=True))
        assert set(shown().values_list("pk", flat=True)) == everything
        for locale in Locale.objects.all():
            news = visible(NewsArticle.objects.filter(locale=locale))
            chosen = articles(locale, country=["KE", "HT"])
            expected = news.filter(countries__country__in=["KE", "HT"]).distinct().order_by("-sort_date", "-pk")
            assert [entry.pk for entry in chosen] == [article.pk for article in expected]
            assert sum(chosen.counts("kind").values()) == chosen.count() == expected.count()


@pytest.mark.timeout(3000)
def test_the_listing_agrees_after_each_step(db):
    run_state_machine_as_test(
        Newsroom,
        settings=settings(
            max_examples=max(1, STEPS // AT_ONCE),
            stateful_step_count=AT_ONCE,
            derandomize="LISTING_STEPS" not in os.environ,
            database=None,
            deadline=None,
            phases=[Phase.generate],
        ),
    )
