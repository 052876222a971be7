"""The record as programs use it: open, add readings, read events.

with open_record("desk.legation") as record:
    record.add(results, reader=digest)
    for event in record.events():
        ...
"""

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from sqlalchemy import Connection, Engine, delete, func, select

from legation import __version__
from legation.language.claim import Claim
from legation.language.read import Reading
from legation.record.event import Event
from legation.record.store.appearances import appearances, event_keys, tallies
from legation.record.store.connect import RecordError, connect, is_postgresql, tell_failures, writing
from legation.record.store.decided import decided
from legation.record.store.filling import fill_missing
from legation.record.store.rows import report_from_row
from legation.record.store.schema import (
    claims,
    conflicts,
    copies,
    event_participants,
    events,
    name_keys,
    names,
    participants,
    rejected,
    reports,
    runs,
    spellings,
    telling_keys,
    tellings,
)
from legation.record.store.told import read_events
from legation.record.store.travelled import read_told, read_trips
from legation.record.store.wordings import wordings
from legation.record.store.writing import (
    Added,
    add_readings,
    horizon,
    known_ids,
    rebuild_reports,
    replace_readings,
)
from legation.record.trips import Trip
from legation.sources.report import Rejected, Report

__all__ = ["Record", "load_events", "open_record"]

WORKED_OUT = (
    conflicts, event_participants, events, appearances, tallies, event_keys, telling_keys, tellings, spellings,
    wordings, name_keys, names,
)  # fmt: skip
BATCH = 50  # reports in one transaction: what a kill can cost, and what a commit is shared by


class Record:
    """A record that is open. Reading and writing go through transactions of their own; see the functions it calls."""

    def __init__(self, address: str, engine: Engine) -> None:
        self.address = address
        self.engine = engine

    def __enter__(self) -> "Record":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction in which nothing changes underneath."""
        with tell_failures(self.address), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction of the one writer."""
        with tell_failures(self.address), writing(self.engine) as connection:
            yield connection

    def add(
        self, results: Iterable[Reading | Rejected], *, reader: str, told: Callable[[Added], None] | None = None
    ) -> Added:
        """Store results in batches, each committed whole; `told` hears of each batch."""
        total = Added()
        for batch in _batches(results):
            with self.writing() as connection:
                added = add_readings(connection, batch, reader=reader)
            total += added
            if told:
                told(added)
        return total

    def start_run(self, reader: str, settings: dict[str, object]) -> None:
        """Write down with what the next reports are read: version, digest of the model, settings."""
        row = {
            "started": datetime.now(UTC).isoformat(timespec="seconds"),
            "version": __version__,
            "reader": reader,
            "settings": json.dumps(settings, sort_keys=True, default=str),
        }
        with self.writing() as connection:
            connection.execute(runs.insert(), [row])

    def new_only(self, items: Iterable[Report | Rejected]) -> Iterator[Report | Rejected]:
        """Yield what the record doesn't hold yet, so that it isn't read twice; what was rejected passes."""
        for batch in _batches(items):
            with self.reading() as connection:
                known = known_ids(connection, [item.digest for item in batch if isinstance(item, Report)])
            for item in batch:
                # A content under a smaller id than before passes too: the id is kept then, and nothing else.
                if isinstance(item, Rejected) or item.digest not in known or item.id < known[item.digest]:
                    yield item

    def events(self, ids: Sequence[str] | None = None, *, known_by: str | None = None) -> Iterator[Event]:
        """Yield events with all their claims, all of them by day and id or those asked for in their order."""
        with self.reading() as connection:
            if ids is None:
                order = (events.c.first_day.is_(None), events.c.first_day, events.c.id)
                ids = list(connection.scalars(select(events.c.id).order_by(*order)))
            corrections = decided(connection).corrections
            for k in range(0, len(ids), 200):
                yield from read_events(connection, ids[k : k + 200], corrections=corrections, known_by=known_by)

    def told(self) -> Iterator[tuple[Report, list[Claim]]]:
        """Yield every report with the claims read in its text: rejected ones left out, corrected ones corrected."""
        with self.reading() as connection:
            yield from read_told(connection)

    def trips(self, actor: str = "") -> list[Trip]:
        """Return the journeys that the record tells, by first day; only those of one actor (an id) where given."""
        with self.reading() as connection:
            return read_trips(connection, actor=actor)

    def n_reports(self) -> int:
        """Return how many reports the record holds, each content once."""
        with self.reading() as connection:
            return connection.scalar(select(func.count()).select_from(reports)) or 0

    def horizon(self) -> str | None:
        """Return the last day of publication in the record, YYYY-MM-DD."""
        with self.reading() as connection:
            return horizon(connection)

    def rejected(self) -> list[Rejected]:
        """Return what could not be read, with the reasons."""
        with self.reading() as connection:
            rows = connection.execute(
                select(rejected.c.origin_path, rejected.c.reason).order_by(rejected.c.origin_path)
            )
            return [Rejected(row.origin_path, row.reason) for row in rows]

    def outdated(self, reader: str) -> list[Report]:
        """Return the reports that another model has read."""
        with self.reading() as connection:
            rows = connection.execute(select(reports).where(reports.c.reader != reader).order_by(reports.c.digest))
            return [report_from_row(row) for row in rows if not row.reader.startswith("decision")]

    def replace(self, readings: Iterable[Reading], *, reader: str) -> int:
        """Put new readings in the place of the old ones, batch by batch; decisions are replayed on them."""
        n = 0
        for batch in _batches(readings):
            with self.writing() as connection:
                replace_readings(connection, batch, reader=reader)
            n += len(batch)
        return n

    def rebuild(self) -> None:
        """Work out everything from the claims again: after a change of the rules, of the tables or of decisions."""
        with self.writing() as connection:
            for table in WORKED_OUT:
                connection.execute(delete(table))
            digests = list(connection.scalars(select(reports.c.digest).order_by(reports.c.digest)))
            for k in range(0, len(digests), BATCH):
                rebuild_reports(connection, digests[k : k + BATCH])

    def dump(self) -> Iterator[str]:
        """Yield the record as text lines, the same for the same reports in whatever order they were read."""
        with self.reading() as connection:
            yield from _dump(connection)

    def backup(self, path: Path) -> None:
        """Write a copy of a live SQLite record to a new file."""
        _backup(self, path)


def open_record(address: str | Path, *, must_exist: bool = False) -> Record:
    """Open the record in this file, or in the database at this postgresql:// address; make it if it isn't there.

    must_exist: refuse to make a new file, as for asking.
    """
    address = str(address)
    engine = connect(address, must_exist=must_exist)
    with tell_failures(address):
        fill_missing(engine)
    return Record(address, engine)


def load_events(record: Record, *, known_by: str | None = None) -> Iterator[Event]:
    """Yield all events of a record, by day and id, each with participants, fields, claims, sentences and conflicts.

    with open_record("desk.legation", must_exist=True) as record:
        visits = [event for event in load_events(record) if event.kind == "visit"]
    """
    return record.events(known_by=known_by)


Item = TypeVar("Item")


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    batch: list[Item] = []
    for item in items:
        batch.append(item)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


DUMPED = (
    (reports, ("digest", "id", "source", "title", "published", "language", "origin")),
    (claims, None),
    (participants, None),
    (copies, None),
    (tellings, None),
    (telling_keys, None),
    (names, None),
    (name_keys, None),
    (spellings, None),
    (events, None),
    (event_participants, None),
    (conflicts, None),
    (appearances, None),
    (tallies, None),
    (event_keys, None),
    (wordings, None),
)


def _dump(connection: Connection) -> Iterator[str]:
    """Every table worked out from the reports; not where a report lay, nor when it was read."""
    for table, chosen in DUMPED:
        columns = [table.c[name] for name in chosen] if chosen else list(table.c)
        rows = sorted(
            json.dumps([table.name, *row], ensure_ascii=False) for row in connection.execute(select(*columns))
        )
        yield from rows


def _backup(record: Record, path: Path) -> None:
    if is_postgresql(record.address):
        raise RecordError(
            f"{path}: a PostgreSQL record is backed up by PostgreSQL's own means: pg_dump -Fc DATABASE > FILE."
        )
    if path.exists():
        raise RecordError(f"{path}: expected a new file for the backup, found one there. Name another, or delete it.")
    part = path.with_name(path.name + ".part")
    try:
        with tell_failures(str(path)), record.engine.connect() as connection:
            source = connection.connection.driver_connection
            target = sqlite3.connect(part)
            try:
                source.backup(target)  # type: ignore[union-attr]
            finally:
                target.close()
        shutil.move(part, path)
    except (sqlite3.Error, OSError) as error:
        part.unlink(missing_ok=True)
        raise RecordError(
            f"{path}: the backup can't be written ({error}). Make room, or name another place."
        ) from error
