"""Sources: the outlets of the record with their reliability, A to F, as the analyst sets it; what could not be read."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from legation.record.grading import CREDIBILITY, RELIABILITY
from legation.record.store.graded import grades_of
from legation.record.store.ruling import rule
from legation.record.store.schema import rejected, reports
from legation.views.web.actions import Act, action
from legation.views.web.address import Ask, Filter
from legation.views.web.faults import bad_request
from legation.views.web.listing import Column, Listing
from legation.views.web.room import Page, room

MOST_REJECTED = 100


@dataclass(frozen=True, slots=True)
class Source:
    """An outlet: how many reports of it there are, from when to when, and its reliability, "" where none is set."""

    name: str
    n_reports: int
    first: str | None
    last: str | None
    reliability: str


SOURCE_COLUMNS: tuple[Column[Source], ...] = (
    Column("source", lambda s: s.name),
    Column("reports", lambda s: s.n_reports),
    Column("first", lambda s: s.first),
    Column("last", lambda s: s.last),
    Column("reliability", lambda s: s.reliability or None),
)
REJECTED_COLUMNS: tuple[Column[Any], ...] = (
    Column("origin", lambda r: r.origin_path, "where"),
    Column("reason", lambda r: r.reason),
)


@room(
    "/sources",
    "Sources",
    filters=(
        Filter("q", "Outlet", hint="Part of its name"),
        Filter("reliability", "Reliability", "choice", tuple((k, f"{k} {words}") for k, words in RELIABILITY.items())),
    ),
    nav="Sources",
    key="o",
    place=95,
)
def sources(ask: Ask) -> Page:
    """Outlets with their reports and their reliability, those with most reports first."""
    with ask.desk.reading() as connection:
        counted = ask.desk.remember(connection, "outlets", lambda: _count(connection), by_reports=True)
        graded = grades_of(connection, [f"source {row[0]}" for row in counted])
        refused = connection.execute(select(rejected).order_by(rejected.c.origin_path).limit(MOST_REJECTED)).all()
    own = [Source(*row, graded.get(f"source {row[0]}", "")) for row in counted]
    words, grade = ask.get("q").casefold(), ask.get("reliability")
    own = [s for s in own if words in s.name.casefold() and (not grade or s.reliability == grade)]
    start = int(ask.after) if ask.after.isdigit() else 0
    some = own[start : start + ask.limit]
    onward = str(start + ask.limit) if start + ask.limit < len(own) else ""
    lists = (
        Listing("sources", "Outlets", SOURCE_COLUMNS, some, onward, f"{len(own):,}", "No outlet of this name."),
        Listing("rejected", "Could not be read", REJECTED_COLUMNS, refused, empty="Everything was read."),
    )
    return Page("sources.html", "Sources", lists, values={"scale": RELIABILITY, "credibility": CREDIBILITY})


def _count(connection: Connection) -> list[tuple[str, int, str | None, str | None]]:
    row = reports.c
    query = select(row.source, func.count(), func.min(row.day), func.max(row.day)).group_by(row.source)
    counted = [(r[0], r[1], r[2], r[3]) for r in connection.execute(query)]
    return sorted(counted, key=lambda r: (-r[1], r[0]))


@action("/grades")
def grade(act: Act) -> str:
    """Set the reliability of an outlet, or the credibility of a report."""
    values = {name: act.get(name) for name in ("source", "report", "reliability", "credibility") if act.get(name)}
    if not act.reason:
        raise bad_request("A grade needs its reason; nothing was changed.", "Write a few words, and send it again.")
    with act.desk.record.writing() as connection:
        rule(connection, "grade", [], values=values, author=act.author, reason=act.reason)
    return act.back("/sources")
