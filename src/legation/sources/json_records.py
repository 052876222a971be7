"""The records of a JSON array, cut out without reading the array whole.

In: chunks. Out: line and bytes of each record. Idea: count brackets outside strings, and take what JSON forbids (a line
end within a string, an object where a name must stand) as the sign that a record broke off, so that the next
one is read again.
"""

import re
from collections.abc import Iterator

__all__ = ["split_records"]

TOKEN = re.compile(rb'[{}\[\]",:\\\n]')
IN_STRING = re.compile(rb'["\\\n]')
CLOSES = {b"}": b"{", b"]": b"["}
# What stands between records without being one.
BETWEEN = b"[], \t\r\n"
LINE_END = ord("\n")


def split_records(chunks: Iterator[bytes], max_bytes: int) -> Iterator[tuple[int, bytes | None]]:
    """Yield the line where a record begins, and its bytes: None where there are more than max_bytes.

    Broken records, and whatever stands between records, come out as they are.
    """
    scanner = _Scanner(max_bytes)
    for chunk in chunks:
        yield from scanner.take(chunk)
    yield from scanner.finish()


class _Scanner:
    """The bytes of the record being gathered and the brackets open in it."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._parts: list[bytes] = []
        self._size = 0
        self._open: list[bytes] = []
        self._is_in_string = False
        self._is_escaped = False
        self._last_token = b""
        self._line = 1
        self._first_line = 1

    def take(self, chunk: bytes) -> Iterator[tuple[int, bytes | None]]:
        start = position = 0
        while position < len(chunk):
            if self._is_escaped:
                self._is_escaped = False
                position += chunk[position] != LINE_END
                continue
            found = (IN_STRING if self._is_in_string else TOKEN).search(chunk, position)
            if not found:
                break
            position = found.end()
            token = found[0]
            if self._begins_record(token):
                self._gather(chunk[start : found.start()])
                yield from self._give_out()
                start = found.start()
            if self._ends_record(token):
                self._gather(chunk[start:position])
                yield from self._give_out()
                start = position
            self._line += token == b"\n"
        self._gather(chunk[start:])

    def finish(self) -> Iterator[tuple[int, bytes | None]]:
        yield from self._give_out()

    def _begins_record(self, token: bytes) -> bool:
        """Say whether a new record begins before this token, within another one only if that one is broken."""
        if self._is_in_string or token != b"{":
            return False
        return b"{" not in self._open or (self._open[-1] == b"{" and self._last_token != b":")

    def _ends_record(self, token: bytes) -> bool:
        """Follow one token; say whether it closes a record, or shows that the record is broken."""
        if self._is_in_string:
            self._is_escaped = token == b"\\"
            self._is_in_string = token == b"\\"
            return token == b"\n"
        if token == b"\n":
            return False
        self._last_token = token
        if token == b'"':
            self._is_in_string = True
        elif token in (b"{", b"["):
            if token == b"{" or b"{" in self._open:
                self._open.append(token)
        elif token in CLOSES and self._open:
            return self._open.pop() != CLOSES[token] or not self._open
        return False

    def _gather(self, data: bytes) -> None:
        if not self._size:
            data = data.lstrip(BETWEEN)
        self._size += len(data)
        if data and self._size <= self._max_bytes:
            self._parts.append(data)
        elif self._size > self._max_bytes:
            self._parts.clear()

    def _give_out(self) -> Iterator[tuple[int, bytes | None]]:
        data = b"".join(self._parts).rstrip(BETWEEN) if not self._open else b"".join(self._parts)
        if self._size > self._max_bytes:
            yield self._first_line, None
        elif data:
            yield self._first_line, data
        self._parts, self._size, self._open = [], 0, []
        self._is_in_string = False
        self._last_token = b""
        self._first_line = self._line
