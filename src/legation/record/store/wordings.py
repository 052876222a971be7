"""How reports write a name and which office they give it, from which day to which.

In: names as reports give them. Out: a row for each wording of a name, so that a dossier need not go through all of
its claims. Kept by `named.add_names`; a wording that claims have lost goes with its name and comes back with the rest.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Column, Connection, String, Table, Text, bindparam, delete, select, update

from legation.record.store.rows import chunks, insert_new
from legation.record.store.schema import metadata

__all__ = ["add_wordings", "drop_wordings", "wordings"]

wordings = Table(
    "wordings",
    metadata,
    Column("name_id", String(32), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("office", Text, primary_key=True),
    Column("first", String(10)),
    Column("last", String(10)),
    sqlite_with_rowid=False,
)

WIDER = ("at_id", "at_name", "at_office", "new_first", "new_last")

Told = tuple[str, str, str, str | None]


def add_wordings(connection: Connection, told: Iterable[Told]) -> None:
    """Take in (id of the name, name as written, office, day of publication)."""
    days: dict[tuple[str, str, str], list[str]] = {}
    for name_id, name, office, day in told:
        days.setdefault((name_id, name, office), []).extend([day] if day else [])
    present = _present(connection, {key[0] for key in days})
    new, wider = [], []
    for key, seen in sorted(days.items()):
        first, last = min(seen, default=None), max(seen, default=None)
        if key not in present:
            new.append(dict(zip(("name_id", "name", "office", "first", "last"), (*key, first, last), strict=True)))
            continue
        old = present[key]
        span = (min(filter(None, (first, old[0])), default=None), max(filter(None, (last, old[1])), default=None))
        if span != old:
            wider.append(
                dict(zip(("at_id", "at_name", "at_office", "new_first", "new_last"), (*key, *span), strict=True))
            )
    insert_new(connection, wordings, new)
    if wider:
        row = wordings.c
        connection.execute(
            update(wordings)
            .where(row.name_id == bindparam("at_id"), row.name == bindparam("at_name"))
            .where(row.office == bindparam("at_office"))
            .values(first=bindparam("new_first"), last=bindparam("new_last")),
            wider,
        )


def _present(connection: Connection, ids: Iterable[str]) -> dict[tuple[str, str, str], tuple[str | None, str | None]]:
    found: dict[tuple[str, str, str], tuple[str | None, str | None]] = {}
    for some in chunks(ids):
        rows: Any = connection.execute(select(wordings).where(wordings.c.name_id.in_(some)))
        found |= {(row.name_id, row.name, row.office): (row.first, row.last) for row in rows}
    return found


def drop_wordings(connection: Connection, ids: Iterable[str]) -> None:
    """Forget the wordings of these names."""
    for some in chunks(ids):
        connection.execute(delete(wordings).where(wordings.c.name_id.in_(some)))
