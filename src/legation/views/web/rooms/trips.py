"""Trips: journeys with their stops; one trip on a map and on a line of days, with whom the traveller met at each stop.

All journeys of a record are rebuilt at once while it is short, and remembered until it changes. Of a long record the
list shows the visits that its events tell, and a trip is rebuilt from what is told of its traveller around its days.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from legation.record.event import Event
from legation.record.mention import is_same_name, read_mention
from legation.record.store.asking import code_of, find_name_ids
from legation.record.store.browsing import event_of
from legation.record.store.journeys import actor_of_trip, claims_of_trip, events_of_claims, read_around
from legation.record.store.rows import chunks, fold_text
from legation.record.store.schema import names, reports
from legation.record.store.travelled import read_trips, read_trips_in
from legation.record.trips import Stop, Trip, trips_to_json
from legation.views.web.address import KNOWN_BY, Ask, Filter
from legation.views.web.faults import not_found
from legation.views.web.itinerary import Gap, bounds_of, days_of, gaps_of, route_of, stay_days
from legation.views.web.listing import Column, Listing
from legation.views.web.room import Moved, Page, room
from legation.views.web.rooms.events import ACTOR, EVENT_COLUMNS, view_of

MOST_AT_ONCE = 1_000  # reports: two milliseconds each, once after each change; beyond, the list shows visits
STATUSES = (("done", "done"), ("planned", "planned"), ("off", "off"))


def n_meetings(trip: Trip) -> int:
    return sum(len(stop.meetings) for stop in trip.stops)


def n_disputed(trip: Trip) -> int:
    return sum(len(stop.disputed) for stop in trip.stops)


TRIP_COLUMNS: tuple[Column[Trip], ...] = (
    Column("id", lambda t: t.id, link=lambda t: f"/trips/{t.id}"),
    Column("traveller", lambda t: t.traveller),
    Column("country", lambda t: t.country),
    Column("office", lambda t: t.office),
    Column("start", lambda t: t.start),
    Column("end", lambda t: t.end),
    Column("status", lambda t: t.status),
    Column("stops", lambda t: [" ".join(part for part in (s.country, s.place) if part) for s in t.stops]),
    Column("meetings", n_meetings),
    Column("disputed", n_disputed),
    Column("origins", lambda t: t.n_origins),
    Column("reports", lambda t: len(t.reports)),
)


@room(
    "/trips",
    "Trips",
    filters=(
        replace(ACTOR, label="Who travels", many=False, hint="A name however spelled, a state or its code, or an id"),
        Filter("place", "Where", hint="A state or its code, or a place of this name"),
        Filter("status", "Status", "choice", STATUSES, "Whether it took place"),
        Filter("since", "From", "day", hint="First day"),
        Filter("until", "To", "day", hint="Last day"),
        KNOWN_BY,
    ),
    nav="Trips",
    key="j",
    place=50,
)
def trips(ask: Ask) -> Page:
    """Journeys by traveller, place, status and days, newest first."""
    with ask.desk.reading() as connection:
        if not _is_short(ask, connection):
            return _visits(ask, connection)
        own = chosen_trips(ask, connection)
    start = int(ask.after) if ask.after.isdigit() else 0
    some = own[start : start + ask.limit]
    onward = str(start + ask.limit) if start + ask.limit < len(own) else ""
    total = f"{len(own):,} trip{'s' * (len(own) != 1)}"
    listing = Listing("trips", "Trips", TRIP_COLUMNS, some, onward, total, "No trip fits.")
    return Page(
        "trips.html",
        "Trips",
        (listing,),
        values={"n_meetings": n_meetings, "n_disputed": n_disputed, "stay_days": stay_days},
    )


def _is_short(ask: Ask, connection: Connection) -> bool:
    return ask.desk.state(connection)[0] <= MOST_AT_ONCE


def _every(ask: Ask, connection: Connection) -> list[Trip]:
    """All trips of a short record, as the reports up to a day told them."""
    if not ask.known_by:
        return ask.desk.remember(connection, "trips", lambda: read_trips(connection))
    known = connection.scalars(select(reports.c.digest).where(reports.c.day <= ask.known_by))
    return read_trips_in(connection, list(known))


def _visits(ask: Ask, connection: Connection) -> Page:
    """Of a long record: the visits that its events tell, each leading to its trip."""
    found = ask.desk.events(connection, view_of(ask, mode="visit"), limit=ask.limit, after=ask.after)
    link: tuple[Column[Event], ...] = (Column("trip", lambda e: f"/trips/{e.id}", link=lambda e: f"/trips/{e.id}"),)
    listing = Listing("visits", "Visits", (*link, *EVENT_COLUMNS), found.rows, found.next, empty="No visit fits.")
    return Page("trips.html", "Trips", (listing,))


def chosen_trips(ask: Ask, connection: Connection) -> list[Trip]:
    """Return the trips of a short record that the filters leave, newest first; those without any day come last."""
    own = [trip for trip in _every(ask, connection) if _is_wanted(ask, trip)]
    for who in ask.all("actor"):
        is_meant = _of_whom(connection, who)
        own = [trip for trip in own if is_meant(trip)]
    return sorted(own, key=lambda t: (str(_days(t)[1] or ""), t.id), reverse=True)


def _is_wanted(ask: Ask, trip: Trip) -> bool:
    first, last = _days(trip)
    return (
        _is_there(trip, ask.get("place"))
        and ask.get("status") in ("", trip.status)
        and (not ask.get("since") or str(last or "") >= ask.get("since"))
        and (not ask.get("until") or "" < str(first or "") <= ask.get("until"))
    )


def _is_there(trip: Trip, place: str) -> bool:
    """Whether a stop lies in a state, or at a place of this name."""
    if code := code_of(place):
        return any(stop.country == code for stop in trip.stops)
    return any(fold_text(place) in fold_text(stop.place) for stop in trip.stops)


def _days(trip: Trip) -> tuple[object, object]:
    """The first and the last day that anything bounds a trip by."""
    start, end = bounds_of(trip.start), bounds_of(trip.end)
    return start.first or start.last or end.first, end.last or end.first or start.last


def _of_whom(connection: Connection, who: str) -> Callable[[Trip], bool]:
    """Whether a trip is that of somebody: of a state by its code, of a person by any of the names."""
    if code := code_of(who):
        return lambda trip: trip.country == code
    rows = [
        row
        for some in chunks(find_name_ids(connection, who))
        for row in connection.execute(select(names).where(names.c.id.in_(some)))
    ]
    keys = {(row.kind, row.country, tuple(row.key.split())) for row in rows}

    def is_meant(trip: Trip) -> bool:
        own = read_mention(trip.traveller, trip.country, trip.office)
        return any(k == own.kind and c == own.country and is_same_name(key, own.key) for k, c, key in keys)

    return is_meant


# One trip ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Halt:
    """A stop with its number, the days untold before it, and the events of its meetings in their order."""

    n: int
    stop: Stop
    gap: Gap | None
    events: tuple[tuple[str, ...], ...]


STOP_COLUMNS: tuple[Column[Halt], ...] = (
    Column("stop", lambda h: h.n),
    Column("country", lambda h: h.stop.country),
    Column("place", lambda h: h.stop.place or None),
    Column("start", lambda h: h.stop.start),
    Column("end", lambda h: h.stop.end),
    Column("status", lambda h: h.stop.status),
    Column("met", lambda h: [", ".join(m.others) for m in h.stop.meetings]),
    Column("events", lambda h: list(dict.fromkeys(e for own in h.events for e in own))),
    Column("disputed", lambda h: [f"{d.field} {d.value}" for d in h.stop.disputed]),
    Column("untold_days_before", lambda h: h.gap.days if h.gap else 0),
    Column("origins", lambda h: h.stop.n_origins),
    Column("reports", lambda h: len(h.stop.reports)),
)


@dataclass(frozen=True, slots=True)
class Found:
    """A trip, others that the same event tells, and how many reports it was rebuilt from (0: from all)."""

    trip: Trip
    others: tuple[Trip, ...] = ()
    n_reports: int = 0
    n_aside: int = 0


@room("/trips/{id}", "Trip", filters=(KNOWN_BY,))
def trip(ask: Ask) -> Page:
    """One trip: stops on a map and on a line of days, meetings, disputed days, gaps, what is still to come."""
    with ask.desk.reading() as connection:
        found = _find(ask, connection)
        told = found.trip
        events = events_of_claims(connection, claims_of_trip(told))
        actor = actor_of_trip(connection, told)
    gaps = {gap.after: gap for gap in gaps_of(told)}
    halts = [_halt(n, stop, gaps.get(n - 1), events) for n, stop in enumerate(told.stops, 1)]
    listing = Listing("stops", "Stops", STOP_COLUMNS, halts, total=f"{len(halts)}", empty="No stop.")
    values = {
        "trip": told,
        "found": found,
        "actor": actor,
        "line": days_of(told),
        "route": route_of(told),
        "stay_days": stay_days,
    }
    return Page("trip.html", f"{told.traveller}: trip", (listing,), trips_to_json([told])[0], values)


def _halt(n: int, stop: Stop, gap: Gap | None, events: dict[str, str]) -> Halt:
    told = (dict.fromkeys(events[claim] for claim in meeting.claims if claim in events) for meeting in stop.meetings)
    return Halt(n, stop, gap, tuple(tuple(own) for own in told))


def _find(ask: Ask, connection: Connection) -> Found:
    id_ = ask.path["id"]
    if id_.startswith(("e-", "c-")) and (event := event_of(connection, id_)):
        return _around(ask, connection, event)
    if id_.startswith("t-") and _is_short(ask, connection):
        for own in _every(ask, connection):
            if own.id == id_:
                return Found(own)
        raise _none(id_, "The list of trips has them all; a ruling or a further report may have changed it.")
    if id_.startswith("t-"):
        raise _none(id_, "A record as long as this finds a trip by one of its events: /trips/e-…")
    raise _none(id_, "Ids begin with t-; those of events and claims find the trip they belong to.")


def _none(id_: str, advice: str) -> Exception:
    return not_found(f"No trip “{id_}” in the record.", advice)


def _around(ask: Ask, connection: Connection, event: str) -> Found:
    """The trip that an event belongs to."""
    read = ask.desk.read(connection, [event], ask.known_by)
    if not read:
        raise _none(event, "This event is no more, or wasn't known by then.")
    if _is_short(ask, connection):
        ids = {claim.claim.id for claim in read[0].claims}
        own = [one for one in _every(ask, connection) if ids & claims_of_trip(one)]
        if own:
            best = max(own, key=lambda one: (len(ids & claims_of_trip(one)), one.id))
            raise Moved(f"/trips/{best.id}" + (f"?known_by={ask.known_by}" if ask.known_by else ""))
    else:
        around = read_around(connection, read[0], known_by=ask.known_by)
        if around.trips:
            return Found(around.trips[0], around.trips[1:], around.n_reports, around.n_aside)
        raise Moved(f"/events/{event}" + (f"?known_by={ask.known_by}" if ask.known_by else ""))
    raise not_found(f"The event {event} is part of no trip that could be rebuilt.", f"See it at /events/{event}.")
