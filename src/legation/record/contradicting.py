"""Where reports can't all be right about who took part in an act, where it was, or what kind of act it was.

In: the claims of one event, or of two that were held apart by the very thing on which their reports differ: a meeting
here and a call there of the same people on one day; two holders of one office; two heads of one delegation; somebody
present here and absent there. Out: Conflicts. Pure functions of the claims.

Idea: silence is no contradiction. A report that names fewer people, or none, is only less complete; what counts is that
two reports fill one place differently, or that one says in words what the other excludes. Two things told by one and
the same report are two things.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from itertools import combinations

from legation.record.event import Conflict, Event, EventClaim, FieldName, make_conflict
from legation.record.mention import Mention, is_same_actor, read_mention
from legation.record.merging import support
from legation.record.travel_words import FROM_AFAR
from legation.reference import country_of_place, states
from legation.reference.gazetteer import find_entries, read_words

__all__ = ["DAYS_TO_MISS", "KINDS", "OFF", "find_contradictions", "is_told_off", "may_be_one"]

KINDS = ("meet", "call", "visit", "multilateral")  # acts of which one may be told for another
OFF = ("denied", "off")
ATTENDED = ("multilateral", "visit")  # to deny a meeting of two is to deny the meeting, not that one of them was there
DAYS_TO_MISS = 4  # who stayed away without a day stayed away from what happened so many days before
# Of offices with one holder at a time, the words without those of the state: two holders can't both be meant.
ONE_HOLDER = frozenset(
    "president|prime minister|premier|chancellor|king|queen|supreme leader|foreign minister|foreign secretary|"
    "minister of foreign affairs|secretary of state|defence minister|defense minister|minister of defence|"
    "minister of defense|defence secretary|defense secretary|secretary of defense|finance minister|"
    "treasury secretary|interior minister|national security adviser|national security advisor".split("|")
)
ON_THE_LINE = re.compile(r"\b(?:tele)?phone\w*\b|\bcalls?\b(?! (?:for|on|to)\b)|\bvideo\w*\b|\bhotline\b", re.I)
IN_PERSON = re.compile(r"\b(?:met|meets?|meetings?|received?s?|hosted|hosts|face[- ]to[- ]face|in person)\b", re.I)
LED_BY = re.compile(r"\b(?:led|headed) by\b(?P<head>[^;.]{3,90})", re.I)
STAYED_AWAY = (
    r"(?:,[^,;.]{1,60},| of [^,;.]{1,40})?\s+(?:had |has |have |was |were )?"
    r"(?:(?:stayed|remained|kept) (?:at home|away|behind)|"
    r"(?:did not|didn't|not) (?:attend|take part|come|go|travel|join|appear)\w*|"
    r"(?:been )?absent|not (?:been )?(?:present|there|among|invited)|skipped|boycotted|pulled out|represented by)\b"
)
WITHOUT = r"\b(?:instead|in (?:the )?(?:place|absence|stead)) of|\b(?:rather than|without|but not|and not)"
ABSENT = re.compile(f"{STAYED_AWAY}|{WITHOUT}")  # few sentences have it: names are looked for in those only
SHARED_WORDS = 0.6  # of two sentences that copy each other; two meetings told by one agency share less


@dataclass(frozen=True, slots=True)
class _Told:
    """A claim with what its participants stand for."""

    claim: EventClaim
    actors: tuple[Mention, ...]
    recipients: tuple[Mention, ...]

    @property
    def people(self) -> tuple[Mention, ...]:
        return (*self.actors, *self.recipients)

    @property
    def persons(self) -> tuple[Mention, ...]:
        return tuple(m for m in self.people if m.kind == "person")

    @property
    def is_done(self) -> bool:
        return self.claim.claim.status == "done"


Value = tuple[str, EventClaim]
Found = Iterator[tuple[FieldName, str, Sequence[Value]]]


def find_contradictions(event: Event, other: Event | None = None) -> Iterator[Conflict]:
    """Yield conflicts over participants, place and type within an event; with `other`, those between the two only."""
    told = [_read(c) for c in (*event.claims, *(other.claims if other else ()))]
    of_other = {c.claim.id for c in other.claims} if other else set()
    for rule in (_kinds_differ, _places_differ, _holders_differ, _heads_differ, _copies_differ, _presence_differs):
        for field, words, values in rule(told):
            sides = {claim.claim.id in of_other for _, claim in values}
            if other is None or len(sides) == 2:
                reports = {claim.report for _, claim in values}
                yield make_conflict(event.id, field, support(values), reports, words, other=other.id if other else "")


@lru_cache(maxsize=4096)
def _read(told: EventClaim) -> _Told:
    day = told.published if told.published and len(told.published) == 10 else None
    actors, recipients = (
        tuple(read_mention(p.name, p.country, p.office, day) for p in side)
        for side in (told.claim.actors, told.claim.recipients)
    )
    return _Told(told, actors, recipients)


# What two events must share to be one act told differently -------------------------------------------------------


def is_told_off(event: Event) -> bool:
    """Whether it tells of one side only that it did not take part, rather than that nothing took place."""
    countries = {p.country for p in event.participants if p.kind != "group"}
    return (
        event.kind in ATTENDED
        and event.status in OFF
        and len(countries) == 1
        and any(p.kind == "person" for p in event.participants)
    )


def may_be_one(one: Event, other: Event) -> bool:
    """Whether two events may be one act that reports tell differently: days and people leave room for nothing else."""
    if one.kind not in KINDS or other.kind not in KINDS or {c.digest for c in one.claims} & _digests(other):
        return False
    ours, theirs = _persons(one), _persons(other)
    shared = {m.country for m in ours for n in theirs if is_same_actor(m, n)}
    if is_told_off(one) != is_told_off(other):
        absent, held = (one, other) if is_told_off(one) else (other, one)
        return bool(shared) and held.status == "done" and _is_near(absent, held)
    if not (one.first_day and one.first_day == one.last_day == other.first_day == other.last_day):
        return False
    if {one.kind, other.kind} == {"meet", "call"}:
        return len(shared) > 1
    places = {one.place_country, other.place_country} - {None}
    both = {m.country for m in ours} & {m.country for m in theirs}
    other_side = shared or (one.kind == "visit" and len(places) == 1)
    return one.kind == other.kind and len(places) < 2 and bool(other_side) and bool(both - shared)


def _digests(event: Event) -> set[str]:
    return {c.digest for c in event.claims}


def _persons(event: Event) -> list[Mention]:
    return list(dict.fromkeys(m for c in event.claims for m in _read(c).persons))


def _is_near(absent: Event, held: Event) -> bool:
    """Whether somebody was absent from just this: on its day, or told without a day soon after it, and in its place."""
    if absent.place_country and held.place_country and absent.place_country != held.place_country:
        return False
    first, last = held.first_day, held.last_day
    if not first or not last:
        return False
    if absent.first_day and absent.last_day:
        return absent.first_day <= last and first <= absent.last_day
    return absent.reported is not None and 0 <= _days(last, absent.reported) <= DAYS_TO_MISS


def _days(start: str, end: str) -> int:
    return (date.fromisoformat(end) - date.fromisoformat(start)).days


# What differs ----------------------------------------------------------------------------------------------------


def _parted(values: Mapping[str, Sequence[_Told]]) -> dict[str, list[_Told]]:
    """The values without the reports that tell several of them: to those they are different things."""
    tellers: dict[str, set[str]] = defaultdict(set)
    for value, group in values.items():
        for told in group:
            tellers[told.claim.digest].add(value)
    kept = {value: [told for told in group if len(tellers[told.claim.digest]) == 1] for value, group in values.items()}
    return {value: group for value, group in kept.items() if group}


def _values(parted: Mapping[str, Sequence[_Told]]) -> list[Value]:
    return [(value, told.claim) for value, group in parted.items() for told in group]


def _kinds_differ(claims: Sequence[_Told]) -> Found:
    """A meeting in one report, a call in another, both in plain words."""
    found: dict[str, list[_Told]] = defaultdict(list)
    for told in claims:
        claim, sentence = told.claim.claim, told.claim.sentence
        is_call = bool(ON_THE_LINE.search(sentence) or FROM_AFAR.search(sentence))
        if claim.type == "CONSULT" and told.is_done:
            if claim.mode == "call" and is_call:
                found["call"].append(told)
            elif claim.mode in ("meet", "host") and not is_call and IN_PERSON.search(sentence):
                found["meeting"].append(told)
    parted = _parted(found)
    if len(parted) > 1:
        yield "type", "told as a meeting and as a call", _values(parted)


def _places_differ(claims: Sequence[_Told]) -> Found:
    """Two states in which one act is said to have been, by places whose own words tell the state.

    Where a journey or a call takes place is another question; a place that the reader could only guess tells nothing.
    """
    found: dict[str, list[_Told]] = defaultdict(list)
    for told in claims:
        claim = told.claim.claim
        place = claim.place
        is_sure = place and place.country in _state_codes() and country_of_place(place.name) == place.country
        if place and place.country and is_sure and claim.mode not in ("call", "message", "visit"):
            found[place.country].append(told)
    parted = _parted(found)
    if len(parted) > 1:
        values = _values(parted)
        yield "place", "the place differs: " + ", ".join(s.value for s in support(values)), values


def _holders_differ(claims: Sequence[_Told]) -> Found:
    """Two persons who are said to hold one office of one state."""
    codes = _state_codes()
    holders: dict[tuple[str, str], list[tuple[Mention, _Told]]] = defaultdict(list)
    for told in claims:
        for mention in told.persons if told.is_done else ():
            if mention.country in codes and (post := _post(mention.office)):
                holders[mention.country or "", post].append((mention, told))
    for (country, post), seen in sorted(holders.items()):
        yield from _differ(seen, f"who took part as {post} of {country}")


@cache
def _state_codes() -> frozenset[str | None]:
    """Organisations have several presidents at a time."""
    return frozenset(state.code for state in states())


@lru_cache(maxsize=4096)
def _post(office: str) -> str:
    """The words of an office that has one holder, without those of its state; "" for others."""
    covered = [(e.start, e.end) for e in find_entries(office) if e.entry.kind in ("state", "demonym", "capital")]
    words = [w.folded for w in read_words(office) if not any(a <= w.start < b for a, b in covered)]
    post = " ".join(word for word in words if word not in ("the", "his", "her", "s")).removesuffix(" of")
    return post if post in ONE_HOLDER else ""


def _differ(seen: Sequence[tuple[Mention, _Told]], what: str) -> Found:
    """Whether different reports fill one place with different persons."""
    groups: list[list[tuple[Mention, _Told]]] = []
    for mention, told in sorted(seen, key=lambda pair: (-len(pair[0].key), pair[0].form, pair[1].claim.claim.id)):
        group = next((g for g in groups if any(is_same_actor(mention, m) for m, _ in g)), None)
        if group is None:
            groups.append([(mention, told)])
        else:
            group.append((mention, told))
    parted = _parted({group[0][0].name: [told for _, told in group] for group in groups})
    if len(parted) > 1:
        yield "participants", f"{what} differs: {', '.join(sorted(parted))}", _values(parted)


def _heads_differ(claims: Sequence[_Told]) -> Found:
    """Two persons who are said to have led one delegation: of one state, in one line."""
    heads: dict[tuple[str, str], list[tuple[Mention, _Told]]] = defaultdict(list)
    for told in claims:
        led = LED_BY.search(told.claim.sentence)
        named = [(at, m) for m in told.persons if led and (at := _place_in(m, led["head"])) >= 0]
        if told.is_done and named:
            head = min(named, key=lambda pair: (pair[0], pair[1].form))[1]
            lines = {m.channel for m in told.people if m.kind in ("group", "body") and m.country == head.country}
            if head.country and len(lines) == 1:
                heads[head.country, next(iter(lines))].append((head, told))
    for (country, line), seen in sorted(heads.items()):
        yield from _differ(seen, f"who led the {line + ' ' if line else ''}delegation of {country}")


def _place_in(mention: Mention, words: str) -> int:
    """Where words name somebody, by any part of the name; -1 where they don't."""
    places = [words.find(part) for part in mention.name.split() if len(part) > 2]
    return min((place for place in places if place >= 0), default=-1)


def _copies_differ(claims: Sequence[_Told]) -> Found:
    """Two prints of one text that name different persons of one state in one sentence."""
    by_origin: dict[str, list[_Told]] = defaultdict(list)
    for told in claims:
        if told.is_done:
            by_origin[told.claim.origin].append(told)
    for _, copies in sorted(by_origin.items()):
        for one, other in combinations(sorted(copies, key=lambda told: told.claim.claim.id), 2):
            if one.claim.digest != other.claim.digest and _share_words(one.claim.sentence, other.claim.sentence):
                for country in sorted(_countries(one) & _countries(other)):
                    seen = [(m, told) for told in (one, other) for m in told.persons if m.country == country]
                    if len(seen) == 2:
                        yield from _differ(seen, f"who took part for {country}, in copies of one text,")


def _countries(told: _Told) -> set[str]:
    return {m.country for m in told.persons if m.country}


def _share_words(one: str, other: str) -> bool:
    words = [{w.folded for w in read_words(sentence)} for sentence in (one, other)]
    return len(words[0] & words[1]) >= SHARED_WORDS * max(map(len, words))


def _presence_differs(claims: Sequence[_Told]) -> Found:
    """Somebody who took part by one report, and stayed away by another."""
    persons: list[Mention] = []
    for told in claims:
        persons += [m for m in told.persons if not any(is_same_actor(m, known) for known in persons)]
    for person in sorted(persons, key=lambda m: m.form):
        found: dict[str, list[_Told]] = defaultdict(list)
        for told in claims:
            named = [m for m in told.persons if is_same_actor(m, person)]
            if _is_absent(told, person, is_named=bool(named)):
                found["absent"].append(told)
            elif named and told.is_done:
                found["present"].append(told)
        parted = {f"{person.name} {how}": group for how, group in _parted(found).items()}
        if len(parted) > 1:
            yield "participants", f"whether {person.name} took part differs", _values(parted)


def _is_absent(told: _Told, person: Mention, *, is_named: bool) -> bool:
    """Whether a claim says in words that somebody was not there, or denies it of this side alone."""
    claim = told.claim.claim
    is_one_side = len({m.country for m in told.people if m.kind != "group"}) == 1
    if is_named and claim.status in OFF and claim.mode in ATTENDED and is_one_side:
        return True
    if not ABSENT.search(told.claim.sentence):
        return False
    names = {person.name, *(m.name for m in told.persons if is_same_actor(m, person))}
    forms = {form for name in names for form in (name, name.split()[-1]) if len(form) > 2}
    name = "(?:" + "|".join(sorted(map(re.escape, forms), key=lambda form: (-len(form), form))) + ")"
    pattern = rf"\b{name}\b{STAYED_AWAY}|(?:{WITHOUT}) (?:[\w-]+ ){{0,4}}?{name}\b"
    return re.search(pattern, told.claim.sentence) is not None
