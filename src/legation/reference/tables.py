"""Reads the reference tables beside this module.

In: CSV files (with a header of "#" lines that gives source, licence and date) and organisations.yml.
Out: tuples of frozen records, read once. Every reader checks for empty names, duplicates and unknown codes
and says where it found them. The tables hold facts; `gazetteer` turns them into a lookup.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from legation.errors import ReferenceDataError

__all__ = [
    "GROUP_CODES",
    "Body",
    "Leader",
    "Organisation",
    "Outlet",
    "PlaceName",
    "State",
    "bodies",
    "expand",
    "leaders",
    "organisations",
    "outlets",
    "place_names",
    "read_csv",
    "read_yaml",
    "states",
    "word_list",
]

FOLDER = Path(__file__).parent
GROUP_CODES = frozenset({"UNO", "EUR", "IGO", "NGO"})
DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
Row = tuple[int, dict[str, str]]


@dataclass(frozen=True, slots=True)
class State:
    """A state or territory; `code` is ISO 3166-1 alpha-3 (XKX for Kosovo)."""

    code: str
    name: str
    official: str
    capital: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    prefix: str
    seats: tuple[str, ...]
    buildings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Organisation:
    """An international organisation or civic group; `code` is UNO, EUR, IGO or NGO.

    seat: a city that stands for it where it acts ("Brussels said").
    """

    name: str
    code: str
    acronym: str
    also: tuple[str, ...]
    seat: str


@dataclass(frozen=True, slots=True)
class Body:
    """A party, parliament, ministry, force, armed group or agency of one state."""

    code: str
    kind: str
    name: str
    other: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outlet:
    """A news agency, paper or broadcaster; `code` is None where it speaks for no state."""

    code: str | None
    name: str
    other: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A city, region or water; `code` is None where the place belongs to no one state.

    kind: city, region or water.
    """

    name: str
    code: str | None
    kind: str


@dataclass(frozen=True, slots=True)
class Leader:
    """One person in one office.

    spellings: other full names as reports write them; surnames: short forms ("Xi", "bin Salman").
    start, end: YYYY, YYYY-MM or YYYY-MM-DD; "" where open or unknown.
    """

    name: str
    spellings: tuple[str, ...]
    surnames: tuple[str, ...]
    office: str
    country: str
    start: str
    end: str


def read_csv(name: str) -> Iterator[Row]:
    """Yield (line number, row) of a reference table, without its header of "#" lines."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        lines = file.read().splitlines()
    n_head = next(i for i, line in enumerate(lines) if not line.startswith("#"))
    rows = csv.reader(lines[n_head:])
    fields = next(rows)
    for number, row in enumerate(rows, n_head + 2):
        if len(row) != len(fields):
            raise ReferenceDataError(
                f"reference/{name}:{number}: expected {len(fields)} fields, found {len(row)}. "
                "Put names with a comma in double quotes."
            )
        yield number, dict(zip(fields, row, strict=True))


def read_yaml(path: Path) -> Any:
    """Return the content of a YAML file, with the C reader where there is one (ten times as fast)."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)


def split(field: str) -> tuple[str, ...]:
    return tuple(field.split("|")) if field else ()


def check_unique(file: str, keys: Iterable[tuple[int, str]]) -> None:
    seen: dict[str, int] = {}
    for number, key in keys:
        if not key:
            raise ReferenceDataError(f"reference/{file}:{number}: empty name. Fill it in or delete the line.")
        if key in seen:
            raise ReferenceDataError(
                f'reference/{file}:{number}: "{key}" stands in line {seen[key]} already. Keep one of them.'
            )
        seen[key] = number


def check_codes(file: str, codes: Iterable[tuple[int, str]], *, groups: bool = False) -> None:
    known = {state.code for state in states()} | (GROUP_CODES if groups else frozenset())
    for number, code in codes:
        if code not in known:
            raise ReferenceDataError(
                f'reference/{file}:{number}: code "{code}" is not in states.csv. '
                "Use ISO 3166-1 alpha-3 or add the state."
            )


@cache
def word_list(name: str) -> frozenset[str]:
    """Return a list of words.yml, folded."""
    return word_lists()[name]


@cache
def word_lists() -> dict[str, frozenset[str]]:
    return {key: frozenset(words.split()) for key, words in read_yaml(FOLDER / "words.yml").items()}


@cache
def states() -> tuple[State, ...]:
    """Return all states and territories."""
    rows = list(read_csv("states.csv"))
    check_unique("states.csv", ((number, row["code"]) for number, row in rows))
    check_unique("states.csv", ((number, row["name"]) for number, row in rows))
    return tuple(
        State(
            code=row["code"],
            name=row["name"],
            official=row["official"],
            capital=row["capital"],
            names=split(row["names"]),
            demonyms=split(row["demonyms"]),
            prefix=row["prefix"],
            seats=split(row["seats"]),
            buildings=split(row["buildings"]),
        )
        for _, row in rows
    )


@cache
def organisations() -> tuple[Organisation, ...]:
    """Return the international organisations and civic groups."""
    entries = list(enumerate(read_yaml(FOLDER / "organisations.yml"), 1))
    check_unique("organisations.yml", ((number, entry["name"]) for number, entry in entries))
    for number, entry in entries:
        if entry["code"] not in GROUP_CODES:
            raise ReferenceDataError(
                f'reference/organisations.yml: entry {number} ({entry["name"]}): code "{entry["code"]}" '
                f"is none of {', '.join(sorted(GROUP_CODES))}. Bodies of one state go to bodies.csv."
            )
    return tuple(
        Organisation(
            name=entry["name"],
            code=entry["code"],
            acronym=entry.get("acronym", ""),
            also=tuple(entry.get("also", ())),
            seat=entry.get("seat", ""),
        )
        for _, entry in entries
    )


@cache
def bodies() -> tuple[Body, ...]:
    """Return the parties, ministries, forces, armed groups and agencies of single states."""
    rows = list(read_csv("bodies.csv"))
    check_unique("bodies.csv", ((number, row["name"]) for number, row in rows))
    check_codes("bodies.csv", ((number, row["code"]) for number, row in rows))
    return tuple(Body(row["code"], row["kind"], row["name"], split(row["other"])) for _, row in rows)


@cache
def outlets() -> tuple[Outlet, ...]:
    """Return the news outlets."""
    rows = list(read_csv("outlets.csv"))
    check_unique("outlets.csv", ((number, row["name"]) for number, row in rows))
    check_codes("outlets.csv", ((number, row["code"]) for number, row in rows if row["code"]))
    return tuple(Outlet(row["code"] or None, row["name"], split(row["other"])) for _, row in rows)


@cache
def place_names() -> tuple[PlaceName, ...]:
    """Return cities, regions and waters."""
    rows = list(read_csv("cities.csv"))
    check_unique("cities.csv", ((number, row["name"]) for number, row in rows))
    check_codes("cities.csv", ((number, row["country"]) for number, row in rows if row["country"]))
    return tuple(PlaceName(row["name"], row["country"] or None, row["kind"]) for _, row in rows)


@cache
def leaders() -> tuple[Leader, ...]:
    """Return office-holders, one record for each person and office."""
    rows = list(read_csv("leaders.csv"))
    check_unique("leaders.csv", ((number, f"{row['name']}, {row['office']}, {row['from']}") for number, row in rows))
    check_codes("leaders.csv", ((number, row["country"]) for number, row in rows), groups=True)
    for number, row in rows:
        check_term(number, row["from"], row["to"])
    return tuple(
        Leader(
            name=row["name"],
            spellings=split(row["spellings"]),
            surnames=split(row["surnames"]),
            office=row["office"],
            country=row["country"],
            start=row["from"],
            end=row["to"],
        )
        for _, row in rows
    )


def check_term(number: int, start: str, end: str) -> None:
    for day in (start, end):
        if day and not DAY.fullmatch(day):
            raise ReferenceDataError(
                f'reference/leaders.csv:{number}: "{day}" is no day. Write YYYY, YYYY-MM or YYYY-MM-DD.'
            )
    if start and end and end[: len(start)] < start[: len(end)]:
        raise ReferenceDataError(f"reference/leaders.csv:{number}: the term ends {end}, before {start}.")


def expand(name: str) -> str | None:
    """Return the full name of an acronym, or the acronym of a full name; None where there is none.

    >>> expand("NATO")
    'North Atlantic Treaty Organization'
    >>> expand("Association of Southeast Asian Nations")
    'ASEAN'
    """
    return acronyms().get(name.replace(".", "").replace("’", "'").removeprefix("the "))


@cache
def acronyms() -> dict[str, str]:
    table: dict[str, str] = {}
    for organisation in organisations():
        if organisation.acronym:
            table.setdefault(organisation.acronym, organisation.name)
            for full in (organisation.name, *(name for name in organisation.also if " " in name)):
                table.setdefault(full, organisation.acronym)
    for body in bodies():
        short = next((name for name in body.other if name.isupper() and name.isalpha()), None)
        if short and " " in body.name:
            table.setdefault(short, body.name)
            table.setdefault(body.name, short)
    return table
