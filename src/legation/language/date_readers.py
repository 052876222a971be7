"""What a match of a rule's words names, in the frame around it: the readers that date_rules puts beside patterns.

In: a match and the Frame: publication's day, tense, what the text told before. Out: the Period or Interval meant, or
None where the words name a time that nothing here resolves. The conventions are those of TIMEX3 (Pustejovsky et al.
2003; TempEval-3, UzZaman et al. 2013), written as EDTF: "Friday" in a report of Friday is that day; "last week" is
Monday to Sunday; "three weeks ago" is a week, "two years ago" a year.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from legation.language import date_guards as guards
from legation.language.date_words import (
    DECADES,
    NUMBERS,
    SEASONS,
    UNITS,
    day_number,
    month_number,
    number,
    weekday_number,
    year_of_two_digits,
)
from legation.language.periods import Interval, Period, Unit, period_of
from legation.language.tense import Tense

__all__ = [
    "NAMED_DAY_WORDS",
    "Frame",
    "Resolved",
    "read_ago",
    "read_came_after",
    "read_century",
    "read_day",
    "read_days_before_month",
    "read_days_of_month",
    "read_decade",
    "read_deictic",
    "read_half",
    "read_hence",
    "read_iso",
    "read_listed_day",
    "read_month",
    "read_months",
    "read_named_day",
    "read_none",
    "read_offset",
    "read_part_of_today",
    "read_quarter",
    "read_season",
    "read_september_11",
    "read_short_year",
    "read_slashed",
    "read_spelled_month",
    "read_spelled_year",
    "read_the_unit",
    "read_told_period",
    "read_told_quarter",
    "read_told_unit",
    "read_turned_month",
    "read_turned_unit",
    "read_weekday",
    "read_weekdays",
    "read_weekend",
    "read_year",
    "read_year_ago",
    "read_years",
]

Resolved = Period | Interval


@dataclass(frozen=True, slots=True)
class Frame:
    """What an expression is read against.

    today:     the day that "today" means here; None if the report's day is unknown.
    tense:     of the clause; None where no word decides.
    day:       the day last told in the text before ("the next day" counts from it); None if none was.
    period:    the period of any length last told before ("a year earlier", "that month").
    quarter:   the quarter last told nearby: companies' reports compare with it.
    long_past: the year or day told in this sentence or the one before, if far from publication: history.
    just_read: the day of the expression right before, for lists ("April 24 and 25").
    """

    today: date | None
    tense: Tense | None = None
    day: date | None = None
    period: Resolved | None = None
    quarter: Period | None = None
    long_past: Resolved | None = None
    just_read: date | None = None


# --- Choosing among the times that the same words could name --------------------------------------------------------


def _nearest_day(frame: Frame, month: int, day: int) -> Period | None:
    """Return such a day nearest to publication, allowing for the tense."""
    if frame.long_past:
        return _after(frame.long_past, month, day)
    if frame.today is None:
        return None
    today = frame.today

    days = [made for year in range(today.year - 1, today.year + 2) if (made := _make_day(year, month, day))]
    return min((Period("day", day) for day in days), key=lambda day: _distance(day, frame, today), default=None)


def _distance(period: Period, frame: Frame, today: date) -> int:
    """Return the days between the period and today; against the clause's tense they count three times."""
    if period.first <= today <= period.last:
        return 0
    ahead = period.first > today
    against = frame.tense == ("past" if ahead else "future")
    days = (period.first - today).days if ahead else (today - period.last).days
    return days * (3 if against else 1)


def _after(told: Resolved, month: int, day: int) -> Period | None:
    """Return the day in the year told, or the first such day after the month or day told."""
    year = told.first.year
    if told.unit in ("day", "month", "week") and (month, day) < (told.first.month, told.first.day):
        year += 1
    made = _make_day(year, month, day)
    return Period("day", made) if made else None


def _make_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _nearest_month(frame: Frame, month: int) -> Period | None:
    if frame.long_past:
        found = _after(frame.long_past, month, 28)
        return period_of("month", found.first) if found else None
    if frame.today is None:
        return None
    return _month_from(frame.today, month, forward=frame.tense == "future")


def _month_from(today: date, month: int, *, forward: bool, strictly: bool = False) -> Period:
    """Return the nearest such month at or before today's (`forward`: at or after); `strictly`: never today's own."""
    this = period_of("month", today)
    months_off = (month - today.month) % 12 if forward else -((today.month - month) % 12)
    if strictly and not months_off:
        months_off = 12 if forward else -12
    return this.shift(months_off)


def _weekday_from(today: date, weekday: int, *, forward: bool, strictly: bool = False) -> Period:
    days_off = (weekday - today.weekday()) % 7 if forward else -((today.weekday() - weekday) % 7)
    if strictly and not days_off:
        days_off = 7 if forward else -7
    return Period("day", today + timedelta(days_off))


def _weekday_of_week(today: date, weekday: int, weeks: int) -> Period:
    return Period("day", today + timedelta(weekday - today.weekday() + 7 * weeks))


def _words(match: re.Match[str], group: str) -> str:
    """Return the group's words in small letters with single blanks, "" where it has none."""
    return " ".join((match.groupdict().get(group) or "").lower().split())


# --- Readers: absolute dates ---------------------------------------------------------------------------------------


def _day_from(year: int, month: int, day: int) -> Period | None:
    made = _make_day(year, month, day)
    return Period("day", made) if made else None


def read_iso(match: re.Match[str], frame: Frame) -> Resolved | None:
    """Read "2024-03-25", and an instant as its day."""
    return _day_from(int(match["year"]), int(match["m"]), int(match["d"]))


def read_slashed(match: re.Match[str], frame: Frame) -> Resolved | None:
    """Read month first, as American agencies write; day first where the first number can be no month."""
    one, two, year = int(match["one"]), int(match["two"]), year_of_two_digits(int(match["y"]))
    month, day = (two, one) if one > 12 else (one, two)
    return _day_from(year, month, day)


_TENSE_OF_TURN: dict[str, Tense] = {"last": "past", "next": "future"}


def read_day(match: re.Match[str], frame: Frame) -> Resolved | None:
    """Read "March 25, 2024", "25 March", "last Oct. 23", "the week of April 8"."""
    groups = match.groupdict()
    month, day = month_number(match["month"]), day_number(match["day"])
    year = _year_in(groups, frame)
    if turn := groups.get("that_day"):
        frame = replace(frame, tense=_TENSE_OF_TURN.get(turn.lower(), frame.tense), long_past=None)
    found = _day_from(year, month, day) if year else _nearest_day(frame, month, day)
    if found and groups.get("week_of"):
        return period_of("weekend" if "weekend" in groups["week_of"].lower() else "week", found.first)
    return found


def _year_in(groups: dict[str, str | None], frame: Frame) -> int | None:
    if year := groups.get("year") or groups.get("year_given"):
        return int(year)
    if (that := groups.get("that")) and frame.today:
        return frame.today.year + {"last": -1, "this": 0, "next": 1}[that.lower()]
    return None


def read_month(match: re.Match[str], frame: Frame) -> Resolved | None:
    """Read "May 2021", "in March", "April last year"."""
    month = month_number(match["month"])
    year = _year_in(match.groupdict(), frame)
    return Period("month", date(year, month, 1)) if year else _nearest_month(frame, month)


def read_turned_month(match: re.Match[str], frame: Frame) -> Resolved | None:
    """Read "last June": the latest before this month; "next June"; "this June": of this year."""
    if frame.today is None:
        return None
    month, turn = month_number(match["month"]), _words(match, "turn")
    if turn in ("this", "this coming"):
        return Period("month", date(frame.today.year, month, 1))
    base = frame.period.first if turn in ("the following", "the previous") and frame.period else frame.today
    return _month_from(base, month, forward=_is_forward(turn), strictly=True)


def _is_forward(turn: str) -> bool:
    return any(word in turn.lower() for word in ("next", "coming", "following"))


def read_days_of_month(match: re.Match[str], frame: Frame) -> Resolved | None:
    """Read "March 21-26" and "March 30 to April 2, 2024"."""
    month = month_number(match["month"])
    last_month = month_number(match.groupdict().get("month2") or match["month"])
    return _days(match, frame, (month, day_number(match["day"])), (last_month, day_number(match["day2"])))


def read_days_before_month(match: re.Match[str], frame: Frame) -> Resolved | None:
    """Read "21-26 March" and "30 March to 2 April 2024"."""
    last_month = month_number(match["month2"])
    month = month_number(match["month"]) if match["month"] else last_month
    return _days(match, frame, (month, day_number(match["day"])), (last_month, day_number(match["day2"])))


def _days(match: re.Match[str], frame: Frame, start: tuple[int, int], end: tuple[int, int]) -> Interval | None:
    """Return the days between; an end before its start in the calendar lies in the year after."""
    groups = match.groupdict()
    crosses = end < start
    year = int(groups.get("year1") or 0) or ((_year_in(groups, frame) or 0) - crosses)
    first = _day_from(year, *start) if year > 0 else _nearest_day(frame, *start)
    last = first and _day_from(first.first.year + crosses, *end)
    return Interval(first, last) if first and last else None


def read_months(match: re.Match[str], frame: Frame) -> Resolved | None:
    """Read "January to March", "November-February 2024": the year is that of the end."""
    one, two = month_number(match["month"]), month_number(match["month2"])
    end = Period("month", date(int(match["year"]), two, 1)) if match["year"] else _nearest_month(frame, two)
    return Interval(Period("month", date(end.first.year - (one > two), one, 1)), end) if end else None


def read_years(match: re.Match[str], frame: Frame) -> Resolved | None:
    """Read "1990 to 1995" and "1997-98"."""
    start, end = int(match["year"]), int(match["year2"])
    end = end if end > 99 else start - start % 100 + end
    if not start < end:
        return None
    return Interval(Period("year", date(start, 1, 1)), Period("year", date(end, 1, 1)))


SUNDAY = 6  # as datetime counts weekdays
_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}


def read_quarter(match: re.Match[str], frame: Frame) -> Resolved | None:
    """Read "the third quarter of 1998", "Q2", "the year-ago third quarter"."""
    groups = match.groupdict()
    nth = _NTH.get(match["nth"].lower()) or int(match["nth"][0])
    return _quarter(frame, nth, _year_in(groups, frame), back=1 if groups.get("ago") else 0)


def _quarter(frame: Frame, nth: int, year: int | None, *, back: int) -> Period | None:
    if year:
        return Period("quarter", date(year, 3 * nth - 2, 1))
    if frame.today is None:
        return None
    today = frame.today
    quarters = [Period("quarter", date(year, 3 * nth - 2, 1)) for year in range(today.year - 1, today.year + 2)]
    if frame.tense != "future":
        quarters = [quarter for quarter in quarters if quarter.first <= today]
    return min(quarters, key=lambda quarter: _distance(quarter, frame, today)).shift(-4 * back)


def read_half(match: re.Match[str], frame: Frame) -> Resolved | None:
    """Read "the first half of 2025"."""
    year = _year_in(match.groupdict(), frame) or (frame.today and frame.today.year)
    month = 1 if match["nth"].lower() in ("first", "1st") else 7
    return Period("half", date(year, month, 1)) if year else None


def read_season(match: re.Match[str], frame: Frame) -> Resolved | None:
    """Read "the summer of 2022", "last fall", "this spring"."""
    groups = match.groupdict()
    month = SEASONS[match["season"].lower()]
    if groups.get("year"):
        return Period("season", date(int(match["year"]), month, 1))
    if frame.today is None:
        return None
    turn = _words(match, "turn")
    this = period_of("season", frame.today)
    newest = _season_from(frame.today, month)
    if turn == "last":
        return newest.shift(-1) if newest == this else newest
    if turn == "this" and newest.first.year < frame.today.year and newest != this:
        return newest.shift(1)
    if _is_forward(turn) or (frame.tense == "future" and newest != this and "past" not in turn):
        return newest.shift(1)
    return newest


def _season_from(today: date, month: int) -> Period:
    """Return the newest season of that name that has begun."""
    this = Period("season", date(today.year, month, 1))
    return this if this.first <= today else this.shift(-1)


def read_year(match: re.Match[str], frame: Frame) -> Resolved | None:
    """Read "1998", "fiscal 1998"."""
    return Period("year", date(int(match["year"]), 1, 1))


def read_short_year(match: re.Match[str], frame: Frame) -> Resolved | None:
    """Read "'98" and "FY24"."""
    return Period("year", date(year_of_two_digits(int(match["y"])), 1, 1))


def read_spelled_year(match: re.Match[str], frame: Frame) -> Resolved | None:
    """Read "nineteen ninety-six" and "two thousand and one", as broadcasts are written down."""
    words = match["spelled"].lower().replace("-", " ").split()
    if words[:2] == ["two", "thousand"]:
        rest = [word for word in words[2:] if word != "and"]
        return Period("year", date(2000 + sum(NUMBERS[word] for word in rest), 1, 1))
    century = NUMBERS[words[0]] * 100
    return Period("year", date(century + sum(NUMBERS[word] for word in words[1:]), 1, 1))


def read_spelled_month(match: re.Match[str], frame: Frame) -> Resolved | None:
    """Read "January nineteen ninety-seven"."""
    year = read_spelled_year(match, frame)
    return Period("month", date(year.first.year, month_number(match["month"]), 1)) if year else None


def read_told_period(match: re.Match[str], frame: Frame) -> Resolved | None:
    """Read "the 1988 quarter" as that year's quarter of the number told nearby, "the 1988 period" too."""
    year = int(match["year"])
    if frame.quarter:
        return Period("quarter", date(year, frame.quarter.first.month, 1))
    return Period("year", date(year, 1, 1))


def read_decade(match: re.Match[str], frame: Frame) -> Resolved | None:
    """Read "the 1980s"; "the '80s" and "the eighties" are of the last century, "the '20s" of this one."""
    digits = re.sub(r"\D", "", match["decade"])
    year = int(digits) if digits else DECADES[match["decade"].lower()]
    return Period("decade", date(year if year > 99 else year + (1900 if year >= 30 else 2000), 1, 1))


def read_century(match: re.Match[str], frame: Frame) -> Resolved | None:
    """Read "the 19th century" as the years 1800 to 1899, as EDTF counts."""
    return Period("century", date(100 * (day_number(match["century"]) - 1), 1, 1))


# --- Readers: relative to the day of the report --------------------------------------------------------------------

_DAYS_OFF = {
    "day before yesterday": -2,
    "yesterday": -1,
    "today": 0,
    "tonight": 0,
    "tomorrow": 1,
    "day after tomorrow": 2,
}


def read_deictic(match: re.Match[str], frame: Frame) -> Resolved | None:
    """Read "today", "tomorrow", "the day before yesterday"."""
    words = _words(match, "deictic").removeprefix("the ")
    return Period("day", frame.today + timedelta(_DAYS_OFF[words])) if frame.today else None


def read_part_of_today(match: re.Match[str], frame: Frame) -> Resolved | None:
    """Read "this morning" and "last night"."""
    is_last = _words(match, "turn") == "last"
    return Period("day", frame.today - timedelta(is_last)) if frame.today else None


def read_turned_unit(match: re.Match[str], frame: Frame) -> Resolved | None:
    """Read "last week", "this month", "next year", from the report's day."""
    if frame.today is None:
        return None
    unit, turn = UNITS[match["unit"].lower()], _words(match, "turn")
    this = period_of(unit, frame.today)
    off = {"last": -1, "past": -1, "next": 1, "coming": 1}.get(turn.split()[-1], 0)
    if unit == "weekend" and turn == "this" and frame.tense == "past" and this.first > frame.today:
        off = -1
    if unit == "week" and turn == "this" and frame.tense == "future" and frame.today.weekday() == SUNDAY:
        off = 1  # what is to come this week, told when it ends on the calendar, is of the week that begins
    return this.shift(off)


def read_told_unit(match: re.Match[str], frame: Frame) -> Resolved | None:
    """Read "the following week", "that month", "the same day", from what the text told last."""
    unit, which = UNITS[match["unit"].lower()], match["which"].lower().split()[-1]
    told = frame.day if unit == "day" else (frame.period.first if frame.period else None)
    steps = {"same": 0, "that": 0, "following": 1, "next": 1, "ensuing": 1, "previous": -1, "preceding": -1}
    base = told if which == "that" else told or frame.today
    return period_of(unit, base).shift(steps[which]) if base else None


def read_the_unit(match: re.Match[str], frame: Frame) -> Resolved | None:
    """Read "earlier in the month", "the end of the year": the one that the report's day lies in."""
    return period_of(UNITS[match["unit"].lower()], frame.today) if frame.today else None


def read_weekend(match: re.Match[str], frame: Frame) -> Resolved | None:
    """Read "the weekend": the last one, unless the clause tells what is to come."""
    if frame.today is None:
        return None
    this = period_of("weekend", frame.today)
    if guards.before(match).endswith("over "):
        return this if frame.today >= this.first else this.shift(-1)
    return this if frame.tense == "future" or frame.today >= this.first else this.shift(-1)


def read_weekday(match: re.Match[str], frame: Frame) -> Resolved | None:
    """Read "Monday": the nearest in the direction of the tense, today included; "next Friday" is of next week."""
    groups = match.groupdict()
    turn = _words(match, "turn")
    base = frame.day if turn in ("the following", "the previous", "the next") and frame.day else frame.today
    if base is None:
        return None
    weekday = weekday_number(match["weekday"])
    if week := groups.get("week"):
        weeks = {"last": -1, "next": 1}.get(week.lower(), 0)
        return _weekday_of_week(base, weekday, weeks)
    if turn == "next":
        return _weekday_of_week(base, weekday, 1)
    if turn == "this":
        day = _weekday_of_week(base, weekday, 0)
        return day.shift(-7) if frame.tense == "past" and day.first > base else day
    if turn:
        return _weekday_from(base, weekday, forward=_is_forward(turn), strictly=True)
    return _weekday_from(base, weekday, forward=frame.tense == "future")


def read_weekdays(match: re.Match[str], frame: Frame) -> Resolved | None:
    """Read "from Monday to Wednesday"."""
    if frame.today is None:
        return None
    start = _weekday_from(frame.today, weekday_number(match["weekday"]), forward=frame.tense == "future")
    return Interval(start, _weekday_from(start.first, weekday_number(match["weekday2"]), forward=True, strictly=True))


def read_ago(match: re.Match[str], frame: Frame) -> Resolved | None:
    """Read "three weeks ago": a period of the unit told, that many back."""
    unit = UNITS[match["unit"].lower()]
    if frame.today is None:
        return None
    if unit == "year" and match["number"].lower() in ("a", "one") and frame.quarter:
        return frame.quarter.shift(-4)
    return _back(unit, match, frame.today, -1)


def read_hence(match: re.Match[str], frame: Frame) -> Resolved | None:
    """Read "in two weeks", "three days from now"."""
    unit = UNITS[match["unit"].lower()]
    return _back(unit, match, frame.today, 1) if frame.today else None


def _back(unit: Unit, match: re.Match[str], base: date, sign: int) -> Period:
    n = sign * number(match["number"]) * (2 if match["unit"].lower() == "fortnight" else 1)
    return period_of(unit, base).shift(n)


def read_offset(match: re.Match[str], frame: Frame) -> Resolved | None:
    """Read "two days later", "a year earlier": counted from what the text told last; a week or less keeps the day."""
    unit = UNITS[match["unit"].lower()]
    sign = 1 if match["way"].lower() in ("later", "after", "afterwards", "on") else -1
    if unit == "year" and sign < 0 and match["number"].lower() in ("a", "one") and frame.quarter:
        return frame.quarter.shift(-4)
    if unit in ("day", "week"):
        base = frame.day or frame.today
        days = number(match["number"]) * (7 if unit == "week" else 1)
        return Period("day", base + timedelta(sign * days)) if base else None
    base = frame.period.first if frame.period else frame.today
    return _back(unit, match, base, sign) if base else None


def read_came_after(match: re.Match[str], frame: Frame) -> Resolved | None:
    """Read "the talks came a week after an attack" as the day of the attack: what came is the day told last."""
    base = frame.day or frame.today
    unit = UNITS[match["unit"].lower()]
    if base is None:
        return None
    if unit in ("day", "week"):
        return Period("day", base - timedelta(number(match["number"]) * (7 if unit == "week" else 1)))
    return _back(unit, match, base, -1)


def read_told_quarter(match: re.Match[str], frame: Frame) -> Resolved | None:
    """Read "the quarter" as the one told nearby, else as the last that had ended."""
    if frame.today is None:
        return None
    words = match.group().lower()
    if "current" in words:
        return period_of("quarter", frame.today)
    if not frame.quarter and "period" in words:
        return None
    told = frame.quarter or period_of("quarter", frame.today).shift(-1)
    return told.shift(-4) if "year" in words else told


def read_year_ago(match: re.Match[str], frame: Frame) -> Resolved | None:
    """Read "year-ago", "year-earlier": before the quarter told nearby, else the year before this."""
    if frame.quarter:
        return frame.quarter.shift(-4)
    return period_of("year", frame.today).shift(-1) if frame.today else None


def read_listed_day(match: re.Match[str], frame: Frame) -> Resolved | None:
    """Read "25" in "April 24 and 25"."""
    if frame.just_read is None:
        return None
    return _day_from(frame.just_read.year, frame.just_read.month, day_number(match["day"]))


def read_september_11(match: re.Match[str], frame: Frame) -> Resolved | None:
    """Read "9/11"."""
    return Period("day", date(2001, 9, 11))


def read_none(match: re.Match[str], frame: Frame) -> Resolved | None:
    """Read "recently": a time that nothing resolves."""
    return None


# --- Readers: named days -------------------------------------------------------------------------------------------


def _easter(year: int) -> date:
    """Return Easter Sunday of the western churches (the anonymous Gregorian computus, Meeus 1991)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def _nth_weekday(year: int, month: int, weekday: int, n: int) -> date:
    first = date(year, month, 1)
    return first + timedelta((weekday - first.weekday()) % 7 + 7 * (n - 1))


_NAMED_DAYS: dict[str, Callable[[int], date]] = {
    "new year's day": lambda year: date(year, 1, 1),
    "new year's eve": lambda year: date(year, 12, 31),
    "valentine's day": lambda year: date(year, 2, 14),
    "good friday": lambda year: _easter(year) - timedelta(2),
    "easter monday": lambda year: _easter(year) + timedelta(1),
    "easter": _easter,
    "may day": lambda year: date(year, 5, 1),
    "memorial day": lambda year: _nth_weekday(year, 6, 0, 1) - timedelta(7),
    "labor day": lambda year: _nth_weekday(year, 9, 0, 1),
    "election day": lambda year: _nth_weekday(year, 11, 0, 1) + timedelta(1),
    "thanksgiving": lambda year: _nth_weekday(year, 11, 3, 4),
    "christmas eve": lambda year: date(year, 12, 24),
    "boxing day": lambda year: date(year, 12, 26),
    "christmas": lambda year: date(year, 12, 25),
}
NAMED_DAY_WORDS = "|".join(name.replace("'", "['’]?") for name in _NAMED_DAYS)


def read_named_day(match: re.Match[str], frame: Frame) -> Resolved | None:
    """Read "Christmas Eve", "last Thanksgiving", "Easter 2024"."""
    groups = match.groupdict()
    key = re.sub(r"\s+", " ", match["name"].lower().replace("’", "'")).replace("years", "year's")
    find = _NAMED_DAYS[key.replace("valentines", "valentine's")]
    if year := _year_in(groups, frame):
        return Period("day", find(year))
    if frame.today is None:
        return None
    today, turn = frame.today, _words(match, "turn")
    days = [Period("day", find(year)) for year in range(today.year - 1, today.year + 2)]
    if turn and turn != "this":
        forward = _is_forward(turn)
        days = [day for day in days if (day.first > today if forward else day.first < today)]
    return min(days, key=lambda day: _distance(day, frame, today))
