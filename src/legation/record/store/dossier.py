"""What the record holds of an actor: names, offices, contacts, outlets; quick also for those who are in most events.

In: an actor's id or a state's code. Out: a Profile and lists beside it. What would need all events of an actor is told
of the newest of them: LATEST.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, union_all

from legation.record.actor import Office
from legation.record.mention import is_same_name
from legation.record.store.appearances import appearances
from legation.record.store.asking import code_of
from legation.record.store.rows import chunks, fold_text
from legation.record.store.schema import (
    event_participants,
    name_keys,
    names,
    reports,
    spellings,
    tellings,
)
from legation.record.store.wordings import wordings
from legation.reference import leaders, states

__all__ = [
    "LATEST", "Contact", "Name", "Outlet", "Profile", "find_alike", "find_contacts", "find_outlets",
    "find_people", "read_profile", "search_actors",
]  # fmt: skip

LATEST = 1200  # events of an actor, newest first, in which contacts are counted
TOLD_IN = 200  # events whose outlets are counted
MOST_ALIKE = 12
MOST_WRITTEN, MOST_NAMED = 2000, 200  # spellings that hold some words, and the names among them that are looked at


@dataclass(frozen=True, slots=True)
class Name:
    """A name with the post that reports give it, as it is compared: one of those of an actor."""

    id: str
    name: str
    category: str
    first: str | None
    last: str | None
    n_events: int


@dataclass(frozen=True, slots=True)
class Profile:
    """An actor. keys: by which its events are found (see appearances); spelled: as reports write it, with days."""

    id: str
    name: str
    kind: str
    country: str | None
    channel: str
    level: int
    keys: tuple[str, ...]
    names: tuple[Name, ...]
    spelled: tuple[Office, ...]
    offices: tuple[Office, ...]


@dataclass(frozen=True, slots=True)
class Contact:
    """Another actor in the newest events: how many of them, and the last day."""

    actor: str
    name: str
    kind: str
    country: str | None
    level: int
    n_events: int
    last: str | None


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet that tells of the actor's newest events."""

    source: str
    n_reports: int
    last: str | None


def read_profile(connection: Connection, id_: str) -> Profile | None:
    """Return the actor with this id, or the state with this code; None where the record knows neither."""
    if not id_.startswith("a-"):
        return _state(connection, id_)
    actor = connection.scalar(select(names.c.actor).where(names.c.id == id_))
    rows = connection.execute(select(names).where(names.c.actor == actor).order_by(names.c.id)).all() if actor else []
    if not rows:
        return None
    head = next((row for row in rows if row.id == actor), rows[0])
    if head.kind == "state" and head.country:
        return _state(connection, head.country)
    return _profile(connection, str(actor), head, rows)


def _state(connection: Connection, code: str) -> Profile | None:
    """A state is all who act for it."""
    known = {state.code: state.name for state in states()}
    own = connection.execute(select(names).where(names.c.country == code, names.c.kind == "state")).first()
    if own is None and connection.scalar(select(names.c.id).where(names.c.country == code).limit(1)) is None:
        return None
    spelled = _wordings(connection, [own.id] if own else [], "name")
    name = known.get(code) or (own.name if own else code)
    return Profile(code, name, "state", code, "", 0, (code,), (), spelled, ())


def _profile(connection: Connection, actor: str, head: Any, rows: Sequence[Any]) -> Profile:
    ids = [row.id for row in rows]
    counts = _counts(connection, ids)
    usual = max(rows, key=lambda row: (row.level > 0, counts.get(row.id, 0), row.level, row.id))
    own = [Name(r.id, r.name, r.category, r.first, r.last, counts.get(r.id, 0)) for r in rows]
    offices = _wordings(connection, ids, "office")
    return Profile(
        id=actor,
        name=head.name,
        kind=head.kind,
        country=head.country or next((row.country for row in rows if row.country), None),
        channel=usual.channel,
        level=usual.level,
        keys=tuple(ids),
        names=tuple(sorted(own, key=lambda n: (-n.n_events, n.id))),
        spelled=_wordings(connection, ids, "name"),
        offices=(*offices, *_held(head)),
    )


def _counts(connection: Connection, ids: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for some in chunks(ids):
        row = event_participants.c
        query = select(row.name_id, func.count()).where(row.name_id.in_(some)).group_by(row.name_id)
        found |= {r[0]: r[1] for r in connection.execute(query)}
    return found


def _wordings(connection: Connection, ids: Sequence[str], what: str) -> tuple[Office, ...]:
    """Spellings or offices with the first and last day on which reports gave them, the latest first."""
    if not ids:
        return ()
    column = wordings.c[what]
    query = (
        select(column, func.min(wordings.c.first), func.max(wordings.c.last))
        .where(wordings.c.name_id.in_(ids), column != "")
        .group_by(column)
    )
    found = [Office(words, first, last) for words, first, last in connection.execute(query)]
    return tuple(sorted(found, key=lambda o: (o.last or "", o.first or "", o.name), reverse=True))


def _held(head: Any) -> list[Office]:
    """Offices of the reference tables, whose days are those of the term."""
    if not head.is_known:
        return []
    own = [p for p in leaders() if p.country == head.country and p.name == head.name]
    return [Office(p.office, p.start or None, p.end or None, "table") for p in sorted(own, key=lambda p: p.start)]


# Beside an actor ---------------------------------------------------------------------------------------------


def _newest(keys: Sequence[str], limit: int, *wanted: ColumnElement[bool]) -> Any:
    """The newest events of these keys, each once: (day, event)."""
    row = appearances.c
    parts = [
        select(row.day, row.event)
        .where(row.key == key, *wanted)
        .order_by(row.day.desc(), row.event.desc())
        .limit(limit)
        .subquery()
        for key in keys[:120]
    ]
    if len(parts) == 1:
        return parts[0]
    every = union_all(*(select(part) for part in parts)).subquery()
    return (
        select(every.c.day, every.c.event)
        .distinct()
        .order_by(every.c.day.desc(), every.c.event.desc())
        .limit(limit)
        .subquery()
    )


def find_contacts(
    connection: Connection, profile: Profile, *, since: str = "", until: str = "", limit: int = 25
) -> list[Contact]:
    """Return with whom of other states an actor shared held events, most frequent first; of the newest events."""
    abroad = or_(names.c.country.is_(None), names.c.country != (profile.country or ""))
    return _beside(connection, profile, abroad, since, until, limit)


def find_people(connection: Connection, profile: Profile, *, limit: int = 25) -> list[Contact]:
    """Return who acts for a state, most frequent first; of the newest events."""
    own = and_(names.c.country == profile.country, names.c.kind.in_(("person", "body")))
    return _beside(connection, profile, own, "", "", limit)


def _beside(
    connection: Connection, profile: Profile, who: ColumnElement[bool], since: str, until: str, limit: int
) -> list[Contact]:
    row = appearances.c
    wanted = [row.status == "done"]
    wanted += [row.day >= since] if since else []
    wanted += [row.day <= until] if until else []
    newest = _newest(profile.keys, LATEST, *wanted)
    n = func.count(newest.c.event.distinct()).label("n")
    last = func.max(newest.c.day).label("last")
    query = (
        select(names.c.actor, n, last)
        .select_from(newest)
        .join(event_participants, event_participants.c.event == newest.c.event)
        .join(names, names.c.id == event_participants.c.name_id)
        .where(who, names.c.kind != "group", names.c.actor.not_in(profile.keys))
        .group_by(names.c.actor)
        .order_by(n.desc(), last.desc(), names.c.actor)
        .limit(limit)
    )
    found = connection.execute(query).all()
    heads = {r.id: r for r in connection.execute(select(names).where(names.c.id.in_([r.actor for r in found])))}
    return [
        Contact(r.actor, h.name, h.kind, h.country, h.level, r.n, r.last or None)
        for r in found
        if (h := heads.get(r.actor))
    ]


def find_outlets(connection: Connection, profile: Profile, limit: int = 12) -> list[Outlet]:
    """Return the outlets that tell of an actor's newest events, those with most reports first."""
    newest = _newest(profile.keys, TOLD_IN)
    n = func.count(reports.c.digest.distinct()).label("n")
    query = (
        select(reports.c.source, n, func.max(reports.c.day).label("last"))
        .select_from(newest)
        .join(tellings, tellings.c.event == newest.c.event)
        .join(reports, reports.c.digest == tellings.c.digest)
        .group_by(reports.c.source)
        .order_by(n.desc(), reports.c.source)
        .limit(limit)
    )
    return [Outlet(row.source, row.n, row.last) for row in connection.execute(query)]


def find_alike(connection: Connection, profile: Profile) -> list[Contact]:
    """Return other actors whose names are alike: who may be the same."""
    if profile.kind != "person":
        return []
    own = connection.execute(select(names.c.id, names.c.key).where(names.c.id.in_(profile.keys))).all()
    keys = select(name_keys.c.key).where(name_keys.c.name_id.in_(profile.keys))
    query = (
        select(names)
        .join(name_keys, name_keys.c.name_id == names.c.id)
        .where(name_keys.c.key.in_(keys), names.c.actor != profile.id, names.c.kind == "person")
        .where(or_(names.c.country.is_(None), names.c.country == profile.country))
        .distinct()
        .limit(300)
    )
    found: dict[str, Any] = {}
    for row in connection.execute(query):
        if any(is_same_name(tuple(o.key.split()), tuple(row.key.split())) for o in own):
            found.setdefault(row.actor, row)
    counts = _counts(connection, [row.id for row in found.values()])
    alike = [
        Contact(actor, row.name, row.kind, row.country, row.level, counts.get(row.id, 0), row.last)
        for actor, row in found.items()
    ]
    return sorted(alike, key=lambda c: (-c.n_events, c.actor))[:MOST_ALIKE]


# Looking for actors ------------------------------------------------------------------------------------------


def search_actors(
    connection: Connection, words: str, *, kind: str = "", country: str = "", limit: int = 50
) -> list[Contact]:
    """Return actors whose names hold these words, or who are in most of the newest events where there are none."""
    if words:
        ids = _named(connection, words, kind, country)
    else:
        newest = _newest(("",), LATEST)
        query = select(names.c.actor, func.count().label("n")).select_from(newest)
        query = query.join(event_participants, event_participants.c.event == newest.c.event)
        query = query.join(names, names.c.id == event_participants.c.name_id).where(*_of(kind, country))
        ids = [
            r.actor
            for r in connection.execute(query.group_by(names.c.actor).order_by(func.count().desc()).limit(limit))
        ]
    rows: dict[str, list[Any]] = {}
    for some in chunks(ids):
        for row in connection.execute(select(names).where(names.c.actor.in_(some))):
            rows.setdefault(row.actor, []).append(row)
    counts = _counts(connection, [row.id for own in rows.values() for row in own])
    found = []
    for actor, own in rows.items():
        head = next((row for row in own if row.id == actor), own[0])
        n = sum(counts.get(row.id, 0) for row in own)
        level = max(own, key=lambda row: (counts.get(row.id, 0), row.level)).level
        last = max((row.last for row in own if row.last), default=None)
        found.append(Contact(actor, head.name, head.kind, head.country, level, n, last))
    return sorted(found, key=lambda c: (-c.n_events, c.name, c.actor))[:limit]


def _of(kind: str, country: str) -> list[ColumnElement[bool]]:
    wanted = [names.c.kind == kind] if kind else [names.c.kind != "group"]
    return [*wanted, names.c.country == (code_of(country) or country)] if country else wanted


def _named(connection: Connection, words: str, kind: str, country: str) -> list[str]:
    """Actors by their spellings: those that are the words first, then those that begin with them, then the rest."""
    folded = fold_text(words)
    pattern = "%" + folded.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    query = select(spellings.c.folded, spellings.c.name_id).where(spellings.c.folded.like(pattern, escape="\\"))
    written = connection.execute(query.limit(MOST_WRITTEN)).all()
    near = {row.name_id: (row.folded != folded, not row.folded.startswith(folded), len(row.folded)) for row in written}
    first = sorted(near, key=lambda id_: (near[id_], id_))[:MOST_NAMED]
    found: dict[str, str] = {}
    for some in chunks(first):
        rows = connection.execute(select(names.c.id, names.c.actor).where(names.c.id.in_(some), *_of(kind, country)))
        found |= {row.id: row.actor for row in rows}
    return list(dict.fromkeys(found[id_] for id_ in first if id_ in found))
