"""RSS and Atom: an item per report.

In: a Document. Out: drafts, numbered as the items stand. The text is the item's content, else its summary, without
markup; the date is the item's own, with the offset that it states; the source is the feed's title.
"""

from collections.abc import Iterator
from io import BytesIO
from time import strftime
from typing import Any

from legation.sources.chunks import read_whole
from legation.sources.dates import read_publication_date
from legation.sources.document import Document
from legation.sources.draft import Draft
from legation.sources.options import SourceOptions
from legation.sources.report import Rejected
from legation.sources.web_page import strip_markup

__all__ = ["read_feed"]


def read_feed(document: Document, options: SourceOptions) -> Iterator[Draft | Rejected]:
    """Yield one draft for each item; its origin counts items, since the parser keeps no lines."""
    data = read_whole(document.chunks, options.max_feed_bytes)
    if data is None:
        yield Rejected(
            document.origin,
            f"expected a feed of at most {options.max_feed_bytes:,} bytes, found a longer one. Raise max_feed_bytes.",
        )
        return
    feed = _parse(data)
    if feed is None or not (feed.entries or feed.get("version")):
        yield Rejected(
            document.origin, "expected an RSS or Atom feed, found other XML. Export it as JSON lines or CSV."
        )
        return
    if not feed.entries:
        yield Rejected(document.origin, "expected items in the feed, found none. Fetch it again later.")
    source = strip_markup(feed.feed.get("title") or "")
    for number, item in enumerate(feed.entries, start=1):
        yield _draft(item, f"{document.origin}:{number}", source, document.retrieved)


def _parse(data: bytes) -> Any:
    import feedparser

    try:
        return feedparser.parse(BytesIO(data))
    except Exception:  # a parser of wild XML with no error of its own; the feed is rejected by the caller
        return None


def _draft(item: Any, origin: str, source: str, retrieved: str | None) -> Draft:
    title = strip_markup(item.get("title") or "")
    return Draft(
        origin,
        _text(item),
        date=_date(item),
        found="feed",
        needs_date=True,
        title=title,
        source=source,
        url=item.get("link") or "",
        retrieved=retrieved,
    )


def _date(item: Any) -> str:
    """Return the date as the item writes it; in forms that only the feed parser knows, the parser's UTC reading."""
    # Atom must give "updated" and may give "published"; dc:date of RSS 1.0 comes as "updated".
    for name in ("published", "updated"):
        written = item.get(name) or ""
        parsed = item.get(f"{name}_parsed")
        if written and parsed and not read_publication_date(written):
            return strftime("%Y-%m-%d" if parsed[3:6] == (0, 0, 0) else "%Y-%m-%dT%H:%M:%SZ", parsed)
        if written:
            return str(written)
    return ""


def _text(item: Any) -> str:
    contents = [part.get("value") or "" for part in item.get("content") or []]
    return strip_markup(max([*contents, item.get("summary") or ""], key=len))
