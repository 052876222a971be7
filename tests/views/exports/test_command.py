"""`legation export` and `legation diff` from the command line, and what is said of them."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from legation.errors import LegationError
from legation.views.cli import app
from legation.views.exports.command import WRITERS

PAGE = (Path(__file__).parents[3] / "docs" / "exports.md").read_text(encoding="utf-8")


def run(*arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, arguments)
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout, done.stderr


def test_filters_are_those_of_events(desk_path: Path) -> None:
    code, out, said = run("export", "plover", "-r", str(desk_path), "-o", "-", "--actor", "VNM", "--type", "CONSULT")
    assert code == 0
    assert {json.loads(line)["legation"]["mode"] for line in out.splitlines()} == {"visit", "meet", "call"}
    assert "3 events" in said


def test_a_limit_counts_what_is_left(desk_path: Path) -> None:
    question = ("-r", str(desk_path), "-o", "-", "--known-by", "2024-03-25", "--status", "planned", "--limit", "1")
    code, out, _ = run("export", "plover", *question)
    assert (code, len(out.splitlines())) == (0, 1)


def test_what_is_left_out_is_told(desk_path: Path, tmp_path: Path) -> None:
    _, _, said = run("export", "polecat", "-r", str(desk_path), "-o", str(tmp_path / "out.tsv"))
    assert "left out: 1 of type STATEMENT" in said
    assert "left out: 1 called off, denied or hypothetical" in said


def test_nothing_found_is_exit_code_one(desk_path: Path, tmp_path: Path) -> None:
    code, _, said = run("export", "cameo", "-r", str(desk_path), "-o", str(tmp_path / "out.tsv"), "--type", "ASSAULT")
    assert (code, "nothing found" in said) == (1, True)


def test_a_folder_cant_go_to_standard_output(desk_path: Path) -> None:
    with pytest.raises(LegationError, match="Name a new folder"):
        run("export", "csv", "-r", str(desk_path), "-o", "-")


def test_a_place_that_isnt_there_is_told(desk_path: Path, tmp_path: Path) -> None:
    with pytest.raises(LegationError, match=r"can't be written .*Make room, or name another place"):
        run("export", "plover", "-r", str(desk_path), "-o", str(tmp_path / "none" / "out.jsonl"))


@pytest.mark.parametrize("name", WRITERS)
def test_every_format_is_documented(name: str) -> None:
    assert f"| `{name}` |" in PAGE
