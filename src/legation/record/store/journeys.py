"""One journey out of a record of any length: that of somebody in some days, from the reports about them in those days.

In: an event that tells of a visit or a meeting. Out: the Trips that the reports around it tell, and how many reports
were left aside. `travelled` rebuilds all journeys from all reports, two milliseconds a report: exact, and too slow for
a page of a long record. A journey is days long: what is told of its traveller within two weeks makes it, but for late
looks back.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, select

from legation.record.event import Event
from legation.record.mention import is_same_name, read_mention
from legation.record.store.appearances import appearances
from legation.record.store.rows import chunks
from legation.record.store.schema import claims, names, participants, reports, tellings
from legation.record.store.travelled import read_trips_in
from legation.record.trips import Trip

__all__ = ["Around", "actor_of_trip", "claims_of_trip", "events_of_claims", "read_around"]

NEAR = timedelta(days=14)
TYPES = ("CONSULT", "AGREE", "SUPPORT")  # that tell of somebody's whereabouts: visits, meetings, signings, ceremonies
MOST_TRAVELLERS = 3
MOST_NAMES = 60
MOST_REPORTS = 16  # about 40 ms; ministers on tour are told of by so many in a few days


@dataclass(frozen=True, slots=True)
class Around:
    """The trips that the reports around an event tell, those first that the event itself belongs to.

    n_reports: those they are rebuilt from; n_aside: further reports about the same people in these days.
    """

    trips: tuple[Trip, ...]
    n_reports: int
    n_aside: int


def read_around(connection: Connection, event: Event, *, known_by: str = "") -> Around:
    """Return the journeys of those who take part in an event, as the reports up to a day told them."""
    own = {claim.digest for claim in event.claims}
    beside = _reports_beside(connection, event) - own
    if known_by:
        beside = _known(connection, beside, known_by)
    kept = _nearest(connection, beside, event)[: max(MOST_REPORTS - len(own), 0)]
    told = read_trips_in(connection, own | set(kept))
    ids = {claim.claim.id for claim in event.claims}
    trips = sorted(told, key=lambda trip: -len(ids & claims_of_trip(trip)))
    return Around(
        tuple(trip for trip in trips if ids & claims_of_trip(trip)), len(own) + len(kept), len(beside) - len(kept)
    )


def claims_of_trip(trip: Trip) -> frozenset[str]:
    """Return the ids of all claims that tell a trip: of its stops, and of the meetings there."""
    return frozenset(
        claim for stop in trip.stops for told in (stop.claims, *(m.claims for m in stop.meetings)) for claim in told
    )


def events_of_claims(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """Return for each claim the event that it tells."""
    found: dict[str, str] = {}
    for some in chunks(set(ids)):
        query = select(claims.c.id, tellings.c.event).join(tellings, tellings.c.id == claims.c.telling)
        found |= {row.id: row.event for row in connection.execute(query.where(claims.c.id.in_(some)))}
    return found


def actor_of_trip(connection: Connection, trip: Trip) -> str:
    """Return the id of the traveller among the record's actors, "" where the claims name nobody like them."""
    traveller = read_mention(trip.traveller, trip.country, trip.office)
    for some in chunks(claims_of_trip(trip)):
        query = select(names.c.actor, names.c.key, names.c.country, names.c.kind).distinct()
        query = query.join(participants, participants.c.name_id == names.c.id).where(participants.c.claim.in_(some))
        for row in connection.execute(query.order_by(names.c.actor)):
            is_alike = row.kind == traveller.kind and row.country == traveller.country
            if is_alike and is_same_name(tuple(row.key.split()), traveller.key):
                return str(row.actor)
    return ""


def _reports_beside(connection: Connection, event: Event) -> set[str]:
    """Digests of the reports about the event's travellers in the days around it."""
    day = event.first_day or event.reported
    people = [p.actor for p in event.participants if p.kind in ("person", "group") and p.role != "recipient"]
    if not day or not people:
        return set()
    query = select(names.c.id).where(names.c.actor.in_(people[:MOST_TRAVELLERS])).order_by(names.c.id).limit(MOST_NAMES)
    keys = list(connection.scalars(query))
    centre = date.fromisoformat(day)
    row = appearances.c
    around = select(row.event).where(
        row.key.in_(keys),
        row.day.between((centre - NEAR).isoformat(), (centre + NEAR).isoformat()),
        row.type.in_(TYPES),
    )
    return set(connection.scalars(select(tellings.c.digest).where(tellings.c.event.in_(around)).distinct()))


def _known(connection: Connection, digests: Iterable[str], known_by: str) -> set[str]:
    return {digest for digest, day in _days(connection, digests) if day <= known_by}


def _nearest(connection: Connection, digests: Iterable[str], event: Event) -> Sequence[str]:
    """The reports, those first that were published nearest to the event."""
    centre = date.fromisoformat(event.first_day or event.reported or "1970-01-01")
    dated = [(abs((date.fromisoformat(day) - centre).days), digest) for digest, day in _days(connection, digests)]
    return [digest for _, digest in sorted(dated)]


def _days(connection: Connection, digests: Iterable[str]) -> list[tuple[str, str]]:
    """Digests of reports that are dated, with their days."""
    found: list[tuple[str, str]] = []
    for some in chunks(digests):
        query = select(reports.c.digest, reports.c.day).where(reports.c.digest.in_(some), reports.c.day.is_not(None))
        found += [(row.digest, row.day) for row in connection.execute(query)]
    return found
