"""Words for participants and places tell their state as the cases say."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from legation.reference import country_of_name, country_of_place, find_states

CASES: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "countries.yml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES["names"], ids=lambda case: str(case[0]))
def test_words_of_a_participant_tell_its_state(case: list[str | None]) -> None:
    words, code, *day = case
    assert words is not None
    assert country_of_name(words, day=str(day[0]) if day else None) == code


@pytest.mark.parametrize("case", CASES["places"], ids=lambda case: str(case[0]))
def test_words_of_a_place_tell_its_state(case: list[str]) -> None:
    words, code = case
    assert country_of_place(words) == code


def test_mentions_slice_back_to_their_words() -> None:
    text = "The U.S. told China’s envoy that the North and Viet Nam’s party had met."
    assert [text[start:end] for start, end, _, _ in find_states(text)] == [
        "U.S.",
        "China",
        "the North",
        "Viet Nam",
    ]


def test_small_words_are_no_states() -> None:
    assert find_states("They told us that turkey may be served in the north of chad.") == []
