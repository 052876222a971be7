"""Groups of states: their members on a day, and the name by which a group is asked for.

In: groups.csv. Out: look-ups. A group is found by its name there, and by every acronym and spelling that
organisations.yml gives the organisation of that name.
"""

from dataclasses import dataclass
from functools import cache

from legation.errors import ReferenceDataError
from legation.reference.gazetteer import fold
from legation.reference.tables import DAY, check_codes, organisations, read_csv

__all__ = ["Membership", "find_group", "groups", "members_of"]


@dataclass(frozen=True, slots=True)
class Membership:
    """A state's time in a group. start, end: YYYY, YYYY-MM or YYYY-MM-DD; "" where unknown or open."""

    group: str
    code: str
    start: str
    end: str


@cache
def groups() -> dict[str, tuple[Membership, ...]]:
    """Return the memberships of each group, by the group's name."""
    rows = list(read_csv("groups.csv"))
    check_codes("groups.csv", ((number, row["code"]) for number, row in rows), groups=True)
    for number, row in rows:
        for day in (row["from"], row["to"]):
            if day and not DAY.fullmatch(day):
                raise ReferenceDataError(
                    f'reference/groups.csv:{number}: "{day}" is no day. Write YYYY, YYYY-MM or YYYY-MM-DD.'
                )
    table: dict[str, list[Membership]] = {}
    for _, row in rows:
        member = Membership(row["group"], row["code"], row["from"], row["to"])
        table.setdefault(row["group"], []).append(member)
    return {name: tuple(members) for name, members in table.items()}


@cache
def _names() -> dict[str, str]:
    """Every folded name of a group -> the group."""
    table = {_folded(name): name for name in groups()}
    for one in organisations():
        if one.name in groups():
            for name in (one.name, one.acronym, *one.also):
                table.setdefault(_folded(name), one.name)
    table.pop("", None)
    return table


def _folded(name: str) -> str:
    return " ".join(fold(word) for word in name.replace("-", " ").split())


def find_group(name: str) -> str | None:
    """Return the group that a name, an acronym or another spelling means; None where none.

    >>> find_group("ASEAN")
    'Association of Southeast Asian Nations'
    """
    return _names().get(_folded(name))


@cache
def members_of(group: str, day: str) -> frozenset[str]:
    """Return the codes of the members on a day, YYYY-MM-DD; a member whose day of joining is unknown counts.

    >>> "GBR" in members_of("European Union", "2019-06-01"), "GBR" in members_of("European Union", "2021-06-01")
    (True, False)
    """
    return frozenset(one.code for one in groups()[group] if _holds(one, day))


def _holds(one: Membership, day: str) -> bool:
    """Compare at the precision that the table has."""
    return one.start <= day and (not one.end or day[: len(one.end)] <= one.end)
