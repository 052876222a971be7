"""Timeline: events along the days, one by one where they are few, counted by day, week, month or year where many."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations
from typing import Any

from sqlalchemy import Connection

from legation.record.store.asking import code_of
from legation.record.store.browsing import Day, Month, Survey, View, count_days, page_events, survey
from legation.record.store.outlines import Outline, outline_of, read_outlines
from legation.views.web.address import Ask, Filter
from legation.views.web.faults import bad_request
from legation.views.web.listing import Column, Listing
from legation.views.web.pages import state_name
from legation.views.web.room import Page, room
from legation.views.web.rooms.events import EVENT_FILTERS, view_of
from legation.views.web.timeline import (
    LAST_DAY,
    Bin,
    Lane,
    Unit,
    Window,
    bars_of,
    central,
    certainty,
    from_months,
    marks_of,
    snap,
    ticks,
    unit_for,
)

MOST_SINGLE = 200  # events drawn one by one; beside their table a page of about 150 KB
MOST_SINGLE_THEN = 60  # of those as they were known then, which are read with all their claims
MOST_COUNTED = 20_000  # events counted by their days; beyond, the months' counts answer (see browsing.COUNTED)
RANKED = 200  # newest events of the window by which states, pairs and persons are ranked
MOST_LANES = 6  # states, pairs or persons
YEAR = timedelta(365)
OTHERS = "others"
BY = Filter(
    "by", "Rows by", "choice", (("status", "status"), ("state", "state"), ("pair", "pair of states"),
    ("person", "person")), "What a row of the drawing is", blank="type",
)  # fmt: skip
LEFT_OUT = ("conflict",)


@dataclass(frozen=True, slots=True)
class Counted:
    """A stretch of days and the events in it. is_broad: they are told to these days as a whole."""

    since: date
    until: date
    is_broad: bool
    held: int
    planned: int
    other: int
    lanes: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn and what stands beside it. unit: None where events are drawn one by one; n: events drawn."""

    window: Window
    unit: Unit | None
    lanes: tuple[Lane, ...]
    bins: tuple[Bin, ...]
    height: int
    most: int
    events: Sequence[Outline]
    next: str
    n: int
    is_all: bool


OUTLINE_COLUMNS: tuple[Column[Outline], ...] = (
    Column("id", lambda e: e.id, link=lambda e: f"/events/{e.id}"),
    Column("when", lambda e: e.when),
    Column("certainty", certainty),
    Column("first_day", lambda e: e.first_day),
    Column("last_day", lambda e: e.last_day),
    Column("reported", lambda e: e.reported),
    Column("type", lambda e: e.type),
    Column("mode", lambda e: e.mode),
    Column("status", lambda e: e.status),
    Column("who", lambda e: [p.name for p in e.parties]),
    Column("countries", lambda e: list(e.countries)),
    Column("place", lambda e: e.place),
    Column("place_country", lambda e: e.place_country),
    Column("origins", lambda e: e.n_origins),
)


@room(
    "/timeline",
    "Timeline",
    filters=(BY, *(own for own in EVENT_FILTERS if own.name not in LEFT_OUT)),
    nav="Timeline",
    key="l",
    place=25,
)
def timeline(ask: Ask) -> Page:
    """Events along the days, in rows by type, status, state, pair or person; counted where they are many."""
    view = view_of(ask, since="", until="")
    since, until = ask.get("since"), ask.get("until")
    if since and until and since > until:
        raise bad_request(f"since: {since} is after until: {until}.", "Change one of them.")
    with ask.desk.reading() as connection:
        whole = None if since and until else survey(connection, view, by_type=True, by_level=False)
        horizon = ask.known_by or ask.desk.horizon(connection)
        window = _window(since, until, whole, horizon)
        drawn = _draw(ask, connection, view, window, whole) if window else None
    lists = (_events_of(drawn), _counts_of(drawn))
    about = _about(drawn)
    values = {
        "drawn": drawn, "horizon": _percent(drawn, horizon), "horizon_day": horizon, "moves": _moves(ask, drawn),
        "ticks": ticks(drawn.window) if drawn else [], "to_days": lambda own: to_days(ask, own),
    }  # fmt: skip
    return Page("timeline.html", "Timeline", lists, about, values)


def _window(since: str, until: str, whole: Survey | None, horizon: str) -> Window | None:
    """The days asked for; at an end that isn't asked for, as far as events lie."""
    if since and until:
        return Window(date.fromisoformat(since), date.fromisoformat(until))
    found = central(whole.months if whole else ())
    if found is None and horizon:
        found = Window(date.fromisoformat(horizon) - YEAR, date.fromisoformat(horizon))
    if found is None:
        return None
    if since:
        first = date.fromisoformat(since)
        return Window(first, max(found.last, min(first, LAST_DAY - YEAR) + YEAR))
    if until:
        last = date.fromisoformat(until)
        return Window(min(found.first, max(last, date.min + YEAR) - YEAR), last)
    return found


def _draw(ask: Ask, connection: Connection, view: View, window: Window, whole: Survey | None) -> Drawn:
    few, following = _few(ask, connection, _within(view, window))
    if not following:
        lanes, height = marks_of(_parted(ask, few), window)
        return Drawn(window, None, lanes, (), height, 0, few, "", len(few), True)
    counted = whole or survey(connection, _within(view, window), by_type=True, by_level=False)
    is_by_day = sum(month.n for month in _inside(counted.months, window)) < MOST_COUNTED
    unit = unit_for(window)
    unit = "month" if unit in ("day", "week") and not is_by_day else unit
    window = snap(window, unit)
    inside = _within(view, window)

    def count(own: View) -> Sequence[Day]:
        return count_days(connection, own) if is_by_day else from_months(survey(connection, own, by_level=False).months)

    if ask.get("by") in ("", "status"):
        counts = count_days(connection, inside) if is_by_day else from_months(_inside(counted.months, window))
        rows = _parted_counts(ask.get("by") or "type", counts)
    else:
        newest = read_outlines(connection, page_events(connection, inside, limit=RANKED).ids)
        rows = [
            (key, title, count(replace(inside, actors=(*inside.actors, *key.split("|")))))
            for key, title, _ in _ranked(ask, newest)[:MOST_LANES]
        ]
        rows.sort(key=lambda row: -sum(day.n for day in row[2]))
    lanes, bins, height, most = bars_of(rows, window, unit)
    leaf = page_events(connection, inside, limit=ask.limit, after=ask.after)
    shown = _read(ask, connection, leaf.ids)
    n = sum(lane.n for lane in lanes)
    return Drawn(window, unit, lanes, bins, height, most, shown, leaf.next, n, counted.is_all)


def _within(view: View, window: Window) -> View:
    return replace(view, since=window.first.isoformat(), until=window.last.isoformat())


def _inside(months: Sequence[Month], window: Window) -> list[Month]:
    first, last = window.first.isoformat()[:7], window.last.isoformat()[:7]
    return [month for month in months if first <= month.month <= last]


def _few(ask: Ask, connection: Connection, view: View) -> tuple[Sequence[Outline], str]:
    """The newest events of a view, and where to go on if there are too many to be drawn one by one."""
    if view.known_by:
        found = ask.desk.events(connection, view, limit=MOST_SINGLE_THEN)
        return [outline_of(event) for event in found.rows], found.next
    leaf = page_events(connection, view, limit=MOST_SINGLE)
    return ([] if leaf.next else read_outlines(connection, leaf.ids)), leaf.next


def _read(ask: Ask, connection: Connection, ids: Sequence[str]) -> Sequence[Outline]:
    if ask.known_by:
        return [outline_of(event) for event in ask.desk.read(connection, tuple(ids), ask.known_by)]
    return read_outlines(connection, ids)


# Rows of the drawing -----------------------------------------------------------------------------------------


def _keys(by: str, event: Outline) -> list[tuple[str, str]]:
    """The rows in which an event stands: (key, title)."""
    if by == "state":
        return [(code, state_name(code)) for code in event.countries]
    if by == "pair":
        return [("|".join(pair), " – ".join(map(state_name, pair))) for pair in combinations(event.countries, 2)]
    if by == "person":
        return list({p.actor: (p.actor, p.name) for p in event.parties if p.kind == "person"}.values())
    value = event.status if by == "status" else event.type
    return [(value, value)]


def _ranked(ask: Ask, events: Iterable[Outline]) -> list[tuple[str, str, list[Outline]]]:
    """Rows with their events, those with most events first; whom the page is about needs no row."""
    by = ask.get("by") or "type"
    rows: dict[str, list[Outline]] = defaultdict(list)
    titles: dict[str, str] = {}
    for event in events:
        for key, title in _keys(by, event):
            rows[key].append(event)
            titles[key] = title
    asked = {code_of(actor) or actor for actor in ask.all("actor")}
    if by in ("state", "person"):
        rows = defaultdict(list, {key: own for key, own in rows.items() if key not in asked})
    return [(key, titles[key], own) for key, own in sorted(rows.items(), key=lambda row: (-len(row[1]), row[0]))]


def _parted(ask: Ask, events: Sequence[Outline]) -> list[tuple[str, str, Sequence[Outline]]]:
    """Rows that together hold all events: the largest, and one for the rest."""
    ranked = _ranked(ask, events)
    most = MOST_LANES if ask.get("by") in ("state", "pair", "person") else len(ranked)
    rows: list[tuple[str, str, Sequence[Outline]]] = list(ranked[:most])
    held = {event.id for _, _, own in rows for event in own}
    rest = [event for event in events if event.id not in held]
    return [*rows, (OTHERS, OTHERS, rest)] if rest else rows


def _parted_counts(by: str, counts: Sequence[Day]) -> list[tuple[str, str, Sequence[Day]]]:
    rows: dict[str, list[Day]] = defaultdict(list)
    totals: Counter[str] = Counter()
    for day in counts:
        key = day.status if by == "status" else day.type
        rows[key].append(day)
        totals[key] += day.n
    return [(key, key, rows[key]) for key, _ in sorted(totals.items(), key=lambda row: (-row[1], row[0]))]


# Beside the drawing ------------------------------------------------------------------------------------------


def _events_of(drawn: Drawn | None) -> Listing[Outline]:
    if drawn is None:
        return Listing("events", "Events", OUTLINE_COLUMNS, (), empty="The record is empty.")
    total = "" if drawn.unit else f"{drawn.n}"
    empty = "No event of the record fits in these days."
    return Listing("events", "Events", OUTLINE_COLUMNS, drawn.events, drawn.next, total, empty)


def _counts_of(drawn: Drawn | None) -> Listing[Counted]:
    """The drawing's bars as a table; empty where events are drawn one by one: these stand in the list of events."""
    lanes = drawn.lanes if drawn and drawn.unit else ()
    columns: tuple[Column[Counted], ...] = (
        Column("since", lambda c: c.since.isoformat(), "from"),
        Column("until", lambda c: c.until.isoformat(), "to"),
        Column("dates", lambda c: "within" if c.is_broad else "begin"),
        Column("held", lambda c: c.held),
        Column("planned", lambda c: c.planned),
        Column("other", lambda c: c.other),
        *(Column(lane.key, lambda c, key=lane.key: c.lanes.get(key, 0), lane.title) for lane in lanes),  # type: ignore[misc]
    )
    rows = [*_by_bin(drawn), *_broad(lanes)] if drawn else []
    return Listing("counts", "Counts", columns, rows, empty="Events are few enough to be drawn one by one.")


def _by_bin(drawn: Drawn) -> list[Counted]:
    return [
        Counted(
            own.first,
            own.last,
            is_broad=False,
            held=sum(lane.held for lane in own.counts),
            planned=sum(lane.planned for lane in own.counts),
            other=sum(lane.other for lane in own.counts),
            lanes={lane.key: lane.total for lane in own.counts},
        )
        for own in drawn.bins
        if own.total
    ]


def _broad(lanes: Iterable[Lane]) -> list[Counted]:
    found: dict[tuple[date, date], Counter[str]] = defaultdict(Counter)
    kinds: dict[tuple[date, date], Counter[str]] = defaultdict(Counter)
    for lane in lanes:
        for span in lane.spans:
            found[span.first, span.last][lane.key] += span.n
            kinds[span.first, span.last][span.kind] += span.n
    return [
        Counted(*days, True, kinds[days]["held"], kinds[days]["planned"], kinds[days]["other"], own)
        for days, own in sorted(found.items())
    ]


def _about(drawn: Drawn | None) -> dict[str, Any]:
    if drawn is None:
        return {"since": None, "until": None, "unit": None, "drawn": 0}
    return {
        "since": drawn.window.first.isoformat(),
        "until": drawn.window.last.isoformat(),
        "unit": drawn.unit or "event",
        "drawn": drawn.n,
        "all": drawn.is_all,
    }


def _percent(drawn: Drawn | None, horizon: str) -> float | None:
    """Where the record's last day lies in the drawing."""
    if drawn is None or not horizon:
        return None
    day = date.fromisoformat(horizon)
    return drawn.window.at(day + timedelta(1)) if drawn.window.first <= day <= drawn.window.last else None


@dataclass(frozen=True, slots=True)
class Move:
    """A way to other days: words, the key that is pressed for it, and where it leads, "" where it leads nowhere."""

    name: str
    words: str
    key: str
    address: str


def _moves(ask: Ask, drawn: Drawn | None) -> list[Move]:
    if drawn is None:
        return []
    days = drawn.window.days
    half, quarter = max(days // 2, 1), days // 4
    steps = (
        ("earlier", "← Earlier", "h", drawn.window.moved(-half, -half)),
        ("later", "Later →", "l", drawn.window.moved(half, half)),
        ("nearer", "Nearer", "+", drawn.window.moved(quarter, -quarter)),
        ("farther", "Farther", "-", drawn.window.moved(-half, half)),
    )
    moves = [Move(name, words, key, to_days(ask, window) if window else "") for name, words, key, window in steps]
    is_moved = ask.get("since") or ask.get("until")
    return [*moves, Move("all", "All days", "0", ask.address(since="", until="", after="") if is_moved else "")]


def to_days(ask: Ask, window: Window | Bin) -> str:
    """The address of the same timeline in other days."""
    return ask.address(since=window.first.isoformat(), until=window.last.isoformat(), after="")
