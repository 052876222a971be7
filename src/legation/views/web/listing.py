"""The lists of a page: one value that is shown on screen, and written as JSON and as CSV.

In: rows and the columns by which they are told. Out: a Listing; `as_json` and `as_csv` give exactly its rows.
"""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

__all__ = ["Column", "Listing", "as_csv", "as_json"]

Row = TypeVar("Row")
# A cell that begins so would be run as a formula by a spreadsheet; a quote before it makes it words (OWASP, CSV
# injection).
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """What is told of a row: name in JSON and CSV, value, heading on screen; link: where the cell leads."""

    name: str
    value: Callable[[Row], Any]
    heading: str = ""
    link: Callable[[Row], str] | None = None


@dataclass(frozen=True, slots=True)
class Listing(Generic[Row]):
    """A list of a page. next: where its next page begins, "" at the end; total: how many there are, in words."""

    name: str
    title: str
    columns: Sequence[Column[Row]]
    rows: Sequence[Row]
    next: str = ""
    total: str = ""
    empty: str = "Nothing found."


def as_json(listing: Listing[Any]) -> dict[str, Any]:
    """Return the rows as objects, with the place at which to go on."""
    rows = [{column.name: column.value(row) for column in listing.columns} for row in listing.rows]
    return {"rows": rows, "next": listing.next or None}


def as_csv(listing: Listing[Any]) -> str:
    """Return the rows as CSV with a header; several values in a cell are divided by "; "."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([column.name for column in listing.columns])
    for row in listing.rows:
        writer.writerow([_cell(column.value(row)) for column in listing.columns])
    return buffer.getvalue()


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        value = "; ".join(str(_cell(one)) for one in value)
    elif isinstance(value, dict):
        value = " ".join(str(_cell(one)) for one in value.values())
    if isinstance(value, str):
        value = value.replace("\0", "\ufffd")
        return f"'{value}" if value.startswith(FORMULA_SIGNS) else value
    return value
