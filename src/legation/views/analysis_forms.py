"""Ties, silences and returns as people and programs want them: table, JSON, CSV.

In: values of the analysis. Out: dicts for JSON and CSV, and objects that rich prints. No printing here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from legation.analysis.calendar import Entry
from legation.analysis.countermoves import CounterMoves
from legation.analysis.dealing import Dealing
from legation.analysis.party import Party
from legation.analysis.quotes import Quote
from legation.analysis.silences import Return, Silence
from legation.analysis.ties import Bin, Tie
from legation.record.event import LEVELS
from legation.views.record_forms import Form

__all__ = ["ENTRIES", "GAPS", "SERIES", "TieShown", "series_of", "show_ties", "tie_to_json"]

VERDICTS = {"rising": "green", "falling": "red", "no change": "", "thin data": "yellow"}
BAR = 24  # characters of the longest bar
MOST_SHOWN = 5  # coincidences of one rival


# Ties ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TieShown:
    """A tie with the dealings that its evidence names, and what rivals did soon after."""

    tie: Tie
    dealings: Sequence[Dealing]
    rivals: Sequence[CounterMoves] = ()


def tie_to_json(shown: TieShown) -> dict[str, Any]:
    """Return a tie with its series, its change call, the ids of its events, and the rivals."""
    tie = shown.tie
    return {
        **asdict(tie),
        "a": _party_json(tie.a),
        "b": _party_json(tie.b),
        "statuses": dict(tie.statuses),
        "channels": dict(tie.channels),
        "change": {"verdict": tie.change.change.verdict, **asdict(tie.change)},
        "rivals": [asdict(one) for one in shown.rivals],
    }


def _party_json(party: Party) -> dict[str, Any]:
    return {"name": party.name, "code": party.code, "group": party.group, "actors": sorted(party.actors)}


SERIES_COLUMNS = (
    "a", "b", "period", "start", "events", "origins", "score", "level_0", "level_1", "level_2", "level_3", "level_4",
    "level_5", "by_report", "origins_read", "events_per_100",
)  # fmt: skip
Row = tuple[Tie, Bin]


def series_of(ties: Iterable[Tie]) -> list[Row]:
    """Return the periods of ties, one value each."""
    return [(tie, bin_) for tie in ties for bin_ in tie.bins]


def _series_json(row: Row) -> dict[str, Any]:
    return dict(zip(SERIES_COLUMNS, _series_row(row), strict=True))


def _series_row(row: Row) -> Sequence[object]:
    tie, b = row
    return (
        tie.a.name, tie.b.name, b.label, b.start, b.n_events, b.n_origins, b.score, *b.by_level, b.n_by_report, b.read,
        b.per_100,
    )  # fmt: skip


def _show_series(rows: Sequence[Row]) -> RenderableType:
    table = Table("", "events", "", "origins", "score", "read", "per 100", box=None, pad_edge=False, header_style="dim")
    most = max((b.n_events for _, b in rows), default=0) or 1
    for _, b in rows:
        bar = "█" * round(BAR * b.n_events / most)
        rate = "" if b.per_100 is None else f"{b.per_100:g}"
        table.add_row("  " + b.label, str(b.n_events), bar, str(b.n_origins), f"{b.score:+g}", str(b.read), rate)
    return table


# One row a period.
SERIES: Form[Row] = Form(SERIES_COLUMNS, _series_json, _series_row, _show_series)


def show_ties(ties: Iterable[TieShown]) -> RenderableType:
    """Ties with their calls, their evidence and their series."""
    return Group(*(line for shown in ties for line in _show_tie(shown, {d.event.id: d for d in shown.dealings})))


def _show_tie(shown: TieShown, known: dict[str, Dealing]) -> list[RenderableType]:
    tie = shown.tie
    verdict = tie.change.change.verdict
    statuses = ", ".join(f"{n} {status}" for status, n in tie.statuses) or "none"
    lines: list[RenderableType] = [
        Text.assemble(
            (f"{tie.a.name} - {tie.b.name}", "bold"),
            f"  {tie.first} to {tie.last}  {len(tie.events)} events: {statuses}",
        ),
        Text.assemble("  change   ", (verdict, VERDICTS[verdict]), f"  {tie.change.reason}"),
    ]
    if tie.change.baseline:
        lines.append(Text(f"           {tie.change.baseline}", style="dim"))
    lines += [_show_evidence(known[id_]) for id_ in tie.change.events if id_ in known]
    lines += [Text(f"  {name:<8} {words}") for name, words in _facts(tie) if words]
    lines += [line for rival in shown.rivals for line in _show_rival(rival)]
    return [*lines, _show_series(series_of([tie])), Text("")]


def _show_evidence(dealing: Dealing) -> RenderableType:
    event = dealing.event
    names = ", ".join(p.name for p in event.participants)
    return Text(f"           {dealing.day}  {event.mode or event.type.lower()}: {names}  {event.id}", style="dim")


def _show_rival(moves: CounterMoves) -> list[RenderableType]:
    lines: list[RenderableType] = [
        Text.assemble(f"  beside   {moves.theirs}  ", (moves.verdict, "bold"), f"  {moves.words}")
    ]
    lines += [
        Text(
            f"           {c.theirs}, {c.days} days after {c.ours}{'' if c.is_told else ' (by their reports)'}",
            style="dim",
        )
        for c in moves.coincidences[:MOST_SHOWN]
    ]
    if moves.rival:
        lines += [Text(f"           a rival: {moves.rival.why}", style="dim"), _show_quote(moves.rival.quote)]
    return lines


def _facts(tie: Tie) -> list[tuple[str, str]]:
    r = tie.reciprocity
    a, b = tie.a.name, tie.b.name
    visits = (
        f"{a} in {b} {r.a_to_b}, {b} in {a} {r.b_to_a}, elsewhere or by telephone {r.elsewhere}, not told {r.unknown}"
    )
    levels = "; ".join(f"{LEVELS[c.level]} {c.n_events}, last {c.last} ({c.event})" for c in tie.levels)
    past = [f"{len(tie.before)} events before {tie.first}"] if tie.before else []
    past += [f"{len(tie.unplaced)} told too vaguely for a {tie.period}"] if tie.unplaced else []
    return [
        ("highest", levels),
        ("visits", visits),
        ("acts", f"{a} towards {b} {r.acts_a}, {b} towards {a} {r.acts_b}"),
        ("channel", ", ".join(f"{channel} {n}" for channel, n in tie.channels)),
        ("besides", "; ".join(past)),
    ]


# Silences and returns ------------------------------------------------------------------------------------------------


def _gap_json(gap: Silence | Return) -> dict[str, Any]:
    return {"kind": "silence" if isinstance(gap, Silence) else "return", **asdict(gap)}


GAP_COLUMNS = (
    "kind", "a", "b", "basis", "level", "since", "until", "days", "usual", "chance", "words", "events", "reports",
)  # fmt: skip


def _gap_row(gap: Silence | Return) -> Sequence[object]:
    kind, until = ("silence", gap.until) if isinstance(gap, Silence) else ("return", gap.day)
    return (
        kind, gap.a, gap.b, gap.basis, gap.level, gap.since, until, gap.days or None, gap.usual or None, gap.chance,
        gap.words, "; ".join(gap.events), "; ".join(remark.quote.report for remark in gap.remarks),
    )  # fmt: skip


def _show_gaps(gaps: Sequence[Silence | Return]) -> RenderableType:
    return Group(*(line for gap in gaps for line in _show_gap(gap)))


def _show_gap(gap: Silence | Return) -> list[RenderableType]:
    kind, style = ("silence", "yellow") if isinstance(gap, Silence) else ("return", "green")
    head = Text.assemble((f"{gap.a} - {gap.b}", "bold"), "  ", (kind, style), f"  {gap.words}")
    evidence = [Text(f"    {', '.join(gap.events)}", style="dim")] if gap.events else []
    return [head, *evidence, *(_show_quote(remark.quote) for remark in gap.remarks)]


def _show_quote(quote: Quote) -> RenderableType:
    """A sentence with its day, its outlet and its report."""
    head = f"{quote.published[:10]}  {quote.source or quote.report}"
    return Text.assemble(f"    {quote.sentence}", (f"  {head}, report {quote.report}", "dim"))


GAPS: Form[Silence | Return] = Form(GAP_COLUMNS, _gap_json, _gap_row, _show_gaps)


# The calendar --------------------------------------------------------------------------------------------------------

ENTRY_COLUMNS = (
    "id", "kind", "when", "first", "last", "title", "parties", "place", "host", "outcome", "words", "events", "related",
    "reports", "sentence",
)  # fmt: skip


def _entry_row(entry: Entry) -> Sequence[object]:
    return (
        entry.id, entry.kind, entry.when, entry.first, entry.last, entry.title, "; ".join(entry.parties), entry.place,
        entry.host, entry.outcome, entry.words, "; ".join(entry.events), "; ".join(entry.related),
        "; ".join(dict.fromkeys(quote.report for quote in entry.quotes)), entry.quotes[0].sentence,
    )  # fmt: skip


OUTCOME_STYLES = {
    "held": "green", "postponed": "yellow", "cancelled": "red", "denied": "red", "awaited": "cyan", "unheard": "yellow",
}  # fmt: skip


def _show_entries(entries: Sequence[Entry]) -> RenderableType:
    return Group(*(line for entry in entries for line in _show_entry(entry)))


def _show_entry(entry: Entry) -> list[RenderableType]:
    head = Text.assemble(
        (f"{entry.when or 'no day':<22}", "bold"), f" {entry.title}  ",
        (entry.outcome or entry.kind, OUTCOME_STYLES.get(entry.outcome, "")), f"  {entry.words}",
    )  # fmt: skip
    return [head, *map(_show_quote, entry.quotes[:2])]


ENTRIES: Form[Entry] = Form(ENTRY_COLUMNS, asdict, _entry_row, _show_entries)
