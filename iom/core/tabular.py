from datetime import date
from decimal import Decimal
from typing import Any

Cell = str | int | Decimal | date | None


class Tabular:
    """A block whose content readers may have as a table (`iom.core.tables`)."""

    def rows(self, value: Any) -> list[list[Cell]]:
        """The headings of the columns, then the rows, in the active language."""
        raise NotImplementedError

    def name_of(self, value: Any) -> str:
        """What readers know it by; may be empty."""
        raise NotImplementedError
