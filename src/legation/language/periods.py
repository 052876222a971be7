"""Stretches of the calendar that words can name: a day, a week, a quarter, a decade; and how EDTF writes them.

In: a unit and any day in it. Out: a Period whose first and last day are known, that can be moved by units
and written as EDTF (ISO 8601-2, levels 1 and 2: https://www.loc.gov/standards/datetime/).
EDTF has no week, weekend or half-year: these are written as the interval of their days or months.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

__all__ = ["Interval", "Period", "Unit", "period_of", "read_edtf_days"]

Unit = Literal["day", "weekend", "week", "month", "quarter", "half", "season", "year", "decade", "century"]

_MONTHS_IN: dict[Unit, int] = {
    "month": 1,
    "quarter": 3,
    "half": 6,
    "season": 3,
    "year": 12,
    "decade": 120,
    "century": 1200,
}
_DAYS_IN: dict[Unit, int] = {"day": 1, "weekend": 2, "week": 7}
_STEP_DAYS: dict[Unit, int] = {"day": 1, "weekend": 7, "week": 7}
_SEASON_CODES = {3: 21, 6: 22, 9: 23, 12: 24}


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of the calendar with a name of its own; `first` is its first day.

    Seasons are those of the northern hemisphere, as agencies use them: spring begins in March.
    """

    unit: Unit
    first: date

    @property
    def last(self) -> date:
        """Return the last day."""
        if self.unit in _DAYS_IN:
            return self.first + timedelta(_DAYS_IN[self.unit] - 1)
        return _add_months(self.first, _MONTHS_IN[self.unit]) - timedelta(1)

    @property
    def edtf(self) -> str:
        """Return the period as EDTF, no more precise than its unit."""
        return _EDTF[self.unit](self)

    def shift(self, n: int) -> "Period":
        """Return the period `n` units of its own kind later (earlier where negative).

        Raises OverflowError or ValueError where the calendar ends.
        """
        if self.unit in _STEP_DAYS:
            return Period(self.unit, self.first + timedelta(n * _STEP_DAYS[self.unit]))
        months = 12 if self.unit == "season" else _MONTHS_IN[self.unit]
        return Period(self.unit, _add_months(self.first, n * months))


@dataclass(frozen=True, slots=True)
class Interval:
    """From the first day of one period to the last day of another."""

    start: Period
    end: Period

    @property
    def unit(self) -> Unit:
        """Return the unit of the start, which is the precision of the whole."""
        return self.start.unit

    @property
    def first(self) -> date:
        """Return the first day."""
        return self.start.first

    @property
    def last(self) -> date:
        """Return the last day."""
        return self.end.last

    @property
    def edtf(self) -> str:
        """Return the interval as EDTF, each end as precise as its words."""
        return f"{self.start.edtf}/{self.end.edtf}"


def period_of(unit: Unit, day: date) -> Period:
    """Return the period of the unit that holds the day; for a weekend, that of the day's week."""
    return Period(unit, _FIRST_DAY[unit](day))


def read_edtf_days(value: str) -> tuple[date, date] | None:
    """Return the first and the last day that an EDTF value names, or None where it names none.

    Understands what this package writes, and EDTF's marks of doubt; an open interval has no last day: None.
    """
    value = value.strip().rstrip("?~%").split("T")[0]
    if "/" in value:
        start, _, end = value.partition("/")
        first, last = read_edtf_days(start), read_edtf_days(end)
        return (first[0], last[1]) if first and last else None
    for pattern, unit in _EDTF_FORMS:
        if match := pattern.fullmatch(value):
            try:
                period = _from_edtf(unit, match)
                return period.first, period.last
            except (ValueError, OverflowError):
                return None
    return None


def _add_months(day: date, n: int) -> date:
    month = day.year * 12 + day.month - 1 + n
    return date(month // 12, month % 12 + 1, 1)


def _first_of_season(day: date) -> date:
    return _add_months(day.replace(day=1), -(day.month % 3))


def _from_edtf(unit: Unit, match: re.Match[str]) -> Period:
    numbers = [int(group) for group in match.groups()]
    if unit == "season":
        return Period(unit, date(numbers[0], (numbers[1] - 20) * 3, 1))
    if unit == "quarter":
        return Period(unit, date(numbers[0], (numbers[1] - 33) * 3 + 1, 1))
    scale = {"decade": 10, "century": 100}.get(unit, 1)
    month, day = [*numbers[1:], 1, 1][:2]
    return Period(unit, date(numbers[0] * scale, month, day))


_FIRST_DAY: dict[Unit, Callable[[date], date]] = {
    "day": lambda day: day,
    "weekend": lambda day: day + timedelta(5 - day.weekday()),
    "week": lambda day: day - timedelta(day.weekday()),
    "month": lambda day: day.replace(day=1),
    "quarter": lambda day: date(day.year, (day.month - 1) // 3 * 3 + 1, 1),
    "half": lambda day: date(day.year, (day.month - 1) // 6 * 6 + 1, 1),
    "season": _first_of_season,
    "year": lambda day: date(day.year, 1, 1),
    "decade": lambda day: date(day.year // 10 * 10, 1, 1),
    "century": lambda day: date(day.year // 100 * 100, 1, 1),
}

_EDTF: dict[Unit, Callable[[Period], str]] = {
    "day": lambda period: period.first.isoformat(),
    "weekend": lambda period: f"{period.first.isoformat()}/{period.last.isoformat()}",
    "week": lambda period: f"{period.first.isoformat()}/{period.last.isoformat()}",
    "month": lambda period: period.first.isoformat()[:7],
    "quarter": lambda period: f"{period.first.year:04}-{33 + (period.first.month - 1) // 3}",
    "half": lambda period: f"{period.first.isoformat()[:7]}/{period.last.isoformat()[:7]}",
    "season": lambda period: f"{period.first.year:04}-{_SEASON_CODES[period.first.month]}",
    "year": lambda period: f"{period.first.year:04}",
    "decade": lambda period: f"{period.first.year // 10:03}X",
    "century": lambda period: f"{period.first.year // 100:02}XX",
}

_EDTF_FORMS: tuple[tuple[re.Pattern[str], Unit], ...] = (
    (re.compile(r"(\d{4})-(\d\d)-(\d\d)"), "day"),
    (re.compile(r"(\d{4})-(2[1-4])"), "season"),
    (re.compile(r"(\d{4})-(3[3-6])"), "quarter"),
    (re.compile(r"(\d{4})-(\d\d)"), "month"),
    (re.compile(r"(\d{4})"), "year"),
    (re.compile(r"(\d{3})X"), "decade"),
    (re.compile(r"(\d\d)XX"), "century"),
)
