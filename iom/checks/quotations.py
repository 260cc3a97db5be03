"""Readers are told who speaks: by name, or by title where the person is not to be named."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy

from iom.checks.places import blocks_of
from iom.core.blocks.quote import QuoteBlock
from iom.findings import Finding, error

ANONYMOUS = gettext_lazy("Write who speaks: the name, or the title and office if the person is not to be named.")


@error
def speakers(page: Any, moment: datetime) -> Iterator[Finding]:
    for where, block, value in blocks_of(page):
        if isinstance(block, QuoteBlock) and not (value["speaker"].strip() or value["role"].strip()):
            yield Finding("speaker", (*where, "speaker"), ANONYMOUS)
