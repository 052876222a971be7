"""Reads events back from the tables with all that explains them, and keeps their summary rows.

In: ids of events. Out: Events, in the order of the ids; or, after a change, the rows by which events are asked for.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import Connection, Select, case, delete, func, select

from legation.record.contradicting import find_contradictions, may_be_one
from legation.record.event import Conflict, Event, EventClaim, Field, Support
from legation.record.mention import read_mention
from legation.record.merging import Named, impossible_day, merge_event
from legation.record.outcome import TYPES, has_outcome, with_level, with_outcome
from legation.record.store.appearances import forget_appearances, note_appearances
from legation.record.store.graded import grades
from legation.record.store.rivals import find_rivals
from legation.record.store.rows import chunks, claim_from_rows, insert_new
from legation.record.store.schema import (
    claims,
    conflicts,
    event_participants,
    events,
    names,
    participants,
    reports,
    tellings,
)

__all__ = ["SENTENCE", "Corrections", "conflict_from_row", "note_impossible_days", "read_events", "refresh_events"]

# The words of the sentence that tells a claim, in a query over claims and their reports.
SENTENCE = func.substr(
    case((claims.c.part == "title", reports.c.title), else_=reports.c.text),
    claims.c.sentence_start + 1,
    claims.c.sentence_end - claims.c.sentence_start,
)

OUTLET, OWN = grades.alias("outlet"), grades.alias("own")

Corrections = Mapping[str, Mapping[str, tuple[str, str]]]  # telling -> field -> (value, decision)


def read_events(
    connection: Connection,
    ids: Sequence[str],
    *,
    corrections: Corrections | None = None,
    known_by: str | None = None,
    outcomes: bool = True,
) -> list[Event]:
    """Return the events with these ids; with `known_by` (YYYY-MM-DD) as the reports up to that day told them.

    outcomes: also what came of them, for which all that their reports tell is read; a list of events can do without.
    """
    corrections = corrections or {}
    found = _read_each(connection, ids, corrections, known_by)
    pairs = _noted_rivals(connection, ids)
    others = found | _read_each(
        connection, {o for own in pairs.values() for o in own} - found.keys(), corrections, known_by
    )
    found = _with_outcomes(connection, found, corrections, known_by) if outcomes else found
    return [_with_rivals(found[id_], pairs.get(id_, ()), others) for id_ in ids if id_ in found]


def _with_outcomes(
    connection: Connection, found: Mapping[str, Event], corrections: Corrections, known_by: str | None
) -> dict[str, Event]:
    """The events with what came of them, by what their reports tell beside them."""
    held = {id_: event for id_, event in found.items() if has_outcome(event)}
    beside: dict[str, list[EventClaim]] = defaultdict(list)
    people: dict[str, list[Named]] = {}
    for some in chunks({c.digest for event in held.values() for c in event.claims}):
        rows = list(connection.execute(_told(known_by).where(claims.c.digest.in_(some), claims.c.type.in_(TYPES))))
        named = _people(connection, [row.id for row in rows])
        for row in rows:
            beside[row.digest].append(_event_claim(row, named.get(row.id, ())))
            people[row.id] = [_named(row, person) for person in named.get(row.id, ())]
    made = {}
    for id_, event in held.items():
        told = [claim for digest in {c.digest for c in event.claims} for claim in beside[digest]]
        value, decision = _ruled(event.claims, corrections).get("outcome", ("", ""))
        made[id_] = with_outcome(event, told, people, ruled=Field(value, (), decision) if value else None)
    return {**found, **made}


def _ruled(told: Iterable[EventClaim], corrections: Corrections) -> dict[str, tuple[str, str]]:
    """What an analyst set for the event of these claims."""
    ruled: dict[str, tuple[str, str]] = {}
    for telling in sorted({claim.telling for claim in told}):
        ruled |= corrections.get(telling, {})
    return ruled


def _read_each(
    connection: Connection, ids: Iterable[str], corrections: Corrections, known_by: str | None = None
) -> dict[str, Event]:
    """The events by id, each with the conflicts within it."""
    return {
        event.id: event for some in chunks(set(ids), 200) for event in _read(connection, some, corrections, known_by)
    }


def _with_rivals(event: Event, rivals: Iterable[str], others: Mapping[str, Event]) -> Event:
    """The event with its conflicts with those that tell the same act differently."""
    between = (
        conflict
        for id_ in sorted(rivals)
        if (other := others.get(id_)) and may_be_one(event, other)
        for conflict in find_contradictions(event, other)
    )
    return replace(event, conflicts=(*event.conflicts, *between))


def _noted_rivals(connection: Connection, ids: Iterable[str]) -> dict[str, set[str]]:
    """The events with which these have conflicts, by what the tables hold."""
    found: dict[str, set[str]] = defaultdict(set)
    for some in chunks(ids):
        query = select(conflicts).where(conflicts.c.event.in_(some), conflicts.c.field.in_(("participants", "type")))
        for conflict in map(conflict_from_row, connection.execute(query)):
            if conflict.other:
                found[conflict.event].add(conflict.other)
    return found


def _read(connection: Connection, ids: list[str], corrections: Corrections, known_by: str | None) -> Iterable[Event]:
    rows: dict[str, list[Any]] = defaultdict(list)
    for row in connection.execute(_told(known_by).where(tellings.c.event.in_(ids))):
        rows[row.event].append(row)
    people = _people(connection, [row.id for group in rows.values() for row in group])
    for id_ in sorted(rows):
        yield _event(id_, rows[id_], people, corrections)


def _told(known_by: str | None) -> Select[Any]:
    """A query for claims with their tellings, their reports and the words of their sentences."""
    query = (
        select(
            claims,
            tellings.c.event,
            tellings.c.points_to,
            tellings.c.kind,
            tellings.c.score.label("link_score"),
            tellings.c.why,
            reports.c.id.label("report"),
            reports.c.title,
            reports.c.source,
            reports.c.published,
            reports.c.day,
            reports.c.origin,
            reports.c.impossible,
            SENTENCE.label("sentence"),
            (func.coalesce(OUTLET.c.grade, "") + func.coalesce(OWN.c.grade, "")).label("grade"),
        )
        .join(tellings, tellings.c.id == claims.c.telling)
        .join(reports, reports.c.digest == claims.c.digest)
        .outerjoin(OUTLET, OUTLET.c.about == "source " + reports.c.source)
        .outerjoin(OWN, OWN.c.about == "report " + reports.c.digest)
    )
    return query.where(reports.c.day <= known_by) if known_by else query


def _people(connection: Connection, ids: Sequence[str]) -> dict[str, list[Any]]:
    """The participants of claims, with the actor that each name means."""
    shown = names.alias("shown")
    found: dict[str, list[Any]] = defaultdict(list)
    for some in chunks(set(ids)):
        query = (
            select(participants, names.c.actor, shown.c.name.label("actor_name"))
            .join(names, names.c.id == participants.c.name_id)
            .join(shown, shown.c.id == names.c.actor)
            .where(participants.c.claim.in_(some))
            .order_by(participants.c.claim, participants.c.n)
        )
        for row in connection.execute(query):
            found[row.claim].append(row)
    return found


def _event(id_: str, rows: Sequence[Any], people: Mapping[str, list[Any]], corrections: Corrections) -> Event:
    told, named = [], {}
    for row in rows:
        own = people.get(row.id, [])
        told.append(_event_claim(row, own))
        named[row.id] = [_named(row, person) for person in own]
    event = merge_event(id_, _kind_of(rows), told, named, ruled=_ruled(told, corrections))
    return with_level(replace(event, conflicts=(*event.conflicts, *find_contradictions(event))), named)


def _kind_of(rows: Sequence[Any]) -> str:
    """The kind of the telling that stands for the event."""
    return str(min(rows, key=lambda row: (row.points_to is not None, row.telling)).kind)


def _event_claim(row: Any, people: Sequence[Any]) -> EventClaim:
    return EventClaim(
        claim=claim_from_rows(row, people, row.report),
        sentence=" ".join(row.sentence.split()),
        report=row.report,
        digest=row.digest,
        title=row.title,
        source=row.source,
        published=row.published,
        origin=row.origin,
        telling=row.telling,
        joined_to=row.points_to or "",
        score=row.link_score,
        why=tuple(json.loads(row.why)),
        grade=row.grade,
        impossible=_impossible(row),
    )


def _impossible(row: Any) -> tuple[str, ...]:
    """The impossible days in the claim's sentence; only those of the text are looked for."""
    if row.impossible == "[]" or row.part != "text":
        return ()
    dates = json.loads(row.impossible)
    return tuple(sorted({v for start, end, v, _ in dates if row.sentence_start <= start and end <= row.sentence_end}))


def _named(row: Any, person: Any) -> Named:
    mention = read_mention(person.name, person.country, person.office, row.day)
    return Named(person.role, mention, person.actor, person.actor_name, person.name_id)


def refresh_events(connection: Connection, ids: Iterable[str], *, corrections: Corrections | None = None) -> None:
    """Write the rows of these events anew, and of those with which they conflict; events that are no more go."""
    corrections = corrections or {}
    every = set(ids)
    every |= {other for own in _noted_rivals(connection, every).values() for other in own}
    made, name_ids = _rewrite(connection, every, corrections)
    made = _find_rivals(connection, made, corrections)
    met = {c.other for event in made.values() for c in event.conflicts if c.other} - made.keys()
    if met:  # events that stood alone until now, and have a conflict with a new one
        others, more = _rewrite(connection, met, corrections)
        made |= _find_rivals(connection, others, corrections)
        name_ids += more
    note_appearances(connection, list(made.values()), name_ids)
    rows = [_conflict_row(c, min(c.digest for c in event.claims)) for event in made.values() for c in event.conflicts]
    if rows:
        connection.execute(conflicts.insert(), rows)


def _rewrite(
    connection: Connection, ids: Iterable[str], corrections: Corrections
) -> tuple[dict[str, Event], list[dict[str, Any]]]:
    """Take all rows of these events away, and write those of events that still are, but for their conflicts."""
    every = set(ids)
    forget_appearances(connection, every)
    for some in chunks(every):
        connection.execute(delete(conflicts).where(conflicts.c.event.in_(some)))
        connection.execute(delete(event_participants).where(event_participants.c.event.in_(some)))
        connection.execute(delete(events).where(events.c.id.in_(some)))
    made = _read_each(connection, every, corrections)
    name_ids = _name_ids(connection, list(made.values()))
    if made:
        connection.execute(events.insert(), [_event_row(event) for event in made.values()])
    if name_ids:
        connection.execute(event_participants.insert(), name_ids)
    return made, name_ids


def _find_rivals(connection: Connection, made: Mapping[str, Event], corrections: Corrections) -> dict[str, Event]:
    """The events with their conflicts with those that may tell the same act differently."""
    rivals = find_rivals(connection, list(made.values()))
    near = {other for own in rivals.values() for other in own}
    others = {**made, **_read_each(connection, near - made.keys(), corrections)}
    return {id_: _with_rivals(event, rivals[id_], others) for id_, event in made.items()}


def _event_row(event: Event) -> dict[str, Any]:
    return {
        "id": event.id,
        "type": event.type,
        "mode": event.mode,
        "kind": event.kind,
        "status": event.status,
        "when_value": event.when.value if event.when else None,
        "first_day": event.first_day,
        "last_day": event.last_day,
        "place": event.place.value if event.place else None,
        "place_country": event.place_country,
        "reported": event.reported,
        "n_claims": len(event.claims),
        "n_reports": event.n_reports,
        "n_origins": event.n_origins,
    }


def _name_ids(connection: Connection, made: Sequence[Event]) -> list[dict[str, Any]]:
    """Who takes part, by name: the actor of a name may change later without the event's changing."""
    of = {c.claim.id: event.id for event in made for c in event.claims}
    rows = set()
    for some in chunks(of):
        query = select(participants.c.claim, participants.c.role, participants.c.name_id)
        for row in connection.execute(query.where(participants.c.claim.in_(some))):
            rows.add((of[row.claim], row.role, row.name_id))
    return [{"event": event, "role": role, "name_id": id_} for event, role, id_ in sorted(rows)]


def _conflict_row(conflict: Conflict, digest: str) -> dict[str, Any]:
    content = {
        "values": [asdict(s) for s in conflict.values],
        "reports": conflict.reports,
        "words": conflict.words,
        "other": conflict.other,
    }
    return {
        "id": conflict.id,
        "event": conflict.event,
        "digest": digest,
        "field": conflict.field,
        "content": json.dumps(content, ensure_ascii=False),
    }


def note_impossible_days(connection: Connection, digests: Iterable[str]) -> None:
    """Write down the days that reports tell too early in sentences without a claim: conflicts outside any event."""
    rows = []
    for some in chunks(digests):
        connection.execute(delete(conflicts).where(conflicts.c.digest.in_(some), conflicts.c.event == ""))
        query = select(reports).where(reports.c.digest.in_(some), reports.c.impossible != "[]")
        for report in connection.execute(query).all():
            spans = connection.execute(
                select(claims.c.sentence_start, claims.c.sentence_end).where(
                    claims.c.digest == report.digest, claims.c.part == "text"
                )
            ).all()
            for start, end, value, _ in json.loads(report.impossible):
                if not any(a <= start and end <= b for a, b in spans):
                    told = Support(value, 1, 1, ())
                    found = impossible_day("", report.published or "", told, [report.id], digest=report.digest)
                    rows.append(_conflict_row(found, report.digest))
    if rows:
        insert_new(connection, conflicts, rows)


def conflict_from_row(row: Any) -> Conflict:
    """Return the conflict that a row holds."""
    content = json.loads(row.content)
    values = tuple(Support(v["value"], v["n_origins"], v["n_reports"], tuple(v["claims"])) for v in content["values"])
    return Conflict(
        row.id, row.event, row.field, values, tuple(content["reports"]), content["words"], content.get("other", "")
    )
