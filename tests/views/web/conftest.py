"""The desk on the demonstration record: read once, copied for every test that writes."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from desk_client import client_of, token_of
from starlette.testclient import TestClient

from legation.demo import demo_path
from legation.pipeline import read_into_record
from legation.record.store import Record, open_record
from legation.views.web.settings import WebSettings


@pytest.fixture(scope="session")
def demo_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of the demonstration reports, to be left as it is."""
    path = tmp_path_factory.mktemp("desk") / "demo.legation"
    with open_record(path) as record:
        read_into_record([str(demo_path())], record, workers=1)
    return path


@pytest.fixture(scope="session")
def shared(demo_record: Path) -> Iterator[Record]:
    with open_record(demo_record) as record:
        yield record


@pytest.fixture
def own(demo_record: Path, tmp_path: Path) -> Iterator[Record]:
    """A copy of the demonstration record that a test may change."""
    path = tmp_path / "own.legation"
    shutil.copy(demo_record, path)
    with open_record(path) as record:
        yield record


@pytest.fixture(scope="session")
def reader(shared: Record) -> TestClient:
    """A browser on a desk that only reads."""
    return client_of(shared, WebSettings())


@pytest.fixture
def writer(own: Record) -> TestClient:
    """A browser on a desk of its own that lets rulings in."""
    return client_of(own)


@pytest.fixture
def send(writer: TestClient) -> Callable[..., object]:
    """Send a form as the desk's own page would: with its token."""

    def sent(path: str, **fields: str | list[str]) -> object:
        return writer.post(path, data={"form_token": token_of(writer), **fields})

    return sent


@pytest.fixture(scope="session")
def wang_kim(reader: TestClient) -> str:
    """The id of the meeting of Kim Song Nam and Wang Yi, told by several reports."""
    rows = reader.get("/events.json?actor=Kim+Song+Nam&actor=Wang+Yi&mode=meet").json()["lists"]["events"]["rows"]
    return str(max(rows, key=lambda row: row["origins"])["id"])
