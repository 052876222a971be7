"""The record as the rooms ask it: events of a view page by page, with what is remembered between requests.

In: Views and ids. Out: Events and the place at which to go on. Remembered is only what the record's state names: the
log of decisions, the outlets; both are read anew when something was written.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import Connection, func, select

from legation.record.decision import Decision
from legation.record.event import Event
from legation.record.store import Record
from legation.record.store.browsing import Leaf, View, page_events
from legation.record.store.decided import Standing, decided, in_force, log
from legation.record.store.rows import chunks
from legation.record.store.schema import claims, decisions, reports, runs, tellings
from legation.record.store.told import read_events
from legation.views.web.readings import Readings
from legation.views.web.settings import WebSettings

__all__ = ["Desk", "Events"]

# Where what was known then decides what is shown: events looked at in one go, and how often.
LOOKED_AT, MOST_TRIES = 100, 4

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Events:
    """Some events of a view, and where to go on."""

    rows: tuple[Event, ...]
    next: str


class Desk:
    """A record that is open for the rooms."""

    def __init__(self, record: Record, settings: WebSettings) -> None:
        self.record = record
        self.settings = settings
        self.readings = Readings()
        self._held: dict[str, tuple[tuple[int, ...], Any]] = {}
        self._lock = Lock()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction in which nothing changes underneath."""
        with self.record.reading() as connection:
            yield connection

    def state(self, connection: Connection) -> tuple[int, ...]:
        """Numbers that change when reports or decisions come."""
        return tuple(connection.scalar(select(func.max(t.c.n))) or 0 for t in (reports, decisions, runs))

    def remember(
        self, connection: Connection, name: str, make: Callable[[], Value], *, by_reports: bool = False
    ) -> Value:
        """Return a value worked out once for each state of the record; by_reports: whatever was decided meanwhile."""
        state = self.state(connection)[:1] if by_reports else self.state(connection)
        with self._lock:
            held = self._held.get(name)
        if held is None or held[0] != state:
            held = (state, make())
            with self._lock:
                self._held[name] = held
        value: Value = held[1]
        return value

    def standing(self, connection: Connection) -> Standing:
        """The decisions in force."""
        return self.remember(connection, "standing", lambda: decided(connection))

    def log(self, connection: Connection) -> list[Decision]:
        """All decisions, oldest first."""
        return self.remember(connection, "log", lambda: log(connection))

    def in_force(self, connection: Connection) -> list[Decision]:
        """The decisions that nothing has undone, oldest first."""
        return self.remember(connection, "in force", lambda: in_force(self.log(connection)))

    def horizon(self, connection: Connection) -> str:
        """The last day of publication in the record; "" in an empty one."""
        return connection.scalar(select(func.max(reports.c.day))) or ""

    def read(
        self, connection: Connection, ids: Sequence[str], known_by: str = "", *, whole: bool = False
    ) -> list[Event]:
        """Events in the order of their ids; whole: with what came of them."""
        corrections = self.standing(connection).corrections
        return read_events(connection, ids, corrections=corrections, known_by=known_by or None, outcomes=whole)

    def events(self, connection: Connection, view: View, *, limit: int, after: str = "") -> Events:
        """The next events of a view; as they were known by a day, those that had its status then."""
        if not (view.known_by and view.status):
            leaf = page_events(connection, view, limit=limit, after=after)
            return Events(tuple(self.read(connection, leaf.ids, view.known_by)), leaf.next)
        found: list[Event] = []
        leaf = Leaf((), after)
        for _ in range(MOST_TRIES):
            leaf = page_events(connection, replace(view, status=""), limit=LOOKED_AT, after=leaf.next)
            then = self.read(connection, _told_as(connection, leaf.ids, view), view.known_by)
            found += [event for event in then if event.status == view.status]
            if len(found) >= limit or not leaf.next:
                break
        return Events(tuple(found), leaf.next)

    def several(self, connection: Connection, views: Mapping[str, tuple[View, int, str]]) -> dict[str, Events]:
        """The next events of several views, by name: (view, how many, after); what is in more than one is read once."""
        if any(view.known_by for view, _, _ in views.values()):
            return {
                name: self.events(connection, view, limit=limit, after=after)
                for name, (view, limit, after) in views.items()
            }
        leaves = {name: page_events(connection, v, limit=n, after=after) for name, (v, n, after) in views.items()}
        every = sorted({id_ for leaf in leaves.values() for id_ in leaf.ids})
        read = {event.id: event for event in self.read(connection, every)}
        return {
            name: Events(tuple(read[id_] for id_ in leaf.ids if id_ in read), leaf.next)
            for name, leaf in leaves.items()
        }


def _told_as(connection: Connection, ids: Sequence[str], view: View) -> list[str]:
    """Those of some events that a report of the time tells with the view's status: only they can have it."""
    told: set[str] = set()
    for some in chunks(ids):
        query = (
            select(tellings.c.event)
            .join(claims, claims.c.telling == tellings.c.id)
            .join(reports, reports.c.digest == claims.c.digest)
            .where(tellings.c.event.in_(some), claims.c.status == view.status, reports.c.day <= view.known_by)
        )
        told |= set(connection.scalars(query))
    return [id_ for id_ in ids if id_ in told]
