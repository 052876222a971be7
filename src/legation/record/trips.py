"""Sightings -> trips: who travelled where, in which order, on which days, and whom they met there.

In: reports with their claims. Out: Trips, sorted, the same whatever the order of the reports and however often each is
given. A pure function.

Idea: the sightings of one traveller lie on a line of days. Those that follow each other closely, with no day at home
between them, are one trip; those that name no day join the trip that fits. What is announced and what is held fall
together because they name the same days and countries; what was held wins. Days that disagree are kept.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from legation.language.claim import Claim
from legation.record.itinerary import Leg, find_legs
from legation.record.journey import Journey, find_journeys
from legation.record.meeting import Meeting, gather_meetings
from legation.record.mention import Mention
from legation.record.sighting import Sighting
from legation.record.traveller import name_travellers
from legation.record.whereabouts import find_sightings
from legation.sources.report import Report

__all__ = ["Dispute", "Stop", "Trip", "build_trips", "trips_to_json"]

WITHIN = 3  # days around a trip on which a companion's sighting still belongs to it


@dataclass(frozen=True, slots=True)
class Dispute:
    """Another value that reports give for a stop's first or last day.

    field: "start" or "end"; status: that of the claim, "planned" for an announcement that came otherwise.
    """

    field: str
    value: str
    status: str
    n_origins: int
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stop:
    """A stay in one country within a trip.

    country: ISO 3166-1 alpha-3. place: cities in the order of the visit, divided by ", "; "" where none is told.
    start, end: EDTF; a day with "?" is bounded by publication only; an interval lies somewhere in it; None: unknown.
    status: done, planned, off.
    claims: ids of the claims that tell it; a transcript's heading has none.
    """

    country: str
    place: str
    start: str | None
    end: str | None
    status: str
    meetings: tuple[Meeting, ...]
    disputed: tuple[Dispute, ...]
    claims: tuple[str, ...]
    reports: tuple[str, ...]
    n_origins: int


@dataclass(frozen=True, slots=True)
class Trip:
    """A traveller's journey.

    id:    "t-" and 12 hex digits, from the traveller and the first thing told of the trip.
    party: those who travel along, as the reports name them: delegations, companions without an office.
    start, end: EDTF, of the first and last stop that have days.
    status: done, planned, off: the furthest that any stop has come.
    """

    id: str
    traveller: str
    country: str | None
    office: str
    party: tuple[str, ...]
    start: str | None
    end: str | None
    status: str
    stops: tuple[Stop, ...]
    reports: tuple[str, ...]
    n_origins: int


def build_trips(reports: Iterable[tuple[Report, Sequence[Claim]]]) -> list[Trip]:
    """Return the trips that the reports tell, by first day, then traveller.

    reports: each with the claims read in it; a Reading's `report` and `claims`.
    """
    told = {sighting for report, claims in reports for sighting in find_sightings(report, claims)}
    names = name_travellers(sighting.traveller for sighting in told)
    sightings = sorted(told, key=lambda s: (s.key, s.mode, s.site, tuple(m.form for m in s.others), s.event))
    by_traveller: dict[Mention, list[Sighting]] = defaultdict(list)
    for sighting in sightings:
        by_traveller[names[sighting.traveller]].append(sighting)
    by_traveller = _join_companions(by_traveller)
    trips = [
        trip
        for traveller, own in by_traveller.items()
        for journey in find_journeys(own)
        if (trip := _trip(traveller, journey)) is not None
    ]
    return sorted(_share_days(trips), key=lambda t: (t.start or "~", t.traveller, t.id))


# Companions --------------------------------------------------------------------------------------------------


def _join_companions(by_traveller: dict[Mention, list[Sighting]]) -> dict[Mention, list[Sighting]]:
    """Give a delegation's sightings, and those of companions without an office, to the head of the delegation.

    Somebody is a companion of a person of the same state, with an office, who is named in one claim with them.
    """
    claims = {who: {s.source.claim for s in own if s.source.claim and s.country} for who, own in by_traveller.items()}
    heads = [who for who in by_traveller if who.kind == "person" and who.level]
    by_claim: dict[str, list[Mention]] = defaultdict(list)
    by_stop: dict[tuple[str | None, str], list[Mention]] = defaultdict(list)
    for head in sorted(heads, key=_name_order):
        for claim in sorted(claims[head]):
            by_claim[claim].append(head)
        for country in sorted({s.country for s in by_traveller[head]} - {""}):
            by_stop[head.country, country].append(head)
    joined = {who: list(own) for who, own in by_traveller.items()}
    for who in sorted(by_traveller, key=_name_order):
        if who.level and who.kind == "person":
            continue
        near = Counter(head for claim in claims[who] for head in by_claim[claim] if head.country == who.country)
        if not near and who.kind != "person":
            near.update({head for s in by_traveller[who] for head in by_stop[who.country, s.country]})
        fitting = {head: part for head in near if (part := _fitting(by_traveller[who], by_traveller[head]))}
        has_one = len(fitting) == 1 or any(claims[who] & claims[head] for head in fitting)
        if not fitting or not has_one:
            continue
        head = max(fitting, key=lambda h: (near[h], len(fitting[h]), _name_order(h)))
        own = {s.source.claim for s in joined[head] if s.source.claim}
        joined[head] += [s for s in fitting[head] if s.source.claim not in own]
        told = claims[who]
        joined[head] = [
            replace(s, party=tuple(sorted({*s.party, who.name}))) if s.source.claim in told else s for s in joined[head]
        ]
        joined[who] = [s for s in joined[who] if s not in fitting[head]]
    return joined


def _name_order(mention: Mention) -> tuple[str, str, str]:
    return mention.form, mention.name, mention.office


def _fitting(own: Sequence[Sighting], others: Sequence[Sighting]) -> list[Sighting]:
    """The sightings that fit another's, and with them those of the same tour."""
    fitting = {s for s in own if _fits(s, others)}
    tours = {s.tour for s in fitting if s.tour}
    return [s for s in own if s in fitting or s.tour in tours]


def _fits(sighting: Sighting, others: Sequence[Sighting]) -> bool:
    """Whether somebody was seen where another was at about the time."""
    days = _window(sighting)
    for other in others:
        if other.country and other.country == sighting.country:
            theirs = _window(other)
            if days and theirs and days[0] - WITHIN <= theirs[1] and theirs[0] - WITHIN <= days[1]:
                return True
    return False


def _window(sighting: Sighting) -> tuple[int, int] | None:
    if sighting.first is None and sighting.last is None:
        return None
    first = sighting.first if sighting.first is not None else (sighting.last or 0) - WITHIN
    return first, sighting.last if sighting.last is not None else first + WITHIN


def _share_days(trips: Sequence[Trip]) -> list[Trip]:
    """A stop without days of its own has those of a companion whose stop the same claim tells."""
    by_claim: dict[tuple[str, str], list[Stop]] = defaultdict(list)
    for trip in trips:
        for stop in trip.stops:
            for claim in stop.claims:
                by_claim[claim, stop.country].append(stop)

    def shared(stop: Stop) -> Stop:
        if stop.start and "/" not in stop.start:
            return stop
        dated = {
            (other.start, other.end)
            for claim in stop.claims
            for other in by_claim[claim, stop.country]
            if other.start and "/" not in other.start and other.start >= (_earliest(stop.start) or "")
        }
        if not dated:
            return stop
        start, end = min(dated, key=str)
        return replace(stop, start=_doubt(start), end=_doubt(end))

    return [_with_stops(trip, [shared(stop) for stop in trip.stops]) for trip in trips]


def _earliest(bounds: str | None) -> str | None:
    """The first day of bounds like "2021-06-13/.."; None where they are open."""
    return bounds.partition("/")[0].strip(".") if bounds else None


def _doubt(value: str | None) -> str | None:
    return f"{value}?" if value and value[-1].isdigit() and "/" not in value else value


# One trip ----------------------------------------------------------------------------------------------------


def _trip(traveller: Mention, journey: Journey) -> Trip | None:
    legs = find_legs(journey)
    stops = [_stop(leg, journey) for leg in legs]
    if not stops:
        return None
    sightings = [s for leg in legs for s in leg.sightings]
    first = min((s.source.claim or s.source.origin for s in sightings), default="")
    content = f"{traveller.form}\x1f{first}"
    offices = Counter(s.traveller.office for s in sightings if s.traveller.office)
    trip = Trip(
        id="t-" + hashlib.sha256(content.encode()).hexdigest()[:12],
        traveller=traveller.name,
        country=traveller.country,
        office=min(offices, key=lambda office: (-offices[office], office)) if offices else "",
        party=tuple(sorted({name for s in sightings for name in s.party})),
        start=None,
        end=None,
        status="",
        stops=(),
        reports=tuple(sorted({s.source.report for s in sightings})),
        n_origins=len({s.source.origin for s in sightings}),
    )
    back = journey.back
    return _with_stops(trip, stops, date.fromordinal(back).isoformat() if back else None)


def _with_stops(trip: Trip, stops: Sequence[Stop], back: str | None = None) -> Trip:
    """The trip with these stops; its own days and status follow from them."""
    going = [stop for stop in stops if stop.status != "off"] or stops
    starts = _closed(stop.start for stop in going)
    ends = _closed(stop.end or stop.start for stop in going)
    statuses = {stop.status for stop in stops}
    return replace(
        trip,
        stops=tuple(stops),
        start=starts[0] if starts else trip.start,
        end=back or trip.end or (ends[-1] if ends else None),
        status=next(status for status in ("done", "planned", "off") if status in statuses),
    )


def _closed(values: Iterable[str | None]) -> list[str]:
    """The values, those that are open on a side only where there are no others."""
    told = [value for value in values if value]
    return [value for value in told if ".." not in value] or told


def _stop(leg: Leg, journey: Journey) -> Stop:
    sources = [s.source for s in leg.sightings]
    return Stop(
        country=leg.country,
        place=", ".join(leg.places),
        start=leg.start,
        end=leg.end,
        status=leg.status,
        meetings=gather_meetings(leg.sightings, journey.beside.get(leg.country, ()), leg.first, leg.last),
        disputed=tuple(
            Dispute(field, date.fromordinal(day).isoformat(), status, len({o for o, _ in who}), _reports(who))
            for field, day, status, who in leg.disputed
        ),
        claims=tuple(sorted({source.claim for source in sources if source.claim})),
        reports=tuple(sorted({source.report for source in sources})),
        n_origins=len({source.origin for source in sources}),
    )  # fmt: skip


def _reports(who: frozenset[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(sorted({report for _, report in who}))


# JSON --------------------------------------------------------------------------------------------------------


def trips_to_json(trips: Iterable[Trip]) -> list[dict[str, Any]]:
    """Return the trips in the form of the trips contract.

    `start` and `end` of a stop are a day, a month, a year or null; `start_edtf` and `end_edtf` tell doubt and bounds.
    """
    return [
        {
            "id": trip.id,
            "traveller": trip.traveller,
            "country": trip.country,
            "office": trip.office,
            "party": list(trip.party),
            "start": plain_day(trip.start),
            "end": plain_day(trip.end),
            "status": trip.status,
            "stops": [_stop_to_json(stop) for stop in trip.stops],
            "reports": list(trip.reports),
            "n_reports": len(trip.reports),
            "n_origins": trip.n_origins,
        }
        for trip in trips
    ]


def _stop_to_json(stop: Stop) -> dict[str, Any]:
    return {
        "country": stop.country,
        "place": stop.place or None,
        "start": plain_day(stop.start),
        "end": plain_day(stop.end),
        "start_edtf": stop.start,
        "end_edtf": stop.end,
        "status": stop.status,
        "meetings": [
            {
                "with": list(meeting.others),
                "kind": meeting.kind,
                "when": meeting.when,
                "place": meeting.place or None,
                "status": meeting.status,
                "claims": list(meeting.claims),
                "n_origins": meeting.n_origins,
                "sentence": meeting.sentence,
            }
            for meeting in stop.meetings
        ],
        "disputed": [
            {
                "field": d.field,
                "value": d.value,
                "status": d.status,
                "n_origins": d.n_origins,
                "reports": list(d.reports),
            }
            for d in stop.disputed
        ],
        "claims": list(stop.claims),
        "reports": list(stop.reports),
        "n_reports": len(stop.reports),
        "n_origins": stop.n_origins,
    }  # fmt: skip


def plain_day(value: str | None) -> str | None:
    """Return an EDTF value as one day, month or year as precise as it allows; None where it allows none.

    >>> plain_day("2021-05-26?"), plain_day("2021-05-25/2021-05-27"), plain_day("../2021-05-24")
    ('2021-05-26', '2021-05', None)
    """
    if value is None or ".." in value:
        return None
    first, _, last = (part.rstrip("?~%") for part in value.partition("/"))
    if not last or first == last:
        return first
    if (date.fromisoformat(last) - date.fromisoformat(first)).days <= 1:
        return first
    return next((first[:n] for n in (7, 4) if first[:n] == last[:n]), None)
