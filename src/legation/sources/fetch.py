"""Pages and files from the web, only where the user names their address.

In: an http or https address. Out: a Document whose bytes come as they are read. One request, no retries, no further
links followed; redirects stay within http and https.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPResponse
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from legation.errors import SourceError
from legation.sources.chunks import CHUNK_BYTES
from legation.sources.options import SourceOptions

__all__ = ["Answer", "is_url", "name_of", "open_url"]

# All of a slow answer may take this many times url_timeout_s, which holds for each wait.
TOTAL_TIMEOUTS = 10


class Answer:
    """Bytes of an answer, and what its headers say."""

    def __init__(self, response: HTTPResponse, chunks: Iterator[bytes]) -> None:
        self.chunks = chunks
        self.url = response.geturl()
        self.content_type = (response.headers.get("Content-Type") or "").lower()
        self.retrieved = _read_instant(response.headers.get("Date") or "")


def is_url(path: str) -> bool:
    """Say whether the user named an address rather than a file."""
    return path.lower().startswith(("http://", "https://"))


@contextmanager
def open_url(url: str, options: SourceOptions) -> Iterator[Answer]:
    """Ask for one address; raises SourceError where the server can't be reached or refuses."""
    try:
        request = Request(url, headers={"User-Agent": options.user_agent, "Accept-Encoding": "identity"})
        response = _opener().open(request, timeout=options.url_timeout_s)
    except HTTPError as error:
        error.close()
        raise SourceError(f"expected a page, found HTTP status {error.code}. {_advise(error.code)}") from error
    except (OSError, HTTPException, ValueError) as error:
        raise SourceError(
            f"expected an answer, found none ({error}). Check the address and the connection, or save the page "
            "and name the file."
        ) from error
    with response:
        yield Answer(response, _read(response, options))


def _opener() -> OpenerDirector:
    # Not urlopen: it would follow a redirect to ftp and read data: addresses.
    opener = OpenerDirector()
    for handler in (
        ProxyHandler(),
        HTTPHandler(),
        HTTPSHandler(),
        HTTPDefaultErrorHandler(),
        HTTPRedirectHandler(),
        HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    return opener


def _read(response: HTTPResponse, options: SourceOptions) -> Iterator[bytes]:
    end = time.monotonic() + TOTAL_TIMEOUTS * options.url_timeout_s
    n_missing = response.length
    try:
        while chunk := response.read1(CHUNK_BYTES):
            yield chunk
            n_missing = None if n_missing is None else n_missing - len(chunk)
            if time.monotonic() > end:
                raise SourceError("expected the whole answer, found it too slow. Try later, or raise url_timeout_s.")
    except (OSError, HTTPException) as error:
        raise SourceError(f"expected the whole answer, found that it broke off ({error}). Try again.") from error
    if n_missing:
        raise SourceError(f"expected the whole answer, found it {n_missing:,} bytes short. Try again.")


def _advise(status: int) -> str:
    if status in (401, 402, 403, 451):
        return "The server doesn't serve this page to programs: save it in a browser and name the file."
    if status in (429, 503):
        return "The server asks for patience: try later."
    return "Check the address." if status < 500 else "Try later."


def _read_instant(header: str) -> str | None:
    try:
        return parsedate_to_datetime(header).isoformat().replace("+00:00", "Z")
    except (ValueError, TypeError, IndexError):
        return None


def name_of(url: str) -> str:
    """Return the last part of an address, which may tell the kind of file."""
    return urlsplit(url).path.rpartition("/")[2]
