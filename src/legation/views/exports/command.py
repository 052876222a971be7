"""The commands `legation export` and `legation diff`: parse, call, tell how much was written."""

from collections.abc import Callable
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from legation.views.record_cli import (
    AskedActors,
    AskedKnownBy,
    AskedMode,
    AskedPlace,
    AskedSince,
    AskedStatus,
    AskedText,
    AskedType,
    AskedUntil,
    Format,
    How,
    Limit,
    RecordAddress,
    ask,
    check_day,
    open_asked,
    write_answer,
)  # fmt: skip

__all__ = ["WRITERS", "register_exports"]

NOTHING_FOUND = 1
errors = Console(stderr=True, highlight=False)

# Each format with the function that writes it; modules are loaded when they are needed.
WRITERS = {
    "csv": "table_files.write_csv",
    "parquet": "table_files.write_parquet",
    "stata": "table_files.write_stata",
    "plover": "plover.write_plover",
    "cameo": "cameo.write_cameo",
    "polecat": "polecat.write_polecat",
    "graphml": "graphs.write_graphml",
    "gexf": "graphs.write_gexf",
    "followthemoney": "followthemoney.write_followthemoney",
    "stix": "stix.write_stix",
    "calendar": "calendar.write_calendar",
    "site": "site.write_site",
}
ExportFormat = StrEnum("ExportFormat", {name: name for name in WRITERS})  # type: ignore[misc]


def export(
    form: Annotated[ExportFormat, typer.Argument(metavar="FORMAT", help=f"One of {', '.join(WRITERS)}.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The new file or folder; - for standard output.")],
    record: RecordAddress = None,
    actor: AskedActors = None,
    type: AskedType = "",
    mode: AskedMode = "",
    status: AskedStatus = "",
    place: AskedPlace = "",
    since: AskedSince = "",
    until: AskedUntil = "",
    text: AskedText = "",
    known_by: AskedKnownBy = "",
    limit: Limit = 0,
) -> None:
    """Write events of a record in a form that others read, with their evidence: docs/exports.md lists the forms."""
    from legation.views.exports.source import Source
    from legation.views.exports.writing import Written

    question = ask(actor, type, mode, status, place, since, until, text, known_by, limit)
    module, name = WRITERS[form.value].split(".")
    write: Callable[[Source, Path], Written] = getattr(import_module(f"legation.views.exports.{module}"), name)
    with open_asked(record) as held:
        written = write(Source(held, question), output)
    errors.print(f"{written.n_events} events: {output}", markup=False, soft_wrap=True)
    for reason, n in sorted(written.left_out.items()):
        errors.print(f"left out: {n} {reason}", style="yellow", markup=False, soft_wrap=True)
    if not written.n_events:
        errors.print("nothing found")
        raise typer.Exit(NOTHING_FOUND)


def diff(
    before: Annotated[
        str, typer.Argument(envvar="LEGATION_RECORD", help="A record: a file, or postgresql://….", show_default=False)
    ],
    after: Annotated[str | None, typer.Argument(help="Another state of it, e.g. a backup.", show_default=False)] = None,
    known_by: Annotated[
        list[str] | None,
        typer.Option("--known-by", help="As reports up to this day told it; twice: one day for each state."),
    ] = None,
    actor: AskedActors = None,
    type: AskedType = "",
    how: How = Format.table,
) -> None:
    """Say what is different between two states of a record, or two days of one: what came, went, changed, and why."""
    from legation.record.store.asking import Question
    from legation.views.exports.difference import compare, summary
    from legation.views.exports.difference_forms import DIFFERENCES
    from legation.views.exports.states import narrowed, state_of

    days = list(known_by or ())
    for day in days:
        check_day("known-by", day)
    if len(days) > 2 or (after is None and not days):
        raise typer.BadParameter("name two records, or one and --known-by DAY, once (until today) or twice.")
    first = days[0] if days else ""
    second = days[1] if len(days) == 2 else first if after else ""
    question = Question(actors=tuple(actor or ()), type=type)
    with open_asked(before) as old, open_asked(after or before) as new:
        changes = compare(state_of(old, first), state_of(new, second))
        if question != Question():
            changes = narrowed(changes, old, new, question)
    errors.print(summary(changes))
    write_answer(changes, DIFFERENCES, how)


def register_exports(app: typer.Typer) -> None:
    """Put the commands on the program's app."""
    for command in (export, diff):
        app.command()(command)
