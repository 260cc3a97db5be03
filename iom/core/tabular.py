"""The interface of blocks whose content readers can download as a table (`iom.core.csv_export`)."""

from datetime import date
from decimal import Decimal
from typing import Any

Cell = str | int | Decimal | date | None


class Tabular:
    """A mixin for blocks that have a CSV file."""

    def rows(self, value: Any) -> list[list[Cell]]:
        """Returns the headings of the columns, then the rows, in the active language."""
        raise NotImplementedError

    def table_title(self, value: Any) -> str:
        """Returns the title that readers see; may be empty."""
        raise NotImplementedError
