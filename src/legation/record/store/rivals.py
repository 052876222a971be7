"""Finds, for events just made, those that may tell the same act differently (see record/contradicting.py).

In: events. Out: for each the ids of others on its days that share a person with it. Only events of those days are
looked at: what it costs depends on how busy they are, not on how long the record is.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from sqlalchemy import Connection, select

from legation.record.contradicting import DAYS_TO_MISS, KINDS, OFF, is_told_off
from legation.record.event import Event
from legation.record.mention import is_same_name
from legation.record.store.rows import chunks
from legation.record.store.schema import event_participants, events, names, reports, tellings

__all__ = ["find_rivals"]

Person = tuple[str | None, tuple[str, ...]]  # state and sounds of the name


def find_rivals(connection: Connection, made: Sequence[Event]) -> dict[str, set[str]]:
    """Return for each event the ids of those with which it may be one act; a wide choice, to be judged in full."""
    dated = {event.id: event.first_day for event in made if event.kind in KINDS and event.first_day is not None}
    absences = [event for event in made if event.kind in KINDS and event.first_day is None and is_told_off(event)]
    days = {day for event in made if event.id in dated for day in _ends(event.first_day, event.last_day)}
    near = _held_on(connection, days | {day for event in absences for day in _days_before(event.reported)})
    missed = _absences_after(connection, {_ends(e.first_day, e.last_day)[-1] for e in made if e.id in dated})
    persons = _persons(connection, {id_ for ids in (*near.values(), *missed.values()) for id_ in ids} | {*dated})
    persons |= _persons(connection, {event.id for event in absences})
    rivals: dict[str, set[str]] = {}
    for event in made:
        ids: set[str] = set()
        if event.id in dated:
            ends = _ends(event.first_day, event.last_day)
            ids = set().union(*(near.get(day, set()) for day in ends), missed.get(ends[-1], set()))
        elif event in absences:
            ids = {id_ for day in _days_before(event.reported) for id_ in near.get(day, ())}
        own = persons.get(event.id, set())
        rivals[event.id] = {id_ for id_ in ids - {event.id} if _share_one(own, persons.get(id_, set()))}
    return rivals


def _ends(first: str | None, last: str | None) -> tuple[str, ...]:
    """The days by which an act is found: its first and its last; of one that lasts for long only the first."""
    if first is None:
        return ()
    return (first, last) if last in _days_after(first) else (first,)


def _days_after(day: str) -> list[str]:
    start = date.fromisoformat(day)
    return [(start + timedelta(n)).isoformat() for n in range(DAYS_TO_MISS + 1)]


def _days_before(day: str | None) -> list[str]:
    end = date.fromisoformat(day) if day else None
    return [(end - timedelta(n)).isoformat() for n in range(DAYS_TO_MISS + 1)] if end else []


def _held_on(connection: Connection, days: Iterable[str]) -> dict[str, set[str]]:
    """Events by their first and last day: each of two must find the other, whichever came first."""
    found: dict[str, set[str]] = defaultdict(set)
    wanted = set(days)
    for some in chunks({before for day in wanted for before in _days_before(day)}):
        query = select(events.c.id, events.c.first_day, events.c.last_day)
        for row in connection.execute(query.where(events.c.first_day.in_(some), events.c.kind.in_(KINDS))):
            for day in wanted & {*_ends(row.first_day, row.last_day)}:
                found[day].add(row.id)
    return found


def _absences_after(connection: Connection, days: Iterable[str]) -> dict[str, set[str]]:
    """By day, events without a day of their own that are denied or called off, with reports of the days after it."""
    told: dict[str, set[str]] = defaultdict(set)
    after = {day: _days_after(day) for day in days}
    for some in chunks({later for every in after.values() for later in every}):
        query = (
            select(tellings.c.event, reports.c.day)
            .join(reports, reports.c.digest == tellings.c.digest)
            .join(events, events.c.id == tellings.c.event)
            .where(reports.c.day.in_(some), events.c.status.in_(OFF), events.c.first_day.is_(None))
            .where(events.c.kind.in_(KINDS))
            .distinct()
        )
        for row in connection.execute(query):
            told[row.day].add(row.event)
    return {day: set().union(*(told.get(later, set()) for later in every)) for day, every in after.items()}


def _persons(connection: Connection, ids: Iterable[str]) -> dict[str, set[Person]]:
    found: dict[str, set[Person]] = defaultdict(set)
    for some in chunks(ids):
        query = (
            select(event_participants.c.event, names.c.country, names.c.key)
            .join(names, names.c.id == event_participants.c.name_id)
            .where(event_participants.c.event.in_(some), names.c.kind == "person")
        )
        for row in connection.execute(query):
            found[row.event].add((row.country, tuple(row.key.split())))
    return found


def _share_one(ours: set[Person], theirs: set[Person]) -> bool:
    return bool(ours & theirs) or any(
        is_same_name(key, other)
        for code, key in ours
        for state, other in theirs
        if code == state or not code or not state
    )
