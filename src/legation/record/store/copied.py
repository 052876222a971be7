"""Keeps the origins of reports: finds copies among those published within some days, by bands (see record/origins.py).

In: new reports. Out: digests of all reports whose origin changed.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import Connection, and_, bindparam, delete, or_, select, update

from legation.record.origins import DAYS_APART, bands_of, group_copies, is_copy, shingles_of
from legation.record.store.rows import chunks, insert_new
from legation.record.store.schema import bands, copies, reports, tellings
from legation.sources.report import Report

__all__ = ["find_copies", "forget_copies"]


def find_copies(connection: Connection, new: Iterable[Report]) -> set[str]:
    """Store the bands of new reports, find what they copy or what copies them; return whose origin changed."""
    shingles = {report.digest: shingles_of(report.text) for report in new if report.text.strip()}
    days = {report.digest: _ordinal(report.published.day) for report in new}
    rows = [
        {"band": band, "digest": digest, "day": days[digest]}
        for digest, held in sorted(shingles.items())
        for band in sorted(set(bands_of(held)))
    ]
    insert_new(connection, bands, rows)
    pairs = _judge(connection, shingles, _candidates(connection, shingles))
    insert_new(connection, copies, [{"one": a, "other": b} for a, b in sorted(pairs)])
    return _regroup(connection, {digest for pair in pairs for digest in pair}) if pairs else set()


def _ordinal(day: str | None) -> int:
    return date.fromisoformat(day).toordinal() if day else 0


def _candidates(connection: Connection, digests: Iterable[str]) -> set[tuple[str, str]]:
    own, other = bands.alias("own"), bands.alias("other")
    pairs = set()
    for some in chunks(digests):
        query = (
            select(own.c.digest, other.c.digest)
            .join(
                other,
                and_(
                    other.c.band == own.c.band,
                    other.c.day >= own.c.day - DAYS_APART,
                    other.c.day <= own.c.day + DAYS_APART,
                ),
            )
            .where(own.c.digest.in_(some))
            .distinct()
        )
        pairs |= {(min(a, b), max(a, b)) for a, b in connection.execute(query) if a != b}
    return pairs


def _judge(
    connection: Connection, shingles: Mapping[str, frozenset[int]], pairs: set[tuple[str, str]]
) -> set[tuple[str, str]]:
    held = dict(shingles)
    for some in chunks({digest for pair in pairs for digest in pair} - held.keys()):
        for row in connection.execute(select(reports.c.digest, reports.c.text).where(reports.c.digest.in_(some))):
            held[row.digest] = shingles_of(row.text)
    return {(a, b) for a, b in pairs if is_copy(held[a], held[b])}


def _regroup(connection: Connection, digests: set[str]) -> set[str]:
    """Give all reports connected with these their origin."""
    graph: dict[str, list[str]] = defaultdict(list)
    seen, waiting = set[str](), set(digests)
    while waiting:
        found = set()
        for some in chunks(waiting):
            query = select(copies.c.one, copies.c.other).where(or_(copies.c.one.in_(some), copies.c.other.in_(some)))
            for a, b in connection.execute(query):
                graph[a].append(b)
                graph[b].append(a)
                found |= {a, b}
        seen |= waiting
        waiting = found - seen
    origin = group_copies(sorted(seen), graph)
    present: dict[str, str] = {}
    for some in chunks(seen):
        query = select(reports.c.digest, reports.c.origin).where(reports.c.digest.in_(some))
        present |= {row.digest: row.origin for row in connection.execute(query)}
    changed = {digest for digest in present if present[digest] != origin[digest]}
    if changed:
        connection.execute(
            update(reports).where(reports.c.digest == bindparam("own")).values(origin=bindparam("to")),
            [{"own": digest, "to": origin[digest]} for digest in sorted(changed)],
        )
    return changed


def forget_copies(connection: Connection, digest: str) -> set[str]:
    """Take a report out of the origins; return the events of reports whose origin changed thereby."""
    beside = set()
    for a, b in connection.execute(select(copies).where(or_(copies.c.one == digest, copies.c.other == digest))):
        beside |= {a, b} - {digest}
    connection.execute(delete(copies).where(or_(copies.c.one == digest, copies.c.other == digest)))
    connection.execute(delete(bands).where(bands.c.digest == digest))
    changed = _regroup(connection, beside) if beside else set()
    events: set[str] = set()
    for some in chunks(changed):
        events |= set(connection.scalars(select(tellings.c.event).where(tellings.c.digest.in_(some))))
    return events
