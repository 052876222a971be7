"""Dated text: reports in one file, each beginning with `date YYYY-MM-DD`.

In: a Document. Out: drafts; the text of a report runs from its mark to the next one, white space at both ends left
out, so that a report keeps its id wherever it stands in a file.

A mark stands at the beginning of a line, or after white space within one. "the date 2024-03-28", "on date
2024-03-28" are prose: after a word that leads into "date" there is no mark.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from legation.sources.decoding import decode
from legation.sources.document import Document
from legation.sources.draft import Draft
from legation.sources.options import SourceOptions
from legation.sources.report import Rejected

__all__ = ["has_date_mark", "read_dated_text"]

MARK = re.compile(
    rb"(?m)(?:"
    # At the beginning of a line whatever looks like a date, so that a broken one is told and not read over;
    rb"^[ \t]{0,16}date[ \t]{1,4}"
    rb"(?P<line>\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})(?P<line_time>@)?(?![\d/-])"
    # within a line only a full day.
    rb"|(?<=\s)date[ \t]{1,4}(?P<inner>\d{4}-\d{2}-\d{2})(?P<inner_time>@)?(?![\w/-])"
    rb")".replace(b"@", rb"T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?")
)
LEADS_INTO_DATE = re.compile(
    rb"\b(?:the|a|an|this|that|its|their|whose|which|what|and|or|same|new|of|on|to|from|by|at|until|till|since|with"
    rb"|due|target|start|end|closing|launch|release|publication|expiry|expiration|effective|birth)[ \t\r\n]+$",
    re.IGNORECASE,
)
# Longer than any mark, or than the words before it that matter: what may stand astride two chunks.
MARGIN_BYTES = 96


@dataclass(frozen=True, slots=True)
class _Piece:
    """Bytes of one report: date as written ("" before the first mark), line of the mark; None when too long."""

    line: int
    date: str
    data: bytes | None


def has_date_mark(head: bytes) -> bool:
    """Say whether a file is dated text: a mark stands at the beginning of one of its first lines."""
    return any(mark["line"] for mark in _find_marks(head, 0, len(head)))


def read_dated_text(document: Document, options: SourceOptions) -> Iterator[Draft | Rejected]:
    """Yield one draft for each mark; text before the first mark has no date and is rejected."""
    for piece in _split(document.chunks, options.max_report_bytes):
        origin = f"{document.origin}:{piece.line}"
        if piece.data is None:
            yield Rejected(
                origin,
                f"expected a report of at most {options.max_report_bytes:,} bytes, found a longer one. "
                'Put "date YYYY-MM-DD" before each report, or raise max_report_bytes.',
            )
        elif piece.date or piece.data.strip():
            yield _draft(piece, piece.data, origin)


def _draft(piece: _Piece, data: bytes, origin: str) -> Draft | Rejected:
    text = decode(data)
    if text is None:
        return Rejected(
            origin, "expected text, found bytes that are none in UTF-8 or any usual encoding. Save as UTF-8."
        )
    if not piece.date:
        return Rejected(
            origin,
            f'expected "date YYYY-MM-DD" before the first report, found "{" ".join(text.split())[:40]}". '
            "Put the mark before the text, or remove the text.",
        )
    # A mark promises a full day: a month alone is a broken mark.
    date = piece.date if len(piece.date) > len("YYYY-MM") else f"date {piece.date}"
    return Draft(origin, text.strip(), date=date, found="mark", needs_date=True)


def _split(chunks: Iterator[bytes], max_bytes: int) -> Iterator[_Piece]:
    """Cut a stream at its marks, holding at most one report and one chunk."""
    cutter = _Cutter(max_bytes)
    for chunk in chunks:
        yield from cutter.take(chunk)
    yield from cutter.finish()


class _Cutter:
    """The one place with a state: the bytes since the last mark, mark included, and how far they are searched."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._buffer = b""
        self._searched = 0
        self._n_mark = 0
        self._line = 1
        self._mark_line = 1
        self._date = ""
        self._is_too_long = False

    def take(self, chunk: bytes) -> Iterator[_Piece]:
        self._buffer += chunk
        yield from self._cut(len(self._buffer) - MARGIN_BYTES)
        if len(self._buffer) > self._max_bytes + 2 * MARGIN_BYTES:
            self._is_too_long = True
            self._drop(len(self._buffer) - 2 * MARGIN_BYTES)

    def finish(self) -> Iterator[_Piece]:
        yield from self._cut(len(self._buffer))
        yield self._piece(len(self._buffer))

    def _cut(self, end: int) -> Iterator[_Piece]:
        n_dropped = 0
        for mark in list(_find_marks(self._buffer, self._searched, end)):
            yield self._piece(mark.start() - n_dropped)
            self._drop(mark.start() - n_dropped)
            self._begin(mark)
            n_dropped = mark.start()
        self._searched = max(end - n_dropped, self._n_mark)

    def _begin(self, mark: re.Match[bytes]) -> None:
        date = (mark["line"] or mark["inner"]) + (mark["line_time"] or mark["inner_time"] or b"")
        self._date = date.decode("ascii")
        self._mark_line = self._line
        self._n_mark = mark.end() - mark.start()
        self._is_too_long = False

    def _piece(self, end: int) -> _Piece:
        is_too_long = self._is_too_long or end - self._n_mark > self._max_bytes
        return _Piece(self._mark_line, self._date, None if is_too_long else self._buffer[self._n_mark : end])

    def _drop(self, n_bytes: int) -> None:
        self._line += self._buffer.count(b"\n", 0, n_bytes)
        self._buffer = self._buffer[n_bytes:]
        self._searched = max(self._searched - n_bytes, 0)


def _find_marks(data: bytes, start: int, end: int) -> Iterator[re.Match[bytes]]:
    """Yield the marks that begin in [start, end) and aren't prose."""
    for mark in MARK.finditer(data, start):
        if mark.start() >= end:
            return
        if not LEADS_INTO_DATE.search(data[max(0, mark.start() - 40) : mark.start()]):
            yield mark
