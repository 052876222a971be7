"""Actors: states, organisations, bodies within states, persons, groups; their names and offices with dates."""

from dataclasses import dataclass

__all__ = ["Actor", "Office", "Spelling"]


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name as reports write it, with the reports that do; first and last are publication days."""

    name: str
    n_reports: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Office:
    """An office that reports give somebody, with the first and last day on which they did.

    source: "reports", or "table" for the reference tables, whose days are those of the term.
    """

    name: str
    first: str | None
    last: str | None
    source: str = "reports"


@dataclass(frozen=True, slots=True)
class Actor:
    """One who acts. See EventParticipant for kind, country, channel and level."""

    id: str
    name: str
    kind: str
    country: str | None
    channel: str
    level: int
    spellings: tuple[Spelling, ...]
    offices: tuple[Office, ...]
    n_reports: int
    n_origins: int
