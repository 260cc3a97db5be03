"""The line that the report holds for a file."""

from typing import Any

from newsroom.importing.release import PressRelease
from newsroom.importing.remarks import words


def line(release: PressRelease, **facts: Any) -> dict[str, Any]:
    """What was found, ready for JSON. `facts` (file, status, page; a manifest's date …) win over what was read."""
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
        "proposal": {"date": proposal.date.isoformat() if proposal.date else None, "reason": proposal.reason}
        if proposal
        else None,
        "paragraphs": len(release.paragraphs),
        "quotes": [{"text": quote.text, "attribution": quote.attribution} for quote in release.quotations],
        "contacts": [
            {"name": one.name, "office": one.office, "email": one.email, "phone": one.phone}
            for one in release.contacts
        ],
        "left_out": [{"text": left.text, "why": left.why} for left in release.left_out],
        "notes": list(release.notes),
    } | facts


def in_words(line: dict[str, Any]) -> dict[str, Any]:
    """The line with its remarks in the interface's language."""
    proposal = line["proposal"]
    return line | {
        "proposal": proposal and proposal | {"reason": words(proposal["reason"])},
        "left_out": [{"text": left["text"], "why": words(left["why"])} for left in line["left_out"]],
        "notes": [words(note) for note in line["notes"]],
    }
