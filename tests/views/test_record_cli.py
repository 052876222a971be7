"""Commands on a record: what they print, and how they say that something is missing."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from legation.views.cli import app

REPORTS = [
    {"id": "one", "date": "2024-03-27", "source": "Harbour Broadcasting", "title": "",
     "text": "Finnish Foreign Minister Aino Salo met Norwegian Foreign Minister Espen Barth Eide in Oslo on Monday."},
    {"id": "two", "date": "2024-03-27", "source": "Capital Courier", "title": "",
     "text": "Norway's foreign minister, Espen Barth Eide, held talks with Aino Salo of Finland in Oslo on Tuesday."},
]  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    (folder / "reports.jsonl").write_text("".join(json.dumps(report) + "\n" for report in REPORTS))
    done = run(folder, "read", "reports.jsonl", "--record", "desk.legation")
    assert done.returncode == 0, done.stderr
    assert "2 new reports" in done.stderr
    return folder


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "LEGATION_RECORD": "desk.legation", "LEGATION_AUTHOR": "desk"}
    return subprocess.run(
        [sys.executable, "-m", "legation", *arguments], capture_output=True, text=True, check=False, cwd=folder, env=env
    )


def test_reading_again_adds_nothing(desk: Path) -> None:
    assert "0 new reports with 0 claims, 2 known" in run(desk, "read", "reports.jsonl", "-r", "desk.legation").stderr


def test_events_are_listed_as_table_json_and_csv(desk: Path) -> None:
    table = run(desk, "events", "--actor", "Salo")
    assert "Aino Salo [FIN]" in table.stdout
    (event,) = json.loads(run(desk, "events", "--actor", "FIN", "--actor", "NOR", "-f", "json").stdout)
    assert (event["type"], event["origins"], event["reports"]) == ("CONSULT", 2, 2)
    (row,) = csv.DictReader(io.StringIO(run(desk, "events", "--type", "CONSULT", "-f", "csv").stdout))
    assert row["id"] == event["id"]
    shown = run(desk, "show", event["id"])
    assert all(words in shown.stdout for words in ("Harbour Broadcasting", "joined: same persons", "conflict the day"))


def test_who_shows_offices_and_contacts(desk: Path) -> None:
    shown = run(desk, "who", "aino salo").stdout
    assert "Finnish Foreign Minister" in shown
    assert "trip     2024-03-25 to 2024-03-26: NOR (Oslo)" in shown
    (found,) = json.loads(run(desk, "who", "aino salo", "-f", "json").stdout)
    assert [stop["country"] for stop in found["trips"][0]["stops"]] == ["NOR"]
    assert "Espen Barth Eide" in shown


def test_conflicts_and_words_are_found(desk: Path) -> None:
    assert "2024-03-25, 2024-03-26" in run(desk, "conflicts").stdout
    assert "Capital Courier" in run(desk, "search", "talks with aino").stdout


def test_a_ruling_is_listed_exported_and_undone(desk: Path) -> None:
    (event,) = json.loads(run(desk, "events", "--type", "CONSULT", "-f", "json").stdout)
    decision = run(
        desk, "rule", "correct", event["id"], "when=2024-03-25", "--reason", "the ministry's note"
    ).stdout.strip()
    assert decision in run(desk, "decisions").stdout
    assert run(desk, "decisions", "--export", "log.jsonl").returncode == 0
    assert "0 new decisions of 1" in run(desk, "decisions", "--import", "log.jsonl").stderr
    assert run(desk, "rule", "undo", decision).returncode == 0


def test_a_backup_can_be_asked(desk: Path) -> None:
    assert run(desk, "backup", "copy.legation").returncode == 0
    assert run(desk, "events", "-r", "copy.legation", "-f", "jsonl").stdout


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("events", "-r", "none.legation"), 2, "no record there"),
        (("events", "--since", "last week"), 2, "expected a day YYYY-MM-DD"),
        (("show", "e-ffffffffffff"), 2, "no event or claim"),
        (("who", "Nobody Atall"), 1, "nothing found"),
        (("rule", "same", "e-1"), 2, "expected two ids"),
        (("decisions", "--import", "none.jsonl"), 2, "can't be read"),
    ],
)
def test_what_is_missing_is_told(desk: Path, arguments: tuple[str, ...], code: int, words: str) -> None:
    done = run(desk, *arguments)
    assert done.returncode == code
    assert words in " ".join(done.stderr.split())


def test_every_command_on_a_record_is_documented() -> None:
    pages = (Path(__file__).parents[2] / "docs").glob("*.md")
    documented = "\n".join(page.read_text(encoding="utf-8") for page in pages)
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    about_record = [n for n, c in commands.items() if any(p.name == "record" for p in c.params)]
    assert [name for name in about_record if f"legation {name}" not in documented] == []
