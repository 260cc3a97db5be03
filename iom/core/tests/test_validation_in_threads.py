"""Validation of a draft and a publication at the same time, in threads that share the blocks."""

import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError

from iom.core.blocks import BodyBlock

pytestmark = pytest.mark.one_database
BODY = BodyBlock()
UNFINISHED = [{"type": "quote", "id": f"{number}", "value": {"text": "Words", "speaker": ""}} for number in range(30)]
UNFINISHED += [{"type": "heading", "id": "last", "value": ""}]


@pytest.fixture
def impatient():
    """Makes threads switch as often as possible."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def test_a_draft_that_is_validated_beside_a_publication_changes_nothing_for_it(impatient):
    refused = []

    def draft(_number):
        BODY.clean_deferred(BODY.to_python(UNFINISHED))

    def publication(_number):
        with suppress(ValidationError):
            BODY.clean(BODY.to_python(UNFINISHED))
            return
        refused.append(True)

    with ThreadPoolExecutor(8) as threads:
        attempts = [threads.submit(one, number) for number in range(40) for one in (draft, publication)]
        for attempt in attempts:
            attempt.result()
    assert len(refused) == 40
