"""The codebook on the screen and as JSON lines."""

import json
from collections.abc import Iterator
from dataclasses import asdict

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from legation.reference.codebook import Codebook, EventType

__all__ = ["codebook_json", "show_codebook"]


def codebook_json(book: Codebook, kind: str | None = None) -> Iterator[str]:
    """Yield a line for each type, or for the one named, then one for each status."""
    for entry in _chosen(book, kind):
        yield json.dumps({"type": asdict(entry)}, ensure_ascii=False)
    for status in book.statuses:
        yield json.dumps({"status": asdict(status)}, ensure_ascii=False)


def show_codebook(book: Codebook, kind: str | None = None) -> RenderableType:
    """The types with their modes and examples, then the statuses."""
    statuses = [Text.assemble((f"  {status.code:<14}", "bold"), status.gloss) for status in book.statuses]
    types = [_show_type(entry) for entry in _chosen(book, kind)]
    return Group(*types, Text("Statuses", style="bold underline"), *statuses)


def _chosen(book: Codebook, kind: str | None) -> list[EventType]:
    return [entry for entry in book.types if kind is None or entry.code == kind.upper()]


def _show_type(entry: EventType) -> RenderableType:
    lines: list[RenderableType] = [
        Text.assemble((entry.code, "bold underline"), f"  {entry.gloss}"),
        Text(f"  PLOVER {entry.plover}, CAMEO {entry.cameo}, {entry.quad}", style="dim"),
        Text(f"  yes: {entry.positive.text}", style="green"),
        Text(f"  no:  {entry.negative.text} ({entry.negative.why})", style="yellow"),
    ]
    for mode in entry.modes:
        lines.append(Padding(Text.assemble((f"{mode.code:<13}", "bold"), mode.gloss), (0, 0, 0, 4)))
        lines.append(Padding(Text(mode.positive.text, style="green"), (0, 0, 0, 17)))
    return Group(*lines, Text(""))
