"""The metadata of a file: from a manifest, or from the user who uploads it."""

import datetime
from dataclasses import dataclass

from iom.contacts.models import Office


@dataclass(frozen=True, slots=True)
class Metadata:
    """Metadata of a file; unknown fields are empty. Its values override those of the text."""

    file: str | None = None  # the absolute path; None for a text pasted or uploaded in the admin
    digest: str = ""  # SHA-256 of the file's bytes
    old_address: str = ""
    date: datetime.date | None = None
    locale: str = ""
    kind: str = ""
    scope: str = ""
    office: Office | None = None
    countries: tuple[str, ...] | None = None  # ISO 3166-1 alpha-2; None: not given
    translation_of: str = ""  # the absolute path of the original's file
    original: str = ""  # SHA-256 of the original's file as imported; a change updates the translation
    reference: str = ""  # the reference number that the text has elsewhere, such as 2016-057

    def as_json(self) -> dict[str, object]:
        """Returns what is stored to detect later changes of the manifest or of a translation's original."""
        names = ("old_address", "locale", "kind", "scope", "translation_of", "original", "reference")
        given: dict[str, object] = {name: getattr(self, name) for name in names}
        given["date"] = self.date and self.date.isoformat()
        given["office"] = self.office and self.office.pk
        given["countries"] = list(self.countries or ())
        return {name: value for name, value in given.items() if value}
