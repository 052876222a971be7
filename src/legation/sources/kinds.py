"""Which reader a document needs.

In: a Document's name and beginning. Out: a reader. A name that tells is believed, except where several kinds share it
(".txt", ".xml", ".json"); standard input, pages from the web and unknown names are told by how they begin.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from legation.sources.dated_text import has_date_mark, read_dated_text
from legation.sources.document import Document
from legation.sources.draft import Draft
from legation.sources.feed import read_feed
from legation.sources.json_reports import read_json_array, read_json_lines
from legation.sources.options import SourceOptions
from legation.sources.plain_text import read_plain_text
from legation.sources.report import Rejected
from legation.sources.table import is_table_header, read_table
from legation.sources.web_archive import read_web_archive
from legation.sources.web_page import read_web_page

__all__ = ["Reader", "choose_reader"]

Reader = Callable[[Document, SourceOptions], Iterator[Draft | Rejected]]

BY_SUFFIX: dict[str, Reader] = {
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".csv": read_table,
    ".tsv": read_table,
    ".tab": read_table,
    ".html": read_web_page,
    ".htm": read_web_page,
    ".xhtml": read_web_page,
    ".rss": read_feed,
    ".atom": read_feed,
    ".warc": read_web_archive,
}
FEED = re.compile(rb"<(?:rss|(?:\w+:)?feed|rdf:RDF)[\s>]")
PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|article)[\s>]", re.IGNORECASE)
# "[" may begin JSON or prose ("[Updated] Kim ..."): what follows it tells.
ARRAY = re.compile(rb"\[\s*(?:[\[{\"\]]|\Z)")
OBJECT = re.compile(rb"\{\s*(?:\"|\}|\Z)")
COMPLETE_LINE = re.compile(rb"\{[^\n]*\}[ \t\r]*(?:\n|\Z)")


def choose_reader(document: Document) -> Reader:
    """Return the reader for a document; plain text where nothing else fits."""
    suffix = PurePosixPath(document.name.lower()).suffix
    return BY_SUFFIX.get(suffix) or _choose_by_content(document.head)


def _choose_by_content(head: bytes) -> Reader:
    start = head.lstrip()
    if start.startswith(b"WARC/"):
        return read_web_archive
    if start.startswith(b"<") and FEED.search(start[:2000]):
        return read_feed
    if start.startswith(b"<") and PAGE.search(start[:4000]):
        return read_web_page
    if start.startswith(b"<?xml"):
        return read_feed
    if ARRAY.match(start):
        return read_json_array
    if OBJECT.match(start):
        return read_json_lines if COMPLETE_LINE.match(start) or b"\n" not in start else read_json_array
    if has_date_mark(head):
        return read_dated_text
    first_line = start.partition(b"\n")[0][:2000].decode("utf-8", "replace")
    return read_table if is_table_header(first_line) else read_plain_text
