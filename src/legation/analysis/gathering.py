"""Takes from a record what the findings need: parties, the dealings of a pair, how much was read.

In: an open Record and names. Out: values for the pure functions of this package. Nothing else here asks the record.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from sqlalchemy import Connection

from legation.analysis.calendar import Entry, build_calendar
from legation.analysis.countermoves import (
    WITHIN,
    CounterMoves,
    Rival,
    find_rivals,
    mark_beyond_chance,
    weigh_rival,
)
from legation.analysis.dealing import Dealing, dealings_of, group_by_pair
from legation.analysis.party import Party, read_pair, read_party, takes_part
from legation.analysis.remarks import GIVEAWAYS, Remark, read_remarks
from legation.analysis.silences import Return, Silence, find_returns, find_silences, is_meant
from legation.errors import LegationError
from legation.record.store import Record, load_events
from legation.record.store.asking import Question, find_actors, find_events
from legation.record.store.surveying import DayRead, read_volume, reports_holding
from legation.reference.groups import groups

__all__ = [
    "Survey",
    "find_pair",
    "find_party",
    "load_calendar",
    "load_dealings",
    "load_gaps",
    "load_remarks",
    "load_survey",
]


@dataclass(frozen=True, slots=True)
class Survey:
    """What was read: how much of each day, and the last day of publication."""

    volume: tuple[DayRead, ...]
    horizon: str


def load_survey(record: Record, *, known_by: str | None = None) -> Survey:
    """Return how much was read; LegationError where no report has a day."""
    with record.reading() as connection:
        volume = tuple(read_volume(connection, known_by=known_by))
    if not volume:
        raise LegationError(
            f"{record.address}: no report with a day of publication: nothing can be said over time. "
            "Read reports that state their day, or give one with `legation read --date`."
        )
    return Survey(volume, volume[-1].day)


def find_party(record: Record, name: str) -> Party:
    """Return the party that a name means in this record."""
    with record.reading() as connection:
        return read_party(name, lambda words: find_actors(connection, words))


def find_pair(record: Record, words: str) -> tuple[Party, Party]:
    """Return the pair that the words mean in this record, e.g. "CHN-PRK"."""
    with record.reading() as connection:
        return read_pair(words, lambda name: find_actors(connection, name))


def load_dealings(record: Record, a: Party, b: Party, *, known_by: str | None = None) -> list[Dealing]:
    """Return all dealings between two parties; known_by: as reports up to that day, YYYY-MM-DD, told them."""
    with record.reading() as connection:
        ids = sorted(_events_of(connection, a, b))
    return dealings_of(record.events(ids, known_by=known_by), a, b)


def _events_of(connection: Connection, a: Party, b: Party) -> set[str]:
    """Events in which names of both parties take part, and visits in a country of theirs by the other."""
    found: set[str] = set()
    for one, other in product(_names(a), _names(b)):
        found |= set(find_events(connection, Question(actors=(one, other))))
    for host, guest in ((a, b), (b, a)):
        for place, traveller in product(_codes(host), _names(guest)):
            found |= set(find_events(connection, Question(actors=(traveller,), place=place, mode="visit")))
    return found


def _names(party: Party) -> Sequence[str]:
    """Names by which the record finds all who stand for a party."""
    if party.group:
        return (party.group, *_codes(party))
    return (party.code,) if party.code else sorted(party.actors)


def _codes(party: Party) -> Iterable[str]:
    """The states of a party, at any time."""
    if party.group:
        return sorted({one.code for one in groups()[party.group]})
    return (party.code,) if party.code else ()


def load_remarks(record: Record, *, known_by: str | None = None) -> list[Remark]:
    """Return what the reports of the record say beside acts."""
    with record.reading() as connection:
        return read_remarks(reports_holding(connection, GIVEAWAYS, known_by=known_by))


def load_gaps(
    record: Record, pairs: Sequence[str] = (), *, since: str = "", known_by: str | None = None
) -> list[Silence | Return]:
    """Return the silences and returns of these pairs, or of every two states, by pair and day.

    since: YYYY-MM-DD; returns, and what reports say, only from this day on.
    """
    volume = load_survey(record, known_by=known_by).volume
    remarks = load_remarks(record, known_by=known_by)
    found: list[Silence | Return] = []
    for a, b, dealings in _ties(record, pairs, known_by):
        found += find_silences(a, b, dealings, volume, remarks)
        found += find_returns(a, b, dealings, volume, remarks)
    return [gap for gap in found if (gap.until if isinstance(gap, Silence) else gap.day) >= since]


def load_calendar(
    record: Record, actors: Sequence[str] = (), *, since: str = "", until: str = "", known_by: str | None = None
) -> list[Entry]:
    """Return the calendar of a record, or of what concerns all of these actors, between two days, YYYY-MM-DD.

    Entries without a day come last, and only where no day is asked for.
    """
    parties = [find_party(record, name) for name in actors]
    events = [e for e in load_events(record, known_by=known_by) if all(takes_part(party, e) for party in parties)]
    remarks = [r for r in load_remarks(record, known_by=known_by) if all(is_meant(party, r) for party in parties)]
    found = build_calendar(events, remarks, load_survey(record, known_by=known_by).horizon)
    if not (since or until):
        return found
    return [entry for entry in found if entry.first and entry.last >= since and entry.first <= (until or "9999")]


def load_countermoves(
    record: Record, a: Party, b: Party, rivals: Sequence[str] = (), *, within: int = WITHIN, known_by: str | None = None
) -> list[CounterMoves]:
    """Return what rivals did soon after events of a pair, what stands out first.

    rivals: pairs by name; by default those whom the record shows as rivals and that have a coincidence to tell.
    """
    volume = load_survey(record, known_by=known_by).volume
    ours = load_dealings(record, a, b, known_by=known_by)
    name = f"{a.name}-{b.name}"
    theirs: list[tuple[str, Sequence[Dealing], Rival | None]]
    if rivals:
        pairs = [find_pair(record, words) for words in rivals]
        theirs = [(f"{c.name}-{d.name}", load_dealings(record, c, d, known_by=known_by), None) for c, d in pairs]
    else:
        events = list(load_events(record, known_by=known_by))
        every = group_by_pair(events)
        theirs = [("-".join(r.pair), every[r.pair], r) for r in find_rivals(events, every, a, b)]
    weighed = [
        weigh_rival(ours, own, volume, names=(name, other), within=within, rival=rival) for other, own, rival in theirs
    ]
    return [one for one in mark_beyond_chance(weighed) if rivals or one.coincidences]


def _ties(
    record: Record, pairs: Sequence[str], known_by: str | None
) -> Iterator[tuple[Party, Party, Sequence[Dealing]]]:
    if not pairs:
        for (one, other), dealings in group_by_pair(load_events(record, known_by=known_by)).items():
            yield Party(one, code=one), Party(other, code=other), dealings
    for words in pairs:
        a, b = find_pair(record, words)
        yield a, b, load_dealings(record, a, b, known_by=known_by)
