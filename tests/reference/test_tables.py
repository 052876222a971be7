"""The reference tables hold what they promise, and a broken table says where and what to do."""

from pathlib import Path

import pytest

from legation.errors import ReferenceDataError
from legation.reference import (
    bodies,
    expand,
    is_outlet,
    leader,
    leaders,
    organisations,
    outlets,
    place_names,
    states,
    tables,
)

TABLES = sorted(path.name for path in tables.FOLDER.glob("*.csv"))


def test_tables_are_as_large_as_promised() -> None:
    assert len(states()) >= 240
    assert len(organisations()) + len(bodies()) >= 400
    assert sum(place.code is not None for place in place_names()) >= 3000
    assert len({person.name for person in leaders()}) >= 700
    assert len(outlets()) >= 150


@pytest.mark.parametrize("path", sorted(tables.FOLDER.rglob("*.csv")) + sorted(tables.FOLDER.rglob("*.yml")))
def test_header_gives_source_licence_and_date(path: Path) -> None:
    head = "".join(line for line in path.read_text(encoding="utf-8").splitlines(keepends=True) if line.startswith("#"))
    assert all(word in head for word in ("Source", "Licence", "Date: 20"))


@pytest.mark.parametrize("name", TABLES)
def test_lists_hold_no_empty_and_no_repeated_name(name: str) -> None:
    for number, row in tables.read_csv(name):
        for field in row.values():
            parts = field.split("|") if field else []
            assert all(part == part.strip() and part for part in parts), (name, number)
            assert len(parts) == len(set(parts)), (name, number)


def test_a_repeated_name_says_where_it_stood_before() -> None:
    with pytest.raises(ReferenceDataError, match=r'cities.csv:9: "Oslo" stands in line 4 already. Keep one'):
        tables.check_unique("cities.csv", [(4, "Oslo"), (9, "Oslo")])


def test_an_empty_name_says_where() -> None:
    with pytest.raises(ReferenceDataError, match=r"cities.csv:4: empty name"):
        tables.check_unique("cities.csv", [(4, "")])


def test_an_unknown_code_says_what_to_write() -> None:
    with pytest.raises(ReferenceDataError, match=r'bodies.csv:7: code "GER" is not in states.csv'):
        tables.check_codes("bodies.csv", [(7, "GER")])


def test_a_term_that_ends_before_it_begins_is_refused() -> None:
    tables.check_term(3, "2024", "2024-05-01")
    with pytest.raises(ReferenceDataError, match=r"leaders.csv:3: the term ends 2019, before 2024-05"):
        tables.check_term(3, "2024-05", "2019")
    with pytest.raises(ReferenceDataError, match=r'leaders.csv:3: "May 2024" is no day'):
        tables.check_term(3, "May 2024", "")


def test_a_line_with_too_many_fields_says_how_to_mend_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x.csv").write_text("# head\na,b\n1,2\n1,2,3\n", encoding="utf-8")
    monkeypatch.setattr(tables, "FOLDER", tmp_path)
    with pytest.raises(ReferenceDataError, match=r"x.csv:4: expected 2 fields, found 3. Put names with a comma"):
        list(tables.read_csv("x.csv"))


def test_acronyms_and_full_names_expand_to_each_other() -> None:
    assert expand("NATO") == "North Atlantic Treaty Organization"
    assert expand("the Association of Southeast Asian Nations") == "ASEAN"
    assert expand("U.N.") == "United Nations"
    assert expand("WPK") == "Workers' Party of Korea"
    assert expand("Workers’ Party of Korea") == "WPK"
    assert expand("nobody") is None


def test_outlets_are_known_with_and_without_their_kind() -> None:
    assert is_outlet("KCNA")
    assert is_outlet("state news agency Xinhua")
    assert is_outlet("The New York Times")
    assert not is_outlet("foreign ministry")
    assert not is_outlet("the hill")


@pytest.mark.parametrize(
    ("name", "day", "office", "country"),
    [
        ("Wang Yi", "2024-03-25", "Foreign Minister", "CHN"),
        ("President Zelenskyy", None, "President", "UKR"),
        ("Antony J. Blinken", "2021-06-28", "Secretary of State", "USA"),
        ("Donald Trump", "2018-06-12", "President", "USA"),
        ("To Lam", "2025-02-01", "General Secretary", "VNM"),
        ("Mahmoud Ali Youssouf", "2025-06-01", "Chairperson of the African Union Commission", "IGO"),
    ],
)
def test_leader_is_told_by_name_and_day(name: str, day: str | None, office: str, country: str) -> None:
    person = leader(name, day)
    assert person is not None
    assert (person.office, person.country) == (office, country)


@pytest.mark.parametrize("name", ["Nobody Known", "president", "", "Smith"])
def test_no_leader_is_made_up(name: str) -> None:
    assert leader(name) is None


def test_every_leader_is_found_by_each_spelling() -> None:
    for person in leaders():
        for name in (person.name, *person.spellings):
            found = leader(name, person.start or None)
            assert found is not None, name
            assert found.name == person.name, (name, found.name)
