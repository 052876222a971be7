"""Pages of events, newest first or oldest first, from the tables of appearances: quick on a record of any length.

In: a View, which says whom, what, where and when. Out: a Leaf: ids of events with the place at which to go on. The
rarest key leads, the others are looked up beside it; what has no key of its own is compared row by row.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import combinations
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, asc, desc, exists, func, literal, select, tuple_, union
from sqlalchemy.sql.expression import Subquery

from legation.errors import LegationError
from legation.record.store.appearances import NO_DAY, appearances, scope_of, tallies
from legation.record.store.asking import code_of, find_name_ids
from legation.record.store.rows import fold_text
from legation.record.store.schema import claims, tellings

__all__ = [
    "Day", "Leaf", "Month", "Survey", "View", "count_days", "count_months", "event_of", "held_days",
    "keys_of_actor", "last_held", "newest_events", "page_events", "survey",
]  # fmt: skip

# An event's span is at most so long where a first day is asked for: a longer one tells no day.
LONGEST = timedelta(days=366)
CODE = re.compile("[A-Z]{3}")  # of a state, or of those without one: UNO, EUR, IGO, NGO
MOST_KEYS = 120  # names of one actor that are merged from their own ranges; SQLite takes 500 selects in one
MOST = 1_000_000_000  # what every event has, type and status, leads only where nothing else is asked for
COUNTED = 20_000  # rows counted one by one; beyond, "more than"


@dataclass(frozen=True, slots=True)
class View:
    """Which events are meant; what is empty asks nothing. Filters as in `asking.Question`.

    actors: names, state codes or ids; an event must have all. place: a state, or a place as reports write it.
    conflict: "any" or a field. status: as in Event. level: at least. known_by: a day; what was reported later is left
    out. oldest_first: by default the newest come first.
    """

    actors: tuple[str, ...] = ()
    type: str = ""
    mode: str = ""
    status: str = ""
    place: str = ""
    conflict: str = ""
    since: str = ""
    until: str = ""
    level: int = 0
    channel: str = ""
    known_by: str = ""
    oldest_first: bool = False


@dataclass(frozen=True, slots=True)
class Leaf:
    """Some events in order. next: where to go on, "" at the end."""

    ids: tuple[str, ...]
    next: str = ""


@dataclass(frozen=True, slots=True)
class Month:
    """How many events of a month have this type and status."""

    month: str
    type: str
    status: str
    n: int


@dataclass(frozen=True, slots=True)
class Day:
    """How many events have this first and last day, type and status."""

    day: str
    last: str
    type: str
    status: str
    n: int


@dataclass(frozen=True, slots=True)
class Survey:
    """The counts of a view: by month, type and status; by level and channel, highest level first.

    type: "" where types weren't asked for. is_all: whether the counts are of all events, or of the newest only.
    """

    months: tuple[Month, ...] = ()
    levels: Mapping[tuple[int, str], int] = field(default_factory=dict)
    is_all: bool = True

    @property
    def n(self) -> int:
        return sum(month.n for month in self.months)


Group = tuple[str, ...]


def keys_of_actor(connection: Connection, actor: str) -> Group:
    """Return the keys of an actor: of a state its code, of others the ids of their names; () for nobody known."""
    if code := actor if CODE.fullmatch(actor) else code_of(actor):
        return (code,)
    return tuple(sorted(find_name_ids(connection, actor)))


def _groups(connection: Connection, view: View) -> list[Group] | None:
    """Keys of which an event must have one of each group; None where nobody can be meant."""
    people = [keys_of_actor(connection, actor) for actor in view.actors if actor]
    if not all(people):
        return None
    groups = _pairs(people)
    groups += [
        (f"{name}:{value}",)
        for name, value in (("type", view.type), ("status", view.status), ("mode", view.mode))
        if value
    ]
    if view.conflict:
        groups.append(("conflict",) if view.conflict == "any" else (f"conflict:{view.conflict}",))
    if view.place:
        code = code_of(view.place)
        groups.append((f"in:{code}",) if code else (f"at:{fold_text(view.place)}",))
    return groups


def _pairs(people: Sequence[Group]) -> list[Group]:
    """Two states are looked up as the pair that they are."""
    states = sorted({group[0] for group in people if len(group) == 1 and scope_of(group[0]) == "state"})
    others = [group for group in people if len(group) != 1 or scope_of(group[0]) != "state"]
    if len(states) < 2:
        return [*others, *((code,) for code in states)]
    return [*others, *(("|".join(pair),) for pair in combinations(states, 2))]


def page_events(connection: Connection, view: View, *, limit: int = 50, after: str = "") -> Leaf:
    """Return the next events of a view; after: the place that the Leaf before gave."""
    groups = _groups(connection, view)
    if groups is None:
        return Leaf(())
    query = _query(connection, view, groups, _place(after), limit + 1)
    rows = connection.execute(query).all()
    more = len(rows) > limit
    rows = rows[:limit]
    return Leaf(tuple(row.event for row in rows), f"{rows[-1].day}.{rows[-1].event}" if more else "")


def newest_events(connection: Connection, view: View, limit: int) -> Subquery | None:
    """Return the newest events of a view as a table to ask further: day, event, type, status, …; None for nobody."""
    groups = _groups(connection, view)
    return None if groups is None else _query(connection, view, groups, None, limit).subquery()


def _place(after: str) -> tuple[str, str] | None:
    if not after:
        return None
    day, dot, event = after.partition(".")
    if not dot or not event.startswith("e-") or len(after) > 48:
        raise LegationError(f'after: expected a place that a page before gave, found "{after[:60]}".')
    return day, event


def _query(
    connection: Connection,
    view: View,
    groups: list[Group],
    after: tuple[str, str] | None,
    limit: int,
    more: Sequence[ColumnElement[bool]] = (),
) -> Any:
    lead, *rest = _rarest_first(connection, groups)
    turn = asc if view.oldest_first else desc
    row = appearances.c
    parts = [
        select(row.day, row.event, row.last, row.type, row.status, row.level, row.channel)
        .where(appearances.c.key == key, *_within(view), *_beside(rest), *_beyond(view, after), *more)
        .order_by(turn(appearances.c.day), turn(appearances.c.event))
        .limit(limit)
        for key in lead[:MOST_KEYS]
    ]
    if len(parts) == 1:
        return parts[0]
    merged = union(*(select(part.subquery()) for part in parts)).subquery()
    return select(merged).order_by(turn(merged.c.day), turn(merged.c.event)).limit(limit)


def _rarest_first(connection: Connection, groups: list[Group]) -> list[Group]:
    return sorted(groups, key=lambda group: _weight(connection, group)) or [("",)]


def _beyond(view: View, after: tuple[str, str] | None) -> list[ColumnElement[bool]]:
    if after is None:
        return []
    here, there = tuple_(appearances.c.day, appearances.c.event), tuple_(*after)
    return [here > there if view.oldest_first else here < there]


def _within(view: View) -> list[ColumnElement[bool]]:
    """What is compared row by row."""
    wanted: list[ColumnElement[bool]] = []
    row = appearances.c
    if view.until:
        wanted.append(row.day <= view.until)
    if view.since:
        earliest = max(date.fromisoformat(view.since).toordinal() - LONGEST.days, 1)
        wanted += [row.last >= view.since, row.day >= date.fromordinal(earliest).isoformat()]
    if view.until or view.since:
        wanted.append(row.day != NO_DAY)
    if view.level:
        wanted.append(row.level >= view.level)
    if view.channel:
        wanted.append(row.channel == view.channel)
    if view.known_by:
        wanted += [row.reported <= view.known_by, row.reported != NO_DAY]
    return wanted


def _beside(groups: Sequence[Group]) -> list[ColumnElement[bool]]:
    """That the event has a key of each other group too; type and status stand in the row itself."""
    wanted: list[ColumnElement[bool]] = []
    for group in groups:
        kind, _, value = group[0].partition(":")
        if kind == "type":
            wanted.append(appearances.c.type == value)
        elif kind == "status":
            wanted.append(appearances.c.status == value)
        else:
            other = appearances.alias()
            at = and_(other.c.day == appearances.c.day, other.c.event == appearances.c.event)
            wanted.append(exists().where(other.c.key.in_(group), at))
    return wanted


def _weight(connection: Connection, group: Group) -> int:
    """About how many events have a key of the group, counted up to a bound where no table counts them."""
    n = 0
    for key in group[:MOST_KEYS]:
        kind, _, value = key.partition(":")
        if kind in ("type", "status"):
            return MOST if kind == "type" or value != "done" else 2 * MOST
        if scope := scope_of(key):
            counted = select(func.sum(tallies.c.n)).where(tallies.c.scope == scope, tallies.c.key == key)
        else:
            some = select(appearances.c.event).where(appearances.c.key == key).limit(COUNTED).subquery()
            counted = select(func.count()).select_from(some)
        n += connection.scalar(counted) or 0
    return n


def survey(connection: Connection, view: View, *, by_type: bool = False, by_level: bool = True) -> Survey:
    """Count the events of a view; by_level: also by level and channel.

    Of the whole record, a state, two states or a country by whole months; of other views the newest 20,000 events.
    """
    groups = _groups(connection, view)
    if groups is None:
        return Survey()
    key = _counted_key(view, groups)
    month: ColumnElement[Any]
    n: ColumnElement[Any]
    if key is None:
        row = _query(connection, view, groups, None, COUNTED).subquery().c
        month, n, wanted = func.substr(row.day, 1, 7), func.count(), list[ColumnElement[bool]]()
    else:
        row, wanted = tallies.c, _counted(key, view)
        month, n = row.month, func.sum(row.n)
        wanted += [row.month >= view.since[:7]] if view.since else []
        wanted += [row.month <= view.until[:7]] if view.until else []
    type_ = row.type if by_type else literal("")
    counted = connection.execute(select(month, type_, row.status, n).where(*wanted).group_by(month, type_, row.status))
    months = sorted((Month(*one) for one in counted), key=lambda m: (m.month, m.type, m.status))
    is_all = key is not None or sum(m.n for m in months) < COUNTED
    if not by_level:
        return Survey(tuple(months), {}, is_all)
    levels = connection.execute(select(row.level, row.channel, n).where(*wanted).group_by(row.level, row.channel))
    ranked = sorted(((one[0], one[1], one[2]) for one in levels), key=lambda one: (-one[0], one[1]))
    return Survey(tuple(months), {(level, channel): n for level, channel, n in ranked}, is_all)


def count_months(connection: Connection, view: View) -> list[Month]:
    """Return how many events of each type and status a view has in each month, as `survey` counts them."""
    return list(survey(connection, view, by_type=True).months)


def count_days(connection: Connection, view: View) -> list[Day]:
    """Return how many events of a view share first day, last day, type and status; of the newest 20,000."""
    groups = _groups(connection, view)
    if groups is None:
        return []
    row = _query(connection, view, groups, None, COUNTED).subquery().c
    by = (row.day, row.last, row.type, row.status)
    query = select(*by, func.count().label("n")).where(row.day != NO_DAY).group_by(*by).order_by(*by)
    return [Day(r.day, r.last, r.type, r.status, r.n) for r in connection.execute(query)]


def last_held(connection: Connection, view: View) -> dict[tuple[int, str], tuple[str, str]]:
    """Return the day and id of the last held event of each level and channel, among the newest 20,000 of a view."""
    view = replace(view, status="done")
    groups = _groups(connection, view)
    if groups is None:
        return {}
    row = _query(connection, view, groups, None, COUNTED).subquery().c
    last = func.max(row.day + " " + row.event)
    rows = connection.execute(select(row.level, row.channel, last).group_by(row.level, row.channel))
    found = {(one[0], one[1]): one[2].partition(" ") for one in rows}
    return {key: (day, event) for key, (day, _, event) in found.items()}


def _counted_key(view: View, groups: Sequence[Group]) -> str | None:
    """The key whose counts by month answer a view, None where it asks more than they tell."""
    scoped = [group[0] for group in groups if len(group) == 1 and scope_of(group[0])]
    others = [group for group in groups if not (len(group) == 1 and scope_of(group[0]))]
    told = all(group[0].startswith(("type:", "status:")) for group in others)
    if view.known_by or not told or len(scoped) > 1:
        return None
    return scoped[0] if scoped else ""


def _counted(key: str, view: View) -> list[ColumnElement[bool]]:
    row = tallies.c
    wanted: list[ColumnElement[bool]] = [row.scope == scope_of(key), row.key == key]
    wanted += [column == value for column, value in ((row.type, view.type), (row.status, view.status)) if value]
    if view.level:
        wanted.append(row.level >= view.level)
    if view.channel:
        wanted.append(row.channel == view.channel)
    return wanted


def event_of(connection: Connection, id_: str) -> str | None:
    """Return the event that an id means: an event's, now or earlier, or a claim's; a beginning if it means only one."""
    for own, event in ((tellings.c.id, tellings.c.event), (claims.c.id, claims.c.telling)):
        query = select(own, event).where(own >= id_, own < f"{id_}~").order_by(own).limit(3)
        rows = connection.execute(query).all()
        exact = [row[1] for row in rows if row[0] == id_]
        found = set(exact or (row[1] for row in rows))
        if len(found) == 1 and len(id_) > 2:
            (one,) = found
            return event_of(connection, one) if own is claims.c.id and one else str(one) or None
    return None


def held_days(connection: Connection, view: View) -> list[str]:
    """Return the first days of a view's held events, each day once; of the newest 20,000."""
    groups = _groups(connection, replace(view, status="done"))
    if groups is None:
        return []
    newest = _query(connection, replace(view, status="done"), groups, None, COUNTED).subquery()
    return list(
        connection.scalars(select(newest.c.day).where(newest.c.day != NO_DAY).distinct().order_by(newest.c.day))
    )
