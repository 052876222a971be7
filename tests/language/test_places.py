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
    place = place_of(text, (at, at + 4), home=None, dateline=None)
    assert (place.name, place.country) == ("Oslo", "NOR")
