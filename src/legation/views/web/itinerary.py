"""A trip as it is drawn: its stops on a line of days and on a map, with gaps between them.

In: a Trip. Out: values for the templates' SVG: places along a line from 0 to 1000, and places on the map. Doubt is
drawn as doubt: a stay is solid from the latest day on which it may have begun to the earliest on which it may have
ended, and pale beyond.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from legation.language.periods import read_edtf_days
from legation.record.meeting import Meeting
from legation.record.trips import Stop, Trip
from legation.reference.coordinates import Point, point_of
from legation.views.web.projecting import SQUEEZE, WORLD, Box, box_around, project

__all__ = ["Bounds", "DayLine", "Gap", "Route", "bounds_of", "days_of", "gaps_of", "route_of", "stay_days"]

LENGTH = 1000  # of the line of days
OPEN = timedelta(days=3)  # how far a stay is drawn towards a side on which nothing bounds it
MOST_TICKS = 8
ROUND = 360 * SQUEEZE  # once around the world


@dataclass(frozen=True, slots=True)
class Bounds:
    """What an EDTF value says of a day: not before `first`, not after `last` (None: open); sure: without doubt."""

    first: date | None
    last: date | None
    sure: bool

    @property
    def is_bounded(self) -> bool:
        """Whether the words themselves bound it: a day, or days; not a day that only publication suggests."""
        return self.sure or (self.first is not None and self.last is not None and self.first != self.last)


def bounds_of(value: str | None) -> Bounds:
    """Return the bounds that an EDTF value gives.

    >>> bounds_of("../2024-07-25").last, bounds_of("2024-03-25?").sure
    (datetime.date(2024, 7, 25), False)
    """
    if not value:
        return Bounds(None, None, False)
    parts = value.split("/")
    first, last = read_edtf_days(parts[0]), read_edtf_days(parts[-1])
    one, other = (first[0] if first else None), (last[1] if last else None)
    return Bounds(one, other, one is not None and one == other and value[-1].isdigit())


def day_words(value: str) -> str:
    """Return an EDTF value as people write it.

    >>> day_words("../2024-07-25"), day_words("2024-06-19/.."), day_words("2024-07-01/2024-07-31")
    ('until 2024-07-25', '2024-06-19 or later', 'between 2024-07-01 and 2024-07-31')
    """
    one, slash, other = value.partition("/")
    if not slash:
        return value
    if ".." in (one, other):
        return f"until {other}" if one == ".." else f"{one} or later"
    return f"between {one} and {other}"


def stay_days(start: str | None, end: str | None) -> str:
    """Return the first and the last day in words."""
    return " to ".join(dict.fromkeys(day_words(day) for day in (start, end) if day)) or "no day told"


# Days --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the line of days: where it begins, how long it is, what it says. kind: its class in the drawing."""

    x: float
    width: float
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class DayLine:
    """The days of a trip. rows: the spans of each stop, in their order; ticks: (x, day)."""

    rows: tuple[tuple[Span, ...], ...]
    ticks: tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Days between two stops of which nothing is told; after: number of the stop before them, from 1."""

    after: int
    first: str
    last: str
    days: int


def gaps_of(trip: Trip) -> list[Gap]:
    """Return the days between stops that nothing tells of, not even in doubt."""
    found = []
    for n, (one, other) in enumerate(pairwise(trip.stops), 1):
        end = bounds_of(one.end or one.start).last
        start = bounds_of(other.start).first
        if end and start and (start - end).days > 1:
            day = timedelta(days=1)
            found.append(Gap(n, (end + day).isoformat(), (start - day).isoformat(), (start - end).days - 1))
    return found


def days_of(trip: Trip) -> DayLine:
    """Return a trip's stops along its days; empty where nothing tells a day."""
    every = [day for stop in trip.stops for day in _days_told(stop)]
    if not every:
        return DayLine((), ())
    first, last = min(every), max(every)
    n_days = (last - first).days + 1

    def at(day: date) -> float:
        return LENGTH * (day - first).days / n_days

    def span(one: date, other: date, kind: str, words: str) -> Span:
        x = at(max(one, first))
        return Span(round(x, 1), round(max(at(min(other, last) + timedelta(days=1)) - x, 2), 1), kind, words)

    gaps = {gap.after: gap for gap in gaps_of(trip)}
    rows = []
    for n, stop in enumerate(trip.stops):
        spans = []
        if gap := gaps.get(n):
            words = f"{gap.first} to {gap.last}: nothing is told"
            spans.append(span(date.fromisoformat(gap.first), date.fromisoformat(gap.last), "gap", words))
        spans += [span(*stretch) for stretch in _stretches(stop)]
        rows.append(tuple(spans))
    return DayLine(tuple(rows), _ticks(first, n_days))


def _days_told(stop: Stop) -> list[date]:
    """All days between which a stop's line runs."""
    return [day for one, other, _, _ in _stretches(stop) for day in (one, other)]


def _stretches(stop: Stop) -> list[tuple[date, date, str, str]]:
    """First and last day, kind, words: of the stay, of what is in doubt about it, of disputed days and meetings."""
    start, end = bounds_of(stop.start), bounds_of(stop.end or stop.start)
    state = "" if stop.status == "done" else f" {stop.status}"
    words = stay_words(stop)
    found: list[tuple[date, date, str, str]] = []
    known = [day for day in (start.first, start.last, end.first, end.last) if day]
    if known and not (start.sure and end.sure):
        found.append((start.first or min(known) - OPEN, end.last or max(known) + OPEN, f"doubt{state}", words))
    sure = [day for day in (start.last if start.is_bounded else None, end.first if end.is_bounded else None) if day]
    if sure and sure[0] <= sure[-1]:
        found.append((sure[0], sure[-1], f"stay{state}", words))
    for dispute in stop.disputed:
        day = date.fromisoformat(dispute.value)
        what = "beginning" if dispute.field == "start" else "end"
        found.append((day, day, "dispute", f"{dispute.value}: the {what} as {_origins(dispute.n_origins)} tell it"))
    for meeting in stop.meetings:
        day_told = bounds_of(meeting.when)
        if day_told.first and day_told.first == day_told.last:
            kind = "met" if meeting.status == "done" else f"met {meeting.status}"
            found.append((day_told.first, day_told.first, kind, f"{meeting.when}: {meeting_words(meeting)}"))
    return found


def _origins(n: int) -> str:
    return f"{n} origin{'s' * (n != 1)}"


def stay_words(stop: Stop) -> str:
    """A stop's days in words."""
    return f"{stop.place or stop.country}: {stay_days(stop.start, stop.end)}, {stop.status}"


def meeting_words(meeting: Meeting) -> str:
    """A meeting in words."""
    return f"{meeting.kind}{' with ' if meeting.kind in ('meeting', 'call') else ': '}{', '.join(meeting.others)}"


def _ticks(first: date, n_days: int) -> tuple[tuple[float, str], ...]:
    step = max(1, -(-n_days // MOST_TICKS))
    return tuple((round(100 * k / n_days, 2), (first + timedelta(days=k)).isoformat()) for k in range(0, n_days, step))


# Map ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StopMark:
    """A point of the map at which one or more stops lie; exact: the place itself, not just somewhere in its state."""

    x: float
    y: float
    label: str
    words: str
    stop: int
    status: str
    exact: bool


@dataclass(frozen=True, slots=True)
class Leg:
    """The way from one point to the next; status: that of the stop it leads to."""

    x1: float
    y1: float
    x2: float
    y2: float
    status: str


@dataclass(frozen=True, slots=True)
class Route:
    """A trip on the map. nowhere: words for stops that have no point."""

    box: Box
    marks: tuple[StopMark, ...]
    legs: tuple[Leg, ...]
    nowhere: tuple[str, ...]


def route_of(trip: Trip) -> Route:
    """Return a trip's stops on the map, each city of a stop a point."""
    placed = [(n, stop, point) for n, stop in enumerate(trip.stops, 1) for point in _points(stop)]
    spots = [(n, stop, point, project(point.latitude, point.longitude)) for n, stop, point in placed]
    legs = [leg for (_, _, _, a), (_, stop, _, b) in pairwise(spots) if a != b for leg in _legs(a, b, stop.status)]
    box = box_around([spot for *_, spot in spots])
    if any(abs(leg.x2 - leg.x1) > ROUND for leg in legs) or any(leg.x2 > WORLD.width / 2 for leg in legs):
        box = WORLD
    nowhere = tuple(f"{n}. {stop.place or stop.country}" for n, stop in enumerate(trip.stops, 1) if not _points(stop))
    return Route(box, tuple(_marks(spots)), tuple(legs), nowhere)


def _points(stop: Stop) -> list[Point]:
    found = [point_of(place or None, stop.country) for place in stop.place.split(", ")]
    return list(dict.fromkeys(point for point in found if point))


def _marks(spots: Sequence[tuple[int, Stop, Point, tuple[float, float]]]) -> list[StopMark]:
    """One mark a point, with the numbers of all stops there; what was held shows before what was only planned."""
    of: dict[tuple[float, float], list[tuple[int, Stop, Point]]] = {}
    for n, stop, point, spot in spots:
        of.setdefault(spot, []).append((n, stop, point))
    marks = []
    for (x, y), own in of.items():
        numbers = dict.fromkeys(n for n, _, _ in own)
        statuses = [stop.status for _, stop, _ in own]
        words = "; ".join(
            f"{n}. {point.name if point.kind == 'place' else 'somewhere in ' + point.name}, {stay_words(stop)}"
            for n, stop, point in own
        )
        status = next((s for s in ("done", "planned") if s in statuses), statuses[0])
        first = own[0]
        marks.append(StopMark(x, y, ", ".join(map(str, numbers)), words, first[0], status, first[2].kind == "place"))
    return marks


def _legs(a: tuple[float, float], b: tuple[float, float], status: str) -> list[Leg]:
    """The straight line, or, where the other way around the world is shorter, its two ends at the map's edges."""
    (ax, ay), (bx, by) = a, b
    if abs(bx - ax) <= ROUND / 2:
        return [Leg(ax, ay, bx, by, status)]
    turn = ROUND if bx < ax else -ROUND
    return [Leg(ax, ay, bx + turn, by, status), Leg(ax - turn, ay, bx, by, status)]
