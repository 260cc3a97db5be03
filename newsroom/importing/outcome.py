"""What has become of a file."""

from dataclasses import dataclass, field
from typing import Any

from newsroom.importing import report
from newsroom.importing.release import PressRelease


@dataclass
class Outcome:
    """One file's line in the report. `why`: why it was skipped, or has failed."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    FAILED = "failed"

    file: str
    status: str
    page: int | None = None
    why: str = ""
    said: dict[str, Any] = field(default_factory=dict)  # the line of what was read
    notes: list[str] = field(default_factory=list)

    def line(self) -> dict[str, Any]:
        """Ready for JSON."""
        notes = [*self.said.get("notes", []), *self.notes]
        given = {"file": self.file, "status": self.status, "page": self.page, "notes": notes}
        line = report.line(PressRelease()) | self.said | given | ({"why": self.why} if self.why else {})
        return report.in_words(line)
