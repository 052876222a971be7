"""CSV and TSV: a row per report under named columns.

In: a Document. Out: drafts. Columns are found by columns.py. Rows follow RFC 4180, in which a quoted cell may
hold line ends; a quote that is never closed would swallow every later row, so that reading goes back to the line
after it.
"""

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from legation.sources.chunks import Line, read_lines
from legation.sources.columns import FIELDS, find_columns
from legation.sources.decoding import decode
from legation.sources.document import Document
from legation.sources.draft import Draft
from legation.sources.options import SourceOptions
from legation.sources.report import Rejected

__all__ = ["is_table_header", "read_table"]

DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class _Row:
    """Cells of one row, or why it can't be read; `line` is where it begins."""

    line: int
    cells: tuple[str, ...] = ()
    reason: str = ""


def is_table_header(first_line: str) -> bool:
    """Say whether a line names at least a date and a text column."""
    return any(
        {"date", "text"} <= find_columns(_split_names(first_line, delimiter), {}).keys() for delimiter in DELIMITERS
    )


def read_table(document: Document, options: SourceOptions) -> Iterator[Draft | Rejected]:
    """Yield one draft for each row below the header."""
    lines = read_lines(document.chunks, options.max_report_bytes)
    header = next((line for line in lines if line.data is None or line.data.strip()), None)
    if header is None:
        yield Rejected(document.origin, "expected a table with a header, found an empty file. Fetch it again.")
        return
    names = decode(header.data) if header.data is not None else None
    delimiter = _choose_delimiter(names or "", options)
    columns = find_columns(_split_names(names or "", delimiter), options.columns)
    missing = _missing_columns(columns, options)
    if missing:
        yield Rejected(f"{document.origin}:{header.number}", _tell_missing(missing, names, delimiter))
        return
    places = _places(_split_names(names or "", delimiter), columns)
    for row in _read_rows(lines, delimiter, options.max_report_bytes):
        yield _draft(row, places, f"{document.origin}:{row.line}")


def _draft(row: _Row, places: dict[str, int], origin: str) -> Draft | Rejected:
    if row.reason:
        return Rejected(origin, row.reason)
    n_needed = max(places[field] for field in ("date", "text") if field in places) + 1
    if len(row.cells) < n_needed:
        return Rejected(
            origin, f"expected at least {n_needed} cells, found {len(row.cells)}. Put the row's cells under the header."
        )
    fields = {field: row.cells[place] for field, place in places.items() if place < len(row.cells)}
    return Draft(origin, needs_date=True, **fields)


def _choose_delimiter(header: str, options: SourceOptions) -> str:
    """Return the delimiter under which most columns are known; Excel writes ";" in much of Europe."""
    return max(DELIMITERS, key=lambda mark: len(find_columns(_split_names(header, mark), options.columns)))


def _split_names(header: str, delimiter: str) -> list[str]:
    try:
        rows = list(csv.reader([header.strip("\r\n\ufeff")], delimiter=delimiter))
    except csv.Error:
        return []
    return [name.strip() for name in rows[0]] if rows else []


def _places(names: list[str], columns: dict[str, str]) -> dict[str, int]:
    return {field: names.index(name) for field, name in columns.items()}


def _missing_columns(columns: dict[str, str], options: SourceOptions) -> list[str]:
    needed = ["text"] if options.default_date else ["date", "text"]
    return [field for field in FIELDS if field in (*needed, *options.columns) and field not in columns]


def _tell_missing(missing: list[str], header: str | None, delimiter: str) -> str:
    if header is None:
        found = "a first line that is no text or too long"
    else:
        found = ", ".join(f'"{name[:40]}"' for name in _split_names(header, delimiter)[:12]) or "none"
    wanted = " and ".join(f'"{name}"' for name in missing)
    return f"expected the columns {wanted}, found {found}. Rename them, or name them with the option columns."


def _read_rows(lines: Iterator[Line], delimiter: str, max_bytes: int) -> Iterator[_Row]:
    # The limit belongs to the whole process (131,072 characters unless told): raised where needed, never lowered.
    csv.field_size_limit(max(csv.field_size_limit(), max_bytes))
    waiting: deque[Line] = deque()
    while (line := _next_line(waiting, lines)) is not None:
        if line.data is None:
            yield _Row(line.number, reason=_tell_too_long(max_bytes))
        elif line.data.strip():
            yield _read_row(line, waiting, lines, delimiter, max_bytes)


def _read_row(first: Line, waiting: deque[Line], lines: Iterator[Line], delimiter: str, max_bytes: int) -> _Row:
    """Read one row; lines taken for it beyond the first go back to `waiting` where it proves broken."""
    taken: list[Line] = []
    try:
        cells = next(csv.reader(_feed(first, taken, waiting, lines, max_bytes), delimiter=delimiter, strict=True))
        return _Row(first.number, tuple(cells))
    except StopIteration:
        return _Row(first.number)
    except (csv.Error, ValueError) as error:
        waiting.extendleft(reversed(taken))
        reason = str(error)
    if delimiter == "\t" and (text := decode(first.data or b"")) is not None:
        # Tab-separated files are often written without quoting, so that a quote is only a quote.
        return _Row(first.number, tuple(text.rstrip("\r\n").split("\t")))
    return _Row(
        first.number,
        reason=f"expected a row of cells, found a broken one ({reason}). "
        'Close its quotes, and double those within a cell ("").',
    )


def _feed(first: Line, taken: list[Line], waiting: deque[Line], lines: Iterator[Line], max_bytes: int) -> Iterator[str]:
    """Yield the lines of a row as text, keeping account of those beyond the first; stop at max_bytes."""
    line: Line | None = first
    n_bytes = 0
    while line is not None:
        if line is not first:
            taken.append(line)
        text = None if line.data is None else decode(line.data)
        n_bytes += len(line.data or b"")
        if text is None or n_bytes > max_bytes:
            raise ValueError("a cell that is too long or no text")
        yield text
        line = _next_line(waiting, lines)


def _next_line(waiting: deque[Line], lines: Iterator[Line]) -> Line | None:
    return waiting.popleft() if waiting else next(lines, None)


def _tell_too_long(max_bytes: int) -> str:
    return f"expected a row of at most {max_bytes:,} bytes, found a longer one. Split it, or raise max_report_bytes."
