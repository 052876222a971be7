"""Keeps the pointers of tellings, and with them the events, as reports come and go.

In: ids of tellings that are new, and of tellings whose neighbours have gone. Out: ids of the events that changed.
Only tellings that share a key within its days are looked at (see `telling.keys_of`): what a report costs depends on
how busy its days are, not on how long the record is.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, and_, bindparam, delete, select, update

from legation.record.linking import Link, choose, rank
from legation.record.store.rows import chunks, insert_new, telling_from_json, telling_to_json
from legation.record.store.schema import telling_keys, tellings
from legation.record.telling import Telling, keys_of

__all__ = ["Rulings", "add_tellings", "drop_tellings", "settle"]


@dataclass(frozen=True, slots=True)
class Rulings:
    """Decisions as they bear on tellings: pairs that are one act, and pairs of sets that are two."""

    same: tuple[tuple[str, str], ...] = ()
    different: tuple[tuple[frozenset[str], frozenset[str]], ...] = ()

    def parts(self, one: str, other: str) -> bool:
        """Whether a decision holds the two tellings apart."""
        return any((one in a and other in b) or (one in b and other in a) for a, b in self.different)

    def partners(self, ids: Iterable[str]) -> set[str]:
        """The tellings that a decision has made one with these, or held apart from them."""
        own = set(ids)
        found = {b if a in own else a for a, b in self.same if a in own or b in own}
        for a, b in self.different:
            if own & (a | b):
                found |= a | b
        return found - own


@dataclass(slots=True)
class _Shelf:
    """Tellings already read in this transaction."""

    connection: Connection
    held: dict[str, Telling] = field(default_factory=dict)

    def get(self, ids: Iterable[str]) -> dict[str, Telling]:
        wanted = set(ids)
        for some in chunks(wanted - self.held.keys()):
            query = select(tellings.c.id, tellings.c.digest, tellings.c.content).where(tellings.c.id.in_(some))
            for row in self.connection.execute(query):
                self.held[row.id] = telling_from_json(row.id, row.digest, row.content)
        return {id_: self.held[id_] for id_ in wanted if id_ in self.held}


def add_tellings(connection: Connection, new: Iterable[Telling]) -> set[str]:
    """Store tellings with their keys, each standing for itself; return their ids."""
    every = {telling.id: telling for telling in new}
    rows = [
        {
            "id": t.id,
            "digest": t.digest,
            "kind": t.kind,
            "content": telling_to_json(t),
            "points_to": None,
            "score": 0.0,
            "why": "[]",
            "event": t.id,
        }
        for t in every.values()
    ]
    insert_new(connection, tellings, rows)
    keys = [
        {"key": key, "day": t.near, "telling": t.id, "days": days}
        for t in every.values()
        if t.near is not None
        for key, days in keys_of(t).items()
    ]
    insert_new(connection, telling_keys, keys)
    return set(every)


def drop_tellings(connection: Connection, ids: Iterable[str]) -> tuple[set[str], set[str]]:
    """Delete tellings; return those that pointed to them, and the events that they belonged to."""
    gone, orphans, touched = set(ids), set(), set()
    for some in chunks(gone):
        touched |= set(connection.scalars(select(tellings.c.event).where(tellings.c.id.in_(some))))
        orphans |= set(connection.scalars(select(tellings.c.id).where(tellings.c.points_to.in_(some))))
    for some in chunks(gone):
        connection.execute(delete(telling_keys).where(telling_keys.c.telling.in_(some)))
        connection.execute(delete(tellings).where(tellings.c.id.in_(some)))
    return orphans - gone, touched


def settle(
    connection: Connection, new: Iterable[str], orphans: Iterable[str] = (), *, rulings: Rulings | None = None
) -> set[str]:
    """Point new tellings and orphans to the best, offer the new ones to their neighbours, and follow the pointers.

    Returns the ids of all events that changed, gone ones included.
    """
    rulings = rulings or Rulings()
    new, orphans = set(new), set(orphans)
    shelf = _Shelf(connection)
    near = _neighbours(connection, new | orphans)
    shelf.get({id_ for ids in near.values() for id_ in ids} | new | orphans)
    pointers: dict[str, tuple[str | None, float, tuple[str, ...]]] = {}
    for id_ in sorted(new | orphans):
        own = shelf.held[id_]
        others = (shelf.held[k] for k in near.get(id_, ()) if not rulings.parts(id_, k))
        found = choose(own, others)
        pointers[id_] = (found[0].id, found[1].score, found[1].why) if found else (None, 0.0, ())
    pointers |= _offer(shelf, near, new, set(pointers), rulings)
    return _store_pointers(connection, pointers, rulings)


def _neighbours(connection: Connection, ids: Iterable[str]) -> dict[str, set[str]]:
    """For each telling those that share a key with it within the key's days."""
    own, other = telling_keys.alias("own"), telling_keys.alias("other")
    near: dict[str, set[str]] = defaultdict(set)
    for some in chunks(ids):
        query = (
            select(own.c.telling, other.c.telling)
            .join(
                other,
                and_(
                    other.c.key == own.c.key,
                    other.c.day >= own.c.day - own.c.days,
                    other.c.day <= own.c.day + own.c.days,
                ),
            )
            .where(own.c.telling.in_(some))
        )
        for one, found in connection.execute(query):
            if one != found:
                near[one].add(found)
    return near


def _offer(
    shelf: _Shelf, near: Mapping[str, set[str]], new: set[str], chosen: set[str], rulings: Rulings
) -> dict[str, tuple[str | None, float, tuple[str, ...]]]:
    """Let each neighbour point to a new telling where that is better than what it points to now."""
    offers: dict[str, list[str]] = defaultdict(list)
    for id_ in new:
        for neighbour in near.get(id_, ()):
            if neighbour not in chosen and not rulings.parts(id_, neighbour):
                offers[neighbour].append(id_)
    present = _pointers(shelf.connection, offers)
    shelf.get(p for p, _ in present.values() if p)
    better: dict[str, tuple[str | None, float, tuple[str, ...]]] = {}
    for id_, offered in offers.items():
        found = choose(shelf.held[id_], (shelf.held[k] for k in offered))
        if found and _is_better(shelf, found, present[id_]):
            better[id_] = (found[0].id, found[1].score, found[1].why)
    return better


def _is_better(shelf: _Shelf, found: tuple[Telling, Link], present: tuple[str | None, float]) -> bool:
    to, score = present
    if to is None:
        return True
    return (-found[1].score, rank(found[0])) < (-score, rank(shelf.held[to]))


def _pointers(connection: Connection, ids: Iterable[str]) -> dict[str, tuple[str | None, float]]:
    found: dict[str, tuple[str | None, float]] = {}
    for some in chunks(ids):
        query = select(tellings.c.id, tellings.c.points_to, tellings.c.score).where(tellings.c.id.in_(some))
        found |= {row.id: (row.points_to, row.score) for row in connection.execute(query)}
    return found


def _store_pointers(
    connection: Connection, pointers: Mapping[str, tuple[str | None, float, tuple[str, ...]]], rulings: Rulings
) -> set[str]:
    """Write pointers, then give every telling of the events concerned its event; return the events concerned."""
    if pointers:
        connection.execute(
            update(tellings)
            .where(tellings.c.id == bindparam("own"))
            .values(points_to=bindparam("to"), score=bindparam("how"), why=bindparam("grounds")),
            [
                {"own": id_, "to": to, "how": score, "grounds": json.dumps(why, ensure_ascii=False)}
                for id_, (to, score, why) in sorted(pointers.items())
            ],
        )
    concerned = set(pointers) | {to for to, _, _ in pointers.values() if to}
    touched, members = _members(connection, concerned, rulings)
    events = _follow(members, rulings)
    moved = [{"own": id_, "to": events[id_]} for id_, m in sorted(members.items()) if events[id_] != m[0]]
    if moved:
        connection.execute(
            update(tellings).where(tellings.c.id == bindparam("own")).values(event=bindparam("to")), moved
        )
    return touched | set(events.values())


Members = dict[str, tuple[str, str | None, float]]


def _members(connection: Connection, ids: set[str], rulings: Rulings) -> tuple[set[str], Members]:
    """All tellings of the events of these, with event, pointer and score; closed under pointers and decisions."""
    touched: set[str] = set()
    members: Members = {}
    waiting = set(ids)
    while waiting:
        found: set[str] = set()
        for some in chunks(waiting):
            found |= set(connection.scalars(select(tellings.c.event).where(tellings.c.id.in_(some))))
        for some in chunks(found - touched):
            query = select(tellings.c.id, tellings.c.event, tellings.c.points_to, tellings.c.score)
            for row in connection.execute(query.where(tellings.c.event.in_(some))):
                members[row.id] = (row.event, row.points_to, row.score)
        touched |= found
        linked = {m[1] for m in members.values() if m[1]} | rulings.partners(members)
        waiting = (linked - members.keys()) & _present(connection, linked - members.keys())
    return touched, members


def _present(connection: Connection, ids: set[str]) -> set[str]:
    found: set[str] = set()
    for some in chunks(ids):
        found |= set(connection.scalars(select(tellings.c.id).where(tellings.c.id.in_(some))))
    return found


def _follow(members: Members, rulings: Rulings) -> dict[str, str]:
    """The event of each telling: the end of its pointers, as decisions join and part them."""
    up = {id_: (to if to in members else None) for id_, (_, to, _) in members.items()}
    for a, b in rulings.different:
        for one in sorted(a & members.keys()):
            for other in sorted(b & members.keys()):
                _part(up, members, one, other)
    ends = {id_: _path(up, id_)[-1] for id_ in up}
    joined: dict[str, str] = {}
    for left, right in sorted(rulings.same):
        if left in ends and right in ends:
            one, other = (_end(joined, ends[x]) for x in (left, right))
            if one != other:
                joined[max(one, other)] = min(one, other)
    return {id_: _end(joined, end) for id_, end in ends.items()}


def _end(joined: Mapping[str, str], id_: str) -> str:
    while id_ in joined:
        id_ = joined[id_]
    return id_


def _path(up: Mapping[str, str | None], id_: str) -> list[str]:
    path = [id_]
    while (to := up[path[-1]]) is not None:
        path.append(to)
    return path


def _part(up: dict[str, str | None], members: Members, one: str, other: str) -> None:
    """Cut the weakest pointer on the way between two tellings that a decision holds apart."""
    a, b = _path(up, one), _path(up, other)
    if a[-1] != b[-1]:
        return
    common = set(a) & set(b)
    way = [id_ for id_ in (*a, *b) if id_ not in common]
    if way:
        up[min(way, key=lambda id_: (members[id_][2], id_))] = None
