"""Events in outline: what a drawing or a short table shows of each, for hundreds of events at once.

In: ids of events. Out: Outlines in the order of the ids, from the events' own rows, which rulings have corrected
already; their claims aren't read, as `told.read_events` does.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from legation.record.event import Event
from legation.record.store.rows import chunks
from legation.record.store.schema import event_participants, events, names

__all__ = ["Outline", "Party", "outline_of", "read_outlines"]

ROLES = ("actor", "side", "recipient")


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who takes part in an event; fields as in EventParticipant."""

    actor: str
    name: str
    country: str | None
    role: str
    kind: str
    level: int


@dataclass(frozen=True, slots=True)
class Outline:
    """An event without its claims; fields as in Event.

    when: EDTF, None where no report tells it. parties: all whom any of its reports names in it, by whom it is found.
    """

    id: str
    type: str
    mode: str | None
    kind: str
    status: str
    when: str | None
    first_day: str | None
    last_day: str | None
    reported: str | None
    place: str | None
    place_country: str | None
    n_origins: int
    parties: tuple[Party, ...]

    @property
    def countries(self) -> tuple[str, ...]:
        """The states for which somebody takes part, each once, in the order of their codes."""
        return tuple(sorted({party.country for party in self.parties if party.country}))


def read_outlines(connection: Connection, ids: Sequence[str]) -> list[Outline]:
    """Return the events with these ids in outline, in the order of the ids."""
    rows: dict[str, Any] = {}
    for some in chunks(ids):
        rows |= {row.id: row for row in connection.execute(select(events).where(events.c.id.in_(some)))}
    parties = _parties(connection, ids)
    return [_outline(rows[id_], parties.get(id_, ())) for id_ in ids if id_ in rows]


def _outline(row: Any, parties: Iterable[Party]) -> Outline:
    own = tuple(sorted(parties, key=lambda p: (ROLES.index(p.role), -p.level, p.name, p.actor)))
    return Outline(
        row.id, row.type, row.mode, row.kind, row.status, row.when_value, row.first_day, row.last_day, row.reported,
        row.place, row.place_country, row.n_origins, own,
    )  # fmt: skip


def _parties(connection: Connection, ids: Sequence[str]) -> dict[str, list[Party]]:
    """Who takes part: names of one actor in one role are one."""
    shown = names.alias("shown")
    row = event_participants.c
    level = func.max(names.c.level).label("level")
    country = func.max(names.c.country).label("country")
    found: dict[str, list[Party]] = defaultdict(list)
    for some in chunks(ids):
        query = (
            select(row.event, row.role, names.c.actor, shown.c.name, shown.c.kind, country, level)
            .join(names, names.c.id == row.name_id)
            .join(shown, shown.c.id == names.c.actor)
            .where(row.event.in_(some))
            .group_by(row.event, row.role, names.c.actor, shown.c.name, shown.c.kind)
        )
        for r in connection.execute(query):
            found[r.event].append(Party(r.actor, r.name, r.country, r.role, r.kind, r.level))
    return found


def outline_of(event: Event) -> Outline:
    """Return an event that was read with its claims in outline."""
    parties = tuple(Party(p.actor, p.name, p.country, p.role, p.kind, p.level) for p in event.participants)
    return Outline(
        event.id, event.type, event.mode, event.kind, event.status, event.when.value if event.when else None,
        event.first_day, event.last_day, event.reported, event.place.value if event.place else None,
        event.place_country, event.n_origins, parties,
    )  # fmt: skip
