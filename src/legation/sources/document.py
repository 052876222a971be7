"""One file, stream or page, opened.

In: what opening.py found. Out: the value that every reader is given.
"""

from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Document"]


@dataclass(frozen=True, slots=True)
class Document:
    """Decompressed bytes with what is known about them.

    origin:       path, URL or "-", as the user named it; begins every origin of what is read from it.
    name:         file name without ".gz" or ".zst", which hints at the kind; "" for standard input.
    head:         the first 64 KiB or so, once more at the beginning of `chunks`.
    chunks:       the content, UTF-16 and UTF-32 rewritten as UTF-8; can be read once.
    content_type: as the server says, in lower case; "" elsewhere.
    """

    origin: str
    name: str
    head: bytes
    chunks: Iterator[bytes]
    url: str | None = None
    content_type: str = ""
    retrieved: str | None = None
