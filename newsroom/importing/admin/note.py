"""The note on an imported article: the recognized parts, and until the first publication the open tasks."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_countries import countries

from iom.core.templatetags.site import date_text
from newsroom.importing.remarks import COPIED_TO_FIELDS, is_under_embargo, remark_text
from newsroom.importing.report import ReportLine
from newsroom.models import ImportedText, NewsArticle


def recognized_parts(record: ImportedText) -> list[tuple[str, str]]:
    """Returns the parts that were recognized in the text, as pairs of label and value."""
    report = record.report
    return [
        (_("Place"), report["place"] or _("none found")),
        (_("Date"), _date_text(report)),
        (_("Quotations"), _count_and_names(quote["attribution"].split(",")[0] for quote in report["quotes"])),
        (_("Contacts"), _count_and_names(one["name"] or one["office"] for one in report["contacts"])),
        (_("Countries"), ", ".join(map(_country_name, record.countries)) or _("none found")),
    ]


def import_note(article: NewsArticle) -> dict[str, Any]:
    """Returns the context of the import panel of an article.

    `waiting` has the author's open tasks; `left_out` and `read` have the passages by reason.
    """
    record = article.imported_text
    left: dict[str, list[str]] = defaultdict(list)
    read: dict[str, list[str]] = defaultdict(list)
    for one in record.left_out:
        found = read if one["why"]["code"] in COPIED_TO_FIELDS else left
        # Only a picture without a description has no text.
        found[remark_text(one["why"])].append(one["text"] or _("Picture"))
    return {
        "file": record.report.get("file", ""),
        "imported_at": record.imported_at,
        "waiting": list(_open_tasks(article, record)),
        # `waiting` lists the countries and the embargo.
        "notes": [remark_text(one) for one in record.notes if one["code"] not in ("countries", "embargo")],
        "left_out": dict(left),
        "read": dict(read),
    }


def _date_text(report: ReportLine) -> str:
    if report["date"]:
        return date_text(datetime.date.fromisoformat(report["date"]))
    return f"{_('to be confirmed')}. {_proposal_text(report)}".strip()


def _proposal_text(report: ReportLine) -> str:
    proposal = report.get("proposal")
    if not proposal:
        return ""
    if not proposal["date"]:
        return remark_text(proposal["reason"])
    day = date_text(datetime.date.fromisoformat(proposal["date"]))
    return _("Suggested date: %(date)s. %(reason)s") % {"date": day, "reason": remark_text(proposal["reason"])}


def _count_and_names(names: Iterable[str]) -> str:
    """Returns the number of names, and the names without duplicates."""
    found = list(names)
    named = ", ".join(dict.fromkeys(filter(None, found)))
    return f"{len(found)} ({named})" if named else str(len(found))


def _country_name(code: str) -> str:
    return str(countries.name(code) or code)


def _open_tasks(article: NewsArticle, record: ImportedText) -> Iterator[str]:
    """Yields what the text does not contain, or what a person must check."""
    if is_under_embargo(record.notes):
        yield from (remark_text(one) for one in record.notes if one["code"] == "embargo")
    if article.date is None:
        yield " ".join(filter(None, (_("Confirm the date."), _proposal_text(record.report))))
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
        names = ", ".join(map(_country_name, proposed))
        yield _("Confirm these countries under “Countries”: %(names)s.") % {"names": names}
