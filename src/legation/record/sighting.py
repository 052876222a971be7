"""A sighting: somebody was, is or will be somewhere, as one claim of one report tells it. The units of trips."""

from dataclasses import dataclass

from legation.record.mention import Mention

__all__ = ["HOMES", "Sighting", "Source", "home_of"]

SEATS = {"EUR": ("BEL", "LUX"), "UNO": ("USA", "CHE"), "IGO": (), "NGO": ()}
# Territories that are no foreign country for their state's own people.
HOMES = {"HKG": "CHN", "MAC": "CHN", "PRI": "USA", "GUM": "USA", "VIR": "USA", "ASM": "USA", "MNP": "USA"}


@dataclass(frozen=True, slots=True)
class Source:
    """Who tells a sighting. claim: id, "" for a transcript's heading; origin: equal for copies of one text.

    score: the reader's for the claim, 1 for a heading.
    """

    claim: str
    report: str
    origin: str
    outlet: str
    published: str
    sentence: str
    score: float


@dataclass(frozen=True, slots=True)
class Sighting:
    """Somebody was, is or will be somewhere, as one claim tells it.

    country: where; "" for a meeting whose place nothing tells, and for a journey home.
    step:    "there", "arrive", "leave", "return"; "meeting" where only the others' state hints at a place; "call".
    first, last: ordinals of the days between which it lies, None where unbounded.
    timing:  "day" the words name one; "stay" they name the days of the whole visit or tour; "news" the opening of a
             report published on `last` tells it; "loose" anything else.
    tour:    of several destinations in one claim: its id; place_in_tour: 0 for the first.
    mode, others: what the act was and with whom; site: a building or sight that was visited.
    is_sure: whether the place's own words tell its country.
    """

    traveller: Mention
    party: tuple[str, ...]
    country: str
    place: str
    step: str
    status: str
    first: int | None
    last: int | None
    timing: str
    tour: str
    place_in_tour: int
    mode: str
    others: tuple[Mention, ...]
    site: str
    is_sure: bool
    event: tuple[str, int]
    source: Source

    @property
    def key(self) -> tuple[object, ...]:
        """A key to sort by that depends on content alone."""
        return (
            self.first if self.first is not None else -1, self.last if self.last is not None else -1,
            self.country, self.place, self.step, self.status, self.place_in_tour, self.source.claim,
            self.source.origin, self.source.report, self.traveller.form,
        )  # fmt: skip


def home_of(country: str | None) -> tuple[str, ...]:
    """Where somebody of this state or organisation is at home."""
    return SEATS.get(country or "", (HOMES.get(country or "", country or ""),))
