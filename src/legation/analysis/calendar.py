"""The calendar: what was planned and what became of it, anniversaries, named years, forums and their hosts.

In: events, remarks of reports, the last day of the record. Out: Entries in the order of days, each with the sentences
that it stands on. What was announced is followed by its event's status; where the day has passed without a word, that
is said. Anniversaries are those that reports count, and those that follow from relations and treaties in the record.
A forum that had an edition is expected again a year later, without a day and without a host until somebody tells
them.
"""

import hashlib
import re
from calendar import isleap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from legation.analysis.days import words_of_day, words_of_edtf
from legation.analysis.party import name_of_state
from legation.analysis.phrases import is_postponed, join_names, lead_claim, title_of
from legation.analysis.quotes import Quote, quote_of
from legation.analysis.remarks import Remark
from legation.language.periods import read_edtf_days
from legation.record import Event, EventClaim
from legation.record.merging import is_unheard
from legation.reference.tables import states

__all__ = ["KINDS", "OUTCOMES", "Entry", "build_calendar"]

Kind = Literal["planned", "anniversary", "year", "forum"]
KINDS = ("planned", "anniversary", "year", "forum")
OUTCOMES = {
    "held": "held",
    "postponed": "put off",
    "cancelled": "called off",
    "denied": "denied",
    "awaited": "its day is still to come",
    "overdue": "its day has just passed, without a word so far",
    "unheard": "never heard of again",
    "undated": "without a day",
}
# Announced words are no appointments: what is only to be said has no place in a calendar.
WORDS_ONLY = frozenset({"STATEMENT", "AGREE", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
LOOKING_BACK = timedelta(days=60)  # what was called off so long before its report is told as history
ROUND = 5  # years: anniversaries of relations in the record are shown where they are a multiple of it
FALLS_WITH = timedelta(
    days=3
)  # days around an announcement and its day in which a cancelled journey may have been told


@dataclass(frozen=True, slots=True)
class Entry:
    """Something with a date.

    id:      "k-" and 12 hex digits, stable while its evidence is.
    when:    EDTF; "" where no day is told. first, last: the days that it names, YYYY-MM-DD, "" where none.
    parties: codes of states, names of organisations.
    host:    state that hosts a forum, "" otherwise. outcome: of what was planned, a key of OUTCOMES, else "".
    words:   what is known of it, in a sentence or two.
    related: events that may have decided over it: the journey to which it belonged was called off.
    """

    id: str
    kind: Kind
    when: str
    first: str
    last: str
    title: str
    parties: tuple[str, ...]
    place: str
    host: str
    outcome: str
    words: str
    quotes: tuple[Quote, ...]
    events: tuple[str, ...] = ()
    related: tuple[str, ...] = ()


def build_calendar(events: Sequence[Event], remarks: Sequence[Remark], horizon: str) -> list[Entry]:
    """Return the entries that events and remarks give, by day; those without a day come last.

    horizon: the last day of publication in the record, YYYY-MM-DD.
    """
    entries = [
        *_plans(events, horizon),
        *_anniversaries(events, remarks, horizon),
        *_years(remarks),
        *_forums(events, remarks, horizon),
    ]
    return sorted(entries, key=lambda e: (e.first or "9999", e.kind, e.title, e.id))


def _entry(kind: Kind, key: str, **fields: object) -> Entry:
    when = str(fields["when"])
    days = read_edtf_days(when.rstrip("~?")) if when else None
    first, last = (day.isoformat() for day in days) if days else ("", "")
    id_ = "k-" + hashlib.sha256(f"{kind}\x1f{key}".encode()).hexdigest()[:12]
    return Entry(id=id_, kind=kind, first=first, last=last, **fields)  # type: ignore[arg-type]


# What was planned ----------------------------------------------------------------------------------------------------


def _plans(events: Sequence[Event], horizon: str) -> Iterator[Entry]:
    off = [event for event in events if event.status == "off"]
    for event in events:
        if event.type in WORDS_ONLY or not _was_planned(event):
            continue
        outcome = _outcome(event, horizon)
        announced = lead_claim(event, ("planned",)) or lead_claim(event, ("off", "denied"))
        told = lead_claim(event)
        if announced is None or told is None:
            continue
        related = tuple(one.id for one in off if outcome in ("unheard", "overdue") and _fell_with(event, one))
        yield _entry(
            "planned",
            event.id,
            when=event.when.value if event.when else "",
            title=title_of(announced),
            parties=_parties(event),
            place=event.place.value if event.place else "",
            host="",
            outcome=outcome,
            words=_plan_in_words(announced, told, outcome, related, horizon),
            quotes=tuple(dict.fromkeys((quote_of(announced), quote_of(told)))),
            events=(event.id,),
            related=related,
        )


def _was_planned(event: Event) -> bool:
    """Whether it was announced at any time; what was called off long before the report is history."""
    if any(step.status == "planned" for step in event.history):
        return True
    if event.status != "off" or not event.reported:
        return False
    return not event.last_day or date.fromisoformat(event.last_day) + LOOKING_BACK >= date.fromisoformat(event.reported)


def _outcome(event: Event, horizon: str) -> str:
    """What became of it: the first rule that holds."""
    due = event.last_day
    rules: tuple[tuple[str, bool], ...] = (
        ("held", event.status == "done"),
        ("postponed", event.status == "off" and any(map(_puts_off, event.claims))),
        ("cancelled", event.status == "off"),
        ("denied", event.status == "denied"),
        ("unheard", is_unheard(event, horizon)),
        ("overdue", due is not None and due < horizon),
        ("awaited", due is not None),
    )
    return next((outcome for outcome, holds in rules if holds), "undated")


def _puts_off(told: EventClaim) -> bool:
    return told.claim.status == "off" and is_postponed(told.sentence)


def _fell_with(event: Event, other: Event) -> bool:
    """Whether somebody of this event had a journey called off between its announcement and its day."""
    if not (event.reported and other.reported) or event.id == other.id:
        return False
    start = date.fromisoformat(event.reported) - FALLS_WITH
    end = date.fromisoformat(event.last_day or event.reported) + FALLS_WITH
    people = {p.actor for p in event.participants if p.kind == "person"}
    same = bool(people & {p.actor for p in other.participants})
    countries = {p.country for p in event.participants} & {p.country for p in other.participants}
    return same and len(countries) > 1 and start <= date.fromisoformat(other.reported) <= end


def _parties(event: Event) -> tuple[str, ...]:
    """The states that take part; organisations by name."""
    known = {state.code for state in states()}
    own = [p.country if p.country in known else p.name for p in event.participants if p.country]
    return tuple(dict.fromkeys(name for name in own if name))


def _plan_in_words(announced: EventClaim, told: EventClaim, outcome: str, related: Sequence[str], horizon: str) -> str:
    what = OUTCOMES[outcome]
    fell = f"; a journey of theirs was called off at that time ({', '.join(related)})" if related else ""
    if announced.claim.status != "planned":
        return f"{what[0].upper()}{what[1:]} as told {_reported(told)}{fell}."
    if told.claim.id != announced.claim.id:
        what += f" as told {_reported(told)}"
    elif outcome in ("unheard", "overdue"):
        what += f" up to {words_of_day(date.fromisoformat(horizon))}"
    return f"Announced {_reported(announced)}; {what}{fell}."


def _reported(told: EventClaim) -> str:
    source = f" by {told.source}" if told.source else ""
    return f"{words_of_edtf(told.published[:10])}{source}" if told.published else f"without a day{source}"


# Anniversaries and named years ---------------------------------------------------------------------------------------


def _anniversaries(events: Sequence[Event], remarks: Sequence[Remark], horizon: str) -> Iterator[Entry]:
    told: dict[tuple[frozenset[str], int], list[Remark]] = {}
    for remark in remarks:
        if remark.kind == "anniversary":
            told.setdefault((frozenset(remark.parties), int(remark.when) - remark.years), []).append(remark)
    for (parties, founded), own in told.items():
        first = own[0]
        names = join_names([_name(p) for p in first.parties]) or "parties that the sentence leaves open"
        yield _entry(
            "anniversary",
            f"{sorted(parties)}{founded}{'' if parties else first.quote.sentence}",
            when=first.when,
            title=f"{_nth(first.years)} anniversary: {first.what}, {names}",
            parties=tuple(sorted(parties)),
            place="",
            host="",
            outcome="",
            words=f"Counted by {_sources(own)}: {first.years} years in {first.when}, so from {founded}.",
            quotes=tuple(r.quote for r in own),
        )
    known = set(told)
    yield from (e for event in events if (e := _from_record(event, known, horizon)))


FOUNDING = re.compile(r"\b(?:diplomatic relations|treaty|alliance|armistice|normali[sz]\w+)\b", re.I)


def _from_record(event: Event, known: set[tuple[frozenset[str], int]], horizon: str) -> Entry | None:
    """The next round anniversary of relations taken up, or of a treaty signed, that the record tells."""
    if (event.type, event.mode) not in (("SUPPORT", "recognize"), ("SUPPORT", "sign")) or event.status != "done":
        return None
    told = lead_claim(event)
    parties = _parties(event)
    if told is None or event.when is None or len(parties) < 2 or not FOUNDING.search(told.sentence):
        return None
    founded = int(event.when.value[:4])
    year = int(horizon[:4])
    years = year - founded + (-(year - founded)) % ROUND
    if years == 0 or any(founded == other and set(parties) >= names for names, other in known):
        return None
    day = event.when.value if len(event.when.value) == 10 else ""
    is_missing = day.endswith("02-29") and not isleap(founded + years)
    when = f"{founded + years}-03-01" if is_missing else f"{founded + years}{day[4:]}"
    what = "diplomatic relations" if event.mode == "recognize" else "treaty"
    return _entry(
        "anniversary",
        event.id,
        when=when,
        title=f"{_nth(years)} anniversary: {what}, {join_names([_name(p) for p in parties])}",
        parties=tuple(sorted(parties)),
        place="",
        host="",
        outcome="",
        words=f"The record tells of it {words_of_edtf(event.when.value)}; {years} years in {founded + years}.",
        quotes=(quote_of(told),),
        events=(event.id,),
    )


def _years(remarks: Sequence[Remark]) -> Iterator[Entry]:
    told: dict[tuple[frozenset[str], str], list[Remark]] = {}
    for remark in remarks:
        if remark.kind == "year":
            told.setdefault((frozenset(remark.parties), remark.when), []).append(remark)
    for (parties, year), own in told.items():
        names = join_names([_name(p) for p in own[0].parties])
        yield _entry(
            "year",
            f"{sorted(parties)}{year}",
            when=year,
            title=f"{own[0].what[0].upper()}{own[0].what[1:]}{f': {names}' if names else ''}",
            parties=tuple(sorted(parties)),
            place="",
            host="",
            outcome="",
            words=f"{year} is so named by {_sources(own)}.",
            quotes=tuple(r.quote for r in own),
        )


def _name(party: str) -> str:
    return name_of_state(party) if len(party) == 3 and party.isupper() else party


def _sources(remarks: Sequence[Remark]) -> str:
    return join_names(list(dict.fromkeys(r.quote.source or f"report {r.quote.report}" for r in remarks)))


def _nth(n: int) -> str:
    ending = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{ending}"


# Forums --------------------------------------------------------------------------------------------------------------


def _forums(events: Sequence[Event], remarks: Sequence[Remark], horizon: str) -> Iterator[Entry]:
    told: dict[tuple[str, str], list[Remark]] = {}
    for remark in remarks:
        if remark.kind == "forum":
            told.setdefault((remark.what, remark.when[:4]), []).append(remark)
    for (forum, year), own in told.items():
        when = max((r.when for r in own), key=len)
        hosts = list(dict.fromkeys(r.host for r in own))
        held = [event for event in events if _is_edition(event, own)]
        names = join_names([name_of_state(host) for host in hosts])
        verb = "hosts it" if len(hosts) == 1 else "are both named as hosts"
        yield _entry(
            "forum",
            f"{forum}{year}",
            when=when,
            title=f"{forum} {year}",
            parties=(forum, *hosts),
            place="",
            host=hosts[0],
            outcome="",
            words=f"{names} {verb}, as told by {_sources(own)}.",
            quotes=tuple(r.quote for r in own),
            events=tuple(event.id for event in held),
        )
    editions = {forum: max(year for name, year in told if name == forum) for forum, _ in told}
    for forum, year in editions.items():
        if int(year) <= int(horizon[:4]):
            yield _expected(forum, int(year), told[forum, year])


def _is_edition(event: Event, remarks: Sequence[Remark]) -> bool:
    """Whether an event is told in a sentence about an edition of the forum."""
    sentences = {(r.quote.digest, r.quote.sentence) for r in remarks}
    return any((claim.digest, claim.sentence) in sentences for claim in event.claims)


def _expected(forum: str, year: int, last: Sequence[Remark]) -> Entry:
    """The edition after the last that is told: a year later, about the same month."""
    month = max((r.when for r in last), key=len)[4:]
    return _entry(
        "forum",
        f"{forum}{year + 1}",
        when=f"{year + 1}{month}~",
        title=f"{forum} {year + 1}",
        parties=(forum,),
        place="",
        host="",
        outcome="",
        words=f"Expected because there was an edition in {year}; no report tells its day or its host.",
        quotes=tuple(r.quote for r in last[:1]),
    )
