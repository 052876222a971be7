"""Questions find what they mean, in any script."""

import pytest
from telling_by_hand import KIM, LE, WANG, act, tell

from legation.record.store import Record, RecordError
from legation.record.store.asking import (
    Question,
    find_actors,
    find_conflicts,
    find_contacts,
    find_event,
    find_events,
    find_reports,
)

MEETING = act(who=[KIM], whom=[WANG], when="2024-03-23", where=("Beijing", "CHN"))
IN_HANOI = act(who=[KIM], whom=[LE], when="2024-03-25", where=("Hà Nội", "VNM"))
PLAN = act(mode="visit", who=[("Aleksandar Vučić", "SRB")], whom=[("China", "CHN")], status="planned")
TEXTS = [
    ("2024-03-24", "Wang Yi met Kim Song Nam in Beijing.", MEETING),
    ("2024-03-27", "Kim Song Nam met Le Hoai Trung (Lê Hoài Trung) in Hà Nội.", IN_HANOI),
    ("2024-05-08", "Vučić will visit 100% of 北京's halls; 김성남 and 王毅 wait.", PLAN),
]


@pytest.fixture
def asked(record: Record) -> Record:
    readings = [tell(day, {**a, "sentence": words}, source=f"S{k}") for k, (day, words, a) in enumerate(TEXTS)]
    record.add(readings, reader="m")
    return record


QUESTIONS = [
    (Question(), 3),
    (Question(actors=("Kim Song-nam",)), 2),
    (Question(actors=("PRK", "VNM")), 1),
    (Question(actors=("China",)), 2),
    (Question(actors=("Vucic",)), 1),
    (Question(actors=("Nobody Known",)), 0),
    (Question(type="consult", mode="visit"), 1),
    (Question(status="planned"), 1),
    (Question(place="Beijing"), 1),
    (Question(place="VNM"), 1),
    (Question(since="2024-03-24", until="2024-03-31"), 1),
    (Question(text="hoai trung"), 1),
    (Question(text="100%"), 1),
    (Question(known_by="2024-03-26"), 1),
    (Question(limit=2), 2),
]


@pytest.mark.parametrize(("question", "n"), QUESTIONS)
def test_a_question_finds_its_events(asked: Record, question: Question, n: int) -> None:
    with asked.reading() as connection:
        assert len(find_events(connection, question)) == n


@pytest.mark.parametrize("words", ["Vucic", "vučić", "ČI", "김성남", "王毅", "北京", "ha noi", "Hà Nội", "100%"])
def test_words_are_found_in_any_script_and_accent(asked: Record, words: str) -> None:
    with asked.reading() as connection:
        assert len(find_reports(connection, words)) == 1


@pytest.mark.parametrize("words", ["10_%", "", "  ", "'; DROP TABLE reports", '"quoted"'])
def test_signs_of_the_databases_own_mean_themselves(asked: Record, words: str) -> None:
    with asked.reading() as connection:
        assert find_reports(connection, words) == []


def test_contacts_are_those_of_other_states(asked: Record) -> None:
    with asked.reading() as connection:
        (kim,) = find_actors(connection, "Kim Song Nam")
        assert {c.name for c in find_contacts(connection, kim)} == {"Wang Yi", "Le Hoai Trung"}


def test_an_id_may_be_cut_short_but_not_to_several(asked: Record) -> None:
    with asked.reading() as connection:
        ids = find_events(connection, Question())
        assert find_event(connection, ids[0][:12]) == ids[0]
        with pytest.raises(RecordError, match="beginning of several ids"):
            find_event(connection, "e-")


def test_conflicts_are_listed_by_field_and_actor(asked: Record) -> None:
    asked.add(
        [tell("2024-03-27", act(who=[KIM], whom=[LE], when="2024-03-26", where=("Hà Nội", "VNM")), source="Z")],
        reader="m",
    )
    with asked.reading() as connection:
        assert len(find_conflicts(connection, field="when")) == 1
        assert len(find_conflicts(connection, actors=["Le Hoai Trung"])) == 1
        assert find_conflicts(connection, field="place") == []
