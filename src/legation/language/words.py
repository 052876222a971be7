"""Sentences and words of a report, with exact places in the text as received.

In: Report.text. Out: spans [start, end) in characters. Nothing is normalised: text[start:end] is the word as it stands.
Words follow Universal Dependencies where that matters to the reader of events: a possessive 's is a word of its own,
and so are both halves of a compound ("US-Taiwan meeting" has the words US, -, Taiwan, meeting).
"""

import re

from legation.language.claim import Span

__all__ = ["find_sentences", "find_words"]

# Abbreviations whose full stop does not end a sentence even before a capital: titles, ranks, Latin, months.
ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof rev hon gen lt col maj capt cmdr adm sgt brig sen rep gov amb sec pres st ste mt ft jr sr"
    " no nos vs v eg ie cf vol pp art ca approx est inc ltd corp jan feb mar apr jun jul aug sep sept oct nov dec"
    " h.e u.s u.n u.k u.a.e e.u d.c a.k.a e.g i.e".split()
)
# After these a full stop ends a sentence if a word follows that often begins one.
STARTERS = frozenset(
    "the a an he she it they we i you this that these those in on at as but and however meanwhile after before"
    " while when if for with from according there his her its their our both also since earlier later".split()
)
# A feed item's invitation to read on has a sentence of its own, though no full stop parts it from the one before.
TERMINAL = re.compile(
    r"(?:(?:[.!?…]+[\"'”’»)\]]*|[。！？])(?=\s+[\"'“‘«(\[]?[^\W_a-z])"
    r"|(?=\s+Read (?:the )?(?:Full|full) (?:Article|article|Story|story)\b))(\s+)"
)
LAST_TOKEN = re.compile(r"([^\s(\"“'‘]+?)\.[\"'”’)\]]*$")
WORD = re.compile(
    r"(?:[A-Za-z]\.){2,}"  # U.S., a.m.
    r"|\d+(?:[.,:/]\d+)*(?:st|nd|rd|th)?(?![^\W\d_])"  # 1,200  10:30  25th
    r"|(?<=[^\W\d_])n['’]t\b"
    r"|['’](?:s|S|re|ve|ll|d|m)\b"
    r"|[^\W_]+?(?=n['’]t\b)"
    r"|[^\W_]+"
    r"|[^\w\s]|_"
)
# A day that stands before a report's first sentence, as in "Wednesday, July 10, 2019 Leaders met".
DATE_LINE = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
    r"(?:[A-Z][a-z]{2,8} \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]{2,8} \d{4})"
    r"(?= +[\"“]?[A-Z])"
)
WRAP_MIN, WRAP_MAX = (
    45,
    100,
)  # characters of a line in hard-wrapped text (mail and wire copy wrap at 60 to 80)


def find_sentences(text: str) -> list[Span]:
    """Return the spans of the sentences in order, without the white space around them; [] for blank text."""
    spans: list[Span] = []
    for start, end in _paragraphs(text):
        at = start
        if line := DATE_LINE.match(text, start, end):
            _append(spans, text, at, line.end())
            at = line.end()
        for match in TERMINAL.finditer(text, start, end):
            if _is_abbreviation(text, at, match):
                continue
            _append(spans, text, at, match.start(1))
            at = match.end(1)
        _append(spans, text, at, end)
    return spans


def find_words(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Return the spans of the words (and punctuation marks) of text[start:end], in characters of the whole text."""
    return [match.span() for match in WORD.finditer(text, start, len(text) if end is None else end)]


def _append(spans: list[Span], text: str, start: int, end: int) -> None:
    part = text[start:end]
    stripped = part.strip()
    if stripped:
        first = start + part.index(stripped[0])
        spans.append((first, first + len(stripped)))


def _is_abbreviation(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether the full stop at this match belongs to an abbreviation or an initial inside a sentence."""
    if not text.startswith(".", match.start()) or text.startswith("..", match.start()):
        return False
    token = LAST_TOKEN.search(text[max(start, match.start() - 20) : match.start() + 1])
    if token is None:
        return False
    word = token.group(1)
    following = re.match(r"[\"'“‘«(\[]?([\w.]+)", text[match.end() :])
    next_word = following.group(1).lower() if following else ""
    if len(word) == 1 and word.isupper():  # an initial: "Antony J. Blinken"
        return next_word not in STARTERS
    lowered = word.lower().rstrip(".")
    if "." in lowered:  # "U.S." ends a sentence only before a usual beginning
        return next_word not in STARTERS
    return lowered in ABBREVIATIONS and not (lowered in {"no", "mar", "jun", "art"} and next_word in STARTERS)


def _paragraphs(text: str) -> list[Span]:
    """Spans between line breaks, where a break inside hard-wrapped text does not count."""
    lines = [match.span() for match in re.finditer(r"[^\r\n]+", text)]
    is_wrapped = len(lines) > 3 and sum(WRAP_MIN <= b - a <= WRAP_MAX for a, b in lines) > len(lines) // 2
    spans: list[Span] = []
    for start, end in lines:
        if spans and _continues(text, spans[-1], start, is_wrapped):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def _continues(text: str, before: Span, start: int, is_wrapped: bool) -> bool:
    """Whether the line that starts here goes on with the sentence of the paragraph before it."""
    gap = text[before[1] : start]
    if gap.count("\n") > 1 or gap.count("\r") > 1:
        return False
    previous = text[slice(*before)].rstrip()
    following = text[start : start + 40].lstrip()
    if not previous or not following or previous[-1] in '.!?:;"”…':
        return False
    if following[0].islower():
        return True
    last_line = len(previous) - (max(previous.rfind("\n"), previous.rfind("\r")) + 1)
    return is_wrapped and last_line >= WRAP_MIN and (following[0].isalnum() or following[0] in "\"“'(")
