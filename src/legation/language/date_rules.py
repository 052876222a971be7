"""The rules that find times: one row of RULES for each way to name one.

In: a text. Out: matches, each with the reader that says what it names. The order of rows decides where two could read
the same words: the longer first. "since 2011" and "until 2011" name 2011: the preposition is no part of the date.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from legation.language import date_guards as guards
from legation.language import date_readers as readers
from legation.language.date_readers import Frame, Resolved
from legation.language.date_words import compile_pattern

__all__ = ["ANY_RULE", "LISTED_DAY", "RULES", "Rule"]

Reader = Callable[[re.Match[str], Frame], Resolved | None]
Guard = Callable[[re.Match[str]], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to name a time.

    pattern: its words; the group "date", where there is one, marks those that are the expression.
    read:    from a match in its frame to what it names, None if unresolvable.
    is_date: whether the words around allow it to be a time at all.
    """

    name: str
    pattern: re.Pattern[str]
    read: Reader
    is_date: Guard


def _rule(name: str, pattern: str, read: Reader, is_date: Guard = lambda match: True) -> Rule:
    return Rule(name, compile_pattern(pattern), read, is_date)


RULES: tuple[Rule, ...] = (
    _rule(
        "iso-day",
        r"{year}-(?P<m>0\d|1[0-2])-(?P<d>[0-3]\d)(?:t\d\d[\d:.]*(?:z|\+\d\d:\d\d)?)?(?![\d-])",
        readers.read_iso,
    ),
    _rule(
        "slashed-day",
        r"(?P<one>\d{1,2})([/-])(?P<two>\d{1,2})\2(?P<y>(?:19|20)\d\d|\d\d)(?![\d/-])",
        readers.read_slashed,
    ),
    _rule(
        "days-interval",
        r"(?:{weekday},? )?{month} {day}(?:,? {year1})?{to}(?:{weekday2},? )?(?:{month2} )?{day2}"
        r"(?:(?:,| of)? {year}|(?: of|,)? {that} year)?",
        readers.read_days_of_month,
        guards.is_day_and_month,
    ),
    _rule(
        "days-interval",
        r"{day}(?: {month}(?:,? {year1})?)?{to}{day2} (?:of )?{month2}(?:,? {year}|(?: of|,)? {that} year)?",
        readers.read_days_before_month,
        guards.has_capital,
    ),
    _rule(
        "days-between",
        r"(?<=between ){month} {day} and (?:{month2} )?{day2}(?:,? {year})?",
        readers.read_days_of_month,
        guards.is_day_and_month,
    ),
    _rule(
        "month-day",
        r"{week_of}?(?:(?P<that_day>last|next|this) )?(?:{weekday}{part},? (?:the )?)?{month} (?:the )?{day}"
        r"(?:(?:,| of)? {year}|,?(?: juche \d{1,3})? \({year_given}\)|(?: of|,)? {that} year)?",
        readers.read_day,
        guards.is_day_and_month,
    ),
    _rule(
        "day-month",
        r"{week_of}?(?:{weekday}{part},? (?:the )?)?{day} (?:of )?{month}(?:,? {year}|(?: of|,)? {that} year)?",
        readers.read_day,
        guards.is_day_and_month,
    ),
    _rule(
        "listed-day",
        r"(?P<date>{day})(?:, \d{1,2})? and (?=(?:the )?{day2} (?:of )?{month}(?:,? {year}|(?: of|,)? {that} year)?)",
        readers.read_day,
        guards.has_capital,
    ),
    _rule(
        "months-interval",
        r"{month}(?:{dash}| (?:to|through|until) ){month2}(?:(?:,| of)? {year})?",
        readers.read_months,
        guards.has_capital,
    ),
    _rule(
        "month-year",
        r"{month}(?:(?:,| of)? {year}|,?(?: juche \d{1,3})? \({year_given}\)|(?: of|,)? {that} year)",
        readers.read_month,
        guards.has_capital,
    ),
    _rule("month-year", r"{month},? {spelled}", readers.read_spelled_month, guards.is_spelled_year),
    _rule("turned-month", r"{turn} {month}", readers.read_turned_month, guards.has_capital),
    _rule(
        "quarter",
        r"(?:the )?(?:fiscal[- ])?{nth}[- ]quarter(?: of| in)?(?: the)?(?: fiscal)? (?:{year}|{that} year)",
        readers.read_quarter,
    ),
    _rule(
        "quarter",
        r"(?:the )?(?:(?P<ago>year-(?:ago|earlier) )|{year}(?:['’]s)? |{that} year['’]s )?"
        r"(?:fiscal[- ])?{nth}[- ]quarter\b(?!-?final)",
        readers.read_quarter,
    ),
    _rule(
        "quarter", r"q(?P<nth>[1-4])(?: (?:of )?{year})?\b", readers.read_quarter, lambda match: match.group()[0] == "Q"
    ),
    _rule(
        "half",
        r"(?:the )?(?P<nth>first|second|last|1st|2nd)[- ]half of (?:{year}|{that} year|the year)",
        readers.read_half,
    ),
    _rule("season", r"(?:{turn} |the )?{season}(?:(?: of)? {year})?(?![a-z])", readers.read_season, guards.is_season),
    _rule(
        "weekdays-interval",
        r"{weekday}(?:{dash}| (?:to|through|until) ){weekday2}",
        readers.read_weekdays,
        guards.is_weekday,
    ),
    _rule(
        "weekday-of-week",
        r"{weekday}{part},? (?:of )?(?P<week>last|this|next) week",
        readers.read_weekday,
        guards.is_weekday,
    ),
    _rule("weekday", r"(?:{turn} )?{weekday}{part}", readers.read_weekday, guards.is_weekday),
    _rule(
        "today",
        r"(?P<deictic>(?:the )?day (?:before yesterday|after tomorrow)|yesterday|today|tonight|tomorrow){part}",
        readers.read_deictic,
        guards.is_today,
    ),
    _rule("part-of-today", r"(?P<turn>this|last) (?:morning|afternoon|evening|night)\b", readers.read_part_of_today),
    _rule(
        "turned-unit",
        r"(?P<turn>last|this past|this coming|this|next|the coming|the current) (?:calendar |fiscal |financial )?"
        r"(?P<unit>weekend|week|month|quarter|year|decade|century)\b",
        readers.read_turned_unit,
        guards.is_turned_unit,
    ),
    _rule(
        "told-quarter",
        r"(?:the |this )(?:latest|current|comparable|corresponding|same|year-ago|year-earlier)"
        r"(?: year-ago| year-earlier)? (?:fiscal )?(?:quarter|period)\b",
        readers.read_told_quarter,
    ),
    _rule("told-quarter", r"(?:the|that) quarter\b(?! (?:of|century|final))", readers.read_told_quarter),
    _rule("year-ago", r"year-(?:ago|earlier)\b", readers.read_year_ago),
    _rule("told-period", r"the {year} (?:quarter|period)\b", readers.read_told_period),
    _rule(
        "told-unit",
        r"(?P<which>the (?:very )?same|that same|that|the following|the next|the previous|the ensuing|the preceding) "
        r"(?P<unit>day|morning|afternoon|evening|night|weekend|week|month|year|decade)\b",
        readers.read_told_unit,
        guards.is_told_unit,
    ),
    _rule("the-weekend", r"(?:the )?weekend\b", readers.read_weekend, guards.is_weekend),
    _rule(
        "the-unit",
        r"the (?:calendar |fiscal |full )?(?P<unit>day|week|month|year|decade|century)\b",
        readers.read_the_unit,
        guards.is_the_unit,
    ),
    _rule(
        "the-unit",
        r"the (?:full|fiscal|current fiscal|current|calendar|latest fiscal) (?P<unit>year)\b",
        readers.read_the_unit,
    ),
    _rule("year-end", r"(?P<unit>year)(?:['’]s)?[- ]end\b", readers.read_the_unit),
    _rule(
        "ago",
        r"{number}[ -](?:full )?(?P<unit>day|night|week|fortnight|month|year|decade|century)s?(?: or so)? ago\b",
        readers.read_ago,
    ),
    _rule("vague", r"{vague} (?:day|week|month|year|decade)s (?:ago|earlier|later)\b", readers.read_none),
    _rule(
        "came-after",
        r"(?:came|comes|come|took place|happened|occurred|arrived) "
        r"(?P<date>(?:(?:about|approximately|around|nearly|just|exactly|only|barely) )?"
        r"{number} (?P<unit>day|week|month|year)s? after)(?= (?:an?|the|his|her|its|their)\b)",
        readers.read_came_after,
    ),
    _rule(
        "offset",
        r"{number} (?P<unit>day|week|month|year|decade)s? (?P<way>later|earlier|before|afterwards|after|previously)\b",
        readers.read_offset,
        guards.is_offset,
    ),
    _rule("hence", r"{number} (?P<unit>day|week|month|year)s? from (?:now|today)\b", readers.read_hence),
    _rule(
        "hence",
        r"in (?:about |around )?{number} (?P<unit>day|week|month|year)s?(?:['’]? time)?(?![\w-])",
        readers.read_hence,
        guards.is_hence,
    ),
    _rule(
        "named-day",
        rf"(?:{{turn}} )?(?P<name>{readers.NAMED_DAY_WORDS})(?: day\b| sunday\b)?"
        r"(?:,? {year}|(?: of|,)? {that} year)?(?![a-z])",
        readers.read_named_day,
        guards.is_named_day,
    ),
    _rule("september-11", r"9/11(?![\d/])", readers.read_september_11),
    _rule("decade", r"(?:the )?(?:early |late |mid-?)?{decade}", readers.read_decade, guards.is_decade),
    _rule("century", r"(?:the )?{century}[- ]century\b", readers.read_century),
    _rule(
        "years-interval",
        r"{year}{dash}(?P<year2>(?:1[4-9]|20)\d\d|\d\d)(?![\d-])",
        readers.read_years,
        guards.is_named_year,
    ),
    _rule("years-interval", r"(?:(?<=from )|(?<=between )){year} (?:to|and|until|through) {year2}", readers.read_years),
    _rule("fiscal-year", r"(?:fiscal(?: year)? |fy ?){year}", readers.read_year),
    _rule("fiscal-year", r"fy ?['’]?(?P<y>\d\d)\b", readers.read_short_year),
    _rule("spelled-year", r"(?:the year )?{spelled}", readers.read_spelled_year, guards.is_spelled_year),
    _rule("year", r"(?:the year )?(?P<date>{year})(?!\w)", readers.read_year, guards.is_year),
    _rule("short-year", r"['’](?P<y>[4-9]\d|[0-2]\d)\b(?!['’])", readers.read_short_year, guards.is_short_year),
    _rule("month", r"{month}", readers.read_month, guards.is_month),
    _rule(
        "vague",
        r"(?:recently|lately|(?:the )?(?:recent|past few|last few|coming|past several) "
        r"(?:days|weeks|months|years|decades)|the near future|currently|nowadays|soon)\b",
        readers.read_none,
    ),
)

# A further day of the month just read: "April 24 and 25", not "on April 24 and 25 others".
LISTED_DAY = _rule(
    "listed-day",
    r"(?:, and |, (?=[\w ]{1,12}and \d)| and | or )(?:the )?(?P<date>{day})"
    r"(?= ?(?:[.,;:)]|$| (?:in|at|to|for|by|of|on|and|respectively)\b))",
    readers.read_listed_day,
)

# Where any rule could begin, in a text in small letters: one pass finds the places, RULES in order decide there.
# Without re.I, for which the engine would try every alternative at every word.
ANY_RULE = re.compile(
    r"(?<![\w.,])(?=[a-z0-9'’])(?:"
    + "|".join(re.sub(r"\(\?P<\w+>", "(?:", rule.pattern.pattern).replace(r"\2", "[-/]") for rule in RULES)
    + ")"
)
