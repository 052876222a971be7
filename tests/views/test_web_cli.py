"""`legation serve` and the demonstration's desk, as programs: they answer, and they stop."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from legation.record.store import open_record


@contextmanager
def running(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The program, and the address that it prints."""
    env = {**os.environ, "LEGATION_AUTHOR": "desk", "BROWSER": "true", "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "legation", *arguments]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True, env=env)
    try:
        assert process.stderr
        told = ""
        while line := process.stderr.readline():
            told += line
            if found := re.search(r"http://\S+", line):
                yield process, found[0]
                return
        raise AssertionError(told)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)
        process.communicate()


def fetch(address: str) -> str:
    for _ in range(200):
        try:
            with urllib.request.urlopen(address, timeout=60) as answer:
                return str(answer.read().decode())
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise AssertionError(f"{address} does not answer")


def test_serve_answers_and_stops(tmp_path: Path) -> None:
    with open_record(tmp_path / "desk.legation"):
        pass
    with running("serve", "-r", str(tmp_path / "desk.legation"), "--port", "0", "--no-browser") as (process, address):
        assert address.startswith("http://127.0.0.1:")
        assert "The record is empty" in fetch(address + "today")
        assert "read only" in fetch(address)
    assert process.returncode == 0


def test_the_demonstration_ends_in_the_desk_where_asked() -> None:
    with running("demo", "--desk", "--workers", "1") as (_, address):
        assert "Kim Song Nam" in fetch(address + "events?actor=Kim+Song+Nam")


def test_beyond_this_machine_the_address_has_a_token(tmp_path: Path) -> None:
    with open_record(tmp_path / "desk.legation"):
        pass
    record = str(tmp_path / "desk.legation")
    with running("serve", "-r", record, "--host", "0.0.0.0", "--port", "0", "--no-browser") as (_, address):
        port, token = re.findall(r":(\d+)/\?token=(\S+)", address)[0]
        assert fetch(f"http://127.0.0.1:{port}/static/desk.css")
        with pytest.raises(urllib.error.HTTPError, match="401"):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/today", timeout=60)
        bearer = urllib.request.Request(
            f"http://127.0.0.1:{port}/api/today", headers={"Authorization": f"Bearer {token}"}
        )
        with urllib.request.urlopen(bearer, timeout=60) as answer:
            assert answer.status == 200


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "legation", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL, timeout=120)


def test_a_record_that_is_not_there_and_a_taken_port_are_told(tmp_path: Path) -> None:
    done = run("serve", "-r", str(tmp_path / "none.legation"), "--no-browser", "--port", "0")
    assert done.returncode == 2
    assert "no record there" in " ".join(done.stderr.split())
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = run("serve", "-r", str(tmp_path / "x"), "--no-browser", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 2
    assert "can't listen there" in " ".join(done.stderr.split())
    assert "--port" in done.stderr
