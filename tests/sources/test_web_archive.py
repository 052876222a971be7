"""WARC."""

import gzip
import io

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from legation.sources import Published, Rejected, Report

PAGE = (
    "<html><head><title>Kim in Beijing</title>{head}</head><body><article>"
    "<p>Kim Song Nam met Wang Yi in Beijing, the agency said.</p><p>They spoke about {topic} for the day.</p>"
    "</article></body></html>"
)
DATED = '<meta property="article:published_time" content="2024-03-28">'


def archive(*pages, gzipped=False):
    """Return a WARC with one response for each (content type, status, body)."""
    stream = io.BytesIO()
    writer = WARCWriter(stream, gzip=gzipped)
    writer.write_record(writer.create_warcinfo_record("x.warc", {"software": "test"}))
    for content_type, status, body in pages:
        headers = StatusAndHeaders(status, [("Content-Type", content_type)], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            "https://example.org/kim",
            "response",
            payload=io.BytesIO(body if isinstance(body, bytes) else body.encode()),
            http_headers=headers,
            warc_headers_dict={"WARC-Date": "2025-01-01T00:00:00Z"},
        )
        writer.write_record(record)
    return stream.getvalue()


DATED_PAGE = ("text/html; charset=utf-8", "200 OK", PAGE.format(head=DATED, topic="trade"))
UNDATED_PAGE = ("text/html", "200 OK", PAGE.format(head="", topic="trade"))


@pytest.mark.parametrize(("name", "gzipped"), [("x.warc", False), ("x.warc.gz", True), ("x", True)])
def test_page_becomes_a_report(read, name, gzipped):
    (report,) = read(name, archive(DATED_PAGE, gzipped=gzipped))
    assert report.published == Published("2024-03-28", "meta")
    assert (report.url, report.source) == ("https://example.org/kim", "example.org")
    assert report.origin.endswith(f"{name}:2")


def test_date_of_the_crawl_is_never_the_publication_date(read):
    (report,) = read("x.warc", archive(UNDATED_PAGE))
    assert report.published == Published(None, "")
    assert report.retrieved == "2025-01-01T00:00:00Z"


def test_pictures_and_refusals_are_passed_over(read):
    (report,) = read(
        "x.warc", archive(("image/png", "200 OK", b"\x89PNG"), ("text/html", "404 Not Found", "gone"), DATED_PAGE)
    )
    assert isinstance(report, Report)


def test_bad_page_does_not_end_the_archive(read):
    rejected, report = read("x.warc", archive(("text/html", "200 OK", b"\x00\x01" * 50), DATED_PAGE))
    assert rejected.reason == "expected a web page, found bytes that are no text. Fetch the page again."
    assert isinstance(report, Report)


def test_long_page_is_rejected_and_the_rest_goes_on(read):
    long_page = ("text/html", "200 OK", PAGE.format(head="", topic="trade " * 1000))
    rejected, report = read("x.warc", archive(long_page, DATED_PAGE), max_report_bytes=2000)
    assert "at most 2,000 bytes" in rejected.reason
    assert isinstance(report, Report)


def test_archive_cut_off_keeps_what_stood_before(read):
    found = read("x.warc.gz", archive(DATED_PAGE, DATED_PAGE, gzipped=True)[:-60])
    assert isinstance(found[0], Report)
    assert isinstance(found[-1], Rejected)
    assert "cut off" in found[-1].reason


def test_archive_without_pages_is_told(read):
    (rejected,) = read("x.warc", archive(("image/png", "200 OK", b"\x89PNG")))
    assert rejected.reason == (
        "expected HTML pages, found none in 2 records. Leave the archive out, or fetch it again."
    )


@pytest.mark.parametrize("damage", [b"nonsense\r\n" * 20, b"WARC/1.0\r\nContent-Length: many\r\n\r\nx"])
def test_damaged_archive_keeps_what_stood_before(read, damage):
    report, rejected = read("x.warc", archive(DATED_PAGE) + damage)
    assert isinstance(report, Report)
    assert rejected.reason.startswith("expected WARC records, found ")


def test_page_cut_off_is_not_taken_for_the_whole(read):
    report, rejected = read("x.warc", archive(DATED_PAGE, DATED_PAGE)[:-60])
    assert isinstance(report, Report)
    assert rejected.reason == ("expected a whole page, found that the archive ends within it. Fetch the archive again.")


def test_compressed_twice_is_not_undone_twice(read):
    (rejected,) = read("x.warc.gz", gzip.compress(gzip.compress(archive(DATED_PAGE))))
    assert isinstance(rejected, Rejected)
