"""Bytes of a first visit on a phone stay within the budgets. `make weigh` prints the figures."""

import pytest

from iom.tests.addresses import LANGUAGES, NAMES, other_addresses
from tools.measuring.budgets import excess, excess_of_scripts
from tools.measuring.visits import Visit, first_visits

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("weight")]

VISITED = [*NAMES, *other_addresses("fr")]


@pytest.fixture(scope="module")
def visits(browser, site) -> dict[tuple[str, str], Visit]:
    return {(visit.name, visit.language): visit for visit in first_visits(browser, site, VISITED)}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", VISITED)
def test_first_visit_stays_within_its_budget(visits, name, language):
    over = excess(visits[name, language])
    assert not over, "\n".join(over)


def test_all_scripts_together_stay_within_their_budget(visits):
    over = excess_of_scripts(list(visits.values()))
    assert not over, "\n".join(over)


def test_first_visit_requests_no_third_party_and_sets_no_cookie(visits):
    assert not [fault for visit in visits.values() for fault in visit.faults]
    assert [visit.address for visit in visits.values() if not (visit.size("html") and visit.size("css"))] == []
