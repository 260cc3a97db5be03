"""What is known of a text beside the text itself: from a manifest, or from whoever chose the file."""

import datetime
from dataclasses import dataclass
from typing import Any

from iom.contacts.models import Office


@dataclass(frozen=True, slots=True)
class Metadata:
    """Empty where nothing is known; what is given wins over what is printed."""

    file: str | None = None  # the whole path; None for what was pasted or chosen in the editor
    digest: str = ""  # SHA-256 of its bytes
    old_address: str = ""
    date: datetime.date | None = None
    locale: str = ""
    kind: str = ""
    scope: str = ""
    office: Office | None = None
    countries: tuple[str, ...] | None = None  # ISO 3166-1 alpha-2; None: not said
    translation_of: str = ""  # the whole path of the original's file

    def as_json(self) -> dict[str, Any]:
        """What the manifest said, stored to see later whether it says something else."""
        given = {
            "old_address": self.old_address,
            "date": self.date.isoformat() if self.date else "",
            "locale": self.locale,
            "kind": self.kind,
            "scope": self.scope,
            "office": self.office.pk if self.office else "",
            "countries": list(self.countries or ()),
            "translation_of": self.translation_of,
        }
        return {name: value for name, value in given.items() if value}
