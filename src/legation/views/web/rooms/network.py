"""Network: who met whom in a time, drawn and as tables."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from legation.record.store.browsing import Month, View, survey
from legation.record.store.meetings import MOST_EVENTS, Edge, Network, Node, Of, find_network
from legation.views.web.address import Ask, Filter
from legation.views.web.faults import bad_request
from legation.views.web.listing import Column, Listing
from legation.views.web.network import MOST_NODES, draw
from legation.views.web.pages import state_name
from legation.views.web.room import Page, room
from legation.views.web.rooms.events import EVENT_FILTERS, TYPES, view_of
from legation.views.web.timeline import Unit, Window, central, slots, snap

OF = Filter(
    "of", "Who", "choice", (("mixed", "people and states"), ("states", "states")), "What a node is", blank="people"
)
ACT = Filter(
    "type", "What", "choice", tuple(own for own in TYPES if own[0] != "CONSULT"), "Type of the codebook",
    blank="met, called",
)  # fmt: skip
KEPT = ("actor", "level", "channel", "since", "until")
LIKE_EVENTS = tuple(
    replace(own, label="With") if own.name == "actor" else own for own in EVENT_FILTERS if own.name in KEPT
)
MOST_MONTHS = 150  # of the brush; beyond, years


@dataclass(frozen=True, slots=True)
class Slot:
    """A month, or a year where there are many, of the brush: x, width and height in percent."""

    first: date
    last: date
    n: int
    x: float
    width: float
    height: float
    is_in: bool


@dataclass(frozen=True, slots=True)
class Tie:
    """Two who met, with their names."""

    edge: Edge
    one: Node
    other: Node


NODE_COLUMNS: tuple[Column[Node], ...] = (
    Column("actor", lambda n: n.id, link=lambda n: f"/actors/{n.id}"),
    Column("name", lambda n: n.name),
    Column("kind", lambda n: n.kind),
    Column("country", lambda n: n.country),
    Column("events", lambda n: n.n_events),
    Column("others", lambda n: n.n_others),
)
TIE_COLUMNS: tuple[Column[Tie], ...] = (
    Column("one", lambda t: t.one.id),
    Column("one_name", lambda t: t.one.name),
    Column("other", lambda t: t.other.id),
    Column("other_name", lambda t: t.other.name),
    Column("events", lambda t: t.edge.n_events),
    Column("first", lambda t: t.edge.first),
    Column("last", lambda t: t.edge.last),
    Column("last_event", lambda t: t.edge.event, link=lambda t: f"/events/{t.edge.event}"),
)


@room("/network", "Network", filters=(OF, ACT, *LIKE_EVENTS), nav="Network", key="n", place=45)
def network(ask: Ask) -> Page:
    """Who met whom in a time: those most often met and their meetings that were held, drawn and as tables."""
    since, until = ask.get("since"), ask.get("until")
    if since and until and since > until:
        raise bad_request(f"since: {since} is after until: {until}.", "Change one of them.")
    of = cast(Of, ask.get("of") or "people")
    view = view_of(ask, type=ask.get("type") or "CONSULT", status="done", since="", until="")
    with ask.desk.reading() as connection:
        months = survey(connection, view, by_level=False).months
        window = _window(since, until, months)
        met = find_network(connection, _within(view, window), of) if window else Network()
    nodes = tuple(replace(n, name=state_name(n.id)) if n.kind == "state" else n for n in met.nodes)
    drawing = draw(nodes, met.edges)
    lists = (_ties(ask, nodes, met.edges), _actors(nodes))
    about = {
        "since": window.first.isoformat() if window else None, "until": window.last.isoformat() if window else None,
        "events": met.n_events, "all": met.is_all, "first_event": met.since or None,
        "actors": len(nodes), "ties": len(met.edges), "drawn": len(drawing.circles), "drawn_ties": len(drawing.lines),
    }  # fmt: skip
    brush = _brush(months, window)
    held = [k for k, slot in enumerate(brush) if slot.is_in]
    values = {
        "drawing": drawing, "met": met, "window": window, "brush": brush, "of": of,
        "hands": (held[0], held[-1]) if held else (0, 0),
        "most_events": MOST_EVENTS, "to_days": lambda own: ask.address(
            since=own.first.isoformat(), until=own.last.isoformat(), after=""
        ),
    }  # fmt: skip
    return Page("network.html", "Network", lists, about, values)


def _within(view: View, window: Window) -> View:
    return replace(view, since=window.first.isoformat(), until=window.last.isoformat())


def _window(since: str, until: str, months: Sequence[Month]) -> Window | None:
    """The days asked for; else up to the last month with events, and as many months before as can be counted."""
    usual = central(months)
    if usual is None and not (since and until):
        return None
    last = date.fromisoformat(until) if until else cast(Window, usual).last
    if since:
        return Window(date.fromisoformat(since), max(last, date.fromisoformat(since)))
    counts: Counter[str] = Counter()
    for month in months:
        if month.month and month.month <= last.isoformat()[:7]:
            counts[month.month] += month.n
    first, n = last.replace(day=1), 0
    for month_ in sorted(counts, reverse=True):
        n += counts[month_]
        if n > MOST_EVENTS:
            break
        first = date.fromisoformat(f"{month_}-01")
    return Window(max(first, min(cast(Window, usual).first, last)), last)


def _brush(months: Sequence[Month], window: Window | None) -> list[Slot]:
    """The events of the view by month, or by year: what the window is cut out of."""
    whole = central(months)
    if whole is None or window is None:
        return []
    whole = Window(min(whole.first, window.first), max(whole.last, window.last))
    unit: Unit = "month" if whole.days <= MOST_MONTHS * 31 else "year" if whole.days < 366 * 200 else "decade"
    whole = snap(whole, unit)
    counts: Counter[date] = Counter()
    every = slots(whole, unit)
    starts = [slot.first for slot in every]
    for month in months:
        if month.month and starts[0] <= (day := date.fromisoformat(f"{month.month}-01")) <= every[-1].last:
            counts[starts[bisect_right(starts, day) - 1]] += month.n
    most = max(counts.values(), default=1)
    return [
        Slot(slot.first, slot.last, counts[slot.first], whole.at(slot.first), round(100 * slot.days / whole.days, 3),
             round(100 * counts[slot.first] / most, 1), slot.last >= window.first and slot.first <= window.last)
        for slot in every
    ]  # fmt: skip


def _ties(ask: Ask, nodes: Sequence[Node], edges: Sequence[Edge]) -> Listing[Tie]:
    of = {node.id: node for node in nodes}
    start = int(ask.after) if ask.after.isdigit() else 0
    rows = [Tie(edge, of[edge.one], of[edge.other]) for edge in edges[start : start + ask.limit]]
    onward = str(start + ask.limit) if start + ask.limit < len(edges) else ""
    return Listing("ties", "Who met whom", TIE_COLUMNS, rows, onward, f"{len(edges):,}", "Nobody met anybody.")


def _actors(nodes: Sequence[Node]) -> Listing[Node]:
    return Listing("actors", "Who met most others", NODE_COLUMNS, nodes[:MOST_NODES], "", f"{len(nodes):,}", "Nobody.")
