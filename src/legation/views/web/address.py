"""Addresses: filters read from them and written into them.

In: the query of an address, and the filters that a page has. Out: an Ask with checked values, or a Fault that names the
filter. What the address doesn't hold asks nothing, so that every view can be sent as its address.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlencode

from legation.views.web.faults import bad_request

if TYPE_CHECKING:
    from legation.views.web.desk import Desk

__all__ = ["AFTER", "KNOWN_BY", "LIMIT", "Ask", "Filter", "read_query"]

MOST_SIGNS = 200  # of one value: longer ones are no name, no id and no day
MOST_ROWS = 500


@dataclass(frozen=True, slots=True)
class Filter:
    """One thing that a page can be asked for.

    kind: "day" and "month" are checked as such, "choice" against `choices` (value, words), "number" as a whole number.
    many: may be given several times. hidden: stands in the address, not among the fields on the page. blank: what no
    choice means, in words.
    """

    name: str
    label: str
    kind: Literal["text", "day", "choice", "number"] = "text"
    choices: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    many: bool = False
    hidden: bool = False
    blank: str = "any"


KNOWN_BY = Filter("known_by", "Known by", "day", hint="As the reports up to this day told it")
AFTER = Filter("after", "After", hint="Where to go on, as the page before gave it", hidden=True)
LIMIT = Filter("limit", "Rows", "number", hint=f"Rows at once, 1 to {MOST_ROWS}", hidden=True)
LIST = Filter("list", "List", hint="Which of the page's lists", hidden=True)


@dataclass(frozen=True, slots=True)
class Ask:
    """What a page is asked: the desk, the words of the path, the values of the filters (those given)."""

    desk: "Desk"
    room: str
    path: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def get(self, name: str, default: str = "") -> str:
        """The value of a filter, the first where it was given several times."""
        return self.values.get(name, (default,))[0]

    def all(self, name: str) -> tuple[str, ...]:
        """All values of a filter."""
        return self.values.get(name, ())

    @property
    def after(self) -> str:
        return self.get("after")

    @property
    def limit(self) -> int:
        return int(self.get("limit") or self.desk.settings.page_rows)

    @property
    def known_by(self) -> str:
        return self.get("known_by")

    def address(self, suffix: str = "", /, **changes: str) -> str:
        """This page's address with filters changed ("" takes one away), and with a suffix: ".json" or ".csv"."""
        path = self.room
        for name, value in self.path.items():
            path = path.replace("{" + name + "}", value)
        pairs = [(name, one) for name, own in self.values.items() for one in own if name not in changes]
        pairs += [(name, value) for name, value in changes.items() if value]
        return path + suffix + (f"?{urlencode(pairs)}" if pairs else "")


def read_query(pairs: Iterable[tuple[str, str]], filters: Sequence[Filter]) -> dict[str, tuple[str, ...]]:
    """Return the values that a query gives to filters; a Fault where one isn't known or isn't as it must be."""
    known = {own.name: own for own in (*filters, AFTER, LIMIT, LIST)}
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        value = value.strip()
        if name not in known:
            listed = ", ".join(own.name for own in filters if not own.hidden) or "none"
            raise bad_request(f"“{name[:60]}” is no filter of this page.", f"Its filters are: {listed}.")
        if value:
            _check(known[name], value)
            found.setdefault(name, []).append(value)
    for name, own in found.items():
        if len(own) > 1 and not known[name].many:
            raise bad_request(f"{name} was given {len(own)} times.", "Give it once.")
        if len(own) > 5:
            raise bad_request(f"{name} was given {len(own)} times.", "Give it at most five times.")
    return {name: tuple(own) for name, own in found.items()}


def _check(own: Filter, value: str) -> None:
    if "\0" in value or len(value) > MOST_SIGNS:
        what = "a null byte" if "\0" in value else f"{len(value)} signs"
        raise bad_request(f"{own.name}: expected up to {MOST_SIGNS} printable signs, found {what}.", "Shorten it.")
    if own.kind == "day":
        check_day(own.name, value)
    if own.kind == "choice" and value not in {choice for choice, _ in own.choices}:
        choices = ", ".join(choice for choice, _ in own.choices if choice)
        raise bad_request(f"{own.name}: expected one of {choices}; found “{value}”.")
    if own.kind == "number":
        most = MOST_ROWS if own.name == "limit" else 1_000_000
        if not (value.isascii() and value.isdigit() and 1 <= int(value[:9]) <= most):
            raise bad_request(f"{own.name}: expected a whole number from 1 to {most:,}, found “{value[:40]}”.")


def check_day(name: str, value: str) -> None:
    """A Fault unless the value is a day of the calendar."""
    try:
        if len(value) != 10:
            raise ValueError(value)
        date.fromisoformat(value)
    except ValueError as error:
        raise bad_request(f"{name}: expected a day as YYYY-MM-DD, found “{value[:40]}”.") from error


def parameters(filters: Sequence[Filter]) -> list[dict[str, Any]]:
    """Return filters as OpenAPI's parameters."""
    return [_parameter(own) for own in (*filters, AFTER, LIMIT)]


def _parameter(own: Filter) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "integer" if own.kind == "number" else "string"}
    if own.kind == "day":
        schema["format"] = "date"
    if own.kind == "choice":
        schema["enum"] = [choice for choice, _ in own.choices if choice]
    if own.many:
        schema = {"type": "array", "items": schema}
    return {"name": own.name, "in": "query", "required": False, "schema": schema, "description": own.hint or own.label}
