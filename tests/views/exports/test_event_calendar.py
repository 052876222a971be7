"""A calendar of events, read back by icalendar: whole days, statuses, evidence, long lines and odd signs."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from telling_by_hand import KIM, act, tell

from legation.record import Event
from legation.record.store import open_record
from legation.record.store.asking import Question
from legation.views.exports.calendar import NO_DAY, Entry, calendar_lines, write_calendar
from legation.views.exports.source import Source

icalendar = pytest.importorskip("icalendar")


def events_of(path: Path) -> dict[str, Any]:
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    return {str(event["UID"]).split("@")[0]: event for event in calendar.walk("VEVENT")}


def test_icalendar_reads_days_statuses_and_evidence(source: Source, tmp_path: Path, pick: Callable[..., Event]) -> None:
    written = write_calendar(source, tmp_path / "events.ics")
    assert (written.n_events, written.left_out) == (4, {NO_DAY: 2})
    found = events_of(tmp_path / "events.ics")
    meeting = found[pick("CONSULT", "meet", "2024-03-22").id]
    assert (meeting.start, meeting.end) == (date(2024, 3, 22), date(2024, 3, 23))
    assert (str(meeting["SUMMARY"]), str(meeting["LOCATION"])) == ("Kim Song Nam meets Wang Yi", "Beijing, China")
    assert (str(meeting["STATUS"]), str(meeting["X-LEGATION-ORIGINS"])) == ("CONFIRMED", "2")
    told = str(meeting["DESCRIPTION"])
    assert "Conflict: the day differs: 2024-03-22, 2024-03-23" in told
    assert "The Meridian Review, 2024-03-24 (friday, text 0-" in told
    assert '"an old friend", on Friday <in Beijing> & left.' in told
    assert str(found[pick("CONSULT", "call").id]["STATUS"]) == "CANCELLED"
    assert [str(c) for c in meeting["CATEGORIES"].cats] == ["CONSULT", "meet", "done", "disputed"]


@pytest.mark.parametrize(("rule", "n_events"), [("days-interval", 1), ("turned-unit", 0)])
def test_a_visit_takes_all_the_days_that_words_name_and_a_week_is_no_day(
    rule: str, n_events: int, tmp_path: Path
) -> None:
    visit = act("CONSULT", "visit", who=[KIM], whom=[("Laos", "LAO")], when="2024-05-06/2024-05-12", status="planned")
    reading = tell("2024-04-20", visit)
    (claim,) = reading.claims
    assert claim.when
    claim = replace(claim, when=replace(claim.when, rule=rule))
    with open_record(tmp_path / "visit.legation") as record:
        record.add([replace(reading, claims=(claim,))], reader="m")
        assert write_calendar(Source(record, Question()), tmp_path / "events.ics").n_events == n_events
    found = [(e.start, e.end, str(e["STATUS"])) for e in events_of(tmp_path / "events.ics").values()]
    assert found == [(date(2024, 5, 6), date(2024, 5, 13), "TENTATIVE")][:n_events]


def test_long_lines_are_folded_between_signs() -> None:
    title = "회담; with, commas\\ and 漢字 " * 12
    entry = Entry("x", title, date(2024, 5, 2), date(2024, 5, 2), date(2024, 4, 1), description="one\ntwo")
    text = "".join(calendar_lines("Plans, and more", [entry]))
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    (event,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert (str(event["SUMMARY"]), str(event["DESCRIPTION"])) == (title, "one\ntwo")


def test_no_events_are_an_empty_calendar(source: Source, tmp_path: Path) -> None:
    assert write_calendar(Source(source.record, Question(type="ASSAULT")), tmp_path / "events.ics").n_events == 0
    assert events_of(tmp_path / "events.ics") == {}
