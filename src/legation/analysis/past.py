"""The past of deeds as numbers: how often and how lately a deed, its pair, its kind and its neighbours occurred.

In: Deeds (who, what, to whom, on which day, known since when), with their inverses. Out: for any (source, kind,
target, day) the statistics that speak for the deed happening soon, from what was known before that day alone. Idea:
statistics of inertia, reciprocity, popularity and shared partners, as in relational event models (Butts 2008), with
counts that fade at several paces; confidences of one kind of deed following another between the same two, as in
temporal logic rules of length one (Liu et al. 2022), learnt on the way.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

__all__ = ["GROUPS", "STATISTICS", "Deeds", "Past", "Plans", "Rows", "mirror"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

# Days after which a deed counts half. Two days is the news of the week, 400 all that is remembered.
HALF_LIVES = (2.0, 10.0, 45.0, 400.0)
SLOW = 2  # of HALF_LIVES: the pace at which partners and neighbours are compared
RULE_LAGS = (4, 15, 61)  # days since the last deed of a kind: rules are learnt apart for up to 3, 14, 60 and more
DOUBT = 20.0  # a rule counts as if this many deeds at its kind's usual pace had been seen before
FLOOR = 1e-3
FADED = 0.01  # pairs whose faded count is less are no longer partners
NEVER = -(10**6)
REGULAR = 0.35  # spread of the gaps between deeds, as a share of their mean, up to which they are regular
MIN_GAPS = 3
YEAR, ABOUT = 365, 7  # a deed of the year before, give or take a week
UNDATED = 60  # days for which a plan without a day counts

PACES = tuple(f"{pace:g}" for pace in HALF_LIVES)
# What each statistic is about, and the statistics of each; the order is that of the columns.
GROUPS: dict[str, tuple[str, ...]] = {
    "same": tuple(f"{what} {pace}" for what in ("count", "share") for pace in PACES),
    "pair": tuple(f"{what} {pace}" for what in ("count", "share") for pace in PACES),
    "received": tuple(f"{what} {pace}" for what in ("count", "share") for pace in PACES),
    "done": tuple(f"count {pace}" for pace in PACES),
    "active": tuple(f"count {pace}" for pace in PACES),
    "rules": ("strongest", "together", "for and against", "kinds"),
    "neighbours": ("kind", "kind, of the likeliest", "any", "any, of the likeliest", "alike"),
    "rhythm": ("due", "a year ago"),
    "planned": ("this", "other", "without a day"),
}
STATISTICS = tuple(f"{group}: {name}" for group, names in GROUPS.items() for name in names)


@dataclass(frozen=True, slots=True)
class Deeds:
    """Deeds as columns: numbers of actors and kinds, days counted from any first day.

    day:   on which it was done. known: since when it is known, never before `day`.
    """

    source: Ints
    kind: Ints
    target: Ints
    day: Ints
    known: Ints
    n_actors: int
    n_kinds: int


def mirror(deeds: Deeds, inverse: Sequence[int]) -> Deeds:
    """Add to each deed its inverse, whose kind `inverse` gives; of kinds that are their own inverse too."""
    turned = np.asarray(inverse, dtype=np.int64)
    return Deeds(
        np.concatenate([deeds.source, deeds.target]),
        np.concatenate([deeds.kind, turned[deeds.kind]]),
        np.concatenate([deeds.target, deeds.source]),
        np.tile(deeds.day, 2),
        np.tile(deeds.known, 2),
        deeds.n_actors,
        len(turned),
    )


@dataclass(frozen=True, slots=True)
class Rows:
    """Deeds that may happen: columns of the same length."""

    source: Ints
    kind: Ints
    target: Ints

    def __len__(self) -> int:
        return len(self.source)


@dataclass(frozen=True, slots=True)
class Plans:
    """Deeds announced, with their inverses, as columns.

    known: since when; ended: since when it is known that it was held or called off. first, last: the days named; both
    NEVER where none is.
    """

    source: Ints
    kind: Ints
    target: Ints
    known: Ints
    ended: Ints
    first: Ints
    last: Ints


class Tally:
    """Faded counts by key."""

    def __init__(self, n: int) -> None:
        self.rates = np.log(2) / np.array(HALF_LIVES, dtype=np.float32)
        self.last = np.full(n, NEVER, dtype=np.int64)
        self.touched = np.zeros(n, dtype=np.int64)
        self.values = np.zeros((n, len(HALF_LIVES)), dtype=np.float32)

    def add(self, keys: Ints, days: Ints, now: int) -> None:
        """Count deeds that become known now."""
        found, at = np.unique(keys, return_inverse=True)
        new = np.zeros((len(found), len(HALF_LIVES)), dtype=np.float32)
        np.add.at(new, at, np.exp(-(now - days)[:, None] * self.rates))
        self.values[found] = self.look(found, now) + new
        self.touched[found] = now
        np.maximum.at(self.last, keys, days)

    def look(self, keys: Ints, now: int) -> Floats:
        """Return the counts of keys; -1 for a key that never occurs."""
        age = (now - self.touched[keys]).astype(np.float32)
        values = self.values[keys] * np.exp(-age[:, None] * self.rates)
        values[keys < 0] = 0
        return values  # type: ignore[no-any-return]


def find(known: Ints, keys: Ints) -> Ints:
    """Return where keys stand in a sorted array, -1 where they don't."""
    if not len(known):
        return np.full(len(keys), -1)
    at = np.minimum(np.searchsorted(known, keys), len(known) - 1)
    return np.where(known[at] == keys, at, -1)


def ranges(start: Ints, end: Ints) -> Ints:
    """Return the numbers of all ranges, one range after the other."""
    length = end - start
    before = np.cumsum(length) - length
    return np.repeat(start - before, length) + np.arange(length.sum())


@dataclass(slots=True)
class Rules:
    """How often a deed followed where one of another kind had been so long ago: by (earlier kind, lag, kind)."""

    n_kinds: int
    held: Floats = field(init=False)
    seen: Floats = field(init=False)

    def __post_init__(self) -> None:
        shape = (self.n_kinds, len(RULE_LAGS) + 1, self.n_kinds)
        self.held, self.seen = np.zeros(shape, dtype=np.float32), np.zeros(shape, dtype=np.float32)

    def usual(self) -> Floats:
        """How often each kind followed on anything."""
        return (self.held.sum((0, 1)) + 1) / (self.seen.sum((0, 1)) + 5 * DOUBT)  # type: ignore[no-any-return]


class Past:
    """What is known before a day. It goes forward only: `advance` takes in the deeds known by then."""

    def __init__(self, deeds: Deeds) -> None:
        order = np.argsort(deeds.known, kind="stable")
        self.source, self.kind, self.target = deeds.source[order], deeds.kind[order], deeds.target[order]
        self.day, self.known = deeds.day[order], deeds.known[order]
        self.n_actors, self.n_kinds = deeds.n_actors, deeds.n_kinds
        self.n_taken = 0
        self.now = NEVER
        self._number()
        self.rules = Rules(self.n_kinds)

    def _number(self) -> None:
        """Give numbers to pairs, deeds (pair and kind) and so on, and lay out which belong together."""
        s, k, o = self.source, self.kind, self.target
        self.pairs, pair_of = np.unique(s * self.n_actors + o, return_inverse=True)
        self.acts, act_of = np.unique((s * self.n_actors + o) * self.n_kinds + k, return_inverse=True)
        self.getting, getting_of = np.unique(k * self.n_actors + o, return_inverse=True)
        self.doing, doing_of = np.unique(s * self.n_kinds + k, return_inverse=True)
        self.keys = {"same": act_of, "pair": pair_of, "received": getting_of, "done": doing_of, "active": o, "kinds": k}
        sizes = {
            "same": len(self.acts), "pair": len(self.pairs), "received": len(self.getting), "done": len(self.doing),
            "active": self.n_actors, "kinds": self.n_kinds,
        }  # fmt: skip
        self.tallies = {name: Tally(size) for name, size in sizes.items()}
        self.pair_source, self.pair_target = np.divmod(self.pairs, self.n_actors)
        self.pairs_from = np.searchsorted(self.pair_source, np.arange(self.n_actors + 1))
        self.act_kind = self.acts % self.n_kinds
        self.act_source, self.act_target = np.divmod(self.acts // self.n_kinds, self.n_actors)
        self.acts_from = np.searchsorted(self.acts // self.n_kinds, np.append(self.pairs, self.n_actors**2))
        self.by_kind = np.argsort(self.act_kind, kind="stable")
        self.kinds_from = np.searchsorted(self.act_kind[self.by_kind], np.arange(self.n_kinds + 1))
        self.getting_target = self.getting % self.n_actors
        self.getting_from = np.searchsorted(self.getting // self.n_actors, np.arange(self.n_kinds + 1))
        self.gaps = np.zeros((len(self.acts), 3), dtype=np.float32)  # number, sum, sum of squares
        # Days of each deed, for looking back a year; what was told long after says little of the rhythm.
        prompt = self.known - self.day < YEAR // 2
        self.spans = np.sort(act_of[prompt] * 10**6 + self.day[prompt])

    def advance(self, now: int) -> None:
        """Take in what became known before `now`."""
        end = int(np.searchsorted(self.known, now))
        days = self.known[self.n_taken : end]
        for start, day in zip(*np.unique(days, return_index=True)[::-1], strict=True):
            part = slice(self.n_taken + int(start), self.n_taken + int(np.searchsorted(days, day, side="right")))
            self._count_gaps(part)
            for name, keys in self.keys.items():
                self.tallies[name].add(keys[part], self.day[part], int(day))
        self.n_taken, self.now = end, now
        self._find_partners()

    def _count_gaps(self, part: slice) -> None:
        keys, first = np.unique(self.keys["same"][part], return_index=True)
        last = self.tallies["same"].last[keys]
        gap = (self.day[part][first] - last)[:, None].astype(np.float32)
        is_gap = (last > NEVER)[:, None] & (gap > 0)
        self.gaps[keys] += np.where(is_gap, np.concatenate([np.ones_like(gap), gap, gap**2], axis=1), 0)

    def _find_partners(self) -> None:
        """Weigh each actor's partners, so that two actors with the same partners in like shares have product one."""
        count = np.log1p(self.tallies["pair"].look(np.arange(len(self.pairs)), self.now)[:, SLOW])
        kept = np.flatnonzero(count > FADED)
        self.partner_of, self.partner = self.pair_source[kept], self.pair_target[kept]
        norm = np.sqrt(np.bincount(self.partner_of, count[kept] ** 2, self.n_actors))
        self.partner_weight = (count[kept] / np.maximum(norm, FLOOR)[self.partner_of]).astype(np.float32)
        self.partners_from = np.searchsorted(self.partner_of, np.arange(self.n_actors + 1))
        act_count = np.log1p(self.tallies["same"].look(np.arange(len(self.acts)), self.now)[:, SLOW])
        self.act_weight = np.where(act_count > FADED, act_count, 0)
        # The weight of "a has the partner b" seen from b: pairs are mirrored, so each has its twin.
        twins = find(self.partner_of * self.n_actors + self.partner, self.partner * self.n_actors + self.partner_of)
        self.twin_weight = np.where(twins < 0, 0, self.partner_weight[twins])

    # Neighbours --------------------------------------------------------------------------------------------------

    def alike(self, actor: int) -> Floats:
        """Return how alike the partners of an actor and of each other one are, 0 to 1; 0 for itself."""
        mine = slice(*self.partners_from[actor : actor + 2])
        shared = self.partner[mine]
        at = ranges(self.partners_from[shared], self.partners_from[shared + 1])
        weight = np.repeat(self.partner_weight[mine], self.partners_from[shared + 1] - self.partners_from[shared])
        found = np.bincount(self.partner[at], weight * self.twin_weight[at], self.n_actors)
        found[actor] = 0
        return found.astype(np.float32)

    def targets_of_alike(self, alike: Floats, kind: int | None) -> Floats:
        """Return how much those alike did this kind of deed to each actor; any deed where kind is None."""
        if kind is None:
            return np.bincount(self.partner, alike[self.partner_of] * self.partner_weight, self.n_actors).astype(
                np.float32
            )
        acts = self.by_kind[self.kinds_from[kind] : self.kinds_from[kind + 1]]
        weight = alike[self.act_source[acts]] * self.act_weight[acts]
        return np.bincount(self.act_target[acts], weight, self.n_actors).astype(np.float32)

    # Statistics --------------------------------------------------------------------------------------------------

    def statistics(self, rows: Rows, window: int, plans: Plans | None = None) -> Floats:
        """Return the statistics of rows for the window of days from now on: an array (row, statistic).

        All of one source's rows must be given together for the neighbours "of the likeliest" to mean among the rows.
        """
        n = self.n_actors
        pair = find(self.pairs, rows.source * n + rows.target)
        same = find(self.acts, (rows.source * n + rows.target) * self.n_kinds + rows.kind)
        got = self._look("received", find(self.getting, rows.kind * n + rows.target))
        did = self._look("done", find(self.doing, rows.source * self.n_kinds + rows.kind))
        by_source = self._look("active", rows.source)
        by_kind = self._look("kinds", rows.kind)
        return np.concatenate(
            [
                _levels(self._look("same", same), did),
                _levels(self._look("pair", pair), by_source),
                _levels(got, by_kind),
                np.log1p(did),
                np.log1p(self._look("active", rows.target)),
                self._rules(rows, pair),
                self._neighbours(rows),
                self._rhythm(same, window),
                self._planned(rows, window, plans),
            ],
            axis=1,
        )

    def _look(self, name: str, keys: Ints) -> Floats:
        return self.tallies[name].look(keys, self.now)

    def _followed(self, rows: Rows, pair: Ints) -> tuple[Ints, tuple[Ints, Ints, Ints]]:
        """For each kind of deed that the row's pair has had: the row, and the rule (earlier kind, lag, kind)."""
        with_pair = np.flatnonzero(pair >= 0)
        start, end = self.acts_from[pair[with_pair]], self.acts_from[pair[with_pair] + 1]
        acts, row = ranges(start, end), np.repeat(with_pair, end - start)
        last = self.tallies["same"].last[acts]
        known = last > NEVER
        acts, row, lag = acts[known], row[known], self.now - last[known]
        return row, (self.act_kind[acts], np.searchsorted(RULE_LAGS, lag, side="right"), rows.kind[row])

    def _rules(self, rows: Rows, pair: Ints) -> Floats:
        row, rule = self._followed(rows, pair)
        usual = self.rules.usual()[rule[2]]
        confidence = (self.rules.held[rule] + DOUBT * usual) / (self.rules.seen[rule] + DOUBT)
        strongest = np.zeros(len(rows), dtype=np.float32)
        np.maximum.at(strongest, row, confidence)
        together = np.bincount(row, -np.log1p(-np.minimum(confidence, 0.95)), len(rows))
        speaking = np.bincount(row, np.clip(np.log(confidence / usual), -3, 3), len(rows))
        kinds = np.log1p(np.bincount(row, minlength=len(rows)))
        columns = (np.log(strongest + FLOOR), np.log(together + FLOOR), speaking, kinds)
        return np.stack(columns, axis=1).astype(np.float32)

    def learn_rules(self, rows: Rows, came: NDArray[np.bool_]) -> None:
        """Count which rows came true; call it once their window is over, before `advance` goes on."""
        row, rule = self._followed(rows, find(self.pairs, rows.source * self.n_actors + rows.target))
        np.add.at(self.rules.seen, rule, 1)
        np.add.at(self.rules.held, rule, came[row].astype(np.float32))

    def _neighbours(self, rows: Rows) -> Floats:
        found = np.zeros((len(rows), len(GROUPS["neighbours"])), dtype=np.float32)
        order = np.lexsort((rows.kind, rows.source))
        starts = np.flatnonzero(np.diff(rows.source[order], prepend=-1))
        for start, end in zip(starts, np.append(starts[1:], len(order)), strict=True):
            part = order[start:end]
            alike = self.alike(int(rows.source[part[0]]))
            any_kind = self.targets_of_alike(alike, None)
            found[part, 2] = any_kind[rows.target[part]]
            found[part, 3] = found[part, 2] / max(float(any_kind.max()), FLOOR)
            found[part, 4] = alike[rows.target[part]]
            for kind in np.unique(rows.kind[part]):
                of_kind = part[rows.kind[part] == kind]
                likely = self.targets_of_alike(alike, int(kind))
                found[of_kind, 0] = likely[rows.target[of_kind]]
                found[of_kind, 1] = found[of_kind, 0] / max(float(likely.max()), FLOOR)
        return np.log(found + FLOOR)  # type: ignore[no-any-return]

    def _rhythm(self, same: Ints, window: int) -> Floats:
        number, total, squares = self.gaps[same].T
        mean = total / np.maximum(number, 1)
        spread = np.sqrt(np.maximum(squares / np.maximum(number, 1) - mean**2, 0))
        next_ = self.tallies["same"].last[same] + mean - self.now
        slack = np.maximum(spread, 0.5)
        is_due = (next_ + slack >= 0) & (next_ - slack < window)
        due = (same >= 0) & (number >= MIN_GAPS) & (spread <= REGULAR * mean) & is_due
        years = sum(self._was_done(same, self.now - k * YEAR - ABOUT, window + 2 * ABOUT) for k in (1, 2, 3))
        return np.stack([due, years], axis=1).astype(np.float32)

    def _was_done(self, same: Ints, first: int, length: int) -> NDArray[np.int64]:
        """1 where the deed was done within so many days from `first` on, as far as that was before now."""
        end = min(first + length, self.now)
        low = np.searchsorted(self.spans, same * 10**6 + max(first, 0))
        high = np.searchsorted(self.spans, same * 10**6 + max(end, 0))
        return ((same >= 0) & (high > low)).astype(np.int64)

    def _planned(self, rows: Rows, window: int, plans: Plans | None) -> Floats:
        """This deed planned within the window; another deed of the pair; one of the pair without a day."""
        found = np.zeros((len(rows), 3), dtype=np.float32)
        if plans is None:
            return found
        is_open = (plans.known < self.now) & (plans.ended >= self.now)
        is_dated = plans.first > NEVER
        within = is_open & is_dated & (plans.last >= self.now) & (plans.first < self.now + window)
        vague = is_open & ~is_dated & (plans.known >= self.now - UNDATED)
        pair = plans.source * self.n_actors + plans.target
        act = pair * self.n_kinds + plans.kind
        own_pair = rows.source * self.n_actors + rows.target
        found[:, 0] = np.isin(own_pair * self.n_kinds + rows.kind, act[within])
        found[:, 1] = np.isin(own_pair, pair[within]) & (found[:, 0] == 0)
        found[:, 2] = np.isin(own_pair, pair[vague])
        return found

    # Candidates --------------------------------------------------------------------------------------------------

    def likely_targets(self, source: int, kind: int, n: int = 150) -> Ints:
        """Return whom a deed may concern: all partners, the most usual targets of the kind, and of those alike."""
        pairs = np.arange(*self.pairs_from[source : source + 2])
        partners = self.pair_target[pairs[self.tallies["pair"].last[pairs] > NEVER]]
        usual = np.arange(*self.getting_from[kind : kind + 2])
        usual = usual[self.tallies["received"].last[usual] > NEVER]
        often = np.argsort(-self._look("received", usual).sum(axis=1), kind="stable")[:n]
        shared = self.targets_of_alike(self.alike(source), kind)
        near = np.argsort(-shared, kind="stable")[:n]
        return np.unique(np.concatenate([partners, self.getting_target[usual[often]], near[shared[near] > 0]]))


def _levels(counts: Floats, among: Floats) -> Floats:
    """Counts, and their shares of a larger count, as logarithms."""
    return np.concatenate([np.log1p(counts), np.log(counts / (among + 1) + FLOOR)], axis=1)
