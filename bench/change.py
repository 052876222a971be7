"""How well changes of a tie are called, on simulated series with known change points; against a z-score on raw counts.

usage: python bench/change.py [--series 300]

A series has 52 usual weeks and 13 watched ones; counts are negative binomial (spread 0.3). Each method judges the
series after weeks 2, 4, 6, 8, 10 and 13 of the watch; an alarm at any of them counts. Series without a change: steady
volume of reporting (log-normal noise of 0.2); volume that doubles or halves when the watch begins, with events that
follow it wholly (elasticity 1), by half (0.5), or not at all (0). Series with a change: the pace changes by a factor
when the watch begins, under steady volume.

The z-score compares the mean of the last weeks (one, or four) with mean and standard deviation of the usual weeks. Its
threshold is set, up and down, so that it raises as many false alarms as the change call does: once over the steady
series only, which suits it best, and once over all series without a change.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from legation.analysis.change import call_change

USUAL, WATCHED = 52, 13
LOOKS = (2, 4, 6, 8, 10, 13)
SPREAD, NOISE = 0.3, 0.2
PACES = (0.5, 1.0, 2.0, 5.0)
FACTORS = (3.0, 2.0, 0.5, 0.25)
STEADY = (1.0, 0.0)
# (factor of the volume, elasticity of the events to it)
NULLS = (STEADY, (2.0, 1.0), (2.0, 0.5), (2.0, 0.0), (0.5, 1.0), (0.5, 0.0))
Counts = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Series:
    """Counts and volume by week."""

    counts: Counts
    volume: Floats


def make(pace: float, factor: float, null: tuple[float, float], random: np.random.Generator) -> Series:
    """Return a series whose pace changes by `factor`, and whose volume by null[0], when the watch begins."""
    n = USUAL + WATCHED
    watched = np.arange(n) >= USUAL
    volume = 100 * np.exp(NOISE * random.standard_normal(n)) * np.where(watched, null[0], 1.0)
    follows = (volume / 100) ** (1.0 if null == STEADY else null[1])
    mean = pace * follows * np.where(watched, factor, 1.0)
    return Series(random.poisson(mean * random.gamma(1 / SPREAD, SPREAD, n)), volume)


def called(series: Series) -> tuple[int, int]:
    """Return the look at which a rise and a fall was called first; 99 where never."""
    first = [99, 99]
    for look in LOOKS:
        end = USUAL + look
        counts, volume = series.counts[:end].tolist(), series.volume[:end].tolist()
        verdict = call_change(counts, volume, n_recent=13, simulated=499).verdict
        for side, name in enumerate(("rising", "falling")):
            if verdict == name and first[side] == 99:
                first[side] = look
    return first[0], first[1]


def z_scores(series: Series, width: int) -> list[float]:
    """Return the z-score of the last weeks' mean at each look."""
    usual = series.counts[:USUAL]
    deviation = max(float(usual.std(ddof=1)), 1e-9) / np.sqrt(width)
    ends = [USUAL + look for look in LOOKS]
    return [float((series.counts[end - width : end].mean() - usual.mean()) / deviation) for end in ends]


def first_beyond(series: Series, width: int, sign: int, limit: float) -> int:
    """Return the first look at which the z-score is beyond the threshold; 99 where never."""
    return next((look for look, z in zip(LOOKS, z_scores(series, width), strict=True) if sign * z > limit), 99)


def threshold(nulls: Sequence[Series], width: int, sign: int, rate: float) -> float:
    """Return the threshold at which the z-score raises false alarms at this rate."""
    return float(np.quantile([max(sign * z for z in z_scores(series, width)) for series in nulls], 1 - rate))


def share(looks: Sequence[int]) -> float:
    return sum(look < 99 for look in looks) / len(looks)


def delay(looks: Sequence[int]) -> str:
    found = sorted(look for look in looks if look < 99)
    return str(found[len(found) // 2]) if found else "-"


def main() -> None:
    """Print false alarms, then what each method finds at the same rate of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--series", type=int, default=300, help="for each case and pace")
    n = parser.parse_args().series
    random = np.random.default_rng(7)
    nulls = {null: [make(pace, 1.0, null, random) for pace in PACES for _ in range(n)] for null in NULLS}
    alarms = {null: [called(series) for series in made] for null, made in nulls.items()}
    print("share of series without a change in which one was called, in 13 weeks (rising, falling)")
    for null, found in alarms.items():
        up, down = (share([pair[side] for pair in found]) for side in (0, 1))
        print(
            f"  volume x{null[0]:g}, elasticity {null[1] if null != STEADY else 1:g}: {up:.3f} {down:.3f}", flush=True
        )
    every = [series for made in nulls.values() for series in made]
    rates = {}
    for side in (0, 1):
        steady = share([pair[side] for pair in alarms[STEADY]])
        rates[side] = {"steady": steady, "all": share([p[side] for found in alarms.values() for p in found])}
    limits = {
        (width, side, kind): threshold(nulls[STEADY] if kind == "steady" else every, width, sign, rates[side][kind])
        for width in (1, 4)
        for side, sign in ((0, 1), (1, -1))
        for kind in ("steady", "all")
    }
    print("share found within 13 weeks, and the week of the median find; z-score: 1 and 4 weeks, its threshold set on")
    print("steady series, then on all")
    for factor in FACTORS:
        side = 0 if factor > 1 else 1
        for pace in PACES:
            made = [make(pace, factor, STEADY, random) for _ in range(n)]
            own = [called(series)[side] for series in made]
            row = [f"x{factor:<5g} pace {pace:<4g} call {share(own):.2f} ({delay(own)})"]
            for kind in ("steady", "all"):
                for width in (1, 4):
                    limit = limits[width, side, kind]
                    looks = [first_beyond(series, width, 1 - 2 * side, limit) for series in made]
                    row.append(f"z{width} {kind} {share(looks):.2f} ({delay(looks)})")
            print("  " + "  ".join(row), flush=True)


if __name__ == "__main__":
    main()
