"""What the rooms show of the demonstration record."""

import json
import re
import time
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from desk_client import client_of, token_of
from starlette.testclient import TestClient

from legation.record.store import open_record
from legation.views.web import rooms


def words_of(page: str) -> str:
    """The words of a page without its tags, each space once."""
    body = page[page.index("<main") :]
    return " ".join(unescape(re.sub(r"<[^>]+>", "", body)).split())


def rows_of(client: TestClient, address: str, name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = client.get(address, follow_redirects=True).json()["lists"][name]["rows"]
    return rows


@pytest.fixture(scope="session")
def kim(reader: TestClient) -> str:
    rows = rows_of(reader, "/actors.json?q=Kim+Song", "actors")
    return str(next(row["actor"] for row in rows if row["name"] == "Kim Song Nam"))


def test_an_event_shows_fields_claims_and_why_it_was_joined(reader: TestClient, wang_kim: str) -> None:
    page = reader.get(f"/events/{wang_kim}")
    shown = words_of(page.text)
    event = reader.get(f"/events/{wang_kim}.json").json()
    assert event["about"]["id"] == wang_kim
    for claim in event["lists"]["claims"]["rows"]:
        assert f'id="{claim["id"]}"' in page.text
        assert claim["source"] in shown
        assert " ".join(claim["sentence"].split())[:40] in shown
    assert "Stands for the event" in shown
    assert "Joined: same persons: " in shown
    assert re.search(r'<mark class="is-act"[^>]*>[^<]+</mark>', page.text)
    assert 'method="post" action="/rulings"' not in page.text  # read only


def test_a_claims_id_leads_to_its_event(reader: TestClient, wang_kim: str) -> None:
    (claim, *_) = rows_of(reader, f"/events/{wang_kim}.json", "claims")
    moved = reader.get(f"/events/{claim['id']}")
    assert (moved.status_code, moved.headers["location"]) == (303, f"/events/{wang_kim}")
    assert reader.get(f"/events/{wang_kim[:10]}").headers["location"] == f"/events/{wang_kim}"


def test_conflicts_stand_side_by_side(reader: TestClient) -> None:
    rows = rows_of(reader, "/events.json?conflict=when", "events")
    assert rows
    shown = words_of(reader.get(f"/events/{rows[0]['id']}").text)
    assert "the day differs: " in shown
    assert "Where reports disagree" in shown


def test_a_dossier_tells_offices_spellings_and_contacts(reader: TestClient, kim: str) -> None:
    shown = words_of(reader.get(f"/actors/{kim}").text)
    assert "Kim Song Nam PRK" in shown
    spelled = {row["name"] for row in rows_of(reader, f"/actors/{kim}.json", "spellings")}
    assert {"Kim Song Nam", "Kim Song-nam"} <= spelled
    contacts = {row["name"] for row in rows_of(reader, f"/actors/{kim}.json", "contacts")}
    assert {"Wang Yi", "Liu Jianchao"} <= contacts
    offices = [row["name"].lower() for row in rows_of(reader, f"/actors/{kim}.json", "offices")]
    assert any("international department" in office for office in offices)


def test_a_state_is_all_who_act_for_it(reader: TestClient) -> None:
    lists = reader.get("/actors/PRK.json").json()["lists"]
    assert "Kim Song Nam" in {row["name"] for row in lists["people"]["rows"]}
    events = rows_of(reader, "/events.json?actor=PRK&limit=500", "events")
    assert reader.get("/actors/PRK").text.count("/events/e-") >= 20
    assert f"{len(events)} events" in words_of(reader.get("/actors/PRK").text)


def test_an_unknown_actor_is_told_as_such(reader: TestClient) -> None:
    answer = reader.get("/actors/a-000000000000")
    assert answer.status_code == 404
    assert "No actor “a-000000000000”" in answer.text


def test_a_tie_shows_both_sides_events_levels_and_gaps(reader: TestClient) -> None:
    page = reader.get("/ties?one=China&other=Antony+Blinken")
    shown = words_of(page.text)
    assert "China CHN and Antony Blinken USA" in shown
    about = reader.get("/ties.json?one=China&other=Antony+Blinken").json()
    pair = rows_of(reader, "/events.json?actor=CHN&actor=Antony+Blinken&limit=500", "events")
    assert about["about"]["events"] == len(pair) > 5
    days = sorted(
        {row["first_day"] or row["reported"] for row in pair if row["type"] == "CONSULT" and row["status"] == "done"}
    )
    gaps = about["lists"]["gaps"]["rows"]
    assert gaps
    assert all(gap["first"] in days and gap["last"] in days for gap in gaps)
    assert sum(sum(v for k, v in row.items() if k != "year") for row in about["lists"]["tone"]["rows"]) == len(
        [row for row in pair if row["first_day"] or row["reported"]]
    )


@pytest.mark.parametrize("words", ["Kommasith", "kommasith", "KOMMASITH"])
def test_search_finds_actors_events_and_reports(reader: TestClient, words: str) -> None:
    lists = reader.get("/search.json", params={"q": words}).json()["lists"]
    assert lists["actors"]["rows"][0]["name"] == "Saleumxay Kommasith"
    assert lists["reports"]["rows"]
    assert all("kommasith" in row["words"].lower() for row in lists["reports"]["rows"])
    assert lists["events"]["rows"]


def test_search_follows_ids_and_names_states(reader: TestClient, wang_kim: str, kim: str) -> None:
    assert reader.get(f"/search?q={wang_kim}").headers["location"] == f"/events/{wang_kim}"
    assert reader.get(f"/search?q={kim}").headers["location"] == f"/actors/{kim}"
    assert "the dossier of the state" in words_of(reader.get("/search?q=Laos").text)


@pytest.mark.parametrize("words", ["%", "_", '"', "'; DROP TABLE reports", "\u202e", "x" * 200, "(", "NEAR(a b)", "*"])
def test_signs_of_a_search_mean_themselves(reader: TestClient, words: str) -> None:
    answer = reader.get("/search", params={"q": words})
    assert answer.status_code == 200


def test_a_report_is_shown_as_received_with_its_marks(reader: TestClient) -> None:
    page = reader.get("/reports/demo-wpk-tour-05")
    about = reader.get("/reports/demo-wpk-tour-05.json").json()
    text = re.search(r'<article class="report-text"[^>]*>(.*?)</article>', page.text, re.S)
    assert text
    assert unescape(re.sub(r"<[^>]+>", "", text[1])) == about["about"]["text"]
    for claim in about["lists"]["claims"]["rows"]:
        assert f'href="#{claim["id"]}"' in page.text
        assert f'href="/events/{claim["event"]}#{claim["id"]}"' in page.text


def test_copies_stand_beside_a_report(reader: TestClient) -> None:
    rows = rows_of(reader, "/reports.json?limit=500", "reports")
    assert len(rows) == 84
    copied = next(row for row in rows if row["origin"] != row["digest"])
    beside = rows_of(reader, f"/reports/{copied['digest']}.json", "copies")
    assert copied["origin"] in {row["digest"] for row in beside}


def test_reports_follow_each_other_through_all_pages(reader: TestClient) -> None:
    seen: list[str] = []
    after = ""
    while True:
        listed = reader.get(f"/reports.json?limit=10&after={after}").json()["lists"]["reports"]
        seen += [row["digest"] for row in listed["rows"]]
        if not (after := listed["next"] or ""):
            break
    assert len(seen) == len(set(seen)) == 84


# Rulings -----------------------------------------------------------------------------------------------------


def test_a_correction_is_shown_with_its_reason_and_can_be_undone(
    writer: TestClient, send: Callable[..., Any], wang_kim: str
) -> None:
    sent = send(
        "/rulings", kind="correct", id=wang_kim, set_when="2024-03-20", reason="the ministry says so", author="mia",
        back=f"/events/{wang_kim}",
    )  # fmt: skip
    assert (sent.status_code, sent.headers["location"]) == (303, f"/events/{wang_kim}")
    shown = words_of(writer.get(f"/events/{wang_kim}").text)
    assert "2024-03-20" in shown
    assert "correct when = 2024-03-20 mia" in shown
    assert "the ministry says so" in shown
    (ruling,) = rows_of(writer, "/rulings.json", "rulings")
    send("/rulings", kind="undo", id=ruling["id"], reason="it does not")
    about = writer.get(f"/events/{wang_kim}.json").json()["about"]
    assert about["when"]["value"] != "2024-03-20"
    assert [row["kind"] for row in rows_of(writer, "/rulings.json", "rulings")] == ["undo", "correct"]


def test_a_ruling_needs_a_reason(writer: TestClient, send: Callable[..., Any], wang_kim: str) -> None:
    assert send("/rulings", kind="reject", id=wang_kim, reason=" ").status_code == 400
    assert rows_of(writer, "/rulings.json", "rulings") == []


def test_a_claim_is_split_off_and_events_are_merged(
    writer: TestClient, send: Callable[..., Any], wang_kim: str
) -> None:
    claims = rows_of(writer, f"/events/{wang_kim}.json", "claims")
    head, other = claims[0], next(c for c in claims if c["digest"] != claims[0]["digest"])
    send("/rulings", kind="different", id=[other["id"], head["id"]], reason="another day")
    apart = writer.get(f"/events/{other['id']}").headers["location"]
    assert apart != writer.get(f"/events/{head['id']}").headers["location"]
    send("/rulings", kind="undo", id=rows_of(writer, "/rulings.json", "rulings")[0]["id"], reason="the same day")
    assert writer.get(f"/events/{other['id']}").headers["location"] == f"/events/{wang_kim}"
    (stranger,) = rows_of(writer, "/events.json?type=AID&limit=1", "events")
    send("/rulings", kind="same", id=[wang_kim, stranger["id"]], reason="for the test")
    assert writer.get(f"/events/{stranger['id']}.json", follow_redirects=True).json()["about"]["id"] in (
        wang_kim,
        stranger["id"],
    )
    assert {c["id"] for c in claims} <= {c["id"] for c in rows_of(writer, f"/events/{wang_kim}.json", "claims")} | {
        c["id"] for c in rows_of(writer, f"/events/{stranger['id']}.json", "claims")
    }


def test_a_rejected_event_is_gone_and_said_to_be(writer: TestClient, send: Callable[..., Any], wang_kim: str) -> None:
    send("/rulings", kind="reject", id=wang_kim, reason="misread", back="/rulings")
    assert writer.get(f"/events/{wang_kim}").status_code == 404
    (ruling,) = rows_of(writer, "/rulings.json", "rulings")
    send("/rulings", kind="undo", id=ruling["id"], reason="it was read well")
    assert writer.get(f"/events/{wang_kim}").status_code == 200


def test_two_actors_are_merged_and_parted(writer: TestClient, send: Callable[..., Any], kim: str) -> None:
    (wang,) = [row["actor"] for row in rows_of(writer, "/actors.json?q=Wang+Yi", "actors") if row["name"] == "Wang Yi"]
    send("/rulings", kind="same", id=[kim, wang], reason="for the test")
    merged = writer.get(f"/actors/{max(kim, wang)}")
    assert merged.headers["location"] == f"/actors/{min(kim, wang)}"
    send("/rulings", kind="undo", id=rows_of(writer, "/rulings.json", "rulings")[0]["id"], reason="they are two")
    assert writer.get(f"/actors/{kim}").status_code == writer.get(f"/actors/{wang}").status_code == 200


def test_a_missed_event_is_added_from_the_reader(writer: TestClient, send: Callable[..., Any]) -> None:
    send(
        "/rulings", kind="add", set_type="CONSULT", set_mode="call", set_actors="Mira Holt/NOR",
        set_recipients="Wang Yi/CHN", set_when="2024-03-22", set_status="done", reason="told in a picture's words",
        back="/reports",
    )  # fmt: skip
    (event,) = rows_of(writer, "/events.json?actor=Mira+Holt", "events")
    assert (event["mode"], event["when"]) == ("call", "2024-03-22")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"kind": "correct", "set_when": "Tuesday"}, "when: expected a day"),
        ({"kind": "correct", "set_colour": "red"}, "no field"),
        ({"kind": "burn"}, "expected one of"),
        ({"kind": "reject", "id": "e-000000000000"}, "no event or claim"),
        ({"kind": "correct", "set_place": "a\0b"}, "null byte"),
    ],
)
def test_a_ruling_that_cannot_be_is_told(
    writer: TestClient, send: Callable[..., Any], wang_kim: str, fields: dict[str, str], words: str
) -> None:
    answer = send("/rulings", **({"id": wang_kim, "reason": "r"} | fields))
    assert answer.status_code == 400
    assert words in unescape(answer.text)
    assert rows_of(writer, "/rulings.json", "rulings") == []


# Sources, review, reading ------------------------------------------------------------------------------------


def test_an_outlet_is_graded_with_a_reason(writer: TestClient, send: Callable[..., Any], wang_kim: str) -> None:
    (claim, *_) = rows_of(writer, f"/events/{wang_kim}.json", "claims")
    assert send("/grades", source=claim["source"], reliability="B", reason="").status_code == 400
    sent = send("/grades", source=claim["source"], reliability="B", reason="seldom wrong", back="/sources")
    assert sent.headers["location"] == "/sources"
    graded = {row["source"]: row["reliability"] for row in rows_of(writer, "/sources.json", "sources")}
    assert graded[claim["source"]] == "B"
    assert [row["source"] for row in rows_of(writer, "/sources.json?reliability=B", "sources")] == [claim["source"]]
    assert "graded B" in words_of(writer.get(f"/events/{wang_kim}").text)
    send("/grades", report=claim["digest"], credibility="2", reason="others tell it too")
    assert "graded B2" in words_of(writer.get(f"/events/{wang_kim}").text)
    assert send("/grades", source=claim["source"], reliability="Z", reason="r").status_code == 400


def test_the_queue_asks_the_most_valuable_first_and_nothing_twice(writer: TestClient, send: Callable[..., Any]) -> None:
    before = rows_of(writer, "/review.json?limit=500", "queue")
    values = [row["value"] for row in before]
    assert len(before) > 10
    assert values == sorted(values, reverse=True)
    assert {"conflict", "claim"} <= {row["kind"] for row in before}
    asked = [row["id"] for row in before[:3]]
    for id_, answer in zip(asked, ("next", "accept", "next"), strict=True):
        assert send("/review", item=id_, answer=answer, back="/review").status_code == 303
    left = {row["id"] for row in rows_of(writer, "/review.json?limit=500", "queue")}
    assert not left & set(asked)
    assert send("/review", item=asked[0] + "0", answer="next").status_code == 404
    assert send("/review", item=before[5]["id"], answer="burn").status_code == 400


def test_a_misread_claim_is_rejected_from_the_queue(writer: TestClient, send: Callable[..., Any]) -> None:
    (first, *_) = rows_of(writer, "/review.json?kind=claim", "queue")
    send("/review", item=first["id"], answer="reject", reason="it was a proposal")
    kinds = [(row["kind"], row["reason"]) for row in rows_of(writer, "/rulings.json", "rulings")]
    assert ("reject", "it was a proposal") in kinds
    claims = rows_of(writer, f"/events/{first['about']}.json", "claims") if writer.get(
        f"/events/{first['about']}").status_code == 200 else []  # fmt: skip
    assert first["id"] not in {claim["id"] for claim in claims}


def finished(client: TestClient, address: str) -> dict[str, Any]:
    """What came of a reading, once it is over."""
    for _ in range(600):
        told: dict[str, Any] = client.get(address + ".json").json()
        if told["about"]["state"] in ("read", "failed"):
            return told
        time.sleep(0.1)
    raise AssertionError("the reading did not end")


REPORT = "Finnish Foreign Minister Aino Salo met Norwegian Foreign Minister Espen Barth Eide in Oslo on 25 March 2024."


def test_pasted_text_is_read_into_the_record(writer: TestClient, send: Callable[..., Any]) -> None:
    sent = send("/read", text=REPORT, date="2024-03-26", source="Pasted Post")
    told = finished(writer, sent.headers["location"])
    assert (told["about"]["state"], told["about"]["new"]) == ("read", 1)
    (report,) = told["lists"]["reports"]["rows"]
    assert report["source"] == "Pasted Post"
    (event, *_) = rows_of(writer, "/events.json?actor=Aino+Salo", "events")
    assert event["when"] == "2024-03-25"
    assert "aria-current" in writer.get("/read").text
    again = finished(writer, send("/read", text=REPORT, date="2024-03-26", source="Pasted Post").headers["location"])
    assert (again["about"]["new"], again["about"]["known"]) == (0, 1)


def test_files_are_read_and_what_cannot_be_is_told(writer: TestClient) -> None:
    files = [
        ("files", ("../../etc/reports.jsonl", json.dumps({"text": REPORT, "date": "2024-03-27"}).encode())),
        ("files", ("broken.jsonl", b"{not json\n")),
        ("files", ("<script>alert(1)</script>.txt", b"")),
    ]  # fmt: skip
    sent = writer.post("/read", data={"form_token": token_of(writer)}, files=files)
    told = finished(writer, sent.headers["location"])
    assert told["about"]["new"] == 1
    assert any("broken.jsonl" in row["where"] for row in told["lists"]["rejected"]["rows"])
    page = writer.get(sent.headers["location"]).text
    assert "<script>alert(1)" not in page
    part = writer.get(sent.headers["location"] + "?part=progress").text
    assert part.startswith('<div id="progress" data-over')


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "nothing to read"),
        ({"url": "file:///etc/passwd"}, "begins with http"),
        ({"text": "a", "date": "x"}, "date"),
    ],
)
def test_a_reading_that_cannot_be_is_told(send: Callable[..., Any], fields: dict[str, str], words: str) -> None:
    answer = send("/read", **fields)
    assert answer.status_code == 400
    assert words in unescape(answer.text)


def test_hostile_words_of_a_report_stay_words(writer: TestClient, send: Callable[..., Any]) -> None:
    hostile = '<script>alert("x")</script> \u202eRussia met <img src=x onerror=alert(1)> China in Beijing on 2 May.'
    told = finished(writer, send("/read", text=hostile, date="2024-05-03", source='"><script>').headers["location"])
    digest = told["lists"]["reports"]["rows"][0]["digest"]
    for address in (f"/reports/{digest}", "/sources", "/events?actor=RUS", "/search?q=onerror", "/reports"):
        page = writer.get(address)
        assert page.status_code == 200
        assert "<script>" not in page.text
        assert "<img" not in page.text


def test_a_formula_in_a_cell_is_words(writer: TestClient, send: Callable[..., Any]) -> None:
    finished(writer, send("/read", text=REPORT, date="2024-03-26", source="=1+1").headers["location"])
    assert "'=1+1" in writer.get("/sources.csv").text


def test_the_codebook_is_told_with_examples(reader: TestClient) -> None:
    about = reader.get("/api/codebook").json()["about"]
    assert {"CONSULT", "ASSAULT"} <= {one["code"] for one in about["types"]}
    assert "visit" in words_of(reader.get("/codebook").text)


def test_an_empty_record_opens_in_every_room(tmp_path: Path) -> None:
    with open_record(tmp_path / "empty.legation") as record:
        client = client_of(record)
        for room in rooms.every():
            if "{" not in room.path:
                assert client.get(room.path).status_code == 200, room.path
