"""Events in the days of a calendar: iCalendar (RFC 5545), for Outlook, Thunderbird, Apple and Google calendars.

In: a Source; or, for other views that have days to show, Entries of their own. Out: one file, a VEVENT of whole days
for each event to the day. What is planned is TENTATIVE, what was called off or denied CANCELLED. An event without a day
is left out and counted: a month is no day. Ids don't change, so that a calendar is brought up to date by its next
export.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from legation import __version__
from legation.record import Event
from legation.reference import states
from legation.views.exports.source import Source, Told, days_of, evidence_of, reported_days, title_of
from legation.views.exports.writing import Written, new_file
from legation.views.record_forms import counts

__all__ = ["NO_DAY", "Entry", "calendar_lines", "write_calendar"]

NO_DAY = "without a day: a calendar has no place for months and years"
STATUSES = {"done": "CONFIRMED", "planned": "TENTATIVE", "hypothetical": "TENTATIVE", "off": "CANCELLED"}
LONGEST = 75  # octets of a line, by RFC 5545
Property = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """Something on whole days.

    id:      what makes its UID, the same in every export. stamp: day on which it was last changed.
    status:  CONFIRMED, TENTATIVE or CANCELLED.
    more:    further properties, such as ("X-LEGATION-ORIGINS", "2").
    """

    id: str
    title: str
    first: date
    last: date
    stamp: date
    status: str = "CONFIRMED"
    description: str = ""
    place: str = ""
    url: str = ""
    categories: tuple[str, ...] = ()
    more: tuple[Property, ...] = ()


def write_calendar(source: Source, path: Path) -> Written:
    """Write the events that are told to the day as a calendar."""
    n_events, left_out = 0, Counter[str]()

    def entries() -> Iterator[Entry]:
        nonlocal n_events
        for told in source:
            entry = _entry(told)
            if entry is None:
                left_out[NO_DAY] += 1
                continue
            n_events += 1
            yield entry

    with new_file(path) as stream:
        stream.writelines(calendar_lines("Events", entries()))
    return Written(n_events, left_out)


def _entry(told: Told) -> Entry | None:
    event = told.event
    first, last = days_of(event)
    if first is None or last is None:
        return None
    _, stamp = reported_days(event)
    state = next((state.name for state in states() if state.code == event.place_country), "")
    place = event.place.value if event.place else ""
    return Entry(
        id=event.id,
        title=title_of(event),
        first=first,
        last=last,
        stamp=date.fromisoformat(stamp) if stamp else first,
        status=STATUSES.get(event.status, "CANCELLED"),
        description=_description(event),
        place=", ".join(dict.fromkeys(filter(None, (place, state)))),
        url=next((url for c in event.claims if (url := told.citation(c).url)), ""),
        categories=tuple(filter(None, (event.type, event.mode, event.status, "disputed" if event.conflicts else ""))),
        more=(("X-LEGATION-ORIGINS", str(event.n_origins)), ("X-LEGATION-REPORTS", str(event.n_reports))),
    )


def _description(event: Event) -> str:
    """Support, conflicts, and every sentence with its outlet, day, report and place."""
    lines = [f"{event.status}: {counts(event.n_origins, event.n_reports)}"]
    lines += [f"Conflict: {conflict.words}" for conflict in event.conflicts]
    for c in evidence_of(event):
        start, end = c.claim.sentence
        lines.append(f"{c.source}, {c.published or 'undated'} ({c.report}, {c.claim.part} {start}-{end}): {c.sentence}")
    return "\n".join(lines)


# RFC 5545 ----------------------------------------------------------------------------------------------------


def calendar_lines(name: str, entries: Iterable[Entry]) -> Iterator[str]:
    """Yield the lines of a calendar, folded, each with its end."""
    head = (
        ("BEGIN", "VCALENDAR"), ("VERSION", "2.0"), ("PRODID", f"-//legation//legation {__version__}//EN"),
        ("CALSCALE", "GREGORIAN"), ("X-WR-CALNAME", _text(name)),
    )  # fmt: skip
    for property_ in head:
        yield _line(*property_)
    for entry in entries:
        for property_ in _properties(entry):
            yield _line(*property_)
    yield _line("END", "VCALENDAR")


def _properties(entry: Entry) -> Iterator[Property]:
    yield "BEGIN", "VEVENT"
    yield "UID", f"{entry.id}@legation"
    yield "DTSTAMP", f"{entry.stamp:%Y%m%d}T000000Z"
    yield "DTSTART;VALUE=DATE", f"{entry.first:%Y%m%d}"
    yield "DTEND;VALUE=DATE", f"{entry.last + timedelta(days=1):%Y%m%d}"  # the first day after it
    yield "SUMMARY", _text(entry.title)
    yield "STATUS", entry.status
    yield "TRANSP", "TRANSPARENT"
    for name, value in (("DESCRIPTION", entry.description), ("LOCATION", entry.place)):
        if value:
            yield name, _text(value)
    if entry.categories:
        yield "CATEGORIES", ",".join(_text(category) for category in entry.categories)
    if entry.url:
        yield "URL", "".join(entry.url.split())
    yield from ((name, _text(value)) for name, value in entry.more)
    yield "END", "VEVENT"


def _text(value: str) -> str:
    kept = "".join(sign for sign in value if sign == "\n" or sign >= " ")
    return kept.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _line(name: str, value: str) -> str:
    """A property as lines of at most 75 octets, no sign cut in two."""
    lines, size = [""], 0
    for sign in f"{name}:{value}":
        octets = len(sign.encode())
        if size + octets > LONGEST:
            lines.append(" ")
            size = 1
        lines[-1] += sign
        size += octets
    return "\r\n".join(lines) + "\r\n"
