"""The layout of the timeline: windows, units, marks and bars as values for SVG.

In: a window of days, events in outline or their counts by day or month. Out: Lanes with single Marks, or with bars and
broad spans. Doubt is drawn as doubt: what is told to a month is as broad as the month, with soft ends; what has no day
fades away from the day on which it was first told.

Across, everything is in percent of the window, so that the drawing fits any width; down, in pixels.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

from legation.language.periods import read_edtf_days
from legation.record.store.browsing import Day, Month
from legation.record.store.outlines import Outline

__all__ = [
    "LAST_DAY", "Bin", "Lane", "Mark", "Span", "Unit", "Window", "bars_of", "central", "certainty",
    "from_months", "marks_of", "slots", "snap", "ticks", "unit_for",
]  # fmt: skip

Unit = Literal["day", "week", "month", "year", "decade"]
Certainty = Literal["day", "days", "within", "about", "untold"]
Kind = Literal["held", "planned", "other"]

MOST_BINS = 92  # a quarter by days, seven years by months: as many as a phone shows apart
UNITS: tuple[tuple[Unit, float], ...] = (
    ("day", 1), ("week", 7), ("month", 30.5), ("year", 365.25), ("decade", 3652.5),
)  # fmt: skip
BROAD_DAYS: dict[Unit, int] = {"day": 13, "week": 13, "month": 31, "year": 366, "decade": 3660}
SHORTEST, LONGEST = 7, 400 * 366  # days of a window
LAST_DAY = date(9999, 12, 31)
LASTING = frozenset(("visit", "multilateral"))  # kinds of acts that last: their days are no doubt about one day
ROW, LABEL, BARS, MARK_WIDTH = 13, 18, 34, 1.3  # pixels; the last in percent: the room that a mark needs
MOST_SPAN_ROWS, MOST_SPANS = 3, 40


@dataclass(frozen=True, slots=True)
class Window:
    """Days that are shown, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def at(self, day: date) -> float:
        """Where a day begins, in percent, within the window."""
        return round(min(max(100 * (day - self.first).days / self.days, 0), 100), 2)

    def moved(self, before: int, after: int) -> "Window | None":
        """The window with its ends moved by days; None where nothing is gained: too short, or the calendar ends."""
        first = date.fromordinal(max(self.first.toordinal() + before, 1))
        last = date.fromordinal(min(self.last.toordinal() + after, LAST_DAY.toordinal()))
        found = Window(first, last) if first <= last else self
        return found if found != self and SHORTEST <= found.days <= LONGEST else None


@dataclass(frozen=True, slots=True)
class Mark:
    """One event of a drawing: x and width in percent, y in pixels."""

    event: Outline
    certainty: Certainty
    kind: Kind
    x: float
    width: float
    y: int
    words: str


@dataclass(frozen=True, slots=True)
class Span:
    """Events that are told to the same broad days only, of one kind."""

    first: date
    last: date
    kind: Kind
    n: int
    x: float
    width: float
    y: int


@dataclass(frozen=True, slots=True)
class Count:
    """How many events of a lane begin in a bin."""

    key: str
    title: str
    held: int
    planned: int
    other: int

    @property
    def total(self) -> int:
        return self.held + self.planned + self.other


@dataclass(frozen=True, slots=True)
class Bin:
    """A stretch of days, and how many events of each lane begin in it."""

    first: date
    last: date
    x: float
    width: float
    counts: tuple[Count, ...]

    @property
    def total(self) -> int:
        return sum(lane.total for lane in self.counts)


@dataclass(frozen=True, slots=True)
class Lane:
    """A row of the drawing. paths: the bars of each kind, in a box of 1000 times BARS."""

    key: str
    title: str
    n: int
    y: int
    height: int
    marks: tuple[Mark, ...] = ()
    spans: tuple[Span, ...] = ()
    paths: tuple[tuple[Kind, str], ...] = ()
    bars_y: int = 0


# Windows and units -------------------------------------------------------------------------------------------


def central(months: Sequence[Month]) -> Window | None:
    """Return the months in which events lie but for two in a hundred at either end; None where none has a day."""
    counts: Counter[str] = Counter()
    for month in months:
        if len(month.month) == 7:
            counts[month.month] += month.n
    if not counts:
        return None
    aside = counts.total() * 0.02
    return Window(
        _first_of(_beyond(sorted(counts), counts, aside)), _last_of(_beyond(sorted(counts)[::-1], counts, aside))
    )


def _beyond(months: Sequence[str], counts: Counter[str], aside: float) -> str:
    """The first month that isn't left aside."""
    for month in months:
        if aside < counts[month]:
            return month
        aside -= counts[month]
    return months[-1]


def _first_of(month: str) -> date:
    return date(int(month[:4]), int(month[5:]), 1)


def _last_of(month: str) -> date:
    return _next(_first_of(month), "month") - timedelta(1)


def unit_for(window: Window) -> Unit:
    """Return the smallest unit of which a window has few enough."""
    return next((unit for unit, days in UNITS if window.days <= MOST_BINS * days), "decade")


def snap(window: Window, unit: Unit) -> Window:
    """Return the window made larger to whole units."""
    every = slots(window, unit)
    return Window(every[0].first, every[-1].last)


def slots(window: Window, unit: Unit) -> list[Window]:
    """Return the units that a window touches."""
    found = []
    start = _start(window.first, unit)
    while start <= window.last:
        following = _next(start, unit)
        found.append(Window(start, following - timedelta(1) if following < LAST_DAY else LAST_DAY))
        if following >= LAST_DAY:
            break
        start = following
    return found


def _start(day: date, unit: Unit) -> date:
    if unit == "week":
        return date.fromordinal(max(day.toordinal() - day.weekday(), 1))
    if unit == "day":
        return day
    year = max(day.year - day.year % 10, 1) if unit == "decade" else day.year
    return date(year, day.month if unit == "month" else 1, 1)


def _next(start: date, unit: Unit) -> date:
    if unit in ("day", "week"):
        return date.fromordinal(min(start.toordinal() + (7 if unit == "week" else 1), LAST_DAY.toordinal()))
    months = {"month": 1, "year": 12, "decade": 120 - 12 * (start.year % 10)}[unit]
    at = start.year * 12 + start.month - 1 + months
    return date(at // 12, at % 12 + 1, 1) if at // 12 <= LAST_DAY.year else LAST_DAY


def ticks(window: Window, most: int = 6) -> list[tuple[float, str]]:
    """Return where units begin, few enough that their words have room: (percent, words)."""
    unit: Unit = next((unit for unit, days in UNITS if window.days <= 4 * most * days), "decade")
    starts = [slot.first for slot in slots(window, unit) if slot.first >= window.first]
    step = -(-len(starts) // most)
    if unit == "month":
        step = next(whole for whole in (1, 2, 3, 4, 6) if whole >= step)
        starts = [day for day in starts if (day.month - 1) % step == 0]
    elif unit == "year":
        starts = [day for day in starts if day.year % step == 0]
    else:
        starts = starts[::step]
    return [(window.at(day), TICKS[unit](day)) for day in starts]


TICKS: dict[Unit, Callable[[date], str]] = {
    "day": lambda day: f"{day.day} {day:%b}", "week": lambda day: f"{day.day} {day:%b}",
    "month": lambda day: f"{day:%b} {day.year}", "year": lambda day: f"{day.year}", "decade": lambda day: f"{day.year}",
}  # fmt: skip


# Marks -------------------------------------------------------------------------------------------------------


def kind_of(status: str) -> Kind:
    """Return how a status is drawn."""
    return "held" if status == "done" else "planned" if status == "planned" else "other"


def certainty(event: Outline) -> Certainty:
    """Return how well an event's day is told: a day, several days that it lasts, some day within, about, or not."""
    if not event.when or not event.first_day:
        return "untold"
    if event.when.rstrip()[-1:] in ("?", "~", "%"):
        return "about"
    if event.first_day == event.last_day:
        return "day"
    days = read_edtf_days(event.when)
    is_told_by_day = "/" in event.when and len(event.when.partition("/")[0]) == 10
    return "days" if days and is_told_by_day and event.kind in LASTING else "within"


WORDS: dict[Certainty, str] = {
    "day": "on {0}", "days": "from {0} to {1}", "within": "some time within {when}", "about": "about {when}",
    "untold": "on a day not told; first told on {0}",
}  # fmt: skip


def _days(event: Outline) -> tuple[date, date]:
    first = event.first_day or event.reported or ""
    last = (event.last_day or first) if event.first_day else first
    return date.fromisoformat(first), date.fromisoformat(last)


def _place(event: Outline, window: Window) -> tuple[float, float]:
    first, last = _days(event)
    kind = certainty(event)
    if kind in ("day", "untold") or (kind == "about" and first == last):
        return round(window.at(first) + 50 / window.days, 2), 0.0
    start = window.at(first)
    return start, round(max(window.at(last + timedelta(1) if last < LAST_DAY else last) - start, 0.2), 2)


def words_of(event: Outline) -> str:
    """An event in words: what, who, when, in which state of doubt."""
    first, last = _days(event)
    when = WORDS[certainty(event)].format(first, last, when=event.when)
    names = [party.name for party in event.parties]
    who = ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")
    what = event.mode if event.mode and event.mode not in ("other", "change") else event.type.lower()
    return f"{who or 'somebody'}: {what}, {'held' if event.status == 'done' else event.status}, {when}"


def marks_of(lanes: Sequence[tuple[str, str, Sequence[Outline]]], window: Window) -> tuple[tuple[Lane, ...], int]:
    """Return lanes (key, title, events) with a mark for each event, none upon another, and the height of all."""
    drawn, y = [], 0
    for key, title, own in lanes:
        marks, n_rows = _packed(own, window, y + LABEL)
        height = LABEL + max(n_rows, 1) * ROW + 5
        drawn.append(Lane(key, title, len(own), y, height, marks))
        y += height
    return tuple(drawn), y


def _packed(own: Sequence[Outline], window: Window, top: int) -> tuple[tuple[Mark, ...], int]:
    ends: list[float] = []  # of each row
    marks = []
    for event, (x, width) in sorted(
        ((event, _place(event, window)) for event in own), key=lambda one: (one[1], one[0].id)
    ):
        start, end = (x, x + width) if width else (x - MARK_WIDTH / 2, x + MARK_WIDTH / 2)
        row = next((k for k, used in enumerate(ends) if used <= start), len(ends))
        ends[row : row + 1] = [max(end, start + MARK_WIDTH)]
        y = top + row * ROW + ROW // 2
        marks.append(Mark(event, certainty(event), kind_of(event.status), x, width, y, words_of(event)))
    return tuple(marks), len(ends)


# Bars --------------------------------------------------------------------------------------------------------


def bars_of(
    lanes: Sequence[tuple[str, str, Sequence[Day]]], window: Window, unit: Unit
) -> tuple[tuple[Lane, ...], tuple[Bin, ...], int, int]:
    """Return lanes (key, title, counts) with bars and broad spans, the bins, the height of all and the longest bar.

    Events begun before the window count in none of its bins.
    """
    every = slots(window, unit)
    at = {slot.first: k for k, slot in enumerate(every)}
    bin_of = cache(lambda day: at.get(_start(date.fromisoformat(day), unit)))
    counted = []
    for key, title, days in lanes:
        counts = [Counter[Kind]() for _ in every]
        broad: Counter[tuple[str, str, Kind]] = Counter()
        for day in days:
            if day.last != day.day and _is_broad(day, unit):
                broad[day.day, day.last, kind_of(day.status)] += day.n
            elif (k := bin_of(day.day)) is not None:
                counts[k][kind_of(day.status)] += day.n
        counted.append((key, title, counts, broad))
    most = max((own.total() for _, _, counts, _ in counted for own in counts), default=0)
    drawn, y = [], 0
    for key, title, counts, broad in counted:
        spans, n_rows = _spans(broad, window, y + LABEL)
        bars_y = y + LABEL + 7 * n_rows
        n = sum(own.total() for own in counts) + sum(span.n for span in spans)
        height = bars_y - y + BARS + 4
        drawn.append(Lane(key, title, n, y, height, (), spans, _paths(counts, every, window, most), bars_y))
        y += height
    bins = tuple(
        Bin(
            slot.first,
            slot.last,
            window.at(slot.first),
            round(100 * slot.days / window.days, 2),
            tuple(
                Count(key, title, own[k]["held"], own[k]["planned"], own[k]["other"]) for key, title, own, _ in counted
            ),
        )
        for k, slot in enumerate(every)
    )
    return tuple(drawn), bins, y, most


def _is_broad(day: Day, unit: Unit) -> bool:
    return (date.fromisoformat(day.last) - date.fromisoformat(day.day)).days >= BROAD_DAYS[unit]


def _spans(broad: Counter[tuple[str, str, Kind]], window: Window, top: int) -> tuple[tuple[Span, ...], int]:
    """The broad spans with most events, in few rows; the last row takes what has no room."""
    ends: list[float] = []
    drawn = []
    for (first, last, kind), n in sorted(broad.most_common(MOST_SPANS)):
        own = Window(date.fromisoformat(first), date.fromisoformat(last))
        x = window.at(own.first)
        end = window.at(own.last + timedelta(1) if own.last < LAST_DAY else own.last)
        row = next((k for k, used in enumerate(ends) if used <= x), min(len(ends), MOST_SPAN_ROWS - 1))
        ends[row : row + 1] = [end]
        drawn.append(Span(own.first, own.last, kind, n, x, round(max(end - x, 0.2), 2), top + row * 7))
    return tuple(drawn), len(ends)


def _paths(
    counts: Iterable[Counter[Kind]], every: Sequence[Window], window: Window, most: int
) -> tuple[tuple[Kind, str], ...]:
    """One path a kind: held below, then planned, then the rest."""
    paths: dict[Kind, list[str]] = {"held": [], "planned": [], "other": []}
    for own, slot in zip(counts, every, strict=True):
        x, wide = 10 * window.at(slot.first), 1000 * slot.days / window.days
        base = float(BARS)
        for kind, path in paths.items():
            if n := own[kind]:
                tall = max(BARS * n / most, 1.5)
                base -= tall
                path.append(f"M{x:.4g} {base:.4g}h{wide * 0.86:.4g}v{tall:.4g}h-{wide * 0.86:.4g}z")
    return tuple((kind, "".join(path)) for kind, path in paths.items() if path)


def from_months(months: Iterable[Month]) -> list[Day]:
    """Return counts by month as counts by its first day, where there are too many to be read by day."""
    return [Day(f"{m.month}-01", f"{m.month}-01", m.type, m.status, m.n) for m in months if len(m.month) == 7]
