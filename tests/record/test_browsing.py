"""Pages of events hold what `find_events` finds, in its order, whatever was read, ruled or undone before."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, delete, select
from telling_by_hand import act, tell

from legation.errors import LegationError
from legation.record.store import Record, open_record
from legation.record.store.appearances import appearances, event_keys, tallies
from legation.record.store.asking import Question, find_events
from legation.record.store.browsing import View, count_months, page_events, survey
from legation.record.store.ruling import rule
from legation.record.store.wordings import wordings

PEOPLE = [
    ("Kim Song Nam", "PRK", "director"), ("Wang Yi", "CHN", "Foreign Minister"), ("Le Hoai Trung", "VNM"),
    ("Xi Jinping", "CHN", "President"), ("Aino Salo", "FIN", "Foreign Minister"), ("China", "CHN"), ("Norway", "NOR"),
]  # fmt: skip
KINDS = [("CONSULT", "meet"), ("CONSULT", "visit"), ("CONSULT", "call"), ("STATEMENT", None), ("AID", None)]


def made(n: int = 60) -> Iterator[object]:
    chance = random.Random(4)
    for k in range(n):
        day = date(2024, 1, 1) + timedelta(chance.randrange(200))
        type_, mode = chance.choice(KINDS)
        one, other = chance.sample(PEOPLE, 2)
        yield tell(
            day.isoformat() if k % 9 else None,
            act(
                type_,
                mode,
                who=[one],
                whom=[other],
                when=(day - timedelta(chance.randrange(3))).isoformat() if chance.random() < 0.7 else None,
                where=chance.choice([("Beijing", "CHN"), ("Hà Nội", "VNM"), None]),
                status=chance.choice(["done", "done", "planned", "denied"]),
            ),
            source=f"Outlet {k % 7}",
        )
    for day in ("2024-09-02", "2024-09-03"):
        yield tell("2024-09-05", act(who=PEOPLE[:1], whom=PEOPLE[1:2], when=day), source=f"On {day}")


@pytest.fixture
def browsed(record: Record) -> Record:
    record.add(made(), reader="m")  # type: ignore[arg-type]
    return record


VIEWS = [
    (View(), Question()),
    (View(actors=("CHN",)), Question(actors=("CHN",))),
    (View(actors=("China", "NOR")), Question(actors=("CHN", "NOR"))),
    (View(actors=("Wang Yi",)), Question(actors=("Wang Yi",))),
    (View(actors=("Wang Yi", "PRK")), Question(actors=("Wang Yi", "PRK"))),
    (View(actors=("Wang Yi", "Kim Song Nam")), Question(actors=("Wang Yi", "Kim Song Nam"))),
    (View(actors=("Nobody Known",)), Question(actors=("Nobody Known",))),
    (View(type="CONSULT"), Question(type="CONSULT")),
    (View(mode="visit"), Question(mode="visit")),
    (View(status="planned", actors=("CHN",)), Question(status="planned", actors=("CHN",))),
    (View(type="CONSULT", status="denied"), Question(type="CONSULT", status="denied")),
    (View(place="VNM"), Question(place="VNM")),
    (View(place="ha noi"), Question(place="Hà Nội")),
    (View(since="2024-03-01", until="2024-04-15"), Question(since="2024-03-01", until="2024-04-15")),
    (View(known_by="2024-03-01"), Question(known_by="2024-03-01")),
]


def whole(connection: Connection, view: View, at_once: int = 3) -> list[str]:
    ids: list[str] = []
    after = ""
    while True:
        leaf = page_events(connection, view, limit=at_once, after=after)
        ids += leaf.ids
        if not (after := leaf.next):
            return ids


@pytest.mark.parametrize(("view", "question"), VIEWS)
def test_pages_hold_what_the_question_finds(browsed: Record, view: View, question: Question) -> None:
    with browsed.reading() as connection:
        found = whole(connection, view)
        assert sorted(found) == sorted(find_events(connection, question))
        assert len(found) == len(set(found))
        plain = View(**_plain(view))
        counted = survey(connection, plain)
        assert (counted.n, counted.is_all) == (len(whole(connection, plain)), True)
        assert sum(counted.levels.values()) == counted.n
        assert sum(month.n for month in count_months(connection, View(**_plain(view)))) == len(
            whole(connection, View(**_plain(view)))
        )


def _plain(view: View) -> dict[str, object]:
    """Without days within a month: counts are kept by the month."""
    return {name: getattr(view, name) for name in ("actors", "type", "mode", "status", "place")}


def test_newest_come_first_or_last(browsed: Record) -> None:
    with browsed.reading() as connection:
        newest, oldest = whole(connection, View()), whole(connection, View(oldest_first=True))
        assert newest == oldest[::-1]
        days = dict(connection.execute(select(appearances.c.event, appearances.c.day)).all())  # type: ignore[arg-type]
        assert [days[id_] for id_ in newest] == sorted(days.values(), reverse=True)


def test_levels_and_conflicts_are_looked_for(browsed: Record) -> None:
    with browsed.reading() as connection:
        events = {event.id: event for event in browsed.events()}
        high = whole(connection, View(level=4))
        assert high
        assert set(high) == {id_ for id_, event in events.items() if event.level >= 4}
        at_odds = {id_ for id_, event in events.items() if event.conflicts}
        assert at_odds
        assert set(whole(connection, View(conflict="any"))) == at_odds


def worked_out(connection: Connection) -> list[list[tuple[object, ...]]]:
    tables = (appearances, tallies, event_keys, wordings)
    return [sorted(tuple(row) for row in connection.execute(select(table))) for table in tables]


def test_rulings_and_their_undoing_leave_no_trace(browsed: Record) -> None:
    with browsed.reading() as connection:
        before = worked_out(connection)
        ids = find_events(connection, Question(type="CONSULT"))
    decided = []
    for kind, about, values in (
        ("correct", [ids[0]], {"when": "2024-12-24", "status": "off"}), ("reject", [ids[1]], {}),
        ("same", ids[2:4], {}), ("add", [], {"type": "AID", "actors": "Aino Salo/FIN", "recipients": "Wang Yi/CHN"}),
    ):  # fmt: skip
        with browsed.writing() as connection:
            decided.append(rule(connection, kind, about, values=values, author="desk").id)
    with browsed.reading() as connection:
        assert whole(connection, View(since="2024-12-01", until="2024-12-31")) == [ids[0]]
        assert sorted(whole(connection, View())) == sorted(find_events(connection, Question()))
    for id_ in reversed(decided):
        with browsed.writing() as connection:
            rule(connection, "undo", [id_], author="desk")
    with browsed.reading() as connection:
        assert worked_out(connection) == before


def test_a_record_without_these_tables_is_filled_when_opened(browsed: Record) -> None:
    with browsed.writing() as connection:
        before = worked_out(connection)
        for table in (appearances, tallies, event_keys, wordings):
            connection.execute(delete(table))
    with open_record(browsed.address) as again, again.reading() as connection:
        assert worked_out(connection) == before


@pytest.mark.parametrize("after", ["x", "2024.c-1", "'; --", "." * 60])
def test_a_place_that_no_page_gave_is_refused(browsed: Record, after: str) -> None:
    with browsed.reading() as connection, pytest.raises(LegationError, match="expected a place"):
        page_events(connection, View(), after=after)
