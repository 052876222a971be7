"""What an export goes through: the events asked for, each with where its reports are found, and the actors in them.

In: an open record and a Question. Out: a Source, which can be gone through as often as a format needs it, and holds no
more than two hundred events at a time. What it says of itself depends on the record alone: the same record gives the
same bytes, whenever it is exported.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from itertools import islice

from legation import __version__
from legation.language.periods import read_edtf_days
from legation.record import Actor, Event, EventClaim, EventParticipant
from legation.record.store import Record
from legation.record.store.asked import Citation, asked_events, read_citations
from legation.record.store.asking import Question, read_actors
from legation.reference.crosswalk import Coded, code_act, sectors
from legation.reference.tables import GROUP_CODES

__all__ = [
    "Source", "Told", "code_event", "days_of", "evidence_of", "reported_days", "sector_of", "sides_of", "title_of",
]  # fmt: skip

AT_ONCE = 200
NOWHERE = Citation("", "")
# How a title tells a mode, or a type whose modes need no words of their own.
VERBS = {
    "visit": "visits", "meet": "meets", "call": "speaks with", "message": "sends a message to",
    "multilateral": "confers with", "mediate": "mediates between", "sign": "signs with",
    "appoint": "appoints", "joint": "states jointly with", "drill": "drills with",
    "STATEMENT": "states a position", "CONSULT": "consults", "AGREE": "agrees with", "SUPPORT": "supports",
    "CONCEDE": "gives way to", "COOPERATE": "cooperates with", "AID": "helps", "RETREAT": "draws back from",
    "REQUEST": "asks", "ACCUSE": "accuses", "REJECT": "refuses", "THREATEN": "threatens", "PROTEST": "protests against",
    "SANCTION": "sanctions", "MOBILIZE": "mobilises against", "COERCE": "coerces", "ASSAULT": "attacks",
}  # fmt: skip
SPANS = frozenset({"days-interval", "days-between", "weekdays-interval"})  # rules of dates that name two days
STATUS_WORDS = {"planned": "planned: ", "off": "called off: ", "denied": "denied: ", "hypothetical": "might: "}


@dataclass(frozen=True, slots=True)
class Told:
    """An event with where its reports are found, by digest."""

    event: Event
    citations: Mapping[str, Citation]

    def citation(self, claim: EventClaim) -> Citation:
        """Return where the report of a claim is found."""
        return self.citations.get(claim.digest, NOWHERE)

    def reports(self) -> list[EventClaim]:
        """Return one claim of each report, in the order in which the event has them."""
        return list({claim.digest: claim for claim in reversed(self.event.claims)}.values())[::-1]


@dataclass(frozen=True, slots=True)
class Source:
    """The events of a record that a Question means."""

    record: Record
    question: Question

    def __iter__(self) -> Iterator[Told]:
        events = asked_events(self.record, self.question)
        while some := list(islice(events, AT_ONCE)):
            with self.record.reading() as connection:
                citations = read_citations(connection, (c.digest for event in some for c in evidence_of(event)))
            for event in some:
                yield Told(event, {c.digest: citations[c.digest] for c in evidence_of(event) if c.digest in citations})

    def actors(self, ids: Iterable[str]) -> Iterator[Actor]:
        """Yield actors by id; under known_by without what later reports tell of them."""
        every = sorted(set(ids))
        for k in range(0, len(every), AT_ONCE):
            with self.record.reading() as connection:
                found = read_actors(connection, every[k : k + AT_ONCE])
            yield from (_known_by(actor, self.question.known_by) for actor in found)

    @property
    def horizon(self) -> str:
        """The last day on which a report in the export can have been published."""
        return self.question.known_by or self.record.horizon() or ""

    def about(self) -> dict[str, str]:
        """Return what an export says of itself: program, last day of reports, what was asked."""
        asked = {name: value for name, value in asdict(self.question).items() if value and name != "known_by"}
        words = "; ".join(f"{k}: {', '.join(v) if isinstance(v, tuple) else v}" for k, v in asked.items())
        return {"made_by": f"legation {__version__}", "reports_up_to": self.horizon, "events": words or "all"}


def _known_by(actor: Actor, day: str) -> Actor:
    """Leave out spellings and offices first told later; counts of reports, which aren't kept by day, become zero."""
    if not day:
        return actor

    def last(told: str | None) -> str | None:
        return min(told, day) if told else None

    return replace(
        actor,
        spellings=tuple(
            replace(s, n_reports=0, last=last(s.last)) for s in actor.spellings if not s.first or s.first <= day
        ),
        offices=tuple(
            o if o.source == "table" else replace(o, last=last(o.last))
            for o in actor.offices
            if not o.first or o.first <= day
        ),
        n_reports=0,
        n_origins=0,
    )


# What every format needs of an event -------------------------------------------------------------------------


def mode_of(event: Event) -> str | None:
    """Return an event's mode from the side that its participants are told from: a reception is a visit or a meeting.

    The record has the guests of a host as actors, and both sides of a reception between persons as sides.
    """
    return event.kind if event.mode == "host" else event.mode


def code_event(event: Event) -> Coded:
    """Return how PLOVER and CAMEO code an event."""
    return code_act(event.type, mode_of(event), event.status)


def days_of(event: Event) -> tuple[date | None, date | None]:
    """Return the first and last day of an event whose words name days; (None, None) where they name less.

    A week, month or year names no day: it stands in `when`, and never becomes its first day.
    """
    value = event.when.value if event.when else ""
    ends = [read_edtf_days(part) for part in value.split("/")]
    if not value or any(days is None or days[0] != days[1] for days in ends):
        return None, None
    days = [day for pair in ends if pair for day in pair]
    return (min(days), max(days)) if len(ends) == 1 or _names_both_ends(event, value) else (None, None)


def _names_both_ends(event: Event, value: str) -> bool:
    """Whether words name an interval by its ends ("from March 21 to 26"), one by one, or an analyst did; not a week."""
    told = [c.claim.when for c in event.claims if c.claim.when and c.claim.when.value]
    named = {str(when.value) for when in told}
    by_ends = any(when.value == value and when.rule in SPANS for when in told)
    return by_ends or set(value.split("/")) <= named or bool(event.when and event.when.ruled)


def reported_days(event: Event) -> tuple[str | None, str | None]:
    """Return the first and the last day on which a report told the event; of reports whose own day is known."""
    days = [c.published[:10] for c in event.claims if c.published and len(c.published) >= len("2024-03-25")]
    return min(days, default=None), max(days, default=None)


def evidence_of(event: Event) -> tuple[EventClaim, ...]:
    """Return the claims that tell an event, then those that tell what came of it."""
    told = {c.claim.id for c in event.claims}
    return (*event.claims, *(c for c in event.outcome_claims if c.claim.id not in told))


def sector_of(person: EventParticipant) -> str:
    """Return the sector that PLOVER and CAMEO give somebody within a state, "" for others and where none is told."""
    sector = sectors().get(person.channel) if person.country and person.country not in GROUP_CODES else None
    return sector.code if sector else ""


def sides_of(event: Event) -> tuple[list[EventParticipant], list[EventParticipant]]:
    """Return who acts (or all sides of an act that has two like sides) and to whom."""
    ours = [p for p in event.participants if p.role != "recipient"]
    return ours, [p for p in event.participants if p.role == "recipient"]


def title_of(event: Event) -> str:
    """Say in a line what an event is, from its fields alone: "planned: Kim Song Nam visits Vietnam"."""
    ours, theirs = sides_of(event)
    verb = VERBS.get(mode_of(event) or "") or VERBS.get(event.type, event.type.lower())
    if event.participants and all(p.role == "side" for p in event.participants):
        states = list(dict.fromkeys(p.country or p.name for p in ours))
        theirs = [p for p in ours if (p.country or p.name) != states[0]]
        ours = [p for p in ours if p not in theirs]
    who = ", ".join(p.name for p in ours) or "?"
    whom = ", ".join(p.name for p in theirs) or (event.place.value if event.place else "")
    return f"{STATUS_WORDS.get(event.status, '')}{who} {verb} {whom}".rstrip()
