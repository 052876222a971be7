"""Reports that can't all be right about who took part, or what kind of act it was; and those that only say less."""

import random
from collections.abc import Callable

import pytest
from telling_by_hand import KIM, LE, WANG, Who, act, tell

from legation.language.read import Reading
from legation.record.event import Conflict
from legation.record.store import Record, load_events, open_record
from legation.record.store.asking import find_conflicts
from legation.record.store.ruling import rule

BEIJING, DOHA = ("Beijing", "CHN"), ("Doha", "QAT")
CHOE = ("Choe Son Hui", "PRK")
BURNS, BARNEA, THANI = ("William Burns", "USA"), ("David Barnea", "ISR"), ("Sheikh Mohammed Al Thani", "QAT")
DAY, NEXT = "2024-03-23", "2024-03-24"


def met(*who: Who, sentence: str = "", mode: str = "meet", whom: tuple[Who, ...] = (WANG,), **more: object) -> dict:  # type: ignore[type-arg]
    return act(mode=mode, who=who, whom=whom, when=more.pop("when", DAY), sentence=sentence, **more)  # type: ignore[arg-type]


def conflicts(record: Record, *readings: Reading, field: str = "") -> list[Conflict]:
    record.add(list(readings), reader="m")
    with record.reading() as connection:
        return find_conflicts(connection, field=field)


MET = met(KIM, sentence="Kim Song Nam met Wang Yi in Beijing on Saturday.", where=BEIJING)
CALLED = met(KIM, sentence="Kim Song Nam spoke to Wang Yi by telephone on Saturday.", mode="call")


def test_a_meeting_here_and_a_call_there_is_a_conflict_of_type(record: Record) -> None:
    (conflict,) = conflicts(record, tell(NEXT, MET, source="A"), tell(NEXT, CALLED, source="B"))
    assert (conflict.field, conflict.words) == ("type", "told as a meeting and as a call")
    assert sorted(s.value for s in conflict.values) == ["call", "meeting"]
    one, other = load_events(record)
    assert [c.other for c in one.conflicts] == [other.id]
    assert [c.other for c in other.conflicts] == [one.id]


def test_a_report_that_tells_of_both_tells_of_two_acts(record: Record) -> None:
    both = tell(NEXT, MET, CALLED, source="C")
    assert conflicts(record, tell(NEXT, MET, source="A"), tell(NEXT, CALLED, source="B"), both) == []


@pytest.mark.parametrize(
    "other",
    [
        met(KIM, sentence="Kim Song Nam spoke with Wang Yi on Saturday.", mode="call"),  # no word of a telephone
        met(KIM, sentence="Kim Song Nam phoned Wang Yi on Friday.", mode="call", when="2024-03-22"),
        met(CHOE, sentence="Choe Son Hui phoned Wang Yi on Saturday.", mode="call"),
        met(KIM, sentence="Kim Song Nam phoned Le Hoai Trung.", mode="call", whom=(LE,)),
        met(KIM, sentence="Kim Song Nam is to phone Wang Yi on Saturday.", mode="call", status="planned"),
    ],
)
def test_another_act_is_no_conflict_of_type(record: Record, other: dict) -> None:  # type: ignore[type-arg]
    assert conflicts(record, tell(NEXT, MET, source="A"), tell(NEXT, other, source="B"), field="type") == []


IN_BEIJING = met(KIM, where=BEIJING)


@pytest.mark.parametrize(
    ("where", "n"),
    [
        (("Ulan Bator", "MNG"), 1),
        (("Shanghai", "CHN"), 0),
        (("a villa by the lake", "MNG"), 0),  # only guessed
        (("ASEAN summit", "IGO"), 0),
        (None, 0),
    ],
)
def test_another_state_is_a_conflict_of_place_and_a_guess_is_none(
    record: Record, where: tuple[str, str] | None, n: int
) -> None:
    record.add([tell(NEXT, IN_BEIJING), tell(NEXT, met(KIM, where=where), source="B")], reader="m")
    ids = [event.id for event in record.events()]
    if len(ids) == 2:  # places in two states hold meetings apart, until somebody rules that they are one
        with record.writing() as connection:
            rule(connection, "same", ids, author="desk")
    with record.reading() as connection:
        assert len(find_conflicts(connection, field="place")) == n


def test_one_report_that_tells_of_two_places_tells_of_two_acts(record: Record) -> None:
    elsewhere = met(KIM, sentence="Kim Song Nam and Wang Yi met in Ulan Bator.", where=("Ulan Bator", "MNG"), event=0)
    assert conflicts(record, tell(NEXT, {**IN_BEIJING, "event": 0}, elsewhere), field="place") == []


FIRST, SECOND = ("Qin Gang", "CHN", "Chinese Foreign Minister"), ("Liu Xia", "CHN", "foreign minister")


def test_two_holders_of_one_office_are_a_conflict(record: Record) -> None:
    (conflict,) = conflicts(
        record,
        tell(NEXT, met(KIM, whom=(FIRST,), where=BEIJING), source="A"),
        tell(NEXT, met(KIM, whom=(SECOND,)), source="B"),
    )
    assert conflict.words == "who took part as foreign minister of CHN differs: Liu Xia, Qin Gang"
    assert [(s.value, s.n_origins) for s in conflict.values] == [("Qin Gang", 1), ("Liu Xia", 1)]


@pytest.mark.parametrize(
    "whom",
    [
        ("Liu Xia", "CHN"),  # another person without an office: another meeting
        ("Liu Xia", "CHN", "former foreign minister"),
        ("Liu Xia", "CHN", "deputy foreign minister"),
        ("Liu Xia", "VNM", "foreign minister"),
        ("Chinese officials", "CHN"),  # less complete
        ("Qin Gang", "CHN"),
    ],
)
def test_another_counterpart_and_a_vaguer_one_are_none(record: Record, whom: Who) -> None:
    one, other = (tell(NEXT, met(KIM, whom=(w,)), source=s) for w, s in ((FIRST, "A"), (whom, "B")))
    assert conflicts(record, one, other) == []


def led(head: Who, group: str = "party delegation", **more: object) -> dict:  # type: ignore[type-arg]
    sentence = f"A {group} led by {head[0]} met Wang Yi on Saturday."
    return met((group, "PRK"), head, sentence=sentence, **more)


def test_two_heads_of_one_delegation_are_a_conflict(record: Record) -> None:
    found = conflicts(record, tell(NEXT, led(KIM), source="A"), tell(NEXT, led(CHOE), source="B"))
    assert [c.words for c in found] == ["who led the party delegation of PRK differs: Choe Son Hui, Kim Song Nam"]


def test_delegations_of_party_and_army_have_their_own_heads(record: Record) -> None:
    other = tell(NEXT, led(CHOE, "military delegation"), source="B")
    assert conflicts(record, tell(NEXT, led(KIM), source="A"), other) == []


def test_copies_of_one_text_that_name_different_people_are_a_conflict(record: Record) -> None:
    words = (
        "{} met Wang Yi in Beijing on Saturday and talked with him about trade along the border, fishing, the railway "
        "and the celebrations that both parties have planned for the coming autumn."
    )
    one, other = (
        tell(NEXT, met(who, sentence=words.format(who[0])), source=source) for who, source in ((KIM, "A"), (CHOE, "B"))
    )
    (conflict,) = conflicts(record, one, other)
    assert (conflict.field, [s.value for s in conflict.values]) == ("participants", ["Choe Son Hui", "Kim Song Nam"])


TALKS = act(mode="multilateral", who=[BURNS, BARNEA, THANI], when="2024-08-25", where=DOHA)


@pytest.mark.parametrize(
    ("absence", "n"),
    [
        (act(mode="multilateral", who=[BURNS], status="denied", sentence="William Burns did not attend."), 1),
        (
            act(
                mode="multilateral", who=[BARNEA, THANI], when="2024-08-25", where=DOHA,
                sentence="David Barnea and Al Thani met; Burns of the CIA had stayed at home.",
            ),
            1,
        ),
        (
            act(
                mode="multilateral", who=[BARNEA, THANI, ("Ann Deputy", "USA")], when="2024-08-25", where=DOHA,
                sentence="David Barnea, Al Thani and, in place of William Burns, Ann Deputy met.",
            ),
            1,
        ),
        (act(mode="multilateral", who=[BARNEA, THANI], when="2024-08-25", where=DOHA), 0),  # less complete
        (act(mode="multilateral", who=[BURNS], status="denied", when="2024-08-15", where=DOHA), 0),  # another day
        (act(mode="multilateral", who=[BURNS], status="denied", where=("Cairo", "EGY")), 0),  # another place
        (act(mode="meet", who=[BURNS], status="denied"), 0),  # that a meeting of two was held
    ],
)  # fmt: skip
def test_who_stayed_away_by_one_report_and_came_by_another_is_a_conflict(record: Record, absence: dict, n: int) -> None:  # type: ignore[type-arg]
    found = conflicts(record, tell("2024-08-26", TALKS), tell("2024-08-27", absence, source="B"), field="participants")
    assert [c.words for c in found] == ["whether William Burns took part differs"] * n


def test_events_that_an_analyst_calls_one_show_their_conflict_inside(record: Record) -> None:
    record.add([tell(NEXT, MET, source="A"), tell(NEXT, CALLED, source="B")], reader="m")
    with record.writing() as connection:
        rule(connection, "same", [event.id for event in record.events()], author="desk")
    (event,) = load_events(record)
    assert [(c.field, c.other) for c in event.conflicts] == [("type", "")]


def test_a_conflict_between_two_events_is_listed_once_and_goes_with_either(record: Record) -> None:
    assert len(conflicts(record, tell(NEXT, MET, source="A"), tell(NEXT, CALLED, source="B"))) == 1
    call = next(event for event in record.events() if event.kind == "call")
    with record.writing() as connection:
        rule(connection, "reject", [call.id], author="desk")
    assert conflicts(record) == []
    (event,) = load_events(record)
    assert event.conflicts == ()


def test_before_the_second_report_there_was_no_conflict(record: Record) -> None:
    record.add([tell(NEXT, MET, source="A"), tell("2024-03-25", CALLED, source="B")], reader="m")
    assert [len(event.conflicts) for event in load_events(record)] == [1, 1]
    assert [len(event.conflicts) for event in load_events(record, known_by=NEXT)] == [0]


def test_conflicts_do_not_depend_on_the_order_of_reading(new_address: Callable[[], str]) -> None:
    absent = act(mode="multilateral", who=[BURNS], status="denied", sentence="William Burns did not attend.")
    told = [MET, CALLED, led(KIM), led(CHOE), met(KIM, whom=(FIRST,)), met(KIM, whom=(SECOND,)), TALKS, absent]
    readings = [tell(NEXT if a is not absent else "2024-08-27", a, source=f"S{k}") for k, a in enumerate(told)]
    dumps = set()
    for seed in range(5):
        random.Random(seed).shuffle(readings)
        with open_record(new_address()) as record:
            for reading in readings:
                record.add([reading], reader="m")
            assert len(conflicts(record)) >= 4
            dumps.add("\n".join(record.dump()))
    assert len(dumps) == 1
