"""`legation trips`: journeys rebuilt from reports, as a table, JSON or CSV.

Parses, calls, prints; `register_trips` puts the command on the program's app.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console, Group, RenderableType
from rich.text import Text

from legation.errors import LegationError
from legation.record.mention import is_same_actor, read_mention
from legation.record.trips import Stop, Trip, build_trips, trips_to_json
from legation.views.record_cli import RecordAddress

__all__ = ["register_trips", "show_trips", "trips_csv"]

COLUMNS = (
    "trip", "traveller", "traveller_country", "office", "stop", "country", "place", "start", "end", "start_edtf",
    "end_edtf", "status", "met", "disputed", "n_reports", "n_origins",
)  # fmt: skip
STATUS_STYLES = {"done": "green", "planned": "cyan", "off": "yellow"}
errors = Console(stderr=True, highlight=False)


class Format(StrEnum):
    """How trips are written."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"


def trips(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            help="Files, folders, patterns, http(s) addresses, or - for standard input.", show_default=False
        ),
    ] = None,
    record: RecordAddress = None,
    traveller: Annotated[str, typer.Option(help="Only trips of this person, by full name or surname.")] = "",
    country: Annotated[str, typer.Option(help="Only trips with a stop in this state: ISO 3166-1 alpha-3.")] = "",
    dated: Annotated[bool, typer.Option(help="Only trips of which something tells the days.")] = False,
    output_format: Annotated[Format, typer.Option("--format", "-f", help="How to write the result.")] = Format.table,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file, not the screen.")] = None,
    workers: Annotated[int | None, typer.Option(help="Processes; by default one for each processor.", min=1)] = None,
    date: Annotated[str, typer.Option(help="Publication day of reports that state none, YYYY-MM-DD.")] = "",
    source: Annotated[str, typer.Option(help="Outlet of reports that state none.")] = "",
    language: Annotated[list[str] | None, typer.Option(help="Languages let through; 'any' for all.")] = None,
    column: Annotated[
        list[str] | None, typer.Option(help="Name of a column or key: text=Body, …", metavar="FIELD=NAME")
    ] = None,
) -> None:
    """Print the journeys that reports tell: stops in order, their days, whom the traveller met.

    Reads the paths; without any, takes the record's reports.
    """
    from legation.views.cli import NOTHING_READ, _exit_code, _options

    if paths:
        found, n_read, n_rejected = _read_trips(paths, _options(date, source, language, column), workers)
    elif record:
        found, n_read, n_rejected = _stored_trips(record)
    else:
        raise typer.BadParameter(
            "name files, folders, patterns or addresses to read, - for standard input, or --record."
        )
    chosen = [t for t in found if _is_wanted(t, traveller, country.upper()) and (t.start or not dated)]
    errors.print(f"{n_read} reports read, {len(chosen)} trips")
    _write(chosen, output_format, output)
    raise typer.Exit(_exit_code(n_read, n_rejected) if n_read else NOTHING_READ)


def _read_trips(paths: list[str], options: Any, workers: int | None) -> tuple[list[Trip], int, int]:
    """The trips, and how many reports were read and rejected."""
    from legation.language.read import Reading
    from legation.pipeline import read_paths
    from legation.views.cli import _progress, _tell_rejected

    n_read = n_rejected = 0

    def told() -> Iterator[tuple[Any, Any]]:
        nonlocal n_read, n_rejected
        with _progress() as advance:
            for item in read_paths(paths, options=options, workers=workers):
                if isinstance(item, Reading):
                    n_read += 1
                    advance()
                    yield item.report, item.claims
                else:
                    n_rejected += 1
                    _tell_rejected(item)

    return build_trips(told()), n_read, n_rejected


def _stored_trips(address: str) -> tuple[list[Trip], int, int]:
    """The trips that a record tells, and how many reports it holds."""
    from legation.record.store import open_record

    with open_record(address, must_exist=True) as record:
        return record.trips(), record.n_reports(), 0


def _is_wanted(trip: Trip, traveller: str, country: str) -> bool:
    if country and country not in {stop.country for stop in trip.stops}:
        return False
    if not traveller:
        return True
    asked = read_mention(traveller, trip.country)
    own = read_mention(trip.traveller, trip.country)
    return is_same_actor(asked, own) or traveller.lower() in trip.traveller.lower()


def _write(trips: Sequence[Trip], output_format: Format, output: Path | None) -> None:
    if output_format is Format.table:
        if output is None:
            Console(highlight=False).print(show_trips(trips))
            return
        buffer = io.StringIO()
        Console(file=buffer, highlight=False, width=120).print(show_trips(trips))
        text = buffer.getvalue()
    elif output_format is Format.json:
        text = json.dumps(trips_to_json(trips), ensure_ascii=False, indent=1) + "\n"
    elif output_format is Format.jsonl:
        text = "".join(json.dumps(trip, ensure_ascii=False) + "\n" for trip in trips_to_json(trips))
    else:
        text = trips_csv(trips)
    if output is None:
        typer.echo(text, nl=False)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise LegationError(f"{output}: can't be written ({error.strerror}). Name another file with -o.") from error


def trips_csv(trips: Iterable[Trip]) -> str:
    """The trips as CSV with a header, a row a stop."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for trip in trips_to_json(trips):
        for n, stop in enumerate(trip["stops"], 1):
            met = "; ".join(", ".join(m["with"]) for m in stop["meetings"] if m["with"])
            disputed = "; ".join(f"{d['field']} {d['value']}" for d in stop["disputed"])
            writer.writerow(
                [
                    trip["id"], trip["traveller"], trip["country"], trip["office"], n, stop["country"], stop["place"],
                    stop["start"], stop["end"], stop["start_edtf"], stop["end_edtf"], stop["status"], met, disputed,
                    stop["n_reports"], stop["n_origins"],
                ]
            )  # fmt: skip
    return stream.getvalue()


def show_trips(trips: Sequence[Trip]) -> RenderableType:
    """The trips for the screen: a heading each, a line a stop, a line a meeting."""
    return Group(*(line for trip in trips for line in _show_trip(trip)))


def _show_trip(trip: Trip) -> Iterator[RenderableType]:
    office = f", {trip.office}" if trip.office else ""
    days = " to ".join(dict.fromkeys(day for day in (trip.start, trip.end) if day)) or "days unknown"
    yield Text.assemble(
        (trip.traveller, "bold"), f" ({trip.country or '?'}{office})  {days}  ",
        (f"{trip.n_origins} origins, {len(trip.reports)} reports  {trip.id}", "dim"),
    )  # fmt: skip
    if trip.party:
        yield Text(f"  with {', '.join(trip.party)}", style="dim")
    for stop in trip.stops:
        yield from _show_stop(stop)
    yield Text("")


def _show_stop(stop: Stop) -> Iterator[RenderableType]:
    days = " to ".join(dict.fromkeys(day for day in (stop.start, stop.end) if day)) or "?"
    place = f" {stop.place}" if stop.place else ""
    yield Text.assemble(
        ("  " + stop.country, "bold"), f"{place}  {days}  ", (stop.status, STATUS_STYLES.get(stop.status, ""))
    )
    for dispute in stop.disputed:
        who = f"{dispute.n_origins} origins" if dispute.n_origins > 1 else "1 origin"
        yield Text(f"      {dispute.field} {dispute.value} in {who} ({dispute.status})", style="yellow")
    for meeting in stop.meetings:
        day = (meeting.when or "").ljust(11)
        yield Text.assemble(
            f"      {day} {meeting.kind}: {', '.join(meeting.others)}",
            ("" if meeting.status == "done" else f"  {meeting.status}", STATUS_STYLES.get(meeting.status, "")),
        )


def register_trips(app: typer.Typer) -> None:
    """Put the command on the program's app."""
    app.command()(trips)
