"""States of a record, read for comparing: its events in outline, its decisions in force, the reports that it holds.

In: an open record, and a day up to which reports count. Out: a State, and changes narrowed to those of some events.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from legation.record.store import Record
from legation.record.store.asking import Question, find_events
from legation.record.store.decided import in_force, log
from legation.record.store.rows import chunks
from legation.record.store.schema import reports
from legation.views.exports.difference import Change, State, outline_of

__all__ = ["narrowed", "state_of"]


def state_of(record: Record, known_by: str = "") -> State:
    """Return the state of a record, as it is or as the reports up to a day told it; rulings count whenever made."""

    def has_reports(digests: Iterable[str]) -> set[str]:
        found: set[str] = set()
        with record.reading() as connection:
            for some in chunks(digests):
                query = select(reports.c.digest).where(reports.c.digest.in_(some))
                if known_by:
                    query = query.where(reports.c.day <= known_by)
                found |= set(connection.scalars(query))
        return found

    with record.reading() as connection:
        decisions = in_force(log(connection))
    return State((outline_of(event) for event in record.events(known_by=known_by or None)), decisions, has_reports)


def narrowed(changes: Sequence[Change], before: Record, after: Record, question: Question) -> list[Change]:
    """Return the changes of which an event is meant by the question, before or after."""
    meant: list[set[str]] = []
    for record in (before, after):
        with record.reading() as connection:
            meant.append(set(find_events(connection, question)))
    return [
        change
        for change in changes
        if any(o.id in meant[0] for o in change.before) or any(o.id in meant[1] for o in change.after)
    ]
