"""What one sentence of a report says: an act, who did it to whom, when, where, and who says so.

Out of this stage: Claims. All spans are [start, end) in Report.text, in characters; those of a claim of the headline in
Report.title.
The contract for other programs is the JSON of `claim_to_json`, the form that the public scorers read.
"""

from dataclasses import dataclass
from typing import Any

__all__ = ["Attribution", "Claim", "DateReading", "Participant", "Place", "Span", "claim_to_json"]

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class DateReading:
    """When a report says that something happened.

    value: EDTF, e.g. "2024-05"; its length is its precision; None where the words can't be resolved.
    span:  [start, end) in Report.text, in characters; None if no words say it.
    rule:  name of the rule that read it, e.g. "relative-weekday".
    """

    value: str | None
    span: Span | None
    rule: str


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who takes part in an act.

    name:    the fullest name that the report gives for whom these words mean.
    country: ISO 3166-1 alpha-3, or UNO, EUR, IGO, NGO; None where nothing tells it.
    office:  office or title that the report's words give this person, or "".
    """

    span: Span
    name: str
    country: str | None
    office: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an act happened; country as in Participant."""

    span: Span
    name: str
    country: str | None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is given as the source, nearest to the act first.

    chain: names from the one who says it to the one who carries it, e.g. ("a ministry spokesman", "KCNA").
    when:  EDTF of the day on which it was said, where the words give one: "the agency reported on Monday".
    """

    span: Span
    name: str
    chain: tuple[str, ...] = ()
    when: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One act as one sentence of a report tells it.

    id:       stable: from the report's id, the trigger's place and the type.
    sentence: span of the sentence.
    score:    the model's probability for the type at the trigger, 0 to 1.
    event:    number, within the report, of the act told: equal for claims of one act.
    flags:    what is odd, e.g. "told-before-it-was-reported".
    part:     where the report tells it and what the spans count in: "text" or "title".
    """

    id: str
    report: str
    sentence: Span
    trigger: Span
    type: str
    mode: str | None
    status: str
    actors: tuple[Participant, ...]
    recipients: tuple[Participant, ...]
    place: Place | None
    when: DateReading | None
    said_by: Attribution | None
    score: float
    event: int
    flags: tuple[str, ...] = ()
    part: str = "text"


def claim_to_json(claim: Claim, text: str) -> dict[str, Any]:
    """Return the claim as the JSON object of the claims contract; `text` is what its spans count in, for the words."""

    def participant(person: Participant) -> dict[str, Any]:
        return {
            "span": list(person.span),
            "text": text[slice(*person.span)],
            "name": person.name,
            "country": person.country,
            "office": person.office,
        }

    when, place, said_by = claim.when, claim.place, claim.said_by
    return {
        "id": claim.id,
        "report": claim.report,
        "sentence": {"span": list(claim.sentence), "text": text[slice(*claim.sentence)]},
        "trigger": list(claim.trigger),
        "words": text[slice(*claim.trigger)],
        "type": claim.type,
        "mode": claim.mode,
        "status": claim.status,
        "actors": [participant(person) for person in claim.actors],
        "recipients": [participant(person) for person in claim.recipients],
        "place": place and {"span": list(place.span), "name": place.name, "country": place.country},
        "when": when and {"span": when.span and list(when.span), "value": when.value, "rule": when.rule},
        "said_by": said_by
        and {"span": list(said_by.span), "name": said_by.name, "chain": list(said_by.chain), "when": said_by.when},
        "score": round(claim.score, 4),
        "event": claim.event,
        "flags": list(claim.flags),
        "part": claim.part,
    }
