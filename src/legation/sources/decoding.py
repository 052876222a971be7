"""Bytes to characters.

In: bytes of one report, line or file, and what they say of their encoding. Out: text, or None for what isn't text.

Order: byte-order mark, UTF-8, the declared encoding, Windows-1252, then a guess by charset-normalizer. Windows-1252
comes before the guess because the reports are English: with a few accents and curled quotes in some hundred
letters, the guess took cp1250 or mac_latin2 in three of four samples ("Săo Paulo" for "São Paulo").
"""

import codecs
import re
from collections.abc import Iterator

__all__ = ["decode", "name_binary_format", "to_utf8"]

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
BINARY_FORMATS = (
    (b"%PDF", "a PDF file: convert it to text first (pdftotext)"),
    (b"PK\x03\x04", "a zip archive or an Office document: unpack it, or save it as text"),
    (b"\xd0\xcf\x11\xe0", "an old Office document: save it as text"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"BZh", "a bzip2 archive: unpack it first"),
    (b"\xfd7zXZ", "an xz archive: unpack it first"),
    (b"7z\xbc\xaf", "a 7z archive: unpack it first"),
    (b"PAR1", "a Parquet file: export it as JSON lines or CSV"),
    (b"SQLite format 3", "an SQLite database: export it as JSON lines or CSV"),
)
CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
HIGH = re.compile(rb"[\x80-\xff]")
MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def to_utf8(head: bytes, chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield chunks without their byte-order mark, UTF-16 and UTF-32 rewritten as UTF-8.

    Readers cut lines and marks out of bytes, which UTF-16 doesn't allow. Other encodings pass unchanged.
    """
    encoding, n_mark = _marked_encoding(head)
    if encoding is None:
        return chunks
    return _rewrite(_without(n_mark, chunks), encoding)


def decode(data: bytes, declared: str = "") -> str | None:
    """Return the text, or None for bytes that are no text.

    Where UTF-8 is broken in fewer places than it is right, the broken places become U+FFFD: a download cut in
    the middle of a letter shouldn't turn every other accent into two wrong letters.
    """
    if CONTROLS.search(data) and len(CONTROLS.findall(data)) > len(data) / 500:
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    n_right = len(MULTIBYTE.findall(data))
    if n_right and n_right >= len(HIGH.findall(MULTIBYTE.sub(b"", data))):
        return data.decode("utf-8", "replace")
    return _decode_as(data, declared) or _decode_windows(data) or _guess(data)


def name_binary_format(head: bytes) -> str | None:
    """Return the name of a well-known format that holds no plain text, with what to do about it, or None."""
    return next((name for magic, name in BINARY_FORMATS if head.startswith(magic)), None)


def _marked_encoding(head: bytes) -> tuple[str | None, int]:
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return encoding, len(mark)
    # English in UTF-16 without a mark: every other byte is zero.
    sample = head[:1000]
    if len(sample) >= 8 and sample[1::2].count(0) > 0.4 * len(sample) and not sample[0::2].count(0):
        return "utf-16-le", 0
    if len(sample) >= 8 and sample[0::2].count(0) > 0.4 * len(sample) and not sample[1::2].count(0):
        return "utf-16-be", 0
    return None, 0


def _without(n_bytes: int, chunks: Iterator[bytes]) -> Iterator[bytes]:
    for chunk in chunks:
        dropped = min(n_bytes, len(chunk))
        n_bytes -= dropped
        yield chunk[dropped:]


def _rewrite(chunks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    if encoding == "utf-8":
        yield from chunks
        return
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    for chunk in chunks:
        yield decoder.decode(chunk).encode("utf-8", "replace")
    yield decoder.decode(b"", final=True).encode("utf-8", "replace")


def _decode_as(data: bytes, encoding: str) -> str | None:
    if not encoding:
        return None
    try:
        return str(data, encoding)
    except (LookupError, ValueError):
        return None


def _decode_windows(data: bytes) -> str | None:
    # In English, accents and typographic marks are a few in a hundred; 15% leaves room for a line of names.
    return _decode_as(data, "cp1252") if len(HIGH.findall(data)) <= 0.15 * len(data) else None


def _guess(data: bytes) -> str | None:
    # Imported here: most runs never need it.
    from charset_normalizer import from_bytes

    best = from_bytes(data[:100_000]).best()
    return _decode_as(data, best.encoding) if best else None
