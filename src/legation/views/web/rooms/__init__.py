"""The rooms of the desk, one module each.

To add one, write a module here (all modules of this folder are loaded):

    @room("/trips", "Trips", filters=(ACTOR, KNOWN_BY), nav="Trips", key="t", place=60)
    def trips(ask: Ask) -> Page:
        \"\"\"Journeys with their stops.\"\"\"
        with ask.desk.reading() as connection:
            found = find_trips(connection, ask.get("actor"), limit=ask.limit, after=ask.after)
        return Page("trips.html", "Trips", (Listing("trips", "Trips", COLUMNS, found.rows, found.next),))

and a template that extends "base.html" (see templates/events.html). `.json`, `.csv`, /api/trips, its description, its
place in the navigation and its key follow.
"""

from importlib import import_module
from pkgutil import iter_modules

from legation.views.web.room import ROOMS, Room

__all__ = ["every"]


def every() -> list[Room]:
    """Return all rooms; those with an id in their path come last, so that none hides another."""
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
    return sorted(ROOMS, key=lambda room: (room.path.count("{"), -len(room.path)))
