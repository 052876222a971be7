"""What the claims of one event tell together: best values with their support, history of status, conflicts.

In: the claims of one event with their reports' origins. Out: an Event. A value's support is the number of origins that
tell it, not of reports: ten reprints are one voice. Nothing is decided by who spoke last, except for the status.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from legation.language.periods import read_edtf_days
from legation.record.event import (
    Conflict,
    Event,
    EventClaim,
    EventParticipant,
    Field,
    FieldName,
    StatusStep,
    Support,
    make_conflict,
)
from legation.record.grading import weight_of
from legation.record.mention import Mention
from legation.record.telling import SYMMETRIC

__all__ = ["Named", "find_conflicts", "impossible_day", "is_during", "is_unheard", "merge_event", "support"]

HELD_BACK = timedelta(days=14)  # an announced day must lie so far back before "never heard of again" is said
AROUND_VISIT = timedelta(days=1)  # a visit's days are told less exactly than a meeting's
# Rules of words that name a whole week or weekend: the act lies in it, and these are not its days.
WHOLE_UNITS = frozenset({"turned-unit", "told-unit", "the-unit", "the-weekend", "told-period"})
SUMMARY = 2  # more participants than the telling that stands for the event has
NUMBER_WORDS = {
    word: str(n)
    for n, word in enumerate(
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split(), 2
    )
}
NUMBER = re.compile(
    rf"\b(\d{{1,3}}(?:,\d{{3}})+|\d{{1,6}}|{'|'.join(NUMBER_WORDS)})\s+(?:[a-z]+ )?([a-z]{{4,}}s)\b", re.I
)
NOT_COUNTED = frozenset(
    "days hours weeks months years minutes times percent countries sides states nations ministers leaders others"
    " dollars miles kilometres kilometers metres degrees capitals governments parties".split()
)


@dataclass(frozen=True, slots=True)
class Named:
    """A participant of a claim with the actor whom it was found to be."""

    role: str
    mention: Mention
    actor: str
    actor_name: str
    name_id: str


Participants = Mapping[str, Sequence[Named]]


def support(values: Iterable[tuple[str, EventClaim]]) -> tuple[Support, ...]:
    """Return each value with its origins, reports and claims: best supported first, then the more precise, then order.

    An origin counts once, more or less where its outlet or report was graded (`grading.weight_of`).
    """
    told: dict[str, list[EventClaim]] = defaultdict(list)
    for value, claim in values:
        told[value].append(claim)
    supports = [
        Support(
            value,
            len({c.origin for c in claims}),
            len({c.digest for c in claims}),
            tuple(sorted({c.claim.id for c in claims})),
        )
        for value, claims in told.items()
    ]
    weights = {value: _weight(claims) for value, claims in told.items()}
    return tuple(sorted(supports, key=lambda s: (-weights[s.value], -len(s.value), s.value)))


def _weight(claims: Iterable[EventClaim]) -> float:
    """How much a value's origins count together, each by its best graded report."""
    best: dict[str, float] = {}
    for c in claims:
        best[c.origin] = max(best.get(c.origin, 0.0), weight_of(c.grade))
    return round(sum(best.values()), 6)


def merge_event(
    id: str,
    kind: str,
    claims: Sequence[EventClaim],
    participants: Participants,
    *,
    ruled: Mapping[str, tuple[str, str]] | None = None,
) -> Event:
    """Return the event that these claims tell.

    participants: by claim id; ruled: field -> (value, decision), what an analyst set.
    """
    ruled = ruled or {}
    claims = sorted(claims, key=lambda c: (c.joined_to != "", c.published or "9999", c.claim.id))
    head = claims[0].claim
    when, (first, last) = _when(kind, claims, ruled)
    place = _field(((c.claim.place.name, c) for c in claims if c.claim.place), ruled, "place")
    countries = support((c.claim.place.country, c) for c in claims if c.claim.place and c.claim.place.country)
    reported = min((c.published[:10] for c in claims if c.published), default=None)
    mode = support((c.claim.mode, c) for c in claims if c.claim.mode)
    type_, _ = ruled.get("type", (head.type, ""))
    event = Event(
        id=id,
        type=type_,
        mode=ruled["mode"][0] if "mode" in ruled else (mode[0].value if mode else None),
        kind=kind,
        status=ruled["status"][0] if "status" in ruled else _status(claims),
        participants=_people(kind, claims, participants),
        when=when,
        place=place,
        place_country=ruled["country"][0] if "country" in ruled else (countries[0].value if countries else None),
        first_day=first,
        last_day=last,
        reported=reported,
        history=_history(claims),
        claims=tuple(claims),
        conflicts=(),
        n_origins=len({c.origin for c in claims}),
        n_reports=len({c.digest for c in claims}),
        rulings=tuple(sorted({decision for _, decision in ruled.values()})),
    )
    return _with_conflicts(event)


def _with_conflicts(event: Event) -> Event:
    return replace(event, conflicts=tuple(find_conflicts(event)))


def _field(values: Iterable[tuple[str, EventClaim]], ruled: Mapping[str, tuple[str, str]], name: str) -> Field | None:
    told = support(values)
    if name in ruled:
        value, decision = ruled[name]
        return Field(value, told, decision)
    return Field(told[0].value, told) if told else None


def _when(
    kind: str, claims: Sequence[EventClaim], ruled: Mapping[str, tuple[str, str]]
) -> tuple[Field | None, tuple[str | None, str | None]]:
    """The day or days: of a visit from the first to the last day told, of other acts the best supported."""
    held = [c for c in claims if c.claim.status == "done"] or list(claims)
    values = [(c.claim.when.value, c) for c in held if c.claim.when and c.claim.when.value]
    every = support((c.claim.when.value, c) for c in claims if c.claim.when and c.claim.when.value)
    if "when" in ruled:
        value, decision = ruled["when"]
        return Field(value, every, decision), _days(value)
    if not values:
        return (Field(every[0].value, every), _days(every[0].value)) if every else (None, (None, None))
    best = _most_precise(support(values))
    if kind == "visit" and (span := _visit_days([value for value, _ in values])):
        value = span[0] if span[0] == span[1] else f"{span[0]}/{span[1]}"
        return Field(value, every), span
    return Field(best, every), _days(best)


def _most_precise(told: Sequence[Support]) -> str:
    """The best supported value, or a more precise one that lies within it."""
    best = told[0].value
    for other in told[1:]:
        if _lies_within(other.value, best):
            return other.value
    return best


def _lies_within(inner: str, outer: str) -> bool:
    a, b = read_edtf_days(inner), read_edtf_days(outer)
    return bool(a and b and a != b and b[0] <= a[0] and a[1] <= b[1])


def _visit_days(values: Sequence[str]) -> tuple[str, str] | None:
    """From the first to the last of the days told to the day."""
    days = [d for v in values if (d := read_edtf_days(v)) and d[1] - d[0] <= HELD_BACK and ("/" in v or d[0] == d[1])]
    exact = [d for d in days if d[0] == d[1]] or days
    return (min(d[0] for d in exact).isoformat(), max(d[1] for d in exact).isoformat()) if exact else None


def _days(value: str) -> tuple[str | None, str | None]:
    days = read_edtf_days(value)
    return (days[0].isoformat(), days[1].isoformat()) if days else (None, None)


def _status(claims: Sequence[EventClaim]) -> str:
    """What became of it: held where more origins say so than deny it; else what was told last."""
    told = {s.value: s.n_origins for s in support((c.claim.status, c) for c in claims)}
    against = max(told.get("denied", 0), told.get("off", 0))
    if told.get("done", 0) >= max(1, against):
        return "done"
    firm = [c for c in claims if c.claim.status != "hypothetical"] or list(claims)
    return max(firm, key=lambda c: (c.published or "", told[c.claim.status], c.claim.status)).claim.status


def _history(claims: Sequence[EventClaim]) -> tuple[StatusStep, ...]:
    first: dict[str, EventClaim] = {}
    for c in sorted(claims, key=lambda c: (c.published or "9999", c.claim.id)):
        first.setdefault(c.claim.status, c)
    return tuple(StatusStep(status, c.published, c.claim.id) for status, c in first.items())


def _people(kind: str, claims: Sequence[EventClaim], participants: Participants) -> tuple[EventParticipant, ...]:
    """Each actor once a role; persons first, then by support."""
    seen: dict[tuple[str, str], list[tuple[Named, EventClaim]]] = defaultdict(list)
    heads = [n for c in claims if not c.joined_to for n in participants.get(c.claim.id, ())]
    own = {n.actor for n in heads}
    hosts = {n.mention.country for n in heads if n.role == "recipient"} - {None} if kind == "visit" else set()
    for c in claims:
        told = participants.get(c.claim.id, ())
        # A summary ("on his tour he met …") tells of other acts too: it brings nobody in.
        is_summary = bool(c.joined_to) and len(told) > len(own) + SUMMARY
        for named in (n for n in told if not is_summary or n.actor in own):
            if c.joined_to and hosts and named.role == "recipient" and named.mention.country not in {*hosts, None}:
                continue  # a tour told in one breath: its other stops are visits of their own
            role = "side" if kind in SYMMETRIC else _role(kind, named, c)
            seen[role, named.actor].append((named, c))
    people = []
    for (role, actor), group in seen.items():
        best = max(group, key=lambda pair: (pair[0].mention.level, len(pair[0].mention.office), pair[0].mention.office))
        mention = best[0].mention
        channel = next((n.mention.channel for n, _ in group if n.mention.channel), "")
        people.append(
            EventParticipant(
                actor, best[0].actor_name, mention.country, role, mention.kind, mention.office, channel, mention.level,
                len({c.origin for _, c in group}),
            )
        )  # fmt: skip
    order = {"person": 0, "body": 1, "organisation": 2, "state": 3, "group": 4}
    return tuple(sorted(people, key=lambda p: (p.role, order.get(p.kind, 5), -p.n_origins, p.name, p.actor)))


def _role(kind: str, named: Named, told: EventClaim) -> str:
    """The part in the event; of a visit told from its host's side, the guest is the traveller."""
    if kind == "visit" and told.claim.mode == "host":
        return "recipient" if named.role == "actor" else "actor"
    return named.role


# Conflicts ---------------------------------------------------------------------------------------------------


def find_conflicts(event: Event) -> Iterable[Conflict]:
    """Yield the fields on which the claims of an event disagree, or contradict the calendar."""
    for find in (_differing_days, _differing_status, _differing_numbers, _impossible_days):
        yield from find(event)


def _conflict(event: Event, field: FieldName, told: Sequence[Support], words: str) -> Conflict:
    reports = {c.claim.id: c.report for c in event.claims}
    return make_conflict(event.id, field, told, (reports[claim] for s in told for claim in s.claims), words)


def _differing_days(event: Event) -> Iterable[Conflict]:
    """Days told of the act itself, as held or as planned; days of a visit differ only where both ends are told."""
    for statuses in (("done",), ("planned",)):
        told = support(
            (c.claim.when.value, c)
            for c in event.claims
            if c.claim.when
            and c.claim.when.value
            and c.claim.status in statuses
            and not c.claim.flags
            and c.claim.when.rule not in WHOLE_UNITS
        )
        kept = [s for s in told if _is_comparable(event.kind, s.value)]
        if len(kept) > 1 and not all(_agree(event.kind, kept[0].value, s.value) for s in kept[1:]):
            what = "the day" if statuses == ("done",) else "the announced day"
            yield _conflict(event, "when", kept, f"{what} differs: " + ", ".join(s.value for s in kept))


def _is_comparable(kind: str, value: str) -> bool:
    days = read_edtf_days(value)
    if not days:
        return False
    if kind == "visit":
        return "/" in value and days[1] - days[0] <= HELD_BACK
    return days[0] == days[1]


def _agree(kind: str, one: str, other: str) -> bool:
    return one == other


def _differing_status(event: Event) -> Iterable[Conflict]:
    told = support((c.claim.status, c) for c in event.claims if c.claim.status in ("done", "denied", "off"))
    if {s.value for s in told} & {"done"} and len(told) > 1:
        yield _conflict(event, "status", told, "told as " + " and as ".join(s.value for s in told))


def _differing_numbers(event: Event) -> Iterable[Conflict]:
    """Counts of the same things in sentences of the event: "28 agreements", "29 agreements"."""
    counts: dict[str, list[tuple[str, EventClaim]]] = defaultdict(list)
    for c in event.claims:
        found = _counts(c.sentence)
        for noun, numbers in found.items():
            if len(numbers) == 1:  # two counts of one thing in one sentence are of two acts, or of parts
                counts[noun].append((next(iter(numbers)), c))
    for noun, values in sorted(counts.items()):
        told = support(values)
        if len(told) > 1 and len({c.digest for _, c in values}) > 1:
            words = f"the number of {noun} differs: " + ", ".join(s.value for s in told)
            yield _conflict(event, "number", told, words)


def _counts(sentence: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for number, noun in NUMBER.findall(sentence):
        low = noun.lower()
        if low not in NOT_COUNTED:
            found[low].add(NUMBER_WORDS.get(number.lower(), number.replace(",", "")))
    return found


def _impossible_days(event: Event) -> Iterable[Conflict]:
    """Reports published before the day on which what they tell is said to have happened or been reported."""
    told: dict[tuple[str, str], list[EventClaim]] = defaultdict(list)
    for c in event.claims:
        for value in c.impossible:
            told[value, c.published or ""].append(c)
    for (value, published), claims in sorted(told.items()):
        yield impossible_day(event.id, published, support((value, c) for c in claims)[0], {c.report for c in claims})


def impossible_day(event: str, published: str, told: Support, reports: Iterable[str], *, digest: str = "") -> Conflict:
    """Return the conflict with the calendar of reports of one day; outside any event ("") of one, by its digest."""
    words = f"published {published}, before the day that it tells as past: {told.value}"
    return make_conflict(event, "published", (told, replace(told, value=published)), reports, words, digest=digest)


def is_during(meeting: Event, visit: Event) -> bool:
    """Whether a meeting belongs to a visit: the traveller in it, somebody of the host state, days that fit.

    Where no day is told, that of the first report stands for it; a visit announced long before needs its own days.
    """
    if visit.kind != "visit" or meeting.kind not in ("meet", "multilateral"):
        return False
    travellers = {p.actor for p in visit.participants if p.role == "actor" and p.kind == "person"}
    home = {p.country for p in visit.participants if p.role == "actor"}
    hosts = {p.country for p in visit.participants if p.role == "recipient" and p.country} | {visit.place_country}
    present = {p.country for p in meeting.participants} | {meeting.place_country}
    if not travellers & {p.actor for p in meeting.participants} or not (hosts - home - {None}) & present:
        return False
    days = [d for e in (meeting, visit) for d in (e.first_day or e.reported, e.last_day or e.reported) if d]
    if len(days) < 4:
        return False
    gap = max(date.fromisoformat(days[0]), date.fromisoformat(days[2])) - min(
        date.fromisoformat(days[1]), date.fromisoformat(days[3])
    )
    return gap <= (AROUND_VISIT if meeting.first_day and visit.first_day else 2 * AROUND_VISIT)


def is_unheard(event: Event, horizon: str | None) -> bool:
    """Whether an announced act's day has passed, by the record's last day, without a word of its being held."""
    if event.status != "planned" or not horizon:
        return False
    due = event.last_day or event.reported
    return due is not None and date.fromisoformat(due) + HELD_BACK < date.fromisoformat(horizon[:10])
