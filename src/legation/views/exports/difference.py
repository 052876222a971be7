"""What is different between two states of a record: events added, withdrawn, changed, merged, split, and why.

In: the events of both states, the decisions in force in each, and which reports each holds. Out: Changes, by day. A
pure function. Idea: an event's id may change when a better claim joins it, so events are one where they share claims; a
report that was read anew has new claims, which are matched by their sentence. Events that hang together by claims are
one change: one on both sides is compared field by field, several on a side were merged or split.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from legation.record import Decision, Event, EventClaim
from legation.views.exports.source import title_of
from legation.views.record_forms import counts

__all__ = ["KINDS", "Change", "FieldChange", "Outline", "State", "compare", "outline_of", "summary"]

Kind = Literal["added", "withdrawn", "changed", "merged", "split", "regrouped", "supported"]
KINDS: Mapping[Kind, str] = {
    "added": "added", "withdrawn": "withdrawn", "changed": "changed", "merged": "merged", "split": "split",
    "regrouped": "grouped otherwise", "supported": "told by more or fewer reports",
}  # fmt: skip
NAMED = 3  # reports named one by one in a reason


@dataclass(frozen=True, slots=True)
class Sighting:
    """A claim of an event, as far as two states are compared by it; place: report, part, sentence and type."""

    id: str
    place: tuple[str, str, int, int, str]
    report: str
    digest: str
    outlet: str
    published: str | None
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """An event, as far as two states are compared."""

    id: str
    title: str
    day: str
    values: Mapping[str, str]
    support: str
    actors: frozenset[str]
    claims: tuple[Sighting, ...]


@dataclass(frozen=True, slots=True)
class State:
    """One state of a record. has_reports: which of these digests it holds."""

    events: Iterable[Outline]
    decisions: Sequence[Decision]
    has_reports: Callable[[set[str]], set[str]]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field with its value in either state, "" where it has none."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """Events that are other than before, and why."""

    kind: Kind
    before: tuple[Outline, ...]
    after: tuple[Outline, ...]
    fields: tuple[FieldChange, ...]
    why: tuple[str, ...]

    @property
    def title(self) -> str:
        """The event in a line, as it is now, or was."""
        return "; ".join(outline.title for outline in self.after or self.before)

    @property
    def day(self) -> str:
        """Its first day, as it is now, or was; "" where none is told."""
        return min((outline.day for outline in self.after or self.before if outline.day), default="")


def outline_of(event: Event) -> Outline:
    """Return what is compared of an event."""
    people = sorted({f"{p.role} {p.name}{f' [{p.country}]' if p.country else ''}" for p in event.participants})
    values = {
        "type": event.type,
        "mode": event.mode or "",
        "status": event.status,
        "when": event.when.value if event.when else "",
        "place": event.place.value if event.place else "",
        "place country": event.place_country or "",
        "participants": "; ".join(people),
        "outcome": event.outcome.value if event.outcome else "",
        "conflicts": "; ".join(sorted(conflict.words for conflict in event.conflicts)),
    }
    return Outline(
        event.id,
        title_of(event),
        event.first_day or "",
        values,
        counts(event.n_origins, event.n_reports),
        frozenset(p.actor for p in event.participants),
        tuple(_sighting(claim) for claim in event.claims),
    )


def _sighting(told: EventClaim) -> Sighting:
    claim = told.claim
    place = (told.digest, claim.part, *claim.sentence, claim.type)
    return Sighting(claim.id, place, told.report, told.digest, told.source, told.published, told.why)


# Matching ----------------------------------------------------------------------------------------------------


def compare(before: State, after: State) -> list[Change]:
    """Return what is different, by day, kind and title."""
    old, new = list(before.events), list(after.events)
    reasons = _Reasons(before, after, old, new)
    changes = [change for ours, theirs in _groups(old, new) if (change := _change(ours, theirs, reasons))]
    order = list(KINDS)
    return sorted(changes, key=lambda c: (c.day or "9999", order.index(c.kind), c.title))


def _groups(
    old: Sequence[Outline], new: Sequence[Outline]
) -> Iterator[tuple[tuple[Outline, ...], tuple[Outline, ...]]]:
    """Events of both states that hang together by claims."""
    nodes = [(0, outline) for outline in old] + [(1, outline) for outline in new]
    parent = list(range(len(nodes)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = n = parent[parent[n]]
        return n

    by_key: dict[object, int] = {}
    for n, keys in enumerate(_keys(old, new)):
        for key in keys:
            parent[root(n)] = root(by_key.setdefault(key, n))
    groups: dict[int, tuple[list[Outline], list[Outline]]] = defaultdict(lambda: ([], []))
    for n, (side, outline) in enumerate(nodes):
        groups[root(n)][side].append(outline)
    for ours, theirs in groups.values():
        yield tuple(ours), tuple(theirs)


def _keys(old: Sequence[Outline], new: Sequence[Outline]) -> Iterator[set[object]]:
    """By what each event is found: its claims' ids; for claims of one state only, where their sentences stand."""
    ids = [{claim.id for outline in side for claim in outline.claims} for side in (old, new)]
    both = ids[0] & ids[1]
    for side in (old, new):
        for outline in side:
            yield {claim.id if claim.id in both else claim.place for claim in outline.claims}


def _change(ours: tuple[Outline, ...], theirs: tuple[Outline, ...], reasons: "_Reasons") -> Change | None:
    """What became of a group; None for an event that is as it was."""
    shape = (min(len(ours), 2), min(len(theirs), 2))
    kinds: dict[tuple[int, int], Kind] = {
        (0, 1): "added", (0, 2): "added", (1, 0): "withdrawn", (2, 0): "withdrawn", (2, 1): "merged", (1, 2): "split",
        (2, 2): "regrouped",
    }  # fmt: skip
    if shape != (1, 1):
        return Change(kinds[shape], ours, theirs, (), reasons.of(ours, theirs))
    (was,), (now,) = ours, theirs
    fields = tuple(
        FieldChange(name, was.values[name], now.values[name])
        for name in was.values
        if was.values[name] != now.values[name]
    )
    if not fields and was.support == now.support:
        return None
    kind: Kind = "changed" if fields else "supported"
    if was.support != now.support:
        fields += (FieldChange("support", was.support, now.support),)
    return Change(kind, ours, theirs, fields, reasons.of(ours, theirs))


# Reasons -----------------------------------------------------------------------------------------------------


class _Reasons:
    """Why events differ: decisions, reports that came or went, reports that were read otherwise, joins."""

    def __init__(self, before: State, after: State, old: Sequence[Outline], new: Sequence[Outline]) -> None:
        was, now = ({d.id: d for d in state.decisions} for state in (before, after))
        self.decided = [(d, "decided") for id_, d in now.items() if id_ not in was]
        self.decided += [(d, "undone") for id_, d in was.items() if id_ not in now]
        digests = [{claim.digest for outline in side for claim in outline.claims} for side in (old, new)]
        self.came = digests[1] - digests[0] - before.has_reports(digests[1] - digests[0])
        self.went = digests[0] - digests[1] - after.has_reports(digests[0] - digests[1])

    def of(self, ours: Sequence[Outline], theirs: Sequence[Outline]) -> tuple[str, ...]:
        """Return the reasons in words, decisions first."""
        was = {claim.id: claim for outline in ours for claim in outline.claims}
        now = {claim.id: claim for outline in theirs for claim in outline.claims}
        actors = {actor for outline in (*ours, *theirs) for actor in outline.actors}
        why = list(self._decisions({*was, *now}, actors))
        gained = [claim for id_, claim in now.items() if id_ not in was]
        lost = [claim for id_, claim in was.items() if id_ not in now]
        why += _named("new reports", [c for c in gained if c.digest in self.came])
        why += _named("reports gone", [c for c in lost if c.digest in self.went])
        other = [c for c in (*gained, *lost) if c.digest not in self.came | self.went]
        if other and not why:
            why += _named("read or grouped otherwise", other)
        if len(ours) > len(theirs) > 0:
            why += [f"joined: {'; '.join(grounds)}" for grounds in _joins(ours, theirs)]
        return tuple(why)

    def _decisions(self, claims: set[str], actors: set[str]) -> Iterator[str]:
        for decision, what in self.decided:
            about = {claim[0] for anchor in decision.anchors for claim in anchor.claims}
            if about & claims or {anchor.id for anchor in decision.anchors} & actors:
                reason = f": {decision.reason}" if decision.reason else ""
                yield f"{what} {decision.kind} {decision.id} by {decision.author}{reason}"


def _named(what: str, claims: Iterable[Sighting]) -> list[str]:
    """The reports of claims, the first ones by name."""
    reports = sorted({(c.published or "", c.outlet, c.report) for c in claims})
    if not reports:
        return []
    names = [f"{report} ({', '.join(filter(None, (outlet, day)))})" for day, outlet, report in reports[:NAMED]]
    more = f" and {len(reports) - NAMED} more" if len(reports) > NAMED else ""
    return [f"{what}: {', '.join(names)}{more}"]


def _joins(ours: Sequence[Outline], theirs: Sequence[Outline]) -> Iterator[tuple[str, ...]]:
    """The grounds on which tellings that stood for events of their own are joined now."""
    were_heads = {claim.id for outline in ours for claim in outline.claims if not claim.why}
    found = (claim.why for outline in theirs for claim in outline.claims if claim.id in were_heads and claim.why)
    yield from dict.fromkeys(found)


def summary(changes: Sequence[Change]) -> str:
    """Say how much is different: "3 events added, 1 withdrawn, 2 changed"."""
    found = Counter[str]()
    for change in changes:
        found[change.kind] += max(len(change.before), len(change.after)) if change.kind in ("added", "withdrawn") else 1
    told = [f"{found[kind]} {words}" for kind, words in KINDS.items() if found[kind]]
    if not told:
        return "nothing differs"
    n_first, words = told[0].split(" ", 1)
    return ", ".join([f"{n_first} {'event' if n_first == '1' else 'events'} {words}", *told[1:]])
