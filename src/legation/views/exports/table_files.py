"""Tables as files: CSV, Parquet, Stata; each folder with its codebook, its code lists and a page that explains it.

In: a Source. Out: a folder. CSV and Parquet are written as the events pass, so that a record of any length can be
exported; a Stata file states its widths at its beginning, so that its tables are held in memory.
"""

import csv
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, ExitStack
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol

from legation.views.exports.source import Source
from legation.views.exports.tables import ACTOR_TABLES, CODES, EVENT_TABLES, Table, codebook_rows
from legation.views.exports.writing import Written, need, new_folder

__all__ = ["write_csv", "write_parquet", "write_stata"]

ROWS_AT_ONCE = 20_000  # rows of a Parquet table in one group
LONGEST_LABEL, LONGEST_TEXT = 80, 2045  # Stata's bounds for labels and for texts of fixed width
STAMP = datetime(2000, 1, 1)  # Stata wants a time: a fixed one, so that the same record gives the same bytes
Row = tuple[object, ...]


class Sink(AbstractContextManager["Sink"], Protocol):
    """Takes the rows of one table."""

    def write(self, rows: Iterable[Row]) -> None: ...


def write_csv(source: Source, path: Path) -> Written:
    """Write a folder of CSV files (UTF-8, commas, a header)."""
    return _write(source, path, CsvSink)


def write_parquet(source: Source, path: Path) -> Written:
    """Write a folder of Parquet files; needs pyarrow."""
    need("pyarrow", "parquet", "Parquet")
    return _write(source, path, ParquetSink)


def write_stata(source: Source, path: Path) -> Written:
    """Write a folder of .dta files for Stata 14 and later; needs pandas."""
    need("pandas", "stata", "Stata")
    return _write(source, path, StataSink)


def _write(source: Source, path: Path, sink: Callable[[Path, Table[Any]], Sink]) -> Written:
    n_events = 0
    actors: set[str] = set()
    with new_folder(path) as folder, ExitStack() as stack:
        open_ = {t.name: stack.enter_context(sink(folder, t)) for t in (*EVENT_TABLES, *ACTOR_TABLES)}
        for told in source:
            n_events += 1
            actors.update(p.actor for p in told.event.participants)
            for table in EVENT_TABLES:
                open_[table.name].write(table.rows(told))
        for actor in source.actors(actors):
            for table in ACTOR_TABLES:
                open_[table.name].write(table.rows(actor))
        stack.close()
        _explain(source, folder, n_events)
    return Written(n_events)


def _explain(source: Source, folder: Path, n_events: int) -> None:
    """Write codebook, code lists and README beside the tables."""
    columns = ("table", "column", "kind", "codes", "gloss")
    codes = (
        (name, code.code, code.parent, " ".join(code.meaning.split()))
        for name, listed in CODES.items()
        for code in listed
    )
    for name, header, rows in (
        ("codebook.csv", columns, codebook_rows()),
        ("codes.csv", ("list", "code", "parent", "meaning"), codes),
    ):
        with (folder / name).open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, lineterminator="\n").writerows((header, *rows))
    about = "".join(f"{name}: {value}\n" for name, value in {**source.about(), "n_events": n_events}.items())
    tables = "".join(f"- {table.name}: {table.gloss}\n" for table in (*EVENT_TABLES, *ACTOR_TABLES))
    (folder / "README.md").write_text(README.format(about=about, tables=tables), encoding="utf-8")


README = """# Events of a record

{about}
Tables; `event`, `actor` and `claim` join them:

{tables}
- codebook.csv: what each column holds, and the list that its codes are from.
- codes.csv: the code lists.

Days are those that the words of reports name; a month or a year stays in `when` (EDTF, ISO 8601-2) and never becomes a
day. Support is counted in origins: reports that copy each other are one voice. Each row of `claims` gives the report,
the place of its sentence in characters, and the sentence: that is what an event rests on.
"""


# CSV ---------------------------------------------------------------------------------------------------------


class CsvSink:
    """Writes rows as they come."""

    def __init__(self, folder: Path, table: Table[Any]) -> None:
        self.stream = (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="")
        self.writer = csv.writer(self.stream, lineterminator="\n")
        self.writer.writerow(column.name for column in table.columns)

    def write(self, rows: Iterable[Row]) -> None:
        self.writer.writerows(rows)

    def __enter__(self) -> "CsvSink":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stream.close()


# Parquet -----------------------------------------------------------------------------------------------------


class ParquetSink:
    """Writes rows in groups; glosses and code lists go with the columns, as their metadata."""

    def __init__(self, folder: Path, table: Table[Any]) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        types = {"text": pa.string(), "integer": pa.int64(), "number": pa.float64(), "day": pa.date32()}
        fields = [
            pa.field(c.name, types[c.kind], metadata={"gloss": c.gloss, **({"codes": c.codes} if c.codes else {})})
            for c in table.columns
        ]
        self.schema = pa.schema(fields, metadata={"gloss": table.gloss})
        self.days = [n for n, column in enumerate(table.columns) if column.kind == "day"]
        self.writer = pq.ParquetWriter(folder / f"{table.name}.parquet", self.schema, compression="zstd")
        self.rows: list[Row] = []

    def write(self, rows: Iterable[Row]) -> None:
        self.rows += rows
        if len(self.rows) >= ROWS_AT_ONCE:
            self._flush()

    def _flush(self) -> None:
        import pyarrow as pa

        columns: list[Sequence[object]] = list(zip(*self.rows, strict=True)) or [()] * len(self.schema)
        for n in self.days:
            columns[n] = _dates(columns[n])
        self.writer.write_table(
            pa.table(
                [pa.array(values, field.type) for values, field in zip(columns, self.schema, strict=True)],
                schema=self.schema,
            )
        )
        self.rows = []

    def __enter__(self) -> "ParquetSink":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._flush()
        self.writer.close()


def _dates(values: Sequence[object]) -> list[object]:
    return [date.fromisoformat(str(value)) if value else None for value in values]


# Stata -------------------------------------------------------------------------------------------------------


class StataSink:
    """Gathers rows, and writes them with labels for columns and codes at the end."""

    def __init__(self, folder: Path, table: Table[Any]) -> None:
        self.path, self.table = folder / f"{table.name}.dta", table
        self.rows: list[Row] = []

    def write(self, rows: Iterable[Row]) -> None:
        self.rows += rows

    def __enter__(self) -> "StataSink":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._save()

    def _save(self) -> None:
        import pandas as pd

        columns = self.table.columns
        frame = pd.DataFrame(self.rows, columns=[c.name for c in columns], dtype=object)
        labels: dict[str, dict[int, str]] = {}
        for c in columns:
            if c.kind == "day":
                frame[c.name] = pd.to_datetime(frame[c.name])
            elif c.kind == "text":
                frame[c.name] = frame[c.name].fillna("").astype(str)
            else:
                frame[c.name] = pd.to_numeric(frame[c.name]).astype("float64" if c.kind == "number" else "Int64")
                if c.codes:
                    labels[c.name] = {int(code.code): code.meaning for code in CODES[c.codes]}
        frame.to_stata(
            self.path,
            write_index=False,
            version=118,
            convert_dates={c.name: "td" for c in columns if c.kind == "day"},
            convert_strl=[c.name for c in columns if c.kind == "text" and _is_long(frame[c.name])],
            variable_labels={c.name: c.gloss[:LONGEST_LABEL] for c in columns},
            value_labels=labels,
            data_label=self.table.gloss[:LONGEST_LABEL],
            time_stamp=STAMP,
        )


def _is_long(values: Any) -> bool:
    return any(len(value.encode()) > LONGEST_TEXT for value in values)
