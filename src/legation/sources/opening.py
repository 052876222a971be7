"""What the user named, found and opened.

In: files, folders, patterns, addresses, "-" for standard input. Out: places in a fixed order, and Documents.
"""

import glob
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from legation.sources.chunks import gather_chunks, read_chunks, split_head
from legation.sources.compression import decompress
from legation.sources.decoding import to_utf8
from legation.sources.document import Document
from legation.sources.fetch import is_url, name_of, open_url
from legation.sources.options import SourceOptions
from legation.sources.report import Rejected

__all__ = ["STANDARD_INPUT", "find_places", "open_place"]

STANDARD_INPUT = "-"


def find_places(path: str) -> Iterator[str | Rejected]:
    """Yield the files that a path stands for: of a folder all within it, sorted, hidden ones left out."""
    if path == STANDARD_INPUT or is_url(path):
        yield path
    elif os.path.isdir(path):
        yield from _walk(path)
    elif os.path.lexists(path):
        yield _only_file(path)
    else:
        yield from _match(path)


@contextmanager
def open_place(place: str, options: SourceOptions, stdin: BinaryIO) -> Iterator[Document]:
    """Open one place; raises OSError or SourceError where that fails."""
    if place == STANDARD_INPUT:
        yield _document(place, "", read_chunks(stdin))
    elif is_url(place):
        with open_url(place, options) as answer:
            yield _document(
                place,
                name_of(answer.url),
                answer.chunks,
                url=answer.url,
                content_type=answer.content_type,
                retrieved=answer.retrieved,
            )
    else:
        with open(place, "rb") as stream:
            yield _document(place, os.path.basename(place), read_chunks(stream))


def _document(
    origin: str,
    name: str,
    stored: Iterator[bytes],
    *,
    url: str | None = None,
    content_type: str = "",
    retrieved: str | None = None,
) -> Document:
    head, chunks = split_head(gather_chunks(decompress(stored)))
    head, chunks = split_head(to_utf8(head, chunks))
    plain_name = name.removesuffix(".gz").removesuffix(".zst")
    return Document(origin, plain_name, head, chunks, url, content_type, retrieved)


def _only_file(path: str) -> str | Rejected:
    # A pipe would be waited for until somebody writes into it.
    if os.path.isfile(path):
        return path
    return Rejected(path, "expected a file or folder, found neither (a broken link, a pipe or a device). Name a file.")


def _walk(folder: str) -> Iterator[str | Rejected]:
    failures: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=failures.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (_only_file(str(Path(parent, name))) for name in sorted(names) if not name.startswith("."))
        while failures:
            yield _unreadable_folder(failures.pop())
    while failures:
        yield _unreadable_folder(failures.pop())


def _unreadable_folder(error: OSError) -> Rejected:
    return Rejected(
        str(error.filename),
        f"expected a folder that can be read, found: {error.strerror}. Give yourself the permission.",
    )


def _match(pattern: str) -> Iterator[str | Rejected]:
    if not glob.has_magic(pattern):
        yield Rejected(pattern, "expected a file, folder or pattern, found nothing there. Check the path.")
        return
    matches = sorted(glob.glob(pattern, recursive=True))
    if not matches:
        yield Rejected(pattern, "expected files that match the pattern, found none. Check the path.")
    for match in matches:
        if os.path.isfile(match):
            yield match
