"""Silences and returns: contacts that used to happen and stopped, or came back after an unusual gap.

In: the dealings of a pair, what was read, remarks of reports. Out: Silences and Returns. Idea: meetings of one
journey are one encounter; encounters of a pair come at a pace that its own past tells. If they come at random at an
unknown pace, a gap as long as g after n gaps of T days together has the chance (T / (T + g)) ** n (exponential gaps,
the pace integrated out with a flat prior on its logarithm). The same is asked in the time of reporting, where a day
counts as many units as
origins were read of it: where little is read, a silence says little. A gap counts as unusual only if both chances are
small and no earlier gap was as long.

What reports themselves say ("the first visit in five years", "has not … since 2018") stands beside, with its sentence.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from legation.analysis.days import words_of_day, words_of_edtf
from legation.analysis.dealing import Dealing
from legation.analysis.party import Party
from legation.analysis.phrases import counted
from legation.analysis.remarks import Remark
from legation.record.store.surveying import DayRead
from legation.reference.groups import find_group, members_of

__all__ = ["Return", "Silence", "find_returns", "find_silences", "is_about", "is_meant"]

ENCOUNTER = timedelta(days=7)  # contacts that follow so closely are one journey or one meeting with its preparations
CHANCE = 0.05
MIN_GAPS = 3  # fewer tell no pace
LONG = timedelta(days=365)  # a gap of so long is told even where there is no pace
LEVELS = {0: "", 4: " of ministers and above", 5: " of heads of state or government"}


@dataclass(frozen=True, slots=True)
class Silence:
    """Contacts of a pair that used to happen and have stopped.

    basis: "pace" where the record's own encounters tell it, "told" where a report says so.
    level: at which it is counted, a key of LEVELS; 0 for all.
    since: day of the last contact, or EDTF of the time that the report names, "" where it names none.
    until: last day of publication in the record, or the report's day.
    days:  of the gap, 0 where unknown; usual: mean gap before, in days, 0.0 where unknown.
    chance: of a gap so long at the former pace; 1.0 for what is told.
    """

    a: str
    b: str
    basis: Literal["pace", "told"]
    level: int
    since: str
    until: str
    days: int
    usual: float
    chance: float
    words: str
    events: tuple[str, ...]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Return:
    """A contact of a pair after a gap that is unusual for it.

    basis: as in Silence; "long" where there was no contact for a year and more and no pace is known.
    day:   of the contact, or of the report that tells of a return.
    since: day of the contact before, or EDTF of the time that the report names, "" where it names none.
    """

    a: str
    b: str
    basis: Literal["pace", "long", "told"]
    level: int
    day: str
    since: str
    days: int
    usual: float
    chance: float
    words: str
    events: tuple[str, ...]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class _Encounter:
    """Contacts that are one journey: days of the first and the last, the last in words, and their events."""

    first: date
    last: date
    words: str
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Clock:
    """How much had been read by each day."""

    days: tuple[str, ...]
    read: tuple[int, ...]

    def at(self, day: date) -> int:
        """Origins read that were published before this day."""
        return self.read[bisect_left(self.days, day.isoformat())]


def _clock(volume: Sequence[DayRead]) -> _Clock:
    read = [0]
    for day in volume:
        read.append(read[-1] + day.n_origins)
    return _Clock(tuple(day.day for day in volume), tuple(read))


def find_silences(
    a: Party, b: Party, dealings: Sequence[Dealing], volume: Sequence[DayRead], remarks: Sequence[Remark] = ()
) -> list[Silence]:
    """Return the silences of a pair that last to the end of the record by level, then those that reports tell."""
    found = [_silence(a, b, level, dealings, volume) for level in LEVELS]
    told = [_told_silence(a, b, r) for r in remarks if r.kind == "silence" and is_about(r, a, b)]
    return [silence for silence in found if silence] + told


def find_returns(
    a: Party, b: Party, dealings: Sequence[Dealing], volume: Sequence[DayRead], remarks: Sequence[Remark] = ()
) -> list[Return]:
    """Return the contacts of a pair after an unusual gap, by day; those that reports call so stand beside."""
    clock = _clock(volume)
    found = [r for level in LEVELS for r in _returns(a, b, level, _encounters(dealings, level), clock)]
    kept = [r for r in found if not any(_says_the_same(r, other) for other in found if other.level < r.level)]
    told = [_told_return(a, b, r, dealings) for r in remarks if r.kind == "return" and is_about(r, a, b)]
    return sorted((*kept, *told), key=lambda r: (r.day, r.level, r.basis))


def _says_the_same(one: Return, other: Return) -> bool:
    return one.day == other.day and one.since == other.since


# From the pace of encounters -----------------------------------------------------------------------------------------


def _encounters(dealings: Sequence[Dealing], level: int) -> list[_Encounter]:
    """The contacts at a level whose day or month is told, those that follow each other closely as one."""
    found: list[_Encounter] = []
    for dealing in dealings:
        if not _is_contact(dealing, level) or dealing.precision not in ("day", "month"):
            continue
        end = date.fromisoformat(dealing.event.last_day or dealing.day.isoformat())
        month = _plain(dealing.day.isoformat()[:7])
        words = words_of_day(end) if dealing.precision == "day" else month
        if found and dealing.day - found[-1].last <= ENCOUNTER:
            before = found.pop()
            words = words if end > before.last else before.words
            events = (*before.events, dealing.event.id)
            found.append(_Encounter(before.first, max(before.last, end), words, events))
        else:
            found.append(_Encounter(dealing.day, end, words, (dealing.event.id,)))
    return found


def _is_contact(dealing: Dealing, level: int) -> bool:
    return dealing.is_contact and dealing.event.status == "done" and dealing.level >= level


def _silence(a: Party, b: Party, level: int, dealings: Sequence[Dealing], volume: Sequence[DayRead]) -> Silence | None:
    met = _encounters(dealings, level)
    horizon = date.fromisoformat(volume[-1].day)
    if not met or met[-1].last >= horizon:
        return None
    last = met[-1]
    # A contact without a day may have been any time before its report: it may end a silence, and tells no pace.
    undated = max((d.day for d in dealings if _is_contact(d, level) and not d.is_told), default=last.last)
    gap = _judge(met, max(last.last, undated), horizon, _clock(volume))
    if gap is None or not gap.is_unusual:
        return None
    counted = f" from the report of a contact without a day, {words_of_day(undated)}," if undated > last.last else ""
    words = (
        f"No contact{LEVELS[level]} is told since {last.words}, {gap.days} days{counted} to {words_of_day(horizon)}. "
        f"{_pace(met, gap)}"
    )
    return Silence(
        a.name, b.name, "pace", level, last.last.isoformat(), horizon.isoformat(), gap.days, gap.usual, gap.chance,
        words, last.events, (),
    )  # fmt: skip


def _returns(a: Party, b: Party, level: int, met: Sequence[_Encounter], clock: _Clock) -> list[Return]:
    found = []
    for k in range(1, len(met)):
        before, now = met[:k], met[k]
        gap = _judge(before, before[-1].last, now.first, clock)
        if gap and gap.is_unusual:
            found.append(_return(a, b, "pace", level, before[-1], now, gap, _pace(before, gap)))
        elif gap is None and now.first - before[-1].last >= LONG:
            grounds = f"Before that the record tells {counted(k, 'encounter')}: too few to say what is usual."
            unknown = _Gap((now.first - before[-1].last).days, 0.0, 1.0, False)
            found.append(_return(a, b, "long", level, before[-1], now, unknown, grounds))
    return found


def _return(
    a: Party, b: Party, basis: Literal["pace", "long"], level: int, before: _Encounter, now: _Encounter, gap: "_Gap",
    grounds: str,
) -> Return:  # fmt: skip
    words = (
        f"Contact{LEVELS[level]} on {words_of_day(now.first)}, the first that the record tells since {before.words}, "
        f"{gap.days} days before. {grounds}"
    )
    return Return(
        a.name, b.name, basis, level, now.first.isoformat(), before.last.isoformat(), gap.days, gap.usual, gap.chance,
        words, (*before.events, *now.events), (),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Gap:
    days: int
    usual: float
    chance: float
    is_unusual: bool


def _judge(met: Sequence[_Encounter], start: date, end: date, clock: _Clock) -> _Gap | None:
    """Weigh the gap between two days against those between encounters; None where too few tell a pace."""
    pairs = list(pairwise(met))
    if len(pairs) < MIN_GAPS:
        return None
    gaps = [(later.first - earlier.last).days for earlier, later in pairs]
    told = [clock.at(later.first) - clock.at(earlier.last) for earlier, later in pairs]
    days = (end - start).days
    chance = max(_chance(gaps, days), _chance(told, clock.at(end) - clock.at(start)))
    return _Gap(days, sum(gaps) / len(gaps), chance, chance <= CHANCE and days > max(gaps))


def _chance(gaps: Sequence[int], gap: int) -> float:
    """The chance of a gap at least so long, at a pace that the earlier gaps tell; 1 where they tell none."""
    total = sum(gaps)
    return float((total / (total + gap)) ** len(gaps)) if total > 0 and gap > 0 else 1.0


def _pace(met: Sequence[_Encounter], gap: _Gap) -> str:
    return (
        f"Before that there were {len(met)} encounters, {gap.usual:.0f} days apart on average; at that pace a gap of "
        f"{gap.days} days or more has a chance of {gap.chance:.1%}."
    )


# From what reports say -----------------------------------------------------------------------------------------------


def is_about(remark: Remark, a: Party, b: Party) -> bool:
    """Whether a remark concerns both parties."""
    day = remark.quote.published[:10]
    return any(
        _means(one, a, day) and _means(other, b, day)
        for one in remark.parties
        for other in remark.parties
        if one != other
    )


def is_meant(party: Party, remark: Remark) -> bool:
    """Whether a remark concerns a party."""
    return any(_means(name, party, remark.quote.published[:10]) for name in remark.parties)


def _means(name: str, party: Party, day: str) -> bool:
    """Whether a state's code or an organisation's name means a party, or a member of it."""
    if party.group:
        return name in members_of(party.group, day) or find_group(name) == party.group
    return bool(party.code) and name == party.code


def _told_silence(a: Party, b: Party, remark: Remark) -> Silence:
    since = f" since {_plain(remark.when)}" if remark.when else ""
    words = f"{remark.quote.source or 'A report'} tells of no contact{since}: “{remark.what}”."
    day = remark.quote.published[:10]
    return Silence(a.name, b.name, "told", 0, remark.when, day, 0, 0.0, 1.0, words, (), (remark,))


def _told_return(a: Party, b: Party, remark: Remark, dealings: Sequence[Dealing]) -> Return:
    """What a report calls a return, with the event that the same sentence tells."""
    since = f" after a gap since {_plain(remark.when)}" if remark.when else " after a gap"
    words = f"{remark.quote.source or 'A report'} tells of a return{since}: “{remark.what}”."
    told = tuple(
        d.event.id
        for d in dealings
        if any(c.report == remark.quote.report and c.sentence == remark.quote.sentence for c in d.event.claims)
    )
    day = remark.quote.published[:10]
    return Return(a.name, b.name, "told", 0, day, remark.when, 0, 0.0, 1.0, words, told, (remark,))


def _plain(when: str) -> str:
    return words_of_edtf(when).removeprefix("on ").removeprefix("in ")
