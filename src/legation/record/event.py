"""Events as the record tells them: one act in the world, who says what of it, and where they differ.

Out of this stage. Everything in an Event is worked out from claims; nothing in it is stored by hand. Every value
carries its support: how many origins and reports tell it, and which claims.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from legation.language.claim import Claim

__all__ = [
    "CONFLICT_FIELDS", "LEVELS", "Conflict", "Event", "EventClaim", "EventParticipant", "Field", "FieldName",
    "StatusStep", "Support", "make_conflict",
]  # fmt: skip

FieldName = Literal["when", "place", "participants", "status", "number", "published", "type"]
LEVELS = ("delegation or unknown", "official", "envoy", "vice-minister", "minister", "head of state or government")
CONFLICT_FIELDS: tuple[FieldName, ...] = get_args(FieldName)


@dataclass(frozen=True, slots=True)
class Support:
    """One value of a field, and who tells it. claims: ids; "" among origins never occurs."""

    value: str
    n_origins: int
    n_reports: int
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """What the claims tell of one field: every value, the best supported first.

    ruled: the analyst's decision that set the value, or "".
    """

    value: str
    told: tuple[Support, ...]
    ruled: str = ""


@dataclass(frozen=True, slots=True)
class EventParticipant:
    """Somebody who takes part in an event.

    role:    "actor", "recipient", or "side" where the act has two like sides.
    kind:    "person", "state", "organisation", "body" (an institution within a state), "group" (unnamed).
    country: as in Claim; channel: state, party, parliament, military, society; level: 5 head of state or government,
             4 minister or equal, 3 vice-minister, 2 envoy, 1 official, 0 delegation or unknown.
    """

    actor: str
    name: str
    country: str | None
    role: str
    kind: str
    office: str
    channel: str
    level: int
    n_origins: int


@dataclass(frozen=True, slots=True)
class EventClaim:
    """A claim that tells an event: with its sentence, its outlet, and why it was joined.

    report: id as the source gives it; digest: of the report's content; published: EDTF.
    origin: id of the report's origin, equal for reports that copy each other.
    joined_to: id of the telling that this one was joined to, "" for the one that stands for the event.
    why:    the grounds, e.g. ("same persons: Wang Yi, Kim Song Nam", "same day 2024-03-23").
    impossible: days that the sentence tells as past, after the report's own.
    grade:  reliability of the outlet (A to F) and credibility of the report (1 to 6), where an analyst set them.
    """

    claim: Claim
    sentence: str
    report: str
    digest: str
    title: str
    source: str
    published: str | None
    origin: str
    telling: str
    joined_to: str
    score: float
    why: tuple[str, ...]
    impossible: tuple[str, ...] = ()
    grade: str = ""


@dataclass(frozen=True, slots=True)
class StatusStep:
    """A status that was told, and the first day on which it was."""

    status: str
    published: str | None
    claim: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field of an event (or of a report) on which reports disagree, or one contradicts the calendar.

    event:  id, or "" where a report's date contradicts the calendar outside any event.
    values: each with its claims; for field "published" the value is the day told, and the report's own day.
    other:  id of the event that tells the other side, where the difference itself holds the two apart; "" else.
    """

    id: str
    event: str
    field: FieldName
    values: tuple[Support, ...]
    reports: tuple[str, ...]
    words: str
    other: str = ""


def make_conflict(
    event: str,
    field: FieldName,
    values: Sequence[Support],
    reports: Iterable[str],
    words: str,
    *,
    other: str = "",
    digest: str = "",
) -> Conflict:
    """Return a conflict with an id that its content gives it: what differs, not yet how many say so.

    digest: of the report, for a conflict outside any event.
    """
    content = "\x1f".join((event, other, digest, field, words, *(s.value for s in values)))
    id_ = "x-" + hashlib.sha256(content.encode()).hexdigest()[:12]
    return Conflict(id_, event, field, tuple(values), tuple(sorted(set(reports))), words, other)


@dataclass(frozen=True, slots=True)
class Event:
    """One act in the world, as the claims that tell it agree or disagree.

    id:     "e-" and 12 hex digits; an id that was ever given finds its event later too, when more claims have joined.
    kind:   what the act is for linking: "meet", "visit", "call", "message", "multilateral", ... or the type in
            lower case.
    status: done, planned, off, denied, hypothetical: the best supported, as `history` came to it.
    first_day, last_day: what `when` names, as YYYY-MM-DD; None where nothing tells a day.
    reported: the first day on which a report told it.
    outcome: what came of a meeting, visit or call: signed, agreed, no agreement, …; outcome_claims: those that tell it.
    level_told: the levels that claims tell by the offices on both sides, in words (LEVELS).
    """

    id: str
    type: str
    mode: str | None
    kind: str
    status: str
    participants: tuple[EventParticipant, ...]
    when: Field | None
    place: Field | None
    place_country: str | None
    first_day: str | None
    last_day: str | None
    reported: str | None
    history: tuple[StatusStep, ...]
    claims: tuple[EventClaim, ...]
    conflicts: tuple[Conflict, ...]
    n_origins: int
    n_reports: int
    rulings: tuple[str, ...] = ()
    outcome: Field | None = None
    outcome_claims: tuple[EventClaim, ...] = ()
    level_told: Field | None = None

    @property
    def level(self) -> int:
        """The level of the lower of two sides, as protocol counts it; of the only side where there is one."""
        sides: dict[object, int] = {}
        for person in self.participants:
            sides[person.country] = max(sides.get(person.country, 0), person.level)
        return min(sides.values(), default=0)

    @property
    def channel(self) -> str:
        """The channel that the participants' offices tell, the most frequent first; "" where none does."""
        told = [person.channel for person in self.participants if person.channel]
        return max(sorted(set(told)), key=told.count, default="")
