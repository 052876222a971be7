"""The wiring: sources -> language -> record. Read this first.

    read_sources   bytes   -> Report     legation.sources
    read_reports   Report  -> Reading    legation.language
    Record.add     Reading -> Event      legation.record

In: what the user named. Out: Readings and Rejecteds in the order of the input, lazily: memory stays flat however many
reports come. With several workers each holds the model once; reports travel to them in chunks.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import suppress
from dataclasses import replace
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from legation.language.model import Reader
from legation.language.read import Reading, read_reports
from legation.sources import Rejected, Report, SourceOptions, read_sources

if TYPE_CHECKING:  # the store's libraries take half a second to load, and only a record needs them
    from legation.record.store import Added, Record

__all__ = ["default_workers", "read_again", "read_all", "read_into_record", "read_paths"]

CHUNK = 12  # reports that travel to a worker together: seldom enough, and little to wait for
FEW = 3 * CHUNK  # so many reports are read sooner by one process than two can start
AHEAD = 3  # chunks in flight for each worker

Item = Report | Rejected
Result = Reading | Rejected

_reader: Reader | None = None


def default_workers() -> int:
    """One process for each processor that this one may use."""
    with suppress(AttributeError):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1


def read_paths(
    paths: Sequence[str],
    *,
    options: SourceOptions | None = None,
    stdin: BinaryIO | None = None,
    workers: int | None = None,
    model: Path | None = None,
) -> Iterator[Result]:
    """Yield a Reading for each report that the paths hold, and a Rejected for each that can't be read."""
    return read_all(read_sources(paths, options=options, stdin=stdin), workers=workers, model=model)


def read_all(items: Iterable[Item], *, workers: int | None = None, model: Path | None = None) -> Iterator[Result]:
    """Yield what the items say, in their order; what was rejected passes through.

    workers: processes; 1 reads in this one. By default as many as processors, and one for a few reports.
    """
    stream = iter(items)
    first = list(islice(stream, FEW + 1))
    count = workers or (1 if len(first) <= FEW else default_workers())
    chunks = _chunks(chain(first, stream))
    if count == 1:
        reader = Reader(model)
        for chunk in chunks:
            yield from _read_chunk(chunk, reader)
    else:
        yield from _read_in_processes(chunks, count, model)


def read_into_record(
    paths: Sequence[str],
    record: Record,
    *,
    options: SourceOptions | None = None,
    stdin: BinaryIO | None = None,
    workers: int | None = None,
    model: Path | None = None,
    told: Callable[[Added], None] | None = None,
    refused: Callable[[Rejected], None] | None = None,
) -> Added:
    """Take into the record what the paths hold and it doesn't hold yet; return how much that was.

    Batches are committed whole: after a kill at any instant the same call reads the rest. `told` hears of each batch,
    `refused` of each report that can't be read.
    """
    digest = model_digest(model)
    record.start_run(digest, {"paths": list(paths), "options": str(options)})
    n_reports = 0

    def counted() -> Iterator[Item]:
        nonlocal n_reports
        for item in read_sources(paths, options=options, stdin=stdin):
            n_reports += isinstance(item, Report)
            if refused and isinstance(item, Rejected):
                refused(item)
            yield item

    added = record.add(read_all(record.new_only(counted()), workers=workers, model=model), reader=digest, told=told)
    return replace(added, n_known=n_reports - added.n_new)


def read_again(record: Record, *, workers: int | None = None, model: Path | None = None) -> int:
    """Read anew the reports of the record that another model has read; return how many. Decisions are replayed."""
    digest = model_digest(model)
    readings = (r for r in read_all(record.outdated(digest), workers=workers, model=model) if isinstance(r, Reading))
    return record.replace(readings, reader=digest)


def model_digest(model: Path | None = None) -> str:
    """SHA-256 of the model that reads, in hex."""
    return Reader(model).digest


def _chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    stream = iter(items)
    yield from iter(lambda: list(islice(stream, CHUNK)), [])


def _read_chunk(chunk: Sequence[Item], reader: Reader) -> list[Result]:
    """Read the reports among the items; the others keep their places."""
    readings = iter(read_reports([item for item in chunk if isinstance(item, Report)], reader))
    return [next(readings) if isinstance(item, Report) else item for item in chunk]


def _start_worker(model: Path | None) -> None:
    global _reader
    _reader = Reader(model)


def _work(chunk: Sequence[Item]) -> list[Result]:
    if _reader is None:
        raise RuntimeError("a worker was given reports before it had loaded the model")
    return _read_chunk(chunk, _reader)


def _read_in_processes(chunks: Iterable[list[Item]], workers: int, model: Path | None) -> Iterator[Result]:
    """Keep a few chunks in flight, so that memory does not grow with the input."""
    waiting: deque[Future[list[Result]]] = deque()
    with ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=_start_worker, initargs=(model,)
    ) as pool:
        try:
            for chunk in chunks:
                waiting.append(pool.submit(_work, chunk))
                if len(waiting) > AHEAD * workers:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()
