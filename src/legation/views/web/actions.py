"""What changes the record: forms of the desk's pages, and JSON under /api.

In: a form with its token, or a JSON body. Out: the address to go to, or the JSON of what was done. Every change goes
through the store's own rulings, in one transaction; who decided, when and why is written with it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from legation.record.decision import decision_to_json
from legation.record.store.ruling import rule
from legation.views.web.desk import Desk
from legation.views.web.faults import bad_request, refused
from legation.views.web.guard import is_form_token, seat_of

__all__ = ["ACTIONS", "Act", "action", "add_actions"]

MOST_FIELDS, MOST_FILES, MOST_FIELD_BYTES = 60, 400, 5_000_000
MOST_REASON = 2000


@dataclass(frozen=True, slots=True)
class Act:
    """A form that was sent: its fields, its files as (name, bytes)."""

    desk: Desk
    fields: Mapping[str, tuple[str, ...]]
    files: tuple[tuple[str, bytes], ...] = ()

    def get(self, name: str, default: str = "") -> str:
        """A field, stripped."""
        return self.fields.get(name, (default,))[0].strip()

    def all(self, name: str) -> tuple[str, ...]:
        """All values of a field that aren't empty."""
        return tuple(value.strip() for value in self.fields.get(name, ()) if value.strip())

    @property
    def author(self) -> str:
        return self.get("author")[:100] or self.desk.settings.author

    @property
    def reason(self) -> str:
        return self.get("reason")[:MOST_REASON]

    def back(self, default: str = "/today") -> str:
        """Where the form stood; only an address of the desk itself."""
        to = self.get("back")
        return to if to.startswith("/") and not to.startswith(("//", "/\\")) and "\n" not in to else default


Do = Callable[[Act], str]
ACTIONS: list[tuple[str, Do]] = []


def action(path: str) -> Callable[[Do], Do]:
    """Let a form be sent to this address; the function returns the address to go to."""

    def mark(do: Do) -> Do:
        ACTIONS.append((path, do))
        return do

    return mark


class Ruling(BaseModel):
    """A ruling as JSON: kind and ids as `legation rule` takes them."""

    kind: str = Field(examples=["correct"])
    ids: list[str] = Field(default=[], max_length=10, examples=[["e-0123456789ab"]])
    values: dict[str, str] = Field(default={}, examples=[{"when": "2024-03-25"}])
    reason: str = Field(default="", max_length=MOST_REASON)
    author: str = Field(default="", max_length=100)


def add_actions(app: FastAPI, desk: Desk) -> None:
    """Put all actions on the app."""
    for path, do in ACTIONS:
        app.add_route(path, _form_of(do, desk), methods=["POST"], include_in_schema=False)

    @app.post("/api/rulings", status_code=201, summary="Rule: same, different, correct, reject, add, undo")
    def add_ruling(ruling: Ruling) -> dict[str, Any]:
        with desk.record.writing() as connection:
            decision = rule(
                connection,
                ruling.kind,
                ruling.ids,
                values=ruling.values,
                author=ruling.author or desk.settings.author,
                reason=ruling.reason,
            )
        return decision_to_json(decision)


def _form_of(do: Do, desk: Desk) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        async with request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=MOST_FIELD_BYTES) as form:
            if not is_form_token(seat_of(request.state), str(form.get("form_token", ""))):
                raise refused(
                    "This form wasn't made by the desk as it runs now; nothing was changed.",
                    "Load the page anew and send it again.",
                )
            fields, files = await _read(form)
        address = await run_in_threadpool(do, Act(desk, fields, files))
        return RedirectResponse(address, status_code=303)

    return endpoint


async def _read(form: FormData) -> tuple[dict[str, tuple[str, ...]], tuple[tuple[str, bytes], ...]]:
    fields: dict[str, list[str]] = {}
    files = []
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            if value.filename:
                files.append((value.filename, await value.read()))
        elif "\0" in value:
            raise bad_request(f"{name}: found a null byte; nothing was changed.", "Take it out.")
        else:
            fields.setdefault(name, []).append(value)
    return {name: tuple(values) for name, values in fields.items()}, tuple(files)
