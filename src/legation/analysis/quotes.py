"""Quotes: the sentence of a report that a finding stands on.

In: claims of events. Out: Quotes, which a reader can follow: report, outlet, day, words.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from legation.record import EventClaim

__all__ = ["Quote", "quote_of", "quotes_of"]


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence as a report has it, white space made single.

    report: id as the source gives it; digest: of the report's content. part: "text" or "title".
    claim:  id of the claim read in it, "" for a sentence without one that counts.
    """

    report: str
    digest: str
    source: str
    published: str
    sentence: str
    part: str = "text"
    claim: str = ""


def quote_of(told: EventClaim) -> Quote:
    """Return the sentence that tells a claim."""
    return Quote(
        told.report, told.digest, told.source, told.published or "", told.sentence, told.claim.part, told.claim.id
    )


def quotes_of(told: Iterable[EventClaim], ids: Iterable[str]) -> tuple[Quote, ...]:
    """Return the sentences of the claims with these ids, in the order of publication."""
    wanted = set(ids)
    chosen = sorted((c for c in told if c.claim.id in wanted), key=lambda c: (c.published or "9999", c.claim.id))
    return tuple(quote_of(claim) for claim in chosen)
