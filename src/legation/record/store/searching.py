"""Words in reports, page by page: the reports last read come first, so that an index gives them without sorting.

In: words in any script. Out: Hits with the words around them. SQLite looks words up by its trigram index; words of
fewer than three signs, which that index doesn't hold, are looked for in the newest reports only: SHORT_IN.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select, text

from legation.record.store.asking import Hit, has_word_index, hit_of
from legation.record.store.rows import fold_text
from legation.record.store.schema import reports

__all__ = ["SHORT_IN", "Found", "find_words"]

SHORT_IN = 20_000  # newest reports in which one or two signs are looked for


@dataclass(frozen=True, slots=True)
class Found:
    """Some reports with the words, and where to go on; is_short: only the newest were looked through."""

    hits: tuple[Hit, ...]
    next: str
    is_short: bool = False


def find_words(connection: Connection, words: str, *, limit: int, after: str = "") -> Found:
    """Return the next reports that hold the words."""
    folded = fold_text(words).strip()
    if not folded:
        return Found((), "")
    before = int(after) if after.isdigit() else 1 << 60
    is_short = len(folded) < 3
    numbers = _numbers(connection, folded, before, limit + 1)
    rows = {row.n: row for row in connection.execute(select(reports).where(reports.c.n.in_(numbers[:limit])))}
    hits = tuple(hit_of(rows[n], folded) for n in numbers[:limit] if n in rows)
    return Found(hits, str(numbers[limit - 1]) if len(numbers) > limit else "", is_short)


def _numbers(connection: Connection, folded: str, before: int, limit: int) -> list[int]:
    if connection.dialect.name == "sqlite" and len(folded) >= 3 and has_word_index(connection):
        query = text(
            "SELECT rowid FROM report_search WHERE report_search MATCH :words AND rowid < :before "
            "ORDER BY rowid DESC LIMIT :limit"
        )
        quoted = '"' + folded.replace('"', '""') + '"'
        return list(connection.scalars(query, {"words": quoted, "before": before, "limit": limit}))
    pattern = "%" + folded.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    found = select(reports.c.n).where(reports.c.folded.like(pattern, escape="\\"), reports.c.n < before)
    if len(folded) < 3:
        newest = connection.scalar(select(func.max(reports.c.n))) or 0
        found = found.where(reports.c.n > newest - SHORT_IN)
    return list(connection.scalars(found.order_by(reports.c.n.desc()).limit(limit)))
