"""Places lie in states; "here" is where the report is dated from."""

import pytest

from legation.language.places import dateline_of, place_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Oslo, March 25 (NNA) -- The envoys met here.", "Oslo"),
        ("LISBON, Portugal (HB) — The envoys met.", "Lisbon"),
        ("The envoys met in Oslo on March 25.", None),
    ],
)
def test_datelines_are_read_at_the_head_of_a_report(text: str, expected: str | None) -> None:
    assert dateline_of(text) == expected


def test_here_is_the_place_of_the_dateline() -> None:
    text = "Oslo, March 25 (NNA) -- The envoys met here."
    at = text.index("here")
    place = place_of(text, (at, at + 4), (0, len(text)), home=None, topic=None)
    assert (place.name, place.country) == ("Oslo", "NOR")


def test_a_place_that_no_table_knows_lies_in_the_state_named_beside_it() -> None:
    text = "The envoys met in Finland, at the Sampo hall."
    at = text.index("Sampo")
    assert place_of(text, (at, at + 10), (0, len(text)), home=None, topic="SWE").country == "FIN"


def test_a_part_of_the_world_lies_in_no_one_state() -> None:
    text = "He is on a tour of Africa."
    at = text.index("Africa")
    assert place_of(text, (at, at + 6), (0, len(text)), home="IRN", topic="IRN").country is None
