"""The current work of officers beside generated articles."""

import pytest
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from iom.demo.generated import article_count, translation_keys, workload
from iom.demo.tests.rows import GROUP, people, row_counts
from iom.demo.tests.test_second_run import inventory
from iom.listing.checking import differences
from iom.reads.models import PageReads
from iom.reads.reading import most_read
from iom.users.models import User
from newsroom.officers import originals
from newsroom.officers.originals import State
from newsroom.review import policy
from search import drafts

pytestmark = [pytest.mark.django_db, GROUP]


@pytest.fixture(scope="module", autouse=True)
def before(django_db_setup, django_db_blocker):
    """The row counts before twenty articles and the work were written, once for all tests of the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        policy.get_review_workflow()  # made once, for good
        counts = row_counts()
        article_count.set_article_count(20, people())
        yield counts
        transaction.set_rollback(True)


def test_officers_have_texts_in_every_state_beside_the_articles():
    officer = User.objects.get(email="officer@example.org")
    known = originals.explorable_by(officer).filter(pk__in=translation_keys.pages().values("pk"))
    numbers = {state: originals.filter_by_state(known, state).count() for state in State}
    assert numbers == workload.counts_by_state(20) | {State.PUBLISHED: 20 + workload.PACE * workload.RECENT.days}
    assert translation_keys.pages().count() == 2 * 20 + workload.page_count(20)
    assert known.filter(owner=officer, live=False).count() > workload.MIN_PER_STATE
    assert not any(Page.find_problems())
    assert not list(differences())
    assert not list(drafts.differences())


def test_texts_were_read_on_each_of_the_last_days():
    assert len(most_read()) == 100
    today = PageReads.objects.filter(day=timezone.localdate(), page__in=translation_keys.pages().values("pk"))
    assert today.count() >= 2 * workload.PACE * workload.RECENT.days


def test_the_work_leaves_no_trace_either(before):
    article_count.set_article_count(0, people())
    assert row_counts() == before


def test_the_same_number_leaves_the_work_unchanged():
    written = inventory()
    article_count.set_article_count(20, people())
    assert inventory() == written
