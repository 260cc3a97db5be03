"""Two browsers at the same moment: nobody gets a fault for an answer, and nothing that was saved is lost."""

import pytest

from iom.tests.concurrency import requests
from iom.tests.concurrency.races import race
from iom.tests.concurrency.requests import opened
from iom.tests.concurrency.scenes import article, awaited_and_whole, begun, in_workflow, pair, whole, whole_draft


@pytest.mark.parametrize(
    "other",
    [
        requests.unpublish,
        requests.delete,
        requests.bulk_delete,
        requests.publish,
        requests.stop,
        requests.move,
        requests.claim,
        requests.save_translation,
    ],
)
def test_a_translator_publishes(db, other):
    race(opened(whole), requests.publish_translation, other)


@pytest.mark.parametrize("make", [article, pair])
@pytest.mark.parametrize(
    "other", [requests.move, requests.delete, requests.unpublish, requests.publish_too, requests.bulk_publish]
)
def test_an_officer_publishes(db, make, other):
    race(opened(make), requests.publish, other)


@pytest.mark.parametrize("other", [requests.move, requests.unpublish, requests.delete, requests.publish_translation])
def test_an_editor_approves(db, other):
    race(opened(in_workflow(pair)), requests.approve, other)


def test_one_of_two_writers_of_a_passage_is_refused(db):
    race(opened(begun), requests.type_summary, requests.type_summary_too)


def test_an_officer_requests_joint_publication_while_the_translator_publishes(db):
    race(opened(whole_draft), requests.publish_together, requests.publish_translation)


@pytest.mark.parametrize("other", [requests.take_back, requests.delete, requests.publish])
def test_a_translator_publishes_a_joint_publication(db, other):
    race(opened(awaited_and_whole), requests.publish_translation, other)
