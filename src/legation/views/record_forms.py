"""Events, actors, conflicts, decisions and hits as people and programs want them: table, JSON, CSV.

In: values of the record. Out: dicts for JSON and CSV, and objects that rich prints. No printing here.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Generic, TypeVar

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from legation.language.claim import claim_to_json
from legation.record import Actor, Conflict, Decision, Event, EventClaim, Field
from legation.record.decision import decision_to_json
from legation.record.merging import is_unheard
from legation.record.store.asking import Contact, Hit
from legation.record.trips import Trip, trips_to_json

__all__ = [
    "CONFLICTS",
    "DECISIONS",
    "EVENTS",
    "HITS",
    "WHO",
    "Form",
    "Who",
    "event_to_json",
    "lines_of",
    "show_actor",
    "show_event",
]  # fmt: skip

STATUS_STYLES = {"done": "green", "planned": "cyan", "off": "yellow", "denied": "red", "hypothetical": "magenta"}
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Form(Generic[Value]):
    """How one kind of value is written: as JSON, as a row with these columns, and as a table for the screen."""

    columns: tuple[str, ...]
    to_json: Callable[[Value], dict[str, Any]]
    to_row: Callable[[Value], Sequence[object]]
    show: Callable[[Sequence[Value]], RenderableType]


def lines_of(values: Iterable[Value], form: Form[Value], how: str) -> Iterator[str]:
    """Yield lines: how is "json" (one array), "jsonl" or "csv"."""
    if how == "csv":
        yield _csv_line(form.columns)
        for value in values:
            yield _csv_line(form.to_row(value))
    elif how == "jsonl":
        for value in values:
            yield json.dumps(form.to_json(value), ensure_ascii=False)
    else:
        yield json.dumps([form.to_json(value) for value in values], ensure_ascii=False, indent=1)


def _csv_line(cells: Iterable[object]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="").writerow(["" if cell is None else cell for cell in cells])
    return buffer.getvalue()


def counts(n_origins: int, n_reports: int) -> str:
    """Say how many voices and how many prints: "2 origins, 3 reports"."""
    return f"{n_origins} origin{'s' * (n_origins != 1)}, {n_reports} report{'s' * (n_reports != 1)}"


# Events ------------------------------------------------------------------------------------------------------


def event_to_json(event: Event) -> dict[str, Any]:
    """Return an event with everything that explains it."""
    return {
        "id": event.id,
        "type": event.type,
        "mode": event.mode,
        "kind": event.kind,
        "status": event.status,
        "participants": [asdict(person) for person in event.participants],
        "when": _field(event.when),
        "first_day": event.first_day,
        "last_day": event.last_day,
        "place": _field(event.place),
        "place_country": event.place_country,
        "level": event.level,
        "level_told": _field(event.level_told),
        "outcome": _field(event.outcome),
        "channel": event.channel,
        "reported": event.reported,
        "origins": event.n_origins,
        "reports": event.n_reports,
        "history": [asdict(step) for step in event.history],
        "conflicts": [_conflict_json(conflict) for conflict in event.conflicts],
        "rulings": list(event.rulings),
        "claims": [_claim_json(claim) for claim in event.claims],
        "outcome_claims": [_claim_json(claim) for claim in event.outcome_claims],
    }


def _field(field: Field | None) -> dict[str, Any] | None:
    if field is None:
        return None
    return {"value": field.value, "told": [asdict(s) for s in field.told], "ruled": field.ruled or None}


def _claim_json(told: EventClaim) -> dict[str, Any]:
    claim = claim_to_json(told.claim, "")
    claim["sentence"]["text"] = told.sentence
    for part in ("words",):
        claim.pop(part)
    for person in (*claim["actors"], *claim["recipients"]):
        person.pop("text")
    about = {
        "source": told.source,
        "title": told.title,
        "published": told.published,
        "origin": told.origin,
        "digest": told.digest,
        "joined_to": told.joined_to or None,
        "link_score": told.score,
        "why": list(told.why),
    }
    return {**claim, **about}


EVENT_COLUMNS = (
    "id", "type", "mode", "status", "when", "first_day", "last_day", "actors", "actor_countries", "others",
    "other_countries", "place", "place_country", "level", "channel", "origins", "reports", "conflicts", "reported",
    "outcome",
)  # fmt: skip


def _event_row(event: Event) -> Sequence[object]:
    ours = [p for p in event.participants if p.role in ("actor", "side")]
    theirs = [p for p in event.participants if p.role == "recipient"]
    return (
        event.id, event.type, event.mode, event.status, event.when.value if event.when else None, event.first_day,
        event.last_day, "; ".join(p.name for p in ours), "; ".join(p.country or "" for p in ours),
        "; ".join(p.name for p in theirs), "; ".join(p.country or "" for p in theirs),
        event.place.value if event.place else None, event.place_country, event.level, event.channel,
        event.n_origins, event.n_reports, len(event.conflicts), event.reported,
        event.outcome.value if event.outcome else None,
    )  # fmt: skip


def _show_events(events: Sequence[Event]) -> RenderableType:
    table = Table("when", "what", "who", "where", "told by", "id", box=None, pad_edge=False, header_style="dim")
    for event in events:
        what = Text.assemble(
            f"{event.type.lower()} {event.mode or ''} ".replace("  ", " "),
            (event.status, STATUS_STYLES.get(event.status, "")),
        )
        if event.conflicts:
            what.append(" !", style="red")
        when = event.when.value if event.when else f"told {event.reported or '?'}"
        told = counts(event.n_origins, event.n_reports)
        table.add_row(when, what, _who(event), event.place.value if event.place else "", told, event.id)
    return table


def _who(event: Event) -> str:
    def names(role: str) -> str:
        return ", ".join(
            f"{p.name}{f' [{p.country}]' if p.country else ''}" for p in event.participants if p.role == role
        )

    if sides := names("side"):
        return sides
    return " → ".join(part for part in (names("actor") or "–", names("recipient")) if part)


EVENTS: Form[Event] = Form(EVENT_COLUMNS, event_to_json, _event_row, _show_events)


def show_event(event: Event, horizon: str | None) -> RenderableType:
    """An event with its fields, what disagrees, and every claim: sentence, outlet, why it was joined."""
    unheard = is_unheard(event, horizon)
    parts: list[RenderableType] = [
        Text.assemble(
            (event.id, "bold"),
            f"  {event.type}{' ' + event.mode if event.mode else ''} ",
            (event.status, STATUS_STYLES.get(event.status, "")),
            ("  announced, and never heard of again" if unheard else "", "yellow"),
            f"  {counts(event.n_origins, event.n_reports)}",
        ),
        _show_people(event),
        _show_field("when", event.when),
        _show_field("where", event.place, f" ({event.place_country})" if event.place_country else ""),
        _show_field("level", event.level_told),
        Text("  history  " + ", then ".join(f"{s.status} ({s.published or 'undated'})" for s in event.history)),
    ]
    if event.outcome:
        parts.append(_show_field("outcome", event.outcome))
        parts += [
            Text(f"           {c.sentence} ({c.source or c.report}, {c.published or 'undated'})", style="dim")
            for c in event.outcome_claims
        ]
    if event.rulings:
        parts.append(Text("  ruled    " + ", ".join(event.rulings), style="magenta"))
    parts += [_show_conflict(conflict) for conflict in event.conflicts]
    parts += [_show_claim(claim) for claim in event.claims]
    return Group(*parts)


def _show_conflict(conflict: Conflict) -> RenderableType:
    said = "; ".join(f"{s.value}: {counts(s.n_origins, s.n_reports)}" for s in conflict.values)
    other = f", told as {conflict.other}" if conflict.other else ""
    return Text(f"  conflict {conflict.words}   [{said}] ({', '.join(conflict.reports)}{other})", style="red")


def _show_people(event: Event) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    for p in event.participants:
        channel = f"{p.channel} " if p.channel else ""
        about = f"{p.office}" if p.office else p.kind
        table.add_row("  " + p.role, f"{p.name} [{p.country or '?'}]", about, f"{channel}level {p.level}", p.actor)
    return table


def _show_field(name: str, field: Field | None, more: str = "") -> RenderableType:
    if field is None:
        return Text(f"  {name:<8} not told")
    told = "; ".join(f"{s.value}: {counts(s.n_origins, s.n_reports)}" for s in field.told)
    ruled = f", ruled by {field.ruled}" if field.ruled else ""
    return Text(f"  {name:<8} {field.value}{more}{ruled}   [{told}]")


def _show_claim(told: EventClaim) -> RenderableType:
    claim = told.claim
    said = f", says {' < '.join(claim.said_by.chain or (claim.said_by.name,))}" if claim.said_by else ""
    head = Text.assemble(
        ("\n  " + (told.published or "undated"), "bold"),
        f"  {told.source or told.report}{' (headline)' if claim.part == 'title' else ''}{said}  ",
        (f"{claim.status}, {claim.id}, report {told.report}", "dim"),
    )
    why = "; ".join(told.why) if told.why else "stands for the event" if not told.joined_to else "of the same report"
    return Group(head, Text("    " + told.sentence), Text(f"    joined: {why}", style="cyan"))


# Conflicts ---------------------------------------------------------------------------------------------------


def _conflict_json(conflict: Conflict) -> dict[str, Any]:
    return asdict(conflict)


def _conflict_row(conflict: Conflict) -> Sequence[object]:
    values = "; ".join(s.value for s in conflict.values)
    said = "; ".join(counts(s.n_origins, s.n_reports) for s in conflict.values)
    return (
        conflict.id,
        conflict.event,
        conflict.field,
        values,
        said,
        "; ".join(conflict.reports),
        conflict.words,
        conflict.other,
    )


def _show_conflicts(conflicts: Sequence[Conflict]) -> RenderableType:
    table = Table("event", "field", "what", "who says so", box=None, pad_edge=False, header_style="dim")
    for c in conflicts:
        said = "; ".join(f"{s.value}: {counts(s.n_origins, s.n_reports)}" for s in c.values)
        ids = f"{c.event}, {c.other}" if c.other else c.event
        table.add_row(ids, c.field, c.words, f"{said} ({', '.join(c.reports)})")
    return table


CONFLICTS: Form[Conflict] = Form(
    ("id", "event", "field", "values", "support", "reports", "words", "other"),
    _conflict_json,
    _conflict_row,
    _show_conflicts,
)


# People ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Who:
    """An actor with contacts, the last of the events, and journeys."""

    actor: Actor
    contacts: Sequence[Contact]
    events: Sequence[Event]
    trips: Sequence[Trip] = ()


def trip_in_words(trip: Trip) -> str:
    """A journey in a line: its days, then its stops in order."""
    days = " to ".join(dict.fromkeys(day for day in (trip.start, trip.end) if day)) or "days unknown"
    return f"{days}: " + ", ".join(f"{s.country}{f' ({s.place})' if s.place else ''}" for s in trip.stops)


def _who_json(who: Who) -> dict[str, Any]:
    return {
        **asdict(who.actor),
        "contacts": [asdict(contact) for contact in who.contacts],
        "events": [event.id for event in who.events],
        "trips": trips_to_json(who.trips),
    }


def _who_row(who: Who) -> Sequence[object]:
    a = who.actor
    offices = "; ".join(f"{o.name} ({o.first or ''}..{o.last or ''}, {o.source})" for o in a.offices)
    spelled = "; ".join(s.name for s in a.spellings)
    met = "; ".join(f"{c.name} ({c.n_events})" for c in who.contacts)
    journeys = "; ".join(map(trip_in_words, who.trips))
    return (
        a.id,
        a.name,
        a.kind,
        a.country,
        a.channel,
        a.level,
        spelled,
        offices,
        met,
        a.n_origins,
        a.n_reports,
        journeys,
    )


def _show_whos(whos: Sequence[Who]) -> RenderableType:
    return Group(*(show_actor(who) for who in whos))


def show_actor(who: Who) -> RenderableType:
    """An actor with spellings, offices, contacts and the latest events."""
    a = who.actor
    head = Text.assemble(
        (a.name, "bold"), f" [{a.country or '?'}]  {a.kind}  {a.channel} level {a.level}  ",
        f"{counts(a.n_origins, a.n_reports)}  ", (a.id, "dim"),
    )  # fmt: skip
    lines = [Text("  written  " + ", ".join(f"{s.name} ({s.n_reports})" for s in a.spellings))]
    lines += [Text(f"  office   {o.name}, {o.first or '?'} to {o.last or '?'} ({o.source})") for o in a.offices]
    if who.contacts:
        met = ", ".join(f"{c.name} [{c.country or '?'}] {c.n_events}, last {c.last or '?'}" for c in who.contacts)
        lines.append(Text("  met      " + met))
    lines += [
        Text(
            f"  trip     {trip_in_words(trip)}  ({trip.status}, {counts(trip.n_origins, len(trip.reports))}, {trip.id})"
        )
        for trip in who.trips
    ]
    events: list[RenderableType] = [_show_events(who.events)] if who.events else []
    return Group(head, *lines, *events, Text(""))


WHO: Form[Who] = Form(
    (
        "id",
        "name",
        "kind",
        "country",
        "channel",
        "level",
        "spellings",
        "offices",
        "contacts",
        "origins",
        "reports",
        "trips",
    ),
    _who_json,
    _who_row,
    _show_whos,
)


# Hits and decisions ------------------------------------------------------------------------------------------


def _show_hits(hits: Sequence[Hit]) -> RenderableType:
    table = Table("published", "outlet", "report", "words", box=None, pad_edge=False, header_style="dim")
    for hit in hits:
        table.add_row(hit.published or "undated", hit.source, hit.report, hit.words)
    return table


HITS: Form[Hit] = Form(
    ("report", "published", "source", "title", "words", "digest"),
    asdict,
    lambda hit: (hit.report, hit.published, hit.source, hit.title, hit.words, hit.digest),
    _show_hits,
)


def _decision_row(decision: Decision) -> Sequence[object]:
    values = "; ".join(f"{name}={value}" for name, value in decision.values)
    about = "; ".join(anchor.id for anchor in decision.anchors)
    return decision.id, decision.kind, about, values, decision.author, decision.time, decision.reason


def _show_decisions(decisions: Sequence[Decision]) -> RenderableType:
    table = Table("id", "kind", "about", "values", "author", "time", "reason", box=None, pad_edge=False)
    for decision in decisions:
        table.add_row(*map(str, _decision_row(decision)))
    return table


DECISIONS: Form[Decision] = Form(
    ("id", "kind", "about", "values", "author", "time", "reason"), decision_to_json, _decision_row, _show_decisions
)
