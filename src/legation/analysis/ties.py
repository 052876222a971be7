"""Ties: what two parties had to do with each other over time.

In: the dealings of a pair, and how much was read of each day. Out: a Tie: a series by week, month or quarter of
events and of independent origins, weighed by score and by level and set against the volume of reporting; who goes to
whom; the channels; the highest level of contact with its last day; whether the pace has changed.

Only what was done counts in the series; what is planned, called off or denied is counted beside it. An event stands
in the period of its day; where no day is told, in that of its first report, and `n_by_report` says how many do.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from legation.analysis.change import Change, call_change
from legation.analysis.days import Period, label_of, periods_between, start_of, words_of_day
from legation.analysis.dealing import Dealing
from legation.analysis.party import Party
from legation.analysis.phrases import counted
from legation.record.store.surveying import DayRead

__all__ = ["Bin", "ChangeCall", "Contact", "Reciprocity", "Tie", "choose_period", "describe_tie"]

# How many of the last periods a change call judges: about a quarter of a year, half a year, a year.
RECENT: dict[Period, int] = {"week": 13, "month": 6, "quarter": 4}
# How exactly a day must be told to stand in a period of this length.
TOO_VAGUE: dict[Period, frozenset[str]] = {
    "week": frozenset({"month", "quarter", "year"}),
    "month": frozenset({"quarter", "year"}),
    "quarter": frozenset({"year"}),
}
MOST_EVIDENCE = 12  # events shown for a change call


@dataclass(frozen=True, slots=True)
class Bin:
    """A period of the series.

    n_events, n_origins: of what was done; score: sum of the events' scores; by_level: events by level, 0 to 5.
    n_by_report: events whose day is not told, counted by their first report.
    read:     origins read that were published in the period.
    per_100:  events for each hundred origins read; None where nothing was read.
    """

    start: str
    label: str
    n_events: int
    n_origins: int
    score: float
    by_level: tuple[int, ...]
    n_by_report: int
    read: int
    per_100: float | None


@dataclass(frozen=True, slots=True)
class Reciprocity:
    """Who goes to whom and who turns to whom, in events.

    a_to_b: contacts for which the first party was in the second's country; b_to_a: the reverse; elsewhere: contacts
    in a third country, or by telephone; unknown: no place told. acts_a, acts_b: acts of one towards the other.
    """

    a_to_b: int
    b_to_a: int
    elsewhere: int
    unknown: int
    acts_a: int
    acts_b: int


@dataclass(frozen=True, slots=True)
class Contact:
    """A level of contact with its latest event. level: 5 head of state or government to 1 official, 0 not told."""

    level: int
    last: str
    event: str
    n_events: int


@dataclass(frozen=True, slots=True)
class ChangeCall:
    """A change call in words, with the numbers and the events that speak for it.

    since, until: days of the changed periods, "" without a change.
    baseline: words for what is usual. events: ids of those in the changed periods, the best told first.
    """

    change: Change
    since: str
    until: str
    reason: str
    baseline: str
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """Two parties and the history of their events.

    first, last: days between which reports were read. before: events of days before that, known from looking back.
    unplaced: events whose day is told too vaguely for a period, e.g. "in 2023".
    statuses: events by status, all of them. channels: events done by channel, the most frequent first.
    levels:   contacts by level, the highest first.
    """

    a: Party
    b: Party
    period: Period
    first: str
    last: str
    bins: tuple[Bin, ...]
    before: tuple[str, ...]
    unplaced: tuple[str, ...]
    statuses: tuple[tuple[str, int], ...]
    reciprocity: Reciprocity
    channels: tuple[tuple[str, int], ...]
    levels: tuple[Contact, ...]
    change: ChangeCall
    events: tuple[str, ...]


def choose_period(first: date, last: date) -> Period:
    """Return the period for a series of readable length: weeks up to a year, months up to five, then quarters."""
    days = (last - first).days
    return "week" if days <= 366 else "month" if days <= 5 * 366 else "quarter"


def describe_tie(
    a: Party,
    b: Party,
    dealings: Sequence[Dealing],
    volume: Sequence[DayRead],
    *,
    period: Period | None = None,
    since: str = "",
    until: str = "",
) -> Tie:
    """Return the tie of two parties.

    dealings: all that the record holds, by day. volume: by day, earliest first; at least one day.
    since, until: days between which the series lies; by default all that was read.
    """
    first = date.fromisoformat(since or volume[0].day)
    last = date.fromisoformat(until or volume[-1].day)
    by = period or choose_period(first, last)
    told = [d for d in dealings if d.day <= last]
    done = [d for d in told if d.event.status == "done"]
    placed = [d for d in done if d.precision not in TOO_VAGUE[by] and d.day >= first]
    bins = tuple(_bins(placed, volume, by, first, last))
    within = [d for d in told if d.day >= first or (d.event.last_day or "") >= first.isoformat()]
    happened = [d for d in within if d.event.status == "done"]
    return Tie(
        a=a,
        b=b,
        period=by,
        first=first.isoformat(),
        last=last.isoformat(),
        bins=bins,
        before=tuple(d.event.id for d in done if d not in within),
        unplaced=tuple(d.event.id for d in happened if d.precision in TOO_VAGUE[by]),
        statuses=tuple(sorted(Counter(d.event.status for d in within).items())),
        reciprocity=_reciprocity(happened),
        channels=tuple(Counter(c for d in happened for c in d.channels).most_common()),
        levels=tuple(_levels(done)),
        change=_call(placed, bins, by, last),
        events=tuple(d.event.id for d in within),
    )


def _bins(placed: Sequence[Dealing], volume: Sequence[DayRead], by: Period, first: date, last: date) -> list[Bin]:
    read: Counter[date] = Counter()
    for day in volume:
        when = date.fromisoformat(day.day)
        if first <= when <= last:
            read[start_of(when, by)] += day.n_origins
    inside: dict[date, list[Dealing]] = {}
    for dealing in placed:
        inside.setdefault(start_of(dealing.day, by), []).append(dealing)
    return [_bin(start, inside.get(start, []), read[start], by) for start in periods_between(first, last, by)]


def _bin(start: date, dealings: Sequence[Dealing], read: int, by: Period) -> Bin:
    levels = Counter(d.level for d in dealings)
    return Bin(
        start=start.isoformat(),
        label=label_of(start, by),
        n_events=len(dealings),
        n_origins=len(frozenset[str]().union(*(d.origins for d in dealings))),
        score=round(sum(d.score for d in dealings), 1),
        by_level=tuple(levels[level] for level in range(6)),
        n_by_report=sum(not d.is_told for d in dealings),
        read=read,
        per_100=round(100 * len(dealings) / read, 2) if read else None,
    )


def _reciprocity(done: Sequence[Dealing]) -> Reciprocity:
    contacts = [d for d in done if d.is_contact]
    guests = Counter(d.guest for d in contacts)
    elsewhere = sum(not d.guest and bool(d.event.place_country or d.event.mode == "call") for d in contacts)
    acts = Counter(d.direction for d in done)
    return Reciprocity(guests["a"], guests["b"], elsewhere, guests[""] - elsewhere, acts["ab"], acts["ba"])


def _levels(done: Sequence[Dealing]) -> list[Contact]:
    """Contacts whose day is told, by level, the highest first."""
    by_level: dict[int, list[Dealing]] = {}
    for dealing in done:
        if dealing.is_contact:
            by_level.setdefault(dealing.level, []).append(dealing)
    found = []
    for level, own in sorted(by_level.items(), reverse=True):
        latest = max(own, key=lambda d: (d.is_told, d.day, d.event.id))
        found.append(Contact(level, latest.day.isoformat(), latest.event.id, len(own)))
    return found


# The change call in words --------------------------------------------------------------------------------------------


def _call(placed: Sequence[Dealing], bins: Sequence[Bin], by: Period, last: date) -> ChangeCall:
    change = call_change([b.n_events for b in bins], [float(b.read) for b in bins], n_recent=RECENT[by])
    baseline = _usual(change, bins, by)
    if change.since is None:
        return ChangeCall(change, "", "", _no_change(change, bins, by), baseline, ())
    since = date.fromisoformat(bins[change.since].start)
    own = [d for d in placed if d.day >= since]
    best = sorted(own, key=lambda d: (-d.level, -d.event.n_origins, d.day, d.event.id))[:MOST_EVIDENCE]
    reason = (
        f"Since {words_of_day(since)} the record tells {counted(change.found, 'event')} of the pair where "
        f"{change.expected:.1f} would be usual for as much reporting as was read. Counted with and without regard "
        f"to the volume of reporting, chance alone makes so strong a change in {_share(change.chance)}."
    )
    return ChangeCall(change, since.isoformat(), last.isoformat(), reason, baseline, tuple(d.event.id for d in best))


def _no_change(change: Change, bins: Sequence[Bin], by: Period) -> str:
    if change.verdict == "thin data":
        return f"Too little to call a change: {change.reason}."
    start = words_of_day(date.fromisoformat(bins[change.recent[0]].start))
    return (
        f"Since {start} the record tells {counted(change.found, 'event')} of the pair where {change.expected:.1f} "
        "would be usual for as much reporting as was read: no change that chance alone would not make."
    )


def _usual(change: Change, bins: Sequence[Bin], by: Period) -> str:
    """What the baseline is, in words; "" where there is none."""
    start, end = change.baseline
    if change.verdict == "thin data" or end <= start:
        return ""
    first, last = (date.fromisoformat(bins[k].start) for k in (start, end - 1))
    return (
        f"Usual are {change.pace:.2f} events a {by}: the mean of the {by}s from {words_of_day(first)} to the one that "
        f"begins on {words_of_day(last)}, {sum(b.read for b in bins[start:end])} origins read; "
        f"variance is mean + {change.spread:.2f} times its square."
    )


def _share(chance: float) -> str:
    return "fewer than 1 of 1,000 series" if chance < 0.001 else f"about {round(1000 * chance)} of 1,000 series"
