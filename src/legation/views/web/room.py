"""Rooms: one function a page, from which its HTML, its JSON, its CSV and its place under /api are made.

In: functions marked with @room. Out: ROOMS, the list from which `app` makes routes and the navigation.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from legation.views.web.address import Ask, Filter
from legation.views.web.listing import Listing

__all__ = ["ROOMS", "Moved", "Page", "Room", "room"]


@dataclass(frozen=True, slots=True)
class Page:
    """What a room shows. about: what the page is about, for JSON; values: more for the template."""

    template: str
    title: str
    lists: tuple[Listing[Any], ...] = ()
    about: Mapping[str, Any] | None = None
    values: Mapping[str, Any] = field(default_factory=dict)


class Moved(Exception):
    """What was asked for has an address of its own."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


Make = Callable[[Ask], Page]


@dataclass(frozen=True, slots=True)
class Room:
    """A page of the desk. nav: its word in the navigation, "" for none; key: pressed after g; place: order there."""

    path: str
    title: str
    make: Make
    words: str
    filters: tuple[Filter, ...] = ()
    nav: str = ""
    key: str = ""
    place: int = 0


ROOMS: list[Room] = []


def room(
    path: str, title: str, *, filters: tuple[Filter, ...] = (), nav: str = "", key: str = "", place: int = 0
) -> Callable[[Make], Make]:
    """Put a function on the desk: its address, its filters, and its word and key in the navigation."""

    def mark(make: Make) -> Make:
        words = (make.__doc__ or title).strip().splitlines()[0]
        ROOMS.append(Room(path, title, make, words, filters, nav, key, place))
        return make

    return mark
