"""The network: who met whom in the demonstration record, and how it is laid out."""

import re
from collections import Counter
from itertools import product
from typing import Any

import pytest
from starlette.testclient import TestClient

from legation.record.store import Record
from legation.record.store.browsing import View
from legation.record.store.meetings import Edge, Node, find_network
from legation.record.store.outlines import read_outlines
from legation.views.web.network import HEIGHT, MOST_EDGES, MOST_NODES, WIDTH, draw


def lists_of(reader: TestClient, query: str) -> dict[str, Any]:
    told: dict[str, Any] = reader.get(f"/network.json?{query}").json()
    return told


def met_in(reader: TestClient, shared: Record, query: str) -> Counter[tuple[str, str]]:
    """Pairs of states on different sides of the held events of a query, counted from the list of events."""
    rows = reader.get(f"/events.json?status=done&limit=500&{query}").json()["lists"]["events"]["rows"]
    pairs: Counter[tuple[str, str]] = Counter()
    with shared.reading() as connection:
        for event in read_outlines(connection, [row["id"] for row in rows]):
            sides = [(p.role, p.country) for p in event.parties if p.country]
            found = {
                (min(a, b), max(a, b))
                for (role, a), (other, b) in product(sides, sides)
                if a != b and (role != other or role == "side")
            }
            pairs.update(found)
    return pairs


@pytest.mark.parametrize(
    "query",
    [
        "type=CONSULT&since=2023-01-01&until=2024-12-31",
        "type=CONSULT&since=2024-03-01&until=2024-03-31&level=3",
        "type=CONSULT&since=2024-01-01&until=2024-12-31&channel=party",
        "type=AGREE&since=2023-01-01&until=2024-12-31",
    ],
)
def test_states_met_as_often_as_the_record_tells(reader: TestClient, shared: Record, query: str) -> None:
    told = lists_of(reader, "of=states&limit=500&" + query.replace("type=CONSULT&", ""))
    rows = {(row["one"], row["other"]): row["events"] for row in told["lists"]["ties"]["rows"]}
    assert rows == met_in(reader, shared, query)
    assert told["about"]["ties"] == len(rows) > 0
    actors = {row["actor"]: row["others"] for row in told["lists"]["actors"]["rows"]}
    assert actors == Counter(id_ for pair in rows for id_ in pair)


def test_people_meet_people_of_other_states(reader: TestClient) -> None:
    rows = lists_of(reader, "limit=500")["lists"]["ties"]["rows"]
    pairs = {frozenset((row["one_name"], row["other_name"])) for row in rows}
    assert frozenset(("Kim Song Nam", "Wang Yi")) in pairs
    assert frozenset(("Wang Yi", "Antony Blinken")) in pairs
    assert frozenset(("Wang Yi", "Xi Jinping")) not in pairs, "those of one side don't meet each other"
    kinds = {row["kind"] for row in lists_of(reader, "")["lists"]["actors"]["rows"]}
    assert "person" in kinds
    assert not kinds & {"state", "group"}


def test_the_last_meeting_of_two_is_theirs(reader: TestClient) -> None:
    rows = lists_of(reader, "limit=500")["lists"]["ties"]["rows"]
    row = next(row for row in rows if {row["one_name"], row["other_name"]} == {"Wang Yi", "Antony Blinken"})
    query = f"actor={row['one']}&actor={row['other']}&type=CONSULT&status=done&limit=500"
    events = reader.get(f"/events.json?{query}").json()["lists"]["events"]["rows"]
    days = {event["id"]: event["first_day"] or event["reported"] for event in events}
    assert days[row["last_event"]] == row["last"]
    assert row["first"] <= row["last"]
    assert row["events"] <= len(events)


def test_what_is_drawn_stands_in_the_tables(reader: TestClient) -> None:
    page = reader.get("/network?limit=500").text
    told = lists_of(reader, "limit=500")
    drawn = re.findall(r'<a class="node[^"]*" href="/actors/([^"]+)"', page)
    assert drawn == [row["actor"] for row in told["lists"]["actors"]["rows"]]
    lines = re.findall(r'href="/ties\?one=([^&]+)&amp;other=([^"]+)" tabindex="-1"><line', page)
    assert lines == [(row["one"], row["other"]) for row in told["lists"]["ties"]["rows"]]
    assert told["about"]["drawn"] == len(drawn)
    assert reader.get("/network?limit=500").text.split("<main")[1] == page.split("<main")[1]


def test_a_network_of_one_holds_whom_they_met(reader: TestClient) -> None:
    told = lists_of(reader, "actor=Kim+Song+Nam&limit=500")
    names = {row["name"] for row in told["lists"]["actors"]["rows"]}
    assert {"Kim Song Nam", "Wang Yi", "Liu Jianchao"} <= names


def test_the_brush_tells_its_days(reader: TestClient) -> None:
    page = reader.get("/network?since=2024-03-01&until=2024-05-31").text
    days = re.search(r'data-days="([^"]+)"', page)
    assert days
    every = [pair.split("/") for pair in days[1].split()]
    hands = [int(n) for n in re.findall(r'type="range"[^>]* value="(\d+)"', page)]
    assert [every[hands[0]][0], every[hands[1]][1]] == ["2024-03-01", "2024-05-31"]
    assert page.count('class="in"') == 3


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("since=2024-05-01&until=2024-04-01", 400, "is after until"),
        ("of=ghosts", 400, "of: expected one of"),
        ("since=1801-01-01&until=1801-12-31", 200, "Nobody met anybody"),
        ("actor=Nobody+Whatsoever", 200, "Nobody met anybody"),
        ("since=0001-01-01&until=9999-12-31", 200, "People who met"),
    ],
)
def test_any_days_can_be_asked_for(reader: TestClient, query: str, status: int, words: str) -> None:
    answer = reader.get(f"/network?{query}")
    assert answer.status_code == status
    assert words in answer.text


def test_only_the_newest_are_counted_and_that_is_said(shared: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("legation.record.store.meetings.MOST_EVENTS", 10)
    with shared.reading() as connection:
        found = find_network(connection, View(type="CONSULT", status="done"), "states")
    assert (found.n_events, found.is_all) == (10, False)
    assert all(edge.last >= found.since for edge in found.edges)


def made(n: int) -> tuple[list[Node], list[Edge]]:
    nodes = [Node(f"a-{k}", f"Somebody Called {k}", "person", None, n - k, 2) for k in range(n)]
    edges = [Edge(f"a-{k}", f"a-{j}", 1, "2024-01-01", "2024-01-02", "e-1") for k in range(n) for j in range(k % 7, k)]
    return nodes, edges


@pytest.mark.parametrize("n", [1, 2, 40, 200])
def test_a_layout_is_the_same_each_time_and_within_its_frame(n: int) -> None:
    nodes, edges = made(n)
    drawing = draw(nodes, edges)
    assert drawing == draw(nodes, edges)
    assert len(drawing.circles) == min(n, MOST_NODES)
    assert len(drawing.lines) <= MOST_EDGES
    assert (drawing.n_nodes, drawing.n_edges) == (n, len(edges))
    assert all(0 < circle.x < 100 and 0 < circle.y < HEIGHT for circle in drawing.circles)
    assert len({(circle.x, circle.y) for circle in drawing.circles}) == len(drawing.circles)


def test_those_who_met_stand_nearer_than_others() -> None:
    nodes = [Node(f"a-{k}", f"N{k}", "person", None, 1, 1) for k in range(12)]
    edges = [Edge(f"a-{k}", f"a-{k + 1}", 4, "", "", "e-1") for k in range(0, 12, 2)]
    places = {c.node.id: (c.x * WIDTH / 100, c.y) for c in draw(nodes, edges).circles}

    def apart(one: str, other: str) -> float:
        (x, y), (u, v) = places[one], places[other]
        return float(((x - u) ** 2 + (y - v) ** 2) ** 0.5)

    met = [apart(edge.one, edge.other) for edge in edges]
    every = [apart(a, b) for a in places for b in places if a < b]
    assert max(met) < sum(every) / len(every)
