"""Keeps names, their spellings and dates, and which actor each means.

In: the participants of new claims. Out: nothing; `names.actor` is right again. Only names that could be one another's
are looked at (`naming.keys_of_name`).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update

from legation.record.mention import Mention, is_known, is_same_name, read_mention
from legation.record.naming import Name, Pairs, group_names, keys_of_name, place_name
from legation.record.store.rows import chunks, fold_text, insert_new, name_id
from legation.record.store.schema import claims, name_keys, names, participants, reports, spellings
from legation.record.store.wordings import add_wordings, drop_wordings

__all__ = ["Seen", "add_names", "recount_names", "regroup"]


@dataclass(frozen=True, slots=True)
class Seen:
    """A name as one report gives it."""

    mention: Mention
    written: str
    day: str | None


def add_names(connection: Connection, seen: Iterable[Seen], *, same: Pairs = (), apart: Pairs = ()) -> None:
    """Take in names, and say anew whose they are where that may have changed."""
    by_id: dict[str, list[Seen]] = defaultdict(list)
    for one in seen:
        by_id[name_id(one.mention)].append(one)
    present = _rows(connection, by_id)
    insert_new(connection, names, [_new_row(id_, by_id[id_]) for id_ in sorted(by_id.keys() - present.keys())])
    keys = [
        {"key": key, "name_id": id_}
        for id_ in sorted(by_id.keys() - present.keys())
        for key in keys_of_name(by_id[id_][0].mention)
    ]
    insert_new(connection, name_keys, keys)
    written = {(id_, one.written) for id_, group in by_id.items() for one in group}
    insert_new(
        connection,
        spellings,
        [{"name_id": id_, "name": name, "folded": fold_text(name)} for id_, name in sorted(written)],
    )
    add_wordings(
        connection, {(id_, one.written, one.mention.office, one.day) for id_, group in by_id.items() for one in group}
    )
    changed = [row for id_ in sorted(present) if (row := _changed_row(present[id_], by_id[id_]))]
    if changed:
        columns = ("name", "channel", "level", "first", "last")
        connection.execute(
            update(names).where(names.c.id == bindparam("own")).values({c: bindparam(f"new_{c}") for c in columns}),
            changed,
        )
    # A name's dates only matter where two posts are held against each other.
    moved = {row["own"] for row in changed if present[row["own"]].category}
    regroup(connection, (by_id.keys() - present.keys()) | moved, same=same, apart=apart)


def recount_names(connection: Connection, ids: Iterable[str], *, same: Pairs = (), apart: Pairs = ()) -> None:
    """Bring names up to date that claims have lost: their dates, their spellings, whether they are there at all."""
    lost = set(ids)
    beside = {row.id for _, row in _sharing(connection, lost)} - lost
    for some in chunks(lost):
        for table in (name_keys, spellings):
            connection.execute(delete(table).where(table.c.name_id.in_(some)))
        connection.execute(delete(names).where(names.c.id.in_(some)))
    drop_wordings(connection, lost)
    seen = []
    for some in chunks(lost):
        query = (
            select(participants.c.name, participants.c.country, participants.c.office, reports.c.day)
            .join(claims, claims.c.id == participants.c.claim)
            .join(reports, reports.c.digest == claims.c.digest)
            .where(participants.c.name_id.in_(some))
            .distinct()
        )
        for row in connection.execute(query):
            seen.append(Seen(read_mention(row.name, row.country, row.office, row.day), row.name, row.day))
    add_names(connection, seen, same=same, apart=apart)
    regroup(connection, beside, same=same, apart=apart)


def _rows(connection: Connection, ids: Iterable[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for some in chunks(ids):
        found |= {row.id: row for row in connection.execute(select(names).where(names.c.id.in_(some)))}
    return found


def _summary(group: Sequence[Seen]) -> tuple[str, str, int, str | None, str | None]:
    """Name, channel, level, first and last day, whatever the order in which they were seen."""
    days = sorted(one.day for one in group if one.day)
    best = max(group, key=lambda one: _telling(one.mention.level, one.mention.channel))
    name = max((one.mention.name for one in group), key=lambda name: (len(name), name))
    return name, best.mention.channel, best.mention.level, days[0] if days else None, days[-1] if days else None


def _telling(level: int, channel: str) -> tuple[int, bool, str]:
    """How much a level and channel tell: at one level, any other channel tells more than the state's."""
    return level, channel not in ("", "state"), channel


def _new_row(id_: str, group: Sequence[Seen]) -> dict[str, Any]:
    name, channel, level, first, last = _summary(group)
    mention = group[0].mention
    return {
        "id": id_,
        "kind": mention.kind,
        "key": " ".join(mention.key),
        "country": mention.country,
        "category": mention.category,
        "name": name,
        "channel": channel,
        "level": level,
        "is_known": int(is_known(mention)),
        "first": first,
        "last": last,
        "actor": id_,
    }


def _changed_row(row: Any, group: Sequence[Seen]) -> dict[str, Any] | None:
    name, channel, level, first, last = _summary(group)
    level, channel = max((level, channel), (row.level, row.channel), key=lambda pair: _telling(*pair))
    new = {
        "new_name": max((row.name, name), key=lambda name: (len(name), name)),
        "new_channel": channel,
        "new_level": level,
        "new_first": min((d for d in (first, row.first) if d), default=None),
        "new_last": max((d for d in (last, row.last) if d), default=None),
    }
    old = (row.name, row.channel, row.level, row.first, row.last)
    return None if tuple(new.values()) == old else {"own": row.id, **new}


def regroup(connection: Connection, ids: Iterable[str], *, same: Pairs = (), apart: Pairs = ()) -> None:
    """Say anew whose these names are, and all names connected with them."""
    seeds = set(ids)
    seeds |= {b if a in seeds else a for a, b in same if a in seeds or b in seeds}
    held = {row.id: _name(row) for row in _rows(connection, seeds).values() if row.kind == "person"}
    near = _connected(connection, held)
    full = [name for name in near.values() if name.is_full]
    actor = group_names(full, apart)
    groups: dict[str, list[Name]] = defaultdict(list)
    for name in full:
        groups[actor[name.id]].append(name)
    partial = [name for name in near.values() if not name.is_full]
    others = _full_neighbours(connection, partial, set(actor))
    for name, to in others:
        groups[to].append(name)
    actor |= {name.id: place_name(name, groups, apart) for name in partial}
    _write(connection, _join(actor, same, _rows(connection, {x for pair in same for x in pair} - actor.keys())))


def _join(actor: dict[str, str], same: Pairs, rows: Mapping[str, Any]) -> dict[str, str]:
    """Make one actor of those whom a decision calls the same."""
    actor = {**{id_: id_ for id_, row in rows.items() if row.kind != "person"}, **actor}
    for one, other in sorted(same):
        if one in actor and other in actor and actor[one] != actor[other]:
            kept, gone = sorted((actor[one], actor[other]))
            actor = {id_: kept if to == gone else to for id_, to in actor.items()}
    return actor


def _name(row: Any) -> Name:
    return Name(
        row.id, row.kind, tuple(row.key.split()), row.country, row.category, row.first, row.last, bool(row.is_known)
    )


def _sharing(connection: Connection, ids: Iterable[str]) -> list[tuple[str, Any]]:
    """Pairs of a name's id and the row of a name that shares a key with it."""
    own, other = name_keys.alias("own"), name_keys.alias("other")
    pairs = []
    for some in chunks(ids):
        query = (
            select(own.c.name_id.label("own_id"), names)
            .join(other, other.c.key == own.c.key)
            .join(names, names.c.id == other.c.name_id)
            .where(own.c.name_id.in_(some))
            .distinct()
        )
        pairs += [(row.own_id, row) for row in connection.execute(query) if row.own_id != row.id]
    return pairs


def _connected(connection: Connection, start: dict[str, Name]) -> dict[str, Name]:
    """All names connected with these by likeness; partial names are reached, but nothing is reached through them."""
    held, waiting = dict(start), set(start)
    while waiting:
        found = {}
        for own_id, row in _sharing(connection, waiting):
            name = _name(row)
            if name.id not in held and _is_like(held[own_id], name):
                found[name.id] = name
        held |= found
        waiting = {id_ for id_, name in found.items() if name.is_full}
    return held


def _is_like(one: Name, other: Name) -> bool:
    if one.country and other.country and one.country != other.country:
        return False
    return is_same_name(one.key, other.key)


def _full_neighbours(connection: Connection, partial: Sequence[Name], known: set[str]) -> list[tuple[Name, str]]:
    """Full names beside the partial ones, with the actors that they already have."""
    by_id = {name.id: name for name in partial}
    found = {}
    for own_id, row in _sharing(connection, by_id):
        name = _name(row)
        if name.is_full and name.id not in known and _is_like(by_id[own_id], name):
            found[name.id] = (name, str(row.actor))
    return [found[id_] for id_ in sorted(found)]


def _write(connection: Connection, actor: Mapping[str, str]) -> None:
    rows = _rows(connection, actor)
    moved = [{"own": id_, "to": to} for id_, to in sorted(actor.items()) if id_ in rows and rows[id_].actor != to]
    if moved:
        connection.execute(update(names).where(names.c.id == bindparam("own")).values(actor=bindparam("to")), moved)
