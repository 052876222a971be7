"""Dealings: events as one pair of parties sees them.

In: Events and two Parties. Out: Dealings: the day, who acted towards whom, who was whose guest, level, channels, score.
What two parties do together against a third is no dealing between them; what they do together with nobody else on the
other side is.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Literal

from legation.analysis.days import precision_of
from legation.analysis.party import Party, stands_for
from legation.record import Event, EventParticipant
from legation.reference.crosswalk import code_act, plover_scores
from legation.reference.tables import states

__all__ = ["CONTACTS", "Dealing", "dealings_of", "group_by_pair", "level_of"]

# Acts in which people of both sides meet or speak; messages and statements are none.
CONTACTS = frozenset({"visit", "meet", "host", "call", "multilateral", "mediate"})
# Acts that two can do with each other, though a sentence names both as those who act.
MUTUAL = frozenset({"CONSULT", "AGREE", "COOPERATE", "SUPPORT", "STATEMENT", "RETREAT"})


@dataclass(frozen=True, slots=True)
class Dealing:
    """An event between a pair.

    day:       the first day told, or of the first report where none is told; is_told says which.
    precision: how exactly the day is told: day, month, quarter, year; "report" where it is not.
    direction: "ab" where the first party acts on the second, "ba", or "both".
    guest:     "a" or "b": who was in the other's country for it; "" where nothing tells it.
    level:     of the lower of two sides as far as each names somebody; 0 where nobody is named.
    channels:  of those who act for either party.
    origins:   of the claims that tell it. score: PLOVER's, from -10 (conflict) to 10 (cooperation).
    """

    event: Event
    day: date
    is_told: bool
    precision: str
    direction: Literal["ab", "ba", "both"]
    guest: Literal["a", "b", ""]
    level: int
    channels: tuple[str, ...]
    origins: frozenset[str]
    score: float

    @property
    def is_contact(self) -> bool:
        """Whether people of the two sides met or spoke."""
        return self.event.type == "CONSULT" and (self.event.mode in CONTACTS or self.event.kind in CONTACTS)


def dealings_of(events: Iterable[Event], a: Party, b: Party) -> list[Dealing]:
    """Return the dealings between two parties, by day and id."""
    found = [dealing for event in events if (dealing := _dealing(event, a, b))]
    return sorted(found, key=lambda dealing: (dealing.day, dealing.event.id))


def group_by_pair(events: Iterable[Event]) -> dict[tuple[str, str], list[Dealing]]:
    """Return the dealings of every two states, by their codes in order of the alphabet."""
    known = {state.code for state in states()}
    found: dict[tuple[str, str], list[Dealing]] = defaultdict(list)
    for event in events:
        here = {p.country for p in event.participants} | {event.place_country if event.kind == "visit" else None}
        for one, other in combinations(sorted(code for code in here if code in known), 2):
            if dealing := _dealing(event, Party(one, code=one), Party(other, code=other)):
                found[one, other].append(dealing)
    return {pair: sorted(own, key=lambda d: (d.day, d.event.id)) for pair, own in sorted(found.items())}


def _dealing(event: Event, a: Party, b: Party) -> Dealing | None:
    told = event.first_day or event.reported
    if told is None:
        return None
    ours, theirs = _sides(event, a, b, told)
    direction = _direction(event, ours, theirs, b, told) or _turned(_direction(event, theirs, ours, a, told))
    if direction is None:
        return None
    people = [*ours, *theirs]
    return Dealing(
        event=event,
        day=date.fromisoformat(told[:10]),
        is_told=event.first_day is not None,
        precision=precision_of(event.when.value) if event.when and event.first_day else "report",
        direction=direction,
        guest=_guest(event, a, b, ours, theirs, told),
        level=level_of(ours, theirs),
        channels=_channels(people),
        origins=frozenset(claim.origin for claim in event.claims),
        score=_score(event),
    )


People = list[EventParticipant]


def _sides(event: Event, a: Party, b: Party, day: str) -> tuple[People, People]:
    """Those who act for either party; a member of the other's group stands for itself alone."""
    ours, theirs = [], []
    for person in event.participants:
        if stands_for(a, person, day):
            if a.group and stands_for(b, person, day):
                theirs.append(person)
            else:
                ours.append(person)
        elif stands_for(b, person, day):
            theirs.append(person)
    return ours, theirs


def _direction(event: Event, one: People, other: People, other_party: Party, day: str) -> Literal["ab", "both"] | None:
    """Who acts towards whom, seen from the first; None where the two do nothing with each other that way."""
    acts, gets = {p.role for p in one}, {p.role for p in other}
    if acts & {"side"} and gets & {"side"}:
        return "both"
    if "actor" in acts and "recipient" in gets:
        return "both" if "actor" in gets and "recipient" in acts else "ab"
    if "actor" in acts and not gets and _is_in(event, other_party, day) and event.kind == "visit":
        return "ab"
    is_mutual = event.type in MUTUAL and not any(p.role == "recipient" for p in event.participants)
    return "both" if is_mutual and "actor" in acts and "actor" in gets else None


def _turned(direction: str | None) -> Literal["ba", "both"] | None:
    return "both" if direction == "both" else "ba" if direction else None


def _score(event: Event) -> float:
    """PLOVER's score of conflict and cooperation; 0 for a statement, which PLOVER does not code."""
    coded = code_act(event.type, event.mode, event.status).plover
    return plover_scores()[coded] if coded else 0.0


def _channels(people: People) -> tuple[str, ...]:
    """The lines of those who act; a state that is only named tells a line where nobody else does."""
    told = {person.channel for person in people if person.channel and person.kind != "state"}
    return tuple(sorted(told or {person.channel for person in people if person.channel}))


def _is_in(event: Event, party: Party, day: str) -> bool:
    """Whether the event happens in the party's country."""
    if event.place_country is None or party.actors:
        return False
    here = EventParticipant("", "", event.place_country, "", "state", "", "", 0, 0)
    return stands_for(party, here, day)


def _guest(event: Event, a: Party, b: Party, ours: People, theirs: People, day: str) -> Literal["a", "b", ""]:
    """Who came to whom: by the traveller of a visit, by the host of a welcome, by the place of a meeting."""
    if event.kind == "visit" and event.mode != "host":
        if any(p.role == "actor" for p in ours) and not any(p.role == "actor" for p in theirs):
            return "a"
        if any(p.role == "actor" for p in theirs) and not any(p.role == "actor" for p in ours):
            return "b"
    if event.type != "CONSULT" or event.mode in ("call", "message"):
        return ""
    at_a, at_b = _is_at_home(event, ours, a, day), _is_at_home(event, theirs, b, day)
    return "" if at_a == at_b else "b" if at_a else "a"


def _is_at_home(event: Event, people: People, party: Party, day: str) -> bool:
    """Whether it happens in the party's country, or in that of the persons who stand for it."""
    return _is_in(event, party, day) or (bool(party.actors) and event.place_country in {p.country for p in people})


def level_of(one: People, other: People) -> int:
    """Return the level of the lower side among those that name somebody: the guest's where the host is only a state."""
    levels = [max((p.level for p in side), default=0) for side in (one, other)]
    named = [level for level in levels if level]
    return min(named, default=0)
