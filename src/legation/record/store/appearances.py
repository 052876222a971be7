"""Where each event is found: one row for every key by which people look for it, in the order of days.

In: events as they are made or go. Out: tables that answer "the newest fifty of this actor, planned, since May" from one
range of one index, however long the record is. The idea is that of an inverted index (Zobel, Moffat, "Inverted files
for text search engines", 2006): postings by key, sorted by day, each with what is most often filtered by.

Keys: "" every event; "a-…" a name that takes part; "CHN" a state for which somebody acts; "CHN|PRK" two of them;
"type:CONSULT", "status:planned", "mode:visit" (also its kind), "in:CHN", "at:hanoi", "conflict", "conflict:when".
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Index,
    Integer,
    String,
    Table,
    Text,
    and_,
    bindparam,
    delete,
    select,
)  # fmt: skip
from sqlalchemy.dialects import postgresql, sqlite

from legation.record.event import Event
from legation.record.store.rows import chunks, fold_text
from legation.record.store.schema import metadata, names

__all__ = [
    "NO_DAY", "Appearance", "appearances", "event_keys", "forget_appearances", "note_appearances", "rows_of",
    "scope_of", "tallies",
]  # fmt: skip

NO_DAY = ""  # sorts before every day: newest first, what has no day comes last

# `day`: the first day of the event, else of the first report; `last`: its last day; `reported`: the first report's.
appearances = Table(
    "appearances",
    metadata,
    Column("key", Text, primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("event", String(32), primary_key=True),
    Column("last", String(10), nullable=False),
    Column("reported", String(10), nullable=False),
    Column("type", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("level", Integer, nullable=False),
    Column("channel", Text, nullable=False),
    sqlite_with_rowid=False,
)
# How many events of a month: of the whole record, of a state, of two states, in a country.
tallies = Table(
    "tallies",
    metadata,
    Column("scope", String(6), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("month", String(7), primary_key=True),
    Column("type", Text, primary_key=True),
    Column("status", Text, primary_key=True),
    Column("level", Integer, primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("n", Integer, nullable=False),
    Index("tallies_by_month", "scope", "month"),
    sqlite_with_rowid=False,
)
# The keys of an event as they stand in the tables above, with its row: what must go when it changes.
event_keys = Table(
    "event_keys",
    metadata,
    Column("event", String(32), primary_key=True),
    Column("content", Text, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Appearance:
    """What stands in every row of an event, and the keys of its rows."""

    event: str
    day: str
    last: str
    reported: str
    type: str
    status: str
    level: int
    channel: str
    keys: tuple[str, ...]


def scope_of(key: str) -> str:
    """Return by which table of counts a key is counted: "record", "state", "pair", "place", or "" for none."""
    if not key:
        return "record"
    if key.startswith("in:"):
        return "place"
    if ":" in key or key.startswith("a-") or key == "conflict":
        return ""
    return "pair" if "|" in key else "state"


def appearance_of(event: Event, name_ids: Iterable[str], countries: Iterable[str]) -> Appearance:
    """Return where an event is found; countries: those of all names that take part."""
    sides = sorted(set(countries))
    keys = ["", f"type:{event.type}", f"status:{event.status}", *sorted(set(name_ids)), *sides]
    keys += ["|".join(pair) for pair in combinations(sides, 2)]
    keys += [f"mode:{mode}" for mode in sorted({event.mode or event.kind, event.kind})]
    if event.place_country:
        keys.append(f"in:{event.place_country}")
    if event.place:
        keys.append(f"at:{fold_text(event.place.value)}")
    fields = sorted({conflict.field for conflict in event.conflicts})
    keys += ["conflict"] * bool(fields) + [f"conflict:{field}" for field in fields]
    return Appearance(
        event.id,
        event.first_day or event.reported or NO_DAY,
        event.last_day or event.reported or NO_DAY,
        event.reported or NO_DAY,
        event.type,
        event.status,
        event.level,
        event.channel,
        tuple(keys),
    )


def rows_of(found: Appearance) -> list[dict[str, Any]]:
    """Return the rows of an event in `appearances`."""
    row = {
        "day": found.day,
        "event": found.event,
        "last": found.last,
        "reported": found.reported,
        "type": found.type,
        "status": found.status,
        "level": found.level,
        "channel": found.channel,
    }
    return [{"key": key, **row} for key in found.keys]


def note_appearances(connection: Connection, made: Sequence[Event], people: Sequence[Mapping[str, str]]) -> None:
    """Write where new events are found; people: their rows of `event_participants`."""
    of: dict[str, set[str]] = defaultdict(set)
    for row in people:
        of[row["event"]].add(row["name_id"])
    countries = _countries(connection, {name for ids in of.values() for name in ids})
    found = [
        appearance_of(event, of[event.id], {countries[name] for name in of[event.id] if name in countries})
        for event in made
    ]
    if not found:
        return
    connection.execute(appearances.insert(), [row for one in found for row in rows_of(one)])
    connection.execute(event_keys.insert(), [{"event": one.event, "content": _to_json(one)} for one in found])
    _count(connection, found, 1)


def _countries(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for some in chunks(ids):
        query = select(names.c.id, names.c.country).where(names.c.id.in_(some), names.c.country.is_not(None))
        found |= {row.id: row.country for row in connection.execute(query)}
    return found


def forget_appearances(connection: Connection, ids: Iterable[str]) -> None:
    """Take events out of all places where they are found."""
    for some in chunks(ids):
        contents = connection.scalars(select(event_keys.c.content).where(event_keys.c.event.in_(some)))
        found = [_from_json(content) for content in contents]
        if not found:
            continue
        places = sorted((key, one.day, one.event) for one in found for key in one.keys)
        connection.execute(
            delete(appearances).where(_is_row(appearances)),
            [dict(zip(("at_key", "at_day", "at_event"), place, strict=True)) for place in places],
        )
        connection.execute(delete(event_keys).where(event_keys.c.event.in_(some)))
        _count(connection, found, -1)


def _count(connection: Connection, found: Iterable[Appearance], sign: int) -> None:
    """Add events to the months' counts, or take them off; counts of nothing go."""
    changes: Counter[tuple[str, str, str, str, str, int, str]] = Counter()
    for one in found:
        for key in one.keys:
            if scope := scope_of(key):
                changes[scope, key, one.day[:7], one.type, one.status, one.level, one.channel] += sign
    names_of = [column.name for column in tallies.primary_key]
    rows = [dict(zip(names_of, key, strict=True)) | {"n": n} for key, n in sorted(changes.items())]
    if not rows:
        return
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    added = insert(tallies)
    connection.execute(
        added.on_conflict_do_update(index_elements=names_of, set_={"n": tallies.c.n + added.excluded.n}), rows
    )
    if sign < 0:
        keys = [{f"at_{name}": row[name] for name in names_of} for row in rows]
        connection.execute(delete(tallies).where(_is_row(tallies), tallies.c.n == 0), keys)


def _is_row(table: Table) -> ColumnElement[bool]:
    """The row whose primary key is given as at_key, at_day, ..."""
    return and_(*(column == bindparam(f"at_{column.name}") for column in table.primary_key))


def _to_json(found: Appearance) -> str:
    values = [
        found.event, found.day, found.last, found.reported, found.type, found.status, found.level, found.channel,
        found.keys,
    ]  # fmt: skip
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def _from_json(content: str) -> Appearance:
    event, day, last, reported, type_, status, level, channel, keys = json.loads(content)
    return Appearance(event, day, last, reported, type_, status, level, channel, tuple(keys))
