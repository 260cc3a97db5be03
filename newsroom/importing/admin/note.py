"""What an import tells the officer: what it recognized, and until the first publication what is left to do."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_countries import countries

from iom.core.templatetags.site import date_text
from newsroom.importing.remarks import READ_INTO_FIELDS, is_under_embargo, words
from newsroom.importing.report import Line
from newsroom.models import ImportedText, NewsArticle


def recognised(record: ImportedText) -> list[tuple[str, str]]:
    """What was found in the text: (what, the words)."""
    report = record.report
    return [
        (_("Place"), report["place"] or _("none found")),
        (_("Date"), _day(report)),
        (_("Quotations"), _several(quote["attribution"].split(",")[0] for quote in report["quotes"])),
        (_("Contacts"), _several(one["name"] or one["office"] for one in report["contacts"])),
        (_("Countries"), ", ".join(map(_country, record.countries)) or _("none found")),
    ]


def of(article: NewsArticle) -> dict[str, Any]:
    """What the panel of an imported article shows. `waiting`: what the author has still to do; `left_out` and `read`:
    the passages by reason."""
    record = article.imported_text
    left: dict[str, list[str]] = defaultdict(list)
    read: dict[str, list[str]] = defaultdict(list)
    for one in record.left_out:
        found = read if one["why"]["code"] in READ_INTO_FIELDS else left
        found[words(one["why"])].append(one["text"] or _("Picture"))  # it has no words where it has no description
    return {
        "file": record.report.get("file", ""),
        "imported_at": record.imported_at,
        "waiting": list(_waiting(article, record)),
        # `waiting` has the countries, by their names, and an embargo.
        "notes": [words(one) for one in record.notes if one["code"] not in ("countries", "embargo")],
        "left_out": dict(left),
        "read": dict(read),
    }


def _day(report: Line) -> str:
    if report["date"]:
        return date_text(datetime.date.fromisoformat(report["date"]))
    return f"{_('to be confirmed')}. {_proposal(report)}".strip()


def _proposal(report: Line) -> str:
    proposal = report.get("proposal")
    if not proposal:
        return ""
    if not proposal["date"]:
        return words(proposal["reason"])
    day = date_text(datetime.date.fromisoformat(proposal["date"]))
    return _("Suggested date: %(date)s. %(reason)s") % {"date": day, "reason": words(proposal["reason"])}


def _several(names: Iterable[str]) -> str:
    """How many there are, and their names."""
    found = list(names)
    named = ", ".join(dict.fromkeys(filter(None, found)))
    return f"{len(found)} ({named})" if named else str(len(found))


def _country(code: str) -> str:
    return str(countries.name(code) or code)


def _waiting(article: NewsArticle, record: ImportedText) -> Iterator[str]:
    """What cannot be known from the text, or must be seen by a person."""
    if is_under_embargo(record.notes):
        yield from (words(one) for one in record.notes if one["code"] == "embargo")
    if article.date is None:
        yield " ".join(filter(None, (_("Confirm the date."), _proposal(record.report))))
    pictures = [block.value for block in article.body if block.block_type == "picture"]
    undescribed = sum(not picture["alt"] and not picture["decorative"] for picture in pictures)
    undescribed += bool(article.lead_picture_id and not article.picture_alt and not article.picture_decorative)
    if undescribed:
        text = ngettext(
            "%(count)d picture has no alternative text.",
            "%(count)d pictures have no alternative text.",
            undescribed,
        )
        yield text % {"count": undescribed}
    chosen = {row.country.code for row in article.countries.all()}
    proposed = [code for code in record.countries if code not in chosen]
    if proposed:
        names = ", ".join(map(_country, proposed))
        yield _("Confirm these countries under “Countries”: %(names)s.") % {"names": names}
