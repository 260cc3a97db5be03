"""What is known of a file beside its text: from a manifest, or from the person who chose it."""

import datetime
from dataclasses import dataclass

from iom.contacts.models import Office


@dataclass(frozen=True, slots=True)
class Metadata:
    """Fields are empty where nothing is known. What is given wins over what is printed."""

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
    original: str = ""  # SHA-256 of that file, as it was imported: a translation follows it
    reference: str = ""  # the number that the text has had elsewhere, such as 2016-057

    def as_json(self) -> dict[str, object]:
        """What is stored to see later whether the manifest, or the original of a translation, says something else."""
        names = ("old_address", "locale", "kind", "scope", "translation_of", "original", "reference")
        given: dict[str, object] = {name: getattr(self, name) for name in names}
        given["date"] = self.date and self.date.isoformat()
        given["office"] = self.office and self.office.pk
        given["countries"] = list(self.countries or ())
        return {name: value for name, value in given.items() if value}
