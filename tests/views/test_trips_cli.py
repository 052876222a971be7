"""`legation trips` prints journeys from files and from a record, and says what it expected."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

REPORTS = [
    {
        "id": "one",
        "date": "2024-03-26",
        "source": "Harbour Broadcasting",
        "text": "Finnish Foreign Minister Aino Salo arrived in Oslo on Monday, the ministry said.",
    },
    {
        "id": "two",
        "date": "2024-03-28",
        "source": "Harbour Broadcasting",
        "text": "Finnish Foreign Minister Aino Salo met her Norwegian counterpart in Oslo on Tuesday, she said.",
    },
]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "legation", *arguments], capture_output=True, text=True, check=False, timeout=120
    )


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    path = tmp_path / "reports.jsonl"
    path.write_text("".join(json.dumps(report) + "\n" for report in REPORTS))
    return path


def test_json_is_one_list_in_the_form_of_the_contract(reports: Path) -> None:
    done = run("trips", str(reports), "--format", "json", "--workers", "1")
    assert done.returncode == 0, done.stderr
    (trip,) = json.loads(done.stdout)
    (stop,) = trip["stops"]
    assert (trip["traveller"], stop["country"], stop["start"], stop["end"]) == (
        "Aino Salo",
        "NOR",
        "2024-03-25",
        "2024-03-26",
    )
    assert "2 reports read, 1 trips" in done.stderr


def test_the_table_names_traveller_stop_and_days(reports: Path) -> None:
    done = run("trips", str(reports), "--workers", "1")
    assert "Aino Salo" in done.stdout
    assert "NOR Oslo  2024-03-25 to 2024-03-26  done" in done.stdout


def test_csv_has_a_row_a_stop(reports: Path, tmp_path: Path) -> None:
    out = tmp_path / "trips.csv"
    assert run("trips", str(reports), "--format", "csv", "-o", str(out), "--workers", "1").returncode == 0
    (row,) = csv.DictReader(io.StringIO(out.read_text()))
    assert (row["traveller"], row["country"], row["place"], row["start"]) == ("Aino Salo", "NOR", "Oslo", "2024-03-25")


@pytest.mark.parametrize(
    ("option", "value", "n"),
    [("--traveller", "Salo", 1), ("--traveller", "Berg", 0), ("--country", "nor", 1), ("--country", "SWE", 0)],
)
def test_trips_are_chosen_by_traveller_and_country(reports: Path, option: str, value: str, n: int) -> None:
    done = run("trips", str(reports), "--format", "json", "--workers", "1", option, value)
    assert len(json.loads(done.stdout)) == n


def test_a_record_tells_the_same_trips_as_its_reports(reports: Path, tmp_path: Path) -> None:
    record = str(tmp_path / "record.db")
    assert run("read", str(reports), "--record", record, "--workers", "1").returncode == 0
    stored = run("trips", "--record", record, "--format", "jsonl")
    assert stored.returncode == 0, stored.stderr
    assert list(map(json.loads, stored.stdout.splitlines())) == json.loads(
        run("trips", str(reports), "--format", "json", "--workers", "1").stdout
    )


def test_without_paths_or_record_it_says_what_it_expects() -> None:
    done = run("trips")
    assert done.returncode == 2
    assert "--record" in done.stderr
