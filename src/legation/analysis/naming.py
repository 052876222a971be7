"""Whom a sentence names, as against where something is and where a report is dated from.

In: a sentence. Out: entries of the gazetteer. "Beijing" acts in "Beijing protested" and is a place in "met in Beijing".
"""

import re

from legation.reference.gazetteer import Found, find_entries

__all__ = ["ACTING", "find_acting", "find_named", "tells_who"]

# "SEOUL, March 22 (Northgate) - ": capitals or brackets before a dash.
DATELINE = re.compile(r"^(?=[^-–—]{0,60}(?:[A-Z]{3}|\)))[^.]{0,60}?(?: - | -- | – | — )")
PLACED = re.compile(r"\b(?:in|at|near|from) (?:the )?$")
ACTING = frozenset({"state", "demonym", "capital", "leader", "building"})


def find_named(text: str) -> tuple[Found, ...]:
    """Return what a sentence names, without the place from which it is dated."""
    dateline = DATELINE.match(text)
    start = dateline.end() if dateline else 0
    return tuple(found for found in find_entries(text) if found.start >= start)


def tells_who(found: Found, text: str) -> bool:
    """Whether a name tells who acts: not a city, nor a capital in which something is."""
    if found.entry.kind == "capital":
        return not PLACED.search(text[: found.start])
    return found.entry.kind in ACTING


def find_acting(text: str) -> tuple[Found, ...]:
    """Return the states and organisations that a sentence names other than as places."""
    return tuple(f for f in find_named(text) if f.entry.kind == "organisation" or tells_who(f, text))
