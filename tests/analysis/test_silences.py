"""Silences and returns: unusual for the pair, not for lack of reporting, and with what reports say beside."""

from datetime import date, timedelta

from events_by_hand import ASEAN, CHINA, KOREA, days_read, event

from legation.analysis.dealing import dealings_of, group_by_pair
from legation.analysis.quotes import Quote
from legation.analysis.remarks import Remark
from legation.analysis.silences import find_returns, find_silences
from legation.record import Event
from legation.record.store.surveying import DayRead

KIM, WANG, XI, JONG_UN = (
    ("Kim Song Nam", "PRK", 3),
    ("Wang Yi", "CHN", 4),
    ("Xi Jinping", "CHN", 5),
    ("Kim Jong Un", "PRK", 5),
)
MONTHLY = [f"2023-{month:02d}-10" for month in range(1, 9)]


def meetings(days: list[str], *, top: bool = False) -> list[Event]:
    return [event(day, [JONG_UN if top else KIM], [XI if top else WANG], sides=True) for day in days]


def silences(
    events: list[Event], volume: list[DayRead], remarks: tuple[Remark, ...] = ()
) -> list[tuple[str, int, str]]:
    found = find_silences(KOREA, CHINA, dealings_of(events, KOREA, CHINA), volume, remarks)
    return [(s.basis, s.level, s.since) for s in found]


def test_contacts_that_stopped_are_a_silence() -> None:
    found = find_silences(
        KOREA, CHINA, dealings_of(meetings(MONTHLY), KOREA, CHINA), days_read("2023-01-01", "2024-08-10")
    )
    (one,) = found
    assert (one.basis, one.since, one.days) == ("pace", "2023-08-10", 366)
    assert "No contact is told since 10 August 2023, 366 days to 10 August 2024." in one.words
    assert "8 encounters, 30 days apart" in one.words


def test_a_gap_as_long_as_one_before_is_no_silence() -> None:
    days = ["2023-01-10", "2023-02-10", "2023-10-10", "2023-11-10", "2023-12-10"]
    assert silences(meetings(days), days_read("2023-01-01", "2024-06-30")) == []


def test_where_nothing_is_read_a_silence_says_nothing() -> None:
    read = [*days_read("2023-01-01", "2023-08-31"), DayRead("2024-08-10", 1, 1)]
    assert silences(meetings(MONTHLY), read) == []


def test_too_few_contacts_tell_no_pace() -> None:
    assert silences(meetings(MONTHLY[:3]), days_read("2023-01-01", "2024-12-31")) == []


def test_meetings_of_one_journey_are_one_encounter() -> None:
    days = [f"2023-03-{day:02d}" for day in range(1, 20, 3)]
    assert silences(meetings(days), days_read("2023-01-01", "2024-12-31")) == []


def test_levels_fall_silent_apart() -> None:
    goes_on = [(date(2023, 1, 20) + timedelta(30 * k)).isoformat() for k in range(19)]
    found = silences(meetings(goes_on) + meetings(MONTHLY, top=True), days_read("2023-01-01", "2024-08-10"))
    assert [(basis, level) for basis, level, _ in found] == [("pace", 4), ("pace", 5)]


def test_a_contact_without_a_day_may_end_a_silence() -> None:
    undated = event(None, [KIM], [WANG], sides=True, reported="2024-08-01")
    assert silences([*meetings(MONTHLY), undated], days_read("2023-01-01", "2024-08-10")) == []


def test_a_contact_after_an_unusual_gap_is_a_return() -> None:
    events = meetings([*MONTHLY, "2024-07-01"])
    volume = days_read("2023-01-01", "2024-08-10")
    (one,) = find_returns(KOREA, CHINA, dealings_of(events, KOREA, CHINA), volume)
    assert (one.basis, one.day, one.since, one.days) == ("pace", "2024-07-01", "2023-08-10", 326)
    assert {events[-1].id, events[-2].id} <= set(one.events)


def test_a_long_gap_without_a_pace_is_told_as_such() -> None:
    events = meetings(["2019-06-20", "2024-03-23"])
    (one,) = find_returns(KOREA, CHINA, dealings_of(events, KOREA, CHINA), days_read("2024-01-01", "2024-04-01"))
    assert (one.basis, one.chance) == ("long", 1.0)
    assert "too few to say what is usual" in one.words


def remark(kind: str, *parties: str, when: str = "") -> Remark:
    quote = Quote("r-1", "d", "Wire", "2024-03-21", "A sentence.", "text")
    return Remark(kind, parties, "after years of isolation", when, 0, "", quote)  # type: ignore[arg-type]


def test_what_a_report_calls_a_return_stands_with_its_sentence() -> None:
    told = remark("return", "PRK", "Association of Southeast Asian Nations")
    (one,) = find_returns(KOREA, ASEAN, [], days_read("2024-03-01", "2024-04-01"), [told])
    assert (one.basis, one.day, one.remarks) == ("told", "2024-03-21", (told,))
    assert find_returns(KOREA, CHINA, [], days_read("2024-03-01", "2024-04-01"), [told]) == []


def test_a_remark_on_a_member_concerns_its_group() -> None:
    told = remark("silence", "PRK", "VNM", when="2019")
    assert len(find_silences(KOREA, ASEAN, [], days_read("2024-03-01", "2024-04-01"), [told])) == 1


def test_all_pairs_of_states_are_gathered_at_once() -> None:
    tour = event("2024-03-21", [KIM], [("China", "CHN", 0), ("Laos", "LAO", 0)], mode="visit")
    assert sorted(group_by_pair([tour])) == [("CHN", "PRK"), ("LAO", "PRK")]
