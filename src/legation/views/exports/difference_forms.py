"""Differences between two states of a record as table, JSON and CSV."""

from collections.abc import Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from legation.views.exports.difference import KINDS, Change, Outline, summary
from legation.views.record_forms import Form

__all__ = ["DIFFERENCES"]

STYLES = {"added": "green", "withdrawn": "red", "changed": "yellow", "merged": "cyan", "split": "cyan"}


def _json(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "day": change.day or None,
        "title": change.title,
        "before": [_outline(outline) for outline in change.before],
        "after": [_outline(outline) for outline in change.after],
        "fields": [{"field": f.field, "before": f.before, "after": f.after} for f in change.fields],
        "why": list(change.why),
    }


def _outline(outline: Outline) -> dict[str, Any]:
    return {
        "id": outline.id,
        "title": outline.title,
        **{name.replace(" ", "_"): value for name, value in outline.values.items()},
        "support": outline.support,
        "reports": sorted({claim.report for claim in outline.claims}),
    }


def _fields(change: Change) -> str:
    return "; ".join(f"{f.field}: {f.before or 'none'} -> {f.after or 'none'}" for f in change.fields)


def _row(change: Change) -> Sequence[object]:
    ids = ("; ".join(outline.id for outline in side) for side in (change.before, change.after))
    return change.kind, change.day, change.title, *ids, _fields(change), "; ".join(change.why)


def _show(changes: Sequence[Change]) -> RenderableType:
    table = Table("day", "what", "event", "how and why", box=None, pad_edge=False, header_style="dim")
    for change in changes:
        lines = [Text(f"{f.field}: {f.before or 'none'} → {f.after or 'none'}") for f in change.fields]
        lines += [Text(words, style="dim") for words in change.why]
        ids = ", ".join(outline.id for outline in change.after or change.before)
        table.add_row(
            change.day or "undated", Text(KINDS[change.kind], style=STYLES.get(change.kind, "")),
            Group(Text(change.title), Text(ids, style="dim")), Group(*lines),
        )  # fmt: skip
    return Group(Text(summary(changes), style="bold"), table)


DIFFERENCES: Form[Change] = Form(("kind", "day", "title", "before", "after", "fields", "why"), _json, _row, _show)
