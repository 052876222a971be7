"""When: the time expressions of a report, and what they name.

In: a report's text and its day of publication. Out: DateReadings, with spans in the text, values in EDTF, and the
name of the rule that read them. What can't be resolved has value None; it never becomes the day of publication.
`date_rules` says which words name which time; this module decides what they are read against: the dateline before
the day of publication, what the text told before, the clause's tense, and for "today" in a quotation the day on
which it was said.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from legation.language.claim import DateReading, Span
from legation.language.date_readers import Frame, Resolved
from legation.language.date_rules import ANY_RULE, LISTED_DAY, RULES, Rule
from legation.language.periods import Period, Unit, read_edtf_days
from legation.language.tense import read_tense

__all__ = ["Anniversary", "flag_impossible", "read_anniversaries", "read_date", "read_dates", "reread_date"]

# A dateline further from publication than this is not the report's own day but that of a reprint or an archive.
_DATELINE_DAYS = 7
# How many characters back a quarter stays the one that "a year earlier" compares with: about a paragraph or two.
_QUARTER_REACH = 1200
# From this many years off, a year told makes the days after it history, not news. Fewer cost value F1 on TimeBank
# and AQUAINT (2: 0.882, 10: 0.888), which step from "in 1994" to this January with a full stop.
_HISTORY_YEARS = 10
# How many expressions back the text is remembered: "the next day" means one nearby, and time stays linear.
_MEMORY = 40
# A quotation's "today" is the day last told before it, unless that is older than a week: then it is background.
_QUOTED_DAYS = 7

# "Pyongyang, ", "PORT-AU-PRINCE, Haiti, Tuesday, ": capitals and the small words of place names.
_DATELINE = re.compile(r"(?:(?:[A-Z][\w.’'/-]*|\(\w+\)|of|de|da|do|la|le|el|al|du|es)[ ,]+){1,8}")
_AFTER_DATELINE = re.compile(r"\s*(?:\([^)\n]{2,40}\)|/[^/\n]{2,40}/)?\s*(?:--|—|–|_|-)")
# Ends of sentences, well enough for telling clauses apart where the caller gives none.
_SENTENCE_END = re.compile(
    r"(?<![ .][A-Z])(?<![ap]\.m)(?<!Mr|Ms|Dr|St)(?<!Mrs|Gen|Sen|Rep|Gov|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r"(?<!Sept)[.!?][\"'”’)]*\s+(?=[\"'“‘(`\[]*[A-Z0-9])|\n\s*\n"
)
_QUOTE_MARK = re.compile(r"(?P<opening>[“«]|``|(?<![^\s(\[])\"(?=\S))|(?P<closing>[”»]|''|\")")
_NOUN_AFTER = re.compile(
    r"\s+(?!(?:and|or|but|to|in|on|at|of|by|for|with|from|after|before|as|that|when|where|who|which|while|is|was|were|"
    r"are|has|had|will|would|said|says|until|since|during|over|under|about|between|against|amid|it|he|she|they|an?|"
    r"the|also|not)\b)[a-z]+"
)
_ARTICLE_BEFORE = re.compile(r"\b(?:the|an?|its|his|her|their|this|that)\s+$", re.I)
# Words before an expression that belong to it without changing what it names: "Late on Sunday", "earlier this week".
_MODIFIER = re.compile(
    r"(?<![\w-])(?:(?:earlier|later|early|late)(?:\s+(?:on|in))?|mid|the\s+(?:end|start|beginning|middle)\s+of)[\s-]$",
    re.I,
)
_ANNIVERSARY = re.compile(
    r"\b(?P<nth>\d{1,4})(?:st|nd|rd|th) (?:\w+ )?(?:anniversary|birthday|birth anniversary)\b"
    r"(?: of (?P<what>[^,.;:()\n]{3,100}))?"
)


_WRITTEN_OUT = {"month-day", "day-month", "iso-day", "slashed-day", "listed-day", "days-interval", "days-between"}
# "reported by state media on", "arrived in Hanoi on"; not "announced elections for", "had planned to meet on".
_PAST_VERB_BEFORE = re.compile(
    r"(?<!be )(?<!to be )(?<!scheduled )(?<!planned )\b(?!scheduled|planned|expected|slated|rescheduled|postponed)"
    r"(?:[a-z]{2,}ed|said|told|met|held|took place|began|left|came|went|sent|flew|spoke)"
    r"(?:\s+(?:by|in|at|from|with|to)(?:\s+[\w’'-]+){1,4}?)?\s+(?:on\s+)?$"
)


@dataclass(frozen=True, slots=True)
class Anniversary:
    """A count of years since something: "the 75th anniversary of diplomatic relations"; no date of an act.

    what: the words for it, "" where the text gives none right after.
    """

    years: int
    what: str
    span: Span


@dataclass(frozen=True, slots=True)
class _Told:
    """A reading with what later ones need of it.

    is_narrative: tells when something in the story happened, rather than which thing is meant ("the May accord").
    has_year:     its own words fix the year.
    """

    reading: DateReading
    resolved: Resolved | None
    rule: Rule
    match: re.Match[str]
    is_narrative: bool
    has_year: bool

    @property
    def unit(self) -> Unit | None:
        """Return the precision, None where unresolved."""
        return self.resolved.unit if self.resolved else None

    @property
    def is_quarter(self) -> bool:
        """Return whether it tells the quarter that is reported on, not the one that it is compared with."""
        return self.rule.name == "quarter" and not self.match.groupdict().get("ago")


def read_dates(
    text: str,
    published: str | None,
    *,
    sentences: Sequence[Span] | None = None,
    futures: Mapping[Span, bool] | None = None,
) -> list[DateReading]:
    """Return every expression of a day, month, quarter, year, decade or interval in the text, in order.

    published: EDTF day or instant; None if unknown, then relative expressions have value None.
    sentences: [start, end) in characters; found by a simple rule where not given.
    futures:   for the expressions that overlap a span, whether the clause tells what is to come: a caller that knows
               the event's status decides what is otherwise guessed from the words around.

    >>> [r.value for r in read_dates("They met on Monday and will meet again in May.", "2024-03-28")]
    ['2024-03-25', '2024-05']
    """
    return [told.reading for told in _read(text, _day_of(published), sentences, futures or {}, None)]


def read_date(
    words: str, published: str | None, *, future: bool | None = None, told: str | None = None
) -> DateReading | None:
    """Return what a few words name, apart from their text; None if they name no time. Spans are in `words`.

    future: whether what they date is to come ("planned") or past ("done").
    told:   EDTF of the day told before, from which "the next day" counts.
    """
    days = read_edtf_days(told) if told else None
    frame_day = days[0] if days else None
    futures = {} if future is None else {(0, len(words) + 1): future}
    readings = [item.reading for item in _read(words, _day_of(published), [(0, len(words))], futures, frame_day)]
    return max(readings, key=lambda reading: (reading.value is not None, _length(reading)), default=None)


def reread_date(reading: DateReading, text: str, published: str | None, *, future: bool) -> DateReading:
    """Return the reading as it is where its clause is known to tell what is to come (`future`) or what was."""
    if reading.span is None:
        return reading
    again = read_dates(text, published, futures={reading.span: future})
    return next((new for new in again if new.span == reading.span), reading)


def flag_impossible(
    text: str,
    published: str | None,
    readings: Sequence[DateReading],
    *,
    futures: Mapping[Span, bool] | None = None,
) -> list[tuple[DateReading, str]]:
    """Return the readings that can't be so, with the flag: told as past, yet after the report was published.

    The report is not repaired: which of its two days is wrong, nothing in it tells. Only days written out are
    judged, where `futures` (see `read_dates`) says that they are past, or the past verb stands right before.

    >>> text = "The trip, reported by state media on March 22, 2024, goes on."
    >>> [flag for _, flag in flag_impossible(text, "2024-03-21", read_dates(text, "2024-03-21"))]
    ['told-before-it-was-reported']
    """
    today = _day_of(published)
    if today is None:
        return []
    return [
        (reading, "told-before-it-was-reported")
        for reading in readings
        if reading.span
        and reading.rule in _WRITTEN_OUT
        and (days := read_edtf_days(reading.value or ""))
        and days[0] > today
        and _is_told_as_past(text, reading.span, futures or {})
    ]


def _is_told_as_past(text: str, span: Span, futures: Mapping[Span, bool]) -> bool:
    given = _given(futures, span)
    if given is not None:
        return not given
    before = text[max(0, span[0] - 80) : span[0]]
    return bool(_PAST_VERB_BEFORE.search(before))


def read_anniversaries(text: str) -> list[Anniversary]:
    """Return the anniversaries that a text counts, e.g. 75 and "North Korea-China diplomatic relations"."""
    return [
        Anniversary(int(match["nth"]), (match["what"] or "").strip(), match.span())
        for match in _ANNIVERSARY.finditer(text)
    ]


# --- From words to readings -----------------------------------------------------------------------------------------


def _read(
    text: str,
    published: date | None,
    sentences: Sequence[Span] | None,
    futures: Mapping[Span, bool],
    day: date | None,
) -> list[_Told]:
    found = list(_find(text))
    if not found:
        return []
    bounds = _split(text) if sentences is None else sentences
    quotes = _Quotes(text)
    today, dateline = _read_dateline(text, found, published)
    told: list[_Told] = []
    for rule, match, span in found:
        frame = _frame(text, bounds, span, today, told, futures, day)
        resolved = _resolve(rule, match, frame)
        name = "dateline" if span == dateline else rule.name
        told.append(
            _Told(
                DateReading(resolved.edtf if resolved else None, span, name),
                resolved,
                rule,
                match,
                is_narrative=span != dateline and not _is_attributive(text, span) and not quotes.has(span[0]),
                has_year=any(match.groupdict().get(name) for name in ("year", "year_given")),
            )
        )
    return [_requote(item, told, text, bounds, quotes, today) for item in told]


def _find(text: str) -> Iterator[tuple[Rule, re.Match[str], Span]]:
    small = _lower(text)
    at = 0
    while place := ANY_RULE.search(small, at):
        at = place.start() + 1
        for rule in RULES:
            match = rule.pattern.match(text, place.start())
            if match and rule.is_date(match):
                at = match.end()
                yield rule, match, _span(match)
                while rule.name == "month-day" and (match := LISTED_DAY.pattern.match(text, at)):
                    at = match.end()
                    yield LISTED_DAY, match, _span(match)
                break


def _lower(text: str) -> str:
    """Return the text in small letters, letter for letter: some capitals have two small ones ("İ")."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(c.lower() if c.isascii() else c for c in text)


def _span(match: re.Match[str]) -> Span:
    start, end = match.span("date") if "date" in match.re.groupindex else match.span()
    modifier = _MODIFIER.search(match.string, max(0, start - 24), start)
    return (modifier.start() if modifier else start), end


def _resolve(rule: Rule, match: re.Match[str], frame: Frame) -> Resolved | None:
    try:
        resolved = rule.read(match, frame)
        return resolved if resolved and resolved.last >= resolved.first else None
    except (ValueError, OverflowError):  # the calendar of datetime ends: year 1, year 9999
        return None


def _frame(
    text: str,
    bounds: Sequence[Span],
    span: Span,
    today: date | None,
    told: Sequence[_Told],
    futures: Mapping[Span, bool],
    day: date | None,
) -> Frame:
    sentence = _sentence_at(bounds, span[0])
    given = _given(futures, span)
    tense = read_tense(text, sentence, *span) if given is None else ("future" if given else "past")
    recent = told[-_MEMORY:]
    told_day = _last(recent, lambda item: item.is_narrative and item.unit == "day")
    quarter = _last(recent, lambda item: item.is_quarter and span[0] - _start(item) < _QUARTER_REACH)
    return Frame(
        today,
        tense,
        day=told_day.first if told_day else day,
        period=_last(recent, lambda item: item.is_narrative),
        quarter=quarter if isinstance(quarter, Period) else None,
        long_past=None if tense == "future" else _long_past(bounds, sentence, recent, today),
        just_read=told[-1].resolved.first if told and told[-1].resolved else None,
    )


def _last(told: Sequence[_Told], is_wanted: Callable[[_Told], bool]) -> Resolved | None:
    return next((item.resolved for item in reversed(told) if item.resolved and is_wanted(item)), None)


def _given(futures: Mapping[Span, bool], span: Span) -> bool | None:
    return next((is_future for at, is_future in futures.items() if at[0] < span[1] and span[0] < at[1]), None)


def _long_past(bounds: Sequence[Span], sentence: Span, told: Sequence[_Told], today: date | None) -> Resolved | None:
    at = bisect_right(bounds, sentence[0], key=lambda bound: bound[0]) - 1
    since = bounds[max(0, at - 1)][0] if bounds else 0
    year = _last(
        told,
        lambda item: (
            item.has_year and item.is_narrative and item.unit in ("day", "month", "year") and _start(item) >= since
        ),
    )
    is_far = year and (today is None or today.year - year.first.year >= _HISTORY_YEARS)
    return year if is_far else None


def _read_dateline(
    text: str, found: Sequence[tuple[Rule, re.Match[str], Span]], published: date | None
) -> tuple[date | None, Span | None]:
    """Return the day that the report calls today, and the span of the dateline if one tells it."""
    rule, match, span = found[0]
    if rule.name not in ("month-day", "day-month") or not _is_dateline(text, span):
        return published, None
    resolved = _resolve(rule, match, Frame(published))
    if resolved is None or (published and abs((resolved.first - published).days) > _DATELINE_DAYS):
        return published, None
    return resolved.first, span


def _is_dateline(text: str, span: Span) -> bool:
    before, after = text[: span[0]], text[span[1] : span[1] + 60]
    if not before.strip():
        return bool(re.match(r"\s*(?:\n|--|—|–)|\s+[A-Z\"“]", after))
    return bool(_DATELINE.fullmatch(before.lstrip()) and _AFTER_DATELINE.match(after))


def _requote(
    item: _Told, told: Sequence[_Told], text: str, bounds: Sequence[Span], quotes: "_Quotes", today: date | None
) -> _Told:
    """Return the item with "today" and the like in a quotation counted from the day on which it was said."""
    if item.rule.name not in ("today", "part-of-today") or not quotes.has(_start(item)):
        return item
    said = _day_said(item, told, bounds, today)
    if said is None:
        return item
    resolved = _resolve(item.rule, item.match, Frame(said))
    reading = replace(item.reading, value=resolved.edtf if resolved else None, rule="quoted-today")
    return replace(item, reading=reading, resolved=resolved)


def _day_said(item: _Told, told: Sequence[_Told], bounds: Sequence[Span], today: date | None) -> date | None:
    """Return the day told in the quotation's sentence, else the last told before it, if it is of the last days."""
    sentence = _sentence_at(bounds, _start(item))
    n = bisect_right(told, _start(item), key=_start)
    near = [other for other in told[max(0, n - _MEMORY) : n + _MEMORY] if _is_news(other, today)]
    same = [other for other in near if sentence[0] <= _start(other) < sentence[1]]
    before = [other for other in near if _start(other) < _start(item)]
    found = _last(same or before, lambda other: True)
    return found.first if found else None


def _is_news(item: _Told, today: date | None) -> bool:
    if not (item.is_narrative and item.resolved and item.unit == "day" and today):
        return False
    return timedelta(0) <= today - item.resolved.first <= timedelta(_QUOTED_DAYS)


class _Quotes:
    """Where quotations are: at a place, whether the last mark before it opened one."""

    def __init__(self, text: str) -> None:
        marks = list(_QUOTE_MARK.finditer(text))
        self._starts = [mark.start() for mark in marks]
        self._opens = [mark["opening"] is not None for mark in marks]

    def has(self, at: int) -> bool:
        """Return whether the place is inside a quotation."""
        n = bisect_right(self._starts, at)
        return n > 0 and self._opens[n - 1]


def _is_attributive(text: str, span: Span) -> bool:
    return bool(_ARTICLE_BEFORE.search(text[max(0, span[0] - 8) : span[0]]) and _NOUN_AFTER.match(text, span[1]))


def _split(text: str) -> list[Span]:
    starts = [0, *(mark.end() for mark in _SENTENCE_END.finditer(text))]
    return list(zip(starts, [*starts[1:], len(text)], strict=True))


def _sentence_at(bounds: Sequence[Span], at: int) -> Span:
    n = bisect_right(bounds, at, key=lambda bound: bound[0])
    return bounds[max(0, n - 1)] if bounds else (0, at)


def _day_of(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None


def _start(item: _Told) -> int:
    return item.reading.span[0] if item.reading.span else 0


def _length(reading: DateReading) -> int:
    return reading.span[1] - reading.span[0] if reading.span else 0
