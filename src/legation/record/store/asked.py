"""Events that a question means, one after the other, and where the reports that tell them can be found.

In: an open record and a Question, whose status may also be "unheard". Out: Events, as many at a time as are asked for:
a record of any length is gone through without being held in memory.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from sqlalchemy import Connection, select

from legation.record.event import Event
from legation.record.merging import is_unheard
from legation.record.store.asking import Question, find_events
from legation.record.store.record import Record
from legation.record.store.rows import chunks
from legation.record.store.schema import reports

__all__ = ["Citation", "asked_events", "read_citations"]


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a report can be found: the address and language that its source gives, "" where it gives none."""

    url: str
    language: str


def asked_events(record: Record, question: Question) -> Iterator[Event]:
    """Yield the events that a question means, by day and id; status "unheard": announced and never heard of again.

    With known_by, events and their statuses are those that the reports up to that day tell.
    """
    unheard = question.status == "unheard"
    wanted = "planned" if unheard else question.status
    if unheard or question.known_by:  # what the rows don't tell is judged event by event, and counted then
        found = replace(question, status="" if question.known_by else wanted, limit=0)
    else:
        found = question
    with record.reading() as connection:
        ids = find_events(connection, found)
    horizon = question.known_by or record.horizon()
    told = (
        event
        for event in record.events(ids, known_by=question.known_by or None)
        if (not wanted or event.status == wanted) and (not unheard or is_unheard(event, horizon))
    )
    yield from islice(told, question.limit or None)


def read_citations(connection: Connection, digests: Iterable[str]) -> dict[str, Citation]:
    """Return where reports can be found, by digest."""
    found: dict[str, Citation] = {}
    for some in chunks(set(digests)):
        query = select(reports.c.digest, reports.c.url, reports.c.language).where(reports.c.digest.in_(some))
        found |= {row.digest: Citation(row.url or "", row.language) for row in connection.execute(query)}
    return found
