"""When a report was published, as sources write it.

In: a field, a header, a file name or an address. Out: EDTF (ISO 8601-2) whose length is its precision, or None.
Only forms with one reading are read: "03/04/2024" may be March or April, so that it gives None. Nothing is
ever filled in, neither a day for a month nor today for a missing date.
"""

import re
from calendar import month_abbr, month_name
from datetime import date, datetime
from email.utils import parsedate_to_datetime

__all__ = ["EXPECTED_DATE", "find_day_in_file_name", "find_day_in_url", "read_publication_date"]

EXPECTED_DATE = 'a day "YYYY-MM-DD" or an instant "YYYY-MM-DDThh:mm:ssZ"'

# Databases and spreadsheets write year 1, 1899 or 1900 where they hold nothing.
FIRST_YEAR = 1901

MONTHS = {
    name.lower(): number
    for names in (month_name, month_abbr, ["", *("",) * 8, "Sept"])
    for number, name in enumerate(names)
    if name
}
ISO = re.compile(r"(\d{4})(?:([-/.]?)(\d{2})(?:\2(\d{2}))?)?")
TIME = re.compile(r"[T ]\s*(\d{2}:\d{2})(:\d{2})?(?:[.,]\d+)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?", re.IGNORECASE)
WEEKDAY = re.compile(r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+", re.IGNORECASE)
DAY_FIRST = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?\s+)?([A-Za-z]{3,9})\.?,?\s+(\d{4})")
MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
DAY_IN_NAME = re.compile(r"(?<!\d)(\d{4})[-_](\d{2})[-_](\d{2})(?!\d)")
DAY_IN_URL = re.compile(r"/(\d{4})[-/](\d{1,2}|[a-z]{3})[-/](\d{1,2})(?=[/-])")


def read_publication_date(words: str) -> str | None:
    """Return the EDTF of a publication date, or None where it isn't one or has more than one reading.

    Instants keep their offset, because the day meant by "on Monday" is the outlet's own; midnight without an
    offset is how spreadsheets write a day, and becomes one.

    >>> read_publication_date("2022-01-01 13:01:11+00:00")
    '2022-01-01T13:01:11Z'
    >>> read_publication_date("March 28, 2024")
    '2024-03-28'
    >>> read_publication_date("March 2024")
    '2024-03'
    """
    words = words.strip()
    if not words or len(words) > 60 or not words.isascii():
        return None
    return _read_iso(words) or _read_written_out(words) or _read_mail(words)


def find_day_in_file_name(name: str) -> str | None:
    """Return the one ISO day in a file's name; None where there is none or more than one.

    >>> find_day_in_file_name("2024-03-28-kim-in-beijing.md")
    '2024-03-28'
    """
    days = {_day(*map(int, found)) for found in DAY_IN_NAME.findall(name)}
    return days.pop() if len(days) == 1 else None


def find_day_in_url(url: str) -> str | None:
    """Return the day that an outlet writes into the address of its reports, or None.

    >>> find_day_in_url("https://example.org/2024/mar/28/kim-in-beijing")
    '2024-03-28'
    """
    found = DAY_IN_URL.search(url)
    if not found:
        return None
    year, month, day = found.groups()
    return _day(int(year), MONTHS.get(month, 0) if month.isalpha() else int(month), int(day))


def _read_iso(words: str) -> str | None:
    found = ISO.match(words)
    if not found:
        return None
    year, separator, month, day = found.groups()
    rest = words[found.end() :]
    if day:
        read = _day(int(year), int(month), int(day))
        return _with_time(read, rest) if read and rest else read
    if rest or (month and separator != "-"):
        return None
    if month:
        return _month(int(year), int(month))
    return year if int(year) >= FIRST_YEAR else None


def _with_time(day: str, rest: str) -> str | None:
    found = TIME.fullmatch(rest)
    if not found:
        return None
    clock, seconds, zone = found.groups()
    zone = (zone or "").upper()
    offset = "+00:00" if zone in ("Z", "UTC", "GMT") else zone
    try:
        return _instant(datetime.fromisoformat(f"{day}T{clock}{seconds or ':00'}{offset}"))
    except ValueError:
        return None


def _instant(moment: datetime) -> str:
    if moment.tzinfo is None and (moment.hour, moment.minute, moment.second) == (0, 0, 0):
        return moment.date().isoformat()
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _read_written_out(words: str) -> str | None:
    words = WEEKDAY.sub("", words, count=1) if WEEKDAY.match(words) else words
    if found := DAY_FIRST.fullmatch(words):
        day, month, year = found.groups()
    elif found := MONTH_FIRST.fullmatch(words):
        month, day, year = found.groups()
    else:
        return None
    number = MONTHS.get(month.lower(), 0)
    return _day(int(year), number, int(day)) if day else _month(int(year), number)


def _read_mail(words: str) -> str | None:
    # RFC 2822, as in RSS; datetime complains of impossible parts in several ways.
    if ":" not in words or ("," not in words[:5] and not words[:1].isdigit()):
        return None
    try:
        moment = parsedate_to_datetime(words)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return _instant(moment) if moment.year >= FIRST_YEAR else None


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat() if year >= FIRST_YEAR else None
    except ValueError:
        return None


def _month(year: int, month: int) -> str | None:
    return f"{year:04}-{month:02}" if year >= FIRST_YEAR and 1 <= month <= 12 else None
