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
    found: where it stood: "field", "mark", "meta", "feed", "warc", "file name"; "" where nothing says it.
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
    digest:    SHA-256 of the content, in hex.
    origin:    path, URL or "-" with the place in it ("feed.jsonl:14").
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
    )
