"""Offices are read from the words around a name."""

import pytest

from legation.language.titles import offices_around, sex_of_title, title_words


@pytest.mark.parametrize(
    ("before", "name", "after", "expected"),
    [
        ("Yesterday the Finnish Foreign Minister", "Aino Salo", "spoke", [("Finnish Foreign Minister", "before")]),
        ("", "Aino Salo", ", director of the ministry 's Asia department , left", [
            ("director of the ministry 's Asia department", "after")]),
        ("The president of Chile ,", "Ana Rojas", ", arrived", [("president of Chile", "lead")]),
        ("They saw President", "Ana Rojas", "of Chile today", [("President", "before"), ("Chile", "of")]),
        ("Officials met", "Ana Rojas", "and left", []),
        ("He met Ms .", "Rojas", ".", [("Ms .", "before")]),
    ],
)  # fmt: skip
def test_offices_stand_before_after_and_behind_of(
    before: str, name: str, after: str, expected: list[tuple[str, str]]
) -> None:
    first = len(before.split())
    words = [*before.split(), *name.split(), *after.split()]
    found = offices_around(words, (first, first + len(name.split())))
    assert [(" ".join(words[a:b]), where) for (a, b), where in found] == expected


def test_titles_tell_man_or_woman_only_where_they_do() -> None:
    assert sex_of_title(["Mr", "."]) == "m"
    assert sex_of_title(["Queen"]) == "f"
    assert sex_of_title(["President"]) == ""


def test_title_words_keep_what_tells_offices_apart() -> None:
    assert title_words("Finnish Foreign Minister".split()) == ["foreign", "minister"]
