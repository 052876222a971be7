"""The reader: reports as received, with what was read in them marked; copies beside them; missed events added."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, and_, or_, select

from legation.language.claim import Claim
from legation.record.grading import CREDIBILITY
from legation.record.store.graded import grades_of
from legation.record.store.rows import fold_text
from legation.record.store.schema import claims, reports, tellings
from legation.record.store.writing import stored_claims
from legation.sources.report import Report
from legation.views.web.address import Ask, Filter
from legation.views.web.faults import bad_request, not_found
from legation.views.web.listing import Column, Listing
from legation.views.web.marks import Mark, Piece, marks_of_claim, pieces_of
from legation.views.web.room import Page, room
from legation.views.web.rooms.events import STATUSES, TYPES

MOST_SIGNS = 60_000  # of a text shown at once: what is longer is cut, and said to be

REPORT_COLUMNS: tuple[Column[Any], ...] = (
    Column("digest", lambda r: r.digest),
    Column("id", lambda r: r.id),
    Column("published", lambda r: r.published),
    Column("source", lambda r: r.source),
    Column("title", lambda r: r.title),
    Column("url", lambda r: r.url),
    Column("language", lambda r: r.language),
    Column("origin", lambda r: r.origin),
)


@room(
    "/reports",
    "Reports",
    filters=(
        Filter("source", "Outlet", hint="Name of the outlet, as it stands in the reports"),
        Filter("since", "From", "day", hint="First day of publication"),
        Filter("until", "To", "day", hint="Last day of publication"),
    ),
    nav="Reader",
    key="r",
    place=80,
)
def list_reports(ask: Ask) -> Page:
    """Reports as received, the last published first."""
    row = reports.c
    query = select(
        row.n, row.digest, row.id, row.published, row.day, row.source, row.title, row.url, row.language, row.origin
    )
    if ask.get("source"):
        query = query.where(row.source == ask.get("source"))
    if ask.get("since"):
        query = query.where(row.day >= ask.get("since"))
    if ask.get("until"):
        query = query.where(row.day <= ask.get("until"))
    with ask.desk.reading() as connection:
        rows = _page(connection, query, *_place(ask.after), ask.limit + 1)
    more = len(rows) > ask.limit
    rows = rows[: ask.limit]
    onward = f"{rows[-1].day or ''}.{rows[-1].n}" if more else ""
    return Page("reports.html", "Reader", (Listing("reports", "Reports", REPORT_COLUMNS, rows, onward),))


def _page(connection: Connection, query: Select[Any], day: str | None, n: int, limit: int) -> list[Any]:
    """The next reports: those with a day first, the latest first; then those without one. day None: from the start."""
    row, found = reports.c, []
    if day != "":
        dated = query.where(row.day.is_not(None))
        if day:
            dated = dated.where(or_(row.day < day, and_(row.day == day, row.n < n)))
        found = list(connection.execute(dated.order_by(row.day.desc(), row.n.desc()).limit(limit)))
    if len(found) < limit:
        undated = query.where(row.day.is_(None))
        undated = undated.where(row.n < n) if day == "" else undated
        found += connection.execute(undated.order_by(row.n.desc()).limit(limit - len(found)))
    return found


def _place(after: str) -> tuple[str | None, int]:
    if not after:
        return None, 0
    day, _, n = after.partition(".")
    if not n.isdigit() or len(n) > 18:
        raise bad_request(f"after: expected a place that a page before gave, found “{after[:40]}”.")
    return day, int(n)


# One report --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Read:
    """A claim of a report with the event that it tells, "" where it was rejected."""

    claim: Claim
    event: str
    words: str


READ_COLUMNS: tuple[Column[Read], ...] = (
    Column("id", lambda r: r.claim.id),
    Column("event", lambda r: r.event or None),
    Column("part", lambda r: r.claim.part),
    Column("type", lambda r: r.claim.type),
    Column("mode", lambda r: r.claim.mode),
    Column("status", lambda r: r.claim.status),
    Column("actors", lambda r: [p.name for p in r.claim.actors]),
    Column("recipients", lambda r: [p.name for p in r.claim.recipients]),
    Column("when", lambda r: r.claim.when and r.claim.when.value),
    Column("place", lambda r: r.claim.place and r.claim.place.name),
    Column("said_by", lambda r: r.claim.said_by and r.claim.said_by.name),
    Column("score", lambda r: round(r.claim.score, 4)),
    Column("words", lambda r: r.words),
)


@room("/reports/{digest}", "Report", filters=(Filter("q", "Words", hint="Words to be marked", hidden=True),))
def report(ask: Ask) -> Page:
    """A report as received, with claims, names and dates marked; copies of the same origin beside it."""
    with ask.desk.reading() as connection:
        digest = _digest(connection, ask.path["digest"])
        ((found, own),) = stored_claims(connection, [digest])
        events = _events(connection, own)
        beside = connection.execute(_copies(digest)).all()
        row = connection.execute(select(reports.c.impossible, reports.c.origin).where(reports.c.digest == digest)).one()
        rejected = ask.desk.standing(connection).rejected
        graded = grades_of(connection, [f"source {found.source}", f"report {digest}"])
    read = [
        Read(claim, "" if claim.id in rejected else events.get(claim.id, ""), _words(found, claim))
        for claim in sorted(own, key=lambda c: (c.part != "title", c.sentence, c.trigger, c.id))
    ]
    lists = (
        Listing("claims", "What was read in it", READ_COLUMNS, read, empty="Nothing was read in it."),
        Listing("copies", "Copies of the same origin", REPORT_COLUMNS, beside, empty="No copy is in the record."),
    )
    values = {
        "report": found,
        "title_pieces": _marked(found.title, [c for c in own if c.part == "title"], ask.get("q")),
        "pieces": _marked(found.text[:MOST_SIGNS], [c for c in own if c.part != "title"], ask.get("q")),
        "is_cut": len(found.text) > MOST_SIGNS,
        "types": TYPES,
        "statuses": STATUSES,
        "grades": {"source": graded.get(f"source {found.source}", ""), "report": graded.get(f"report {digest}", "")},
        "scale": CREDIBILITY,
    }
    about = {
        "digest": found.digest, "id": found.id, "title": found.title, "text": found.text, "source": found.source,
        "published": found.published.value, "url": found.url, "language": found.language, "origin": row.origin,
    }  # fmt: skip
    return Page("report.html", found.title or found.id, lists, about, values)


def _digest(connection: Connection, words: str) -> str:
    """The report that a digest, or the source's own id, means."""
    query = select(reports.c.digest).where(or_(reports.c.digest == words, reports.c.id == words))
    found: str | None = connection.scalar(query.order_by(reports.c.digest).limit(1))
    if found is None:
        raise not_found(f"No report “{words}” in the record.", "The reader lists them; a search finds their words.")
    return found


def _events(connection: Connection, own: Sequence[Claim]) -> dict[str, str]:
    """The event that each claim tells."""
    query = select(claims.c.id, tellings.c.event).join(tellings, tellings.c.id == claims.c.telling)
    rows = connection.execute(query.where(claims.c.id.in_([claim.id for claim in own])))
    return {row.id: row.event for row in rows}


def _copies(digest: str) -> Any:
    origin = select(reports.c.origin).where(reports.c.digest == digest).scalar_subquery()
    row = reports.c
    query = select(row.digest, row.id, row.published, row.source, row.title, row.url, row.language, row.origin)
    return query.where(row.origin == origin, row.digest != digest).order_by(row.day, row.digest).limit(50)


def _words(found: Report, claim: Claim) -> str:
    text = found.title if claim.part == "title" else found.text
    return " ".join(text[slice(*claim.sentence)].split())


def _marked(text: str, own: Sequence[Claim], words: str) -> list[Piece]:
    marks = [mark for claim in own for mark in marks_of_claim(claim)]
    folded, sought = fold_text(text), fold_text(words).strip()
    if sought and len(folded) == len(text):
        at = folded.find(sought)
        while at >= 0:
            marks.append(Mark(at, at + len(sought), "found", "", words))
            at = folded.find(sought, at + len(sought))
    return pieces_of(text, marks)
