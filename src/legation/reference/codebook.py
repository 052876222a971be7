"""The codebook: what kinds of acts there are, with glosses, examples and the codes that others use.

In: codebook/, one YAML file for each type, and codebook/statuses.yml. Out: frozen records, read once and checked.
Types follow PLOVER (Open Event Data Alliance) where it has a home for them; STATEMENT has none there. CAMEO codes
are approximate: they say where an export to older data belongs, not that the two codebooks agree.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from legation.errors import ReferenceDataError
from legation.reference.tables import FOLDER, read_yaml

__all__ = ["QUADS", "Codebook", "CounterExample", "EventType", "Example", "Mode", "Status", "load_codebook"]

QUADS = (
    "neutral",
    "verbal cooperation",
    "material cooperation",
    "verbal conflict",
    "material conflict",
)
Coded = TypeVar("Coded", "EventType", "Mode")
# The order in which the codebook tells the types, from words to blows.
ORDER = (
    "STATEMENT CONSULT AGREE SUPPORT CONCEDE COOPERATE AID RETREAT "
    "REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT"
).split()


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence that holds the act; `trigger` is the words in it that name it."""

    text: str
    trigger: str
    status: str


@dataclass(frozen=True, slots=True)
class CounterExample:
    """A sentence that doesn't hold the act; `instead` is the type that it holds, or None."""

    text: str
    why: str
    instead: str | None


@dataclass(frozen=True, slots=True)
class Mode:
    """A kind of act within a type; `cameo` is the approximate CAMEO code."""

    code: str
    gloss: str
    cameo: str
    positive: Example


@dataclass(frozen=True, slots=True)
class EventType:
    """A type of act.

    plover:         PLOVER root code, or None.
    plover_planned: root code where the act is only planned, or None where it is the same.
    quad:           one of QUADS.
    """

    code: str
    gloss: str
    plover: str | None
    plover_planned: str | None
    quad: str
    cameo: str
    positive: Example
    negative: CounterExample
    modes: tuple[Mode, ...]

    def mode(self, code: str) -> Mode:
        """Return a mode by its code; KeyError if the type has none such."""
        return next_by_code(self.modes, code)


@dataclass(frozen=True, slots=True)
class Status:
    """Whether an act happened."""

    code: str
    gloss: str
    positive: Example


@dataclass(frozen=True, slots=True)
class Codebook:
    """All types, in the order of the codebook, and all statuses."""

    types: tuple[EventType, ...]
    statuses: tuple[Status, ...]

    def type(self, code: str) -> EventType:
        """Return a type by its code; KeyError if there is none such."""
        return next_by_code(self.types, code)


def next_by_code(entries: Iterable[Coded], code: str) -> Coded:
    for entry in entries:
        if entry.code == code:
            return entry
    raise KeyError(code)


@cache
def load_codebook() -> Codebook:
    """Return the codebook; ReferenceDataError if a file contradicts the schema or another file.

    >>> load_codebook().type("CONSULT").mode("visit").cameo
    '042'
    """
    return read_codebook(FOLDER / "codebook")


def read_codebook(folder: Path) -> Codebook:
    """Return the codebook that a folder holds, checked."""
    statuses = tuple(
        Status(entry["code"], entry["gloss"], read_example(entry["positive"] | {"status": entry["code"]}, "statuses"))
        for entry in read_yaml(folder / "statuses.yml")
    )
    paths = sorted(path for path in folder.glob("*.yml") if path.name != "statuses.yml")
    types = tuple(sorted((read_type(path) for path in paths), key=place_of))
    book = Codebook(types, statuses)
    check(book)
    return book


def place_of(entry: EventType) -> int:
    return ORDER.index(entry.code) if entry.code in ORDER else len(ORDER)


def read_type(path: Path) -> EventType:
    entry: Mapping[str, Any] = read_yaml(path)
    file = path.stem
    if entry.get("code") != file.upper():
        raise ReferenceDataError(
            f'reference/codebook/{path.name}: code "{entry.get("code")}" should be "{file.upper()}", as the file.'
        )
    missing = {"gloss", "plover", "quad", "cameo", "positive", "negative", "modes"} - entry.keys()
    if missing:
        raise ReferenceDataError(
            f"reference/codebook/{path.name}: {', '.join(sorted(missing))} missing. Copy the form of another type."
        )
    negative = entry["negative"]
    return EventType(
        code=entry["code"],
        gloss=entry["gloss"],
        plover=entry["plover"],
        plover_planned=entry.get("plover_planned"),
        quad=entry["quad"],
        cameo=entry["cameo"],
        positive=read_example(entry["positive"], file),
        negative=CounterExample(negative["text"], negative["why"], negative["instead"]),
        modes=tuple(
            Mode(mode["code"], mode["gloss"], mode["cameo"], read_example(mode["positive"], file))
            for mode in entry["modes"]
        ),
    )


def read_example(example: Mapping[str, str], file: str) -> Example:
    if example["trigger"] not in example["text"]:
        raise ReferenceDataError(
            f'reference/codebook/{file}.yml: trigger "{example["trigger"]}" is not in "{example["text"]}". '
            "Copy it letter by letter."
        )
    return Example(example["text"], example["trigger"], example["status"])


def check(book: Codebook) -> None:
    """Check what only the whole codebook can tell: unknown types, statuses and classes, double modes."""
    types = [entry.code for entry in book.types]
    statuses = [status.code for status in book.statuses]
    for entry in book.types:
        file = f"reference/codebook/{entry.code.lower()}.yml"
        known(file, "quad", entry.quad, QUADS)
        for code in (entry.negative.instead, entry.plover, entry.plover_planned):
            if code is not None:
                known(file, "type", code, types)
        modes = [mode.code for mode in entry.modes]
        if len(modes) != len(set(modes)):
            raise ReferenceDataError(f"{file}: a mode stands twice. Keep one of them.")
        for example in (entry.positive, *(mode.positive for mode in entry.modes)):
            known(file, "status", example.status, statuses)


def known(file: str, what: str, code: str, codes: Iterable[str]) -> None:
    codes = list(codes)
    if code not in codes:
        near = get_close_matches(code, codes, n=1)
        hint = f'Did you mean "{near[0]}"?' if near else f"Known are {', '.join(codes)}."
        raise ReferenceDataError(f'{file}: {what} "{code}" is not in the codebook. {hint}')
