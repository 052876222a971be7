"""Events on the map: a bubble a place, as large as the events there are many; what has no point is told in words.

In: the places of events, or counts by state. Out: Spots, the largest first, each with what it stands for.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

from legation.record.store.placing import Placed, StateCount
from legation.reference.coordinates import Point, point_of, point_of_state
from legation.views.web.projecting import project

__all__ = ["NOWHERE", "UNKNOWN", "Spot", "radius", "spots_of", "spots_of_states"]

NOWHERE, UNKNOWN = "none", "unknown"  # keys of events that tell no place, and of places that the tables don't know
LARGEST, LEAST = 2.6, 0.65  # radius in hundredths of the map's width
MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Spot:
    """What lies at one point, or at none.

    key: in addresses: "CHN/Beijing", "CHN" for somewhere in the state, NOWHERE, UNKNOWN. statuses: how many of each.
    words: the places as reports write them, the most frequent first. events: ids, newest first; () for counts alone.
    """

    key: str
    name: str
    point: Point | None
    statuses: dict[str, int]
    words: tuple[str, ...] = ()
    events: tuple[str, ...] = ()

    @property
    def n(self) -> int:
        return sum(self.statuses.values())

    @property
    def at(self) -> tuple[float, float]:
        """Its place on the map."""
        return project(self.point.latitude, self.point.longitude) if self.point else (0.0, 0.0)

    @property
    def is_exact(self) -> bool:
        return self.point is not None and self.point.kind == "place"

    @property
    def told(self) -> str:
        """What it stands for, in words."""
        statuses = ", ".join(f"{n:,} {status}" for status, n in self.statuses.items())
        return f"{self.name}: {self.n:,} event{'s' * (self.n != 1)} ({statuses})"


def spots_of(found: Iterable[Placed]) -> list[Spot]:
    """Return the points at which events lie, most events first; last those without one."""
    events: dict[str, list[str]] = defaultdict(list)
    statuses: dict[str, Counter[str]] = defaultdict(Counter)
    words: dict[str, Counter[str]] = defaultdict(Counter)
    points: dict[str, Point | None] = {}
    for one in found:
        point = point_of(one.place, one.country)
        key = _key(one, point)
        points[key] = point
        events[key].append(one.event)
        statuses[key][one.status] += 1
        if one.place:
            words[key][one.place] += 1
    spots = [
        Spot(
            key, _name(key, point), point, dict(statuses[key].most_common()),
            tuple(w for w, _ in words[key].most_common(MOST_WORDS)), tuple(events[key]),
        )
        for key, point in points.items()
    ]  # fmt: skip
    return _largest_first(spots)


def spots_of_states(counts: Iterable[StateCount], n_all: int) -> list[Spot]:
    """Return the states in which events lie; n_all: events of the view, of which the rest tell no place."""
    statuses: dict[str, Counter[str]] = defaultdict(Counter)
    for count in counts:
        statuses[count.country if point_of_state(count.country) else UNKNOWN][count.status] += count.n
    spots = []
    for code, own in statuses.items():
        point = point_of_state(code)
        spots.append(Spot(code, point.name if point else _name(code, None), point, dict(own.most_common())))
    rest = n_all - sum(spot.n for spot in spots)
    if rest > 0:
        spots.append(Spot(NOWHERE, _name(NOWHERE, None), None, {"of any status": rest}))
    return _largest_first(spots)


def _key(one: Placed, point: Point | None) -> str:
    if point is None:
        return UNKNOWN if one.place or one.country else NOWHERE
    return f"{point.country}/{point.name}" if point.kind == "place" else point.country


def _name(key: str, point: Point | None) -> str:
    if point is None:
        return "No place told" if key == NOWHERE else "In no one state, or not known to the tables"
    state = point_of_state(point.country)
    if point.kind == "state":
        return f"Somewhere in {point.name}"
    return f"{point.name}, {state.name}" if state and state.name != point.name else point.name


def _largest_first(spots: Iterable[Spot]) -> list[Spot]:
    return sorted(spots, key=lambda spot: (spot.point is None, -spot.n, spot.key))


def radius(n: int, most: int) -> float:
    """Return the radius of a bubble, in hundredths of the map's width: its area grows with the count."""
    return round(max(LARGEST * sqrt(n / most), LEAST), 3)
