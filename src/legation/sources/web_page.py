"""Web pages: the article without its surroundings.

In: HTML. Out: one draft. The text is trafilatura's (Barbaresi 2021, "Trafilatura: A Web Scraping Library and
Command-Line Tool for Text Discovery and Extraction"). The date is not: its finder takes, where a page states
none, a date from anywhere in the text, which in a report is the date of an event. Read here are only places that
say when a page was published: meta elements, JSON-LD, time elements marked so, the address.
"""

import json
import logging
import re
from collections import deque
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from legation.sources.chunks import read_whole
from legation.sources.dates import find_day_in_url, read_publication_date
from legation.sources.decoding import decode, name_binary_format
from legation.sources.document import Document
from legation.sources.draft import Draft
from legation.sources.options import SourceOptions
from legation.sources.report import Rejected

__all__ = ["draft_from_html", "read_charset", "read_web_page", "strip_markup"]

DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w-]{2,30})|^<\?xml[^>]{0,100}encoding=["']([\w-]{2,30})""", re.I
)
# In order of trust; dates of change ("modified") are not among them.
DATE_NAMES = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "article.published",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "publication_date",
    "publication-date",
    "published-date",
    "publish-date",
    "publishdate",
    "pubdate",
    "citation_publication_date",
    "citation_date",
    "dcterms.issued",
    "dcterms.date",
    "dc.date.issued",
    "dc.date",
    "date",
)
META = "//meta[@content]"
TIME = (
    "//time[@datetime][@pubdate or @itemprop='datePublished'"
    " or contains(@class, 'publish') or contains(@class, 'entry-date')]"
)
OTHER_DATED = "//*[not(self::meta)][@itemprop='datePublished']"
JSON_LD = "//script[@type='application/ld+json']"

# What it can't read becomes a Rejected here; its own lines on stderr would tell it a second time.
for _name in ("trafilatura", "htmldate"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)


def read_web_page(document: Document, options: SourceOptions) -> Iterator[Draft | Rejected]:
    """Yield the one article of a page."""
    if found := name_binary_format(document.head):
        yield Rejected(document.origin, f"expected a web page, found {found}.")
        return
    data = read_whole(document.chunks, options.max_report_bytes)
    if data is None:
        yield Rejected(
            document.origin,
            f"expected a page of at most {options.max_report_bytes:,} bytes, found a longer one. "
            "Raise max_report_bytes if it is an article.",
        )
        return
    yield draft_from_html(
        data,
        document.origin,
        url=document.url,
        retrieved=document.retrieved,
        declared=read_charset(document.content_type),
    )


def read_charset(content_type: str) -> str:
    """Return the encoding that a Content-Type header names, or ""."""
    return content_type.partition("charset=")[2].partition(";")[0].strip("\"' ")


def draft_from_html(
    data: bytes, origin: str, *, url: str | None = None, retrieved: str | None = None, declared: str = ""
) -> Draft | Rejected:
    """Return the article of a page; `declared` is the encoding that the server stated."""
    mark = DECLARED.search(data[:4000])
    named = (mark[1] or mark[2]).decode("ascii") if mark else ""
    html = decode(data, declared or named)
    if html is None:
        return Rejected(origin, "expected a web page, found bytes that are no text. Fetch the page again.")
    try:
        return _read_article(html, origin, url, retrieved)
    except Exception as error:  # lxml and trafilatura fail in many ways on wild pages; each is the page's own
        return Rejected(
            origin, f"expected a web page, found one that can't be parsed ({type(error).__name__}). Save it as text."
        )


def strip_markup(fragment: str) -> str:
    """Return the words of an HTML fragment, a blank line between paragraphs; plain text comes back as it is."""
    if "<" not in fragment and "&" not in fragment:
        return fragment
    from trafilatura.utils import load_html

    tree = load_html(f"<html><body><div>{fragment}</div></body></html>")
    if tree is None:
        return fragment
    for element in tree.iter("p", "br", "div", "li", "h1", "h2", "h3", "h4", "blockquote"):
        element.tail = "\n" + (element.tail or "")
    lines = (" ".join(line.split()) for line in tree.text_content().splitlines())
    return "\n".join(line for line in lines if line)


def _read_article(html: str, origin: str, url: str | None, retrieved: str | None) -> Draft | Rejected:
    # Imported here: a fifth of a second that runs over other formats shouldn't pay.
    import trafilatura
    from trafilatura.utils import load_html

    tree = load_html(html)
    if tree is None:
        return Rejected(origin, "expected a web page, found no HTML. Rename the file to .txt if it is plain text.")
    date, found = _find_date(tree, url)
    article = trafilatura.bare_extraction(
        html, url=url, with_metadata=True, include_comments=False, include_tables=False
    )
    if article is None or not (article.text or "").strip():
        return Rejected(origin, "expected a page with an article, found no running text. Leave the page out.")
    address = url or article.url or ""
    return Draft(
        origin,
        article.text,
        date=date,
        found=found,
        title=article.title or "",
        source=article.sitename or article.hostname or urlsplit(address).hostname or "",
        url=address,
        retrieved=retrieved,
    )


def _find_date(tree: Any, url: str | None) -> tuple[str, str]:
    """Return the publication date as EDTF and where it stood, both "" where the page doesn't state it."""
    for written in _dates_stated(tree):
        if value := read_publication_date(written):
            return value, "meta"
    for address in (
        url,
        *tree.xpath("//link[@rel='canonical']/@href"),
        *tree.xpath("//meta[@property='og:url']/@content"),
    ):
        if day := find_day_in_url(str(address or "")):
            return day, "url"
    return "", ""


def _dates_stated(tree: Any) -> Iterator[str]:
    stated: dict[str, str] = {}
    for element in tree.xpath(META):
        for attribute in ("property", "name", "itemprop"):
            stated.setdefault((element.get(attribute) or "").lower(), element.get("content"))
    yield from (stated[name] for name in DATE_NAMES if name in stated)
    for script in tree.xpath(JSON_LD):
        yield from _dates_in_json(script.text or "")
    for element in (*tree.xpath(TIME), *tree.xpath(OTHER_DATED)):
        yield element.get("datetime") or element.get("content") or element.text_content()


def _dates_in_json(text: str) -> Iterator[str]:
    """Yield datePublished of articles first, then of anything else in a JSON-LD block."""
    try:
        waiting = deque([json.loads(text)])
    except (ValueError, RecursionError):
        return
    others = []
    while waiting:
        node = waiting.popleft()
        if isinstance(node, list):
            waiting.extend(node)
        elif isinstance(node, dict):
            waiting.extend(value for value in node.values() if isinstance(value, (dict, list)))
            date = node.get("datePublished")
            if isinstance(date, str) and "Article" in str(node.get("@type")):
                yield date
            elif isinstance(date, str):
                others.append(date)
    yield from others
