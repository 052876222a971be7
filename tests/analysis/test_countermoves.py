"""Counter-moves: coincidences in time, tested against chance, and never called more."""

import random
from datetime import date, timedelta

import pytest
from events_by_hand import AMERICA, CHINA, KOREA, SEOUL, days_read, event

from legation.analysis.countermoves import CounterMoves, find_rivals, mark_beyond_chance, weigh_rival
from legation.analysis.dealing import Dealing, dealings_of, group_by_pair
from legation.record.store.surveying import DayRead

KIM, WANG, BLINKEN, CHO = ("Kim", "PRK", 3), ("Wang", "CHN", 4), ("Blinken", "USA", 4), ("Cho", "KOR", 4)
NAMES = ("CHN-PRK", "KOR-USA")
START = date(2023, 1, 1)
YEAR = days_read("2023-01-01", "2024-12-31")


def ours(days: list[int]) -> list[Dealing]:
    told = [event((START + timedelta(day)).isoformat(), [KIM], [WANG], sides=True) for day in days]
    return dealings_of(told, CHINA, KOREA)


def theirs(days: list[int]) -> list[Dealing]:
    told = [event((START + timedelta(day)).isoformat(), [BLINKEN], [CHO], sides=True) for day in days]
    return dealings_of(told, AMERICA, SEOUL)


def weigh(a: list[int], b: list[int], volume: list[DayRead] = YEAR) -> CounterMoves:
    return weigh_rival(ours(a), theirs(b), volume, names=NAMES)


def test_a_rival_that_always_follows_stands_out() -> None:
    days = [20, 110, 205, 290, 390, 480, 560, 660]
    (one,) = mark_beyond_chance([weigh(days, [day + 5 for day in days])])
    assert (one.verdict, one.found, one.total) == ("more often than chance", 8, 8)
    assert one.chance is not None
    assert one.chance < 0.01
    assert [c.days for c in one.coincidences] == [5] * 8


def test_a_rival_of_its_own_time_does_not() -> None:
    chance = random.Random(3)
    tested = [
        mark_beyond_chance([weigh(chance.sample(range(700), 10), chance.sample(range(700), 10))])[0] for _ in range(20)
    ]
    assert sum(one.verdict == "more often than chance" for one in tested) <= 3


def test_both_being_busy_when_much_is_printed_is_no_coincidence() -> None:
    busy = list(range(300, 360))
    volume = [DayRead(d.day, 1, 60 if (date.fromisoformat(d.day) - START).days in busy else 1) for d in YEAR]
    chance = random.Random(5)
    tested = [weigh(chance.sample(busy, 12), chance.sample(busy, 12), volume) for _ in range(10)]
    assert sum((one.chance or 1) <= 0.05 for one in tested) <= 2


def test_few_events_are_shown_and_not_tested() -> None:
    one = weigh([20], [25])
    assert (one.verdict, one.chance, len(one.coincidences)) == ("too few to test", None, 1)
    assert "too few to compare with chance" in one.words


@pytest.mark.parametrize(("a", "b"), [([20], [25]), ([20, 110, 205, 290], [25, 115, 210, 295])])
def test_it_is_always_called_a_coincidence_in_time(a: list[int], b: list[int]) -> None:
    words = weigh(a, b).words
    assert words.endswith("This is a coincidence in time; it says nothing of cause.")


def test_what_came_before_is_no_answer() -> None:
    assert weigh([20], [15]).coincidences == ()


def test_many_tests_must_agree_on_less_chance() -> None:
    days = [20, 110, 205, 290, 390, 480, 560, 660]
    strong = weigh(days, [day + 5 for day in days])
    chance = random.Random(9)
    others = [weigh(chance.sample(range(700), 8), chance.sample(range(700), 8)) for _ in range(8)]
    marked = mark_beyond_chance([*others, strong])
    assert marked[0].verdict == "more often than chance"
    assert [one.verdict for one in marked].count("more often than chance") <= 2


def test_a_pair_told_with_a_view_to_this_one_is_a_rival() -> None:
    force = event(
        None, [BLINKEN, CHO], type="COOPERATE", mode="exchange", reported="2024-03-28",
        sentence="Washington and Seoul launched a task force against North Korea's nuclear ambitions.",
    )  # fmt: skip
    other = event("2024-03-28", [BLINKEN], [("Lammy", "GBR", 4)], sides=True, sentence="Blinken met Lammy.")
    events = [force, other]
    (rival,) = find_rivals(events, group_by_pair(events), CHINA, KOREA)
    assert rival.pair == ("KOR", "USA")
    assert "task force" in rival.quote.sentence


def test_a_pair_of_two_adversaries_is_a_rival() -> None:
    accusation = event("2024-03-01", [BLINKEN], [("PRK", "PRK", 0)], type="ACCUSE", mode="disapprove")
    threat = event("2024-03-02", [KIM], [("KOR", "KOR", 0)], type="THREATEN", mode="force")
    meeting = event("2024-03-28", [BLINKEN], [CHO], sides=True, sentence="Blinken met Cho.")
    other = event("2024-03-28", [BLINKEN], [("Lammy", "GBR", 4)], sides=True, sentence="Blinken met Lammy.")
    events = [accusation, threat, meeting, other]
    assert [rival.pair for rival in find_rivals(events, group_by_pair(events), CHINA, KOREA)] == [("KOR", "USA")]
