"""Map: events and trips on the world; every mark leads to its events and their sentences. What is drawn as disputed.

Few events are drawn by place. Of a view with thousands the bubbles count states; a state's own map shows its places.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from legation.record.event import Event
from legation.record.store.asking import code_of
from legation.record.store.browsing import survey
from legation.record.store.placing import MOST_PLACED, can_count_states, count_states, find_placed
from legation.record.trips import Trip
from legation.reference.coordinates import point_of_state
from legation.reference.tables import read_csv
from legation.views.web.address import KNOWN_BY, Ask, Filter
from legation.views.web.bubbles import Spot, radius, spots_of, spots_of_states
from legation.views.web.itinerary import Leg, route_of, stay_days
from legation.views.web.listing import Column, Listing
from legation.views.web.projecting import WORLD, Box, box_around, project
from legation.views.web.room import Page, room
from legation.views.web.rooms.events import ACTOR, STATUSES, TYPES, events_listing, view_of
from legation.views.web.rooms.trips import MOST_AT_ONCE, TRIP_COLUMNS, chosen_trips

MOST_TRIPS = 40  # newest trips drawn at once
MOST_SPOTS = 300  # bubbles and rows of the table, largest first: about 200 KB
PARTS = {
    "africa": (-36.0, -20.0, 38.0, 55.0), "americas": (-56.0, -130.0, 60.0, -34.0), "asia": (-11.0, 58.0, 55.0, 150.0),
    "europe": (35.0, -12.0, 66.0, 45.0), "middle east": (11.0, 24.0, 43.0, 64.0),
    "pacific": (-48.0, 110.0, 20.0, 180.0),
}  # fmt: skip

MAP_FILTERS = (
    ACTOR,
    Filter("type", "Type", "choice", TYPES, "Type of the codebook"),
    Filter("status", "Status", "choice", STATUSES, "Whether it happened"),
    Filter("place", "Where", hint="A state or its code: its own map"),
    Filter("since", "From", "day", hint="First day"),
    Filter("until", "To", "day", hint="Last day"),
    Filter(
        "show",
        "Show",
        "choice",
        (("events", "events"), ("trips", "trips")),
        "One of the two only",
        blank="both",
    ),
    Filter("part", "Part", "choice", tuple((name, name) for name in PARTS), "Part of the world", blank="the world"),
    KNOWN_BY,
    Filter("at", "At", hint="A mark of the map, as its address names it", hidden=True),
)

SPOT_COLUMNS: tuple[Column[Spot], ...] = (
    Column("key", lambda s: s.key),
    Column("name", lambda s: s.name),
    Column("kind", lambda s: s.point.kind if s.point else None),
    Column("country", lambda s: s.point.country if s.point else None),
    Column("latitude", lambda s: s.point.latitude if s.point else None),
    Column("longitude", lambda s: s.point.longitude if s.point else None),
    Column("events", lambda s: s.n),
    Column("statuses", lambda s: [f"{n} {status}" for status, n in s.statuses.items()]),
    Column("told_as", lambda s: list(s.words)),
    Column("newest", lambda s: s.events[0] if s.events else None),
)


@dataclass(frozen=True, slots=True)
class Found:
    """What is on the map: spots; by state or by place; whether these are all events of the view, and how many."""

    spots: tuple[Spot, ...]
    by_state: bool
    n: int
    is_all: bool


@dataclass(frozen=True, slots=True)
class Way:
    """A trip on the map: its legs, and what they are in words."""

    trip: Trip
    legs: tuple[Leg, ...]
    words: str


@room("/map", "Map", filters=MAP_FILTERS, nav="Map", key="m", place=65)
def world_map(ask: Ask) -> Page:
    """Events and trips on a world map: a bubble a place, or a state where there are many."""
    with ask.desk.reading() as connection:
        found = _find(ask, connection) if ask.get("show") != "trips" else Found((), False, 0, True)
        chosen = next((spot for spot in found.spots if spot.key == ask.get("at")), None)
        events, onward = _events(ask, connection, chosen)
        ways = _ways(ask, connection) if _has_trips(ask) else ()
    spots = [spot for spot in found.spots if spot.point][:MOST_SPOTS]
    lists: tuple[Listing[Any], ...] = (
        Listing("places", "Places", SPOT_COLUMNS, _told(found), total=_said(found), empty="No event fits."),
        *([events_listing(events, title=chosen.name, next=onward, total=f"{chosen.n:,}")] if chosen else []),
        Listing("trips", "Trips", TRIP_COLUMNS, [way.trip for way in ways or ()], empty="No trip fits."),
    )
    most = max((spot.n for spot in spots), default=1)
    values = {
        "found": found, "spots": spots, "chosen": chosen, "ways": ways, "box": _box(ask, spots, ways or ()),
        "radius": lambda n: radius(n, most), "stay_days": stay_days, "link": lambda spot: _link(ask, found, spot),
        "most_placed": MOST_PLACED, "has_trips": _has_trips(ask),
    }  # fmt: skip
    return Page("map.html", "Map", lists, values=values)


def _find(ask: Ask, connection: Connection) -> Found:
    view = view_of(ask)
    counted = survey(connection, view, by_level=False)
    if counted.n > MOST_PLACED and can_count_states(view):
        return Found(tuple(spots_of_states(count_states(connection, view), counted.n)), True, counted.n, True)
    placed = find_placed(connection, view)
    return Found(tuple(spots_of(placed)), False, len(placed), len(placed) < MOST_PLACED)


def _told(found: Found) -> list[Spot]:
    """The places that the table names: the largest, and what has no point."""
    pointed = [spot for spot in found.spots if spot.point]
    return pointed[:MOST_SPOTS] + [spot for spot in found.spots if not spot.point]


def _said(found: Found) -> str:
    events = f"{'' if found.is_all else 'the newest '}{found.n:,} event{'s' * (found.n != 1)}"
    n = sum(spot.point is not None for spot in found.spots)
    return events if n <= MOST_SPOTS else f"{events}; the {MOST_SPOTS:,} largest of {n:,} places"


def _events(ask: Ask, connection: Connection, chosen: Spot | None) -> tuple[list[Event], str]:
    """The events of the mark that was chosen, newest first, and where to go on."""
    if chosen is None:
        return [], ""
    start = int(ask.after) if ask.after.isdigit() else 0
    ids = chosen.events[start : start + ask.limit]
    read = {event.id: event for event in ask.desk.read(connection, list(ids), ask.known_by)}
    onward = str(start + ask.limit) if start + ask.limit < len(chosen.events) else ""
    return [read[id_] for id_ in ids if id_ in read], onward


def _link(ask: Ask, found: Found, spot: Spot) -> str:
    """Where a mark leads: a state's to its own map, a place's to its events."""
    if not found.by_state:
        return ask.address(at=spot.key, after="") + "#of-events"
    return ask.address(place=spot.key, part="", at="", after="") if spot.point else ""


def _has_trips(ask: Ask) -> bool:
    """Whether trips belong on the map: they are asked for, and of the type of acts that they consist of."""
    return ask.get("show") != "events" and ask.get("type") in ("", "CONSULT")


def _ways(ask: Ask, connection: Connection) -> tuple[Way, ...] | None:
    """The newest trips of a view; None where the record is too long to rebuild them all."""
    if ask.desk.state(connection)[0] > MOST_AT_ONCE:
        return None
    ways = []
    for trip in chosen_trips(ask, connection)[:MOST_TRIPS]:
        route = route_of(trip)
        stops = " → ".join(stop.place or stop.country for stop in trip.stops)
        ways.append(Way(trip, route.legs, f"Trip of {trip.traveller}, {stay_days(trip.start, trip.end)}: {stops}"))
    return tuple(ways)


def _box(ask: Ask, spots: Sequence[Spot], ways: Sequence[Way]) -> Box:
    """The part of the world that is shown: one asked for, else around a state that is asked for."""
    if part := PARTS.get(ask.get("part")):
        south, west, north, east = part
        return box_around([project(south, west), project(north, east)], room=1.0)
    code = code_of(ask.get("place"))
    if not code:
        return WORLD
    point = point_of_state(code)
    own = [spot.at for spot in spots] + ([project(point.latitude, point.longitude)] if point else [])
    return box_around(own, least=40.0)


# Borders -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Border:
    """A border that is drawn dashed, or a dispute that the shapes can't show; why: what is disputed."""

    one: str
    other: str
    is_drawn: bool
    why: str


BORDER_COLUMNS: tuple[Column[Border], ...] = (
    Column("one", lambda b: b.one),
    Column("other", lambda b: b.other),
    Column("dashed", lambda b: b.is_drawn),
    Column("why", lambda b: b.why, "What is disputed"),
)


@room("/map/borders", "Borders")
def borders(ask: Ask) -> Page:
    """Which borders the maps draw as disputed, and by which rule."""
    own = [Border(r["one"], r["other"], r["where"] == "land", r["why"]) for _, r in read_csv("disputed.csv")]
    listing = Listing("borders", "Disputed borders", BORDER_COLUMNS, own, total=f"{len(own)}")
    return Page("borders.html", "Borders", (listing,))
