"""What officers work on beside generated articles."""

import pytest
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from iom.demo.generated import keys, number, work
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
    """How many rows there were before twenty articles and the work were written: once, and undone after all tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        policy.colleagues()  # made once, for good
        counts = row_counts()
        number.adjust(20, people())
        yield counts
        transaction.set_rollback(True)


def test_officers_have_texts_in_every_state_beside_the_articles():
    officer = User.objects.get(email="officer@example.org")
    known = originals.known_to(officer).filter(pk__in=keys.pages().values("pk"))
    numbers = {state: originals.in_state(known, state).count() for state in State}
    assert numbers == work.numbers(20) | {State.PUBLISHED: 20 + work.PACE * work.RECENT.days}
    assert keys.pages().count() == 2 * 20 + work.number_of_pages(20)
    assert known.filter(owner=officer, live=False).count() > work.EACH
    assert not any(Page.find_problems())
    assert not list(differences())
    assert not list(drafts.differences())


def test_texts_were_read_on_each_of_the_last_days():
    assert len(most_read()) == 100
    today = PageReads.objects.filter(day=timezone.localdate(), page__in=keys.pages().values("pk"))
    assert today.count() >= 2 * work.PACE * work.RECENT.days


def test_it_leaves_no_trace_either(before):
    number.adjust(0, people())
    assert row_counts() == before


def test_the_same_number_leaves_it_as_it_is():
    written = inventory()
    number.adjust(20, people())
    assert inventory() == written
