"""What an analyst ruled. An append-only log: a decision is undone by a further decision, never changed.

A decision names its objects by claims, not by event ids alone, so that it can be replayed on a record that was read
again: an event is found by its claims, a claim by report and sentence where a new model gave it another id.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from legation.errors import LegationError

__all__ = ["KINDS", "Anchor", "Decision", "decision_from_json", "decision_to_json", "make_decision"]

KINDS = ("same", "different", "correct", "reject", "add", "grade", "seen", "undo")


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a decision is about: an event or claim by its claims, an actor by its name.

    id:     as the analyst gave it: event "e-…", claim "c-…", actor "a-…", decision "d-…".
    claims: (claim id, digest of the report, start and end of the sentence, type) of each claim meant.
    """

    id: str
    claims: tuple[tuple[str, str, int, int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """One ruling. time: instant, ISO 8601; values: what "correct" and "add" set."""

    id: str
    kind: str
    anchors: tuple[Anchor, ...]
    values: tuple[tuple[str, str], ...]
    author: str
    time: str
    reason: str


def make_decision(
    kind: str,
    anchors: tuple[Anchor, ...],
    *,
    author: str,
    time: str,
    reason: str = "",
    values: tuple[tuple[str, str], ...] = (),
) -> Decision:
    """Return a decision whose id comes from its content, so that a file imported twice adds nothing."""
    if kind not in KINDS:
        raise LegationError(f'decision: expected one of {", ".join(KINDS)}, found "{kind}".')
    if not author:
        raise LegationError("decision: expected an author, found none. Give --author or set LEGATION_AUTHOR.")
    content = json.dumps([kind, [asdict(a) for a in anchors], values, author, time, reason], ensure_ascii=False)
    digest = hashlib.sha256(content.encode()).hexdigest()
    return Decision(f"d-{digest[:12]}", kind, anchors, values, author, time, reason)


def decision_to_json(decision: Decision) -> dict[str, Any]:
    """Return the decision as a JSON object, one line of an exported log."""
    return asdict(decision)


def decision_from_json(value: dict[str, Any]) -> Decision:
    """Return the decision that a line of an exported log holds; its id is worked out again and must agree."""
    try:
        anchors = tuple(
            Anchor(a["id"], tuple((c[0], c[1], int(c[2]), int(c[3]), c[4]) for c in a["claims"]))
            for a in value["anchors"]
        )
        decision = make_decision(
            value["kind"],
            anchors,
            author=value["author"],
            time=value["time"],
            reason=value["reason"],
            values=tuple((k, v) for k, v in value["values"]),
        )
    except (KeyError, TypeError, IndexError, ValueError) as error:
        raise LegationError(
            f"decisions: expected a line written by `legation decisions --export`, found {str(value)[:80]}."
        ) from error
    if value.get("id") not in (None, decision.id):
        raise LegationError(
            f"decisions: line {value['id']} was changed by hand: its content gives {decision.id}. "
            "Leave out the id to import it as a decision of its own."
        )
    return decision
