"""Degrees to the units of the desk's maps, and the part of the world that a map shows.

Idea: the equirectangular projection with its true parallel at 37°: a part of the map is a view box, and the latitudes
where most capitals lie keep their form.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians

__all__ = ["STEPS", "WORLD", "Box", "box_around", "project"]

SQUEEZE = cos(radians(37))
STEPS = 50  # of the grid of static/world.svg in one unit of the map: tools/make_map.py rounds to it
LEAST_WIDTH = 14.0  # a map of one city still shows its region


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the map: left, top, width, height in its units (degrees of latitude, south downwards)."""

    left: float
    top: float
    width: float
    height: float

    @property
    def words(self) -> str:
        """As SVG's viewBox."""
        return f"{self.left:.2f} {self.top:.2f} {self.width:.2f} {self.height:.2f}"

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.left + self.width and self.top <= y <= self.top + self.height


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """Return the place of a point on the map."""
    return round(longitude * SQUEEZE, 3), round(-latitude, 3)


WORLD = Box(-180 * SQUEEZE, -84.0, 360 * SQUEEZE, 142.0)


def box_around(
    points: Sequence[tuple[float, float]], *, ratio: float = 2.0, room: float = 1.4, least: float = LEAST_WIDTH
) -> Box:
    """Return the part of the map that holds these places; the world for none.

    ratio: of width to height; room: how much wider than what it holds; least: its least width.
    """
    if not points:
        return WORLD
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    width = max(room * (right - left), room * ratio * (bottom - top), least)
    if width >= WORLD.width:
        return WORLD
    height = width / ratio
    return Box((left + right - width) / 2, (top + bottom - height) / 2, width, height)
