"""Words for participants and places tell their state as the cases say."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from legation.reference import country_of_name, country_of_place, find_states, states

CASES: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "countries.yml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES["names"], ids=str)
def test_words_of_a_participant_tell_its_state(case: list[str | None]) -> None:
    words, code, *day = case
    assert words is not None
    assert country_of_name(words, day=day[0] if day else None) == code


@pytest.mark.parametrize("case", CASES["places"], ids=str)
def test_words_of_a_place_tell_its_state(case: list[str]) -> None:
    words, code = case
    assert country_of_place(words) == code


@pytest.mark.parametrize("case", CASES["mentions"], ids=lambda case: str(case["text"]))
def test_mentions_are_found_in_running_text(case: dict[str, Any]) -> None:
    text = case["text"]
    found = [[text[start:end], code, kind] for start, end, code, kind in find_states(text)]
    assert found == case["found"]


def test_mentions_do_not_overlap_and_stand_in_order() -> None:
    text = " ".join(words for words, *_ in CASES["names"])
    ends = [0, *(end for _, end, _, _ in find_states(text))]
    starts = [start for start, _, _, _ in find_states(text)]
    assert all(end <= start for end, start in zip(ends, starts, strict=False))


@pytest.mark.parametrize("state", states(), ids=lambda state: state.code)
def test_every_state_is_told_by_each_of_its_names(state: Any) -> None:
    for name in (state.name, state.official, *state.names, *state.demonyms):
        if name:
            assert country_of_name(name) == state.code, name
    assert country_of_name(f"Ministry of Foreign Affairs of {state.name}") == state.code


def test_words_of_nothing_tell_nothing() -> None:
    assert country_of_name("") is None
    assert country_of_name("…") is None
    assert country_of_place(" ") is None
    assert find_states("") == []
