"""Whether words that look like a time are one: "may" and May, "1990 troops" and 1990, "today's youth" and today.

In: a match of a rule's pattern, with the text around it. Out: whether it can be a time.
"""

import re

from legation.language.date_words import NUMBERS

__all__ = [
    "before",
    "has_capital",
    "is_day_and_month",
    "is_decade",
    "is_hence",
    "is_month",
    "is_named_day",
    "is_named_year",
    "is_offset",
    "is_season",
    "is_short_year",
    "is_spelled_year",
    "is_the_unit",
    "is_today",
    "is_told_unit",
    "is_turned_unit",
    "is_weekday",
    "is_weekend",
    "is_year",
    "rest",
]

# Words before a number of four digits that make it a year.
_BEFORE_YEAR = re.compile(
    r"(?:\b(?:in|since|by|of|from|until|till|before|after|during|for|the|and|to|early|late|mid|through|between|"
    r"circa|year|back|around|about|than|a|an|its|his|her|their|into|as|or|post|pre|spring|summer|autumn|fall|"
    r"winter|christmas)|[(,\[/])[\s-]*$",
    re.I,
)
# Words before it that make it a count, or part of a name.
_BEFORE_NAME = re.compile(
    r"(?:\b(?:no|nos|number|resolutions?|flight|article|section|room|route|highway|boeing|chapter|page|agenda|"
    r"vision|horizon|mach|channel|bill|act|order|law|protocol|decree|apollo|windows|class|unit|model|nearly|"
    r"approximately|almost|some|over|least|most|roughly|only|all|another|these|those|exactly|killed|about|"
    r"more than|less than|fewer than)\.?|[$€£¥#]|\d[,.]|:)\s*$",
    re.I,
)
_BETWEEN_PREPOSITION = re.compile(r"\b(?:in|since|by|of) (?:about|only|all) $", re.I)
_AFTER_COUNT = re.compile(
    r"\s*(?:hours?\b|gmt\b|utc\b|[ap]\.?m\b|%|percent\b|(?:\w+\s+){0,2}(?:people|troops|soldiers|men|women|children|"
    r"civilians|workers|members|delegates|refugees|prisoners|hostages|dead|wounded|deaths|casualties|demonstrators|"
    r"protesters|police|officers|personnel|tons?|tonnes|miles?|kilomet(?:er|re)s?|met(?:er|re)s?|feet|km|kg|mw|"
    r"dollars|euros|pounds|yuan|won|rubles|roubles|yen|rounds|missiles|rockets|drones|tanks|barrels|times|years|"
    r"seats|homes|houses|jobs|employees|votes|points|words|pages|households|families|students|fighters)\b)|"
    r"\s*(?:st|nd|rd|th|m|k|kg|km|bn|mn)\b|['’]?s\b(?=['’])",
    re.I,
)
_HYPHEN_BEFORE = re.compile(r"[\w.]-$|\d/$")
_TIME_PREFIX = re.compile(r"\b(?:post|pre|mid|late|early)-$", re.I)
_STARTS_SENTENCE = re.compile(r"(?:^|[.!?\"“])\s*$")
_COUNTED_NOUN = re.compile(r"\s+[a-z]+s\b(?! (?:was|is|saw|will))")
_ENDS_OR_WORD = re.compile(r"\s*(?:[.,;:)\]–—]|$|[A-Za-z])")
_NAME_BEFORE = re.compile(
    r"\b(?!(?:In|On|By|Since|Until|The|And|Last|This|Next|From|Late|Early|Through|During)\b)[A-Z][a-z]+ $"
)
_BEFORE_MONTH = re.compile(
    r"\b(?:in|since|until|till|by|of|from|through|during|before|after|for|early|late|mid|to|the|between|and|into|"
    r"around|last|next|this|each|every|beginning|starting|or|as|on|than|over|an?)[\s-]+$",
    re.I,
)
_BEFORE_EITHER = re.compile(r"\b(?:and|or|to|for|as|than|on|over|through|each|every)\s+$", re.I)
_AFTER_PERSON = re.compile(r"\s+(?:said|has|had|was|is|will|told|would|and)\b|\s+[A-Z]|['’]s\b")
_THE = re.compile(r"\bthe[\s-]+$", re.I)
_AFTER_A_MARCH = re.compile(r"\s+(?:of|for|on|to|against|and|was|is|by|in|through)\b|['’.,]")
_POSSESSIVE = re.compile(r"['’]s\b")
_BEFORE_SHORT_WEEKDAY = re.compile(r"\b(?:on|last|next|this|since|until|by) $", re.I)
_END_OF_CLAUSE = re.compile(r"\s*(?:[,.;:)]|$|and\b|but\b)")
_BEFORE_HENCE = re.compile(
    r"\b(?:will|would|due|expected|scheduled|expires?|resumes?|begins?|opens?|starts?|meets?|deadline|leaves?|arrives?)"
    r"\b[^.;:]*$"
)
_RANKED = re.compile(r"\b(?:time|first|second|third|fourth|fifth|\d+th|most|worst|best|least|only|\w{3,}est)\b")
_OF_THE_AGE = re.compile(r"['’]s\s+(?:\w+\s+)?(?:world|youth|society|generation)\b")
_TITLE_BEFORE = re.compile(r"[A-Z]\w*\s+$")
_BEFORE_SEASON = re.compile(r"\b(?:in|by|since|until|during|early|late|before|after)\s+$", re.I)
_BEFORE_THE_SEASON = re.compile(r"\b(?:in|over|by|since|until|during|of|into|through|before|after)\s+$", re.I)
_AFTER_SEASON = re.compile(
    r"\s+(?:of|in|from|into|to|offensive|camp|school|olympic|games|house|palace|festival)\b", re.I
)
_IDIOM = re.compile(r"\bat the end of $", re.I)
_PART_OF = re.compile(
    r"\b(?:earlier|later|early|late|end|start|beginning|middle|rest|remainder|turn)\s+(?:on\s+)?(?:in|of)\s+$", re.I
)
_FOR = re.compile(r"\bfor\s+$", re.I)
_AFTER_OTHER_UNIT = re.compile(r"\s+(?:of|in which|when|that|to come|ahead)\b")
_BEFORE_WEEKEND = re.compile(r"\b(?:over|at|of|during|on|for|by|before|after|until|last|this)\s+$", re.I)
_NAME_AFTER = re.compile(r"\s+(?!In|On)[A-Z][a-z]")
_BEFORE_SHORT_YEAR = re.compile(r"\b(?:in|since|of|until|from|summer|spring|autumn|fall|winter)\s+$", re.I)
_LASTING = re.compile(r"\b(?:over|for|in|during|within|through)\s+$", re.I)
_AFTER_LENGTH = re.compile(r"\s+(?:or|to|and a half)\b")

Match = re.Match[str]


def before(match: Match, n: int = 24) -> str:
    """Return the `n` characters before the expression."""
    start = match.start("date") if "date" in match.re.groupindex else match.start()
    return match.string[max(0, start - n) : start]


def rest(match: Match, n: int = 40) -> str:
    """Return the `n` characters after the match."""
    return match.string[match.end() : match.end() + n]


def has_capital(match: Match) -> bool:
    """Return whether every month's name among the words begins with a capital."""
    return all(word[0].isupper() for name, word in match.groupdict().items() if word and name.startswith("month"))


def is_day_and_month(match: Match) -> bool:
    """Refuse small letters, and "first May" or "second March", where the ordinal counts something else."""
    counts = match["day"].isalpha() and match.start("day") < match.start("month")
    return has_capital(match) and not (counts and match["month"].lower() in ("may", "march"))


def is_year(match: Match) -> bool:
    """Tell the year 1990 from 1990 troops, resolution 1970 and Vision 2030."""
    left, right = before(match), rest(match)
    if _HYPHEN_BEFORE.search(left) and not _TIME_PREFIX.search(left):
        return False
    if _AFTER_COUNT.match(right) or (right[:1] == "-" and right[1:2].isalnum()):
        return False
    if _BEFORE_NAME.search(left) and not _BETWEEN_PREPOSITION.search(left):
        return False
    if _STARTS_SENTENCE.search(left):
        return not _COUNTED_NOUN.match(right)
    return bool(_BEFORE_YEAR.search(left) or _ENDS_OR_WORD.match(right))


def is_named_year(match: Match) -> bool:
    """Refuse years that belong to a name or a count, where the words are years by their form already."""
    return not _BEFORE_NAME.search(before(match))


def is_month(match: Match) -> bool:
    """Tell March from "march", May from "may" and from Theresa May; a short form needs a number beside it."""
    word, left, right = match["month"], before(match), rest(match)
    if not word[0].isupper() or (word.isupper() and len(word) > 1) or (len(word.rstrip(".")) == 3 and word != "May"):
        return False
    is_name_too = word in ("March", "April", "May", "June", "August")
    if not _BEFORE_MONTH.search(left):
        return not is_name_too and (not _NAME_BEFORE.search(left) or bool(_POSSESSIVE.match(right)))
    if is_name_too and _BEFORE_EITHER.search(left):
        return not _AFTER_PERSON.match(right)
    return not (word == "March" and _THE.search(left) and _AFTER_A_MARCH.match(right))


def is_weekday(match: Match) -> bool:
    """Tell Sunday and "on Sun." from "sun" and "sat"."""
    word = match["weekday"].rstrip(".")
    if not word[0].isupper():
        return False
    is_full = word.lower().endswith("day")
    return is_full or bool(_BEFORE_SHORT_WEEKDAY.search(before(match)) and not rest(match).startswith("-"))


def is_offset(match: Match) -> bool:
    """Refuse lengths and comparisons: "two days before" needs the clause's end, "earlier than" compares."""
    if match["way"].lower() in ("later", "earlier", "afterwards", "previously"):
        return not rest(match).lstrip().startswith("than")
    return bool(_END_OF_CLAUSE.match(rest(match)))


def is_hence(match: Match) -> bool:
    """Tell "will meet in two weeks" from "the first in two years" and "was built in two years"."""
    left = before(match, 60)
    return bool(_BEFORE_HENCE.search(left)) and not _RANKED.search(left)


def is_today(match: Match) -> bool:
    """Refuse "USA Today", and "today's youth", which means these days."""
    if match["deictic"] == "Today" and _TITLE_BEFORE.search(before(match)):
        return False
    return not _OF_THE_AGE.match(rest(match))


def is_season(match: Match) -> bool:
    """Tell the fall from a fall, and spring from a spring offensive."""
    groups = match.groupdict()
    if groups["year"] or groups["turn"]:
        return True
    prepositions = _BEFORE_THE_SEASON if match.group().lower().startswith("the") else _BEFORE_SEASON
    return bool(prepositions.search(before(match))) and not _AFTER_SEASON.match(rest(match))


def is_turned_unit(match: Match) -> bool:
    """Refuse "This Week" and "Next Month" as names of programmes."""
    return match["unit"][0].islower() or match["turn"].isupper()


def is_told_unit(match: Match) -> bool:
    """Refuse lengths: "over the next week", "the next day or two"."""
    lasts = match["which"].lower() == "the next" and match["unit"].lower() != "day" and _LASTING.search(before(match))
    return not lasts and not _AFTER_LENGTH.match(rest(match))


def is_the_unit(match: Match) -> bool:
    """Take "earlier in the month", "the end of the year" and "for the year", not "at the end of the day"."""
    if match["unit"] == "year" and _FOR.search(before(match)):
        return True
    if match["unit"] == "day" and _IDIOM.search(before(match)):
        return False
    return bool(_PART_OF.search(before(match))) and not _AFTER_OTHER_UNIT.match(rest(match))


def is_weekend(match: Match) -> bool:
    """Take "the weekend", and "weekend" after a preposition."""
    return match.group().lower().startswith("the") or bool(_BEFORE_WEEKEND.search(before(match)))


def is_named_day(match: Match) -> bool:
    """Refuse Easter Island, and the lunar New Year's Day, which is another day each year."""
    if not match["name"][0].isupper() or before(match).lower().endswith("lunar "):
        return False
    return not _NAME_AFTER.match(rest(match))


def is_decade(match: Match) -> bool:
    """Take "the nineties", not "in their nineties"."""
    return not match["decade"].isalpha() or match.group().lower().startswith("the")


def is_spelled_year(match: Match) -> bool:
    """Take "nineteen ninety-six" and "the year two thousand", not "nineteen people" or "two thousand people"."""
    words = match["spelled"].lower().replace("-", " ").split()
    if words[0] == "two":
        return bool(re.match("the year|[A-Z]", match.group()))
    return all(word in NUMBERS for word in words[1:]) and NUMBERS[words[1]] >= 10 and has_capital(match)


def is_short_year(match: Match) -> bool:
    """Take "in '98", not a quotation that begins with a number."""
    return bool(_BEFORE_SHORT_YEAR.search(before(match)))
