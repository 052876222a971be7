"""The names under which tables, records and headers hold the parts of a report.

In: names as found, the user's own names. Out: which found name holds which of our fields.
"""

from collections.abc import Iterable, Mapping

__all__ = ["FIELDS", "find_columns"]

# Where two names of one field stand in the same table, the earlier one here wins: "text" before "summary".
ALIASES: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "report_id", "article_id", "doc_id", "document_id", "guid", "uid"),
    "date": (
        "date",
        "published",
        "publication_date",
        "date_published",
        "published_date",
        "published_at",
        "publish_date",
        "pubdate",
        "pub_date",
        "datetime",
        "day",
    ),
    "source": ("source", "outlet", "publisher", "source_name", "newspaper", "site", "sitename"),
    "title": ("title", "headline", "heading"),
    "text": (
        "text",
        "body",
        "content",
        "full_text",
        "fulltext",
        "maintext",
        "article_text",
        "article",
        "story",
        "description",
        "summary",
    ),
    "url": ("url", "link", "href", "permalink"),
}
FIELDS = tuple(ALIASES)


def find_columns(names: Iterable[str], chosen: Mapping[str, str]) -> dict[str, str]:
    """Return our field -> the name that holds it, for the fields that are there.

    A name in `chosen` is taken as written and no other is tried for its field; the usual names are compared
    without regard to case, spaces and hyphens.

    >>> find_columns(["Pub Date", "Body"], {})
    {'date': 'Pub Date', 'text': 'Body'}
    """
    found = list(names)
    usual = {_plain(name): name for name in reversed(found)}
    columns = {}
    for field, aliases in ALIASES.items():
        if field in chosen:
            candidates = [chosen[field]] if chosen[field] in found else []
        else:
            candidates = [usual[alias] for alias in aliases if alias in usual]
        if candidates:
            columns[field] = candidates[0]
    return columns


def _plain(name: str) -> str:
    return name.strip().lower().replace(" ", "_").replace("-", "_")
