"""Which names are one actor's.

In: names that could be one another's (same letters to begin with, same state). Out: for each the actor, named by the
smallest id among its full names, those of the tables first. A pure function of the set of names: sorted by how much
each tells, every full name joins the first actor with all of whose names it agrees; a surname, or a name without a
state, joins only where one actor alone can be meant. Two people of one name stay two where their states differ, or
where their posts can't be one person's within a year (`mention.is_incompatible`).
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from legation.record.mention import Mention, is_incompatible, is_same_name

__all__ = ["Name", "Pairs", "group_names", "keys_of_name", "name_id", "place_name"]

Pairs = Sequence[tuple[str, str]]

DAYS_OF_CAREER = 365  # an ambassador may be a minister a year on; below that they are two people


@dataclass(frozen=True, slots=True)
class Name:
    """A name with the post that reports give it; first and last: days of publication; known: stands in the tables."""

    id: str
    kind: str
    key: tuple[str, ...]
    country: str | None
    category: str
    first: str | None
    last: str | None
    known: bool

    @property
    def is_full(self) -> bool:
        """Whether the name tells enough to stand by itself: two words and a state."""
        return len(self.key) > 1 and self.country is not None


def name_id(mention: Mention) -> str:
    """Return the id of a name with the post it is given: "a-" and 12 hex digits."""
    return "a-" + hashlib.sha256(f"{mention.form}|{mention.category}".encode()).hexdigest()[:12]


def keys_of_name(mention: Mention) -> list[str]:
    """Return the keys by which names that may be the same actor's are found; only persons have several spellings."""
    if mention.kind != "person" or not mention.key:
        return []
    first, last = mention.key[0], mention.key[-1]
    codes = [mention.country, "*"] if mention.country else ["*"]
    if len(mention.key) == 1:
        return [f"{code}|{first}" for code in codes]
    return [key for code in codes for key in (f"{code}|{first[0]}.{last[0]}", f"{code}|{first}", f"{code}|{last}")]


def group_names(names: Iterable[Name], apart: Pairs = ()) -> dict[str, str]:
    """Return the actor's id for the id of each full name. apart: decisions on pairs of names."""
    groups: list[list[Name]] = []
    held_apart = {frozenset(pair) for pair in apart}
    for name in sorted(names, key=lambda n: (not n.known, -len(n.key), not n.category, n.id)):
        group = next((g for g in groups if _fits(name, g, held_apart)), None)
        if group is None:
            groups.append([name])
        else:
            group.append(name)
    return {name.id: min(group, key=lambda n: (not n.known, n.id)).id for group in groups for name in group}


def place_name(name: Name, actors: Mapping[str, Sequence[Name]], apart: Pairs = ()) -> str:
    """Return the actor whom a surname, or a name without a state, means: the only one that it fits, else its own id.

    actors: full names by actor.
    """
    held_apart = {frozenset(pair) for pair in apart}
    fits = [actor for actor, group in actors.items() if _fits(name, group, held_apart)]
    return fits[0] if len(fits) == 1 else name.id


def _fits(name: Name, group: Sequence[Name], apart: set[frozenset[str]]) -> bool:
    return all(
        frozenset((name.id, other.id)) not in apart
        and (not name.country or not other.country or name.country == other.country)
        and not _is_other_post(name, other)
        for other in group
    ) and any(is_same_name(name.key, other.key) for other in group)


def _is_other_post(one: Name, other: Name) -> bool:
    if not is_incompatible(one.category, other.category):
        return False
    if not (one.first and one.last and other.first and other.last):
        return True
    gap = max(date.fromisoformat(one.first), date.fromisoformat(other.first)) - min(
        date.fromisoformat(one.last), date.fromisoformat(other.last)
    )
    return gap.days < DAYS_OF_CAREER
