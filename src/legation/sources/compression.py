"""gzip and zstd, undone piece by piece.

In: chunks as stored. Out: chunks as meant. What stands before the damage in a cut-off file still comes out;
then SourceError is raised, because gzip and zstd libraries differ in whether they notice.
"""

import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol

from legation.errors import SourceError
from legation.sources.chunks import CHUNK_BYTES, split_head

__all__ = ["decompress"]

# A run of one letter may be a thousand times longer than its compressed form in gzip, and 32,000 times in zstd
# (blocks of four bytes stand for 128 KiB): small steps keep each output within 8 MB.
STEP_BYTES = 256


class _Decompressor(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, /) -> bytes: ...


def decompress(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the content of gzip or zstd (known by the first bytes, not by a name), anything else unchanged.

    Raises SourceError where the compressed data is damaged or ends early.
    """
    head, chunks = split_head(chunks, 4)
    if head[:3] == b"\x1f\x8b\x08":
        return _inflate(chunks, _new_gzip, "gzip")
    if head[:4] == b"\x28\xb5\x2f\xfd":
        return _inflate(chunks, _new_zstd, "zstd")
    return chunks


def _inflate(chunks: Iterator[bytes], new: Callable[[], _Decompressor], name: str) -> Iterator[bytes]:
    frame: _Decompressor | None = None
    for step in _steps(chunks, STEP_BYTES):
        rest = step
        while rest:
            # Zeros after the last frame are the padding of tapes and disk blocks.
            if frame is None and not rest.strip(b"\0"):
                break
            frame = frame or new()
            try:
                data = frame.decompress(rest)
            except Exception as error:  # zlib.error, ZstdError: no class in common
                raise SourceError(
                    f"expected {name} data, found damage ({error}); what stood before is kept. Fetch the file again."
                ) from error
            yield from _steps([data], CHUNK_BYTES)
            rest = frame.unused_data if frame.eof else b""
            frame = None if frame.eof else frame
    if frame is not None:
        raise SourceError(
            f"expected the end of the {name} data, found that the file is cut off; what stood before is kept. "
            "Fetch the file again."
        )


def _steps(chunks: Iterable[bytes], n_bytes: int) -> Iterator[bytes]:
    for chunk in chunks:
        for start in range(0, len(chunk), n_bytes):
            yield chunk[start : start + n_bytes]


def _new_gzip() -> _Decompressor:
    return zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)


def _new_zstd() -> _Decompressor:
    # Python 3.14 brings zstd along; before it, the package zstandard.
    try:
        from compression import zstd  # type: ignore[import-not-found,unused-ignore]

        new: Any = zstd.ZstdDecompressor()
    except ImportError:
        import zstandard

        new = zstandard.ZstdDecompressor().decompressobj()
    decompressor: _Decompressor = new
    return decompressor
