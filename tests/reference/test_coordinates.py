"""Where places lie."""

import pytest

from legation.reference import states
from legation.reference.coordinates import point_of, point_of_state
from legation.reference.tables import FOLDER, read_csv


@pytest.mark.parametrize(
    ("place", "country", "latitude", "longitude"),
    [
        ("Beijing", "CHN", 39.9, 116.4), ("Hanoi", "VNM", 21.0, 105.8), ("Chinese capital", "CHN", 39.9, 116.4),
        ("Kremlin", "RUS", 55.8, 37.6), ("the resort of Sochi", "RUS", 43.6, 39.7),
        ("WASHINGTON, D.C.", "USA", 38.9, -77.0), ("Elysee Palace", "FRA", 48.9, 2.3), ("Sana'a", "YEM", 15.4, 44.2),
    ],
)  # fmt: skip
def test_a_place_lies_where_it_lies(place: str, country: str, latitude: float, longitude: float) -> None:
    point = point_of(place, country)
    assert point is not None
    assert (point.kind, round(point.latitude), round(point.longitude)) == ("place", round(latitude), round(longitude))


@pytest.mark.parametrize(
    ("place", "country"), [("a border village", "VNM"), ("Vietnam", "VNM"), (None, "VNM"), ("Beijing", "VNM")]
)
def test_a_place_that_is_none_or_lies_elsewhere_is_somewhere_in_the_state_told(place: str | None, country: str) -> None:
    point = point_of(place, country)
    assert point is not None
    assert (point.kind, point.name) == ("state", "Vietnam")


@pytest.mark.parametrize(("place", "country"), [("the sea", None), ("ASEAN Regional Forum", "IGO"), ("", "UNO")])
def test_what_lies_in_no_state_has_no_point(place: str, country: str | None) -> None:
    assert point_of(place, country) is None


def test_states_and_capitals_have_points() -> None:
    without = {state.code for state in states() if point_of_state(state.code) is None}
    assert without <= {"GIB", "GLP", "REU", "TKL"}, "territories that neither Natural Earth nor GeoNames' cities hold"
    for state in states():
        if state.capital:
            point = point_of(state.capital, state.code)
            assert point is not None
            assert point.kind == "place", state.capital


def test_disputed_borders_are_of_known_shapes_and_say_why() -> None:
    rows = [row for _, row in read_csv("disputed.csv")]
    assert len({frozenset((row["one"], row["other"])) for row in rows}) == len(rows)
    assert all(row["why"] and row["where"] in ("land", "sea") for row in rows)
    head = (FOLDER / "disputed.csv").read_text(encoding="utf-8")
    assert "no side is taken" in head
