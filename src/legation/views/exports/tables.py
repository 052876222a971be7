"""A record as tables that join by id: events, participants, claims, values, conflicts, history, actors, offices.

In: events with their reports, and actors. Out: rows, and the codebook that says what each column holds and which codes
stand in it. CSV, Parquet and Stata write the same tables. `events` has a row for each event and is enough for most
counting; `claims` is the evidence, a row for each sentence that tells an event.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar, get_args

from legation.record import Actor, Conflict, Event, EventClaim, EventParticipant, Office, StatusStep, Support
from legation.record.event import LEVELS, FieldName
from legation.reference import Codebook, load_codebook, states
from legation.reference.codebook import QUADS
from legation.reference.crosswalk import cameo_codes, plover_scores, quad_of, sectors
from legation.views.exports.source import Told, code_event, days_of, evidence_of, reported_days, sides_of, title_of

__all__ = ["ACTOR_TABLES", "CODES", "EVENT_TABLES", "Code", "Column", "Table", "codebook_rows"]

Item = TypeVar("Item")
Kind = Literal["text", "integer", "number", "day"]
MANY = "; "


@dataclass(frozen=True, slots=True)
class Column(Generic[Item]):
    """A column. kind "day": YYYY-MM-DD; codes: name of the code list that its values are from, "" for free values."""

    name: str
    gloss: str
    value: Callable[[Item], object]
    kind: Kind = "text"
    codes: str = ""


@dataclass(frozen=True, slots=True)
class Table(Generic[Item]):
    """A table: `items` gives, for an event or an actor, what its rows are made from."""

    name: str
    gloss: str
    items: Callable[[Any], Iterable[Item]]
    columns: tuple[Column[Item], ...]

    def rows(self, about: object) -> Iterator[tuple[object, ...]]:
        """Yield the rows of an event (a Told) or of an Actor."""
        for item in self.items(about):
            yield tuple(column.value(item) for column in self.columns)


@dataclass(frozen=True, slots=True)
class Code:
    """A code of a list, with its meaning; parent: the code that it belongs to, as a mode to its type."""

    code: str
    meaning: str
    parent: str = ""


# Values ------------------------------------------------------------------------------------------------------


def _joined(values: Iterable[str | None]) -> str:
    return MANY.join(value for value in values if value)


def _names(people: Sequence[EventParticipant]) -> str:
    return _joined(p.name for p in people)


def _countries(people: Sequence[EventParticipant]) -> str:
    return _joined(dict.fromkeys(p.country for p in people))


def _day(event: Event, last: bool = False) -> str | None:
    day = days_of(event)[last]
    return day.isoformat() if day else None


def _origins(told: Told, field: str) -> int | None:
    """How many origins tell the value that the event has."""
    found = getattr(told.event, field)
    return next((s.n_origins for s in found.told if s.value == found.value), 0) if found else None


def _plover(told: Told) -> str:
    event = told.event
    return code_event(event).plover or ""


def _history(event: Event) -> str:
    return _joined(f"{step.status} {step.published or 'undated'}" for step in event.history)


@dataclass(frozen=True, slots=True)
class _Of(Generic[Item]):
    """Something of an event, with the event."""

    event: Event
    item: Item
    told: Told
    n: int = 0


def _each(choose: Callable[[Event], Iterable[Item]]) -> Callable[[Told], Iterable[_Of[Item]]]:
    return lambda told: (_Of(told.event, item, told, n) for n, item in enumerate(choose(told.event), 1))


# Tables ------------------------------------------------------------------------------------------------------

EVENTS: Table[Told] = Table(
    "events",
    "One row for each event: one act in the world, whoever tells it and however often.",
    lambda told: (told,),
    (
        Column("event", "id of the event; joins the other tables", lambda t: t.event.id),
        Column("title", "the event in a line, made from its fields", lambda t: title_of(t.event)),
        Column("type", "type of the codebook", lambda t: t.event.type, codes="type"),
        Column("mode", "mode of the type; empty where none fits", lambda t: t.event.mode, codes="mode"),
        Column("kind", "the act as events are joined; of mode host: visit or meet", lambda t: t.event.kind),
        Column("status", "what became of it, as reports tell", lambda t: t.event.status, codes="status"),
        Column("plover", "PLOVER's type; of what is only announced, the intention or threat", _plover, codes="plover"),
        Column(
            "quad_class", "class of PLOVER's type; 0 where PLOVER has no such type",
            lambda t: quad_of(_plover(t)) if _plover(t) else 0, "integer", "quad",
        ),
        Column("score", "PLOVER's score, -10 to 10", lambda t: plover_scores().get(_plover(t)), "number"),
        Column(
            "cameo", "CAMEO's code", lambda t: code_event(t.event).cameo, codes="cameo"
        ),
        Column("when", "day or days as told, in EDTF (ISO 8601-2)", lambda t: t.event.when and t.event.when.value),
        Column("first_day", "first day; empty where words name no day", lambda t: _day(t.event), "day"),
        Column("last_day", "last day; empty where words name no day", lambda t: _day(t.event, last=True), "day"),
        Column("when_origins", "origins that tell this day", lambda t: _origins(t, "when"), "integer"),
        Column("place", "place as told by most origins", lambda t: t.event.place and t.event.place.value),
        Column("place_country", "state of the place", lambda t: t.event.place_country, codes="country"),
        Column("place_origins", "origins that tell this place", lambda t: _origins(t, "place"), "integer"),
        Column("actors", "who acts; both sides of an act with two like sides", lambda t: _names(sides_of(t.event)[0])),
        Column("actor_countries", "their states", lambda t: _countries(sides_of(t.event)[0])),
        Column("recipients", "to whom it is done", lambda t: _names(sides_of(t.event)[1])),
        Column("recipient_countries", "their states", lambda t: _countries(sides_of(t.event)[1])),
        Column("level", "level of the lower side", lambda t: t.event.level, "integer", "level"),
        Column("outcome", "what came of it, as told beside it", lambda t: t.event.outcome and t.event.outcome.value),
        Column("channel", "channel most often told", lambda t: t.event.channel, codes="channel"),
        Column("origins", "independent voices: reports that copy each other are one", lambda t: t.event.n_origins,
               "integer"),
        Column("reports", "reports that tell it", lambda t: t.event.n_reports, "integer"),
        Column("claims", "sentences that tell it", lambda t: len(t.event.claims), "integer"),
        Column("outlets", "outlets that tell it", lambda t: _joined(dict.fromkeys(c.source for c in t.event.claims))),
        Column("report_ids", "their reports, by the ids of the source", lambda t: _joined(
            c.report for c in t.reports())),
        Column("reported", "first day on which a report told it", lambda t: reported_days(t.event)[0], "day"),
        Column("last_reported", "last day on which a report told it", lambda t: reported_days(t.event)[1], "day"),
        Column("history", "each status with the first day on which it was told", lambda t: _history(t.event)),
        Column("conflicts", "number of fields on which reports disagree", lambda t: len(t.event.conflicts), "integer"),
        Column("conflict_words", "what disagrees", lambda t: _joined(c.words for c in t.event.conflicts)),
        Column("rulings", "decisions of analysts that set a field", lambda t: _joined(t.event.rulings)),
        Column("sentence", "the sentence that stands for it; the others are in claims",
               lambda t: t.event.claims[0].sentence),
        Column("sentence_report", "report of that sentence", lambda t: t.event.claims[0].report),
        Column("sentence_part", "where it stands", lambda t: t.event.claims[0].claim.part, codes="part"),
        Column("sentence_start", "its first character, from 0", lambda t: t.event.claims[0].claim.sentence[0],
               "integer"),
        Column("sentence_end", "the character after its last", lambda t: t.event.claims[0].claim.sentence[1],
               "integer"),
    ),
)  # fmt: skip

PARTICIPANTS: Table[_Of[EventParticipant]] = Table(
    "participants",
    "One row for each participant of an event, in each role.",
    _each(lambda event: event.participants),
    (
        Column("event", "id of the event", lambda o: o.event.id),
        Column("actor", "id of the actor", lambda o: o.item.actor),
        Column("name", "the actor's name", lambda o: o.item.name),
        Column("country", "state for which it acts", lambda o: o.item.country, codes="country"),
        Column("role", "part in the event", lambda o: o.item.role, codes="role"),
        Column("kind", "what kind of actor", lambda o: o.item.kind, codes="kind"),
        Column("office", "office that reports of the event give", lambda o: o.item.office),
        Column("channel", "channel of that office", lambda o: o.item.channel, codes="channel"),
        Column("level", "level of that office", lambda o: o.item.level, "integer", "level"),
        Column("origins", "origins that name this participant", lambda o: o.item.n_origins, "integer"),
    ),
)

CLAIMS: Table[_Of[EventClaim]] = Table(
    "claims",
    "The evidence: one row for each sentence that tells an event, or what came of it.",
    _each(evidence_of),
    (
        Column("event", "id of the event", lambda o: o.event.id),
        Column("tells", "what of the event it tells", lambda o: "event" if o.item in o.event.claims else "outcome",
               codes="tells"),
        Column("claim", "id of the claim", lambda o: o.item.claim.id),
        Column("report", "the report, by the id of the source", lambda o: o.item.report),
        Column("digest", "SHA-256 of the report's content", lambda o: o.item.digest),
        Column("outlet", "outlet", lambda o: o.item.source),
        Column("title", "the report's title", lambda o: " ".join(o.item.title.split())),
        Column("published", "day or instant of publication, EDTF", lambda o: o.item.published),
        Column("url", "address of the report, where the source gives one", lambda o: o.told.citation(o.item).url),
        Column("language", "language of the report", lambda o: o.told.citation(o.item).language),
        Column("part", "where the sentence stands", lambda o: o.item.claim.part, codes="part"),
        Column("sentence_start", "its first character in that part, from 0", lambda o: o.item.claim.sentence[0],
               "integer"),
        Column("sentence_end", "the character after its last", lambda o: o.item.claim.sentence[1], "integer"),
        Column("sentence", "the sentence, runs of spaces as one", lambda o: o.item.sentence),
        Column("type", "type that the sentence tells", lambda o: o.item.claim.type, codes="type"),
        Column("mode", "mode that it tells", lambda o: o.item.claim.mode, codes="mode"),
        Column("status", "status that it tells", lambda o: o.item.claim.status, codes="status"),
        Column("when", "day that it tells, EDTF", lambda o: o.item.claim.when and o.item.claim.when.value),
        Column("place", "place that it tells", lambda o: o.item.claim.place and o.item.claim.place.name),
        Column("place_country", "state of that place", lambda o: o.item.claim.place and o.item.claim.place.country,
               codes="country"),
        Column("said_by", "whom it gives as the source, the nearest first", lambda o: " < ".join(
            (o.item.claim.said_by.chain or (o.item.claim.said_by.name,)) if o.item.claim.said_by else ())),
        Column("score", "the reader's probability for the type, 0 to 1", lambda o: o.item.claim.score, "number"),
        Column("grade", "reliability of the outlet (A to F), credibility of the report (1 to 6), where set",
               lambda o: o.item.grade),
        Column("origin", "equal for reports that copy each other", lambda o: o.item.origin),
        Column("joined_to", "the telling that it was joined to; empty for the one that stands for the event",
               lambda o: o.item.joined_to),
        Column("link_score", "score of that join", lambda o: o.item.score, "number"),
        Column("why", "grounds of the join", lambda o: _joined(o.item.why)),
        Column("impossible", "days told as past that lie after the report's own", lambda o: _joined(
            o.item.impossible)),
    ),
)  # fmt: skip


def _values(event: Event) -> Iterator[tuple[str, Support, bool, str]]:
    for name in ("when", "place", "outcome"):
        field = getattr(event, name)
        for support in field.told if field else ():
            yield name, support, support.value == (field and field.value), field.ruled if field else ""


VALUES: Table[_Of[tuple[str, Support, bool, str]]] = Table(
    "values",
    "Every value that is told of an event's day, place and outcome, with its support.",
    _each(_values),
    (
        Column("event", "id of the event", lambda o: o.event.id),
        Column("field", "the field", lambda o: o.item[0], codes="field"),
        Column("value", "the value told", lambda o: o.item[1].value),
        Column("chosen", "1 for the value that the event has", lambda o: int(o.item[2]), "integer"),
        Column("origins", "origins that tell it", lambda o: o.item[1].n_origins, "integer"),
        Column("reports", "reports that tell it", lambda o: o.item[1].n_reports, "integer"),
        Column("claims", "claims that tell it", lambda o: _joined(o.item[1].claims)),
        Column("ruled", "the decision that set the field, if one did", lambda o: o.item[3]),
    ),
)


def _conflicts(event: Event) -> Iterator[tuple[Conflict, Support]]:
    for conflict in event.conflicts:
        for support in conflict.values:
            yield conflict, support


CONFLICTS: Table[_Of[tuple[Conflict, Support]]] = Table(
    "conflicts",
    "Where reports disagree: one row for each value of a conflict.",
    _each(_conflicts),
    (
        Column("event", "id of the event", lambda o: o.event.id),
        Column("conflict", "id of the conflict", lambda o: o.item[0].id),
        Column("field", "the field on which they disagree", lambda o: o.item[0].field, codes="field"),
        Column("words", "the conflict in words", lambda o: o.item[0].words),
        Column("value", "one of the values", lambda o: o.item[1].value),
        Column("origins", "origins that tell it", lambda o: o.item[1].n_origins, "integer"),
        Column("reports", "reports that tell it", lambda o: o.item[1].n_reports, "integer"),
        Column("claims", "claims that tell it", lambda o: _joined(o.item[1].claims)),
        Column("other", "another event that tells the same otherwise, if it is one", lambda o: o.item[0].other),
        Column("report_ids", "reports of the conflict", lambda o: _joined(o.item[0].reports)),
    ),
)

HISTORY: Table[_Of[StatusStep]] = Table(
    "history",
    "Each status that was told of an event, in order.",
    _each(lambda event: event.history),
    (
        Column("event", "id of the event", lambda o: o.event.id),
        Column("n", "place in the order, from 1", lambda o: o.n, "integer"),
        Column("status", "the status", lambda o: o.item.status, codes="status"),
        Column("published", "day of the first report that told it", lambda o: o.item.published),
        Column("claim", "its claim", lambda o: o.item.claim),
    ),
)

ACTORS: Table[Actor] = Table(
    "actors",
    "One row for each actor that takes part in the events.",
    lambda actor: (actor,),
    (
        Column("actor", "id of the actor", lambda a: a.id),
        Column("name", "name", lambda a: a.name),
        Column("kind", "what kind of actor", lambda a: a.kind, codes="kind"),
        Column("country", "state", lambda a: a.country, codes="country"),
        Column("channel", "channel that most reports give", lambda a: a.channel, codes="channel"),
        Column("level", "level that most reports give", lambda a: a.level, "integer", "level"),
        Column("spellings", "as reports write it, the most frequent first", lambda a: _joined(
            s.name for s in a.spellings)),
        Column("origins", "origins that name it; 0 in an export known by a day", lambda a: a.n_origins, "integer"),
        Column("reports", "reports that name it; 0 in an export known by a day", lambda a: a.n_reports, "integer"),
    ),
)  # fmt: skip

OFFICES: Table[tuple[Actor, Office]] = Table(
    "offices",
    "Offices of the actors, with the days on which reports give them, or of the term in the reference tables.",
    lambda actor: ((actor, office) for office in actor.offices),
    (
        Column("actor", "id of the actor", lambda o: o[0].id),
        Column("name", "the actor's name", lambda o: o[0].name),
        Column("office", "office", lambda o: o[1].name),
        Column("first", "first day", lambda o: o[1].first),
        Column("last", "last day; empty for a term that goes on", lambda o: o[1].last),
        Column("source", "who says so", lambda o: o[1].source, codes="office_source"),
    ),
)

EVENT_TABLES: tuple[Table[Any], ...] = (EVENTS, PARTICIPANTS, CLAIMS, VALUES, CONFLICTS, HISTORY)
ACTOR_TABLES: tuple[Table[Any], ...] = (ACTORS, OFFICES)

# Codes -------------------------------------------------------------------------------------------------------

FIELDS: Mapping[FieldName, str] = {
    "when": "day",
    "place": "place",
    "participants": "who took part",
    "status": "whether it happened",
    "number": "a count in the sentences",
    "published": "a day told against the report's own",
    "type": "what kind of act",
}
LISTS: Mapping[str, Mapping[str, str]] = {
    "role": {
        "actor": "does it",
        "recipient": "to whom it is done, or the host of a visit",
        "side": "one of the sides of an act with like sides",
    },
    "kind": {
        "person": "a named person",
        "state": "a state",
        "organisation": "an international organisation or forum",
        "body": "an institution within a state",
        "group": "somebody unnamed",
    },
    "channel": {channel: sector.meaning for channel, sector in sectors().items()},
    "level": {str(n): words for n, words in enumerate(LEVELS)},
    "tells": {"event": "the event itself", "outcome": "what came of it"},
    "part": {"text": "the report's text", "title": "its headline"},
    "office_source": {"reports": "reports of the record", "table": "the reference tables"},
    "quad": {str(n): quad for n, quad in enumerate(QUADS)},
    "field": {**{name: FIELDS[name] for name in get_args(FieldName)}, "outcome": "what came of it"},
}  # fmt: skip


def _codes(book: Codebook) -> dict[str, tuple[Code, ...]]:
    groups = {"UNO": "United Nations", "EUR": "European Union", "IGO": "organisations of states", "NGO": "civic groups"}
    return {
        "type": tuple(Code(t.code, t.gloss) for t in book.types),
        "mode": tuple(Code(m.code, m.gloss, t.code) for t in book.types for m in t.modes),
        "status": tuple(Code(s.code, s.gloss) for s in book.statuses),
        **{name: tuple(Code(code, meaning) for code, meaning in codes.items()) for name, codes in LISTS.items()},
        "country": (*(Code(s.code, s.name) for s in states()), *(Code(c, name) for c, name in groups.items())),
        "plover": tuple(Code(t.plover, t.gloss) for t in book.types if t.plover),
        "cameo": tuple(Code(c.code, c.meaning) for c in cameo_codes().values()),
    }


CODES: Mapping[str, tuple[Code, ...]] = _codes(load_codebook())


def codebook_rows() -> Iterator[tuple[str, str, str, str, str]]:
    """Yield what each column holds: table, column, kind, code list, gloss."""
    for table in (*EVENT_TABLES, *ACTOR_TABLES):
        for column in table.columns:
            yield table.name, column.name, column.kind, column.codes, column.gloss
