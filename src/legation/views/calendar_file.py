"""The calendar as iCalendar, which calendar programs open and subscribe to.

In: entries of the analysis that have a day. Out: the lines of a file, the same for the same entries. Each entry
covers the days that its words name, a month or a year too, and takes up no time. Called off and denied plans are
CANCELLED, other plans that were not held TENTATIVE. The description holds what is known and the sentences that say
it.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from legation.analysis.calendar import Entry
from legation.analysis.party import name_of_state
from legation.views.exports import calendar

__all__ = ["calendar_file_lines"]

STATUSES = {
    "postponed": "CANCELLED", "cancelled": "CANCELLED", "denied": "CANCELLED", "awaited": "TENTATIVE",
    "overdue": "TENTATIVE", "unheard": "TENTATIVE", "undated": "TENTATIVE",
}  # fmt: skip


def calendar_file_lines(entries: Iterable[Entry]) -> Iterator[str]:
    """Yield the lines of an iCalendar file with these entries; each must have a day."""
    return calendar.calendar_lines("Calendar", map(_whole_days, entries))


def _whole_days(entry: Entry) -> calendar.Entry:
    first = date.fromisoformat(entry.first)
    told = [quote.published[:10] for quote in entry.quotes if quote.published]
    return calendar.Entry(
        id=entry.id,
        title=entry.title,
        first=first,
        last=date.fromisoformat(entry.last),
        stamp=date.fromisoformat(max(told)) if told else first,
        status=STATUSES.get(entry.outcome, "CONFIRMED"),
        description=_description(entry),
        place=entry.place or (name_of_state(entry.host) if entry.host else ""),
        categories=tuple(filter(None, (entry.kind, entry.outcome))),
    )


def _description(entry: Entry) -> str:
    quotes = [
        f"{q.source or q.report}, {q.published[:10] or 'undated'} ({q.report}): {q.sentence}" for q in entry.quotes
    ]
    return "\n".join((entry.words, *quotes))
