"""What an analyst ruled, as it bears on journeys: which claims tell one act and which don't, and which names mean one.

In: claims and the values that decisions set. Out: the claims as corrected. Rejected claims are left out before.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from legation.language.claim import Claim, DateReading, Place
from legation.reference import country_of_place

__all__ = ["NOTHING", "RULED", "Ruled", "correct_claim", "is_ruled_place"]

RULED = "ruled"  # the rule of a day that an analyst set
NOWHERE = (0, 0)  # the span of a place that no words name


@dataclass(frozen=True, slots=True)
class Ruled:
    """Decisions in force: sets of claims that tell one act, and pairs of sets that tell two; the same of names' ids."""

    same: tuple[frozenset[str], ...] = ()
    different: tuple[tuple[frozenset[str], frozenset[str]], ...] = ()
    same_names: tuple[frozenset[str], ...] = ()
    different_names: tuple[tuple[frozenset[str], frozenset[str]], ...] = ()

    def act_of(self, claim: str) -> str:
        """What all claims that are ruled to tell one act have in common; "" for others."""
        return next((f"{RULED} {min(claims)}" for claims in self.same if claim in claims), "")

    def parts(self, one: str, other: str) -> bool:
        """Whether two claims are ruled to tell two acts."""
        return any((one in a and other in b) or (one in b and other in a) for a, b in self.different)

    def parts_names(self, ours: Collection[str], theirs: Collection[str]) -> bool:
        """Whether names with these ids are ruled to mean two actors."""
        return any(
            not (a.isdisjoint(ours) or b.isdisjoint(theirs)) or not (b.isdisjoint(ours) or a.isdisjoint(theirs))
            for a, b in self.different_names
        )


NOTHING = Ruled()


def correct_claim(claim: Claim, values: Mapping[str, str]) -> Claim:
    """Return the claim with the values that an analyst set for its event: when, place, country, status, type, mode."""
    if "when" in values:
        claim = replace(claim, when=DateReading(values["when"], None, RULED))
    if "place" in values or "country" in values:
        name = values.get("place") or (claim.place.name if claim.place else "")
        claim = replace(claim, place=Place(NOWHERE, name, values.get("country") or country_of_place(name)))
    named = {name: values[name] for name in ("status", "type", "mode") if name in values}
    return replace(claim, **named) if named else claim  # type: ignore[arg-type]


def is_ruled_place(place: Place) -> bool:
    """Whether an analyst set the place: no words of the report name it."""
    return place.span == NOWHERE
