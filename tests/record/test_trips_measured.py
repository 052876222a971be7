"""Journeys in texts as they are read: the demonstration reports, and those of ../shared where they are there."""

import gzip
import json
import os
import random
import subprocess
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from legation.demo import demo_path
from legation.language.read import Reading
from legation.pipeline import read_paths
from legation.record.trips import Trip, build_trips, trips_to_json

SHARED = Path(__file__).parents[3] / "shared"
SEEDS, KCNA, TRAVEL = SHARED / "data/seeds", SHARED / "data/news/kcna_2024.jsonl.gz", SHARED / "data/travel"
needs_seeds = pytest.mark.skipif(not SEEDS.is_dir(), reason=f"{SEEDS} isn't there: the seeds are not part of legation")
needs_kcna = pytest.mark.skipif(not KCNA.is_file(), reason=f"{KCNA} isn't there: KCNA's items are not part of legation")
needs_travel = pytest.mark.skipif(
    not TRAVEL.is_dir() or "LEGATION_MEASURE" not in os.environ,
    reason=f"reads 10 MB of {TRAVEL} for minutes: set LEGATION_MEASURE=1, or run bench/trips.py",
)


@cache
def read(path: Path) -> tuple[Reading, ...]:
    return tuple(item for item in read_paths([str(path)]) if isinstance(item, Reading))


def trips_of(readings: Iterable[Reading]) -> list[Trip]:
    return build_trips((reading.report, reading.claims) for reading in readings)


def test_shuffled_demonstration_reports_tell_the_same_trips() -> None:
    readings = list(read(demo_path()))
    expected = trips_of(readings)
    for seed in range(20):
        random.Random(seed).shuffle(readings)
        assert trips_of(readings) == expected


@pytest.mark.parametrize(
    ("surname", "month", "countries"),
    [
        ("Kim Song Nam", "2024-03", ["CHN", "VNM", "LAO"]),
        ("Xi Jinping", "2024-05", ["FRA", "SRB", "HUN"]),
        ("Putin", "2024-06", ["PRK", "VNM"]),
        ("Ryzhenkov", "2024-07", ["PRK"]),
    ],
)
def test_the_demonstration_tours_have_their_stops_in_order(surname: str, month: str, countries: list[str]) -> None:
    # By first arrival: the reader takes the summary of demo-wpk-tour-10 ("at the end of its visits to China, …") for
    # another visit to China, so that the tour comes back to it.
    found = [
        list(dict.fromkeys(stop.country for stop in trip.stops))
        for trip in trips_of(read(demo_path()))
        if surname in trip.traveller and (trip.start or "").startswith(month)
    ]
    assert countries in found


@needs_seeds
def test_the_seeds_tell_one_trip_of_three_stops_with_three_meetings_in_the_first() -> None:
    (trip,) = trips_of(read(SEEDS))
    assert trip.traveller in ("Kim Song Nam", "Kim Song-nam")
    assert [stop.country for stop in trip.stops] == ["CHN", "VNM", "LAO"]
    assert trip.stops[0].status == "done"
    met = {name for meeting in trip.stops[0].meetings for name in meeting.others}
    assert {"Wang Huning", "Wang Yi", "Liu Jianchao"} <= met
    assert len(trip.stops[0].meetings) == 3


@pytest.fixture(scope="module")
def kcna(tmp_path_factory: pytest.TempPathFactory) -> list[Trip]:
    """The trips of the weeks of the two tours."""
    items = tmp_path_factory.mktemp("kcna") / "items.jsonl"
    weeks = (("2024-07-23", "2024-07-28"), ("2024-08-27", "2024-09-02"))
    with gzip.open(KCNA, "rt") as stream, items.open("w") as out:
        out.writelines(
            line for line in stream if any(a <= json.loads(line)["date"][:10] <= b for a, b in weeks)
        )  # fmt: skip
    return trips_of(read(items))


@needs_kcna
def test_kcna_told_one_visit_of_the_belarusian_foreign_minister(kcna: list[Trip]) -> None:
    (trip,) = [trip for trip in kcna if trip.country == "BLR"]
    assert (trip.start, trip.end, [stop.country for stop in trip.stops]) == ("2024-07-23", "2024-07-26", ["PRK"])
    assert trip.n_origins < len(trip.reports)
    (stop,) = trip.stops
    met = [(meeting.when, meeting.others) for meeting in stop.meetings if meeting.kind == "meeting"]
    assert met == [
        ("2024-07-23", ("Kim Jong Gyu",)), ("2024-07-25", ("Kim Tok Hun",)), ("2024-07-26", ("Kim Jong Gyu",))
    ]  # fmt: skip
    seen = {name for meeting in stop.meetings if meeting.kind != "meeting" for name in meeting.others}
    assert seen == {
        "Tower of the Juche Idea", "Arch of Triumph", "Kim Il Sung University", "Pyongyang Teachers Training College",
        "Liberation Tower",
    }  # fmt: skip


@needs_kcna
def test_kcna_told_one_visit_of_the_mongolian_delegation(kcna: list[Trip]) -> None:
    (trip,) = [trip for trip in kcna if trip.country == "MNG"]
    assert "Dorjsuren" in trip.traveller
    assert (trip.start, trip.end, [stop.country for stop in trip.stops]) == ("2024-08-27", "2024-08-31", ["PRK"])
    (stop,) = trip.stops
    assert stop.end == "2024-08-31"
    seen = {name for meeting in stop.meetings for name in meeting.others}
    assert {"Mansu Hill", "Arch of Triumph", "Kangso Mineral Water Factory"} <= seen


@needs_travel
def test_the_official_travel_of_2021_is_found(tmp_path: Path) -> None:
    trips = tmp_path / "trips.json"
    trips.write_text(json.dumps(trips_to_json(trips_of(read(TRAVEL / "reports_2021.jsonl.gz")))))
    scorer = SHARED / "bench/score_trips.py"
    done = subprocess.run(
        [sys.executable, scorer, TRAVEL / "truth_2021.csv", trips], capture_output=True, text=True, check=True
    )
    figures = json.loads(done.stdout)
    assert figures["recall"] >= 0.90
    assert figures["precision"] >= 0.80
    assert figures["start_within_a_day"] >= 0.85
