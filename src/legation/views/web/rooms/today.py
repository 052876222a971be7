"""Today: what is new, what is disputed, what is coming, what was announced and never came."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import Connection, func, select

from legation.record.event import Event
from legation.record.merging import HELD_BACK
from legation.record.store.browsing import Month, Survey, View, survey
from legation.record.store.schema import rejected, reports
from legation.views.web.address import KNOWN_BY, Ask
from legation.views.web.desk import Desk
from legation.views.web.room import Page, room
from legation.views.web.rooms.events import events_listing, said

AHEAD = timedelta(days=180)
SHOWN = timedelta(days=3 * 365)
FEW = 10


@room("/today", "Today", filters=(KNOWN_BY,), nav="Today", key="t", place=10)
def today(ask: Ask) -> Page:
    """The newest events, open conflicts, what is planned and coming, overdue plans, visits under way."""
    desk = ask.desk
    with desk.reading() as connection:
        day = ask.known_by or desk.horizon(connection)
        n_reports = desk.remember(connection, "n reports", lambda: _count_reports(connection))
        values = {
            "day": day,
            "facts": [] if ask.known_by else _facts(connection, said(_whole(desk, connection)), n_reports),
            "months": _months(connection, day) if day and not ask.known_by else [],
        }
        found = _read(desk, connection, _views(day, ask.known_by)) if day else {}
    lists = tuple(
        events_listing(found.get(name, ()), name=name, title=title, empty=empty) for name, title, empty in LISTS
    )
    return Page("today.html", "Today", lists, values=values)


LISTS = (
    ("newest", "Newest", "No events yet: read some reports."),
    ("conflicts", "Open conflicts", "Nothing is disputed."),
    ("coming", "Planned and coming", "Nothing is announced."),
    ("overdue", "Overdue: announced, and never heard of again", "Nothing is overdue."),
    ("under_way", "Visits under way", "Nobody is known to be away."),
)


def _whole(desk: Desk, connection: Connection) -> Survey:
    return desk.remember(connection, "survey", lambda: survey(connection, View()))


def _months(connection: Connection, day: str) -> Sequence[Month]:
    """Events by month, of the last years."""
    first = date.fromisoformat(day) - SHOWN
    until = date.fromisoformat(day) + AHEAD
    return survey(connection, View(since=first.isoformat(), until=until.isoformat())).months


def _views(day: str, known_by: str) -> dict[str, View]:
    at = date.fromisoformat(day)

    def shifted(by: timedelta) -> str:
        return (at + by).isoformat()

    return {
        "newest": View(until=day, known_by=known_by),
        "conflicts": View(until=day, known_by=known_by, conflict="any"),
        "coming": View(
            since=shifted(timedelta(1)), until=shifted(AHEAD), status="planned", known_by=known_by, oldest_first=True
        ),
        "overdue": View(until=shifted(-HELD_BACK - timedelta(1)), status="planned", known_by=known_by),
        "under_way": View(since=day, until=day, mode="visit", known_by=known_by),
    }


def _read(desk: Desk, connection: Connection, views: dict[str, View]) -> dict[str, Sequence[Event]]:
    """The first events of each view."""
    found = desk.several(connection, {name: (view, FEW, "") for name, view in views.items()})
    return {name: events.rows[:FEW] for name, events in found.items()}


def _facts(connection: Connection, events: str, n_reports: int) -> list[tuple[str, str]]:
    n_rejected = connection.scalar(select(func.count()).select_from(rejected)) or 0
    return [("events", events), ("reports", f"{n_reports:,}"), ("sources rejected", f"{n_rejected:,}")]


def _count_reports(connection: Connection) -> int:
    return connection.scalar(select(func.count()).select_from(reports)) or 0
