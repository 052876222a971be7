"""A name is read once for all days on which the same terms run: that must never change what it stands for."""

import random

import pytest

from legation.record.mention import _read_in_term, _Term, read_mention
from legation.reference import leaders

CHOSEN = random.Random(3).sample(list(leaders()), 40)


def days_around(bound: str) -> list[str]:
    """Days before, on and after the day, month or year on which a term begins or ends."""
    whole = (bound + "-01-01")[:10]
    return [whole, f"{int(bound[:4]) - 1}-12-31", f"{bound[:4]}-12-31", f"{bound[:7]}-28" if len(bound) > 4 else whole]


@pytest.mark.parametrize("person", CHOSEN, ids=lambda person: person.name)
def test_a_name_means_on_each_day_what_it_means_when_read_for_that_day(person) -> None:  # type: ignore[no-untyped-def]
    days = [day for bound in (person.start, person.end) if bound for day in days_around(bound)] + ["2024-03-21", None]
    names = [
        person.name,
        *person.surnames[:1],
        f"{person.office} {person.name}",
        "Chinese president",
        f"Assad {person.name}",
    ]
    for name in names:
        for day in days:
            for country in (None, person.country, "CHN"):
                alone = _read_in_term.__wrapped__(name, country, "", _Term(day, day))
                assert read_mention(name, country, "", day) == alone, (name, country, day)
