"""The command line reads, writes, and says by its exit code how it went."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

REPORT = {
    "id": "one",
    "date": "2024-03-28",
    "source": "Harbour Broadcasting",
    "title": "",
    "text": "Finnish Foreign Minister Aino Salo met her Norwegian counterpart in Oslo on Monday, the ministry said.",
}


def run(*arguments: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "legation", *arguments], capture_output=True, text=True, input=stdin, check=False
    )


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    path = tmp_path / "reports.jsonl"
    path.write_text(json.dumps(REPORT) + "\n")
    return path


def test_read_writes_claims_as_json_lines_with_spans_that_slice_back(reports: Path) -> None:
    done = run("read", str(reports), "--format", "jsonl")
    assert done.returncode == 0, done.stderr
    (claim,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert (claim["report"], claim["type"], claim["mode"], claim["status"]) == ("one", "CONSULT", "meet", "done")
    assert REPORT["text"][slice(*claim["trigger"])] == claim["words"] == "met"
    assert [(p["name"], p["country"]) for p in claim["actors"]] == [("Aino Salo", "FIN")]
    assert claim["place"]["country"] == "NOR"
    assert claim["when"]["value"] == "2024-03-25"
    assert "1 reports read, 1 claims" in done.stderr


def test_the_table_shows_the_sentence_under_each_claim(reports: Path) -> None:
    done = run("read", str(reports))
    assert "CONSULT meet" in done.stdout
    assert "her Norwegian counterpart" in " ".join(done.stdout.split())


def test_csv_has_a_header_and_a_row_a_claim(reports: Path, tmp_path: Path) -> None:
    out = tmp_path / "claims.csv"
    assert run("read", str(reports), "--format", "csv", "-o", str(out)).returncode == 0
    (row,) = csv.DictReader(io.StringIO(out.read_text()))
    assert (row["actors"], row["place_country"], row["when"]) == ("Aino Salo", "NOR", "2024-03-25")


def test_standard_input_is_read(reports: Path) -> None:
    done = run("read", "-", "--format", "jsonl", stdin=reports.read_text())
    assert json.loads(done.stdout)["report"] == "one"


def test_what_is_rejected_is_told_and_the_rest_goes_on(reports: Path) -> None:
    reports.write_text(reports.read_text() + "{broken\n")
    done = run("read", str(reports), "--format", "jsonl")
    assert done.returncode == 3
    assert "reports.jsonl:2" in done.stderr
    assert len(done.stdout.splitlines()) == 1


def test_nothing_read_is_exit_code_1(tmp_path: Path) -> None:
    done = run("read", str(tmp_path / "nowhere.txt"))
    assert done.returncode == 1
    assert "nowhere.txt" in done.stderr


@pytest.mark.parametrize("arguments", [("read",), ("read", "x", "--column", "text"), ("codebook", "CONSLT")])
def test_wrong_usage_is_exit_code_2_and_says_what_was_expected(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stderr.strip()


def test_an_output_that_cannot_be_written_is_told(reports: Path) -> None:
    done = run("read", str(reports), "--format", "jsonl", "-o", "/nowhere/claims.jsonl")
    assert done.returncode == 2
    assert "can't be written" in " ".join(done.stderr.split())


def test_dates_prints_span_and_value(reports: Path) -> None:
    done = run("dates", str(reports))
    row = json.loads(done.stdout)
    assert REPORT["text"][slice(*row["span"])] == "on Monday" or row["words"].endswith("Monday")
    assert row["value"] == "2024-03-25"


def test_the_codebook_is_printed_whole_and_by_type() -> None:
    whole = run("codebook").stdout
    assert all(kind in whole for kind in ("CONSULT", "SANCTION", "hypothetical"))
    assert "SANCTION" not in run("codebook", "consult").stdout.split("Statuses")[0]


def test_the_doctor_finds_the_shipped_model() -> None:
    done = run("doctor")
    assert done.returncode == 0, done.stdout
    assert "model digest" in done.stdout


def test_several_processes_read_as_one_does(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text("".join(json.dumps({**REPORT, "id": f"r{k}"}) + "\n" for k in range(60)))
    one, two = (run("read", str(path), "--format", "jsonl", "--workers", n).stdout for n in ("1", "2"))
    assert one == two
    assert len(one.splitlines()) == 60
