"""Events as PLOVER records: JSON lines in the field names of PLOVER's manual (draft of 2021).

In: a Source. Out: one file. PLOVER has no STATEMENT: such events are left out and counted. What did not happen, or only
may, is told in `context`, as PLOVER has it; what is announced becomes an intention (AGREE) or a threat.
"""

import json
from collections import Counter
from pathlib import Path
from typing import Any

from legation import __version__
from legation.record import Event, EventParticipant
from legation.reference.crosswalk import plover_scores, quad_of, state_codes
from legation.views.exports.source import Source, Told, code_event, days_of, sector_of, sides_of
from legation.views.exports.writing import Written, new_file

__all__ = ["NO_STATEMENT", "plover_record", "write_plover"]

NO_STATEMENT = "of type STATEMENT, which PLOVER does not code"


def write_plover(source: Source, path: Path) -> Written:
    """Write PLOVER records, one JSON object a line, in the field names of PLOVER's manual."""
    n_events, left_out = 0, Counter[str]()
    with new_file(path) as stream:
        for told in source:
            record = plover_record(told)
            if record is None:
                left_out[NO_STATEMENT] += 1
                continue
            n_events += 1
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")
    return Written(n_events, left_out)


def plover_record(told: Told) -> dict[str, Any] | None:
    """Return an event as a PLOVER record, None where PLOVER codes no such act.

    Both sides of an act with like sides are sources, as PLOVER has it. `date` is null where words name no day. What
    PLOVER has no name for stands under "legation".
    """
    event = told.event
    coded = code_event(event)
    if coded.plover is None:
        return None
    ours, theirs = sides_of(event)
    first, last = days_of(event)
    return {
        "id": event.id,
        "date": first and first.isoformat(),
        "enddate": last and last.isoformat(),
        "source": [_plover_actor(person) for person in ours],
        "recipient": [_plover_actor(person) for person in theirs],
        "event": [coded.plover],
        "mode": [coded.plover_mode] if coded.plover_mode else [],
        "context": list(coded.contexts),
        "quad_code": quad_of(coded.plover),
        "event_scale": plover_scores()[coded.plover],
        "event_loc": _plover_place(event),
        "event_text": list(dict.fromkeys(c.sentence for c in event.claims)),
        "text_info": [
            {
                "report": c.report, "part": c.claim.part, "start": c.claim.sentence[0], "end": c.claim.sentence[1],
                "text": c.sentence, "claim": c.claim.id,
            }
            for c in event.claims
        ],
        "cite_info": [
            {
                "citation": c.report, "publication": c.source, "title": c.title, "url": told.citation(c).url,
                "language": told.citation(c).language, "date": c.published, "digest": c.digest, "origin": c.origin,
            }
            for c in told.reports()
        ],
        "coder": f"legation {__version__}",
        "legation": {
            "type": event.type, "mode": event.mode, "status": event.status,
            "when": event.when.value if event.when else None,
            "origins": event.n_origins, "reports": event.n_reports, "reported": event.reported,
            "history": [[step.status, step.published] for step in event.history],
            "conflicts": [{"field": c.field, "words": c.words, "reports": list(c.reports)} for c in event.conflicts],
            "rulings": list(event.rulings),
        },
    }  # fmt: skip


def _plover_actor(person: EventParticipant) -> dict[str, Any]:
    code = "IGO" if person.country in ("UNO", "EUR", "IGO") else person.country
    return {
        "code": code,
        "sector": sector_of(person) or None,
        "actor_text": person.name,
        "identifier_id": person.actor,
        "identifier_text": person.name,
        "office": person.office,
        "level": person.level,
        "origins": person.n_origins,
    }


def _plover_place(event: Event) -> dict[str, str] | None:
    if not event.place and not event.place_country:
        return None
    name = event.place.value if event.place else ""
    return {"name": name, "country code": state_codes(event.place_country).iso2, "cc3": event.place_country or ""}
