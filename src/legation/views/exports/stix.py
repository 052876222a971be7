"""Events as a STIX 2.1 bundle, in the objects that OpenCTI has for them.

In: a Source. Out: one file. An event is OpenCTI's `event` (an object that its extension adds to STIX), persons and
bodies are identities, states and cities locations, each press report is a `report` that holds what it tells, each
conflict a `note` on its event. The sentences stand in the event's external references, with outlet, report and place.

OpenCTI knows events by their name: names carry day and id, so that two meetings of the same people stay two. Ids are
made from the record's (UUID version 5): a second import adds nothing. Written as the events pass; of a report only its
head and the ids that it refers to are kept.
"""

import json
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from legation.language.periods import read_edtf_days
from legation.record import Actor, Event, EventClaim
from legation.reference import states
from legation.reference.crosswalk import state_codes
from legation.views.exports.source import Source, Told, days_of, evidence_of, reported_days, title_of
from legation.views.exports.writing import Written, new_file
from legation.views.record_forms import counts

__all__ = ["OPENCTI_EXTENSION", "write_stix"]

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://legation.invalid/stix")
OPENCTI_EXTENSION = "extension-definition--ea279b3e-5c71-4632-ac08-831c66a786ba"
FIRST = "2000-01-01T00:00:00.000Z"  # `created` of what has no day of its own: it must not change between exports
CLASSES = {"person": "individual", "body": "organization", "organisation": "organization", "group": "group"}
Object = dict[str, Any]


@dataclass(slots=True)
class _Report:
    """A press report and the ids of what it tells."""

    head: EventClaim
    url: str
    told: set[str] = field(default_factory=set)


def write_stix(source: Source, path: Path) -> Written:
    """Write a bundle, indented by line: one object a line."""
    n_events = 0
    modified = _instant(source.horizon) or FIRST
    seen: set[str] = set()
    reports: dict[str, _Report] = {}
    with new_file(path) as stream:
        bundle = _id("bundle", f"{source.horizon} {source.about()['events']}")
        stream.write(f'{{"type": "bundle", "id": "{bundle}", "objects": [\n')
        _write(stream, _author(), first=True)
        for told in source:
            n_events += 1
            actors = {actor.id: actor for actor in source.actors({p.actor for p in told.event.participants})}
            objects = list(_objects(told, actors, modified))
            for made in objects:
                if made["id"] not in seen:
                    _write(stream, made)
                if made["type"] in ("identity", "location"):
                    seen.add(made["id"])
            for claim in evidence_of(told.event):
                report = reports.setdefault(claim.digest, _Report(claim, told.citation(claim).url))
                report.told.update(o["id"] for o in objects if o["type"] != "note")
        for report in reports.values():
            if report.head.published:
                _write(stream, _of_report(report))
        stream.write("\n]}\n")
    return Written(n_events)


def _write(stream: TextIO, made: Object, *, first: bool = False) -> None:
    kept = {name: value for name, value in made.items() if value not in (None, "", [])}
    stream.write(("" if first else ",\n") + json.dumps(kept, ensure_ascii=False))


def _id(type_: str, content: str) -> str:
    return f"{type_}--{uuid.uuid5(NAMESPACE, f'{type_} {content}')}"


AUTHOR = _id("identity", "legation")


def _instant(value: str | None, *, end: bool = False) -> str:
    """The first (or last) moment that an EDTF day, month, year or instant names; "" for none."""
    if value and "T" in value:
        try:
            told = datetime.fromisoformat(value.rstrip("?~%"))
        except ValueError:
            return _instant(value.split("T")[0], end=end)
        told = told.replace(tzinfo=told.tzinfo or UTC).astimezone(UTC)
        return f"{told:%Y-%m-%dT%H:%M:%S}.000Z"
    days = read_edtf_days(value) if value else None
    if days is None:
        return ""
    return f"{days[1]:%Y-%m-%d}T23:59:59.000Z" if end else f"{days[0]:%Y-%m-%d}T00:00:00.000Z"


def _common(type_: str, content: str, modified: str, created: str = FIRST) -> Object:
    return {
        "type": type_,
        "spec_version": "2.1",
        "id": _id(type_, content),
        "created_by_ref": AUTHOR if type_ != "identity" or content != "legation" else None,
        "created": created,
        "modified": max(created, modified),
    }


def _author() -> Object:
    return {**_common("identity", "legation", FIRST), "name": "legation", "identity_class": "system"}


def _objects(told: Told, actors: dict[str, Actor], modified: str) -> Iterator[Object]:
    """The event, all that takes part in it, what links them, and what disagrees."""
    event = told.event
    made = _of_event(told)
    places = list(_places(event, modified))
    yield from places
    for person in event.participants:
        yield (other := _of_actor(actors[person.actor], person.country, modified))
        about = f"{person.role}{f', as {person.office}' if person.office else ''}"
        yield _link("related-to", other, made, about, support=person.n_origins)
    yield made
    for place in places:
        yield _link("located-at", made, place, "", support=0)
    for conflict in event.conflicts:
        said = "; ".join(f"{s.value}: {counts(s.n_origins, s.n_reports)}" for s in conflict.values)
        yield {
            **_common("note", conflict.id, made["modified"], made["created"]),
            "abstract": f"Reports disagree: {conflict.field}",
            "content": f"{conflict.words}\n\n{said}\n\nReports: {', '.join(conflict.reports)}",
            "object_refs": [made["id"]],
        }


def _of_event(told: Told) -> Object:
    event = told.event
    first, last = days_of(event)
    when = event.when.value if event.when else ""
    reported = [_instant(day) for day in reported_days(event)]
    created, modified = (day or FIRST for day in reported)
    support = counts(event.n_origins, event.n_reports)
    return {
        **_common("event", event.id, modified, created),
        "name": f"{title_of(event)}, {when or 'undated'} ({event.id})",
        "description": f"{event.type} {event.mode or ''} {event.status}: {support}. When: {when or 'not told'} (EDTF)."
        + "".join(f"\n\nConflict: {conflict.words}." for conflict in event.conflicts),
        "event_types": [value.lower() for value in (event.type, event.mode) if value],
        "start_time": _instant(first.isoformat()) if first else "",
        "stop_time": _instant(last.isoformat(), end=True) if last else "",
        "labels": [event.type.lower(), event.status, *(["disputed"] if event.conflicts else [])],
        "external_references": [_reference(c, told.citation(c).url) for c in evidence_of(event)],
        "extensions": {OPENCTI_EXTENSION: {"extension_type": "new-sdo"}},
        "x_legation_event": event.id,
        "x_legation_status": event.status,
        "x_legation_origins": event.n_origins,
        "x_legation_reports": event.n_reports,
    }


def _reference(claim: EventClaim, url: str) -> Object:
    start, end = claim.claim.sentence
    words = f"{claim.published or 'undated'}, {claim.claim.part} {start}-{end}: {claim.sentence}"
    made = {
        "source_name": claim.source or claim.report, "external_id": claim.report, "description": words, "url": url,
    }  # fmt: skip
    return {name: value for name, value in made.items() if value}


def _of_actor(actor: Actor, country: str | None, modified: str) -> Object:
    """A state is a location, everybody else an identity."""
    if actor.kind == "state" and state_codes(actor.country).iso2:
        return _country(str(actor.country), modified)
    about = f"acts for {country}" if country else ""
    names = [s.name for s in actor.spellings if s.name != actor.name]
    offices = "; ".join(o.name for o in actor.offices if o.source == "reports")
    return {
        **_common("identity", actor.id, modified),
        "name": actor.name,
        "identity_class": CLASSES.get(actor.kind, "organization"),
        "description": ". ".join(filter(None, (about, offices, f"also written {', '.join(names)}" if names else ""))),
    }


def _country(code: str, modified: str) -> Object:
    name = next(state.name for state in states() if state.code == code)
    return {**_common("location", code, modified), "name": name, "country": state_codes(code).iso2}


def _places(event: Event, modified: str) -> Iterable[Object]:
    """The state in which it happened, and the city where reports name one."""
    code = event.place_country
    if not code or not state_codes(code).iso2:
        return
    country = _country(code, modified)
    yield country
    if event.place and event.place.value != country["name"]:
        yield {
            **_common("location", f"{code} {event.place.value}", modified),
            "name": event.place.value, "city": event.place.value, "country": country["country"],
        }  # fmt: skip


def _link(type_: str, one: Object, other: Object, about: str, *, support: int) -> Object:
    words = f"{about}; {support} origins" if support else about
    event = one if one["type"] == "event" else other
    return {
        **_common("relationship", f"{type_} {one['id']} {other['id']} {about}", event["modified"], event["created"]),
        "relationship_type": type_,
        "source_ref": one["id"],
        "target_ref": other["id"],
        "description": words,
    }


def _of_report(report: _Report) -> Object:
    head = report.head
    published = _instant(head.published) or FIRST
    return {
        **_common("report", head.digest, published, published),
        "name": " ".join(head.title.split()) or f"{head.source} {head.report}",
        "description": f"{head.source}, published {head.published} (EDTF), report {head.report}, origin {head.origin}",
        "report_types": ["news"],
        "published": published,
        "object_refs": sorted(report.told),
        "external_references": [
            {name: value for name, value in (
                ("source_name", head.source or head.report), ("external_id", head.report), ("url", report.url),
                ("hashes", {"SHA-256": head.digest} if report.url else None),
            ) if value}
        ],
    }  # fmt: skip
