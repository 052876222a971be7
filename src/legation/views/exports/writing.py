"""Where an export is written: a file or a folder that is there whole, or not at all.

What is written goes to a place beside the target, which is moved there at the end: an export that is killed, or finds
the disk full, leaves nothing that could be taken for one.
"""

import importlib
import os
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from legation.errors import LegationError

__all__ = ["Written", "need", "new_file", "new_folder"]


@dataclass(frozen=True, slots=True)
class Written:
    """How many events were written, and how many were left out for which reason."""

    n_events: int
    left_out: Counter[str] = field(default_factory=Counter)


def need(module: str, extra: str, what: str) -> Any:
    """Return a library that only some formats need; say how to get it where it is missing."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise LegationError(
            f"{what} needs {module}, which isn't installed. Install it: pip install 'legation[{extra}]'"
        ) from error


@contextmanager
def new_file(path: Path) -> Iterator[TextIO]:
    """A text file that takes its name when all is written; "-" is standard output."""
    if str(path) == "-":
        yield sys.stdout
        return
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    with _told(path), _removed(part):
        with part.open("w", encoding="utf-8", newline="") as stream:
            yield stream
        part.replace(path)


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """A folder that takes its name when all is written; it must not be there, or be empty."""
    if str(path) == "-":
        raise LegationError("-: this format is a folder of files. Name a new folder with -o.")
    if path.exists() and not (path.is_dir() and not any(path.iterdir())):
        raise LegationError(
            f"{path}: expected a new or empty folder, found something there. Name another, or delete it."
        )
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    with _told(path), _removed(part):
        part.mkdir(parents=True)
        yield part
        if path.exists():
            path.rmdir()
        part.replace(path)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        reason = error.strerror or error
        raise LegationError(
            f"{path}: can't be written ({reason}). Make room, or name another place with -o."
        ) from error


@contextmanager
def _removed(part: Path) -> Iterator[None]:
    """Leave nothing half written behind."""
    try:
        yield
    finally:
        if part.is_dir():
            shutil.rmtree(part, ignore_errors=True)
        else:
            part.unlink(missing_ok=True)
