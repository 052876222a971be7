"""A report as received, and what could not be read.

In: text and what the source says of it. Out: frozen values, hashable, equal on every machine.
The id comes from the content alone (text, title, publication day, outlet), so that the same report read twice,
from another path or in another order, keeps its id.
"""

import hashlib
from dataclasses import dataclass

__all__ = ["Published", "Rejected", "Report", "make_report"]


@dataclass(frozen=True, slots=True)
class Published:
    """When a report was published.

    value: EDTF, e.g. "2024-03-28" or "2024-03-28T10:15:00Z"; its length is its precision.
    found: where it stood: "field", "mark", "meta", "feed", "url", "file name", or "default" where the user
           gave it for all; "" where nothing says it. The time of retrieval is never a publication date.
    """

    value: str | None
    found: str = ""

    @property
    def day(self) -> str | None:
        """The day, "YYYY-MM-DD", or None where the precision is less than a day."""
        return self.value[:10] if self.value and len(self.value) >= 10 else None


@dataclass(frozen=True, slots=True)
class Report:
    """One text as received.

    id:        the source's own id where it gives one, else "r-" and 16 hex digits of the digest.
    text:      exactly as received after decoding; every offset in the project counts its characters.
    language:  BCP 47 code of what the text appears to be written in.
    digest:    SHA-256 of the content, in hex.
    origin:    path, URL or "-" with the place in it: line, item of a feed or record of an archive
               ("feed.jsonl:14").
    retrieved: instant of the crawl, ISO 8601, where the source states it (WARC, HTTP); not part of the digest.
    """

    id: str
    text: str
    title: str
    source: str
    published: Published
    language: str
    digest: str
    origin: str
    url: str | None = None
    retrieved: str | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """What could not be read, where it stood, why, and what to do about it."""

    origin: str
    reason: str


def make_report(
    text: str,
    *,
    origin: str,
    published: Published,
    title: str = "",
    source: str = "",
    language: str = "en",
    url: str | None = None,
    id: str | None = None,
    retrieved: str | None = None,
) -> Report:
    """Return a Report whose digest (and id, where the source gives none) comes from its content."""
    content = "\x1f".join((text, title, published.value or "", source))
    digest = hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
    return Report(
        id=id or f"r-{digest[:16]}",
        text=text,
        title=title,
        source=source,
        published=published,
        language=language,
        digest=digest,
        origin=origin,
        url=url,
        retrieved=retrieved,
    )
