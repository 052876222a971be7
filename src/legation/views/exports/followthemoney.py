"""Events, actors and reports as FollowTheMoney entities, one JSON object a line: for Aleph, OpenAleph and yente.

In: a Source. Out: one file. An event is an Event whose `involved` are Person, PublicBody and Organization; each report
is an Article, and the event's `proof`. Sentences with their places, conflicts and support stand in the event's `notes`.
Written as the events pass; an actor or report is written where it is first met, and only its id is kept.

Schemata and properties: followthemoney 4 (followthemoney.tech). Its dates may be a year or a month: nothing is made
more exact than it was told.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from legation.record import Actor, Event, EventClaim
from legation.reference import states
from legation.reference.crosswalk import state_codes
from legation.views.exports.source import Source, Told, days_of, evidence_of, title_of
from legation.views.exports.writing import Written, new_file
from legation.views.record_forms import counts

__all__ = ["write_followthemoney"]

SCHEMATA = {
    "person": "Person",
    "state": "PublicBody",
    "body": "PublicBody",
    "organisation": "Organization",
    "group": "LegalEntity",
}
DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
Entity = dict[str, Any]


def write_followthemoney(source: Source, path: Path) -> Written:
    """Write entities as JSON lines, as `ftm` reads them."""
    n_events = 0
    seen: set[str] = set()
    with new_file(path) as stream:
        for told in source:
            n_events += 1
            people = {p.actor for p in told.event.participants} - seen
            seen |= people
            for actor in source.actors(people):
                _write(stream, _of_actor(actor))
            for claim in evidence_of(told.event):
                if claim.digest not in seen:
                    seen.add(claim.digest)
                    _write(stream, _of_report(told, claim))
            _write(stream, _of_event(told))
    return Written(n_events)


def _write(stream: TextIO, entity: Entity) -> None:
    stream.write(json.dumps(entity, ensure_ascii=False) + "\n")


def _entity(id_: str, schema: str, **properties: str | list[str] | None) -> Entity:
    """An entity; values that are empty or stand twice are left out."""
    told: dict[str, list[str]] = {}
    for name, values in properties.items():
        every = [values] if isinstance(values, str) else values or []
        if kept := list(dict.fromkeys(value for value in every if value)):
            told[name] = kept
    return {"id": id_, "schema": schema, "properties": told}


def _country(code: str | None) -> str:
    return state_codes(code).iso2.lower()


def _of_actor(actor: Actor) -> Entity:
    aliases = [s.name for s in actor.spellings if s.name != actor.name]
    offices = [f"{o.name} ({o.first or '?'} to {o.last or '?'}, {o.source})" for o in actor.offices]
    return _entity(
        actor.id,
        SCHEMATA[actor.kind],
        name=actor.name,
        alias=aliases,
        country=_country(actor.country),
        position=offices if actor.kind == "person" else None,
    )


def _of_report(told: Told, claim: EventClaim) -> Entity:
    return _entity(
        claim.digest,
        "Article",
        title=claim.title,
        name=claim.title or claim.report,
        fileName=claim.report,
        publishedAt=_date(claim.published),
        publisher=claim.source,
        sourceUrl=told.citation(claim).url,
        notes=f"SHA-256 {claim.digest}, origin {claim.origin}",
    )


def _date(value: str | None) -> str:
    """An EDTF value as FollowTheMoney's date: its beginning, as exact as it is."""
    match = DATE.match(value or "")
    return match[0] if match else ""


def _of_event(told: Told) -> Entity:
    event = told.event
    first, last = days_of(event)
    when = event.when.value if event.when else ""
    place = event.place.value if event.place else ""
    return _entity(
        event.id,
        "Event",
        name=title_of(event),
        summary=f"{event.type} {event.mode or ''} {event.status}".replace("  ", " "),
        description=f"{counts(event.n_origins, event.n_reports)}; first reported {event.reported or '?'}",
        startDate=first.isoformat() if first else "" if "/" in when else _date(when),
        endDate=last.isoformat() if last else "",
        location=", ".join(dict.fromkeys(filter(None, (place, _state_name(event.place_country))))),
        country=_country(event.place_country),
        involved=[p.actor for p in event.participants],
        proof=[c.digest for c in evidence_of(event)],
        keywords=[event.type, event.mode or "", event.status, *({"disputed"} if event.conflicts else ())],
        notes=list(_notes(event)),
        recordId=event.id,
        publisher=[c.source for c in event.claims],
        sourceUrl=[told.citation(c).url for c in event.claims],
    )


def _state_name(code: str | None) -> str:
    return next((state.name for state in states() if state.code == code), "")


def _notes(event: Event) -> Iterator[str]:
    """The evidence in words: each sentence with its report and place, each conflict with who says what."""
    for c in evidence_of(event):
        start, end = c.claim.sentence
        yield f"{c.source}, {c.published or 'undated'}, report {c.report}, {c.claim.part} {start}-{end}: {c.sentence}"
    for conflict in event.conflicts:
        said = "; ".join(f"{s.value}: {counts(s.n_origins, s.n_reports)}" for s in conflict.values)
        yield f"conflict: {conflict.words} ({said})"
    if event.when:
        yield f"when (EDTF): {event.when.value}"
