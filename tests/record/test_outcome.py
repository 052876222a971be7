"""What came of a meeting is told beside it, and belongs to the meeting in whose circle and time it lies."""

from typing import Any

import pytest
from telling_by_hand import KIM, LE, WANG, act, tell

from legation.language.read import Reading
from legation.record import Event
from legation.record.store import Record, load_events
from legation.record.store.ruling import rule

PARTY = ("Kim Song Nam", "PRK", "director of the International Department of the Workers' Party of Korea")
MINISTER = ("Wang Yi", "CHN", "Foreign Minister")
XI, VUCIC = ("Xi Jinping", "CHN"), ("Aleksandar Vucic", "SRB")
MET = act(who=[KIM], whom=[WANG], when="2024-03-23", sentence="Kim Song Nam met Wang Yi in Beijing on Saturday.")


def came(type_: str, mode: str | None, sentence: str, trigger: str, **more: Any) -> dict[str, Any]:
    """An act told beside a meeting; `trigger` are the words that name it."""
    return {**act(type_, mode, sentence=sentence, **more), "trigger": trigger}


def agreed(sentence: str = "They agreed to talk again.", **more: Any) -> dict[str, Any]:
    return came("AGREE", None, sentence, "agreed", **{"who": [KIM, WANG], **more})


def meeting(record: Record, *readings: Reading) -> Event:
    record.add(list(readings), reader="m")
    return next(e for e in load_events(record) if {p.name for p in e.participants} >= {"Kim Song Nam", "Wang Yi"})


def values(event: Event) -> list[tuple[str, int]]:
    return [(s.value, s.n_origins) for s in event.outcome.told] if event.outcome else []


BESIDE = [
    (agreed(), "agreed"),
    (agreed(who=[("two sides", None)]), "agreed"),
    (came("SUPPORT", "sign", "They signed a protocol.", "signed", who=[KIM, WANG]), "signed"),
    (came("STATEMENT", "joint", "They issued a joint statement.", "joint", who=[KIM, WANG]), "joint statement"),
    (came("AGREE", None, "Wang promised to visit.", "promised", who=[WANG]), "promised"),
    (agreed("They had agreed on nothing yet.", status="denied"), "not agreed"),
    (agreed("They parted without a deal, agreed on nothing.", status="denied"), "no agreement"),
    # not of this meeting
    (agreed(who=[LE, WANG]), ""),
    (agreed(when="2024-03-20"), ""),
    (agreed("Have they agreed?"), ""),
    (agreed(status="planned"), ""),
    (came("AGREE", None, "Wang invited the guest to come again.", "invited", who=[WANG]), ""),
    (came("SUPPORT", "sign", "Wang signed a decree.", "signed", who=[WANG]), ""),
]


@pytest.mark.parametrize(("beside", "value"), BESIDE)
def test_what_came_of_a_meeting_is_what_is_told_beside_it(record: Record, beside: dict[str, Any], value: str) -> None:
    event = meeting(record, tell("2024-03-24", MET, beside))
    assert (event.outcome.value if event.outcome else "") == value
    assert [c.sentence for c in event.outcome_claims] == [beside["sentence"]] * bool(value)


def test_an_outcome_is_supported_by_the_origins_that_tell_it(record: Record) -> None:
    signed = came("SUPPORT", "sign", "The two then signed a protocol on fishing.", "signed", who=[KIM, WANG])
    event = meeting(
        record,
        tell("2024-03-24", MET, agreed(), source="A"),
        tell("2024-03-24", MET, agreed("Both agreed to go on."), source="B"),
        tell("2024-03-25", MET, signed, source="C"),
    )
    assert values(event) == [("agreed", 2), ("signed", 1)]


def test_talks_that_ended_in_vain_say_so_in_their_own_sentence(record: Record) -> None:
    met = {**MET, "sentence": "The talks of Kim Song Nam and Wang Yi ended on Saturday without any agreement."}
    assert values(meeting(record, tell("2024-03-24", met))) == [("no agreement", 1)]


def test_of_two_meetings_the_outcome_is_that_of_the_nearer_one(record: Record) -> None:
    with_le = act(who=[KIM], whom=[LE], when="2024-03-23", sentence="Kim Song Nam met Le Hoai Trung on Saturday.")
    record.add([tell("2024-03-24", MET, with_le, agreed(who=[("they", None)]))], reader="m")
    outcomes = {p.name: e.outcome for e in load_events(record) if e.kind == "meet" for p in e.participants}
    assert outcomes["Le Hoai Trung"]
    assert outcomes["Wang Yi"] is None


def test_a_visit_has_what_came_of_it_and_a_plan_has_nothing(record: Record) -> None:
    signed = came("SUPPORT", "sign", "Xi and Vucic signed 28 agreements.", "signed", who=[XI, VUCIC])
    signed["when"] = "2024-05-08"  # of the visit, the arrival alone is dated
    visit = act(mode="visit", who=[XI], whom=[("Serbia", "SRB")], when="2024-05-07")
    plan = {**visit, "status": "planned", "when": "2025-05-07"}
    record.add([tell("2024-05-09", visit, signed), tell("2024-12-09", plan, signed, source="B")], reader="m")
    assert [e.outcome.value if e.outcome else None for e in load_events(record) if e.kind == "visit"] == [
        "signed",
        None,
    ]


def test_an_analyst_sets_the_outcome(record: Record) -> None:
    event = meeting(record, tell("2024-03-24", MET, agreed()))
    with record.writing() as connection:
        decision = rule(connection, "correct", [event.id], values={"outcome": "a protocol on fishing"}, author="desk")
    (event,) = record.events([event.id])
    assert event.outcome
    assert (event.outcome.value, event.outcome.ruled, values(event)) == (
        "a protocol on fishing",
        decision.id,
        [("agreed", 1)],
    )


def test_what_was_not_known_then_is_not_told_then(record: Record) -> None:
    meeting(record, tell("2024-03-24", MET), tell("2024-03-26", MET, agreed(), source="B"))
    (then,) = load_events(record, known_by="2024-03-25")
    assert then.outcome is None


def test_the_level_is_told_by_offices_on_both_sides(record: Record) -> None:
    deputy = (WANG[0], "CHN", "Deputy Foreign Minister")
    told = [
        tell("2024-03-24", act(who=[PARTY], whom=[whom], when="2024-03-23"), source=f"S{n}")
        for n, whom in enumerate([MINISTER, MINISTER, deputy, ("Chinese officials", "CHN")])
    ]
    event = meeting(record, *told)
    assert (event.level, event.level_told and event.level_told.value) == (3, "vice-minister")
