"""Ties: who counts as dealing with whom, the series, and the calls of change."""

import random
from datetime import date, timedelta

import pytest
from events_by_hand import AMERICA, ASEAN, CHINA, KOREA, LAOS, SEOUL, days_read, event

from legation.analysis.change import call_change
from legation.analysis.days import label_of, periods_between, precision_of, words_of_edtf
from legation.analysis.dealing import dealings_of
from legation.analysis.party import Party, PartyError, read_pair
from legation.analysis.ties import Tie, choose_period, describe_tie
from legation.record import Event

KIM, WANG, XI = ("Kim Song Nam", "PRK", 3), ("Wang Yi", "CHN", 4), ("Xi Jinping", "CHN", 5)
SISOULITH, BLINKEN, CHO = ("Thongloun Sisoulith", "LAO", 5), ("Antony Blinken", "USA", 4), ("Cho Tae-yul", "KOR", 4)
NORTH = ("PRK", "PRK", 0)


def tie(*events: Event, a: Party = KOREA, b: Party = CHINA, first: str = "2024-01-01", last: str = "2024-12-31") -> Tie:
    return describe_tie(a, b, dealings_of(events, a, b), days_read(first, last), period="month")


# Parties -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("CHN-PRK", ["CHN", "PRK"]),
        ("China-North Korea", ["CHN", "PRK"]),
        ("PRK–ASEAN", ["PRK", "ASEAN"]),
        ("Kim Song-nam / Wang Yi", ["Kim Song-nam", "Wang Yi"]),
        ("Kim Song-nam-CHN", ["Kim Song-nam", "CHN"]),
    ],
)
def test_a_pair_is_read_from_its_words(words: str, names: list[str]) -> None:
    known = {"Kim Song-nam": ["a-1"], "Wang Yi": ["a-2"]}
    assert [party.name for party in read_pair(words, lambda name: known.get(name, []))] == names


@pytest.mark.parametrize("words", ["CHN", "CHN-Nobody Known", "CHN-China"])
def test_what_is_no_pair_says_what_to_write(words: str) -> None:
    with pytest.raises(PartyError, match=r"CHN-PRK"):
        read_pair(words, lambda name: [])


# Dealings ------------------------------------------------------------------------------------------------------------


def test_two_who_accuse_a_third_together_do_not_deal_with_each_other() -> None:
    accusation = event("2024-05-01", [BLINKEN, CHO], [NORTH], type="ACCUSE", mode="disapprove")
    assert dealings_of([accusation], AMERICA, SEOUL) == []
    assert [d.direction for d in dealings_of([accusation], AMERICA, KOREA)] == ["ab"]


def test_two_who_cooperate_with_nobody_opposite_deal_with_each_other() -> None:
    force = event("2024-03-28", [BLINKEN, CHO], type="COOPERATE", mode="exchange")
    assert [d.direction for d in dealings_of([force], AMERICA, SEOUL)] == ["both"]


def test_hosts_of_one_tour_do_not_deal_with_each_other() -> None:
    tour = event("2024-03-21", [KIM], [("China", "CHN", 0), ("Laos", "LAO", 0)], mode="visit")
    assert dealings_of([tour], CHINA, LAOS) == []
    assert [(d.guest, d.level) for d in dealings_of([tour], CHINA, KOREA)] == [("b", 3)]


def test_a_member_deals_with_its_group_through_the_others() -> None:
    at_home = event("2024-03-29", [("Saleumxay", "LAO", 4)], [("Somebody", "LAO", 4)], sides=True)
    abroad = event("2024-03-29", [SISOULITH], [("To Lam", "VNM", 5)], sides=True)
    assert [d.event.id for d in dealings_of([at_home, abroad], LAOS, ASEAN)] == [abroad.id]


def test_a_state_deals_with_a_group_through_members_on_the_day() -> None:
    before = event("2025-10-01", [KIM], [("Ramos-Horta", "TLS", 5)], sides=True)
    after = event("2025-11-01", [KIM], [("Ramos-Horta", "TLS", 5)], sides=True)
    assert [d.event.id for d in dealings_of([before, after], KOREA, ASEAN)] == [after.id]


@pytest.mark.parametrize(
    ("made", "guest"),
    [
        (event("2024-03-23", [KIM], [WANG], sides=True, place="CHN"), "a"),
        (event("2024-03-23", [KIM], [WANG], sides=True, place="PRK"), "b"),
        (event("2024-03-23", [KIM], [WANG], sides=True, place="LAO"), ""),
        (event("2024-03-23", [KIM], [WANG], mode="call", sides=True, place="CHN"), ""),
        (event("2024-03-23", [KIM], mode="visit", place="CHN"), "a"),
    ],
)
def test_the_guest_is_who_came_to_the_other(made: Event, guest: str) -> None:
    assert [d.guest for d in dealings_of([made], KOREA, CHINA)] == [guest]


# The tie -------------------------------------------------------------------------------------------------------------


def test_the_series_counts_what_was_done_in_the_period_of_its_day() -> None:
    found = tie(
        event("2024-03-23", [KIM], [WANG], sides=True, n_origins=2),
        event("2024-03-24", [XI], [NORTH], type="SUPPORT", mode="praise"),
        event("2024-05-01", [KIM], [WANG], sides=True, status="planned"),
        event(None, [KIM], [WANG], sides=True, reported="2024-06-02"),
        event("2019-06", [XI], [NORTH], mode="visit"),
        event("2024", [KIM], [WANG], sides=True, reported="2024-06-02"),
    )
    march, june = found.bins[2], found.bins[5]
    assert (march.label, march.n_events, march.n_origins, march.score) == ("2024-03", 2, 3, 6.7)
    assert (march.read, march.per_100) == (93, 2.15)
    assert (june.n_events, june.n_by_report) == (1, 1)
    assert sum(b.n_events for b in found.bins) == 3
    assert (len(found.before), len(found.unplaced), dict(found.statuses)["planned"]) == (1, 1, 1)


def test_levels_name_the_last_contact_of_each() -> None:
    found = tie(
        event("2024-02-01", [("Kim Jong Un", "PRK", 5)], [XI], sides=True),
        event("2024-03-23", [KIM], [WANG], sides=True),
        event("2024-04-23", [KIM], [WANG], sides=True),
    )
    assert [(c.level, c.last, c.n_events) for c in found.levels] == [(5, "2024-02-01", 1), (3, "2024-04-23", 2)]


def test_reciprocity_tells_who_goes_to_whom() -> None:
    found = tie(
        event("2024-02-01", [KIM], [("China", "CHN", 0)], mode="visit"),
        event("2024-03-23", [KIM], [WANG], sides=True, place="CHN"),
        event("2024-04-23", [WANG], [("North Korea", "PRK", 0)], mode="visit"),
        event("2024-05-23", [WANG], [NORTH], type="ACCUSE", mode="disapprove"),
    )
    assert (found.reciprocity.a_to_b, found.reciprocity.b_to_a) == (2, 1)
    assert (found.reciprocity.acts_a, found.reciprocity.acts_b) == (1, 2)


def meetings(months: dict[str, int]) -> list[Event]:
    return [
        event(f"{month}-{2 + 3 * k:02d}", [KIM], [WANG], sides=True, key=str(k))
        for month, n in months.items()
        for k in range(n)
    ]


def every_month(first: str, n: int, counts: list[int]) -> dict[str, int]:
    year, month = map(int, first.split("-"))
    return {f"{year + (month - 1 + k) // 12}-{(month - 1 + k) % 12 + 1:02d}": counts[k % len(counts)] for k in range(n)}


def test_a_rise_is_called_with_reason_baseline_and_events() -> None:
    months = every_month("2022-01", 18, [1, 0, 2, 1, 1, 0]) | every_month("2023-07", 6, [6, 5, 7])
    found = tie(*meetings(months), first="2022-01-01", last="2023-12-31").change
    assert (found.change.verdict, found.since) == ("rising", "2023-07-01")
    assert "36 events" in found.reason
    assert "a month" in found.baseline
    assert len(found.events) == 12


def test_a_fall_is_called() -> None:
    months = every_month("2022-01", 18, [4, 3, 5, 4]) | every_month("2023-07", 6, [0, 0, 1])
    found = tie(*meetings(months), first="2022-01-01", last="2023-12-31").change
    assert (found.change.verdict, found.since) == ("falling", "2023-07-01")


def test_thin_data_say_so() -> None:
    found = tie(*meetings({"2024-03": 5}))
    assert found.change.change.verdict == "thin data"
    assert found.change.reason == (
        "Too little to call a change: 5 events where 8 are needed; 1 periods with events where 4 are needed."
    )


# The change call -----------------------------------------------------------------------------------------------------


def drawn(mean: float, n: int, chance: random.Random, spread: float = 0.3) -> list[int]:
    """Counts of a negative binomial law."""
    counts = []
    for _ in range(n):
        limit, k, product = chance.gammavariate(1 / spread, spread) * mean, 0, chance.random()
        while product > 2.718281828**-limit:
            product, k = product * chance.random(), k + 1
        counts.append(k)
    return counts


@pytest.mark.parametrize("elasticity", [0.0, 0.5, 1.0])
def test_no_change_is_called_when_only_the_volume_of_reporting_doubles(elasticity: float) -> None:
    chance = random.Random(11)
    verdicts = []
    for _ in range(25):
        counts = drawn(2.0, 52, chance) + drawn(2.0 * 2**elasticity, 13, chance)
        verdicts.append(call_change(counts, [100.0] * 52 + [200.0] * 13, n_recent=13, simulated=299).verdict)
    assert sum(verdict != "no change" for verdict in verdicts) <= 1


def test_a_threefold_pace_is_found_under_the_same_volume() -> None:
    chance = random.Random(5)
    verdicts = [
        call_change(drawn(2.0, 52, chance) + drawn(6.0, 13, chance), [100.0] * 65, n_recent=13, simulated=299).verdict
        for _ in range(20)
    ]
    assert verdicts.count("rising") >= 16


def test_periods_in_which_nothing_was_read_are_left_out() -> None:
    read = call_change([2, 1, 3] * 8, [10.0] * 24, n_recent=6)
    gaps = call_change([2, 1, 3, 0] * 8, [10.0, 10.0, 10.0, 0.0] * 8, n_recent=6)
    assert (read.verdict, gaps.verdict) == ("no change", "no change")
    assert gaps.pace == read.pace


def test_a_call_is_the_same_each_time() -> None:
    counts, volume = [2, 1, 0, 3] * 6 + [4, 6, 5], [10.0] * 27
    assert call_change(counts, volume, n_recent=6) == call_change(counts, volume, n_recent=6)


# Days ----------------------------------------------------------------------------------------------------------------


def test_periods_have_their_labels() -> None:
    first, last = date(2023, 12, 30), date(2024, 1, 9)
    assert [label_of(start, "week") for start in periods_between(first, last, "week")] == [
        "2023-W52", "2024-W01", "2024-W02",
    ]  # fmt: skip
    assert [label_of(start, "quarter") for start in periods_between(first, last, "quarter")] == ["2023-Q4", "2024-Q1"]


def test_the_period_follows_the_length_of_the_record() -> None:
    start = date(2020, 1, 1)
    assert [choose_period(start, start + timedelta(days)) for days in (90, 800, 4000)] == ["week", "month", "quarter"]


@pytest.mark.parametrize(
    ("value", "precision", "words"),
    [
        ("2024-03-25", "day", "on 25 March 2024"),
        ("2024-03", "month", "in March 2024"),
        ("2024", "year", "in 2024"),
        ("2024-33", "quarter", "in 2024-33"),
        ("2024-03-21/2024-03-23", "day", "from 21 to 23 March 2024"),
        ("2024-12-30/2025-01-02", "day", "from 30 December 2024 to 2 January 2025"),
        ("../2024-05-03", "day", "until 3 May 2024"),
        ("2024-03-25?", "day", "about 25 March 2024"),
    ],
)
def test_edtf_values_have_a_precision_and_words(value: str, precision: str, words: str) -> None:
    assert (precision_of(value), words_of_edtf(value)) == (precision, words)
