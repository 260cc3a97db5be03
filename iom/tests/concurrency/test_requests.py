"""Two browsers send requests at the same moment: none gets a server error, and nothing that was saved is lost."""

import pytest

from iom.tests.concurrency import requests
from iom.tests.concurrency.races import race
from iom.tests.concurrency.requests import with_open_forms
from iom.tests.concurrency.scenarios import (
    article,
    fully_translated,
    fully_translated_draft,
    in_workflow,
    pair,
    ready_joint_publication,
    submitted,
)


@pytest.mark.parametrize(
    "other",
    [
        requests.unpublish,
        requests.delete,
        requests.bulk_delete,
        requests.publish,
        requests.detach_translation,
        requests.move,
        requests.claim,
        requests.save_translation_as_reviser,
    ],
)
def test_a_translator_publishes(db, other):
    race(with_open_forms(fully_translated), requests.publish_translation, other)


@pytest.mark.parametrize("make", [article, pair])
@pytest.mark.parametrize(
    "other", [requests.move, requests.delete, requests.unpublish, requests.publish_as_admin, requests.bulk_publish]
)
def test_an_officer_publishes(db, make, other):
    race(with_open_forms(make), requests.publish, other)


@pytest.mark.parametrize("other", [requests.move, requests.unpublish, requests.delete, requests.publish_translation])
def test_an_editor_approves(db, other):
    race(with_open_forms(in_workflow(pair)), requests.approve, other)


def test_one_of_two_writers_of_a_passage_is_refused(db):
    race(with_open_forms(submitted), requests.save_summary, requests.save_summary_as_reviser)


def test_an_officer_requests_joint_publication_while_the_translator_publishes(db):
    race(with_open_forms(fully_translated_draft), requests.request_joint_publication, requests.publish_translation)


@pytest.mark.parametrize("other", [requests.cancel_joint_publication, requests.delete, requests.publish])
def test_a_translator_publishes_a_joint_publication(db, other):
    race(with_open_forms(ready_joint_publication), requests.publish_translation, other)
