"""Who met whom: those on either side of the events of a view, and how often each two stood across from each other.

In: a view. Out: a Network of Nodes and Edges, those most often met first. An event joins two of its parties where they
stand on different sides of it, or where it has two like sides, and they don't act for one state; so co-travellers
of one delegation aren't taken for contacts.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Literal

from sqlalchemy import Connection, select

from legation.record.store.browsing import View, page_events
from legation.record.store.rows import chunks
from legation.record.store.schema import event_participants, events, names

__all__ = ["MOST_EVENTS", "Edge", "Network", "Node", "Of", "find_network"]

MOST_EVENTS = 2000  # of a view, newest first: about 60 ms
Of = Literal["people", "mixed", "states"]
KINDS: dict[Of, tuple[str, ...]] = {
    "people": ("person", "body", "organisation"),
    "mixed": ("person", "body", "organisation", "state"),
    "states": ("person", "body", "organisation", "state", "group"),
}


@dataclass(frozen=True, slots=True)
class Node:
    """Somebody who met others: in how many events, and how many others. id: an actor's, or a state's code."""

    id: str
    name: str
    kind: str
    country: str | None
    n_events: int
    n_others: int


@dataclass(frozen=True, slots=True)
class Edge:
    """Two who met: how often, the first and the last day, the last event."""

    one: str
    other: str
    n_events: int
    first: str
    last: str
    event: str


@dataclass(frozen=True, slots=True)
class Network:
    """Who met whom in the newest events of a view. since: the first day of these; is_all: they are all of the view."""

    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    n_events: int = 0
    since: str = ""
    is_all: bool = True


@dataclass(slots=True)
class _Met:
    """Two who met, while they are counted; days come newest first."""

    last: str
    event: str
    first: str = ""
    n: int = 0


@dataclass(frozen=True, slots=True)
class _Row:
    """A party of an event: id as a node, role, state."""

    id: str
    role: str
    country: str | None


@dataclass(slots=True)
class _Counts:
    """What is counted on the way through the events."""

    met: dict[tuple[str, str], _Met] = field(default_factory=dict)
    events: Counter[str] = field(default_factory=Counter)
    others: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def find_network(connection: Connection, view: View, of: Of) -> Network:
    """Return who met whom in the newest events of a view; of: "people", "states" (whoever acts for them) or "mixed"."""
    leaf = page_events(connection, view, limit=MOST_EVENTS)
    if not leaf.ids:
        return Network()
    days = _days(connection, leaf.ids)
    parties = _parties(connection, leaf.ids, of)
    counts = _Counts()
    for event in leaf.ids:
        _count(counts, parties.get(event, ()), event, days.get(event, ""))
    edges = tuple(
        Edge(*pair, met.n, met.first, met.last, met.event)
        for pair, met in sorted(counts.met.items(), key=lambda one: (-one[1].n, one[0]))
    )
    since = min((day for day in days.values() if day), default="")
    return Network(_nodes(connection, counts, of), edges, len(leaf.ids), since, not leaf.next)


def _count(counts: _Counts, parties: Sequence[_Row], event: str, day: str) -> None:
    pairs = {
        (min(a.id, b.id), max(a.id, b.id))
        for a, b in combinations(parties, 2)
        if a.id != b.id and (a.role != b.role or a.role == "side") and (a.country is None or a.country != b.country)
    }
    for one, other in pairs:
        met = counts.met.setdefault((one, other), _Met(day, event))
        met.n, met.first = met.n + 1, day
        counts.others[one].add(other)
        counts.others[other].add(one)
    counts.events.update({id_ for pair in pairs for id_ in pair})


def _days(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for some in chunks(ids):
        query = select(events.c.id, events.c.first_day, events.c.reported).where(events.c.id.in_(some))
        found |= {row.id: row.first_day or row.reported or "" for row in connection.execute(query)}
    return found


def _parties(connection: Connection, ids: Sequence[str], of: Of) -> dict[str, list[_Row]]:
    """The parties of events that can be nodes."""
    row = event_participants.c
    found: dict[str, list[_Row]] = defaultdict(list)
    for some in chunks(ids):
        query = (
            select(row.event, row.role, names.c.actor, names.c.country, names.c.kind)
            .join(names, names.c.id == row.name_id)
            .where(row.event.in_(some), names.c.kind.in_(KINDS[of]))
            .order_by(row.event, row.role, names.c.id)
        )
        for r in connection.execute(query):
            id_ = r.country if of == "states" or r.kind == "state" else r.actor
            if id_:
                found[r.event].append(_Row(id_, r.role, r.country))
    return found


def _nodes(connection: Connection, counts: _Counts, of: Of) -> tuple[Node, ...]:
    ranked = sorted(counts.events.items(), key=lambda one: (-one[1], one[0]))
    heads = {} if of == "states" else _heads(connection, [id_ for id_, _ in ranked if id_.startswith("a-")])
    found = []
    for id_, n in ranked:
        name, kind, country = heads.get(id_, ("", "state", id_))
        found.append(Node(id_, name, kind, country, n, len(counts.others[id_])))
    return tuple(found)


def _heads(connection: Connection, ids: Iterable[str]) -> dict[str, tuple[str, str, str | None]]:
    found: dict[str, tuple[str, str, str | None]] = {}
    for some in chunks(ids):
        query = select(names.c.id, names.c.name, names.c.kind, names.c.country).where(names.c.id.in_(some))
        found |= {row.id: (row.name, row.kind, row.country) for row in connection.execute(query)}
    return found
