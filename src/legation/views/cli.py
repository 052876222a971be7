"""The command line: parses, calls, prints. Progress goes to standard error, results to standard output or a file.

Exit codes: 0 all was read; 3 something was rejected (told on standard error); 1 nothing was read; 2 wrong usage.
"""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from legation import __version__
from legation.errors import LegationError
from legation.views.analysis_cli import register_analysis
from legation.views.exports.command import register_exports
from legation.views.record_cli import record_paths, register
from legation.views.trips_cli import register_trips
from legation.views.web_cli import register_serve, serve_demo

app = typer.Typer(
    name="legation",
    help="Reads dated news reports about diplomacy: who met whom, when and where, and who says so.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
errors = Console(stderr=True, highlight=False)

ALL_READ, NOTHING_READ, WRONG_USAGE, SOME_REJECTED = 0, 1, 2, 3


class Format(StrEnum):
    """How results are written."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"


Paths = Annotated[
    list[str] | None,
    typer.Argument(help="Files, folders, patterns, http(s) addresses, or - for standard input.", show_default=False),
]
OutputFormat = Annotated[Format, typer.Option("--format", "-f", help="How to write the result.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file instead of the screen.")]
Workers = Annotated[int | None, typer.Option(help="Processes; by default one for each processor.", min=1)]
Date = Annotated[str, typer.Option(help="Publication day of reports that state none, YYYY-MM-DD.")]
Outlet = Annotated[str, typer.Option(help="Outlet of reports that state none.")]
Languages = Annotated[list[str] | None, typer.Option("--language", help="Languages let through; 'any' for all.")]
Columns = Annotated[
    list[str] | None,
    typer.Option("--column", help="Name of a column or key: text=Body, date=Day, …", metavar="FIELD=NAME"),
]


@app.command()
def read(
    paths: Paths = None,
    output_format: OutputFormat = Format.table,
    output: Output = None,
    workers: Workers = None,
    date: Date = "",
    source: Outlet = "",
    language: Languages = None,
    column: Columns = None,
    record: Annotated[
        str | None, typer.Option("--record", "-r", help="Take the reports into this record: a file, or postgresql://…")
    ] = None,
) -> None:
    """Read reports and print the claims that they make, each with its sentence; or take them into a record."""
    if not paths:
        raise typer.BadParameter("name at least one file, folder, pattern, address, or - for standard input.")
    options = _options(date, source, language, column)
    if record:
        raise typer.Exit(_exit_code(*record_paths(paths, record, options, workers)))
    raise typer.Exit(_read(paths, options, output_format, output, workers))


@app.command()
def demo(
    output_format: OutputFormat = Format.table,
    output: Output = None,
    workers: Workers = None,
    desk: Annotated[
        bool | None,
        typer.Option("--desk/--no-desk", help="End in the browser; by default where a person sits at the screen."),
    ] = None,
) -> None:
    """Read the demonstration reports that come with legation (written for it, not real press reports)."""
    from legation.demo import demo_path
    from legation.sources import SourceOptions

    is_at_screen = sys.stdin.isatty() and sys.stdout.isatty() and output is None and output_format is Format.table
    if is_at_screen if desk is None else desk:
        serve_demo(str(demo_path()), workers)
        raise typer.Exit(ALL_READ)
    raise typer.Exit(_read([str(demo_path())], SourceOptions(), output_format, output, workers))


@app.command()
def dates(
    paths: Paths = None,
    output_format: OutputFormat = Format.jsonl,
    output: Output = None,
    date: Date = "",
    column: Columns = None,
    unresolved: Annotated[bool, typer.Option(help="Also print words of time that name no day, month or year.")] = False,
) -> None:
    """Print every date that the reports' words name: report, span in characters, EDTF value, words, rule."""
    from legation.language.dates import read_dates
    from legation.sources import Rejected, read_sources

    if not paths:
        raise typer.BadParameter("name at least one file, folder, pattern, address, or - for standard input.")
    n_read = n_rejected = 0
    with _writer(output) as write:
        if output_format is Format.csv:
            write("report,start,end,value,words,rule")
        for item in read_sources(paths, options=_options(date, "", ["any"], column)):
            if isinstance(item, Rejected):
                n_rejected += 1
                _tell_rejected(item)
                continue
            n_read += 1
            for reading in read_dates(item.text, item.published.value):
                if reading.span is not None and (reading.value or unresolved):
                    words = item.text[slice(*reading.span)]
                    row = {
                        "report": item.id,
                        "span": list(reading.span),
                        "value": reading.value,
                        "words": words,
                        "rule": reading.rule,
                    }
                    write(_DATE_LINES[output_format](row))
    raise typer.Exit(_exit_code(n_read, n_rejected))


@app.command()
def codebook(
    kind: Annotated[str | None, typer.Argument(help="One type, e.g. CONSULT.", show_default=False)] = None,
    output_format: OutputFormat = Format.table,
) -> None:
    """Print the codebook: types, modes and statuses, with examples."""
    from legation.reference.codebook import load_codebook
    from legation.views.codebook import codebook_json, show_codebook

    book = load_codebook()
    if kind is not None and kind.upper() not in {entry.code for entry in book.types}:
        known = ", ".join(entry.code for entry in book.types)
        raise typer.BadParameter(f'"{kind}" is not in the codebook. Its types are {known}.')
    if output_format is Format.jsonl:
        for line in codebook_json(book, kind):
            typer.echo(line)
    else:
        Console(highlight=False).print(show_codebook(book, kind))


@app.command()
def doctor() -> None:
    """Say what is installed, whether the model is the one shipped, and whether it reads."""
    from legation.views.doctor import diagnose

    findings = diagnose()
    console = Console(highlight=False)
    for finding in findings:
        mark = "[green]ok[/green]  " if finding.is_right else "[red]wrong[/red]"
        console.print(f"{mark} {finding.subject}: {finding.words}")
    raise typer.Exit(ALL_READ if all(finding.is_right for finding in findings) else NOTHING_READ)


register(app)
register_trips(app)
register_exports(app)
register_analysis(app)
register_serve(app)


@app.callback(invoke_without_command=True)
def about(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    """Reads dated news reports about diplomacy: who met whom, when and where, and who says so."""
    if version:
        typer.echo(f"legation {__version__}")
        raise typer.Exit


def main() -> None:
    """Entry point: a LegationError becomes its message and exit code 2."""
    try:
        app()
    except LegationError as error:
        errors.print(f"legation: {error}", style="red", markup=False)
        sys.exit(WRONG_USAGE)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(ALL_READ)


def _options(date: str, source: str, language: list[str] | None, column: list[str] | None) -> Any:
    from legation.sources import SourceOptions

    pairs = [pair.partition("=") for pair in column or []]
    if wrong := [a for a, equals, b in pairs if not (a and equals and b)]:
        raise typer.BadParameter(f'--column expects FIELD=NAME, found "{wrong[0]}".')
    languages = tuple(language or ("en",))
    return SourceOptions(
        columns={a: b for a, _, b in pairs},
        default_date=date,
        default_source=source,
        languages=() if "any" in languages else languages,
    )


def _read(paths: list[str], options: Any, output_format: Format, output: Path | None, workers: int | None) -> int:
    """Read, write as asked, tell what was rejected; return the exit code."""
    from legation.language.read import Reading
    from legation.pipeline import read_paths

    n_read = n_rejected = n_claims = 0

    def counted() -> Iterator[Reading]:
        nonlocal n_read, n_rejected, n_claims
        with _progress() as advance:
            for item in read_paths(paths, options=options, workers=workers):
                if isinstance(item, Reading):
                    n_read += 1
                    n_claims += len(item.claims)
                    advance()
                    yield item
                else:
                    n_rejected += 1
                    _tell_rejected(item)

    _write(counted(), output_format, output)
    rejected = f", {n_rejected} rejected" if n_rejected else ""
    errors.print(f"{n_read} reports read{rejected}, {n_claims} claims")
    return _exit_code(n_read, n_rejected)


def _write(readings: Iterable[Any], output_format: Format, output: Path | None) -> None:
    from legation.views.claims import csv_lines, json_lines, show_reading

    if output_format is Format.table:
        with _open(output) as stream:
            console = Console(file=stream, highlight=False, width=None if output is None else 120)
            for reading in readings:
                console.print(show_reading(reading))
        return
    with _writer(output) as write:
        for line in csv_lines(readings) if output_format is Format.csv else json_lines(readings):
            write(line)


@contextmanager
def _open(output: Path | None) -> Iterator[TextIO]:
    if output is None:
        yield sys.stdout
        return
    try:
        with output.open("w", encoding="utf-8", newline="") as stream:
            yield stream
    except OSError as error:
        raise LegationError(f"{output}: can't be written ({error.strerror}). Name another file with -o.") from error


@contextmanager
def _writer(output: Path | None) -> Iterator[Callable[[str], None]]:
    """A function that writes a line."""
    with _open(output) as stream:

        def write(line: str) -> None:
            stream.write(line + "\n")

        yield write


@contextmanager
def _progress() -> Iterator[Callable[[], None]]:
    """A counter of reports on standard error, where that is a screen."""
    columns = (SpinnerColumn(), TextColumn("reading"), MofNCompleteColumn(), TextColumn("reports"), TimeElapsedColumn())
    with Progress(*columns, console=errors, transient=True, disable=not errors.is_terminal) as progress:
        task = progress.add_task("reading", total=None)
        yield lambda: progress.advance(task)


def _tell_rejected(item: Any) -> None:
    errors.print(f"rejected {item.origin}: {item.reason}", style="yellow", markup=False)


def _exit_code(n_read: int, n_rejected: int) -> int:
    if not n_read:
        return NOTHING_READ
    return SOME_REJECTED if n_rejected else ALL_READ


def _date_csv(row: dict[str, Any]) -> str:
    words = '"' + " ".join(row["words"].split()).replace('"', '""') + '"'
    return f"{row['report']},{row['span'][0]},{row['span'][1]},{row['value'] or ''},{words},{row['rule']}"


_DATE_LINES: dict[Format, Callable[[dict[str, Any]], str]] = {
    Format.jsonl: lambda row: json.dumps(row, ensure_ascii=False),
    Format.csv: _date_csv,
    Format.table: lambda row: (
        f"{row['value'] or '?':<24} {' '.join(row['words'].split()):<36} {row['rule']:<24} {row['report']}"
    ),
}
