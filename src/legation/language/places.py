"""Where an act happened: the words, and the state that they lie in.

"Here" and the names of halls and streets that no table knows mean the place of the dateline ("Pyongyang, August 27
(KCNA) -- ", "BEIJING, March 25 — "), else the state of the outlet's own ministry or agency.
"""

import re

from legation.language.claim import Place, Span
from legation.reference import country_of_name, country_of_place, find_states

__all__ = ["dateline_of", "place_of"]

DATELINE = re.compile(
    r"^\s*(?P<place>[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3})(?:, [A-Z][\w.]+)?, "
    r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})"
    r"|^\s*(?P<upper>[A-Z][A-Z.'’ -]{3,40}?)(?:, [A-Z][\w. ]+)? ?(?:\([\w /]+\))? ?(?:--|—|–|-) "
)


# A mission stands in the state where the report is told, not in the state that it belongs to.
MISSION = re.compile(r"\b(?:embassy|consulate|mission|residence)\b", re.I)
PLACES = frozenset(("state", "city", "capital", "region"))
# Parts of the world that lie in no one state, whatever the report is about.
WIDE = frozenset(
    "africa|asia|europe|latin america|south america|north america|central america|middle east|gulf|persian gulf"
    "|central asia|southeast asia|south asia|east asia|north africa|west africa|east africa|southern africa|sahel"
    "|balkans|caucasus|south caucasus|caribbean|pacific|indo-pacific|arctic|western europe|eastern europe".split("|")
)
BEFORE = 600  # characters: the paragraph before


def dateline_of(text: str) -> str | None:
    """Return the place that a report is dated from, as written, or None."""
    match = DATELINE.match(text[:160])
    return match and (match.group("place") or match.group("upper").strip().title())


def place_of(text: str, span: Span, sentence: Span, *, home: str | None, topic: str | None) -> Place:
    """Return the place that these words of the report mean.

    sentence: span of the sentence; home: state of the outlet, where it is a state's own; topic: the state that the
    report is most about. A place that no table knows lies in the last state or city named before it in the
    sentence, else where the report is dated from, else in the state that the report is about.
    """
    words = text[slice(*span)]
    from_line = dateline_of(text)
    dated = country_of_place(from_line) if from_line else None
    if words.lower() == "here":
        return Place(span, from_line or words, dated or home or topic)
    if words.lower().removeprefix("the ") in WIDE:
        return Place(span, words, None)
    country = country_of_place(words)
    if country is None and not MISSION.search(words):
        country = country_of_name(words) or _named_beside(text, span, sentence)
    return Place(span, words, country or dated or home or _named_before(text, span[0]) or topic)


def _named_beside(text: str, span: Span, sentence: Span) -> str | None:
    """The state of the last place named before these words in the sentence, else of the first one after."""
    start, end = sentence
    found = [(a, code) for a, _, code, kind in find_states(text[start:end]) if kind in PLACES]
    before = [code for a, code in found if start + a < span[0]]
    after = [code for a, code in found if start + a >= span[1]]
    return before[-1] if before else (after[0] if after else None)


def _named_before(text: str, at: int) -> str | None:
    """The state of the last place named in the sentences before."""
    found = [code for _, _, code, kind in find_states(text[max(0, at - BEFORE) : at]) if kind in PLACES]
    return found[-1] if found else None
