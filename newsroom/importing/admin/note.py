"""What an import has to say to the officer: once what it recognised, and until the first publication what is left."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_countries import countries
from wagtail.admin.panels import Panel

from iom.core.templatetags.site import date_text
from newsroom.importing.remarks import READ_INTO_FIELDS, Remark, words


@dataclass(slots=True)
class Note:
    """What the panel shows. `waiting`: what the author has still to do; it goes as it is done."""

    file: str
    imported_at: datetime.datetime
    waiting: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    # Why, and the passages.
    left_out: dict[str, list[str]] = field(default_factory=dict)
    read: dict[str, list[str]] = field(default_factory=dict)


def recognised(record: Any) -> list[tuple[str, str]]:
    """What was found in the text: (what, the words)."""
    report = record.report
    quoted = [quote["attribution"].split(",")[0] for quote in report["quotes"]]
    found = [
        (_("Place"), report["place"] or _("none printed")),
        (_("Date"), _day(report)),
        (_("Quotations"), _several(len(quoted), quoted)),
        (
            _("Contacts"),
            _several(len(report["contacts"]), (one["name"] or one["office"] for one in report["contacts"])),
        ),
        (_("Countries"), ", ".join(map(_country, record.countries)) or _("none recognised")),
    ]
    return found


def of(article: Any) -> Note | None:
    """The note of an article that was imported and has never been published; else None."""
    if article.pk is None or article.first_published_at is not None:
        return None
    record = getattr(article, "imported_text", None)
    if record is None:
        return None
    report = record.report
    left: dict[str, list[str]] = defaultdict(list)
    read: dict[str, list[str]] = defaultdict(list)
    for one in record.left_out:
        # A picture that has no description has no words, either.
        (read if _code(one["why"]) in READ_INTO_FIELDS else left)[words(one["why"])].append(
            one["text"] or _("Picture")
        )
    return Note(
        report.get("file", ""),
        record.imported_at,
        waiting=list(_waiting(article, record)),
        # Its countries are among what waits, by their names.
        notes=[words(one) for one in record.notes if _code(one) != "countries"],
        left_out=dict(left),
        read=dict(read),
    )


class ImportPanel(Panel):
    """Above the form of an imported draft, until it is published for the first time."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "newsroom/importing/note.html"

        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            self.note = of(self.instance)

        def is_shown(self) -> bool:
            return super().is_shown() and self.note is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            return super().get_context_data(parent_context) | {"note": self.note}


def _day(report: dict[str, Any]) -> str:
    if report["date"]:
        return date_text(datetime.date.fromisoformat(report["date"]))
    return f"{_('to be confirmed')}. {_proposal(report)}".strip()


def _proposal(report: dict[str, Any]) -> str:
    proposal = report.get("proposal")
    if not proposal:
        return ""
    if not proposal["date"]:
        return words(proposal["reason"])
    day = date_text(datetime.date.fromisoformat(proposal["date"]))
    return _("Perhaps %(date)s: %(reason)s") % {"date": day, "reason": words(proposal["reason"])}


def _several(count: int, names: Iterable[str]) -> str:
    named = ", ".join(dict.fromkeys(name for name in names if name))
    return f"{count} ({named})" if named else str(count)


def _country(code: str) -> str:
    return str(countries.name(code) or code)


def _waiting(article: Any, record: Any) -> Iterable[str]:
    """What cannot be known from the text, or must be seen by a person."""
    if article.date is None:
        yield " ".join(part for part in (_("The date is to be confirmed."), _proposal(record.report)) if part)
    undescribed = sum(
        not block.value["alt"] and not block.value["decorative"]
        for block in article.body
        if block.block_type == "picture"
    )
    undescribed += bool(article.lead_picture_id and not article.picture_alt and not article.picture_decorative)
    if undescribed:
        text = ngettext(
            "%(count)d picture waits for its alternative text.",
            "%(count)d pictures wait for their alternative text.",
            undescribed,
        )
        yield text % {"count": undescribed}
    chosen = {row.country.code for row in article.countries.all()}
    proposed = [code for code in record.countries if code not in chosen]
    if proposed:
        names = ", ".join(map(_country, proposed))
        yield _("Countries to be confirmed, under “Place and date”: %(names)s.") % {"names": names}


def _code(remark: Remark | str) -> str:
    """The remark's code; empty where an import has stored a sentence."""
    return "" if isinstance(remark, str) else remark["code"]
