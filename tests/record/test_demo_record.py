"""The demonstration reports as a record: what is planted in them is shown, and their order does not matter.

LEGATION_SHUFFLES sets how often they are shuffled (default 3; the bar of 20 was run with LEGATION_SHUFFLES=20).
"""

import os
import random
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from legation.demo import demo_path, expected_path
from legation.language.read import Reading
from legation.pipeline import read_paths
from legation.record.store import Record, open_record

SHUFFLES = int(os.environ.get("LEGATION_SHUFFLES", "3"))


@cache
def readings() -> tuple[Reading, ...]:
    return tuple(r for r in read_paths([str(demo_path())], workers=1) if isinstance(r, Reading))


@cache
def expected() -> dict[str, Any]:
    book: dict[str, Any] = yaml.safe_load(expected_path().read_text(encoding="utf-8"))
    return book


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Record:
    record = open_record(tmp_path_factory.mktemp("demo") / "demo.legation")
    record.add(readings(), reader="m")
    return record


def test_shuffled_reports_give_the_same_record(desk: Record, tmp_path: Path) -> None:
    whole = list(desk.dump())
    for seed in range(SHUFFLES):
        shuffled = list(readings())
        random.Random(seed).shuffle(shuffled)
        with open_record(tmp_path / f"{seed}.legation") as record:
            record.add(shuffled, reader="m")
            assert list(record.dump()) == whole


def test_exactly_the_planted_copies_share_an_origin(desk: Record) -> None:
    from sqlalchemy import select

    from legation.record.store.schema import reports

    origins: dict[str, set[str]] = {}
    with desk.reading() as connection:
        for row in connection.execute(select(reports.c.id, reports.c.origin)):
            origins.setdefault(row.origin, set()).add(row.id)
    shared = {frozenset(ids) for ids in origins.values() if len(ids) > 1}
    assert shared == {frozenset(pair) for pair in expected()["copies"]}


@pytest.mark.parametrize(
    ("field", "report"),
    [("published", "demo-wpk-tour-02"), ("when", "demo-wpk-tour-08"), ("number", "demo-xi-europe-05")],
)
def test_planted_disagreements_are_conflicts(desk: Record, field: str, report: str) -> None:
    from legation.record.store.asking import find_conflicts

    with desk.reading() as connection:
        assert any(report in conflict.reports for conflict in find_conflicts(connection, field=field))


def test_kim_song_nam_is_one_person_under_two_spellings(desk: Record) -> None:
    from legation.record.store.asking import find_actors, read_actors

    with desk.reading() as connection:
        (actor,) = read_actors(connection, find_actors(connection, "Kim Song-nam"))
    assert {"Kim Song Nam", "Kim Song-nam"} <= {s.name for s in actor.spellings}
    assert (actor.country, actor.channel) == ("PRK", "party")
