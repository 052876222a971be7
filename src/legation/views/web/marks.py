"""Words marked in their text: spans become pieces of text, each with the kinds of mark that lie on it.

In: a text and marks as [start, end). Out: pieces in order that together are the text; marks may overlap.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from legation.language.claim import Claim

__all__ = ["Mark", "Piece", "marks_of_claim", "pieces_of"]


@dataclass(frozen=True, slots=True)
class Mark:
    """What a stretch of text is: sentence, act, actor, recipient, place, when, said_by; of which claim."""

    start: int
    end: int
    kind: str
    claim: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words with the marks that lie on them; kinds: narrowest first."""

    text: str
    marks: tuple[Mark, ...] = ()

    @property
    def kind(self) -> str:
        return self.marks[0].kind if self.marks else ""

    @property
    def inner(self) -> Mark | None:
        """The narrowest mark but the sentence."""
        return next((mark for mark in self.marks if mark.kind != "sentence"), None)

    @property
    def is_told(self) -> bool:
        return any(mark.kind == "sentence" for mark in self.marks)


def marks_of_claim(claim: Claim) -> list[Mark]:
    """Return the sentence of a claim and its parts as marks."""
    found = [Mark(*claim.sentence, "sentence", claim.id), Mark(*claim.trigger, "act", claim.id, _act(claim))]
    for kind, people in (("actor", claim.actors), ("recipient", claim.recipients)):
        found += [Mark(*p.span, kind, claim.id, f"{p.name} [{p.country or '?'}]") for p in people]
    if claim.place:
        found.append(Mark(*claim.place.span, "place", claim.id, f"{claim.place.name} [{claim.place.country or '?'}]"))
    if claim.when and claim.when.span:
        found.append(Mark(*claim.when.span, "when", claim.id, claim.when.value or "no day"))
    if claim.said_by:
        found.append(Mark(*claim.said_by.span, "said_by", claim.id, claim.said_by.name))
    return found


def _act(claim: Claim) -> str:
    return " ".join(part for part in (claim.type, claim.mode, claim.status) if part)


def pieces_of(text: str, marks: Iterable[Mark], start: int = 0, end: int | None = None) -> list[Piece]:
    """Return the text from start to end cut where marks begin and end."""
    end = len(text) if end is None else min(end, len(text))
    own = [m for m in marks if m.start < m.end and m.end > start and m.start < end]
    cuts = sorted({start, end, *(max(m.start, start) for m in own), *(min(m.end, end) for m in own)})
    pieces = []
    for a, b in pairwise(cuts):
        on = sorted((m for m in own if m.start <= a and b <= m.end), key=lambda m: (m.end - m.start, m.kind, m.claim))
        pieces.append(Piece(text[a:b], tuple(on)))
    return pieces


def around(text: str, span: tuple[int, int], n: int = 220) -> tuple[int, int]:
    """Return where the context of a sentence begins and ends: some signs on either side, whole words."""
    start, end = max(0, span[0] - n), min(len(text), span[1] + n)
    while 0 < start < span[0] and not text[start - 1].isspace():
        start += 1
    while span[1] < end < len(text) and not text[end].isspace():
        end -= 1
    return start, end
