"""Who carries what somebody said: "the spokesman, quoted by the agency, said", "Northgate reported, citing officials".

In: the words of a sentence and the span of its source. Out: the outlets behind which the source stands, nearest first.
"""

import re
from collections.abc import Iterator, Sequence

from legation.language.claim import Span
from legation.reference import expand, is_outlet

__all__ = ["chain_of", "reported_by"]

CARRIED = re.compile(r"\b(?:quoted by|cited by|according to|reported by|told|carried by) ([^,.;]{2,60})")
CITING = re.compile(r"([^,.;]{2,60}?) (?:reported|said|reports|says)\b[^.;]{0,120}?,? (?:citing|quoting) ")
LONGEST = 6  # words of an outlet's name


def chain_of(words: Sequence[str], source: Span) -> tuple[str, ...]:
    """Return the outlets that carry the source's words in this sentence, the nearest to the act first."""
    text = " ".join(words)
    own = " ".join(words[slice(*source)])
    carriers: list[str] = []
    for match in [*CITING.finditer(text), *CARRIED.finditer(text)]:
        first = text.count(" ", 0, match.start(1))
        phrase = words[first : first + match.group(1).strip().count(" ") + 1]
        for span in _outlets(phrase):
            a, b = first + span[0], first + span[1]
            name = " ".join(words[a:b])
            is_acronym = a == source[1] + 1 and words[a - 1] == "("  # the source itself, abbreviated
            is_apart = b <= source[0] or a >= source[1]
            if is_apart and not is_acronym and name not in carriers and not _is_same(name, own):
                carriers.append(name)
            break
    return tuple(carriers)


def reported_by(words: Sequence[str]) -> Span | None:
    """Return the outlet of "as reported by the agency" in a sentence, or None."""
    for k in range(len(words) - 2):
        if words[k].lower() == "reported" and words[k + 1].lower() == "by":
            first = k + 3 if words[k + 2].lower() == "the" else k + 2
            ends = range(min(len(words), first + LONGEST), first, -1)
            end = next((e for e in ends if _is_named_outlet(words[first:e])), None)
            if end:
                return first, end
    return None


def _is_named_outlet(words: Sequence[str]) -> bool:
    return words[0][0].isupper() and all(word[0].isalpha() for word in words) and is_outlet(" ".join(words))


def _is_same(name: str, other: str) -> bool:
    """Whether two names are one outlet's: "KCNA" and "Korean Central News Agency"."""
    return name in other or other in name or (expand(name) or name) == (expand(other) or other)


def _outlets(words: Sequence[str]) -> Iterator[Span]:
    """Spans of outlets' names among the words, the shortest first: nothing but the name."""
    for size in range(1, min(LONGEST, len(words)) + 1):
        for start in range(len(words) - size + 1):
            part = words[start : start + size]
            if part[0][0].isupper() and part[-1][0].isalnum() and is_outlet(" ".join(part)):
                yield start, start + size
