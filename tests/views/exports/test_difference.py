"""What differs between two states of a record, and between two days of one: each change with its reason."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from telling_by_hand import KIM, LE, WANG, act, tell
from typer.testing import CliRunner

from legation.record.store import Record, open_record
from legation.record.store.asking import Question, find_events
from legation.record.store.ruling import rule
from legation.views.cli import app
from legation.views.exports.difference import Change, compare, summary
from legation.views.exports.states import state_of

TALKS = act(who=[KIM], whom=[WANG], when="2024-03-23", where=("Beijing", "CHN"))
CALL = act("CONSULT", "call", who=[WANG], whom=[LE], when="2024-03-20")
AGAIN = act(who=[KIM], whom=[WANG], when="2024-03-23", sentence="In the capital Kim Song Nam saw Wang Yi on Saturday.")


def differences(before: Record, after: Record, *days: str) -> list[Change]:
    first, second = (*days, "", "")[:2]
    return compare(state_of(before, first), state_of(after, second))


@pytest.fixture
def old(tmp_path: Path) -> Record:
    record = open_record(tmp_path / "old.legation")
    record.add(
        [tell("2024-03-24", TALKS, source="Wire", id="one"), tell("2024-03-21", CALL, source="Wire", id="call")],
        reader="m",
    )
    return record


@pytest.fixture
def new(old: Record, tmp_path: Path) -> Record:
    """A copy of the old record, to be changed."""
    old.backup(tmp_path / "new.legation")
    return open_record(tmp_path / "new.legation")


def ruled(record: Record, kind: str, type_mode: str = "", **values: str) -> str:
    with record.writing() as connection:
        ids = find_events(connection, Question(mode=type_mode)) if type_mode else []
        about = [next(e for e in record.events(ids)).claims[0].claim.id] if kind == "reject" else ids
        return rule(connection, kind, about, values=values, author="Mori", reason="the ministry's note").id


def test_a_record_does_not_differ_from_its_copy(old: Record, new: Record) -> None:
    assert differences(old, new) == []
    assert summary([]) == "nothing differs"


def test_a_new_report_adds_an_event_and_says_so(old: Record, new: Record) -> None:
    new.add(
        [tell("2024-03-28", act(who=[KIM], whom=[LE], when="2024-03-26"), source="Courier", id="hanoi")], reader="m"
    )
    (change,) = differences(old, new)
    assert (change.kind, change.day, change.why) == (
        "added",
        "2024-03-26",
        ("new reports: hanoi (Courier, 2024-03-28)",),
    )
    assert change.title == "Kim Song Nam meets Le Hoai Trung"
    assert summary([change]) == "1 event added"


def test_a_rejected_claim_withdraws_its_event_with_the_ruling(old: Record, new: Record) -> None:
    decision = ruled(new, "reject", "call")
    (change,) = differences(old, new)
    assert (change.kind, change.why) == ("withdrawn", (f"decided reject {decision} by Mori: the ministry's note",))
    back = differences(new, old)
    assert [(c.kind, c.why) for c in back] == [("added", (f"undone reject {decision} by Mori: the ministry's note",))]


def test_a_correction_is_told_with_both_values(old: Record, new: Record) -> None:
    decision = ruled(new, "correct", "meet", when="2024-03-22")
    (change,) = differences(old, new)
    assert change.kind == "changed"
    assert ("when", "2024-03-23", "2024-03-22") in {(f.field, f.before, f.after) for f in change.fields}
    assert change.why == (f"decided correct {decision} by Mori: the ministry's note",)


def test_more_reports_of_an_event_are_better_support_alone(old: Record, new: Record) -> None:
    again = act(
        who=[KIM], whom=[WANG], when="2024-03-23", sentence="In the capital Kim Song Nam saw Wang Yi on Saturday."
    )
    new.add([tell("2024-03-25", again, source="Courier", id="two")], reader="m")
    (change,) = differences(old, new)
    assert (change.kind, [f.field for f in change.fields]) == ("supported", ["support"])
    assert (change.fields[0].before, change.fields[0].after) == ("1 origin, 1 report", "2 origins, 2 reports")
    assert change.why == ("new reports: two (Courier, 2024-03-25)",)


def test_two_events_ruled_one_are_merged_and_parted_again(old: Record, new: Record, tmp_path: Path) -> None:
    later = act(who=[KIM], whom=[WANG], when="2024-04-20", sentence="Kim Song Nam saw Wang Yi a second time.")
    for record in (old, new):
        record.add([tell("2024-04-21", later, source="Courier", id="april")], reader="m")
    decision = ruled(new, "same", "meet")
    (change,) = differences(old, new)
    assert (change.kind, len(change.before), len(change.after)) == ("merged", 2, 1)
    assert change.why[0] == f"decided same {decision} by Mori: the ministry's note"
    (back,) = differences(new, old)
    assert (back.kind, back.why) == ("split", (f"undone same {decision} by Mori: the ministry's note",))


def test_events_that_join_say_on_what_grounds(old: Record, new: Record) -> None:
    for record in (old, new):
        record.add([tell("2024-03-25", AGAIN, source="Courier", id="two")], reader="m")
    with old.writing() as connection:
        (event,) = old.events(find_events(connection, Question(mode="meet")))
        claims = [claim.claim.id for claim in event.claims]
        decision = rule(connection, "different", claims, values={}, author="Mori").id
    (change,) = differences(old, new)
    assert (change.kind, change.why[0]) == ("merged", f"undone different {decision} by Mori")
    assert any(words.startswith("joined: same persons: ") for words in change.why)


def test_a_report_read_anew_keeps_its_event(old: Record, tmp_path: Path) -> None:
    reading = tell("2024-03-24", TALKS, source="Wire", id="one")
    from dataclasses import replace

    other_ids = tuple(replace(claim, id=f"c-{n:016d}") for n, claim in enumerate(reading.claims))
    with open_record(tmp_path / "other.legation") as other:
        call = tell("2024-03-21", CALL, source="Wire", id="call")
        other.add([replace(reading, claims=other_ids), call], reader="another")
        assert differences(old, other) == []


def test_a_report_that_is_gone_withdraws_what_it_told(old: Record, tmp_path: Path) -> None:
    with open_record(tmp_path / "less.legation") as less:
        less.add([tell("2024-03-24", TALKS, source="Wire", id="one")], reader="m")
        (change,) = differences(old, less)
    assert (change.kind, change.why) == ("withdrawn", ("reports gone: call (Wire, 2024-03-21)",))


def test_two_days_of_one_record_differ_by_what_was_reported_between(desk: Record) -> None:
    changes = differences(desk, desk, "2024-03-22", "2024-03-27")
    told = {(c.kind, c.title) for c in changes}
    assert told == {
        ("added", "Kim Song Nam meets Wang Yi"),
        ("added", "Kim Song Nam meets Le Hoai Trung"),
        ("changed", "Kim Song Nam visits Vietnam"),
    }
    (visit,) = (c for c in changes if c.kind == "changed")
    assert ("status", "planned", "done") in {(f.field, f.before, f.after) for f in visit.fields}
    assert visit.why == ("new reports: held (Capital Courier, 2024-03-27)",)
    assert summary(changes) == "2 events added, 1 changed"


def run(*arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["diff", *arguments])
    return done.exit_code, done.stdout, done.stderr


def test_the_command_tells_two_records_and_two_days(desk_path: Path, old: Record, new: Record) -> None:
    ruled(new, "reject", "call")
    code, out, said = run(old.address, new.address)
    assert (code, "1 event withdrawn" in out, "1 event withdrawn" in said) == (0, True, True)
    assert "the ministry's note" in " ".join(out.split())
    code, out, _ = run(str(desk_path), "--known-by", "2024-03-22", "--known-by", "2024-03-27", "-f", "json")
    changes: list[dict[str, Any]] = json.loads(out)
    assert (code, sorted(change["kind"] for change in changes)) == (0, ["added", "added", "changed"])
    (visit,) = (change for change in changes if change["kind"] == "changed")
    assert (visit["before"][0]["status"], visit["after"][0]["status"]) == ("planned", "done")
    assert visit["after"][0]["reports"] == ["held", "plan"]


def test_the_command_can_be_narrowed_to_actors_and_types(desk_path: Path) -> None:
    days = ("--known-by", "2024-03-22", "--known-by", "2024-03-27", "-f", "jsonl")
    _, out, _ = run(str(desk_path), *days, "--actor", "CHN")
    assert [json.loads(line)["title"] for line in out.splitlines()] == ["Kim Song Nam meets Wang Yi"]


def test_what_the_command_needs_is_told(desk_path: Path, tmp_path: Path) -> None:
    code, _, said = run(str(desk_path))
    assert (code, "name two records" in " ".join(said.split())) == (2, True)
    shutil.copy(desk_path, tmp_path / "copy.legation")
    code, _, said = run(str(desk_path), str(tmp_path / "copy.legation"))
    assert (code, "nothing differs" in said) == (1, True)
