"""Event data in rows: the pairs of states that an event is between, and what such tables have in common.

In: a Source and a function that makes rows of an event. Out: one file of tabs with a header. Tables of event data have
no status: what did not happen is left out and counted, since a row would read as done.
"""

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations, permutations, product
from pathlib import Path

from legation.record import Event, EventParticipant
from legation.reference.tables import GROUP_CODES
from legation.views.exports.source import Source, Told, sides_of
from legation.views.exports.writing import Written, new_file

__all__ = [
    "HAPPENED",
    "NOT_HAPPENED",
    "OUR_COLUMNS",
    "Pair",
    "Row",
    "is_mutual",
    "our_columns",
    "pairs_of",
    "write_rows",
]

HAPPENED = ("done", "planned")
NOT_HAPPENED = "called off, denied or hypothetical, for which the format has no place"
Pair = tuple[EventParticipant | None, EventParticipant | None]
Row = dict[str, object]
MUTUAL_TYPES = frozenset({"AGREE", "CONSULT", "COOPERATE"})
MUTUAL_MODES = frozenset({"joint", "sign"})
OUR_COLUMNS = (
    "EventID", "EventStatus", "EventWhen", "NumOrigins", "Outlets", "ReportIDs", "SentenceSpans", "Conflicts",
)  # fmt: skip


def _leaders(people: Sequence[EventParticipant]) -> list[EventParticipant]:
    """One participant for each state (or for each actor without a state): the one of the highest level."""
    groups: dict[str, list[EventParticipant]] = {}
    for person in people:
        is_of_state = person.country is not None and person.country not in GROUP_CODES
        groups.setdefault(str(person.country) if is_of_state else person.actor, []).append(person)
    return [max(group, key=lambda person: person.level) for group in groups.values()]


def is_mutual(event: Event) -> bool:
    """Whether those who act do it with each other: they meet, agree, sign, cooperate, state jointly."""
    return event.type in MUTUAL_TYPES or event.mode in MUTUAL_MODES or any(p.role == "side" for p in event.participants)


def pairs_of(event: Event, *, both_ways: bool) -> list[Pair]:
    """Return the pairs of states that an event is between; of a mutual act in both directions, or in one."""
    ours, theirs = (_leaders(side) for side in sides_of(event))
    if len(ours) > 1 and not theirs and is_mutual(event):
        return list(permutations(ours, 2) if both_ways else combinations(ours, 2))
    nobody: list[EventParticipant | None] = [None]
    return list(product(ours or nobody, theirs or nobody))


def our_columns(told: Told) -> Row:
    """Return what stands after the columns of others: what the row rests on."""
    event = told.event
    return {
        "EventID": event.id,
        "EventStatus": event.status,
        "EventWhen": event.when.value if event.when else "",
        "NumOrigins": event.n_origins,
        "Outlets": "; ".join(dict.fromkeys(c.source for c in event.claims)),
        "ReportIDs": "; ".join(c.report for c in told.reports()),
        "SentenceSpans": "; ".join(
            f"{c.report}:{c.claim.part}:{c.claim.sentence[0]}-{c.claim.sentence[1]}" for c in event.claims
        ),
        "Conflicts": "; ".join(conflict.words for conflict in event.conflicts),
    }


def write_rows(
    source: Source, path: Path, columns: Sequence[str], rows_of: Callable[[Told], Iterable[Row] | str]
) -> Written:
    """Write the rows that `rows_of` makes of each event; where it gives a reason instead, the event is left out."""
    n_events, left_out = 0, Counter[str]()
    with new_file(path) as stream:
        writer = csv.DictWriter(stream, columns, restval="", delimiter="\t", lineterminator="\n")
        writer.writeheader()
        for told in source:
            rows = rows_of(told)
            if isinstance(rows, str):
                left_out[rows] += 1
                continue
            n_events += 1
            writer.writerows(rows)
    return Written(n_events, left_out)
