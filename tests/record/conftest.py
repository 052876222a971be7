"""Records on both databases, and reports told by hand: no model is needed to test what follows from claims."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from new_database import new_database
from telling_by_hand import ADDRESSES

from legation.record.store import Record, open_record

PROGRAMS = (*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True), Path("/usr/local/pgsql/bin"))


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL server of our own, without a database; it is stopped after the tests."""
    pytest.importorskip("psycopg", reason="psycopg isn't installed: pip install 'legation[postgres]'")
    home = next((p for p in PROGRAMS if (p / "initdb").exists()), None)
    if home is None:
        pytest.skip("PostgreSQL isn't installed: apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="legation-pg-"))
    as_user: list[str] = []
    if os.geteuid() == 0:  # PostgreSQL refuses to be run by root
        if shutil.which("runuser") is None:
            pytest.skip("PostgreSQL can't be run by root, and runuser isn't here")
        as_user = ["runuser", "-u", "postgres", "--"]
        shutil.chown(folder, "postgres")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def run(*command: str) -> None:
        done = subprocess.run([*as_user, *command], cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    data = str(folder / "data")
    run(str(home / "initdb"), "-D", data, "-U", "legation", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
    run(str(home / "pg_ctl"), "-D", data, "-w", "-l", str(folder / "log"), "-o", options, "start")
    try:
        yield f"postgresql://legation@127.0.0.1:{port}"
    finally:
        run(str(home / "pg_ctl"), "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=ADDRESSES)
def new_address(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """A function that gives the address of a record that isn't there yet, on either database."""
    count = 0

    def address() -> str:
        nonlocal count
        count += 1
        if request.param == "sqlite":
            return str(tmp_path / f"{count}.legation")
        server = request.getfixturevalue("postgresql")
        return f"{server}/{new_database(server)}"

    return address


@pytest.fixture
def record(new_address: Callable[[], str]) -> Iterator[Record]:
    with open_record(new_address()) as held:
        yield held
