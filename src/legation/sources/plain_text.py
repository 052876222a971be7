"""Plain text and Markdown: one file, one report.

In: a Document. Out: one draft. Title, date, source and address stand in a header ("Date: 2024-03-28" lines or a
YAML front matter between "---"), the title else in the first heading; the date else in the file's name. The
text is what follows, as it stands there: Markdown's own marks stay, because offsets count them.
"""

import re
from collections.abc import Iterator

from legation.sources.chunks import read_whole
from legation.sources.columns import find_columns
from legation.sources.dates import find_day_in_file_name
from legation.sources.decoding import decode, name_binary_format
from legation.sources.document import Document
from legation.sources.draft import Draft
from legation.sources.options import SourceOptions
from legation.sources.report import Rejected

__all__ = ["read_plain_text"]

FRONT_MATTER = re.compile(r"\s*(?P<fence>---|\+\+\+)[ \t]*\r?\n(?P<body>.*?)^(?P=fence)[ \t]*(?:\r?\n|\Z)", re.S | re.M)
# Names of one word or two: "Kim said: ..." may begin a report, and isn't taken, since it is no name of a field.
HEADER_LINE = re.compile(
    r"[ \t]*(?:\*\*)?(?P<name>[A-Za-z][\w -]{0,20})(?:\*\*)?[ \t]*[:=](?:\*\*)?[ \t]*(?P<value>.*)"
)
HEADING = re.compile(
    r"(?:#{1,6}[ \t]+(?P<hash>[^\r\n]{1,300}?)[ \t#]*"
    r"|(?P<line>[^\r\n]{1,200}?)[ \t]*\r?\n[ \t]*(?:={3,}|-{3,})[ \t]*)(?:\r?\n|\Z)"
)
MAX_HEADER_LINES = 20


def read_plain_text(document: Document, options: SourceOptions) -> Iterator[Draft | Rejected]:
    """Yield the one report of the file."""
    if found := name_binary_format(document.head):
        yield Rejected(document.origin, f"expected text, found {found}.")
        return
    data = read_whole(document.chunks, options.max_report_bytes)
    if data is None:
        yield Rejected(
            document.origin,
            f"expected a report of at most {options.max_report_bytes:,} bytes, found a longer file. "
            'Split it, put "date YYYY-MM-DD" before each report, or raise max_report_bytes.',
        )
        return
    text = decode(data)
    if text is None:
        yield Rejected(
            document.origin, "expected text, found bytes that are none in UTF-8 or any usual encoding. Save as UTF-8."
        )
        return
    yield _draft(text, document, options)


def _draft(text: str, document: Document, options: SourceOptions) -> Draft:
    header, body = _split_header(text, options)
    heading = HEADING.match(body.lstrip())
    title = header.get("title", "")
    if heading:
        title = title or heading["hash"] or heading["line"]
        body = body.lstrip()[heading.end() :]
        after, body = _split_lines(body, options)
        header = after | header
    day = "" if header.get("date") else find_day_in_file_name(document.name) or ""
    return Draft(
        document.origin,
        body,
        date=header.get("date") or day,
        found="file name" if day else "meta",
        title=title,
        source=header.get("source", ""),
        url=header.get("url") or document.url or "",
        retrieved=document.retrieved,
    )


def _split_header(text: str, options: SourceOptions) -> tuple[dict[str, str], str]:
    """Return the header's fields and the text after it; the text is untouched where there is none."""
    if matter := FRONT_MATTER.match(text):
        fields, rest = _split_lines(matter["body"], options, is_fenced=True)
        if fields or not rest.strip():
            return fields, text[matter.end() :]
    return _split_lines(text, options)


def _split_lines(text: str, options: SourceOptions, *, is_fenced: bool = False) -> tuple[dict[str, str], str]:
    """Take "Name: value" lines off the beginning, as long as their names are known (any name within a fence)."""
    found: dict[str, str] = {}
    end = position = 0
    for line in text.splitlines(keepends=True)[:MAX_HEADER_LINES]:
        position += len(line)
        header = HEADER_LINE.match(line)
        is_field = header and (is_fenced or _names_a_field(header["name"], options))
        if header and is_field:
            found.setdefault(header["name"], header["value"].strip().strip("\"'"))
            end = position
        elif line.strip() and not is_fenced:
            break
    columns = find_columns(found, options.columns)
    fields = {field: found[name] for field, name in columns.items() if field != "text"}
    return (fields, text[end:]) if fields else ({}, text)


def _names_a_field(name: str, options: SourceOptions) -> bool:
    return bool(find_columns([name], options.columns).keys() - {"text"})
