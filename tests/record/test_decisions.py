"""What an analyst rules is kept, takes effect, can be undone, and outlives re-reading."""

import json

import pytest
from telling_by_hand import KIM, LE, WANG, act, tell

from legation.errors import LegationError
from legation.record.store import Record, RecordError, load_events
from legation.record.store.asking import Question, find_actors, find_event, find_events
from legation.record.store.decided import decided, log
from legation.record.store.ruling import export_decisions, import_decisions, rule

READINGS = [
    tell("2024-03-24", act(who=[KIM], whom=[WANG], when="2024-03-23", where=("Beijing", "CHN")), source="A"),
    tell("2024-03-25", act(who=[KIM], whom=[WANG], when="2024-03-23"), source="B"),
    tell("2024-03-27", act(who=[KIM], whom=[LE], when="2024-03-25", where=("Hanoi", "VNM")), source="C"),
]


@pytest.fixture
def filled(record: Record) -> Record:
    record.add(READINGS, reader="m")
    return record


def decide(record: Record, kind: str, *ids: str, **values: str) -> str:
    with record.writing() as connection:
        return rule(connection, kind, ids, values=values, author="desk", reason="seen the note").id


def beijing(record: Record) -> str:
    return next(event.id for event in load_events(record) if event.place_country == "CHN")


def test_a_correction_sets_the_field_and_keeps_what_was_told(filled: Record) -> None:
    event_id = beijing(filled)
    decision = decide(filled, "correct", event_id, when="2024-03-22")
    (event,) = filled.events([event_id])
    assert event.when
    assert (event.when.value, event.when.ruled, event.first_day) == ("2024-03-22", decision, "2024-03-22")
    assert [s.value for s in event.when.told] == ["2024-03-23"]


@pytest.mark.parametrize("kind", ["correct", "reject", "different", "same", "add"])
def test_undoing_a_decision_gives_back_the_record_as_it_was(filled: Record, kind: str) -> None:
    before = list(filled.dump())
    first, second = (event for event in load_events(filled))
    claims = [c.claim.id for c in first.claims]
    ids = {"correct": [first.id], "reject": [claims[0]], "different": claims, "same": [first.id, second.id], "add": []}
    values = {
        "correct": {"place": "Dalian"},
        "add": {"type": "CONSULT", "mode": "call", "actors": "Kim Song Nam/PRK; Wang Yi/CHN"},
    }
    decision = decide(filled, kind, *ids[kind], **values.get(kind, {}))
    assert list(filled.dump()) != before
    decide(filled, "undo", decision)
    assert list(filled.dump()) == before


def test_same_joins_and_the_old_id_still_finds_the_event(filled: Record) -> None:
    first, second = (event.id for event in load_events(filled))
    decide(filled, "same", first, second)
    (event,) = load_events(filled)
    with filled.reading() as connection:
        assert {find_event(connection, first), find_event(connection, second)} == {event.id}


def test_different_parts_and_stays_so_when_more_is_read(filled: Record) -> None:
    first = next(event for event in load_events(filled) if len(event.claims) == 2)
    decide(filled, "different", *(c.claim.id for c in first.claims))
    filled.add([tell("2024-03-26", act(who=[KIM], whom=[WANG], when="2024-03-23"), source="D")], reader="m")
    parted = [
        event
        for event in load_events(filled)
        if {c.claim.id for c in event.claims} & {c.claim.id for c in first.claims}
    ]
    assert len(parted) == 2


def test_a_rejected_claim_tells_no_event_but_stays_in_the_record(filled: Record) -> None:
    event = next(event for event in load_events(filled) if event.place_country == "VNM")
    decide(filled, "reject", event.id)
    assert all(e.place_country != "VNM" for e in load_events(filled))


def test_what_is_added_is_found_like_what_was_read(filled: Record) -> None:
    decide(
        filled,
        "add",
        type="CONSULT",
        mode="meet",
        actors="Kim Song Nam/PRK",
        recipients="Thongloun Sisoulith/LAO",
        when="2024-03-30",
    )
    with filled.reading() as connection:
        (found,) = find_events(connection, Question(actors=("Thongloun",)))
    (event,) = filled.events([found])
    assert event.claims[0].source == "desk"
    assert event.first_day == "2024-03-30"


def test_decisions_are_replayed_on_a_record_read_anew(filled: Record, tmp_path: object) -> None:
    decide(filled, "correct", beijing(filled), place="Dalian")
    with filled.reading() as connection:
        lines = export_decisions(connection)
    filled.rebuild()
    with filled.writing() as connection:
        assert import_decisions(connection, lines) == 0
    assert any(event.place and event.place.value == "Dalian" for event in load_events(filled))


def test_a_log_taken_in_before_the_reports_waits_for_them(filled: Record, new_address) -> None:  # type: ignore[no-untyped-def]
    from legation.record.store import open_record

    decide(filled, "correct", beijing(filled), place="Dalian")
    with filled.reading() as connection:
        lines = export_decisions(connection)
    with open_record(new_address()) as later:
        with later.writing() as connection:
            assert import_decisions(connection, lines) == 1
        with later.reading() as connection:
            assert [state for _, state, _ in decided(connection).orphans] == ["gone"]
        later.add(READINGS, reader="m")
        with later.reading() as connection:
            assert not decided(connection).orphans
        assert any(event.place and event.place.value == "Dalian" for event in load_events(later))


def test_a_decision_finds_its_sentence_under_a_new_models_claim(filled: Record) -> None:
    decide(filled, "correct", beijing(filled), place="Dalian")
    old = next(r for r in READINGS if r.report.source == "A")
    (claim,) = old.claims
    from dataclasses import replace

    filled.replace([replace(old, claims=(replace(claim, id="c-00000000deadbeef"),))], reader="new")
    assert any(event.place and event.place.value == "Dalian" for event in load_events(filled))
    with filled.reading() as connection:
        assert [state for _, state, _ in decided(connection).orphans] == ["changed"]


def test_one_person_under_two_names_is_ruled_one(filled: Record) -> None:
    filled.add([tell("2024-03-27", act(who=[("Comrade Seong", "PRK")]), source="E")], reader="m")

    def id_of(name: str) -> str:
        with filled.reading() as connection:
            return find_actors(connection, name)[0]

    decision = decide(filled, "same", id_of("Kim Song Nam"), id_of("Seong"))
    assert id_of("Kim Song Nam") == id_of("Seong")
    decide(filled, "undo", decision)
    assert id_of("Kim Song Nam") != id_of("Seong")


def test_the_log_only_grows(filled: Record) -> None:
    decision = decide(filled, "correct", beijing(filled), place="Dalian")
    decide(filled, "undo", decision)
    with filled.reading() as connection:
        assert [d.kind for d in log(connection)] == ["correct", "undo"]


def test_a_line_changed_by_hand_is_refused(filled: Record) -> None:
    decide(filled, "correct", beijing(filled), place="Dalian")
    with filled.reading() as connection:
        (line,) = export_decisions(connection)
    forged = json.dumps({**json.loads(line), "author": "somebody else"})
    with filled.writing() as connection, pytest.raises(LegationError, match="was changed by hand"):
        import_decisions(connection, [forged])


WRONG = [
    ("same", ["e-1"], {}, "expected two ids, found 1"),
    ("correct", ["EVENT"], {}, "expected FIELD=VALUE, found none"),
    ("correct", ["EVENT"], {"colour": "red"}, 'no field "colour". Its fields are when'),
    ("correct", ["EVENT"], {"when": "last week"}, "expected a day as YYYY-MM-DD"),
    ("correct", ["EVENT"], {"status": "over"}, "expected one of done, off, denied"),
    ("reject", ["e-000000000000"], {}, "no event or claim of this id"),
    ("undo", ["d-000000000000"], {}, "legation decisions"),
    ("add", [], {"type": "CONSULT"}, "expected at least type="),
    ("merge", [], {}, "expected one of same, different"),
]


@pytest.mark.parametrize(("kind", "ids", "values", "words"), WRONG)
def test_wrong_rulings_are_told_and_change_nothing(
    filled: Record, kind: str, ids: list[str], values: dict[str, str], words: str
) -> None:
    ids = [beijing(filled) if id_ == "EVENT" else id_ for id_ in ids]
    with pytest.raises(RecordError, match=words.replace("(", r"\(")):
        decide(filled, kind, *ids, **values)
    with filled.reading() as connection:
        assert log(connection) == []
