"""Bytes in pieces, so that memory stays flat whatever the size of a file.

In: an iterator of byte strings of any size. Out: lines, a whole document, or a file-like object, each bounded.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

__all__ = [
    "CHUNK_BYTES",
    "ChunkStream",
    "Line",
    "gather_chunks",
    "read_chunks",
    "read_lines",
    "read_whole",
    "split_head",
]

CHUNK_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class Line:
    """One line with its line end; `data` is None where it is longer than was allowed."""

    number: int
    data: bytes | None


def read_chunks(stream: BinaryIO) -> Iterator[bytes]:
    """Yield what a stream holds, in pieces of 64 KiB or less."""
    while chunk := stream.read(CHUNK_BYTES):
        yield chunk


def gather_chunks(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the same bytes in pieces of 64 KiB or more: readers that join what they are given need few of them.

    What stands before a failure is yielded first.
    """
    gathered = bytearray()
    failure: Exception | None = None
    try:
        for chunk in chunks:
            gathered += chunk
            if len(gathered) >= CHUNK_BYTES:
                yield bytes(gathered)
                gathered.clear()
    except Exception as error:  # kept and raised again after what stood before it
        failure = error
    if gathered:
        yield bytes(gathered)
    if failure is not None:
        raise failure


def split_head(chunks: Iterator[bytes], n_bytes: int = CHUNK_BYTES) -> tuple[bytes, Iterator[bytes]]:
    """Return the beginning (n_bytes or a little more, less at the end) and an iterator over everything.

    What fails while the beginning is read fails again, after it, in the iterator, so that what stood before
    the damage is not lost.
    """
    head = bytearray()
    failure: Exception | None = None
    try:
        for chunk in chunks:
            head += chunk
            if len(head) >= n_bytes:
                break
    except Exception as error:  # kept and raised again where the reader comes to it
        failure = error
    return bytes(head), _joined(bytes(head), chunks, failure)


def _joined(head: bytes, chunks: Iterator[bytes], failure: Exception | None) -> Iterator[bytes]:
    if head:
        yield head
    if failure is not None:
        raise failure
    yield from chunks


def read_lines(chunks: Iterator[bytes], max_bytes: int) -> Iterator[Line]:
    """Yield numbered lines; of one longer than max_bytes only the number, its bytes are dropped on the way."""
    pending: list[bytes] = []
    size = 0
    number = 1
    for chunk in chunks:
        *ended, rest = chunk.split(b"\n")
        for piece in ended:
            data = b"".join([*pending, piece, b"\n"]) if size + len(piece) < max_bytes else None
            yield Line(number, data)
            pending, size, number = [], 0, number + 1
        size += len(rest)
        pending.append(rest)
        if size > max_bytes:
            pending.clear()
    if size:
        yield Line(number, b"".join(pending) if size <= max_bytes else None)


def read_whole(chunks: Iterator[bytes], max_bytes: int) -> bytes | None:
    """Return all bytes, or None where there are more than max_bytes."""
    data = bytearray()
    for chunk in chunks:
        data += chunk
        if len(data) > max_bytes:
            return None
    return bytes(data)


class ChunkStream(io.RawIOBase):
    """Chunks as a stream, for libraries that want a file."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._rest = chunk
        n_bytes = min(len(buffer), len(self._rest))
        buffer[:n_bytes] = self._rest[:n_bytes]
        self._rest = self._rest[n_bytes:]
        return n_bytes
