"""What the tests of sources share: write bytes to a file, read it back."""

from collections.abc import Callable
from pathlib import Path

import pytest

from legation.sources import Rejected, Report, SourceOptions, read_sources

Read = Callable[..., list[Report | Rejected]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Return a function that writes one file and reads it; origins come back relative to its folder."""

    def read_one(name: str, data: bytes | str, **options: object) -> list[Report | Rejected]:
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
        return list(read_sources([str(path)], options=SourceOptions(**options)))  # type: ignore[arg-type]

    return read_one
