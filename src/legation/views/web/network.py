"""The layout of a network: where its nodes stand, which names have room beside them.

In: nodes and edges, those most often met first. Out: a Drawing in percent of its width and pixels of its height. Forces
between all nodes, springs along the edges, cooled step by step (Fruchterman, Reingold, "Graph drawing by force-directed
placement", 1991), begun on a spiral: the same network is drawn the same each time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log2, sqrt

import numpy as np
from numpy.typing import NDArray

from legation.record.store.meetings import Edge, Node

__all__ = ["MOST_EDGES", "MOST_NODES", "Circle", "Drawing", "Line", "draw"]

MOST_NODES, MOST_EDGES = 150, 450  # a page of about 120 KB; more can't be told apart by eye
STEPS = 90
PULL = 0.35  # towards the middle, so that parts that nothing joins stay in sight
WIDTH, HEIGHT, MARGIN = 700, 560, 26  # pixels for which names are placed
SIGN, LINE = 6.4, 14  # width of a sign and height of a line of a name, in pixels
GOLDEN = 2.399963  # angle between leaves, radians: no two directions of the spiral are the same


@dataclass(frozen=True, slots=True)
class Circle:
    """A node: x in percent, y and radius in pixels; label: "" where no room is, side: on which it stands."""

    node: Node
    x: float
    y: float
    radius: float
    label: str
    side: str


@dataclass(frozen=True, slots=True)
class Line:
    """An edge between two circles, numbered as they are drawn."""

    edge: Edge
    one: int
    other: int
    width: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """A network as it is drawn; the counts tell how much of it is left out."""

    circles: tuple[Circle, ...]
    lines: tuple[Line, ...]
    height: int
    n_nodes: int
    n_edges: int


def draw(nodes: Sequence[Node], edges: Sequence[Edge]) -> Drawing:
    """Return the drawing of those who met most often, and of most often repeated meetings between them."""
    own = nodes[:MOST_NODES]
    at = {node.id: k for k, node in enumerate(own)}
    kept = [edge for edge in edges if edge.one in at and edge.other in at][:MOST_EDGES]
    pairs = tuple((at[edge.one], at[edge.other], edge.n_events) for edge in kept)
    places = _place(len(own), pairs)
    most = max((node.n_events for node in own), default=1)
    radii = [round(4 + 11 * sqrt(node.n_events / most), 1) for node in own]
    labels = _labels([node.name for node in own], places, radii)
    circles = tuple(
        Circle(node, round(100 * x / WIDTH, 2), round(y, 1), radius, *label)
        for node, (x, y), radius, label in zip(own, places, radii, labels, strict=True)
    )
    lines = tuple(Line(edge, a, b, round(1 + log2(n) * 0.8, 1)) for edge, (a, b, n) in zip(kept, pairs, strict=True))
    return Drawing(circles, lines, HEIGHT, len(nodes), len(edges))


@lru_cache(maxsize=64)
def _place(n: int, pairs: tuple[tuple[int, int, int], ...]) -> tuple[tuple[float, float], ...]:
    """Return where n nodes stand, in pixels."""
    if n == 0:
        return ()
    rank = np.arange(n)
    at = np.sqrt(rank / n)[:, None] * np.stack([np.cos(GOLDEN * rank), np.sin(GOLDEN * rank)], axis=1)
    springs = np.zeros((n, n))
    for one, other, weight in pairs:
        springs[one, other] = springs[other, one] = 1 + log2(weight)
    ideal = 1.6 / sqrt(n)
    for step in range(STEPS):
        at = at + _step(at, springs, ideal) * (0.12 * (1 - step / STEPS))
    return _fitted(at)


def _step(at: NDArray[np.float64], springs: NDArray[np.float64], ideal: float) -> NDArray[np.float64]:
    """The direction in which each node moves, at most of length one."""
    apart = at[:, None, :] - at[None, :, :]
    far = np.maximum(np.sqrt((apart**2).sum(axis=2)), 1e-3)
    force = ideal**2 / far**2 - springs * far / ideal
    np.fill_diagonal(force, 0)
    moved: NDArray[np.float64] = (apart * force[:, :, None]).sum(axis=1) - PULL * at
    length = np.maximum(np.sqrt((moved**2).sum(axis=1)), 1e-9)[:, None]
    bounded: NDArray[np.float64] = moved / length * np.minimum(length, 1)
    return bounded


def _fitted(at: NDArray[np.float64]) -> tuple[tuple[float, float], ...]:
    """Stretched over the drawing: by ranks in part, so that a lone node far off doesn't press the others together."""
    low, high = at.min(axis=0), at.max(axis=0)
    linear = (at - low) / np.maximum(high - low, 1e-9)
    ranks = at.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable") / max(len(at) - 1, 1)
    both = 0.6 * linear + 0.4 * ranks if len(at) > 1 else np.full_like(at, 0.5)
    room = np.array([WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN])
    return tuple((float(x), float(y)) for x, y in both * room + MARGIN)


def _labels(
    names: Sequence[str], places: Sequence[tuple[float, float]], radii: Sequence[float]
) -> list[tuple[str, str]]:
    """Names beside their nodes, those of the most frequent first; none upon another or upon another's node."""
    taken = [(x - r, y - r, x + r, y + r) for (x, y), r in zip(places, radii, strict=True)]
    found = []
    for k, (name, (x, y), r) in enumerate(zip(names, places, radii, strict=True)):
        words = name if len(name) <= 26 else f"{name[:25]}…"
        wide = len(words) * SIGN
        sides = {
            "right": (x + r + 2, y - LINE / 2, x + r + 2 + wide, y + LINE / 2),
            "left": (x - r - 2 - wide, y - LINE / 2, x - r - 2, y + LINE / 2),
            "above": (x - wide / 2, y - r - LINE, x + wide / 2, y - r - 1),
            "below": (x - wide / 2, y + r + 1, x + wide / 2, y + r + LINE),
        }
        side = next(
            (
                side
                for side, box in sides.items()
                if box[0] >= 0 and box[2] <= WIDTH and not any(_meet(box, t) for j, t in enumerate(taken) if j != k)
            ),
            "",
        )
        if side:
            taken.append(sides[side])
        found.append((words if side else "", side))
    return found


Box = tuple[float, float, float, float]


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
