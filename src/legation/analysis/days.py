"""Days and the periods into which series are cut.

In: days. Out: weeks (from Monday, ISO 8601), months and quarters with their labels; the precision of EDTF values.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

__all__ = [
    "Period",
    "follow",
    "label_of",
    "periods_between",
    "precision_of",
    "start_of",
    "words_of_day",
    "words_of_edtf",
]

Period = Literal["week", "month", "quarter"]
Precision = Literal["day", "month", "quarter", "year"]
# Numbers from 21 on in the place of the month are seasons, quarters and halves.
PRECISIONS: tuple[tuple[Precision, re.Pattern[str]], ...] = (
    ("day", re.compile(r"-?\d{4}-\d\d-\d\d")),
    ("month", re.compile(r"-?\d{4}-[01]\d")),
    ("quarter", re.compile(r"-?\d{4}-\d\d")),
)
MONTHS = "January February March April May June July August September October November December".split()


def start_of(day: date, period: Period) -> date:
    """Return the first day of the period in which a day lies."""
    if period == "week":
        return day - timedelta(days=day.weekday())
    month = day.month if period == "month" else 3 * ((day.month - 1) // 3) + 1
    return date(day.year, month, 1)


def follow(start: date, period: Period) -> date:
    """Return the first day of the period after the one that starts here."""
    if period == "week":
        return start + timedelta(days=7)
    months = start.month + (1 if period == "month" else 3)
    return date(start.year + (months > 12), (months - 1) % 12 + 1, 1)


def periods_between(first: date, last: date, period: Period) -> Iterator[date]:
    """Yield the first days of the periods from the one with `first` to the one with `last`."""
    start = start_of(first, period)
    while start <= last:
        yield start
        start = follow(start, period)


def label_of(start: date, period: Period) -> str:
    """Return the label of a period by its first day.

    >>> label_of(date(2024, 3, 18), "week"), label_of(date(2024, 4, 1), "quarter")
    ('2024-W12', '2024-Q2')
    """
    if period == "week":
        year, week, _ = start.isocalendar()
        return f"{year}-W{week:02d}"
    return start.isoformat()[:7] if period == "month" else f"{start.year}-Q{(start.month + 2) // 3}"


def precision_of(value: str) -> Precision:
    """Return how exactly an EDTF value tells a day; of an interval how exactly its beginning is told.

    >>> precision_of("2024-03-25"), precision_of("2024-03"), precision_of("2024"), precision_of("2024-03-01/2024-03-07")
    ('day', 'month', 'year', 'day')
    """
    first = value.partition("/")[0].strip(".") or value.partition("/")[2].strip(".")
    return next((unit for unit, form in PRECISIONS if form.match(first)), "year")


def words_of_day(day: date) -> str:
    """Return a day in words: "25 March 2024"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def words_of_edtf(value: str) -> str:
    """Return an EDTF value in words, with its preposition.

    >>> words_of_edtf("2024-03-25"), words_of_edtf("2024-03"), words_of_edtf("2024-03-21/2024-03-23")
    ('on 25 March 2024', 'in March 2024', 'from 21 to 23 March 2024')
    """
    first, _, last = value.partition("/")
    if last and ".." not in value:
        return f"from {_interval(first, last)}"
    if not last:
        plain = value.rstrip("?~%")
        return _words(value) if plain != value else f"{'on' if len(plain) == 10 else 'in'} {_words(first)}"
    return f"from {_words(first)} on" if last.strip(".") == "" else f"until {_words(last)}"


def _interval(first: str, last: str) -> str:
    """Leave out of the beginning what the end says again."""
    one, other = _words(first).split(), _words(last).split()
    while len(one) > 1 and one[-1] == other[-1]:
        one.pop()
        other = other[:-1]
    return f"{' '.join(one)} to {_words(last)}"


def _words(value: str) -> str:
    plain = value.rstrip("?~%")
    doubt = "about " if value != plain else ""
    parts = plain.split("-")
    if len(parts) == 3 and all(part.isdigit() for part in parts):
        return doubt + words_of_day(date(*map(int, parts)))
    if len(parts) == 2 and parts[1].isdigit() and 1 <= int(parts[1]) <= 12:
        return f"{doubt}{MONTHS[int(parts[1]) - 1]} {parts[0]}"
    return doubt + plain
