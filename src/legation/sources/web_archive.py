"""WARC: the pages of a crawl (ISO 28500).

In: a Document. Out: a draft for each answered HTML page. The date of a record is when it was crawled: it becomes
`retrieved`, never the publication date.
"""

from collections.abc import Iterator
from typing import Any

from legation.errors import SourceError
from legation.sources.chunks import ChunkStream, read_chunks, read_whole
from legation.sources.document import Document
from legation.sources.draft import Draft
from legation.sources.options import SourceOptions
from legation.sources.report import Rejected
from legation.sources.web_page import draft_from_html, read_charset

__all__ = ["read_web_archive"]

PAGE_TYPES = ("text/html", "application/xhtml+xml")


def read_web_archive(document: Document, options: SourceOptions) -> Iterator[Draft | Rejected]:
    """Yield a draft for each page; pictures, requests and pages that the server refused are passed over.

    The origin counts records, of all types, from 1.
    """
    n_pages = number = 0
    for number, record in enumerate(_records(document), start=1):
        if _is_page(record):
            n_pages += 1
            yield _read_page(record, f"{document.origin}:{number}", options)
    if not n_pages:
        yield Rejected(
            document.origin,
            f"expected HTML pages, found none in {number} records. Leave the archive out, or fetch it again.",
        )


def _records(document: Document) -> Iterator[Any]:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    try:
        archive = ArchiveIterator(ChunkStream(document.chunks))
        yield from archive
    except (ArchiveLoadFailed, ValueError, AttributeError, EOFError) as error:
        raise SourceError(
            f"expected WARC records, found damage ({type(error).__name__}: {error}); what stood before is kept. "
            "Fetch the archive again."
        ) from error
    if archive.err_count:
        raise SourceError(
            "expected WARC records, found some that don't end where they say; what could be read is kept. "
            "Fetch the archive again."
        )


def _is_page(record: Any) -> bool:
    if record.rec_type not in ("response", "resource") or (record.rec_type == "response" and not record.http_headers):
        return False
    if record.http_headers and not str(record.http_headers.get_statuscode()).startswith("2"):
        return False
    return _content_type(record).startswith(PAGE_TYPES)


def _read_page(record: Any, origin: str, options: SourceOptions) -> Draft | Rejected:
    try:
        data = read_whole(read_chunks(record.content_stream()), options.max_report_bytes)
        is_cut_off = data is not None and not record.raw_stream.read(1) and record.raw_stream.limit > 0
    except SourceError:
        raise
    except Exception as error:  # broken transfer or content encodings, told by warcio, zlib or brotli
        return Rejected(origin, f"expected a page, found a damaged one ({type(error).__name__}). Fetch the page again.")
    if data is None:
        return Rejected(
            origin,
            f"expected a page of at most {options.max_report_bytes:,} bytes, found a longer one. "
            "Raise max_report_bytes if it is an article.",
        )
    if is_cut_off:
        return Rejected(
            origin, "expected a whole page, found that the archive ends within it. Fetch the archive again."
        )
    return draft_from_html(
        data,
        origin,
        url=record.rec_headers.get_header("WARC-Target-URI"),
        retrieved=record.rec_headers.get_header("WARC-Date"),
        declared=read_charset(_content_type(record)),
    )


def _content_type(record: Any) -> str:
    headers = record.http_headers or record.rec_headers
    return str(headers.get_header("Content-Type") or "").lower()
