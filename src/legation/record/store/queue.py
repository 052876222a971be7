"""What needs a person: conflicts, claims of low score, names that may be one, new actors; most valuable first.

In: the record as it is. Out: Items, each with what it asks and what the answers do. An item keeps its id as long as it
asks the same, so that what was answered isn't asked again.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, func, select

from legation.record.event import Event
from legation.record.store.browsing import View, page_events
from legation.record.store.dossier import find_alike, read_profile
from legation.record.store.schema import claims, names, reports, tellings
from legation.record.store.told import Corrections, read_events

__all__ = ["Item", "find_items"]

LOW = 0.55  # a claim below is asked about: on the held-out sentences half of those below it are wrong
MOST_OF_A_KIND = 80
NEW = timedelta(days=60)
CORRECTED = ("when", "place", "status")  # fields that a ruling can set


@dataclass(frozen=True, slots=True)
class Item:
    """One question. accept, reject: a ruling as (kind, ids, values); () where there is no such answer.

    about: the id of the event or actor that it is about; value: how much an answer is worth, for the order.
    """

    id: str
    kind: str
    value: float
    about: str
    question: str
    accept_words: str
    reject_words: str
    accept: tuple[str, tuple[str, ...], tuple[tuple[str, str], ...]]
    reject: tuple[str, tuple[str, ...], tuple[tuple[str, str], ...]] | tuple[()] = ()


def find_items(connection: Connection, corrections: Corrections) -> list[Item]:
    """Return questions, the most valuable first; of each kind a bounded number, of the newest."""
    found = [*_conflicts(connection, corrections), *_low_scores(connection, corrections), *_alike(connection)]
    return sorted(found, key=lambda item: (-item.value, item.id))


def _seen(id_: str) -> tuple[str, tuple[str, ...], tuple[tuple[str, str], ...]]:
    return "seen", (), (("answer", "accept"), ("item", id_))


def _conflicts(connection: Connection, corrections: Corrections) -> list[Item]:
    ids = page_events(connection, View(conflict="any"), limit=MOST_OF_A_KIND).ids
    items = []
    for event in read_events(connection, ids, corrections=corrections):
        items += _of_event(event)
    return items


def _of_event(event: Event) -> list[Item]:
    items = []
    for conflict in event.conflicts:
        value = 3 + event.level / 5 + math.log1p(event.n_origins)
        values = [support.value for support in conflict.values]
        if conflict.field in CORRECTED and len(values) > 1 and not event.rulings:
            name = "country" if conflict.field == "place" else conflict.field
            yes, no = (("correct", (event.id,), ((name, one),)) for one in values[:2])
            items.append(
                Item(conflict.id, "conflict", value + 0.5, event.id, conflict.words, f"{values[0]} is right",
                     f"{values[1]} is right", yes, no)
            )  # fmt: skip
        elif not event.rulings:
            items.append(
                Item(conflict.id, "conflict", value, event.id, conflict.words, "Noted", "", _seen(conflict.id))
            )
    return items


def _low_scores(connection: Connection, corrections: Corrections) -> list[Item]:
    query = (
        select(claims.c.id, claims.c.score, claims.c.type, tellings.c.event, reports.c.source)
        .join(tellings, tellings.c.id == claims.c.telling)
        .join(reports, reports.c.digest == claims.c.digest)
        .where(claims.c.score < LOW)
        .order_by(claims.c.score, claims.c.id)
        .limit(MOST_OF_A_KIND)
    )
    return [
        Item(
            row.id, "claim", 2 - row.score, row.event,
            f"read with a score of {row.score:.2f} in {row.source or 'a report'}: {row.type}", "Read well", "Misread",
            _seen(row.id), ("reject", (row.id,), ()),
        )
        for row in connection.execute(query)
    ]  # fmt: skip


def _alike(connection: Connection) -> list[Item]:
    """Names that came lately, and those that they may be the same as; a name that is like no other is a new actor."""
    newest = connection.scalar(select(func.max(reports.c.day)))
    if not newest:
        return []
    since = (date.fromisoformat(newest) - NEW).isoformat()
    query = (
        select(names.c.actor, names.c.name, names.c.first)
        .where(names.c.kind == "person", names.c.is_known == 0, names.c.first >= since, names.c.actor == names.c.id)
        .order_by(names.c.first.desc(), names.c.id)
        .limit(MOST_OF_A_KIND // 2)
    )
    items = []
    for row in connection.execute(query).all():
        profile = read_profile(connection, row.actor)
        if profile is None:
            continue
        others = find_alike(connection, profile)
        for other in others[:2]:
            pair = tuple(sorted((row.actor, other.actor)))
            items.append(_merge(pair, f"{profile.name} and {other.name}", other.n_events))
        if not others:
            words = f"{profile.name} [{profile.country or '?'}] is new since {row.first}"
            items.append(Item(row.actor, "actor", 1.0, row.actor, words, "Known now", "", _seen(row.actor)))
    return list({item.id: item for item in items}.values())


def _merge(pair: Sequence[str], words: str, n_events: int) -> Item:
    id_ = "|".join(pair)
    return Item(
        id_, "merge", 2.5 + math.log1p(n_events) / 2, pair[0], f"{words}: one person or two?", "The same",
        "Not the same", ("same", tuple(pair), ()), ("different", tuple(pair), ()),
    )  # fmt: skip
