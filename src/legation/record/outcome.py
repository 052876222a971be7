"""What came of a meeting, a visit or a call, and on which level it was held, as reports tell it.

In: an event, and what its reports tell beside it. Out: the event with both as fields, each value with its support.

Idea: reports seldom say what a meeting brought in the sentence that tells it; they go on with "the two sides agreed …".
An agreement, signature, joint statement or concession belongs to the last meeting told before it in whose circle it
lies: nobody of another state in it, none of its persons absent from the meeting, and no other day.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from legation.language.claim import Claim
from legation.language.periods import read_edtf_days
from legation.record.event import LEVELS, Event, EventClaim, Field, Support
from legation.record.merging import Participants, support

__all__ = ["TYPES", "has_outcome", "with_level", "with_outcome"]

# What an act is as an outcome: type, mode ("" for any), status, and the beginning of the words that name it. Not every
# act of the type is one: an invitation, an offer and a wish are AGREE too. Of two with equal support the first stands.
OUTCOMES = (
    ("SUPPORT", "sign", ("done",), r"sign|initial|conclud|ink", "signed"),
    ("STATEMENT", "joint", ("done",), r"", "joint statement"),
    ("SUPPORT", "recognize", ("done",), r"recogni[sz]|establish|restor|normali|resum|reopen", "relations recognised"),
    ("AGREE", "", ("done",), r"agree|accord|decid|settl|reaffirm|reach", "agreed"),
    ("AGREE", "", ("done",), r"accept|pledg|promis|commit|undert|consent|vow", "promised"),
    ("CONCEDE", "", ("done",), r"", "conceded"),
    ("SUPPORT", "sign", ("off", "denied"), r"(?:not )?(?:sign|initial|conclud)", "not signed"),
    ("AGREE", "", ("off", "denied"), r"(?:not |fail\w* to )?(?:agree|accept|reach)|(?:no|without)\b", "not agreed"),
)
BY_BOTH = ("signed", "joint statement", "relations recognised")  # one side's signature is on its own laws
NO_AGREEMENT = "no agreement"
ORDER = (*(value for *_, value in OUTCOMES), NO_AGREEMENT)
TYPES = ("CONSULT", *sorted({type_ for type_, *_ in OUTCOMES}))
KINDS = ("meet", "visit", "call", "multilateral", "mediate")
IN_VAIN = re.compile(
    r"\b(?:(?:without|with no|no|(?:failed|unable) to (?:reach|find|produce|agree on)|(?:did|could) not (?:reach|find|"
    r"produce|bring|lead to|agree on)) (?:an? |any |final |new |immediate |joint )*(?:agreements?|deals?|accords?|"
    r"breakthroughs?|results?|compromise|consensus|joint statement|communiqu[eé])|ended inconclusively|"
    r"broke (?:down|off)|collapsed)\b",
    re.I,
)
FAR = 600  # characters from a meeting to an outcome in which nobody is named: about three sentences
REST = timedelta(days=3)  # of a visit whose arrival alone is told
LAG = 4  # days before its publication in which a report's undated meeting and what came of it lie


def has_outcome(event: Event) -> bool:
    """Whether something can have come of it."""
    return event.kind in KINDS and event.status == "done"


def with_outcome(
    event: Event, beside: Iterable[EventClaim], people: Participants, *, ruled: Field | None = None
) -> Event:
    """Return the event with what came of it.

    beside: claims of the event's reports, of TYPES, its own among them or not; people: by claim. ruled: the analyst's
    value, with no support of its own.
    """
    told = sorted(_outcomes(event, beside, people), key=lambda pair: (pair[1].published or "9999", pair[1].claim.id))
    values = sorted(support(told), key=lambda s: (-s.n_origins, ORDER.index(s.value)))
    claims = tuple(dict.fromkeys(claim for _, claim in told))
    if ruled:
        return replace(event, outcome=replace(ruled, told=tuple(values)), outcome_claims=claims)
    return replace(event, outcome=_field(values), outcome_claims=claims)


def with_level(event: Event, people: Participants) -> Event:
    """Return the event with the levels that its claims tell: each by the offices on both sides, where it gives them."""
    n_sides = len({p.country for p in event.participants if p.level})
    told = []
    for claim in event.claims:
        sides: dict[str | None, int] = {}
        for named in people.get(claim.claim.id, ()):
            if named.mention.level:
                sides[named.mention.country] = max(sides.get(named.mention.country, 0), named.mention.level)
        if sides and len(sides) >= n_sides:
            told.append((LEVELS[min(sides.values())], claim))
    values = support(told)
    best = next((s for s in values if s.value == LEVELS[event.level]), None)
    first = (best, *(s for s in values if s is not best)) if best else values
    return replace(event, level_told=_field(first))


def _field(values: Sequence[Support]) -> Field | None:
    return Field(values[0].value, tuple(values)) if values else None


def _outcomes(event: Event, beside: Iterable[EventClaim], people: Participants) -> Iterable[tuple[str, EventClaim]]:
    own = {claim.claim.id for claim in event.claims}
    for claim in event.claims:
        if claim.claim.status == "done" and IN_VAIN.search(claim.sentence):
            yield NO_AGREEMENT, claim
    by_report: dict[str, dict[str, EventClaim]] = {}
    for claim in (*event.claims, *beside):
        by_report.setdefault(claim.digest, {})[claim.claim.id] = claim
    for _, told in sorted(by_report.items()):
        for claim in told.values():
            value = _value(claim)
            is_whole = value not in BY_BOTH or len(_countries(claim, people)) != 1
            if (
                value
                and is_whole
                and claim.claim.id not in own
                and _is_of(event, claim, list(told.values()), own, people)
            ):
                yield value, claim


def _value(told: EventClaim) -> str:
    """What a claim is as an outcome; "" for what is none."""
    claim, words = told.claim, _trigger(told)
    if not told.sentence.endswith("?"):
        for type_, mode, statuses, beginning, value in OUTCOMES:
            is_kind = claim.type == type_ and mode in ("", claim.mode) and claim.status in statuses
            if is_kind and re.match(beginning, words, re.I):
                return NO_AGREEMENT if value.startswith("not ") and IN_VAIN.search(told.sentence) else value
    return ""


def _trigger(told: EventClaim) -> str:
    """The sentence from the words that name the act; what is shown of it may have lost some blanks before them."""
    start = told.claim.trigger[0] - told.claim.sentence[0]
    return told.sentence[start:].lstrip() if start < len(told.sentence) else ""


def _is_of(event: Event, outcome: EventClaim, told: Sequence[EventClaim], own: set[str], people: Participants) -> bool:
    """Whether an outcome belongs to this event, rather than to another meeting that its report tells."""
    if not _is_in_circle(event, outcome, people) or not _is_in_time(event, outcome):
        return False
    is_visit = event.kind == "visit"
    meetings = [
        m
        for m in told
        if m.claim.type == "CONSULT" and m.claim.status == "done" and (m.claim.mode == "visit") == is_visit
        if m.claim.mode != "message" and m.claim.part == outcome.claim.part and _meets(m, outcome, people)
    ]
    nearest = min(meetings, key=lambda m: _distance(m, outcome.claim), default=None)
    if nearest is None or nearest.claim.id not in own:
        return False
    gap = outcome.claim.trigger[0] - nearest.claim.sentence[1]
    return bool(_countries(outcome, people)) or -FAR <= gap <= FAR


def _distance(meeting: EventClaim, outcome: Claim) -> tuple[bool, bool, int, int, str]:
    """In one sentence, else before the outcome the newest and nearest, else the first after it."""
    claim = meeting.claim
    gap = outcome.trigger[0] - claim.trigger[0]
    told = read_edtf_days(claim.when.value if claim.when and claim.when.value else meeting.published or "")
    newest = -told[0].toordinal() if told else 0
    return claim.sentence != outcome.sentence, gap < 0, newest, abs(gap), claim.id


def _is_in_circle(event: Event, outcome: EventClaim, people: Participants) -> bool:
    circle = {p.country for p in event.participants} | {event.place_country}
    persons = {n.actor for n in people.get(outcome.claim.id, ()) if n.mention.kind == "person"}
    present = {p.actor for p in event.participants}
    return _countries(outcome, people) <= circle and (not persons or bool(persons & present))


def _is_in_time(event: Event, outcome: EventClaim) -> bool:
    """Whether an outcome that names its day names one of the event's, or where that has none, one just before."""
    when = outcome.claim.when
    days = read_edtf_days(when.value) if when and when.value else None
    if not days:
        return True
    if event.first_day and event.last_day:
        last = date.fromisoformat(event.last_day) + (REST if event.kind == "visit" else timedelta())
        return days[0] <= last and date.fromisoformat(event.first_day) <= days[1]
    published = read_edtf_days(outcome.published) if outcome.published else None
    return published is not None and days[1] >= published[0] - timedelta(LAG)


def _meets(meeting: EventClaim, outcome: EventClaim, people: Participants) -> bool:
    """Whether those of the outcome are among those of the meeting, as far as both are named."""
    ours, theirs = people.get(outcome.claim.id, ()), people.get(meeting.claim.id, ())
    persons = {n.actor for n in ours if n.mention.kind == "person"}
    others = {n.actor for n in theirs if n.mention.kind == "person"}
    if persons and others:
        return bool(persons & others)
    both = _countries(outcome, people), _countries(meeting, people)
    return not all(both) or bool(both[0] & both[1])


def _countries(told: EventClaim, people: Participants) -> set[str | None]:
    return {n.mention.country for n in people.get(told.claim.id, ()) if n.mention.country}
