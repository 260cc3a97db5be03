"""The report: a line for each file, with what was read of it and what became of it."""

from dataclasses import asdict, dataclass, field
from typing import Any

from newsroom.importing.remarks import words
from newsroom.release import PressRelease

Line = dict[str, Any]  # ready for JSON


@dataclass
class Outcome:
    """What became of a file. `why`: the reason why it was skipped or has failed."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    FAILED = "failed"

    file: str
    status: str
    page: int | None = None
    why: str = ""
    said: Line = field(default_factory=dict)  # the line of what was read
    notes: list[str] = field(default_factory=list)

    def line(self) -> Line:
        given = {"file": self.file, "status": self.status, "page": self.page}
        written = _in_words(line(PressRelease()) | self.said | given | ({"why": self.why} if self.why else {}))
        return written | {"notes": [*written["notes"], *self.notes]}


def line(release: PressRelease) -> Line:
    """What was read, with its remarks as they are stored."""
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


def _in_words(line: Line) -> Line:
    """The line with its remarks in the interface's language."""
    proposal = line["proposal"]
    return line | {
        "proposal": proposal and proposal | {"reason": words(proposal["reason"])},
        "left_out": [left | {"why": words(left["why"])} for left in line["left_out"]],
        "notes": [words(note) for note in line["notes"]],
    }
