"""The report of an import: a line for each file, with its parsed content and the outcome."""

from dataclasses import asdict, dataclass, field
from typing import Any

from newsroom.importing.remarks import remark_text
from newsroom.release import PressRelease

ReportLine = dict[str, Any]  # can be serialized as JSON


@dataclass
class Outcome:
    """The outcome of a file. `why` is the reason why the file was skipped or has failed."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    FAILED = "failed"

    file: str
    status: str
    page: int | None = None
    why: str = ""
    content: ReportLine = field(default_factory=dict)  # the line of the parsed release
    notes: list[str] = field(default_factory=list)

    def line(self) -> ReportLine:
        """Returns the line of the file, with its remarks in the active language."""
        given = {"file": self.file, "status": self.status, "page": self.page}
        line = line_for_release(PressRelease()) | self.content | given | ({"why": self.why} if self.why else {})
        proposal = line["proposal"]
        return line | {
            "proposal": proposal and proposal | {"reason": remark_text(proposal["reason"])},
            "left_out": [left | {"why": remark_text(left["why"])} for left in line["left_out"]],
            "notes": [*map(remark_text, line["notes"]), *self.notes],
        }


def line_for_release(release: PressRelease) -> ReportLine:
    """Returns the line of a parsed release, with its remarks as stored."""
    proposal = release.proposal
    return {
        "file": "",
        "status": "",
        "page": None,
        "title": release.title,
        "locale": release.locale,
        "kind": release.kind,
        "scope": release.scope,
        "place": release.dateline.place,
        "date": release.date.isoformat() if release.date else None,
        "proposal": proposal
        and {"date": proposal.date.isoformat() if proposal.date else None, "reason": proposal.reason},
        "paragraphs": len(release.paragraphs),
        "quotes": [{"text": quote.text, "attribution": quote.attribution} for quote in release.quotations],
        "contacts": [asdict(one) for one in release.contacts],
        "left_out": [asdict(left) for left in release.left_out],
        "notes": list(release.notes),
    }
