"""The map: each bubble against the events of the record."""

import csv
import io
import re
from collections import Counter
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from legation.record.store import Record
from legation.record.store.placing import Placed, StateCount
from legation.reference.coordinates import point_of
from legation.views.web.bubbles import NOWHERE, UNKNOWN, radius, spots_of, spots_of_states
from legation.views.web.projecting import STEPS, WORLD
from legation.views.web.rooms import map as room
from legation.views.web.rooms import trips as trips_room

STATIC = Path(room.__file__).parents[1] / "static"


def words_of(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page[page.index("<main") :])).split())


def rows_of(client: TestClient, address: str, name: str = "places") -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = client.get(address).json()["lists"][name]["rows"]
    return rows


def key_of(event: dict[str, Any]) -> str:
    """Where an event of the list belongs, by the tables alone."""
    point = point_of(event["place"], event["place_country"])
    if point is None:
        return UNKNOWN if event["place"] or event["place_country"] else NOWHERE
    return point.country if point.kind == "state" else f"{point.country}/{point.name}"


@pytest.fixture(scope="module")
def events(reader: TestClient) -> list[dict[str, Any]]:
    found, after = [], ""
    while True:
        listed = reader.get(f"/events.json?limit=500&after={after}").json()["lists"]["events"]
        found += listed["rows"]
        if not (after := listed["next"]):
            return found


@pytest.mark.parametrize(
    ("query", "is_meant"),
    [
        ("", lambda e: True),
        ("status=planned", lambda e: e["status"] == "planned"),
        ("type=CONSULT", lambda e: e["type"] == "CONSULT"),
        ("place=Vietnam", lambda e: e["place_country"] == "VNM"),
        ("place=Hanoi", None),
        ("actor=PRK&actor=CHN", None),
        ("since=2024-03-01&until=2024-03-31", None),
    ],
)
def test_every_event_of_a_view_is_counted_where_it_lies(
    reader: TestClient, events: list[dict[str, Any]], query: str, is_meant: Any
) -> None:
    meant = (
        [e for e in events if is_meant(e)] if is_meant else rows_of(reader, f"/events.json?limit=500&{query}", "events")
    )
    assert meant
    counted = Counter(key_of(event) for event in meant)
    rows = rows_of(reader, f"/map.json?{query}")
    assert {row["key"]: row["events"] for row in rows} == counted
    for row in rows:
        statuses = Counter(e["status"] for e in meant if key_of(e) == row["key"])
        assert set(row["statuses"]) == {f"{n} {status}" for status, n in statuses.items()}
    n = len(meant)
    assert f"{n:,} event{'s' * (n != 1)}" in words_of(reader.get(f"/map?{query}").text)


def test_every_mark_leads_to_its_events_and_their_sentences(reader: TestClient, events: list[dict[str, Any]]) -> None:
    page = reader.get("/map").text
    links = [unescape(link) for link in re.findall(r'<a href="([^"]+)" class="bubble', page)]
    rows = [row for row in rows_of(reader, "/map.json") if row["latitude"] is not None]
    assert len(links) == len(rows) > 20
    for link, row in zip(links, rows, strict=True):
        listed = rows_of(reader, link.replace("/map?", "/map.json?").partition("#")[0], "events")
        assert {event["id"] for event in listed} == {e["id"] for e in events if key_of(e) == row["key"]}
    shown = reader.get(links[0].partition("#")[0])
    newest = rows[0]["newest"]
    assert f'href="/events/{newest}"' in shown.text
    sentence = rows_of(reader, f"/events/{newest}.json", "claims")[0]["sentence"]
    assert " ".join(sentence.split())[:40] in words_of(shown.text)


def test_marks_have_names_for_those_who_do_not_see_them(reader: TestClient) -> None:
    page = reader.get("/map").text
    marks = re.findall(r'<a href="[^"]+" class="(?:bubble|way)[^"]*" aria-label="([^"]+)"><title>([^<]+)</title>', page)
    assert len(marks) == page.count('class="bubble') + page.count('class="way"')
    assert all(label == title for label, title in marks)


def test_what_tells_no_place_is_told_in_words_and_listed(reader: TestClient, events: list[dict[str, Any]]) -> None:
    n = sum(key_of(event) == NOWHERE for event in events)
    assert f"{n:,} no place told" in words_of(reader.get("/map").text)
    first = reader.get("/map.json?at=none&limit=100").json()["lists"]["events"]
    then = rows_of(reader, f"/map.json?at=none&limit=500&after={first['next']}", "events")
    assert len(first["rows"]) == 100
    assert len(first["rows"]) + len(then) == n
    assert all(row["place"] is None for row in then)


def test_csv_is_what_is_on_screen(reader: TestClient) -> None:
    table = list(csv.DictReader(io.StringIO(reader.get("/map.csv?status=planned").text)))
    rows = rows_of(reader, "/map.json?status=planned")
    assert [(row["key"], row["events"]) for row in table] == [(row["key"], str(row["events"])) for row in rows]
    shown = words_of(reader.get("/map?status=planned").text)
    assert all(row["name"] in shown for row in rows)


def test_trips_are_drawn_and_lead_to_their_pages(reader: TestClient, shared: Record) -> None:
    page = reader.get("/map?show=trips&actor=Kim+Song+Nam").text
    own = [trip for trip in shared.trips() if trip.traveller == "Kim Song Nam"]
    assert {row["id"] for row in rows_of(reader, "/map.json?show=trips&actor=Kim+Song+Nam", "trips")} == {
        t.id for t in own
    }
    tour = max(own, key=lambda trip: len(trip.stops))
    assert re.search(rf'<a href="/trips/{tour.id}" class="way"[^>]*>.*?<line class="leg is-done"', page)
    assert 'class="bubble' not in page
    assert 'class="way"' not in reader.get("/map?show=events").text
    assert 'class="way"' not in reader.get("/map?type=AID").text


def test_many_events_are_counted_by_state_and_a_states_map_shows_its_places(
    reader: TestClient, events: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "MOST_PLACED", 20)
    monkeypatch.setattr(trips_room, "MOST_AT_ONCE", 10)
    monkeypatch.setattr(room, "MOST_AT_ONCE", 10)
    rows = {row["key"]: row["events"] for row in rows_of(reader, "/map.json")}
    counted = Counter(e["place_country"] for e in events)
    assert rows["CHN"] == counted["CHN"]
    assert sum(rows.values()) == len(events)
    page = reader.get("/map").text
    assert "counted by state and whole months" in page
    assert "drawn one at a time" in page
    assert 'href="/map?place=CHN" class="bubble' in page
    assert {row["key"] for row in rows_of(reader, "/map.json?place=CHN")} > {"CHN/Beijing"}
    month = {row["key"]: row["events"] for row in rows_of(reader, "/map.json?since=2024-03-01&until=2024-03-31")}
    assert 0 < month["CHN"] < rows["CHN"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("actor=Nobody+Atall", "No event fits."),
        ("at=XYZ/Nowhere", "No event of this view lies at"),
        ("place=ATA", "No event fits."),
    ],
)
def test_a_view_of_nothing_says_so(reader: TestClient, query: str, words: str) -> None:
    answer = reader.get(f"/map?{query}")
    assert answer.status_code == 200
    assert words in answer.text


@pytest.mark.parametrize("query", ["since=2024-13-01", "part=atlantis", "show=all", "zoom=9", "at=" + "x" * 300])
def test_what_can_not_be_asked_is_refused(reader: TestClient, query: str) -> None:
    assert reader.get(f"/map?{query}").status_code == 400


def test_signs_of_an_address_mean_themselves(reader: TestClient) -> None:
    page = reader.get("/map", params={"at": "<script>alert(1)</script>"}).text
    assert "<script>alert" not in page


def test_the_address_says_which_part_is_shown(reader: TestClient) -> None:
    def box(query: str) -> list[float]:
        found = re.search(r'viewBox="([-\d.]+ [-\d.]+ [-\d.]+ [-\d.]+)" role="group"', reader.get(f"/map?{query}").text)
        assert found
        return [float(number) for number in found[1].split()]

    assert box("")[2] == pytest.approx(WORLD.width, abs=0.01)
    assert box("part=europe")[2] < WORLD.width / 3
    left, top, width, height = box("place=Vietnam")
    hanoi = next(spot for spot in rows_of(reader, "/map.json?place=Vietnam") if spot["key"] == "VNM/Hanoi")
    assert left < hanoi["longitude"] * 0.8 < left + width
    assert top < -hanoi["latitude"] < top + height


# Borders and shapes ------------------------------------------------------------------------------------------


def test_the_policy_names_what_is_dashed(reader: TestClient) -> None:
    page = words_of(reader.get("/map/borders").text)
    assert "No position is taken." in page
    rows = rows_of(reader, "/map/borders.json", "borders")
    assert {"India", "Pakistan"} in [{row["one"], row["other"]} for row in rows]
    assert all(f"{row['one']} {row['other']}" in page for row in rows)
    assert 'href="/map/borders"' in reader.get("/map").text


def test_the_shapes_have_land_borders_and_disputed_borders_and_stay_small() -> None:
    world = (STATIC / "world.svg").read_text(encoding="utf-8")
    assert "Natural Earth" in world
    assert "public domain" in world
    assert re.findall(r'<path id="(\w+)"', world) == ["land", "borders", "disputed"]
    assert len(world) < 200_000
    for path in re.findall(r' d="([^"]+)"', world):
        for step in re.findall(r"l([^Mz]+)", path):
            assert max(abs(int(n)) for n in re.findall(r"-?\d+", step)) < 60 * STEPS, "a line across the whole map"


# Bubbles -----------------------------------------------------------------------------------------------------


def test_places_of_one_point_are_one_bubble_and_others_are_told() -> None:
    spots = spots_of(
        [
            Placed("e-1", "done", "Beijing", "CHN"), Placed("e-2", "planned", "the Chinese capital", "CHN"),
            Placed("e-3", "done", "a border village", "CHN"), Placed("e-4", "done", None, None),
            Placed("e-5", "done", "the high seas", None),
        ]
    )  # fmt: skip
    assert [(s.key, s.n, s.events) for s in spots] == [
        ("CHN/Beijing", 2, ("e-1", "e-2")), ("CHN", 1, ("e-3",)), (NOWHERE, 1, ("e-4",)), (UNKNOWN, 1, ("e-5",)),
    ]  # fmt: skip
    assert spots[0].told == "Beijing, China: 2 events (1 done, 1 planned)"
    assert spots[0].words == ("Beijing", "the Chinese capital")
    assert [s.is_exact for s in spots] == [True, False, False, False]


def test_states_are_counted_with_what_tells_no_place() -> None:
    spots = spots_of_states(
        [StateCount("CHN", "done", 7), StateCount("CHN", "planned", 1), StateCount("IGO", "done", 2)], 15
    )
    assert [(s.key, s.n) for s in spots] == [("CHN", 8), (NOWHERE, 5), (UNKNOWN, 2)]


def test_the_area_of_a_bubble_grows_with_its_count() -> None:
    assert radius(400, 400) == pytest.approx(2 * radius(100, 400))
    assert radius(1, 1_000_000) > 0.3
