"""The calendar: what became of plans, anniversaries, named years, forums; and its file, read back."""

import icalendar
import pytest
from events_by_hand import event

from legation.analysis.calendar import Entry, build_calendar
from legation.analysis.quotes import Quote
from legation.analysis.remarks import Remark
from legation.record import Event
from legation.views.calendar_file import calendar_file_lines

BLINKEN, XI, WANG = ("Antony Blinken", "USA", 4), ("Xi Jinping", "CHN", 5), ("Wang Yi", "CHN", 4)
HORIZON = "2024-06-30"


def plan(status: str, when: str | None, *, sentence: str = "", reported: str = "2024-05-01") -> Event:
    history = [("planned", reported)] if status == "planned" else [("planned", reported), (status, reported)]
    return event(
        when, [BLINKEN], [XI], mode="meet", sides=True, status=status, history=history, reported=reported,
        sentence=sentence,
    )  # fmt: skip


def only(events: list[Event], remarks: list[Remark] | None = None, horizon: str = HORIZON) -> Entry:
    (entry,) = build_calendar(events, remarks or [], horizon)
    return entry


@pytest.mark.parametrize(
    ("status", "when", "sentence", "outcome"),
    [
        ("done", "2024-05-20", "", "held"),
        ("off", "2024-05-20", "Blinken cancelled his meeting with Xi.", "cancelled"),
        ("off", "2024-05-20", "Blinken put off his meeting with Xi.", "postponed"),
        ("denied", "2024-05-20", "", "denied"),
        ("planned", "2024-07-20", "", "awaited"),
        ("planned", "2024-06-25", "", "overdue"),
        ("planned", "2024-05-20", "", "unheard"),
        ("planned", None, "", "unheard"),
    ],
)
def test_what_was_planned_is_followed(status: str, when: str | None, sentence: str, outcome: str) -> None:
    entry = only([plan(status, when, sentence=sentence)])
    assert (entry.kind, entry.outcome, entry.when) == ("planned", outcome, when or "")
    assert entry.parties == ("USA", "CHN")


def test_a_plan_without_a_day_stays_open_while_it_is_new() -> None:
    assert only([plan("planned", None, reported="2024-06-29")]).outcome == "undated"


def test_what_was_never_announced_is_no_plan() -> None:
    assert build_calendar([event("2024-05-20", [BLINKEN], [XI], sides=True)], [], HORIZON) == []


def test_words_to_come_are_no_appointment() -> None:
    words = event("2024-07-01", [BLINKEN], [XI], type="STATEMENT", mode="comment", status="planned")
    assert build_calendar([words], [], HORIZON) == []


def test_history_that_was_called_off_is_no_plan() -> None:
    old = event("2018-05-20", [BLINKEN], [XI], status="off", reported="2024-05-01")
    assert build_calendar([old], [], HORIZON) == []


def test_a_meeting_falls_with_the_journey_to_it() -> None:
    meeting = plan("planned", "2024-05-20", reported="2024-05-18")
    journey = event("2024-05-19", [BLINKEN], [("China", "CHN", 0)], mode="visit", status="off", reported="2024-05-19")
    entries = build_calendar([meeting, journey], [], HORIZON)
    fell = next(entry for entry in entries if entry.events == (meeting.id,))
    assert fell.related == (journey.id,)
    assert "called off at that time" in fell.words


def remark(
    kind: str, parties: tuple[str, ...], what: str, when: str, *, years: int = 0, host: str = "", source: str = "Wire"
) -> Remark:
    quote = Quote(f"r-{source}", f"d-{source}", source, "2024-03-21", f"A sentence of {source}.", "text")
    return Remark(kind, parties, what, when, years, host, quote)  # type: ignore[arg-type]


def test_one_anniversary_told_twice_is_one_entry() -> None:
    told = [
        remark("anniversary", ("CHN", "PRK"), "diplomatic relations", "2024", years=75),
        remark("anniversary", ("PRK", "CHN"), "ties", "2024", years=75, source="Post"),
    ]
    entry = only([], told)
    assert (entry.title, entry.when, len(entry.quotes)) == (
        "75th anniversary: diplomatic relations, China and North Korea", "2024", 2,
    )  # fmt: skip
    assert "75 years in 2024, so from 1949" in entry.words


def founding(when: str) -> Event:
    return event(
        when, [("Vietnam", "VNM", 0), ("North Korea", "PRK", 0)], type="SUPPORT", mode="recognize",
        sentence="Vietnam and North Korea established diplomatic relations.", reported="2024-03-27",
    )  # fmt: skip


def test_relations_in_the_record_have_their_next_round_anniversary() -> None:
    entry = only([founding("1950-01-31")])
    assert (entry.title, entry.when) == (
        "75th anniversary: diplomatic relations, Vietnam and North Korea", "2025-01-31",
    )  # fmt: skip


def test_an_anniversary_that_reports_count_is_not_shown_again_from_the_record() -> None:
    told = remark("anniversary", ("PRK", "VNM"), "diplomatic relations", "2025", years=75)
    assert len(build_calendar([founding("1950")], [told], HORIZON)) == 1


def test_a_founding_on_a_leap_day_falls_on_the_first_of_march() -> None:
    assert only([founding("1952-02-29")], horizon="2027-01-01").when == "2027-03-01"


def test_a_named_year_is_a_year_long() -> None:
    entry = only([], [remark("year", ("CHN", "PRK"), "year of friendship", "2024")])
    assert (entry.title, entry.first, entry.last) == (
        "Year of friendship: China and North Korea", "2024-01-01", "2024-12-31",
    )  # fmt: skip


def test_a_forum_has_its_host_and_is_expected_again_without_one() -> None:
    told = [
        remark("forum", ("LAO",), "ASEAN Regional Forum", "2024", host="LAO"),
        remark("forum", ("LAO",), "ASEAN Regional Forum", "2024-07", host="LAO", source="Post"),
    ]
    held, expected = build_calendar([], told, HORIZON)
    assert (held.when, held.host, held.words) == ("2024-07", "LAO", "Laos hosts it, as told by Wire and Post.")
    assert (expected.when, expected.host) == ("2025-07~", "")
    assert "no report tells its day or its host" in expected.words


def test_a_next_edition_that_is_told_is_not_expected_twice() -> None:
    told = [
        remark("forum", ("LAO",), "ASEAN Regional Forum", "2024-07", host="LAO"),
        remark("forum", ("MYS",), "ASEAN Regional Forum", "2025", host="MYS"),
    ]
    assert [(e.when, e.host) for e in build_calendar([], told, HORIZON)] == [("2024-07", "LAO"), ("2025", "MYS")]


def test_ids_stay_while_more_is_told() -> None:
    first = [remark("forum", ("LAO",), "ASEAN Regional Forum", "2024", host="LAO")]
    more = [*first, remark("forum", ("LAO",), "ASEAN Regional Forum", "2024-07", host="LAO", source="Post")]
    assert build_calendar([], first, HORIZON)[0].id == build_calendar([], more, HORIZON)[0].id


def test_the_file_is_read_back_with_days_statuses_and_sentences() -> None:
    entries = build_calendar(
        [plan("planned", "2024-07-20", sentence="Blinken will meet Xi, Beijing; says\\so."), plan("off", "2024-05-20")],
        [remark("year", ("CHN", "PRK"), "year of friendship", "2024")],
        HORIZON,
    )
    text = "".join(calendar_file_lines(entries))
    read = {str(e["UID"]): e for e in icalendar.Calendar.from_ical(text).walk("VEVENT")}
    assert read.keys() == {f"{entry.id}@legation" for entry in entries}
    awaited = next(e for e in read.values() if str(e["STATUS"]) == "TENTATIVE")
    assert awaited["DTSTART"].dt.isoformat() == "2024-07-20"
    assert awaited["DTEND"].dt.isoformat() == "2024-07-21"
    assert "Blinken will meet Xi, Beijing; says\\so." in str(awaited["DESCRIPTION"])
    assert sorted(str(e["STATUS"]) for e in read.values()) == ["CANCELLED", "CONFIRMED", "TENTATIVE"]
