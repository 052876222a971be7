"""From what the user named to reports.

In: paths. Out: reports and what could not be read, one by one, in the order of the paths. The only part of this
stage that handles failures of files and network: each becomes a Rejected, and reading goes on with the next.
"""

import sys
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from legation.errors import SourceError
from legation.sources.document import Document
from legation.sources.draft import judge_draft
from legation.sources.kinds import choose_reader
from legation.sources.opening import find_places, open_place
from legation.sources.options import SourceOptions
from legation.sources.report import Rejected, Report

__all__ = ["read_sources"]


def read_sources(
    paths: Sequence[str], *, options: SourceOptions | None = None, stdin: BinaryIO | None = None
) -> Iterator[Report | Rejected]:
    """Yield what files, folders, patterns, http(s) addresses and "-" (standard input) hold.

    Lazy: at most one report is in memory (a feed or a page: one document). Bad content never raises; it
    is yielded as Rejected, and the rest goes on. Raises SourceError for wrong use: no paths, a string in
    place of a list of paths.

    >>> next(read_sources(["no-such-file.txt"])).reason
    'expected a file, folder or pattern, found nothing there. Check the path.'
    """
    if isinstance(paths, (str, bytes)):
        raise SourceError(f"paths: expected a list of paths, found one string. Write [{paths!r}].")
    if not paths:
        raise SourceError('paths: expected at least one file, folder, pattern, address or "-", found none. Name one.')
    for path in paths:
        if not isinstance(path, str) or not path or "\0" in path:
            raise SourceError(f"paths: expected strings that name files, found {path!r}. Pass str(path).")
    return _read_paths(tuple(paths), options or SourceOptions(), stdin or sys.stdin.buffer)


def _read_paths(paths: Sequence[str], options: SourceOptions, stdin: BinaryIO) -> Iterator[Report | Rejected]:
    for path in paths:
        for place in find_places(path):
            if isinstance(place, Rejected):
                yield place
            else:
                yield from _read_place(place, options, stdin)


def _read_place(place: str, options: SourceOptions, stdin: BinaryIO) -> Iterator[Report | Rejected]:
    try:
        with open_place(place, options, stdin) as document:
            if not document.head.strip():
                yield Rejected(place, _tell_blank(document))
                return
            for found in choose_reader(document)(document, options):
                yield found if isinstance(found, Rejected) else judge_draft(found, options)
    except PermissionError:
        yield Rejected(place, "expected a file that can be read, found no permission. Give yourself the permission.")
    except SourceError as error:
        yield Rejected(place, str(error))
    except OSError as error:
        yield Rejected(place, f"expected a file that can be read, found: {error.strerror or error}. Check the disk.")


def _tell_blank(document: Document) -> str:
    """Say what is wrong with a document that begins blank; fails where its first bytes could not be read."""
    if any(chunk.strip() for chunk in document.chunks):
        return f"expected reports, found {len(document.head):,} bytes of white space before anything. Remove them."
    return "expected reports, found an empty file. Fetch it again, or leave it out."
