"""Counter-moves: what a rival pair did soon after an event of this one. A coincidence in time, never a cause.

In: the dealings of two pairs, and how much was read of each day. Out: which events of the rival came soon after which
of this pair, and whether that is more often than chance. Idea: a permutation test. The gaps between the rival's days
are put in chance order and begin at a chance place on the circle of all that was read, and the days are counted
again: how much they bunch stays as it is, only the tie between the two series is cut (as intervals are shuffled to
test whether two nerve
cells fire together: Grün 2009). Time runs in origins read, not in days, so that both series being busy when much is
printed is no coincidence. Of several rivals tested at once those stand out that do by Benjamini and Hochberg (1995).

Rivals are pairs of other states both of which and this pair acted against each other, or whose doings a report tells
with a view to this pair.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from legation.analysis.dealing import Dealing
from legation.analysis.naming import find_acting
from legation.analysis.party import Party, takes_part
from legation.analysis.phrases import counted
from legation.analysis.quotes import Quote, quote_of
from legation.record import Event
from legation.record.store.surveying import DayRead
from legation.reference.groups import members_of

__all__ = ["WITHIN", "Coincidence", "CounterMoves", "Rival", "find_rivals", "mark_beyond_chance", "weigh_rival"]

WITHIN = 14  # days after an event in which another is called soon
MIN_DAYS = 4  # of each pair: fewer days with events make no pattern
SHUFFLES = 1999
FALSE_FINDS = 0.05  # share of false finds among those that stand out
Pair = tuple[str, str]
Verdict = Literal["more often than chance", "no more often than chance", "too few to test"]


@dataclass(frozen=True, slots=True)
class Rival:
    """A pair of states with the sentence that makes it a rival: why says whether it acts or is told with a view."""

    pair: Pair
    why: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Coincidence:
    """An event of the rival, and the last one of this pair before it. is_told: the days of both are told."""

    ours: str
    theirs: str
    days: int
    is_told: bool


@dataclass(frozen=True, slots=True)
class CounterMoves:
    """What a rival pair did soon after events of this one.

    found:    of `total` days with events of the rival, so many came within `within` days after one of this pair.
    expected: so many do by chance; chance: of at least as many; both None where too few days are told to test.
    """

    ours: str
    theirs: str
    within: int
    verdict: Verdict
    found: int
    total: int
    expected: float | None
    chance: float | None
    words: str
    coincidences: tuple[Coincidence, ...]
    rival: Rival | None


def find_rivals(events: Sequence[Event], pairs: Mapping[Pair, Sequence[Dealing]], a: Party, b: Party) -> list[Rival]:
    """Return the rivals of a pair among all pairs of states, by pair.

    events: of the record. pairs: dealings of every two states, by their codes.
    """
    home = _codes(a) | _codes(b)
    against: dict[str, Quote] = {}
    for event in events:
        if event.status == "done" and event.type in HOSTILE and (takes_part(a, event) or takes_part(b, event)):
            for code in _hostile_sides(event, home):
                against.setdefault(code, quote_of(event.claims[0]))
    found = []
    for pair, dealings in pairs.items():
        if home & set(pair):
            continue
        if seen := _told_with_a_view(dealings, home):
            found.append(Rival(pair, f"a report tells what {pair[0]} and {pair[1]} did with a view to this pair", seen))
        elif all(code in against for code in pair):
            found.append(Rival(pair, "both acted against a party of this pair, or it against them", against[pair[0]]))
    return found


HOSTILE = frozenset({"ACCUSE", "SANCTION", "THREATEN", "REJECT", "COERCE", "ASSAULT"})


def _codes(party: Party) -> frozenset[str]:
    if party.group:
        return members_of(party.group, date.max.isoformat())
    return frozenset({party.code} if party.code else ())


def _hostile_sides(event: Event, home: frozenset[str]) -> set[str]:
    """The states opposite a party of this pair in a hostile act."""
    acting = {p.country for p in event.participants if p.role == "actor" and p.country}
    facing = {p.country for p in event.participants if p.role == "recipient" and p.country}
    return (facing if acting & home else set()) | (acting if facing & home else set()) - home


def _told_with_a_view(dealings: Sequence[Dealing], home: frozenset[str]) -> Quote | None:
    """A sentence that tells what the other two did and names a party of this pair, who takes no part."""
    for dealing in dealings:
        if home & {p.country for p in dealing.event.participants}:
            continue
        for told in dealing.event.claims:
            if home & {found.entry.code for found in find_acting(told.sentence)}:
                return quote_of(told)
    return None


def weigh_rival(
    ours: Sequence[Dealing],
    theirs: Sequence[Dealing],
    volume: Sequence[DayRead],
    *,
    names: tuple[str, str],
    within: int = WITHIN,
    rival: Rival | None = None,
) -> CounterMoves:
    """Return how often the rival acted soon after this pair, against chance.

    names: of the two pairs, as they are shown. within: days. Only what was done counts.
    """
    a, b = _done(ours), _done(theirs)
    together = tuple(_coincidences(a, b, within))
    days_a, days_b = _told_days(a, volume), _told_days(b, volume)
    found = _hits(np.array(days_a), np.array(days_b), within)
    if min(len(days_a), len(days_b)) < MIN_DAYS:
        words = _few(names, within, together, min(len(days_a), len(days_b)))
        return CounterMoves(*names, within, "too few to test", found, len(days_b), None, None, words, together, rival)
    made = _shuffled(days_a, days_b, volume, within)
    chance = float((1 + (made >= found).sum()) / (1 + SHUFFLES))
    expected = float(made.mean())
    words = (
        f"Of {len(days_b)} days with events of {names[1]}, {found} came on the day of an event of {names[0]} or within "
        f"{within} days after it; by chance {expected:.1f} would, and so many with a probability of {chance:.3f}. "
        f"{COINCIDENCE}"
    )
    return CounterMoves(
        *names, within, "no more often than chance", found, len(days_b), expected, chance, words, together, rival
    )


COINCIDENCE = "This is a coincidence in time; it says nothing of cause."


def _few(names: tuple[str, str], within: int, together: Sequence[Coincidence], days: int) -> str:
    return (
        f"{counted(len(together), 'event')} of {names[1]} came on the day of an event of {names[0]} or within "
        f"{within} days after it; with {counted(days, 'day')} on which one of the pairs is told to have acted, too few "
        f"to compare with chance. {COINCIDENCE}"
    )


def mark_beyond_chance(weighed: Sequence[CounterMoves]) -> list[CounterMoves]:
    """Return the findings with those marked that stand out among all that were tested, these first."""
    tested = sorted((one.chance, k) for k, one in enumerate(weighed) if one.chance is not None)
    passed = [rank for rank, (p, _) in enumerate(tested, 1) if p <= FALSE_FINDS * rank / len(tested)]
    beyond = {k for _, k in tested[: max(passed, default=0)]}
    marked = [replace(one, verdict="more often than chance") if k in beyond else one for k, one in enumerate(weighed)]
    return sorted(marked, key=lambda one: (one.chance is None, one.chance or 0, -len(one.coincidences), one.theirs))


def _done(dealings: Sequence[Dealing]) -> list[Dealing]:
    return [d for d in dealings if d.event.status == "done" and d.precision in ("day", "report")]


def _coincidences(ours: Sequence[Dealing], theirs: Sequence[Dealing], within: int) -> list[Coincidence]:
    """Each event of the rival with the nearest event of this pair before it or on its day, if that is near."""
    found = []
    for other in theirs:
        before = [d for d in ours if 0 <= (other.day - d.day).days <= within and d.event.id != other.event.id]
        if before:
            last = max(before, key=lambda d: (d.day, d.is_told, d.event.id))
            days = (other.day - last.day).days
            found.append(Coincidence(last.event.id, other.event.id, days, last.is_told and other.is_told))
    return found


# Chance --------------------------------------------------------------------------------------------------------------

Days = NDArray[np.int64]


def _told_days(dealings: Sequence[Dealing], volume: Sequence[DayRead]) -> list[int]:
    """The days that are told and lie in the time that was read, as ordinals, each once."""
    first, last = (date.fromisoformat(volume[k].day) for k in (0, -1))
    return sorted({d.day.toordinal() for d in dealings if d.is_told and first <= d.day <= last})


def _hits(ours: Days, theirs: Days, within: int) -> int:
    """How many of their days come on one of ours or within so many days after it."""
    if not len(ours) or not len(theirs):
        return 0
    before = np.searchsorted(ours, theirs, side="right") - 1
    gaps = theirs - ours[np.maximum(before, 0)]
    return int(((before >= 0) & (gaps <= within)).sum())


def _shuffled(ours: Sequence[int], theirs: Sequence[int], volume: Sequence[DayRead], within: int) -> Days:
    """The hits of the rival's days after each of many shuffles of their gaps around the circle of all that was read."""
    days = np.array([date.fromisoformat(day.day).toordinal() for day in volume])
    read = np.concatenate([[0.0], np.cumsum([day.n_origins for day in volume], dtype=np.float64)])
    total = float(read[-1])
    own = np.array([_clock(day, days.tolist(), read) for day in theirs])
    gaps = np.diff(own, append=own[0] + total)
    random = np.random.Generator(np.random.PCG64(19920401))
    fixed = np.array(ours)
    made = np.empty(SHUFFLES, dtype=np.int64)
    for k in range(SHUFFLES):
        places = (random.uniform(0, total) + np.cumsum(random.permutation(gaps))) % total
        moved = days[np.minimum(np.searchsorted(read[1:], places, side="right"), len(days) - 1)]
        made[k] = _hits(fixed, np.sort(moved), within)
    return made


def _clock(day: int, days: Sequence[int], read: NDArray[np.float64]) -> float:
    """The time of a day in origins read: the middle of what was read of it; between days, what was read before."""
    k = bisect_left(days, day)
    return float((read[k] + read[k + 1]) / 2) if k < len(days) and days[k] == day else float(read[k])
