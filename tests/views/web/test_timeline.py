"""The timeline: what it draws of the demonstration record, and its layout."""

import re
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from starlette.testclient import TestClient

from legation.record.store.browsing import Day, Month
from legation.record.store.outlines import Outline
from legation.views.web.rooms import timeline as room
from legation.views.web.timeline import Window, bars_of, central, certainty, marks_of, slots, ticks, unit_for


def every_event(reader: TestClient, query: str = "") -> list[dict[str, Any]]:
    """All events of the record that have a day, as the list of events tells them."""
    rows: list[dict[str, Any]] = []
    after = ""
    while True:
        listed = reader.get(f"/events.json?{query}limit=500&after={after}").json()["lists"]["events"]
        rows += listed["rows"]
        if not (after := listed["next"] or ""):
            return [row for row in rows if row["first_day"] or row["reported"]]


def days_of(row: dict[str, Any]) -> tuple[str, str]:
    return (row["first_day"], row["last_day"]) if row["first_day"] else (row["reported"], row["reported"])


def length(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


@pytest.mark.parametrize("query", ["", "status=planned&", "actor=CHN&type=CONSULT&"])
def test_bars_count_each_event_of_the_record_once(
    reader: TestClient, query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "MOST_SINGLE", 10)
    told = reader.get(f"/timeline.json?{query}since=2023-01-01&until=2024-12-31").json()
    about, rows = told["about"], told["lists"]["counts"]["rows"]
    events = every_event(reader, query)
    assert (about["since"], about["until"], about["unit"]) == ("2023-01-01", "2024-12-31", "month")
    for row in rows:
        if row["dates"] == "begin":
            own = [e for e in events if row["since"] <= days_of(e)[0] <= row["until"] and length(*days_of(e)) < 31]
        else:
            own = [e for e in events if days_of(e) == (row["since"], row["until"])]
        assert row["held"] + row["planned"] + row["other"] == len(own)
        assert row["held"] == len([e for e in own if e["status"] == "done"])
        assert row["planned"] == len([e for e in own if e["status"] == "planned"])
        for type_ in {e["type"] for e in events} & row.keys():
            assert row[type_] == len([e for e in own if e["type"] == type_])
    inside = [e for e in events if about["since"] <= days_of(e)[0] <= about["until"] and length(*days_of(e)) < 31]
    broad = [e for e in events if length(*days_of(e)) >= 31 and days_of(e)[1] >= about["since"]
             and days_of(e)[0] <= about["until"]]  # fmt: skip
    assert about["drawn"] == len(inside) + len(broad) > 10


def test_few_events_are_drawn_one_by_one_with_their_doubt(reader: TestClient) -> None:
    address = "/timeline?since=2024-03-01&until=2024-04-30"
    page = reader.get(address).text
    told = reader.get(address.replace("?", ".json?")).json()
    rows = told["lists"]["events"]["rows"]
    assert told["about"]["unit"] == "event"
    events = {row["id"]: row for row in every_event(reader, "since=2024-03-01&until=2024-04-30&")}
    assert {row["id"] for row in rows} == events.keys()
    drawn = re.findall(r'<a class="mark (\w+)" href="/events/(e-\w+)"><title>([^<]+)</title>\s*(<[^>]+>)', page)
    assert sorted(id_ for _, id_, _, _ in drawn) == sorted(events)
    of = {row["id"]: row for row in rows}
    for kind, id_, words, shape in drawn:
        row = events[id_]
        assert kind == {"done": "held", "planned": "planned"}.get(row["status"], "other")
        if row["when"] is None:
            assert of[id_]["certainty"] == "untold"
            assert f"first told on {row['reported']}" in words
        elif len(row["when"]) == 7:
            assert 'mask="url(#soft)"' in shape
            assert "some time within" in words
        elif len(row["when"]) == 10:
            assert "#mark-day" in shape
    assert {"held", "planned", "other"} == {kind for kind, *_ in drawn}
    assert {"day", "within", "untold"} <= {row["certainty"] for row in rows}


@pytest.mark.parametrize("by", ["type", "status", "state", "pair", "person"])
def test_rows_are_what_was_asked_for(reader: TestClient, by: str) -> None:
    query = "" if by == "type" else f"by={by}&"
    page = reader.get(f"/timeline?{query}since=2024-03-01&until=2024-03-31").text
    titles = re.findall(r'<text y="\d+">([^<]+) <tspan>([\d,]+)</tspan>', page)
    counts = {title.strip(): int(n.replace(",", "")) for title, n in titles}
    title, asked = {
        "type": ("CONSULT", "type=CONSULT"),
        "status": ("planned", "status=planned"),
        "state": ("China", "actor=CHN"),
        "pair": ("China – North Korea", "actor=CHN&actor=PRK"),
        "person": ("Kim Song Nam", "actor=Kim+Song+Nam"),
    }[by]
    events = every_event(reader, f"since=2024-03-01&until=2024-03-31&{asked}&")
    assert counts[title] == len(events) > 0


def test_days_are_moved_by_address(reader: TestClient) -> None:
    page = reader.get("/timeline?since=2024-03-01&until=2024-04-29&type=CONSULT").text
    moves = dict(re.findall(r'<a id="move-(\w+)" href="([^"]+)"', page))
    days = {name: tuple(re.findall(r"\d{4}-\d\d-\d\d", address)) for name, address in moves.items()}
    assert days["earlier"] == ("2024-01-31", "2024-03-30")
    assert days["later"] == ("2024-03-31", "2024-05-29")
    assert days["nearer"] == ("2024-03-16", "2024-04-14")
    assert days["farther"] == ("2024-01-31", "2024-05-29")
    assert moves["all"] == "/timeline?type=CONSULT"
    assert all("type=CONSULT" in address for address in moves.values())
    for address in moves.values():
        assert reader.get(address.replace("&amp;", "&")).status_code == 200


def test_a_bin_leads_into_its_days(reader: TestClient) -> None:
    page = reader.get("/timeline").text
    (address, *_) = re.findall(r'<a href="(/timeline\?since=[^"]+)"><rect class="column"', page)
    told = reader.get(address.replace("&amp;", "&").replace("?", ".json?")).json()
    assert told["about"]["drawn"] > 0


def test_known_by_shows_statuses_of_then(reader: TestClient) -> None:
    query = "known_by=2024-03-25&since=2024-03-01&until=2024-04-30&"
    rows = reader.get(f"/timeline.json?{query[:-1]}").json()["lists"]["events"]["rows"]
    events = {row["id"]: row["status"] for row in every_event(reader, query)}
    assert {row["id"]: row["status"] for row in rows} == events
    assert rows


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("since=2024-05-01&until=2024-04-01", 400, "is after until"),
        ("by=colour", 400, "by: expected one of"),
        ("since=0001-01-01&until=9999-12-31", 200, "Events by decade"),
        ("since=9999-12-30", 200, "No event of the record fits"),
        ("until=0001-01-02", 200, "No event of the record fits"),
        ("actor=Nobody+Whatsoever", 200, "No event of the record fits"),
    ],
)
def test_any_days_can_be_asked_for(reader: TestClient, query: str, status: int, words: str) -> None:
    answer = reader.get(f"/timeline?{query}")
    assert answer.status_code == status
    assert words in answer.text


# The layout --------------------------------------------------------------------------------------------------


def outline(when: str | None, first: str | None, last: str | None, *, kind: str = "meet", n: int = 0) -> Outline:
    return Outline(
        f"e-{n}", "CONSULT", kind, kind, "done", when, first, last, "2024-05-20", None, None, 1, ()
    )  # fmt: skip


@pytest.mark.parametrize(
    ("when", "first", "last", "kind", "expected"),
    [
        ("2024-05-08", "2024-05-08", "2024-05-08", "meet", "day"),
        ("2024-05", "2024-05-01", "2024-05-31", "meet", "within"),
        ("2024-05", "2024-05-01", "2024-05-31", "visit", "within"),
        ("2024-05-06/2024-05-12", "2024-05-06", "2024-05-12", "meet", "within"),
        ("2024-05-06/2024-05-12", "2024-05-06", "2024-05-12", "visit", "days"),
        ("2024-04/2024-05", "2024-04-01", "2024-05-31", "visit", "within"),
        ("2024-05-08~", "2024-05-08", "2024-05-08", "meet", "about"),
        (None, None, None, "meet", "untold"),
    ],
)
def test_doubt_is_what_the_words_leave_open(
    when: str | None, first: str | None, last: str | None, kind: str, expected: str
) -> None:
    assert certainty(outline(when, first, last, kind=kind)) == expected


def test_marks_of_a_row_lie_beside_each_other() -> None:
    window = Window(date(2024, 5, 1), date(2024, 5, 31))
    events = [outline("2024-05-08", "2024-05-08", "2024-05-08", n=n) for n in range(5)]
    events += [outline("2024-05", "2024-05-01", "2024-05-31", n=9), outline("2024-06", "2024-04-20", "2024-06-30", n=8)]
    (lane, *_), height = marks_of([("CONSULT", "CONSULT", events)], window)
    assert lane.n == len(lane.marks) == 7
    assert len({(mark.x, mark.y) for mark in lane.marks}) == 7
    assert all(0 <= mark.x <= mark.x + mark.width <= 100 and mark.y < height for mark in lane.marks)
    assert {mark.width for mark in lane.marks if mark.certainty == "within"} == {100}
    assert {mark.x for mark in lane.marks if mark.certainty == "day"} == {round(100 * 7.5 / 31, 2)}


@pytest.mark.parametrize(
    ("first", "last", "unit", "n"),
    [
        ("2024-01-01", "2024-03-31", "day", 91),
        ("2024-01-01", "2024-12-31", "week", 53),
        ("2020-01-15", "2024-12-31", "month", 60),
        ("1990-06-01", "2024-12-31", "year", 35),
        ("0001-01-01", "9999-12-31", "decade", 1000),
    ],
)
def test_units_fit_the_window(first: str, last: str, unit: str, n: int) -> None:
    window = Window(date.fromisoformat(first), date.fromisoformat(last))
    assert unit_for(window) == unit
    every = slots(window, unit_for(window))
    assert len(every) == n
    assert all((b.first - a.last).days == 1 for a, b in pairwise(every))
    assert every[0].first <= window.first
    assert every[-1].last >= window.last
    assert len(ticks(window)) <= 100


def test_the_first_window_leaves_lone_events_aside() -> None:
    months = [Month("1950-01", "AID", "done", 1), Month("", "AID", "done", 9)]
    months += [Month(f"2024-{k:02}", "AID", "done", 10) for k in range(1, 13)]
    assert central(months) == Window(date(2024, 1, 1), date(2024, 12, 31))
    assert central([Month("", "AID", "done", 9)]) is None


def test_what_is_told_to_a_year_is_no_bar_of_its_first_month() -> None:
    window = Window(date(2023, 1, 1), date(2024, 12, 31))
    days = [Day("2024-01-01", "2024-12-31", "AID", "planned", 4), Day("2024-01-05", "2024-01-05", "AID", "done", 2)]
    (lane,), bins, _, most = bars_of([("AID", "AID", days)], window, "month")
    assert (most, lane.n) == (2, 6)
    assert [(span.n, span.kind) for span in lane.spans] == [(4, "planned")]
    assert [(own.first, own.total) for own in bins if own.total] == [(date(2024, 1, 1), 2)]
