"""Texts from outside that are one long run of a character take no more time than others of their length.

A pattern that tries each character of a run as its beginning would take minutes for them, and stop the process.
"""

import logging
import time
from contextlib import contextmanager

import pytest

from iom.characters import mask_email_addresses
from iom.checks.typography import correct
from iom.operation.logs import LogFormatter
from iom.translation.checks.language_data import sentences

LENGTH = 60_000
RUNS = ["a", ".", "1", " ", "a.", "a-", "a@"]
MAX_SECONDS = 5  # of the processor; a pattern that begins at each character takes ten or more


@contextmanager
def quick():
    begin = time.process_time()
    yield
    assert time.process_time() - begin < MAX_SECONDS


@pytest.mark.parametrize("run", RUNS)
def test_a_line_of_the_log(run):
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "Not Found: /%s", (run * 3 * LENGTH,), None)
    with quick():
        LogFormatter().format(record)


def test_email_addresses_in_a_line_are_masked():
    text = "to <a.b+c@example.org>, 'x@y.int' and @office, a@ b, é@b.c+d@e.org.; z"
    assert mask_email_addresses(text) == "to <…@…>, '…@…' and @office, a@ b, …@……@….; z"


@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize("begin", ["", "\N{REPLACEMENT CHARACTER} "])
def test_a_text_that_is_imported(sign_in, begin, run):
    client = sign_in("officer")
    text = f"Trois puits rouvrent\n\nTchad – Les puits ont rouvert lundi.\n\n{begin}{run * (LENGTH // len(run))}"
    with quick():
        assert client.post("/admin/news/import/", {"text": text, "language": "fr"}).status_code < 500


def test_an_address_with_many_signs_and_a_sentence_with_many_spaces():
    with quick():
        assert correct(f"http://{'.' * 3 * LENGTH}a !") == f"http://{'.' * 3 * LENGTH}a\u202f!"
        assert len(sentences(f"A.{' ' * 3 * LENGTH}b")) == 1


def test_an_address_ends_before_the_signs_after_it():
    text = "(voir www.iom.int/a?b=c), http://iom.int/d:e). Ou https://iom.int/f!"
    assert correct(text) == "(voir www.iom.int/a?b=c), http://iom.int/d:e). Ou https://iom.int/f\u202f!"
