"""What somebody said may be carried by an outlet, and that by another."""

import pytest

from legation.language.attribution import chain_of, reported_by


@pytest.mark.parametrize(
    ("text", "source", "expected"),
    [
        ("The spokesman , quoted by TASS , said that talks went on .", "spokesman", ("TASS",)),
        ("Reuters reported on Monday , citing two officials , that talks went on .", "two officials", ("Reuters",)),
        ("Talks went on , as reported by the Korean Central News Agency ( KCNA ) .", "Korean Central News Agency", ()),
        ("Talks went on , the ministry said .", "ministry", ()),
    ],
)
def test_the_chain_holds_the_outlets_behind_the_source(text: str, source: str, expected: tuple[str, ...]) -> None:
    words = text.split()
    wanted = source.split()
    first = next(k for k in range(len(words)) if words[k : k + len(wanted)] == wanted)
    assert chain_of(words, (first, first + len(wanted))) == expected


def test_an_agency_that_reported_is_the_source() -> None:
    words = "The talks went well , as reported by the Korean Central News Agency ( KCNA ) on Monday .".split()
    span = reported_by(words)
    assert span is not None
    assert " ".join(words[slice(*span)]) == "Korean Central News Agency"
    assert reported_by("The talks were reported by a friend .".split()) is None
