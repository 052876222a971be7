"""Addresses, with a server of our own on 127.0.0.1."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from legation.sources import Rejected, SourceOptions, read_sources

REPORT = b"date 2024-03-28 Kim met Wang."
SEEN = []


class Outlet(BaseHTTPRequestHandler):
    def do_GET(self):
        SEEN.append(self.headers["User-Agent"])
        getattr(self, self.path.strip("/").partition("?")[0].partition(".")[0])()

    def answer(self, body, status=200, n_bytes=None, **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) if n_bytes is None else n_bytes))
        self.end_headers()
        self.wfile.write(body)

    def report(self):
        self.answer(REPORT)

    def lines(self):
        self.answer(b'{"date": "2024-03-28", "text": "Kim met Wang."}\n')

    def moved(self):
        self.answer(b"", 302, Location="/report")

    def away(self):
        self.answer(b"", 302, Location="file:///etc/passwd")

    def refused(self):
        self.answer(b"", 403)

    def busy(self):
        self.answer(b"", 429)

    def short(self):
        self.answer(REPORT, n_bytes=1000)
        self.close_connection = True

    def long(self):
        self.answer(REPORT + b" long" * 1000)

    def silent(self):
        self.server.released.wait(5)

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def outlet():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Outlet)
    server.released = threading.Event()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.released.set()
    server.shutdown()
    server.server_close()


def fetch(url, **options):
    return list(read_sources([url], options=SourceOptions(**options)))


def test_address_is_read_and_the_user_agent_says_who_asks(outlet):
    (report,) = fetch(f"{outlet}/report")
    assert (report.text, report.published.day) == ("Kim met Wang.", "2024-03-28")
    assert report.origin == f"{outlet}/report:1"
    assert SEEN[-1].startswith("legation/")


def test_name_in_the_address_tells_the_kind(outlet):
    (report,) = fetch(f"{outlet}/lines.jsonl?page=1")
    assert report.text == "Kim met Wang."


def test_redirect_is_followed_within_the_web_only(outlet):
    (report,) = fetch(f"{outlet}/moved")
    (rejected,) = fetch(f"{outlet}/away")
    assert report.text == "Kim met Wang."
    assert isinstance(rejected, Rejected)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        (
            "refused",
            "expected a page, found HTTP status 403. The server doesn't serve this page to programs: "
            "save it in a browser and name the file.",
        ),
        ("busy", "expected a page, found HTTP status 429. The server asks for patience: try later."),
    ],
)
def test_refusal_is_told(outlet, path, reason):
    assert fetch(f"{outlet}/{path}") == [Rejected(f"{outlet}/{path}", reason)]


def test_answer_that_breaks_off_is_rejected(outlet):
    *_, rejected = fetch(f"{outlet}/short")
    assert isinstance(rejected, Rejected)


def test_answer_that_is_too_long_is_rejected(outlet):
    (rejected,) = fetch(f"{outlet}/long", max_report_bytes=500)
    assert "at most 500 bytes" in rejected.reason


def test_silence_ends_after_the_timeout(outlet):
    (rejected,) = fetch(f"{outlet}/silent", url_timeout_s=0.2)
    assert rejected.reason.startswith("expected an answer, found none (")


def test_nobody_there_is_told():
    (rejected,) = fetch("http://127.0.0.1:9/x")
    assert "Check the address and the connection" in rejected.reason


@pytest.mark.parametrize("url", ["http://", "http://[::1", "https://exa mple/", "http://127.0.0.1:99999/"])
def test_broken_address_is_rejected(url):
    (rejected,) = fetch(url)
    assert isinstance(rejected, Rejected)
