"""Commands on a record: events, show, who, conflicts, search, rule, decisions, reread, rebuild, backup.

Parses, calls, prints; `register` puts the commands on the program's app. The record is named by --record or by the
environment's LEGATION_RECORD.
"""

import getpass
import os
import sys
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

__all__ = [
    "AskedActors", "AskedKnownBy", "AskedMode", "AskedPlace", "AskedSince", "AskedStatus", "AskedText", "AskedType",
    "AskedUntil", "Format", "How", "Limit", "RecordAddress", "ask", "check_day", "open_asked", "record_paths",
    "register", "write_answer",
]  # fmt: skip

NOTHING_FOUND = 1
errors = Console(stderr=True, highlight=False)


class Format(StrEnum):
    """How answers are written."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"


RecordAddress = Annotated[
    str | None,
    typer.Option(
        "--record", "-r", envvar="LEGATION_RECORD", help="The record: a file, or postgresql://user@host/database."
    ),
]
How = Annotated[Format, typer.Option("--format", "-f", help="How to write the answer.")]
Author = Annotated[str, typer.Option(envvar="LEGATION_AUTHOR", help="Who decides; by default the user's name.")]
Limit = Annotated[int, typer.Option(help="At most so many; 0 for all.", min=0)]
AskedActors = Annotated[
    list[str] | None, typer.Option("--actor", help="A name, state code or id; given twice: events of the pair.")
]
AskedType = Annotated[str, typer.Option("--type", help="Type of the codebook, e.g. CONSULT.")]
AskedMode = Annotated[str, typer.Option("--mode", help="Mode, e.g. visit.")]
AskedStatus = Annotated[
    str, typer.Option("--status", help="done, planned, off, denied, hypothetical; or unheard: announced, then silence.")
]
AskedPlace = Annotated[str, typer.Option("--place", help="Place or state.")]
AskedSince = Annotated[str, typer.Option("--since", help="First day, YYYY-MM-DD.")]
AskedUntil = Annotated[str, typer.Option("--until", help="Last day, YYYY-MM-DD.")]
AskedText = Annotated[str, typer.Option("--text", help="Words in a sentence that tells the event.")]
AskedKnownBy = Annotated[str, typer.Option("--known-by", help="As reports up to this day told it, YYYY-MM-DD.")]


def open_asked(address: str | None) -> Any:
    from legation.record.store import open_record

    if not address:
        raise typer.BadParameter("name the record: --record FILE, or set LEGATION_RECORD.")
    return open_record(address, must_exist=True)


def write_answer(values: Sequence[Any], form: Any, how: Format) -> None:
    """Print an answer; say so, and end with 1, where there is none."""
    from legation.views.record_forms import lines_of

    if how is Format.table:
        if values:
            Console(highlight=False, width=None if sys.stdout.isatty() else 200).print(form.show(values))
    else:
        for line in lines_of(values, form, how.value):
            typer.echo(line)
    if not values:
        errors.print("nothing found")
        raise typer.Exit(NOTHING_FOUND)


def record_paths(paths: list[str], address: str, options: Any, workers: int | None) -> tuple[int, int]:
    """Read paths into a record, telling progress on standard error; return numbers of reports and of rejected."""
    from legation.pipeline import read_into_record
    from legation.record.store import open_record

    with open_record(address) as record, errors.status("reading") as status:
        n_done = 0

        def told(added: Any) -> None:
            nonlocal n_done
            n_done += added.n_new
            status.update(f"reading: {n_done} new reports")

        def refused(item: Any) -> None:
            errors.print(f"rejected {item.origin}: {item.reason}", style="yellow", markup=False)

        added = read_into_record(paths, record, options=options, workers=workers, told=told, refused=refused)
    errors.print(
        f"{added.n_new} new reports with {added.n_claims} claims, {added.n_known} known already, "
        f"{added.n_rejected} rejected: {address}",
        markup=False,
    )
    return added.n_new + added.n_known, added.n_rejected


def events(
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
    how: How = Format.table,
) -> None:
    """List events by who, what, where, when; each with its support and conflicts."""
    from legation.record.store.asked import asked_events
    from legation.views.record_forms import EVENTS

    question = ask(actor, type, mode, status, place, since, until, text, known_by, limit)
    with open_asked(record) as held:
        found = list(asked_events(held, question))
    write_answer(found, EVENTS, how)


def ask(
    actor: list[str] | None,
    type: str,
    mode: str,
    status: str,
    place: str,
    since: str,
    until: str,
    text: str,
    known_by: str,
    limit: int,
) -> Any:
    """Return the Question that the filters of a command put."""  # fmt: skip
    from legation.record.store.asking import Question

    for name, day in (("since", since), ("until", until), ("known-by", known_by)):
        check_day(name, day)
    return Question(tuple(actor or ()), type, mode, status, place, since, until, text, known_by, limit)


def check_day(name: str, day: str) -> None:
    from datetime import date

    if day:
        try:
            date.fromisoformat(day)
        except ValueError as error:
            raise typer.BadParameter(f'--{name}: expected a day YYYY-MM-DD, found "{day}".') from error


def show(
    id: Annotated[str, typer.Argument(help="Id of an event or claim, or its beginning.")],
    record: RecordAddress = None,
    known_by: Annotated[str, typer.Option(help="As reports up to this day told it, YYYY-MM-DD.")] = "",
    how: How = Format.table,
) -> None:
    """Show an event: every claim, its sentence and outlet, why it was joined, and what disagrees."""
    from legation.record.store.asking import find_event
    from legation.views.record_forms import EVENTS, show_event

    check_day("known-by", known_by)
    with open_asked(record) as held:
        with held.reading() as connection:
            event_id = find_event(connection, id)
        found = list(held.events([event_id], known_by=known_by or None))
        horizon = known_by or held.horizon()
    if how is Format.table and found:
        Console(highlight=False, markup=False, width=None if sys.stdout.isatty() else 200).print(
            show_event(found[0], horizon)
        )
    else:
        write_answer(found, EVENTS, how)


def who(
    name: Annotated[str, typer.Argument(help="A name however spelled, or an actor's id.")],
    record: RecordAddress = None,
    limit: Annotated[int, typer.Option(help="At most so many actors.", min=1)] = 5,
    how: How = Format.table,
) -> None:
    """Show who somebody is: spellings, offices with first and last day, contacts, trips, events."""
    from legation.record.store.asking import Question, find_actors, find_contacts, find_events, read_actors
    from legation.views.record_forms import WHO, Who

    with open_asked(record) as held:
        with held.reading() as connection:
            actors = read_actors(connection, find_actors(connection, name)[:limit])
            about = [
                (actor, find_contacts(connection, actor.id), find_events(connection, Question(actors=(actor.id,))))
                for actor in actors
            ]
        found = [
            Who(actor, contacts, list(held.events(ids[-10:])), held.trips(actor.id) if actor.kind == "person" else ())
            for actor, contacts, ids in about
        ]
    write_answer(found, WHO, how)


def conflicts(
    record: RecordAddress = None,
    field: Annotated[str, typer.Option(help="when, place, participants, status, type, number, published.")] = "",
    actor: Annotated[list[str] | None, typer.Option(help="Only of events of this actor.")] = None,
    how: How = Format.table,
) -> None:
    """List where reports disagree with each other, or with the calendar: which values, and who says each."""
    from legation.record.store.asking import find_conflicts
    from legation.views.record_forms import CONFLICTS

    with open_asked(record) as held, held.reading() as connection:
        found = find_conflicts(connection, field=field, actors=actor or ())
    write_answer(found, CONFLICTS, how)


def search(
    words: Annotated[str, typer.Argument(help="Words in any script; accents and case don't matter.")],
    record: RecordAddress = None,
    limit: Limit = 50,
    how: How = Format.table,
) -> None:
    """Find reports by their words."""
    from legation.record.store.asking import find_reports
    from legation.views.record_forms import HITS

    with open_asked(record) as held, held.reading() as connection:
        found = find_reports(connection, words, limit=limit or 1_000_000)
    write_answer(found, HITS, how)


def rule(
    kind: Annotated[str, typer.Argument(help="same, different, correct, reject, add, undo.")],
    about: Annotated[
        list[str] | None, typer.Argument(help="Ids, and FIELD=VALUE for correct and add.", show_default=False)
    ] = None,
    record: RecordAddress = None,
    author: Author = "",
    reason: Annotated[str, typer.Option(help="Why.")] = "",
) -> None:
    """Decide: two are one, or not; a field's value; that a claim is wrong; an event that no report tells."""
    from legation.record.store.ruling import rule as decide

    ids = [word for word in about or () if "=" not in word]
    values = dict(word.split("=", 1) for word in about or () if "=" in word)
    with open_asked(record) as held, held.writing() as connection:
        decision = decide(connection, kind, ids, values=values, author=author or getpass.getuser(), reason=reason)
    typer.echo(decision.id)


def decisions(
    record: RecordAddress = None,
    orphans: Annotated[bool, typer.Option("--orphans", help="Only those whose object is gone or has changed.")] = False,
    export: Annotated[Path | None, typer.Option(help="Write the whole log to this file, as JSON lines.")] = None,
    import_: Annotated[Path | None, typer.Option("--import", help="Take in a log from this file.")] = None,
    how: How = Format.table,
) -> None:
    """List what was decided; write the log to a file, or take one in."""
    from legation.record.store.decided import decided, log
    from legation.record.store.ruling import export_decisions, import_decisions
    from legation.views.record_forms import DECISIONS

    with open_asked(record) as held:
        if import_:
            lines = _read_lines(import_)
            with held.writing() as connection:
                n_new = import_decisions(connection, lines)
            errors.print(f"{n_new} new decisions of {len(lines)}")
            return
        with held.reading() as connection:
            if export:
                _write_lines(export, export_decisions(connection))
                return
            if orphans:
                found = []
                for decision, state, ids in decided(connection).orphans:
                    errors.print(f"{decision.id}: {', '.join(ids)} {state}", style="yellow")
                    found.append(decision)
            else:
                found = log(connection)
    write_answer(found, DECISIONS, how)


def _read_lines(path: Path) -> list[str]:
    from legation.errors import LegationError

    try:
        return path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise LegationError(f"{path}: can't be read ({error}). Name a file written by --export.") from error


def _write_lines(path: Path, lines: Iterable[str]) -> None:
    from legation.errors import LegationError

    try:
        path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    except OSError as error:
        raise LegationError(f"{path}: can't be written ({error.strerror}). Name another file.") from error


def reread(
    record: RecordAddress = None,
    workers: Annotated[int | None, typer.Option(help="Processes; by default one for each processor.", min=1)] = None,
) -> None:
    """Read anew, with the model installed now, the reports that another model has read; decisions are replayed."""
    from legation.pipeline import read_again
    from legation.record.store.decided import decided

    with open_asked(record) as held:
        n_read = read_again(held, workers=workers)
        with held.reading() as connection:
            lost = len(decided(connection).orphans)
    errors.print(f"{n_read} reports read again")
    if lost:
        errors.print(f"{lost} decisions lost their object: legation decisions --orphans", style="yellow")


def rebuild(record: RecordAddress = None) -> None:
    """Work out names, events and conflicts again from the stored claims: after an update of legation's rules."""
    with open_asked(record) as held:
        held.rebuild()
    errors.print("rebuilt")


def backup(
    to: Annotated[Path, typer.Argument(help="The file to write.")],
    record: RecordAddress = None,
) -> None:
    """Copy a record to a file, even while it is being written."""
    with open_asked(record) as held:
        held.backup(to)
    errors.print(f"copied to {to} ({os.path.getsize(to):,} bytes)", markup=False)


def register(app: typer.Typer) -> None:
    """Put the commands on the program's app."""
    for command in (events, show, who, conflicts, search, rule, decisions, reread, rebuild, backup):
        app.command()(command)
