"""The app: routes from rooms and actions, templates, errors as pages.

In: a record that is open, and settings. Out: an ASGI app. For each room four addresses: the page, `.json` and `.csv` of
its lists, and the same JSON under /api with its filters in the OpenAPI description.
"""

import logging
from collections.abc import Callable
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.datastructures import State
from starlette.exceptions import HTTPException
from starlette.types import Scope

from legation import __version__
from legation.errors import LegationError
from legation.record.store import Record
from legation.views.web import rooms
from legation.views.web.actions import add_actions
from legation.views.web.address import Ask, parameters, read_query
from legation.views.web.desk import Desk
from legation.views.web.faults import Fault, bad_request, not_found
from legation.views.web.guard import Guard, seat_of
from legation.views.web.listing import as_csv, as_json
from legation.views.web.pages import FOLDER, Templates
from legation.views.web.room import Moved, Page, Room
from legation.views.web.settings import WebSettings

__all__ = ["make_app"]

MOST_ID_SIGNS = 120
logger = logging.getLogger("legation.web")


def make_app(record: Record, settings: WebSettings | None = None) -> FastAPI:
    """Return the desk on this record."""
    settings = settings or WebSettings()
    desk = Desk(record, settings)
    templates = Templates(settings)
    app = FastAPI(
        title="legation",
        version=__version__,
        description="The record of who met whom, when and where, and who says so.",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    app.state.desk = desk
    app.mount("/static", StaticFiles(directory=FOLDER / "static"), name="static")
    app.add_route("/", lambda request: RedirectResponse("/today"), include_in_schema=False)
    app.add_route("/api", lambda request: RedirectResponse("/endpoints"), include_in_schema=False)
    for room in rooms.every():
        _add_room(app, room, desk, templates)
    add_actions(app, desk)
    _add_errors(app, templates)

    def tell(scope: Scope, fault: Fault) -> Response:
        return _told(Request({**scope, "state": scope.get("state", {})}), fault, templates)

    app.add_middleware(Guard, settings=settings, tell=tell)
    return app


def _add_room(app: FastAPI, room: Room, desk: Desk, templates: Templates) -> None:
    def ask_of(request: Request) -> Ask:
        path = {name: str(value) for name, value in request.path_params.items()}
        for value in path.values():
            if len(value) > MOST_ID_SIGNS or "\0" in value:
                raise not_found(f"Nothing has an id like “{value[:60]}…”.", f"An id has up to {MOST_ID_SIGNS} signs.")
        return Ask(desk, room.path, path, read_query(request.query_params.multi_items(), room.filters))

    def page(request: Request) -> Response:
        ask = ask_of(request)
        made = room.make(ask)
        return HTMLResponse(templates.render(made, room, ask, request))

    def as_data(request: Request) -> Response:
        ask = ask_of(request)
        return JSONResponse(_page_json(room.make(ask), ask.get("list")))

    def as_table(request: Request) -> Response:
        ask = ask_of(request)
        made = room.make(ask)
        name, text = _page_csv(made, ask.get("list"))
        headers = {"Content-Disposition": f'attachment; filename="legation-{name}.csv"'}
        return Response(text.encode("utf-8"), media_type="text/csv; charset=utf-8", headers=headers)

    app.add_route(room.path + ".json", as_data, methods=["GET"], include_in_schema=False)
    app.add_route(room.path + ".csv", as_table, methods=["GET"], include_in_schema=False)
    app.add_route(room.path, page, methods=["GET"], include_in_schema=False)
    names = [part[1:-1] for part in room.path.split("/") if part.startswith("{")]
    in_path = [{"name": n, "in": "path", "required": True, "schema": {"type": "string"}} for n in names]
    app.add_api_route(
        "/api" + room.path,
        _described(as_data),
        methods=["GET"],
        name=room.title,
        summary=room.words,
        operation_id="get" + room.path.replace("/", "_").replace("{", "").replace("}", ""),
        openapi_extra={"parameters": in_path + parameters(room.filters)},
        responses={400: {"description": "A filter that can't be"}, 404: {"description": "Nothing of this id"}},
    )


def _described(endpoint: Callable[[Request], Response]) -> Callable[[Request], Response]:
    """FastAPI reads the signature: a Request, nothing of which belongs into the description."""

    def described(request: Request) -> JSONResponse:
        return endpoint(request)  # type: ignore[return-value]

    return described


def _page_json(page: Page, only: str) -> dict[str, Any]:
    lists = [own for own in page.lists if not only or own.name == only]
    _check_list(page, only)
    return {"about": page.about, "lists": {own.name: as_json(own) for own in lists}}


def _page_csv(page: Page, only: str) -> tuple[str, str]:
    _check_list(page, only)
    lists = [own for own in page.lists if not only or own.name == only]
    if not lists:
        raise not_found("This page has no list.", "Ask for it as .json.")
    return lists[0].name, as_csv(lists[0])


def _check_list(page: Page, only: str) -> None:
    if only and only not in {own.name for own in page.lists}:
        raise bad_request(
            f"This page has no list “{only[:40]}”.", f"Its lists: {', '.join(o.name for o in page.lists)}."
        )


# Errors ------------------------------------------------------------------------------------------------------


def _add_errors(app: FastAPI, templates: Templates) -> None:
    def told(request: Request, error: Exception) -> Response:
        return _told(request, _fault_of(error), templates)

    def moved(request: Request, error: Exception) -> Response:
        return RedirectResponse(_in_the_same_form(request, str(error)), status_code=303)

    app.add_exception_handler(Moved, moved)
    for kind in (LegationError, HTTPException, Exception):
        app.add_exception_handler(kind, told)


def _in_the_same_form(request: Request, address: str) -> str:
    """Where something has moved, as JSON if it was asked for as JSON."""
    path, mark, query = address.partition("?")
    asked = request.url.path
    suffix = next((end for end in (".json", ".csv") if asked.endswith(end)), "")
    return ("/api" if asked.startswith("/api/") else "") + path + suffix + mark + query


def _fault_of(error: Exception) -> Fault:
    if isinstance(error, Fault):
        return error
    if isinstance(error, LegationError):
        return Fault(503 if "another program is writing" in str(error) else 400, str(error))
    if isinstance(error, HTTPException) and error.status_code == 404:
        return not_found("There is no page at this address.", "Choose one above, or search.")
    if isinstance(error, HTTPException):
        return Fault(error.status_code, str(error.detail))
    logger.exception("a page failed", exc_info=error)
    return Fault(500, "The desk failed at this page; nothing was changed.", "What went wrong stands in its terminal.")


def _told(request: Request, fault: Fault, templates: Templates) -> Response:
    path = request.url.path
    if path.startswith("/api/") or path.endswith(".json"):
        body = {"error": {"status": fault.status, "words": fault.words, "advice": fault.advice}}
        return JSONResponse(body, status_code=fault.status)
    if path.endswith(".csv"):
        return Response(f"{fault.words} {fault.advice}", status_code=fault.status, media_type="text/plain")
    if not hasattr(request, "_state"):
        request._state = State(request.scope.get("state", {}))
    return HTMLResponse(templates.render_fault(fault, seat_of(request.state)), status_code=fault.status)
