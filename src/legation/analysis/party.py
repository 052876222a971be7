"""Parties: whom a question about ties means, and who stands for them in an event.

In: names as people write them ("CHN", "China", "ASEAN", "Kim Song Nam"), and participants of events. Out: Parties, and
whether a participant stands for one. A state is stood for by all who act for it, a group by its members on the day and
by the organisation itself, everybody else by themselves.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from legation.errors import LegationError
from legation.record import Event, EventParticipant
from legation.reference import find_states
from legation.reference.groups import find_group, members_of
from legation.reference.tables import states

__all__ = ["Party", "PartyError", "name_of_state", "read_pair", "read_party", "stands_for", "takes_part"]

# Between two parties, the surest first: a hyphen also stands inside names.
SEPARATORS = (" - ", " – ", " — ", " / ", " and ", "/", "–", "—")
HYPHEN = re.compile(r"-")


class PartyError(LegationError):
    """A party or a pair that can't be told from its words."""


@dataclass(frozen=True, slots=True)
class Party:
    """One side of a tie. Exactly one of code, group and actors is set.

    name:   as it is shown: a state's code, a group's acronym as asked for, a person's name.
    code:   ISO 3166-1 alpha-3 of a state.
    group:  name of a group of `reference.groups`.
    actors: ids of actors of the record.
    """

    name: str
    code: str = ""
    group: str = ""
    actors: frozenset[str] = frozenset()

    @property
    def title(self) -> str:
        """The name in prose: "North Korea", "ASEAN", "Kim Song Nam"."""
        return name_of_state(self.code) if self.code else self.name


def name_of_state(code: str) -> str:
    """Return a state's usual English name; the code itself where the table has none."""
    return next((state.name for state in states() if state.code == code), code)


def read_party(name: str, find_actors: Callable[[str], Sequence[str]]) -> Party:
    """Return the party that a name means: a group, a state, or the actors that `find_actors` finds for it.

    Raises PartyError where nobody is found.
    """
    name = name.strip()
    if group := find_group(name):
        return Party(name.upper() if len(name) <= 5 else name, group=group)
    if code := _state_of(name):
        return Party(code, code=code)
    if ids := find_actors(name):
        return Party(name, actors=frozenset(ids[:1]))
    raise PartyError(
        f'"{name}": no state, no group of reference/groups.csv and nobody in the record. '
        "Write a state's code (CHN), a group (ASEAN) or a name as `legation who` finds it."
    )


def _state_of(name: str) -> str | None:
    """The state that a code or a state's name means, as a whole."""
    if name.upper() == name and any(state.code == name for state in states()):
        return name
    found = find_states(name)
    is_whole = len(found) == 1 and found[0][3] in ("state", "capital") and found[0][1] - found[0][0] == len(name)
    return found[0][2] if is_whole else None


def read_pair(words: str, find_actors: Callable[[str], Sequence[str]]) -> tuple[Party, Party]:
    """Return the two parties of a pair: "CHN-PRK", "PRK-ASEAN", "Kim Song Nam / Wang Yi".

    >>> [party.name for party in read_pair("PRK-ASEAN", lambda name: ())]
    ['PRK', 'ASEAN']
    """
    for one, other in _halves(words):
        try:
            pair = read_party(one, find_actors), read_party(other, find_actors)
        except PartyError:
            continue
        if pair[0] == pair[1]:
            raise PartyError(f'"{words}" names one party twice. Name two, as in CHN-PRK.')
        return pair
    raise PartyError(
        f'"{words}" is no pair of parties that the record knows. Write two states, groups or persons, '
        'as in CHN-PRK, PRK-ASEAN or "Kim Song Nam / Wang Yi"; `legation who NAME` finds names.'
    )


def _halves(words: str) -> Iterator[tuple[str, str]]:
    """The ways to cut the words in two."""
    for separator in SEPARATORS:
        one, cut, other = words.partition(separator)
        if cut and one.strip() and other.strip():
            yield one, other
    for cut_at in HYPHEN.finditer(words):
        one, other = words[: cut_at.start()], words[cut_at.end() :]
        if one.strip() and other.strip():
            yield one, other


def stands_for(party: Party, participant: EventParticipant, day: str) -> bool:
    """Whether a participant acts for a party. day: YYYY-MM-DD, for the members of a group."""
    if party.code:
        return participant.country == party.code
    if party.group:
        if participant.kind == "organisation" and find_group(participant.name) == party.group:
            return True
        return participant.country is not None and participant.country in members_of(party.group, day)
    return participant.actor in party.actors


def takes_part(party: Party, event: Event) -> bool:
    """Whether somebody who acts for a party takes part in an event."""
    day = event.first_day or event.reported or ""
    return any(stands_for(party, participant, day) for participant in event.participants)
