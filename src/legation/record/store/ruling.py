"""Takes an analyst's decisions, appends them to the log, and brings the record up to date with them.

In: what the analyst wrote. Out: the Decision; the events that it bears on are worked out anew. The same code replays an
imported log and a log after re-reading: see `decided`.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, delete, select

from legation.language.claim import Claim, DateReading, Participant, Place
from legation.language.periods import read_edtf_days
from legation.language.read import Reading
from legation.record.decision import Anchor, Decision, decision_from_json, decision_to_json, make_decision
from legation.record.grading import CREDIBILITY, RELIABILITY
from legation.record.store.asking import find_event
from legation.record.store.connect import RecordError
from legation.record.store.copied import forget_copies
from legation.record.store.decided import decided, in_force, log, store_decisions
from legation.record.store.graded import GRADED, events_of_grades, write_grades
from legation.record.store.linked import drop_tellings, settle
from legation.record.store.named import recount_names, regroup
from legation.record.store.rows import chunks
from legation.record.store.schema import claims, conflicts, decisions, names, reports, tellings
from legation.record.store.told import refresh_events
from legation.record.store.writing import add_readings, drop_claims, retell
from legation.record.telling import STATUS_ORDER
from legation.reference import country_of_name, country_of_place
from legation.reference.codebook import load_codebook
from legation.sources.report import Published, make_report

__all__ = ["FIELDS", "export_decisions", "import_decisions", "rule"]

FIELDS = ("when", "place", "country", "status", "type", "mode", "outcome")
ADDED = ("type", "mode", "status", "actors", "recipients", "when", "place", "reason")


def rule(
    connection: Connection,
    kind: str,
    ids: Sequence[str],
    *,
    values: Mapping[str, str] | None = None,
    author: str,
    reason: str = "",
    time: str | None = None,
) -> Decision:
    """Store a decision and let it take effect; within the caller's transaction.

    ids: events, claims or actors for same, different, correct, reject; decisions for undo; none for add.
    values: field -> value for correct and add. time: instant, by default now.
    """
    values = dict(values or {})
    _check(kind, ids, values)
    anchors = tuple(_anchor(connection, kind, id_) for id_ in ids)
    if kind in ("same", "different") and len({a.id.startswith("a-") for a in anchors}) > 1:
        raise RecordError(f"rule {kind}: expected two events, two claims or two actors, found one of each.")
    decision = make_decision(
        kind,
        anchors,
        author=author,
        time=time or datetime.now(UTC).isoformat(timespec="microseconds"),
        reason=reason,
        values=tuple(sorted(values.items())),
    )
    store_decisions(connection, [decision])
    _take_effect(connection, [decision])
    return decision


ALLOWED = {"correct": FIELDS, "add": ADDED, "grade": GRADED, "seen": ("item", "answer")}
EXPECTED = {
    "same": (2, "two ids"),
    "different": (2, "two ids"),
    "correct": (1, "one event"),
    "reject": (1, "one event or claim"),
    "undo": (1, "one decision"),
    "add": (0, "no id, but type=… actors=…"),
    "grade": (0, "no id, but source=… reliability=A…F, or report=… credibility=1…6"),
    "seen": (0, "no id, but item=… answer=…"),
}


def _check(kind: str, ids: Sequence[str], values: Mapping[str, str]) -> None:
    if kind not in EXPECTED:
        raise RecordError(f'rule: expected one of {", ".join(EXPECTED)}, found "{kind}".')
    n, words = EXPECTED[kind]
    if len(ids) != n:
        raise RecordError(f"rule {kind}: expected {words}, found {len(ids)}: {' '.join(ids) or 'none'}.")
    allowed = ALLOWED.get(kind, ())
    for name in values:
        if name not in allowed:
            hint = f"Its fields are {', '.join(allowed)}." if allowed else "It takes none."
            raise RecordError(f'rule {kind}: no field "{name}". {hint}')
    if kind == "correct" and not values:
        raise RecordError(f"rule correct: expected FIELD=VALUE, found none. Fields: {', '.join(FIELDS)}.")
    if kind == "add" and not (values.get("type") and values.get("actors")):
        raise RecordError('rule add: expected at least type=… and actors="Name/CODE; …", found less.')
    if kind == "grade":
        _check_grade(values)
    if kind == "seen" and not (values.get("item") and values.get("answer")):
        raise RecordError("rule seen: expected item=… and answer=…, found less.")
    _check_values(values)


def _check_grade(values: Mapping[str, str]) -> None:
    """An outlet has a reliability, a report a credibility."""
    for about, grade, scale in (("source", "reliability", RELIABILITY), ("report", "credibility", CREDIBILITY)):
        if values.get(about) and set(values) == {about, grade} and values[grade] in scale:
            return
    raise RecordError(
        "rule grade: expected source=OUTLET reliability=A…F, or report=DIGEST credibility=1…6; found "
        + (" ".join(f"{name}={value}" for name, value in sorted(values.items())) or "nothing")
        + "."
    )


def _check_values(values: Mapping[str, str]) -> None:
    if values.get("when") and read_edtf_days(values["when"]) is None:
        raise RecordError(f'when: expected a day as YYYY-MM-DD, YYYY-MM or FIRST/LAST, found "{values["when"]}".')
    if values.get("status") and values["status"] not in STATUS_ORDER:
        raise RecordError(f'status: expected one of {", ".join(STATUS_ORDER)}, found "{values["status"]}".')
    book = {entry.code: entry for entry in load_codebook().types}
    if values.get("type") and values["type"] not in book:
        raise RecordError(f'type: "{values["type"]}" is not in the codebook. Its types are {", ".join(book)}.')


def _anchor(connection: Connection, kind: str, id_: str) -> Anchor:
    """Hold fast what an id means today: by the claims, in their sentences."""
    if kind == "undo":
        if connection.scalar(select(decisions.c.id).where(decisions.c.id == id_)) is None:
            raise RecordError(f'undo: no decision "{id_}". `legation decisions` lists them.')
        return Anchor(id_)
    if id_.startswith("a-"):
        if kind not in ("same", "different"):
            raise RecordError(f'rule {kind}: expected an event or claim, found the actor "{id_}".')
        if connection.scalar(select(names.c.id).where(names.c.id == id_)) is None:
            raise RecordError(f'"{id_}": no actor of this id in the record. `legation who NAME` shows ids.')
        return Anchor(id_)
    query = select(claims).order_by(claims.c.id)
    if id_.startswith("c-"):
        rows = connection.execute(query.where(claims.c.id == id_)).all()
        if not rows:
            raise RecordError(f'"{id_}": no claim of this id in the record. `legation show EVENT` lists its claims.')
    else:
        event = find_event(connection, id_)
        rows = connection.execute(
            query.join(tellings, tellings.c.id == claims.c.telling).where(tellings.c.event == event)
        ).all()
        id_ = event
    return Anchor(id_, tuple((r.id, r.digest, r.sentence_start, r.sentence_end, r.type) for r in rows))


def _take_effect(connection: Connection, new: Sequence[Decision]) -> None:
    """Work out anew what these decisions bear on, those that they undo included."""
    concerned = list(new)
    by_id = {d.id: d for d in log(connection)}
    for d in concerned:
        if d.kind == "undo":
            concerned += [by_id[a.id] for a in d.anchors if a.id in by_id and by_id[a.id] not in concerned]
    anchors = [anchor for d in concerned if d.kind != "undo" for anchor in d.anchors]
    actors = {anchor.id for anchor in anchors if anchor.id.startswith("a-")}
    if actors:
        standing = decided(connection)
        regroup(connection, actors, same=standing.same_names, apart=standing.different_names)
    digests = {claim[1] for anchor in anchors for claim in anchor.claims}
    present: set[str] = set()
    for some in chunks(digests):
        present |= set(connection.scalars(select(reports.c.digest).where(reports.c.digest.in_(some))))
    if present:
        retell(connection, present)
    _settle_added(connection, concerned)
    if any(d.kind == "grade" for d in concerned):
        write_grades(connection)
        refresh_events(connection, events_of_grades(connection, concerned), corrections=decided(connection).corrections)


def _settle_added(connection: Connection, concerned: Iterable[Decision]) -> None:
    """Bring in what was added, and take out what was undone."""
    forced = {d.id for d in in_force(log(connection))}
    for d in concerned:
        if d.kind != "add":
            continue
        reading = _added(d)
        if d.id in forced:
            add_readings(connection, [reading], reader=f"decision {d.id}")
        else:
            _take_out(connection, reading.report.digest)


def _added(decision: Decision) -> Reading:
    """An analyst's own claim, as a report of one sentence by its author."""
    values = dict(decision.values)
    spans: dict[str, tuple[int, int]] = {}
    text = ""
    parts = {
        name: [p.strip() for p in values.get(name, "").split(";") if p.strip()] for name in ("actors", "recipients")
    }
    for word in (
        values["type"],
        *parts["actors"],
        *parts["recipients"],
        values.get("place", ""),
        values.get("when", ""),
    ):
        if word:
            start = len(text) + (1 if text else 0)
            text = f"{text} {word}" if text else word
            spans.setdefault(word, (start, start + len(word)))
    reason = decision.reason or values.get("reason", "")
    text = f"{text}. {reason}" if reason else text
    report = make_report(
        text,
        origin=f"decision {decision.id}", published=Published(decision.time[:10], "field"), source=decision.author,
        title=f"Added by {decision.author}", id=decision.id,
    )  # fmt: skip
    when = values.get("when")
    place = values.get("place")
    claim = Claim(
        id="c-" + decision.id[2:],
        report=report.id,
        sentence=(0, len(text)),
        trigger=spans[values["type"]],
        type=values["type"],
        mode=values.get("mode"),
        status=values.get("status", "done"),
        actors=tuple(_participant(p, spans[p]) for p in parts["actors"]),
        recipients=tuple(_participant(p, spans[p]) for p in parts["recipients"]),
        place=_place(place, spans[place]) if place else None,
        when=DateReading(when, spans[when], "ruled") if when else None,
        said_by=None,
        score=1.0,
        event=0,
    )
    return Reading(report, (claim,), (), ())


def _participant(words: str, span: tuple[int, int]) -> Participant:
    name, _, code = words.partition("/")
    return Participant(span, name.strip(), code.strip() or country_of_name(name.strip()))


def _place(words: str, span: tuple[int, int]) -> Place:
    name, _, code = words.partition("/")
    return Place(span, name.strip(), code.strip() or country_of_place(name.strip()))


def _take_out(connection: Connection, digest: str) -> None:
    own = set(connection.scalars(select(tellings.c.id).where(tellings.c.digest == digest)))
    orphans, touched = drop_tellings(connection, own)
    lost = drop_claims(connection, {digest})
    touched |= forget_copies(connection, digest)
    connection.execute(delete(conflicts).where(conflicts.c.digest == digest, conflicts.c.event == ""))
    connection.execute(delete(reports).where(reports.c.digest == digest))
    standing = decided(connection)
    recount_names(connection, lost, same=standing.same_names, apart=standing.different_names)
    changed = settle(connection, (), orphans, rulings=standing.rulings) | touched
    refresh_events(connection, changed, corrections=standing.corrections)


def export_decisions(connection: Connection) -> list[str]:
    """Return the whole log as JSON lines, oldest first."""
    return [json.dumps(decision_to_json(d), ensure_ascii=False) for d in log(connection)]


def import_decisions(connection: Connection, lines: Iterable[str]) -> int:
    """Append decisions from JSON lines and let them take effect; return how many were new."""
    found = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            found.append(_read_line(number, line))
    known = {d.id for d in log(connection)}
    new = [d for d in found if d.id not in known]
    store_decisions(connection, new)
    _take_effect(connection, new)
    return len(new)


def _read_line(number: int, line: str) -> Decision:
    try:
        value: Any = json.loads(line)
    except json.JSONDecodeError as error:
        raise RecordError(f"decisions, line {number}: expected a JSON object, found {line[:60]!r}.") from error
    return decision_from_json(value)
