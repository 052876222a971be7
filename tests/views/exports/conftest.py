"""A small record told by hand, with what exports must not lose: plans, conflicts, copies, months, odd signs."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "record"))

from telling_by_hand import KIM, LE, WANG, act, tell

from legation.record import Event
from legation.record.store import Record, open_record
from legation.record.store.asking import Question
from legation.views.exports.source import Source

HANOI = ("Hanoi", "VNM")
LONG = (
    "Kim Song Nam and Wang Yi held talks on the further development of the relations between the two parties and the"
    " two countries, on the exchange of delegations, on trade across the river and on matters of mutual concern, in"
    " Beijing."
)


def readings() -> Iterator[object]:
    """Reports in the order of their days."""
    yield tell(
        "2024-03-20",
        act("CONSULT", "visit", who=[KIM], whom=[("Vietnam", "VNM")], when="2024-03-25", where=HANOI, status="planned"),
        source="Harbour Broadcasting",
        id="plan",
    )
    meeting = act(who=[KIM], whom=[WANG], when="2024-03-23", where=("Beijing", "CHN"), sentence=LONG)
    for outlet in ("Harbour Broadcasting", "Capital Courier"):  # the same words: one origin
        reading = tell("2024-03-24", meeting, source=outlet, id=f"talks-{outlet[:4]}")
        yield replace(reading, report=replace(reading.report, url=f"https://example.org/{outlet[:4]}?a=1&b=2"))
    yield tell(
        "2024-03-24",
        act(
            who=[("Kim Song Nam", "PRK", "director of the International Department")],
            whom=[("Wang Yi", "CHN", "Foreign Minister")],
            when="2024-03-22",
            where=("Beijing", "CHN"),
            sentence='Director Kim met Foreign Minister Wang Yi, "an old friend", on Friday <in Beijing> & left.',
        ),
        source="The Meridian Review",
        id="friday",
    )
    yield tell(
        "2024-03-27",
        act("CONSULT", "visit", who=[KIM], whom=[("Vietnam", "VNM")], when="2024-03-25", where=HANOI, status="done"),
        act(who=[KIM], whom=[LE], when="2024-03-26", where=HANOI, sentence="=Kim Song Nam met Le Hoai Trung, 黎懷忠."),
        source="Capital Courier",
        id="held",
    )
    yield tell(
        "2024-04-02",
        act("CONSULT", "call", who=[WANG], whom=[LE], when="2024-04-01", status="denied"),
        act("AID", "economic", who=[("China", "CHN")], whom=[("Vietnam", "VNM")], when="2024-05", status="planned"),
        act("STATEMENT", "comment", who=[("United Nations", "UNO")], sentence="The United Nations voiced concern."),
        source="Harbour Broadcasting",
        id="april",
    )


@pytest.fixture(scope="session")
def desk_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("exports") / "desk.legation"
    with open_record(path) as record:
        record.add(readings(), reader="m")  # type: ignore[arg-type]
    return path


@pytest.fixture
def desk(desk_path: Path) -> Iterator[Record]:
    with open_record(desk_path) as record:
        yield record


@pytest.fixture
def source(desk: Record) -> Source:
    return Source(desk, Question())


@pytest.fixture
def pick(desk: Record) -> Callable[..., Event]:
    """A function that gives the one event of this type, mode and day."""

    def picked(type_: str, mode: str | None = None, when: str | None = None) -> Event:
        (event,) = (
            e
            for e in desk.events()
            if (e.type, e.mode or None) == (type_, mode) and (when is None or (e.when and e.when.value == when))
        )
        return event

    return picked
