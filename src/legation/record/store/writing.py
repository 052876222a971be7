"""Takes readings into the record: one transaction leaves it whole, with events, actors, origins and conflicts right.

In: Readings and Rejecteds. Out: how many were new. The same report read again adds nothing; what the tables hold
afterwards depends on which reports were read, not on their order.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, func, select, update

from legation.language.claim import Claim
from legation.language.read import Reading
from legation.record.mention import read_mention
from legation.record.store.copied import find_copies
from legation.record.store.decided import decided
from legation.record.store.linked import add_tellings, drop_tellings, settle
from legation.record.store.named import Seen, add_names, recount_names
from legation.record.store.rows import (
    chunks,
    claim_from_rows,
    claim_rows,
    impossible_json,
    insert_new,
    report_from_row,
    report_row,
)
from legation.record.store.schema import claims, participants, rejected, reports, tellings
from legation.record.store.told import note_impossible_days, refresh_events
from legation.record.telling import Telling, make_tellings
from legation.sources.report import Rejected, Report

__all__ = [
    "Added",
    "add_readings",
    "drop_claims",
    "known_ids",
    "rebuild_reports",
    "replace_readings",
    "retell",
    "stored_claims",
]


@dataclass(frozen=True, slots=True)
class Added:
    """How many reports were new, were there already, and were rejected; and how many claims came with the new."""

    n_new: int = 0
    n_known: int = 0
    n_rejected: int = 0
    n_claims: int = 0

    def __add__(self, other: "Added") -> "Added":
        return Added(
            self.n_new + other.n_new,
            self.n_known + other.n_known,
            self.n_rejected + other.n_rejected,
            self.n_claims + other.n_claims,
        )


def add_readings(connection: Connection, results: Sequence[Reading | Rejected], *, reader: str) -> Added:
    """Store what is new and bring everything worked out from it up to date; within the caller's transaction."""
    refused = [item for item in results if isinstance(item, Rejected)]
    insert_new(connection, rejected, [{"origin_path": item.origin, "reason": item.reason} for item in refused])
    readings: dict[str, Reading] = {}
    for item in results:
        if isinstance(item, Reading) and (
            item.report.digest not in readings or item.report.id < readings[item.report.digest].report.id
        ):
            readings[item.report.digest] = item
    known = known_ids(connection, readings)
    _keep_smallest_ids(connection, known, [readings[digest].report for digest in known])
    new = [readings[digest] for digest in sorted(readings.keys() - known.keys())]
    if new:
        connection.execute(reports.insert(), [report_row(r.report, reader, r.impossible) for r in new])
        moved = find_copies(connection, [reading.report for reading in new])
        told = [(reading.report, (*reading.claims, *reading.headline)) for reading in new]
        _take_in_claims(connection, told)
        _tell(connection, told, moved=moved)
        note_impossible_days(connection, {reading.report.digest for reading in new})
    n_reports = sum(isinstance(item, Reading) for item in results)
    return Added(len(new), n_reports - len(new), len(refused), sum(len(reading.claims) for reading in new))


def known_ids(connection: Connection, digests: Iterable[str]) -> dict[str, str]:
    """Return the ids of those reports, by digest, that the record holds."""
    found: dict[str, str] = {}
    for some in chunks(digests):
        query = select(reports.c.digest, reports.c.id).where(reports.c.digest.in_(some))
        found |= {row.digest: row.id for row in connection.execute(query)}
    return found


def _keep_smallest_ids(connection: Connection, known: dict[str, str], again: Sequence[Report]) -> None:
    """Of several ids that sources give one content, the smallest stays: then their order does not show."""
    for report in again:
        if report.id < known[report.digest]:
            connection.execute(update(reports).where(reports.c.digest == report.digest).values(id=report.id))


def _take_in_claims(connection: Connection, told: Sequence[tuple[Report, Sequence[Claim]]]) -> None:
    """Store the claims of reports with their participants, and the names among them."""
    rows, people, seen = [], [], []
    for report, every in told:
        for claim in {claim.id: claim for claim in every}.values():
            row, own = claim_rows(claim, report.digest, "", report.published.day)
            rows.append(row)
            people += own
            for person in own:
                mention = read_mention(person["name"], person["country"], person["office"], report.published.day)
                seen.append(Seen(mention, person["name"], report.published.day))
    insert_new(connection, claims, rows)
    insert_new(connection, participants, people)
    standing = decided(connection)
    add_names(connection, seen, same=standing.same_names, apart=standing.different_names)


def _tell(
    connection: Connection,
    told: Sequence[tuple[Report, Sequence[Claim]]],
    *,
    moved: Iterable[str] = (),
    orphans: Iterable[str] = (),
    touched: Iterable[str] = (),
) -> None:
    """Make the tellings of reports whose claims are stored, and settle what hangs on them."""
    rejected_claims = decided(connection).rejected
    new: list[Telling] = []
    for report, every in told:
        unique = {claim.id: claim for claim in every}
        new += make_tellings(report, [claim for claim in unique.values() if claim.id not in rejected_claims])
    ids = add_tellings(connection, new)
    of_claims = [{"own": claim, "to": telling.id} for telling in new for claim in telling.claims]
    if of_claims:
        connection.execute(
            update(claims).where(claims.c.id == bindparam("own")).values(telling=bindparam("to")), of_claims
        )
    standing = decided(connection)
    changed = settle(connection, ids, orphans, rulings=standing.rulings) | set(touched)
    changed |= _events_of(connection, set(moved))
    refresh_events(connection, changed, corrections=standing.corrections)


def _events_of(connection: Connection, digests: set[str]) -> set[str]:
    found: set[str] = set()
    for some in chunks(digests):
        found |= set(connection.scalars(select(tellings.c.event).where(tellings.c.digest.in_(some))))
    return found


def stored_claims(connection: Connection, digests: Iterable[str]) -> list[tuple[Report, list[Claim]]]:
    """Return reports of the record with their claims, rejected ones included."""
    told = []
    for some in chunks(digests, 100):
        held = [report_from_row(row) for row in connection.execute(select(reports).where(reports.c.digest.in_(some)))]
        rows = connection.execute(
            select(claims).where(claims.c.digest.in_(some)).order_by(claims.c.part, claims.c.trigger_start, claims.c.id)
        )
        of: dict[str, list[Claim]] = defaultdict(list)
        by_claim: dict[str, list[object]] = defaultdict(list)
        of_claims = select(participants).join(claims, claims.c.id == participants.c.claim)
        for person in connection.execute(of_claims.where(claims.c.digest.in_(some)).order_by(participants.c.n)):
            by_claim[person.claim].append(person)
        ids = {report.digest: report.id for report in held}
        for row in rows:
            of[row.digest].append(claim_from_rows(row, by_claim.get(row.id, []), ids[row.digest]))
        told += [(report, of[report.digest]) for report in sorted(held, key=lambda report: report.digest)]
    return told


def retell(connection: Connection, digests: Iterable[str]) -> None:
    """Work out again what these reports tell, after a decision or a change of the rules."""
    told = stored_claims(connection, digests)
    orphans, touched = _drop(connection, {report.digest for report, _ in told})
    _tell(connection, told, orphans=orphans, touched=touched)


def _drop(connection: Connection, digests: set[str]) -> tuple[set[str], set[str]]:
    """Take the tellings of reports away; return those that pointed to them, and their events."""
    own: set[str] = set()
    for some in chunks(digests):
        own |= set(connection.scalars(select(tellings.c.id).where(tellings.c.digest.in_(some))))
        connection.execute(update(claims).where(claims.c.digest.in_(some)).values(telling=""))
    return drop_tellings(connection, own)


def replace_readings(connection: Connection, readings: Sequence[Reading], *, reader: str) -> None:
    """Put new readings in the place of those of the same reports: after a new model."""
    told = [(reading.report, (*reading.claims, *reading.headline)) for reading in readings]
    digests = {report.digest for report, _ in told}
    orphans, touched = _drop(connection, digests)
    lost = drop_claims(connection, digests)
    for reading in readings:
        days = impossible_json(reading.impossible)
        connection.execute(
            update(reports).where(reports.c.digest == reading.report.digest).values(reader=reader, impossible=days)
        )
    _take_in_claims(connection, told)
    standing = decided(connection)
    recount_names(connection, lost, same=standing.same_names, apart=standing.different_names)
    _tell(connection, told, orphans=orphans, touched=touched)
    note_impossible_days(connection, digests)


def rebuild_reports(connection: Connection, digests: Iterable[str]) -> None:
    """Work out names and tellings of reports anew from their claims, where the tables of both are empty."""
    told = stored_claims(connection, digests)
    drop_claims(connection, {report.digest for report, _ in told})
    _take_in_claims(connection, told)
    _tell(connection, told)
    note_impossible_days(connection, {report.digest for report, _ in told})


def drop_claims(connection: Connection, digests: Iterable[str]) -> set[str]:
    """Delete the claims of reports; return the ids of the names in them."""
    lost: set[str] = set()
    for some in chunks(digests):
        of_these = select(claims.c.id).where(claims.c.digest.in_(some))
        lost |= set(connection.scalars(select(participants.c.name_id).where(participants.c.claim.in_(of_these))))
        connection.execute(delete(participants).where(participants.c.claim.in_(of_these)))
        connection.execute(delete(claims).where(claims.c.digest.in_(some)))
    return lost


def horizon(connection: Connection) -> str | None:
    """Return the last day of publication in the record."""
    day: str | None = connection.scalar(select(func.max(reports.c.day)))
    return day
