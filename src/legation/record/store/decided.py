"""What the log of decisions means for the record as it is now.

In: the log. Out: a Standing: decisions in force with their objects found among today's claims and tellings, and those
whose object is gone. Nothing is dropped: an orphan is replayed as soon as its claims are back.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, and_, select

from legation.record.decision import Anchor, Decision, decision_from_json, decision_to_json
from legation.record.store.linked import Rulings
from legation.record.store.rows import chunks, insert_new
from legation.record.store.schema import claims, decisions, names

__all__ = ["Standing", "decided", "in_force", "log", "store_decisions"]


@dataclass(frozen=True, slots=True)
class Standing:
    """Decisions in force, by what they bear on.

    rejected: ids of claims; corrections: telling -> field -> (value, decision); orphans: decisions of which an object
    is found no more ("gone") or under other claims ("changed"), with the ids that they named.
    """

    rejected: frozenset[str] = frozenset()
    rulings: Rulings = field(default_factory=Rulings)
    same_names: Sequence[tuple[str, str]] = ()
    different_names: Sequence[tuple[str, str]] = ()
    corrections: Mapping[str, Mapping[str, tuple[str, str]]] = field(default_factory=dict)
    orphans: Sequence[tuple[Decision, str, tuple[str, ...]]] = ()


def log(connection: Connection) -> list[Decision]:
    """Return all decisions, oldest first, undone ones included."""
    rows = connection.scalars(select(decisions.c.content))
    return sorted((decision_from_json(json.loads(row)) for row in rows), key=lambda d: (d.time, d.id))


def store_decisions(connection: Connection, new: Iterable[Decision]) -> None:
    """Append decisions; those that are there already add nothing."""
    rows = [{"id": d.id, "kind": d.kind, "content": json.dumps(decision_to_json(d), ensure_ascii=False)} for d in new]
    insert_new(connection, decisions, rows)


def in_force(every: Sequence[Decision]) -> list[Decision]:
    """Return the decisions that no later one has undone; undoing an undoing puts the first into force again."""
    undone: set[str] = set()
    for decision in reversed(every):
        if decision.kind == "undo" and decision.id not in undone:
            undone |= {anchor.id for anchor in decision.anchors}
    return [d for d in every if d.id not in undone and d.kind != "undo"]


def decided(connection: Connection) -> Standing:
    """Return what the decisions in force mean for today's claims."""
    ruled = in_force(log(connection))
    if not ruled:
        return Standing()
    finder = _Finder(connection, ruled)
    rejected = {claim for d in ruled if d.kind == "reject" for a in d.anchors for claim in finder.claims_of(a)}
    same: list[tuple[str, str]] = []
    different: list[tuple[frozenset[str], frozenset[str]]] = []
    same_names: list[tuple[str, str]] = []
    different_names: list[tuple[str, str]] = []
    corrections: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
    orphans = []
    for d in ruled:
        for state in ("gone", "changed"):
            if lost := tuple(anchor.id for anchor in d.anchors if finder.state_of(anchor) == state):
                orphans.append((d, state, lost))
        if d.kind in ("same", "different") and len(d.anchors) == 2:
            if all(anchor.id.startswith("a-") for anchor in d.anchors):
                (same_names if d.kind == "same" else different_names).append((d.anchors[0].id, d.anchors[1].id))
                continue
            a, b = (finder.tellings_of(anchor) for anchor in d.anchors)
            if d.kind == "same" and a and b:
                same.append((min(a), min(b)))
            elif d.kind == "different" and a and b:
                different.append((frozenset(a - b), frozenset(b - a)))
        elif d.kind == "correct":
            for telling in finder.tellings_of(d.anchors[0]):
                corrections[telling] |= {name: (value, d.id) for name, value in d.values}
    return Standing(
        frozenset(rejected),
        Rulings(tuple(sorted(same)), tuple(sorted(different, key=lambda pair: sorted(pair[0])))),
        same_names,
        different_names,
        dict(corrections),
        orphans,
    )


class _Finder:
    """Finds the claims that anchors mean: by id, else by report, type and sentence, as a new model may tell them."""

    def __init__(self, connection: Connection, ruled: Sequence[Decision]) -> None:
        self.connection = connection
        anchors = [anchor for d in ruled for anchor in d.anchors]
        self.by_id = self._by_id(anchors)
        self.telling = self._tellings(set(self.by_id.values()))
        ids = {anchor.id for anchor in anchors if anchor.id.startswith("a-")}
        self.names = {id_ for some in chunks(ids) for id_ in self._names(some)}

    def _names(self, some: Sequence[str]) -> Iterable[str]:
        return self.connection.scalars(select(names.c.id).where(names.c.id.in_(some)))

    def _by_id(self, anchors: Sequence[Anchor]) -> dict[tuple[str, str, int, int, str], str]:
        wanted = {claim for anchor in anchors for claim in anchor.claims}
        present: set[str] = set()
        for some in chunks({claim[0] for claim in wanted}):
            present |= set(self.connection.scalars(select(claims.c.id).where(claims.c.id.in_(some))))
        found = {claim: claim[0] for claim in wanted if claim[0] in present}
        for claim in sorted(wanted - found.keys()):
            if other := self._by_sentence(claim):
                found[claim] = other
        return found

    def _by_sentence(self, claim: tuple[str, str, int, int, str]) -> str | None:
        _, digest, start, end, type_ = claim
        query = (
            select(claims.c.id)
            .where(and_(claims.c.digest == digest, claims.c.sentence_start < end, claims.c.sentence_end > start))
            .where(claims.c.type == type_)
            .order_by(claims.c.part, claims.c.trigger_start, claims.c.id)
        )
        return self.connection.scalar(query)

    def _tellings(self, ids: set[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for some in chunks(ids):
            query = select(claims.c.id, claims.c.telling).where(claims.c.id.in_(some), claims.c.telling != "")
            found |= {row.id: row.telling for row in self.connection.execute(query)}
        return found

    def claims_of(self, anchor: Anchor) -> list[str]:
        return [self.by_id[claim] for claim in anchor.claims if claim in self.by_id]

    def tellings_of(self, anchor: Anchor) -> set[str]:
        return {self.telling[claim] for claim in self.claims_of(anchor) if claim in self.telling}

    def state_of(self, anchor: Anchor) -> str:
        """Whether the object is "found" as it was, "changed" or "gone"."""
        if anchor.id.startswith("a-"):
            return "found" if anchor.id in self.names else "gone"
        found = [self.by_id.get(claim) for claim in anchor.claims]
        if anchor.claims and not any(found):
            return "gone"
        return "found" if all(own == claim[0] for own, claim in zip(found, anchor.claims, strict=True)) else "changed"
