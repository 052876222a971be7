"""Grades of outlets and reports turn close calls between values, and go as they came."""

import pytest
from telling_by_hand import KIM, WANG, act, tell

from legation.record.event import Event
from legation.record.store import Record, RecordError
from legation.record.store.asking import Question, find_events
from legation.record.store.browsing import View, page_events
from legation.record.store.ruling import rule


@pytest.fixture
def disputed(record: Record) -> Record:
    told = [("2024-03-23", "Wire"), ("2024-03-24", "Gazette")]
    record.add(
        [tell("2024-03-26", act(who=[KIM], whom=[WANG], when=day), source=source) for day, source in told], reader="m"
    )
    return record


def the_event(record: Record) -> Event:
    (event,) = record.events()
    return event


def grade(record: Record, **values: str) -> str:
    with record.writing() as connection:
        return rule(connection, "grade", [], values=values, author="desk").id


def undo(record: Record, id_: str) -> None:
    with record.writing() as connection:
        rule(connection, "undo", [id_], author="desk")


def by_day(record: Record, day: str) -> int:
    with record.reading() as connection:
        asked = find_events(connection, Question(since=day, until=day))
        assert list(page_events(connection, View(since=day, until=day)).ids) == asked
        return len(asked)


def test_a_trusted_outlet_gives_the_best_value(disputed: Record) -> None:
    before = the_event(disputed)
    assert before.when
    assert before.when.value == "2024-03-23"
    first = grade(disputed, source="Gazette", reliability="B")
    event = the_event(disputed)
    assert event.when
    assert (event.when.value, event.first_day, by_day(disputed, "2024-03-24")) == ("2024-03-24", "2024-03-24", 1)
    assert {c.source: c.grade for c in event.claims} == {"Wire": "", "Gazette": "B"}
    second = grade(disputed, source="Wire", reliability="A")
    assert the_event(disputed).first_day == "2024-03-23"
    undo(disputed, second)
    assert the_event(disputed).first_day == "2024-03-24"
    undo(disputed, first)
    assert the_event(disputed) == before
    assert by_day(disputed, "2024-03-23") == 1


def test_a_doubtful_report_gives_way(disputed: Record) -> None:
    wire = next(c.digest for c in the_event(disputed).claims if c.source == "Wire")
    grade(disputed, report=wire, credibility="5")
    assert the_event(disputed).first_day == "2024-03-24"
    grade(disputed, report=wire, credibility="1")
    assert the_event(disputed).first_day == "2024-03-23"


def test_no_grade_silences_many_voices(disputed: Record) -> None:
    for k in range(2):
        told = act(who=[KIM], whom=[WANG], when="2024-03-23", sentence=f"Kim met Wang, said voice {k}.")
        disputed.add([tell("2024-03-27", told, source=f"Voice {k}")], reader="m")
    grade(disputed, source="Gazette", reliability="A")
    event = the_event(disputed)
    assert event.when
    assert event.when.told[0].n_origins == 3
    assert event.first_day == "2024-03-23"


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"source": "Wire"},
        {"source": "Wire", "reliability": "G"},
        {"source": "Wire", "credibility": "1"},
        {"report": "x", "reliability": "A"},
        {"source": "Wire", "reliability": "A", "credibility": "1"},
    ],
)
def test_a_grade_that_cannot_be_is_told(disputed: Record, values: dict[str, str]) -> None:
    with pytest.raises(RecordError, match="expected source=OUTLET reliability"):
        grade(disputed, **values)
