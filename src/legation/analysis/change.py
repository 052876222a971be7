"""Calls a change in a series of counts: rising, falling, no change, or too little to say.

In: counts by period, and how much was read in each. Out: a Change with its numbers. Idea: counts of events follow a
negative binomial law, whose spread beyond Poisson's is estimated from the earlier periods (the baseline); evidence that
the latest periods run at twice or half the former pace is added up (a cumulative sum of log likelihood ratios: Page
1954; for negative binomial counts Höhle and Paul 2008). How large a sum chance alone makes is found by simulating the
series from its baseline, estimation included (parametric bootstrap), so that the rate of false calls is known
whatever the length, pace and spread.

How far events follow the volume of reporting nobody knows: twice the reports may tell twice the events, or the same
events twice. So a call must hold both ways: with the volume taken out, and without.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

__all__ = ["CHANCE", "Change", "Verdict", "call_change"]

Verdict = Literal["rising", "falling", "no change", "thin data"]
Floats = NDArray[np.float64]

# A call is made where chance alone makes one as strong in fewer than 1 of 100 series on each side; bench/change.py
# measures what that costs in changes found.
CHANCE = 0.01
FACTOR = 2.0  # the change looked for: twice or half the pace; larger ones are found sooner, smaller ones later
MIN_BASELINE = 8  # periods with reports: fewer don't tell the usual spread
MIN_RECENT = 3
MIN_EVENTS = 8  # in baseline and recent periods together
MIN_ACTIVE = 4  # periods with events: one journey makes many events, and tells no pace
MAX_BASELINE = 104  # periods: what lies further back is no longer usual
SIMULATED = 1999
# The spread expected before any is seen, worth so many periods: short baselines underestimate it.
PRIOR_SPREAD, PRIOR_PERIODS = 0.2, 6
MIN_SPREAD = 0.02


@dataclass(frozen=True, slots=True)
class Change:
    """A call with its grounds.

    since:    index of the first period at the new pace; None without a change.
    baseline: indices [first, end) of the periods taken as usual; recent: of those judged.
    expected: events in the changed periods (in all recent ones, without a change) at the baseline's pace, by volume.
    found:    events there.
    pace:     events a period in the baseline. spread: variance is mean + spread * mean squared.
    chance:   share of series without a change whose sum is as large; 1 where nothing was judged.
    reason:   why nothing was judged, "" otherwise.
    """

    verdict: Verdict
    since: int | None
    baseline: tuple[int, int]
    recent: tuple[int, int]
    expected: float
    found: int
    pace: float
    spread: float
    chance: float
    reason: str = ""


def call_change(counts: Sequence[int], volume: Sequence[float], *, n_recent: int, simulated: int = SIMULATED) -> Change:
    """Judge whether the last periods run at another pace than those before.

    counts: events by period. volume: what was read, same length; periods in which nothing was read are left out.
    n_recent: so many of the last periods are judged, at most a third of all.
    """
    read = [k for k, amount in enumerate(volume) if amount > 0]
    n_judged = min(n_recent, len(read) // 3)
    judged, usual = read[len(read) - n_judged :], read[: len(read) - n_judged][-MAX_BASELINE:]
    if reason := _why_thin(usual, judged, [counts[k] for k in (*usual, *judged)]):
        return _undecided("thin data", usual, judged, counts, reason)
    y = np.array([counts[k] for k in (*usual, *judged)], dtype=np.float64)
    exposure = np.array([volume[k] for k in (*usual, *judged)], dtype=np.float64)
    by_volume = _judge(y, exposure / exposure.mean(), len(usual), simulated)
    as_told = _judge(y, np.ones_like(exposure), len(usual), simulated)
    for side, verdict in ((0, "rising"), (1, "falling")):
        p = max(by_volume.chance[side], as_told.chance[side])
        if p < CHANCE:
            since = max(by_volume.since[side], as_told.since[side])
            return _called(verdict, p, since, by_volume, usual, judged, counts)  # type: ignore[arg-type]
    calm = _undecided("no change", usual, judged, counts, "")
    p = min(max(pair) for pair in zip(by_volume.chance, as_told.chance, strict=True))
    expected = float((by_volume.rate * by_volume.exposure[len(usual) :]).sum())
    return _with(calm, expected, by_volume, p)


def _why_thin(usual: Sequence[int], judged: Sequence[int], counts: Sequence[int]) -> str:
    rules = (
        (len(usual), MIN_BASELINE, "earlier periods with reports"),
        (len(judged), MIN_RECENT, "recent periods with reports"),
        (sum(counts), MIN_EVENTS, "events"),
        (sum(n > 0 for n in counts), MIN_ACTIVE, "periods with events"),
    )
    missing = [f"{found} {what} where {needed} are needed" for found, needed, what in rules if found < needed]
    return "; ".join(missing)


def _undecided(
    verdict: Verdict, usual: Sequence[int], judged: Sequence[int], counts: Sequence[int], reason: str
) -> Change:
    found = sum(counts[k] for k in judged)
    return Change(verdict, None, _bounds(usual), _bounds(judged), 0.0, found, 0.0, 0.0, 1.0, reason)


def _bounds(indices: Sequence[int]) -> tuple[int, int]:
    return (indices[0], indices[-1] + 1) if indices else (0, 0)


def _with(change: Change, expected: float, judged: "_Judged", chance: float) -> Change:
    return Change(
        change.verdict, change.since, change.baseline, change.recent, expected, change.found, judged.rate,
        judged.spread, chance, change.reason,
    )  # fmt: skip


def _called(
    verdict: Verdict,
    chance: float,
    since: int,
    by_volume: "_Judged",
    usual: Sequence[int],
    judged: Sequence[int],
    counts: Sequence[int],
) -> Change:
    changed = judged[since:]
    expected = float((by_volume.rate * by_volume.exposure[len(usual) + since :]).sum())
    return Change(
        verdict, changed[0], _bounds(usual), _bounds(judged), expected, sum(counts[k] for k in changed),
        by_volume.rate, by_volume.spread, chance,
    )  # fmt: skip


# The model ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Judged:
    """The sums at the end of a series against those of simulated ones; pairs are (up, down)."""

    chance: tuple[float, float]
    since: tuple[int, int]
    rate: float
    spread: float
    exposure: Floats


def _judge(y: Floats, exposure: Floats, n_usual: int, simulated: int) -> _Judged:
    """Sum up the evidence in the periods after the first n_usual, and compare with chance."""
    rate, spread = _fit(y[None, :n_usual], exposure[:n_usual])
    random = np.random.Generator(np.random.PCG64(19540601))
    mean = rate * exposure
    made = random.poisson(mean * random.gamma(1 / spread, spread, (simulated, len(y)))).astype(np.float64)
    rates, spreads = _fit(made[:, :n_usual], exposure[:n_usual])
    found, since = [], []
    for factor in (FACTOR, 1 / FACTOR):
        told, start = _sum_up(y[None, n_usual:], rate * exposure[n_usual:], spread, factor)
        chance, _ = _sum_up(made[:, n_usual:], rates * exposure[n_usual:], spreads, factor)
        found.append(float((1 + (chance >= told[0]).sum()) / (1 + simulated)) if told[0] > 0 else 1.0)
        since.append(int(start[0]))
    return _Judged((found[0], found[1]), (since[0], since[1]), float(rate[0, 0]), float(spread[0, 0]), exposure)


def _fit(y: Floats, exposure: Floats) -> tuple[Floats, Floats]:
    """Return pace and spread of each series, as columns; the spread by moments, drawn towards what is usual."""
    rate = (y.sum(axis=1, keepdims=True) + 0.5) / exposure.sum()
    mean = rate * exposure
    square = (mean**2).sum(axis=1, keepdims=True)
    prior = PRIOR_PERIODS * square / y.shape[1]
    excess = ((y - mean) ** 2 - mean).sum(axis=1, keepdims=True)
    return rate, np.maximum((excess + PRIOR_SPREAD * prior) / (square + prior), MIN_SPREAD)


def _sum_up(y: Floats, mean: Floats, spread: Floats, factor: float) -> tuple[Floats, NDArray[np.int64]]:
    """Return the cumulative sum at the end of each series, and the period after it was last zero."""
    kept = (1 + spread * mean) / (1 + factor * spread * mean)
    ratio = y * np.log(factor * kept) + np.log(kept) / spread
    total = np.zeros(len(y))
    start = np.zeros(len(y), dtype=np.int64)
    for k in range(y.shape[1]):
        total = np.maximum(total + ratio[:, k], 0)
        start[total == 0] = k + 1
    return total, np.minimum(start, y.shape[1] - 1)
