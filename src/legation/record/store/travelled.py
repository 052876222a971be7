"""Journeys as the record tells them: its reports with an analyst's corrections, its origins, its rulings.

In: a connection, and whose trips. Out: Trips. For one actor only the reports are read that name the actor, and, of the
days of the trips that these tell, those that name anybody of the same state: the delegation, the companions.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from sqlalchemy import Connection, select

from legation.language.claim import Claim
from legation.record.mention import is_same_name, read_mention
from legation.record.ruled import Ruled, correct_claim
from legation.record.store.decided import Standing, decided
from legation.record.store.rows import chunks
from legation.record.store.schema import claims, names, participants, reports, tellings
from legation.record.store.writing import stored_claims
from legation.record.trips import Trip, build_trips
from legation.sources.report import Report

__all__ = ["read_told", "read_trips", "read_trips_in"]

AROUND = timedelta(days=10)  # reports look back on a trip, and announce it, for longer; what they add is seldom more


def read_told(connection: Connection, digests: Iterable[str] | None = None) -> Iterator[tuple[Report, list[Claim]]]:
    """Yield reports with the claims of their texts as an analyst left them: without the rejected, with corrections."""
    if digests is None:
        digests = connection.scalars(select(reports.c.digest))
    every = sorted(digests)
    standing = decided(connection)
    corrected = _corrected(connection, standing)
    for k in range(0, len(every), 200):
        for report, told in stored_claims(connection, every[k : k + 200]):
            kept = [c for c in told if c.part == "text" and c.id not in standing.rejected]
            yield report, [correct_claim(c, corrected[c.id]) if c.id in corrected else c for c in kept]


def _corrected(connection: Connection, standing: Standing) -> dict[str, dict[str, str]]:
    """The values that were set for each claim."""
    found: dict[str, dict[str, str]] = {}
    for some in chunks(standing.corrections):
        query = select(claims.c.id, claims.c.telling).where(claims.c.telling.in_(some))
        for row in connection.execute(query):
            found[row.id] = {name: value for name, (value, _) in standing.corrections[row.telling].items()}
    return found


def read_trips(connection: Connection, *, actor: str = "") -> list[Trip]:
    """Return the trips that the record tells, by first day; only those of one actor (an id) where one is given."""
    ruled = _ruled(connection, decided(connection))
    if not actor:
        return _build(connection, None, ruled)
    own = connection.execute(select(names).where(names.c.actor == actor)).all()
    named = {str(digest) for some in chunks(row.id for row in own) for digest in _naming(connection, some)}
    first = [trip for trip in _build(connection, named, ruled) if _is_of(trip, own)]
    beside = _beside(connection, first, {row.country for row in own} - {None})
    return [trip for trip in _build(connection, named | beside, ruled) if _is_of(trip, own)]


def read_trips_in(connection: Connection, digests: Iterable[str]) -> list[Trip]:
    """Return the trips that these reports of the record tell by themselves, by first day."""
    return _build(connection, digests, _ruled(connection, decided(connection)))


def _build(connection: Connection, digests: Iterable[str] | None, ruled: Ruled) -> list[Trip]:
    wanted = None if digests is None else set(digests)
    query = select(reports.c.digest, reports.c.origin)
    if wanted is None:
        origins = {row.digest: row.origin for row in connection.execute(query)}
    else:
        origins = {
            row.digest: row.origin
            for some in chunks(wanted)
            for row in connection.execute(query.where(reports.c.digest.in_(some)))
        }
    return build_trips(read_told(connection, wanted), origins=origins, ruled=ruled)


def _naming(connection: Connection, name_ids: Sequence[str]) -> Iterable[str]:
    """Digests of the reports in which these names take part."""
    query = select(claims.c.digest).join(participants, participants.c.claim == claims.c.id)
    return connection.scalars(query.where(participants.c.name_id.in_(name_ids)).distinct())


def _beside(connection: Connection, trips: Iterable[Trip], countries: set[str]) -> set[str]:
    """Digests of the reports about the days of trips that name anybody of these states."""
    found: set[str] = set()
    for trip in trips:
        days = [day for day in (trip.start, trip.end) if day and len(day.rstrip("?")) == 10]
        if days and countries:
            first, last = (date.fromisoformat(day.rstrip("?")) for day in (days[0], days[-1]))
            query = (
                select(claims.c.digest)
                .join(reports, reports.c.digest == claims.c.digest)
                .join(participants, participants.c.claim == claims.c.id)
                .where(reports.c.day >= (first - AROUND).isoformat(), reports.c.day <= (last + AROUND).isoformat())
                .where(participants.c.country.in_(sorted(countries)))
                .distinct()
            )
            found |= set(connection.scalars(query))
    return found


def _is_of(trip: Trip, own: Sequence) -> bool:  # type: ignore[type-arg]
    """Whether somebody of these names is the traveller."""
    traveller = read_mention(trip.traveller, trip.country, trip.office)
    return any(
        row.kind == traveller.kind
        and row.country == traveller.country
        and is_same_name(tuple(row.key.split()), traveller.key)
        for row in own
    )


def _ruled(connection: Connection, standing: Standing) -> Ruled:
    """Decisions on events as sets of claims, decisions on actors as sets of names."""
    same = [_claims_of_event(connection, one) for one, _ in standing.rulings.same]
    different = [(_claims_of(connection, a), _claims_of(connection, b)) for a, b in standing.rulings.different]
    actors = {
        id_: _names_of(connection, id_) for pair in (*standing.same_names, *standing.different_names) for id_ in pair
    }
    return Ruled(
        tuple(sorted(same, key=sorted)),
        tuple(different),
        tuple(actors[a] | actors[b] for a, b in standing.same_names),
        tuple((actors[a], actors[b]) for a, b in standing.different_names),
    )


def _claims_of_event(connection: Connection, telling: str) -> frozenset[str]:
    """All claims of the event to which a telling belongs now."""
    event = select(tellings.c.event).where(tellings.c.id == telling).scalar_subquery()
    query = select(claims.c.id).join(tellings, tellings.c.id == claims.c.telling).where(tellings.c.event == event)
    return frozenset(connection.scalars(query))


def _claims_of(connection: Connection, ids: frozenset[str]) -> frozenset[str]:
    query = select(claims.c.id)
    return frozenset(id_ for some in chunks(ids) for id_ in connection.scalars(query.where(claims.c.telling.in_(some))))


def _names_of(connection: Connection, name: str) -> frozenset[str]:
    """All names of the actor whom a name means now."""
    actor = select(names.c.actor).where(names.c.id == name).scalar_subquery()
    return frozenset(connection.scalars(select(names.c.id).where(names.c.actor == actor)))
