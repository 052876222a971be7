"""Commands that say what changed: ties, silences, calendar.

Parses, calls, prints; `register_analysis` puts the commands on the program's app.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from legation.views.record_cli import AskedKnownBy, Format, How, RecordAddress, check_day, open_asked, write_answer

__all__ = ["register_analysis"]

errors = Console(stderr=True, highlight=False)

Pairs = Annotated[
    list[str], typer.Argument(help='Two states, groups or persons: CHN-PRK, PRK-ASEAN, "Kim Song Nam / Wang Yi".')
]
Since = Annotated[str, typer.Option("--since", help="First day, YYYY-MM-DD; by default the first that was read.")]
Until = Annotated[str, typer.Option("--until", help="Last day, YYYY-MM-DD; by default the last that was read.")]


def ties(
    pairs: Pairs,
    record: RecordAddress = None,
    by: Annotated[str, typer.Option(help="week, month, quarter; by default what suits the length.")] = "",
    since: Since = "",
    until: Until = "",
    rival: Annotated[
        list[str] | None,
        typer.Option(help="Also what this pair did soon after; `any` for those whom the record shows as rivals."),
    ] = None,
    known_by: AskedKnownBy = "",
    how: How = Format.table,
) -> None:
    """Show the history of a tie: series against what was read, who goes to whom, levels, change of pace."""
    from legation.analysis.gathering import find_pair, load_countermoves, load_dealings, load_survey
    from legation.analysis.ties import RECENT, describe_tie
    from legation.views.analysis_forms import SERIES, TieShown, series_of, show_ties, tie_to_json

    if by and by not in RECENT:
        raise typer.BadParameter(f'--by: expected week, month or quarter, found "{by}".')
    for name, day in (("since", since), ("until", until), ("known-by", known_by)):
        check_day(name, day)
    shown = []
    with open_asked(record) as held:
        survey = load_survey(held, known_by=known_by or None)
        for words in pairs:
            a, b = find_pair(held, words)
            dealings = load_dealings(held, a, b, known_by=known_by or None)
            tie = describe_tie(a, b, dealings, survey.volume, period=by or None, since=since, until=until)
            named = [one for one in rival or () if one != "any"]
            moves = load_countermoves(held, a, b, named, known_by=known_by or None) if rival else []
            shown.append(TieShown(tie, dealings, moves))
    if how is Format.table:
        _print(show_ties(shown))
    elif how is Format.json:
        typer.echo(json.dumps([tie_to_json(one) for one in shown], ensure_ascii=False, indent=1))
    else:
        write_answer(series_of(one.tie for one in shown), SERIES, how)


def _print(shown: Any) -> None:
    Console(highlight=False, width=None if sys.stdout.isatty() else 160).print(shown)


def silences(
    pairs: Annotated[
        list[str] | None, typer.Argument(help="As for `ties`; by default every two states.", show_default=False)
    ] = None,
    record: RecordAddress = None,
    since: Annotated[str, typer.Option("--since", help="Only returns and reports since this day, YYYY-MM-DD.")] = "",
    known_by: AskedKnownBy = "",
    how: How = Format.table,
) -> None:
    """List contacts that used to happen and stopped, and those that came back after an unusual gap."""
    from legation.analysis.gathering import load_gaps
    from legation.views.analysis_forms import GAPS

    for name, day in (("since", since), ("known-by", known_by)):
        check_day(name, day)
    with open_asked(record) as held:
        found = load_gaps(held, pairs or (), since=since, known_by=known_by or None)
    write_answer(found, GAPS, how)


def calendar(
    record: RecordAddress = None,
    actor: Annotated[
        list[str] | None, typer.Option(help="Only what concerns this state, group or person; may be given twice.")
    ] = None,
    kind: Annotated[str, typer.Option(help="planned, anniversary, year, forum.")] = "",
    outcome: Annotated[
        str, typer.Option(help="Of what was planned: held, postponed, cancelled, denied, awaited, overdue, unheard.")
    ] = "",
    since: Annotated[str, typer.Option("--since", help="First day, YYYY-MM-DD.")] = "",
    until: Annotated[str, typer.Option("--until", help="Last day, YYYY-MM-DD.")] = "",
    known_by: AskedKnownBy = "",
    ics: Annotated[
        Path | None, typer.Option(help="Write the entries that have a day to this file, as iCalendar.")
    ] = None,
    how: How = Format.table,
) -> None:
    """List what was planned and what became of it, anniversaries, named years, forums and their hosts."""
    from legation.analysis.calendar import KINDS, OUTCOMES
    from legation.analysis.gathering import load_calendar
    from legation.views.analysis_forms import ENTRIES

    _check_choice("kind", kind, KINDS)
    _check_choice("outcome", outcome, tuple(OUTCOMES))
    for name, day in (("since", since), ("until", until), ("known-by", known_by)):
        check_day(name, day)
    with open_asked(record) as held:
        found = load_calendar(held, actor or (), since=since, until=until, known_by=known_by or None)
    chosen = [e for e in found if kind in ("", e.kind) and outcome in ("", e.outcome)]
    if ics:
        _write_ics(chosen, ics)
    else:
        write_answer(chosen, ENTRIES, how)


def _check_choice(name: str, value: str, known: Sequence[str]) -> None:
    if value and value not in known:
        raise typer.BadParameter(f'--{name}: expected one of {", ".join(known)}, found "{value}".')


def _write_ics(entries: Sequence[Any], path: Path) -> None:
    from legation.errors import LegationError
    from legation.views.calendar_file import calendar_file_lines

    dated = [entry for entry in entries if entry.first]
    try:
        path.write_text("".join(calendar_file_lines(dated)), encoding="utf-8", newline="")
    except OSError as error:
        raise LegationError(f"{path}: can't be written ({error.strerror}). Name another file.") from error
    left = f", {len(entries) - len(dated)} without a day left out" if len(dated) < len(entries) else ""
    errors.print(f"{len(dated)} entries: {path}{left}", markup=False)


def register_analysis(app: typer.Typer) -> None:
    """Put the commands on the program's app."""
    for command in (ties, silences, calendar):
        app.command()(command)
