"""Sentences and words keep their exact places in the text."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.language.words import find_sentences, find_words


def sentences(text: str) -> list[str]:
    return [text[a:b] for a, b in find_sentences(text)]


def words(text: str) -> list[str]:
    return [text[a:b] for a, b in find_words(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met. They left.", ["They met.", "They left."]),
        ("Anna J. Berg met Mr. Lund in the U.S. capital.", ["Anna J. Berg met Mr. Lund in the U.S. capital."]),
        ("Talks ended in the U.S. The envoy left.", ["Talks ended in the U.S.", "The envoy left."]),
        ('"We agreed," he said. "It is done."', ['"We agreed," he said.', '"It is done."']),
        ("Gen. Ortiz spoke at 10:30 a.m. on Jan. 5.", ["Gen. Ortiz spoke at 10:30 a.m. on Jan. 5."]),
        ("A heading\n\nThe envoys met.", ["A heading", "The envoys met."]),
        ("Did they meet? Yes! They did.", ["Did they meet?", "Yes!", "They did."]),
        ("Wednesday, July 10, 2019 Leaders met.", ["Wednesday, July 10, 2019", "Leaders met."]),
        ("On July 10, 2019 they met.", ["On July 10, 2019 they met."]),
        ("   \n\n ", []),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_an_invitation_to_read_on_is_no_part_of_the_sentence() -> None:
    text = "He met Per Lund Read Full Article at example.org"
    assert [text[a:b] for a, b in find_sentences(text)] == ["He met Per Lund", "Read Full Article at example.org"]


def test_hard_wrapped_lines_are_one_sentence() -> None:
    text = (
        "The minister of foreign affairs of the island republic arrived in\n"
        "Lisbon on Tuesday for talks with the government on fishing rights and\n"
        "Portuguese investment in the two harbours that the islands plan to\n"
        "build. He leaves on Thursday.\n"
    )
    assert len(sentences(text)) == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("US-Taiwan meeting", ["US", "-", "Taiwan", "meeting"]),
        ("Japan's envoy didn't go", ["Japan", "'s", "envoy", "did", "n't", "go"]),
        ("the U.S. and 1,200 troops", ["the", "U.S.", "and", "1,200", "troops"]),
        ("on the 25th, at 10:30", ["on", "the", "25th", ",", "at", "10:30"]),
        ("Nguyễn Phú Trọng; 김성남", ["Nguyễn", "Phú", "Trọng", ";", "김성남"]),
    ],
)
def test_words_part_compounds_and_possessives(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@given(st.text(max_size=300))
def test_any_text_is_cut_without_losing_or_moving_a_letter(text: str) -> None:
    spans = find_sentences(text)
    assert all(a < b for a, b in spans)
    assert spans == sorted(spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    outside = "".join(
        text[a:b] for a, b in zip([0, *[b for _, b in spans]], [*[a for a, _ in spans], len(text)], strict=True)
    )
    assert not outside.strip()
    kept = "".join(text[a:b] for a, b in find_words(text))
    assert kept == "".join(text.split()) or not text.isprintable()
