"""Groups of states: found by every name, right on the day, named as the organisations are."""

import pytest

from legation.reference import organisations
from legation.reference.groups import find_group, groups, members_of


@pytest.mark.parametrize("name", ["ASEAN", "Asean", "Association of Southeast Asian Nations"])
def test_a_group_is_found_by_acronym_and_full_name(name: str) -> None:
    assert find_group(name) == "Association of Southeast Asian Nations"


def test_a_state_is_no_group() -> None:
    assert find_group("Laos") is None


@pytest.mark.parametrize(
    ("group", "code", "day", "is_in"),
    [
        ("EU", "GBR", "2020-01-31", True),
        ("EU", "GBR", "2020-02-01", False),
        ("ASEAN", "TLS", "2025-10-25", False),
        ("ASEAN", "TLS", "2025-10-26", True),
        ("NATO", "SWE", "2024-03-06", False),
        ("NATO", "SWE", "2024-03-07", True),
        ("Arab League", "SYR", "2015-01-01", False),
        ("Arab League", "SYR", "2024-01-01", True),
        ("CSTO", "UZB", "2012-06-01", True),
        ("CSTO", "UZB", "2013-01-01", False),
    ],
)
def test_membership_follows_the_day(group: str, code: str, day: str, is_in: bool) -> None:
    found = find_group(group)
    assert found
    assert (code in members_of(found, day)) is is_in


def test_groups_bear_the_names_of_organisations() -> None:
    known = {one.name for one in organisations()}
    assert [name for name in groups() if name not in known] == ["Permanent Five"]
