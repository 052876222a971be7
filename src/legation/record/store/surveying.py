"""What was read: how much on each day, and which reports hold certain words.

In: a connection. Out: numbers of reports and origins by day of publication; reports with their claims. Findings about
events are weighed against these: rows follow the attention of the press.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, or_, select

from legation.language.claim import Claim
from legation.record.store.decided import decided
from legation.record.store.rows import chunks, fold_text
from legation.record.store.schema import reports
from legation.record.store.writing import stored_claims
from legation.sources.report import Report

__all__ = ["DayRead", "read_volume", "reports_holding"]


@dataclass(frozen=True, slots=True)
class DayRead:
    """What was read of one day of publication. n_origins: of reports first printed on it, copies counted once."""

    day: str
    n_reports: int
    n_origins: int


def read_volume(connection: Connection, *, known_by: str | None = None) -> list[DayRead]:
    """Return how much was read of each day, earliest first; known_by: YYYY-MM-DD, later reports are left out."""
    dated = select(reports.c.day, reports.c.origin).where(reports.c.day.is_not(None))
    if known_by:
        dated = dated.where(reports.c.day <= known_by)
    every = dated.subquery()
    printed = {
        row.day: row.n for row in connection.execute(select(every.c.day, func.count().label("n")).group_by(every.c.day))
    }
    first = select(func.min(every.c.day).label("day")).group_by(every.c.origin).subquery()
    origins = {
        row.day: row.n for row in connection.execute(select(first.c.day, func.count().label("n")).group_by(first.c.day))
    }
    return [DayRead(day, n, origins.get(day, 0)) for day, n in sorted(printed.items())]


def reports_holding(
    connection: Connection, words: Sequence[str], *, known_by: str | None = None
) -> Iterator[tuple[Report, list[Claim]]]:
    """Yield the reports that hold any of these words in text or title, with the claims of the text, by digest.

    words: parts of words, e.g. "anniversar". Claims that an analyst rejected are left out.
    """
    query = select(reports.c.digest).where(or_(*(reports.c.folded.like(f"%{fold_text(word)}%") for word in words)))
    if known_by:
        query = query.where(reports.c.day <= known_by)
    refused = decided(connection).rejected
    for some in chunks(connection.scalars(query), 100):
        for report, claims in stored_claims(connection, some):
            yield report, [claim for claim in claims if claim.part == "text" and claim.id not in refused]
