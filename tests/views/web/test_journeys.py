"""Journeys on the desk: each number as the record has it."""

import csv
import io
import re
from html import unescape
from typing import Any

import pytest
from starlette.testclient import TestClient

from legation.record.store import Record
from legation.record.store.journeys import claims_of_trip, events_of_claims, read_around
from legation.record.store.told import read_events
from legation.record.trips import Meeting, Stop, Trip
from legation.views.web.itinerary import LENGTH, bounds_of, days_of, gaps_of, route_of
from legation.views.web.projecting import WORLD, box_around, project
from legation.views.web.rooms import trips as room


def words_of(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page[page.index("<main") :])).split())


def rows_of(client: TestClient, address: str, name: str = "trips") -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = client.get(address, follow_redirects=True).json()["lists"][name]["rows"]
    return rows


@pytest.fixture(scope="module")
def every(shared: Record) -> list[Trip]:
    return shared.trips()


@pytest.fixture(scope="module")
def tour(every: list[Trip]) -> Trip:
    """The tour of Kim Song Nam: several stops, days in doubt, days untold."""
    return max((t for t in every if t.traveller == "Kim Song Nam"), key=lambda t: len(t.stops))


def test_the_list_has_all_trips_of_the_record(reader: TestClient, every: list[Trip]) -> None:
    rows = rows_of(reader, "/trips.json?limit=500")
    assert {row["id"] for row in rows} == {trip.id for trip in every}
    by_id = {trip.id: trip for trip in every}
    for row in rows:
        trip = by_id[row["id"]]
        assert row["meetings"] == sum(len(stop.meetings) for stop in trip.stops)
        assert row["disputed"] == sum(len(stop.disputed) for stop in trip.stops)
        assert (row["origins"], row["reports"]) == (trip.n_origins, len(trip.reports))
        assert len(row["stops"]) == len(trip.stops)
    assert f"{len(every)} trips" in words_of(reader.get("/trips").text)


def test_pages_and_csv_hold_the_same_rows(reader: TestClient) -> None:
    first = reader.get("/trips.json?limit=5").json()["lists"]["trips"]
    then = rows_of(reader, f"/trips.json?limit=5&after={first['next']}")
    assert [row["id"] for row in first["rows"] + then] == [row["id"] for row in rows_of(reader, "/trips.json?limit=10")]
    table = list(csv.DictReader(io.StringIO(reader.get("/trips.csv?limit=5").text)))
    assert [row["id"] for row in table] == [row["id"] for row in first["rows"]]


@pytest.mark.parametrize(
    ("query", "is_meant"),
    [
        ("actor=Kim+Song-nam", lambda t: t.traveller == "Kim Song Nam"),
        ("actor=USA", lambda t: t.country == "USA"),
        ("actor=United+States", lambda t: t.country == "USA"),
        ("place=Vietnam", lambda t: any(s.country == "VNM" for s in t.stops)),
        ("status=off", lambda t: t.status == "off"),
    ],
)
def test_filters_leave_the_trips_meant(reader: TestClient, every: list[Trip], query: str, is_meant: Any) -> None:
    meant = {trip.id for trip in every if is_meant(trip)}
    assert meant
    assert {row["id"] for row in rows_of(reader, f"/trips.json?limit=500&{query}")} == meant


def test_days_filter_by_what_bounds_a_trip(reader: TestClient) -> None:
    rows = rows_of(reader, "/trips.json?since=2024-03-20&until=2024-04-30&limit=500")
    assert rows
    assert all("2024-03-" in row["start"] + row["end"] or "2024-04-" in row["start"] + row["end"] for row in rows)
    assert reader.get("/trips.json?since=2024-02-30").status_code == 400


def test_what_was_not_yet_told_is_left_out(reader: TestClient, every: list[Trip]) -> None:
    rows = rows_of(reader, "/trips.json?known_by=2024-03-24&limit=500")
    assert 0 < len(rows) < len(every)
    kim = [row for row in rows if row["traveller"] == "Kim Song Nam"]
    assert kim
    assert all(row["reports"] < 9 for row in kim)


def test_nothing_is_found_where_nobody_went(reader: TestClient) -> None:
    assert "No trip fits." in reader.get("/trips?place=ATA").text
    assert "No trip fits." in reader.get("/trips?actor=Nobody+Atall").text


def test_a_trip_shows_each_stop_with_its_meetings_and_events(reader: TestClient, tour: Trip) -> None:
    page = reader.get(f"/trips/{tour.id}").text
    shown = words_of(page)
    told = reader.get(f"/trips/{tour.id}.json").json()
    assert [stop["country"] for stop in told["about"]["stops"]] == [stop.country for stop in tour.stops]
    for n, stop in enumerate(tour.stops, 1):
        assert f'id="stop-{n}"' in page
        assert f"{stop.n_origins} origin" in shown
        for meeting in stop.meetings:
            assert ", ".join(meeting.others) in shown
            assert " ".join(meeting.sentence.split()) in shown
    for row, stop in zip(told["lists"]["stops"]["rows"], tour.stops, strict=True):
        claims = {claim for meeting in stop.meetings for claim in meeting.claims}
        events = {
            rows["id"] for event in row["events"] for rows in [reader.get(f"/events/{event}.json").json()["about"]]
        }
        assert set(row["events"]) == events
        found = {c["id"] for e in row["events"] for c in rows_of(reader, f"/events/{e}.json", "claims")}
        assert claims <= found
        for event in row["events"]:
            assert f'href="/events/{event}"' in page
    assert re.search(r'<h1><a href="/actors/a-[0-9a-f]+">Kim Song Nam</a>', page)


def test_gaps_disputed_days_and_plans_are_told(reader: TestClient, every: list[Trip]) -> None:
    n_gaps = n_disputes = n_planned = 0
    for trip in every:
        shown = words_of(reader.get(f"/trips/{trip.id}").text)
        for gap in gaps_of(trip):
            assert f"of which nothing is told: {gap.first}" in shown
            n_gaps += 1
        for stop in trip.stops:
            for dispute in stop.disputed:
                assert f"disputed {dispute.value}" in shown
                n_disputes += 1
            n_planned += stop.status == "planned"
            if stop.status == "planned":
                assert re.search(
                    r'class="mark is-planned|class="leg is-planned|Not on the map', reader.get(f"/trips/{trip.id}").text
                )
    assert min(n_gaps, n_disputes, n_planned) > 0


def test_an_event_or_claim_finds_its_trip(reader: TestClient, tour: Trip) -> None:
    claim = next(iter(tour.stops[0].meetings[0].claims))
    assert reader.get(f"/trips/{claim}").headers["location"] == f"/trips/{tour.id}"
    event = rows_of(reader, f"/trips/{tour.id}.json", "stops")[0]["events"][0]
    assert reader.get(f"/trips/{event}").headers["location"] == f"/trips/{tour.id}"


@pytest.mark.parametrize(
    "id_", ["t-000000000000", "e-000000000000", "x", "<script>alert(1)</script>", "t-" + "9" * 110]
)
def test_unknown_trips_are_told_as_such(reader: TestClient, id_: str) -> None:
    answer = reader.get(f"/trips/{id_}")
    assert answer.status_code == 404
    assert "<script>alert" not in answer.text


def test_a_long_record_lists_visits_and_rebuilds_a_trip_around_one(
    reader: TestClient, tour: Trip, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "MOST_AT_ONCE", 10)
    visits = rows_of(reader, "/trips.json?limit=500", "visits")
    assert {row["id"] for row in visits} == {
        row["id"] for row in rows_of(reader, "/events.json?mode=visit&limit=500", "events")
    }
    page = reader.get("/trips").text
    assert "This record is long" in page
    assert f'href="/trips/{visits[0]["id"]}"' in page
    meeting = next(m for m in tour.stops[1].meetings if m.claims)
    about = reader.get(f"/trips/{meeting.claims[0]}.json").json()["about"]
    assert about["traveller"] == tour.traveller
    assert tour.stops[1].place in {stop["place"] for stop in about["stops"]}
    assert "Rebuilt from " in reader.get(f"/trips/{meeting.claims[0]}").text
    assert "by one of its events" in reader.get(f"/trips/{tour.id}").text


def test_what_is_rebuilt_around_an_event_is_the_trip_itself(shared: Record, tour: Trip) -> None:
    """With so few reports as here nothing is left aside: the stops are those of all reports."""
    with shared.reading() as connection:
        events = events_of_claims(connection, tour.stops[1].claims)
        (event, *_) = read_events(connection, [max(set(events.values()), key=list(events.values()).count)])
        around = read_around(connection, event)
        assert around.n_aside == 0
        best = max(around.trips, key=lambda t: len(claims_of_trip(t)))
        assert {(s.country, s.start) for s in best.stops} >= {
            (s.country, s.start) for s in tour.stops if s.place == "Hanoi"
        }
        early = read_around(connection, event, known_by="2024-03-23")
        assert early.n_reports < around.n_reports


# Drawing -----------------------------------------------------------------------------------------------------


def stop_of(country: str, place: str, start: str | None, end: str | None, status: str = "done", **more: Any) -> Stop:
    return Stop(country, place, start, end, status, more.get("meetings", ()), (), (), (), 1)


def trip_of(*stops: Stop) -> Trip:
    return Trip("t-1", "Mira Holt", "NOR", "", (), stops[0].start, stops[-1].end, "done", stops, (), 1)


def test_a_stay_without_doubt_is_solid_from_first_to_last_day() -> None:
    line = days_of(
        trip_of(
            stop_of("CHN", "Beijing", "2024-03-21", "2024-03-24"), stop_of("VNM", "Hanoi", "2024-03-25", "2024-03-30")
        )
    )
    (stay,), (other,) = line.rows
    assert (stay.x, stay.width, stay.kind) == (0.0, 400.0, "stay")
    assert (other.x, other.width) == (400.0, 600.0)


def test_doubt_is_drawn_beside_what_is_sure() -> None:
    (row,) = days_of(trip_of(stop_of("CHN", "", "2024-03-21", "2024-03-25?"))).rows
    assert [(span.kind, span.x, span.width) for span in row] == [("doubt", 0.0, LENGTH), ("stay", 0.0, LENGTH / 5)]
    (row,) = days_of(trip_of(stop_of("CHN", "", "../2024-03-25", None))).rows
    assert [span.kind for span in row] == ["doubt"]


def test_days_between_stops_are_gaps_only_where_nothing_may_fill_them() -> None:
    sure = trip_of(stop_of("CHN", "", "2024-03-21", "2024-03-22"), stop_of("VNM", "", "2024-03-25", "2024-03-26"))
    assert [(g.after, g.first, g.last, g.days) for g in gaps_of(sure)] == [(1, "2024-03-23", "2024-03-24", 2)]
    assert days_of(sure).rows[1][0].kind == "gap"
    open_ = trip_of(stop_of("CHN", "", "2024-03-21", None), stop_of("VNM", "", "../2024-03-26", None))
    assert gaps_of(open_) == []


def test_a_meeting_lies_on_its_day_and_one_without_a_day_nowhere() -> None:
    met = Meeting("meeting", ("Wang Yi",), "2024-03-23", "", "done", (), 1, "")
    unknown = Meeting("meeting", ("Cai Qi",), None, "", "done", (), 1, "")
    (row,) = days_of(trip_of(stop_of("CHN", "", "2024-03-21", "2024-03-24", meetings=(met, unknown)))).rows
    assert [(s.kind, s.x) for s in row if s.kind == "met"] == [("met", 500.0)]


def test_a_trip_without_days_has_no_line() -> None:
    assert days_of(trip_of(stop_of("CHN", "", None, None))).rows == ()


def test_the_map_tells_a_place_from_somewhere_in_a_state() -> None:
    route = route_of(
        trip_of(stop_of("CHN", "Beijing", None, None), stop_of("VNM", "", None, None), stop_of("IGO", "", None, None))
    )
    beijing, vietnam = route.marks
    assert (beijing.x, beijing.y) == project(39.91, 116.4)
    assert (beijing.exact, vietnam.exact) == (True, False)
    assert "somewhere in Vietnam" in vietnam.words
    assert route.nowhere == ("3. IGO",)
    assert all(route.box.holds(mark.x, mark.y) for mark in route.marks)


def test_ways_still_to_come_are_told_apart_and_a_place_seen_twice_is_one_mark() -> None:
    route = route_of(
        trip_of(
            stop_of("CHN", "Beijing", None, None), stop_of("VNM", "Hanoi", None, None, "planned"),
            stop_of("CHN", "Beijing", None, None),
        )
    )  # fmt: skip
    assert [leg.status for leg in route.legs] == ["planned", "done"]
    assert [mark.label for mark in route.marks] == ["1, 3", "2"]


def test_a_way_over_the_pacific_leaves_the_map_at_its_edges() -> None:
    route = route_of(trip_of(stop_of("JPN", "Tokyo", None, None), stop_of("USA", "Washington", None, None)))
    assert route.box == WORLD
    assert len(route.legs) == 2
    assert all(abs(leg.x2 - leg.x1) < WORLD.width / 2 for leg in route.legs)


def test_a_box_holds_its_points_and_is_never_tiny() -> None:
    spots = [project(21.0, 105.8), project(39.9, 116.4)]
    assert all(box_around(spots).holds(*spot) for spot in spots)
    assert box_around(spots[:1]).width >= 14
    assert box_around([]) == WORLD


@pytest.mark.parametrize(
    ("value", "first", "last", "sure"),
    [
        ("2024-03-25", "2024-03-25", "2024-03-25", True), ("2024-03-25?", "2024-03-25", "2024-03-25", False),
        ("2024-03", "2024-03-01", "2024-03-31", False), ("../2024-03-25", "None", "2024-03-25", False),
        ("2024-03-21/2024-03-25", "2024-03-21", "2024-03-25", False),
        (None, "None", "None", False), ("rubbish", "None", "None", False),
    ],
)  # fmt: skip
def test_bounds_are_those_of_the_value(value: str | None, first: str, last: str, sure: bool) -> None:
    bounds = bounds_of(value)
    assert (str(bounds.first), str(bounds.last), bounds.sure) == (first, last, sure)
