"""Where an act happened: the words, and the state that they lie in.

"Here" and the names of halls and streets that no table knows mean the place of the dateline ("Pyongyang, August 27
(KCNA) -- ", "BEIJING, March 25 — "), else the state of the outlet's own ministry or agency.
"""

import re

from legation.language.claim import Place, Span
from legation.reference import country_of_name, country_of_place

__all__ = ["dateline_of", "place_of"]

DATELINE = re.compile(
    r"^\s*(?P<place>[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3})(?:, [A-Z][\w.]+)?, (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})"
    r"|^\s*(?P<upper>[A-Z][A-Z.'’ -]{3,40}?)(?:, [A-Z][\w. ]+)? ?(?:\([\w /]+\))? ?(?:--|—|–|-) "
)


def dateline_of(text: str) -> str | None:
    """Return the place that a report is dated from, as written, or None."""
    match = DATELINE.match(text[:160])
    return match and (match.group("place") or match.group("upper").strip().title())


def place_of(text: str, span: Span, *, home: str | None, dateline: str | None) -> Place:
    """Return the place that these words of the report mean.

    home: state of the outlet, where it is a state's own; dateline: the state that the report is about else.
    """
    words = text[slice(*span)]
    from_line = dateline_of(text)
    if words.lower() == "here":
        name = from_line or words
        return Place(span, name, (from_line and country_of_place(from_line)) or home or dateline)
    country = country_of_place(words) or country_of_name(words)
    if country is None and from_line:
        country = country_of_place(from_line)
    return Place(span, words, country or home)
