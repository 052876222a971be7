"""Where a place lies that reports name: a point, and whether it is the place's own or only its state's.

In: a place as reports write it, and the code of its state. Out: a Point with the table's name for it, or None where the
tables know neither. Whoever draws it must tell which: "somewhere in China" is no city.
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from legation.errors import ReferenceDataError
from legation.reference.gazetteer import find_entries, read_words
from legation.reference.tables import check_codes, check_unique, read_csv, states

__all__ = ["Point", "point_of", "point_of_state"]

CAPITALS = ("capital", "building")  # kinds of names that stand where the capital does


@dataclass(frozen=True, slots=True)
class Point:
    """A point: degrees north and east; name: as the tables write it; kind: the place itself, or its state."""

    latitude: float
    longitude: float
    name: str
    country: str
    kind: Literal["place", "state"]


def point_of_state(code: str | None) -> Point | None:
    """Return the point that stands for somewhere in a state."""
    return _table()[1].get(code or "")


@lru_cache(maxsize=16384)
def point_of(place: str | None, country: str | None) -> Point | None:
    """Return the point of a place in a state; the state's where the place isn't known or isn't a point.

    >>> point_of("Hanoi", "VNM").kind, point_of("Vietnamese countryside", "VNM").kind, point_of("the sea", None)
    ('place', 'state', None)
    """
    if not country:
        return None
    cities, own, capitals = _table()
    words = read_words(place or "")
    if found := cities.get((country, " ".join(word.folded for word in words))):
        return found
    for hit in find_entries(place or "", words):
        if hit.entry.code == country and hit.entry.kind not in ("leader", "organisation", "outlet"):
            point = cities.get((country, " ".join(word.lower() for word in hit.entry.form)))
            if point or hit.entry.kind in CAPITALS:
                return point or capitals.get(country)
    if words and words[-1].folded == "capital":  # "the Lao capital"
        return capitals.get(country) or own.get(country)
    return own.get(country)


Cities = dict[tuple[str, str], Point]


@cache
def _table() -> tuple[Cities, dict[str, Point], dict[str, Point]]:
    """Points of cities by state and folded name, of states, and of capitals."""
    rows = list(read_csv("coordinates.csv"))
    check_unique("coordinates.csv", ((number, f"{row['country']} {row['name']} {row['kind']}") for number, row in rows))
    check_codes("coordinates.csv", ((number, row["country"]) for number, row in rows))
    cities: Cities = {}
    own: dict[str, Point] = {}
    capitals: dict[str, Point] = {}
    named = {state.code: state.capital for state in states()}
    for number, row in rows:
        point = _point(number, row)
        if point.kind == "state":
            own[point.country] = point
            continue
        cities.setdefault((point.country, " ".join(word.folded for word in read_words(point.name))), point)
        if point.name == named[point.country]:
            capitals[point.country] = point
    return cities, own, capitals


def _point(number: int, row: dict[str, str]) -> Point:
    try:
        latitude, longitude = float(row["latitude"]), float(row["longitude"])
    except ValueError:
        latitude = longitude = 999.0
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180) or row["kind"] not in ("capital", "city", "state"):
        raise ReferenceDataError(
            f"reference/coordinates.csv:{number}: expected degrees north and east and capital, city or state, found "
            f"{row['latitude']}, {row['longitude']}, {row['kind']}. Make the table anew: tools/make_map.py."
        )
    return Point(latitude, longitude, row["name"], row["country"], "state" if row["kind"] == "state" else "place")
