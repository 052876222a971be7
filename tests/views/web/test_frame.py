"""The frame of the desk: who is let in, what is refused, how lists leave it."""

import csv
import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from desk_client import client_of, token_of
from starlette.testclient import TestClient

from legation.record.store import Record
from legation.views.web import rooms
from legation.views.web.settings import WebSettings

PAGES = [room for room in rooms.every() if "{" not in room.path]


@pytest.mark.parametrize("room", PAGES, ids=lambda room: room.path)
def test_every_room_opens_and_says_where_it_is(reader: TestClient, room: Any) -> None:
    page = reader.get(room.path)
    assert page.status_code == 200
    assert page.text.count("<h1") == 1
    if room.nav:
        assert re.search(rf'href="{room.path}" aria-current="page"', page.text)


def test_rooms_have_their_own_keys() -> None:
    keys = [room.key for room in PAGES if room.nav]
    assert all(keys)
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("room", PAGES, ids=lambda room: room.path)
def test_lists_as_json_and_csv_hold_the_same_rows(reader: TestClient, room: Any) -> None:
    lists = reader.get(room.path + ".json").json()["lists"]
    for name, listed in lists.items():
        table = list(csv.reader(io.StringIO(reader.get(f"{room.path}.csv?list={name}").text)))
        assert len(table) == len(listed["rows"]) + 1
        if listed["rows"]:
            assert table[0] == list(listed["rows"][0])
        api = reader.get(f"/api{room.path}").json()["lists"][name]
        assert api == listed


def test_json_holds_the_events_that_are_on_screen(reader: TestClient) -> None:
    address = "/events?actor=CHN&type=CONSULT&limit=7"
    shown = re.findall(r'href="/events/(e-[0-9a-f]+)"', reader.get(address).text)
    rows = reader.get(address.replace("?", ".json?")).json()["lists"]["events"]["rows"]
    assert [row["id"] for row in rows] == shown
    assert len(shown) == 7


def test_pages_follow_each_other_without_gap_or_repetition(reader: TestClient) -> None:
    ids: list[str] = []
    after = ""
    for _ in range(100):
        listed = reader.get(f"/events.json?type=CONSULT&limit=20&after={after}").json()["lists"]["events"]
        ids += [row["id"] for row in listed["rows"]]
        if not (after := listed["next"]):
            break
    whole = reader.get("/events.json?type=CONSULT&limit=500").json()["lists"]["events"]["rows"]
    assert ids == [row["id"] for row in whole]
    assert len(set(ids)) == len(ids) > 40


def test_known_by_shows_what_was_told_by_then(reader: TestClient) -> None:
    rows = reader.get("/events.json?known_by=2024-03-25&limit=500").json()["lists"]["events"]["rows"]
    assert rows
    assert all(row["reported"] <= "2024-03-25" for row in rows)


BAD = [
    ("/events?since=2024-13-40", 400, "since: expected a day as YYYY-MM-DD"),
    ("/events?since=yesterday", 400, "found “yesterday”"),
    ("/events?until=2024-1-1", 400, "until: expected a day"),
    ("/events?type=CONSLT", 400, "type: expected one of"),
    ("/events?colour=red", 400, "“colour” is no filter of this page"),
    ("/events?limit=0", 400, "limit: expected a whole number"),
    ("/events?limit=9999999999999999999999", 400, "limit: expected a whole number"),
    ("/events?actor=" + "x" * 900, 400, "expected up to 200 printable signs"),
    ("/events?actor=a%00b", 400, "a null byte"),
    ("/events?type=AID&type=CONSULT", 400, "Give it once"),
    ("/events?after=2024", 400, "expected a place that a page before gave"),
    ("/events/e-000000000000", 404, "No event or claim"),
    ("/events/" + "e" * 200, 404, "Nothing has an id like"),
    ("/events/e-%00", 400, "signs that no address of the desk has"),
    ("/events/' OR 1=1 --", 404, "No event or claim"),
    ("/nowhere", 404, "There is no page at this address"),
    ("/" + "x" * 2000, 414, "too long"),
]


@pytest.mark.parametrize(("address", "status", "words"), BAD)
def test_what_cannot_be_is_told_on_a_page(reader: TestClient, address: str, status: int, words: str) -> None:
    answer = reader.get(address)
    assert answer.status_code == status
    assert words in answer.text.replace("&#39;", "'")
    assert "<h1" in answer.text
    assert "Traceback" not in answer.text


def test_errors_of_the_api_are_json(reader: TestClient) -> None:
    for address in ("/api/events?since=x", "/events.json?since=x"):
        answer = reader.get(address)
        assert answer.status_code == 400
        assert "since" in answer.json()["error"]["words"]
    assert reader.get("/events.csv?since=x").headers["content-type"].startswith("text/plain")


def test_nothing_found_is_said_not_an_error(reader: TestClient) -> None:
    for address in ("/events?actor=Nobody+Whatsoever", "/events?since=1801-01-01&until=1801-12-31"):
        answer = reader.get(address)
        assert answer.status_code == 200
        assert "No event of the record fits." in answer.text


def test_headers_let_nothing_run_but_the_desks_own(reader: TestClient) -> None:
    for address in ("/today", "/nowhere", "/events.json", "/static/desk.css", "/events?since=x"):
        headers = reader.get(address).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
    page = reader.get("/today").text
    assert not re.search(r"<script(?![^>]*src=)", page)
    assert not re.search(r'\s(style|on\w+)="', page)
    assert not re.search(r'(src|href)="(https?:)?//', page)


def test_a_hostile_string_is_shown_as_words(reader: TestClient) -> None:
    answer = reader.get("/events", params={"actor": '"><script>alert(1)</script>\u202e'})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert(1)" in answer.text


# Who may write ------------------------------------------------------------------------------------------------


def n_rulings(client: TestClient) -> int:
    return len(client.get("/rulings.json").json()["lists"]["rulings"]["rows"])


def test_a_desk_without_write_refuses_every_write(reader: TestClient) -> None:
    assert reader.post("/rulings", data={"kind": "reject"}).status_code == 403
    answer = reader.post("/api/rulings", json={"kind": "reject", "ids": ["e-1"]})
    assert answer.status_code == 403
    assert "--write" in answer.json()["error"]["advice"]


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}]
)
def test_a_write_from_another_site_is_refused(
    writer: TestClient, send: Callable[..., Any], wang_kim: str, headers: dict[str, str]
) -> None:
    fields = {"form_token": token_of(writer), "kind": "reject", "id": wang_kim, "reason": "stolen"}
    assert writer.post("/rulings", data=fields, headers=headers).status_code == 403
    assert n_rulings(writer) == 0


def test_a_form_without_its_token_is_refused(writer: TestClient, wang_kim: str) -> None:
    writer.get("/today")
    for token in ("", "0" * 64):
        fields = {"form_token": token, "kind": "reject", "id": wang_kim, "reason": "r"}
        assert writer.post("/rulings", data=fields).status_code == 403
    assert n_rulings(writer) == 0


def test_the_api_takes_json_only(writer: TestClient, wang_kim: str) -> None:
    body = '{"kind": "reject", "ids": []}'
    assert writer.post("/api/rulings", content=body, headers={"Content-Type": "text/plain"}).status_code == 415
    answer = writer.post("/api/rulings", json={"kind": "correct", "ids": [wang_kim], "values": {"place": "Beijing"}})
    assert answer.status_code == 201
    assert answer.json()["kind"] == "correct"
    assert n_rulings(writer) == 1


def test_a_desk_is_known_under_its_own_names_only(reader: TestClient) -> None:
    assert reader.get("/today", headers={"Host": "evil.example:8765"}).status_code == 421


def test_beyond_this_machine_a_token_is_asked(shared: Record) -> None:
    client = client_of(shared, WebSettings(host="192.0.2.7", token="sesame", hosts=("127.0.0.1",)))
    assert client.get("/today").status_code == 401
    assert client.get("/api/events").json()["error"]["status"] == 401
    assert client.get("/today?token=wrong").status_code == 401
    assert client.get("/api/events", headers={"Authorization": "Bearer sesame"}).status_code == 200
    moved = client.get("/events?type=AID&token=sesame")
    assert (moved.status_code, moved.headers["location"]) == (303, "/events?type=AID")
    assert client.get("/events?type=AID").status_code == 200


def test_a_body_that_is_too_large_is_refused(own: Record) -> None:
    client = client_of(own, WebSettings(write=True, max_upload_bytes=1000))
    fields = {"form_token": token_of(client), "reason": "x" * 5000}
    assert client.post("/rulings", data=fields).status_code == 413


def test_the_description_names_every_filter(reader: TestClient) -> None:
    paths = reader.get("/api/openapi.json").json()["paths"]
    for room in rooms.every():
        told = {one["name"] for one in paths["/api" + room.path]["get"]["parameters"]}
        assert {own.name for own in room.filters} | {"after", "limit"} <= told
