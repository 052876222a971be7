"""Templates: pages as HTML, with everything escaped that comes from the record.

In: Pages and Faults. Out: HTML. Jinja escapes every value; no template marks one as safe.
"""

from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from legation import __version__
from legation.reference import states
from legation.reference.codebook import load_codebook
from legation.views.record_forms import counts
from legation.views.web import drawing
from legation.views.web.address import Ask, Filter
from legation.views.web.faults import Fault
from legation.views.web.guard import form_token, seat_of
from legation.views.web.listing import Listing
from legation.views.web.room import ROOMS, Page, Room
from legation.views.web.settings import WebSettings

__all__ = ["FOLDER", "Templates"]

FOLDER = Path(__file__).parent


class Templates:
    """The templates of the desk, with what all of them know."""

    def __init__(self, settings: WebSettings) -> None:
        self.environment = Environment(
            loader=FileSystemLoader(FOLDER / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.environment.globals |= {
            "settings": settings,
            "version": __version__,
            "static": _static,
            "counts": counts,
            "state_name": state_name,
            "type_words": _type_words,
            "bars": drawing.bars,
            "level_words": LEVELS,
        }
        self.environment.filters["commas"] = lambda n: f"{n:,}"

    def render(self, page: Page, room: Room, ask: Ask, request: Request) -> str:
        """Return a room's page as HTML."""
        seat = seat_of(request.state)
        return self.environment.get_template(page.template).render(
            page=page,
            lists={own.name: own for own in page.lists},
            room=room,
            ask=ask,
            here=room.nav or room.title,
            rooms=navigation(),
            form_token=form_token(seat),
            shown=_shown(room.filters),
            download=lambda own, suffix: _download(ask, page, own, suffix),
            **page.values,
        )

    def render_fault(self, fault: Fault, seat: str) -> str:
        """Return the page that says what can't be given, and why."""
        template = self.environment.get_template("fault.html")
        return template.render(fault=fault, here="", rooms=navigation(), form_token=form_token(seat))


LEVELS = {
    5: "heads of state or government", 4: "ministers", 3: "vice-ministers, directors", 2: "envoys", 1: "officials",
    0: "not told",
}  # fmt: skip


def navigation() -> list[Room]:
    """Rooms that stand in the navigation, in their order."""
    return sorted((room for room in ROOMS if room.nav), key=lambda room: room.place)


def _shown(filters: Iterable[Filter]) -> list[Filter]:
    return [own for own in filters if not own.hidden]


def _download(ask: Ask, page: Page, own: Listing[Any], suffix: str) -> str:
    """The address of a list as JSON or CSV: that of the page with a suffix."""
    return ask.address(suffix, list=own.name if len(page.lists) > 1 else "")


@cache
def _static(name: str) -> str:
    """The address of a file of the desk; changes with its content, so that browsers may keep it."""
    digest = sha256((FOLDER / "static" / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?v={digest}"


@cache
def _state_names() -> dict[str, str]:
    return {state.code: state.name for state in states()}


def state_name(code: str | None) -> str:
    """Return a state's name for its code; the code where the tables don't hold it."""
    return _state_names().get(code or "", code or "")


@cache
def _glosses() -> dict[str, str]:
    return {entry.code: entry.gloss for entry in load_codebook().types}


def _type_words(code: str) -> str:
    return _glosses().get(code, code)
