"""Where the events of a view took place: one by one where they are few, by state where they are many.

In: a View. Out: the places of its newest events as reports write them, or the counts by state of all of them.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from legation.record.store.appearances import tallies
from legation.record.store.browsing import View, newest_events
from legation.record.store.schema import events

__all__ = ["MOST_PLACED", "Placed", "StateCount", "can_count_states", "count_states", "find_placed"]

MOST_PLACED = 5_000  # events looked up one by one: about 30 ms


@dataclass(frozen=True, slots=True)
class Placed:
    """An event's place as reports write it, with the state in which they say that it lies."""

    event: str
    status: str
    place: str | None
    country: str | None


@dataclass(frozen=True, slots=True)
class StateCount:
    """How many events of a status lie in a state."""

    country: str
    status: str
    n: int


def find_placed(connection: Connection, view: View) -> list[Placed]:
    """Return the places of a view's newest events, the newest first; at most MOST_PLACED."""
    found = newest_events(connection, view, MOST_PLACED)
    if found is None:
        return []
    query = (
        select(found.c.event, found.c.status, events.c.place, events.c.place_country)
        .join(events, events.c.id == found.c.event)
        .order_by(found.c.day.desc(), found.c.event.desc())
    )
    return [Placed(*row) for row in connection.execute(query)]


def can_count_states(view: View) -> bool:
    """Whether the counts by month tell in which states the events of a view lie."""
    return not (view.actors or view.place or view.mode or view.conflict or view.known_by)


def count_states(connection: Connection, view: View) -> list[StateCount]:
    """Return how many events of a view lie in each state, by whole months."""
    row = tallies.c
    wanted = [row.scope == "place"]
    wanted += [column == value for column, value in ((row.type, view.type), (row.status, view.status)) if value]
    wanted += [row.month >= view.since[:7]] if view.since else []
    wanted += [row.month <= view.until[:7]] if view.until else []
    query = select(row.key, row.status, func.sum(row.n)).where(*wanted).group_by(row.key, row.status)
    return [StateCount(key.removeprefix("in:"), status, n) for key, status, n in connection.execute(query)]
