"""Every room of the desk opens on both databases, and shows the same."""

from starlette.testclient import TestClient
from telling_by_hand import KIM, LE, WANG, act, tell

from legation.record.store import Record
from legation.record.store.ruling import rule
from legation.views.web import rooms
from legation.views.web.app import make_app

ASKED = (
    "/events?actor=PRK&actor=CHN", "/events?actor=Kim+Song+Nam&type=CONSULT&since=2024-01-01", "/events?place=hanoi",
    "/events?known_by=2024-03-25&status=done", "/actors?q=wang", "/actors/CHN", "/ties?one=PRK&other=CHN",
    "/ties?one=Wang+Yi&other=Kim+Song+Nam", "/search?q=Wang", "/search?q=%EA%B9%80", "/reports?source=Wire",
    "/reports?since=2024-03-25", "/review?kind=claim", "/sources?reliability=B",
)  # fmt: skip


def test_every_room_opens(record: Record) -> None:
    record.add(
        [
            tell("2024-03-24", act(who=[KIM], whom=[WANG], when="2024-03-23", where=("Beijing", "CHN"))),
            tell("2024-03-25", act(who=[WANG], whom=[KIM], when="2024-03-24"), source="Gazette"),
            tell("2024-03-26", act(who=[KIM], whom=[LE], when="2024-03-25", where=("Hà Nội", "VNM"))),
            tell(None, act("AID", None, who=[LE], whom=[KIM], status="planned")),
        ],
        reader="m",
    )
    with record.writing() as connection:
        rule(connection, "grade", [], values={"source": "Wire", "reliability": "B"}, author="desk", reason="r")
    client = TestClient(make_app(record), base_url="http://127.0.0.1")
    event = client.get("/events.json?actor=VNM&type=CONSULT").json()["lists"]["events"]["rows"][0]
    report = client.get("/reports.json").json()["lists"]["reports"]["rows"][0]
    actor = client.get("/actors.json?q=Wang+Yi").json()["lists"]["actors"]["rows"][0]
    own = [room.path for room in rooms.every() if "{" not in room.path]
    found = [f"/events/{event['id']}", f"/reports/{report['digest']}", f"/actors/{actor['actor']}"]
    for address in (*own, *ASKED, *found):
        answer = client.get(address)
        assert answer.status_code == 200, f"{address}: {answer.text[:2000]}"
    assert len(client.get("/events.json?actor=PRK&actor=CHN").json()["lists"]["events"]["rows"]) == 1
    assert client.get("/search.json?q=wang&list=reports").json()["lists"]["reports"]["rows"]
