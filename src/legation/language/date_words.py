"""The words of time: how months, weekdays, numbers and years are written, as patterns and as numbers.

In: a pattern with names in braces, "{month} {day}". Out: the regular expression, in which each name is a group of
that name ("{month2}" is a second month). A blank in a pattern stands for up to three, as a line may break in a date.
"""

import re

from legation.language.periods import Unit

__all__ = [
    "DECADES",
    "NUMBERS",
    "SEASONS",
    "UNITS",
    "compile_pattern",
    "day_number",
    "month_number",
    "number",
    "weekday_number",
    "year_of_two_digits",
]

_MONTH_STEMS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAY_STEMS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third "
    "twenty-fourth twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first"
).split()
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS = {word: 10 * n for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}

NUMBERS = {word: n for n, word in enumerate(_ONES)} | _TENS | {"a": 1, "an": 1, "a dozen": 12}
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
DECADES = {f"{word.removesuffix('y')}ies": n for word, n in _TENS.items()}
UNITS: dict[str, Unit] = {
    "day": "day",
    "morning": "day",
    "afternoon": "day",
    "evening": "day",
    "night": "day",
    "weekend": "weekend",
    "week": "week",
    "fortnight": "week",
    "month": "month",
    "quarter": "quarter",
    "year": "year",
    "decade": "decade",
    "century": "century",
}


def _any_of(words: list[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_PATTERNS = {
    "month": r"(?:(?:january|february|march|april|may|june|july|august|september|october|november|december)(?![a-z])|"
    r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)(?![a-z])\.?)",
    "weekday": r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day(?![a-z])|"
    r"(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)(?![a-z])\.?)",
    "day": rf"(?:(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?|{_any_of(_ORDINALS)})"
    r"(?![\w%]|,\d{3}|[.:]\d|-(?!jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z])",
    "year": r"(?:1[4-9]|20)\d\d(?!\d|,\d|\.\d|%)",
    "year_given": r"(?:1[4-9]|20)\d\d",
    "number": r"(?:an?|\d{1,3}(?![,.]?\d)|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    rf"(?:[- ](?:{_any_of(_ONES[1:10])}))?|a dozen|{_any_of(_ONES)})(?![a-z])",
    "nth": r"(?:first|second|third|fourth|1st|2nd|3rd|4th)",
    "century": rf"(?:1\dth|20th|21st|{_any_of(_ORDINALS[10:21])})",
    "season": r"(?:spring|summer|autumn|fall|winter)",
    "decade": rf"(?:(?:1[4-9]|20)\d0['’]?s|['’][2-9]0['’]?s|{_any_of(list(DECADES))})\b",
    "spelled": r"(?:nineteen[- ]\w{3,9}(?:[- ](?:one|two|three|four|five|six|seven|eight|nine)\b)?|"
    r"two thousand(?: (?:and )?(?:one|two|three|four|five|six|seven|eight|nine|ten)\b)?)",
    "turn": r"(?:last|this past|this coming|this|next|coming|upcoming|past|the coming|the following|the previous|"
    r"previous|the next)",
    "week_of": r"(?:the )?week(?:end)? (?:of|beginning|starting|ending|commencing) ",
    "that": r"(?:this|last|next)",
}
# Not kept as groups: nobody asks for them.
_PARTS = {
    "part": r"(?:[ -](?:early |late |mid-?)?(?:morning|afternoon|evening|night|noon|midnight|nights|mornings)\b)?",
    "dash": r"(?: ?[-–—‑] ?)",
    "to": r"(?: ?[-–—‑] ?| (?:to|through|thru|until|till) (?:the )?)",
    "vague": r"(?:(?:a )?(?:few|couple(?: of)?|number of)|several|some|many|recent)",
}
_PLACEHOLDER = re.compile(r"\{([a-z_]+)(\d?)\}")
_BLANK = re.compile(r"\[[^\]]*\]|\(\?<[=!][^)]*\)| \??")


def compile_pattern(pattern: str) -> re.Pattern[str]:
    """Return the regular expression for a pattern with names in braces; capitals count the same as small letters."""
    return re.compile(_BLANK.sub(_widen, _PLACEHOLDER.sub(_expand, pattern)), re.I)


def _expand(found: re.Match[str]) -> str:
    name, n = found.groups()
    return _PARTS[name] if name in _PARTS else f"(?P<{name}{n}>{_PATTERNS[name]})"


def _widen(found: re.Match[str]) -> str:
    # Bounded, so that time stays linear whatever the text.
    blank = found.group()
    return {" ": r"\s{1,3}", " ?": r"\s{0,3}"}.get(blank, blank.replace(" ", r"\s"))


def month_number(word: str) -> int:
    """Return 1 to 12 for a month's name or short form."""
    return _MONTH_STEMS.index(word[:3].lower()) + 1


def weekday_number(word: str) -> int:
    """Return 0 (Monday) to 6 for a weekday's name or short form."""
    return _WEEKDAY_STEMS.index(word[:3].lower())


def day_number(word: str) -> int:
    """Return the number of "25", "25th", "twenty-fifth"."""
    word = word.lower()
    return _ORDINALS.index(word) + 1 if word in _ORDINALS else int(re.sub(r"\D", "", word))


def number(word: str) -> int:
    """Return the number of "a", "3", "three", "forty-two"."""
    word = " ".join(word.lower().split())
    if word.isdigit():
        return int(word)
    return NUMBERS[word] if word in NUMBERS else sum(NUMBERS[part] for part in re.split("[- ]", word))


def year_of_two_digits(year: int) -> int:
    """Return 1989 for 89 and 2024 for 24; a full year as it is.

    The pivot is that of POSIX %y, 69: no report written with two digits is older.
    """
    return year if year > 99 else year + (1900 if year >= 69 else 2000)
