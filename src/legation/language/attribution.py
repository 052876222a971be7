"""Who carries what somebody said: "the spokesman, quoted by the agency, said", "Northgate reported, citing officials".

In: the words of a sentence and the span of its source. Out: the names behind which the source stands, nearest first.
"""

import re
from collections.abc import Sequence

from legation.language.claim import Span
from legation.reference import is_outlet

__all__ = ["chain_of"]

CARRIED = re.compile(r"\b(?:quoted by|cited by|according to|as reported by|reported by|told|carried by) ([^,.;]{2,60})")
CITING = re.compile(r"([^,.;]{2,60}?) (?:reported|said|reports|says)\b[^.;]{0,120}?,? (?:citing|quoting) ")


def chain_of(words: Sequence[str], source: Span) -> tuple[str, ...]:
    """Return the outlets that carry the source's words in this sentence, the nearest to the act first."""
    text = " ".join(words)
    own = " ".join(words[slice(*source)])
    carriers = []
    for match in [*CITING.finditer(text), *CARRIED.finditer(text)]:
        name = match.group(1).strip()
        outlet = next((tail for tail in _tails(name) if is_outlet(tail)), None)
        if outlet and outlet not in own and outlet not in carriers:
            carriers.append(outlet)
    return tuple(carriers)


def _tails(phrase: str) -> list[str]:
    """The phrase and its endings and beginnings, longest first, to find an outlet's name among other words."""
    words = phrase.split()
    n = len(words)
    return [" ".join(words[a:b]) for size in range(n, 0, -1) for a in range(n - size + 1) if (b := a + size)]
