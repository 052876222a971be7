"""Fills the tables that came later than a record: from its events and claims, once, when it is opened."""

from sqlalchemy import Connection, Engine, select

from legation.record.store.appearances import event_keys, note_appearances
from legation.record.store.connect import writing
from legation.record.store.decided import decided
from legation.record.store.schema import claims, event_participants, events, participants, reports
from legation.record.store.told import read_events
from legation.record.store.wordings import add_wordings, wordings

__all__ = ["fill_missing"]

AT_ONCE = 200


def fill_missing(engine: Engine) -> None:
    """Work out where events are found and how names are worded, if the record is older than these tables."""
    with engine.connect() as connection:
        lacks = _lacks(connection)
    if lacks:
        with writing(engine) as connection:
            _fill_appearances(connection)
            _fill_wordings(connection)


def _lacks(connection: Connection) -> bool:
    """Whether there are events without keys, or names without wordings."""
    pairs = ((events.c.id, event_keys.c.event), (participants.c.claim, wordings.c.name_id))
    return any(
        connection.scalar(select(there).limit(1)) is not None and connection.scalar(select(made).limit(1)) is None
        for there, made in pairs
    )


def _fill_appearances(connection: Connection) -> None:
    corrections = decided(connection).corrections
    known = select(event_keys.c.event)
    ids = list(connection.scalars(select(events.c.id).where(events.c.id.not_in(known)).order_by(events.c.id)))
    for k in range(0, len(ids), AT_ONCE):
        some = ids[k : k + AT_ONCE]
        rows = connection.execute(select(event_participants).where(event_participants.c.event.in_(some)))
        people = [{"event": row.event, "role": row.role, "name_id": row.name_id} for row in rows]
        note_appearances(connection, read_events(connection, some, corrections=corrections), people)


def _fill_wordings(connection: Connection) -> None:
    rows = connection.execute(
        select(participants.c.name_id, participants.c.name, participants.c.office, reports.c.day)
        .join(claims, claims.c.id == participants.c.claim)
        .join(reports, reports.c.digest == claims.c.digest)
        .distinct()
    )
    while some := rows.fetchmany(5000):
        add_wordings(connection, [(row.name_id, row.name, row.office, row.day) for row in some])
