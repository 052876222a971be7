"""Sightings -> trips: who travelled where, in which order, on which days, and whom they met there.

In: reports with their claims. Out: Trips, sorted, the same whatever the order of the reports and however often each is
given. A pure function.

Idea: the sightings of one traveller lie on a line of days. Those that follow each other closely, with no day at home
between them, are one trip; those that name no day join the trip that fits. What is announced and what is held fall
together because they name the same days and countries; what was held wins. Days that disagree are kept.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from legation.language.claim import Claim
from legation.record.companions import join_companions
from legation.record.itinerary import Leg, find_legs
from legation.record.journey import Journey, find_journeys
from legation.record.meeting import Meeting, gather_meetings
from legation.record.mention import Mention
from legation.record.origins import Print, find_origins, print_of
from legation.record.ruled import NOTHING, Ruled
from legation.record.sighting import Sighting
from legation.record.traveller import name_travellers
from legation.record.whereabouts import find_sightings
from legation.sources.report import Report

__all__ = ["Dispute", "Stop", "Trip", "build_trips", "trips_to_json"]


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


def build_trips(
    reports: Iterable[tuple[Report, Sequence[Claim]]],
    *,
    origins: Mapping[str, str] | None = None,
    ruled: Ruled = NOTHING,
) -> list[Trip]:
    """Return the trips that the reports tell, by first day, then traveller.

    reports: each with the claims read in it; a Reading's `report` and `claims`. origins: of reports by digest, as a
    record has them; worked out from the texts where not given. ruled: what an analyst decided.
    """
    told = _with_acts(_find_sightings(reports, origins), ruled)
    names = name_travellers((sighting.traveller for sighting in told), ruled)
    sightings = sorted(told, key=lambda s: (s.key, s.mode, s.site, tuple(m.form for m in s.others), s.event))
    by_traveller: dict[Mention, list[Sighting]] = defaultdict(list)
    for sighting in sightings:
        by_traveller[names[sighting.traveller]].append(sighting)
    by_traveller = join_companions(by_traveller, ruled)
    trips = [
        trip
        for traveller, own in by_traveller.items()
        for journey in find_journeys(own, ruled)
        if (trip := _trip(traveller, journey, ruled)) is not None
    ]
    return sorted(_share_days(trips), key=lambda t: (t.start or "~", t.traveller, t.id))


def _find_sightings(
    reports: Iterable[tuple[Report, Sequence[Claim]]], origins: Mapping[str, str] | None
) -> set[Sighting]:
    """What the reports tell of people's whereabouts, each with the origin of its report."""
    told: set[Sighting] = set()
    digests: dict[str, str] = {}  # of the reports, by the origin that a report by itself has
    prints: dict[str, Print] = {}
    for report, claims in reports:
        own = find_sightings(report, claims)
        told.update(own)
        for text in {sighting.source.origin for sighting in own}:
            digests[text] = min(report.digest, digests.get(text, report.digest))
            if origins is None and report.digest not in prints:
                day = date.fromisoformat(report.published.day).toordinal() if report.published.day else 0
                prints[report.digest] = print_of(report.digest, day, report.text)
    found = find_origins(prints.values()) if origins is None else origins
    of = {text: found.get(digest, digest) for text, digest in digests.items()}
    return {replace(s, source=replace(s.source, origin=of[s.source.origin])) for s in told}


def _with_acts(told: Iterable[Sighting], ruled: Ruled) -> set[Sighting]:
    """The sightings, those of claims that are ruled to tell one act made one."""
    if not ruled.same:
        return set(told)
    acts = ((sighting, ruled.act_of(sighting.source.claim)) for sighting in told)
    return {replace(sighting, event=(act, 0)) if act else sighting for sighting, act in acts}


# Companions --------------------------------------------------------------------------------------------------


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


def _trip(traveller: Mention, journey: Journey, ruled: Ruled) -> Trip | None:
    legs = find_legs(journey)
    stops = [_stop(leg, journey, ruled) for leg in legs]
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
        party=_whole_names({name for s in sightings for name in s.party}),
        start=None,
        end=None,
        status="",
        stops=(),
        reports=tuple(sorted({s.source.report for s in sightings})),
        n_origins=len({s.source.origin for s in sightings}),
    )
    back = journey.back
    return _with_stops(trip, stops, date.fromordinal(back).isoformat() if back else None)


def _whole_names(names: Collection[str]) -> tuple[str, ...]:
    """The names without those that are pieces of others: "delegation" beside "party delegation"."""
    return tuple(sorted(name for name in names if not any(name != other and name in other for other in names)))


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


def _stop(leg: Leg, journey: Journey, ruled: Ruled) -> Stop:
    sources = [s.source for s in leg.sightings]
    return Stop(
        country=leg.country,
        place=", ".join(leg.places),
        start=leg.start,
        end=leg.end,
        status=leg.status,
        meetings=gather_meetings(leg.sightings, journey.beside.get(leg.country, ()), leg.first, leg.last, ruled),
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
