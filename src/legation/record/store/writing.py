"""Takes readings into the record: one transaction leaves it whole, with events, actors, origins and conflicts right.

In: Readings and Rejecteds. Out: how many were new. The same report read again adds nothing; what the tables hold
afterwards depends on which reports were read, not on their order.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, select, update

from legation.language.claim import Claim
from legation.language.read import Reading
from legation.record.mention import read_mention
from legation.record.store.copied import find_copies
from legation.record.store.decided import Standing, decided
from legation.record.store.linked import add_tellings, drop_tellings, settle
from legation.record.store.named import Seen, add_names
from legation.record.store.rows import chunks, claim_from_rows, claim_rows, insert_new, report_from_row, report_row
from legation.record.store.schema import claims, participants, rejected, reports, tellings
from legation.record.store.told import refresh_events
from legation.record.telling import make_tellings
from legation.sources.report import Rejected, Report

__all__ = ["Added", "add_readings", "replace_readings", "retell"]


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
        connection.execute(reports.insert(), [report_row(reading.report, reader) for reading in new])
        standing = decided(connection)
        moved = find_copies(connection, [reading.report for reading in new])
        _tell(connection, [(reading.report, reading.claims) for reading in new], moved, standing)
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


def _tell(
    connection: Connection,
    told: Sequence[tuple[Report, Sequence[Claim]]],
    moved: set[str],
    standing: Standing,
    *,
    orphans: Iterable[str] = (),
    touched: Iterable[str] = (),
) -> None:
    """Store claims, names and tellings of reports, and settle what hangs on them."""
    new, rows, people, seen = [], [], [], []
    for report, every in told:
        unique = {claim.id: claim for claim in every}
        kept = [claim for claim in unique.values() if claim.id not in standing.rejected]
        made = make_tellings(report, kept)
        new += made
        telling_of = {id_: telling.id for telling in made for id_ in telling.claims}
        for claim in unique.values():
            row, own = claim_rows(claim, report.digest, telling_of.get(claim.id, ""), report.published.day)
            rows.append(row)
            people += own
            for person in own:
                mention = read_mention(person["name"], person["country"], person["office"], report.published.day)
                seen.append(Seen(mention, person["name"], report.published.day))
    insert_new(connection, claims, rows)
    insert_new(connection, participants, people)
    add_names(connection, seen, same=standing.same_names, apart=standing.different_names)
    ids = add_tellings(connection, new)
    changed = settle(connection, ids, orphans, rulings=standing.rulings) | set(touched)
    changed |= _events_of(connection, moved)
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
            select(claims).where(claims.c.digest.in_(some)).order_by(claims.c.trigger_start, claims.c.id)
        )
        of: dict[str, list[Claim]] = defaultdict(list)
        by_claim: dict[str, list[object]] = defaultdict(list)
        of_claims = select(participants).join(claims, claims.c.id == participants.c.claim)
        for person in connection.execute(of_claims.where(claims.c.digest.in_(some)).order_by(participants.c.n)):
            by_claim[person.claim].append(person)
        for row in rows:
            of[row.digest].append(claim_from_rows(row, by_claim.get(row.id, []), ""))
        told += [(report, of[report.digest]) for report in sorted(held, key=lambda report: report.digest)]
    return told


def retell(connection: Connection, digests: Iterable[str]) -> None:
    """Work out again what these reports tell, after a decision or a change of the rules."""
    told = stored_claims(connection, digests)
    _replace(connection, told)


def replace_readings(connection: Connection, readings: Sequence[Reading], *, reader: str) -> None:
    """Put new readings in the place of those of the same reports: after a new model."""
    _replace(connection, [(reading.report, reading.claims) for reading in readings])
    for some in chunks(reading.report.digest for reading in readings):
        connection.execute(update(reports).where(reports.c.digest.in_(some)).values(reader=reader))


def _replace(connection: Connection, told: Sequence[tuple[Report, Sequence[Claim]]]) -> None:
    digests = {report.digest for report, _ in told}
    own: set[str] = set()
    for some in chunks(digests):
        own |= set(connection.scalars(select(tellings.c.id).where(tellings.c.digest.in_(some))))
    orphans, touched = drop_tellings(connection, own)
    for some in chunks(digests):
        of_these = select(claims.c.id).where(claims.c.digest.in_(some))
        connection.execute(delete(participants).where(participants.c.claim.in_(of_these)))
        connection.execute(delete(claims).where(claims.c.digest.in_(some)))
    _tell(connection, told, set(), decided(connection), orphans=orphans, touched=touched)


def horizon(connection: Connection) -> str | None:
    """Return the last day of publication in the record."""
    day: str | None = connection.scalar(select(func.max(reports.c.day)))
    return day
