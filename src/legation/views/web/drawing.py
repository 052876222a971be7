"""Small drawings made by the server as values for SVG: no script, no style, so that the strictest policy shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from legation.record.store.browsing import Month

__all__ = ["Bar", "Bars", "bars"]

MOST_BARS = 120


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a drawing: place and size in its units, what it counts in words, and the days that it stands for."""

    x: float
    y: float
    width: float
    height: float
    n: int
    label: str
    since: str
    until: str
    kind: str


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars side by side; ticks: (x, words)."""

    width: int
    height: int
    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, str], ...]
    most: int


def bars(months: Sequence[Month], *, width: int = 720, height: int = 72) -> Bars:
    """Return events over time: a bar a month, a year where there are many; held below, planned on top."""
    dated = _central([month for month in months if len(month.month) == 7])
    if not dated:
        return Bars(width, height, (), (), 0)
    step = "month" if _span([m.month for m in dated]) <= MOST_BARS else "year"
    size = 7 if step == "month" else 4
    held: dict[str, int] = {}
    other: dict[str, int] = {}
    for month in dated:
        into = held if month.status == "done" else other
        into[month.month[:size]] = into.get(month.month[:size], 0) + month.n
    slots = _slots(min(m.month for m in dated)[:size], max(m.month for m in dated)[:size])
    most = max(held.get(slot, 0) + other.get(slot, 0) for slot in slots)
    room, gap = width / len(slots), 1 if len(slots) < width / 3 else 0
    drawn = []
    for k, slot in enumerate(slots):
        base = float(height)
        for kind, n in (("held", held.get(slot, 0)), ("other", other.get(slot, 0))):
            if n:
                tall = max(1.0, height * n / most)
                base -= tall
                words = f"{slot}: {n:,} {'held' if kind == 'held' else 'planned or else'}"
                since, until = _days(slot)
                drawn.append(
                    Bar(round(k * room, 2), round(base, 2), round(max(room - gap, 0.6), 2), round(tall, 2), n, words,
                        since, until, kind)
                )  # fmt: skip
    return Bars(width, height, tuple(drawn), _ticks(slots, room), most)


def _central(months: Sequence[Month]) -> list[Month]:
    """The months without the few events at either end, one in a hundred, that would press all others together."""
    counts: dict[str, int] = {}
    for month in months:
        counts[month.month] = counts.get(month.month, 0) + month.n
    aside = sum(counts.values()) / 100
    kept = set(counts)
    for order in (sorted(counts), sorted(counts, reverse=True)):
        seen = 0
        for key in order:
            seen += counts[key]
            if seen > aside:
                break
            kept.discard(key)
    return [month for month in months if month.month in kept]


def _span(months: Sequence[str]) -> int:
    first, last = min(months), max(months)
    return 12 * (int(last[:4]) - int(first[:4])) + int(last[5:]) - int(first[5:]) + 1


def _slots(first: str, last: str) -> list[str]:
    if len(first) == 4:
        return [f"{year:04}" for year in range(int(first), int(last) + 1)]
    start, end = (12 * int(m[:4]) + int(m[5:]) - 1 for m in (first, last))
    return [f"{k // 12:04}-{k % 12 + 1:02}" for k in range(start, end + 1)]


def _days(slot: str) -> tuple[str, str]:
    if len(slot) == 4:
        return f"{slot}-01-01", f"{slot}-12-31"
    year, month = int(slot[:4]), int(slot[5:])
    following = date(year + month // 12, month % 12 + 1, 1)
    return f"{slot}-01", date.fromordinal(following.toordinal() - 1).isoformat()


def _ticks(slots: Sequence[str], room: float) -> tuple[tuple[float, str], ...]:
    """The years, so many as have room beside each other."""
    starts = [(k * room, slot[:4]) for k, slot in enumerate(slots) if len(slot) == 4 or slot.endswith("-01") or k == 0]
    kept: list[tuple[float, str]] = []
    for x, words in starts:
        if not kept or x - kept[-1][0] >= 80:
            kept.append((round(x, 2), words))
    return tuple(kept)
