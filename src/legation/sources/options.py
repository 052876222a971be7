"""How sources are read: limits, column names, and what holds for every report of a run.

In: keyword arguments. Out: one frozen value, checked once, that every reader is given.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from legation import __version__
from legation.errors import SourceError
from legation.sources.columns import FIELDS
from legation.sources.dates import read_publication_date

__all__ = ["SourceOptions"]


@dataclass(frozen=True, slots=True)
class SourceOptions:
    """Settings of one run of read_sources; a wrong one raises SourceError at once.

    columns:          our field -> the name that it has in the user's tables and records, e.g.
                      {"text": "Body_EN"}; fields not named are looked for under their usual names.
    default_date:     publication date for reports that state none (ISO or "28 March 2024"); "" for none.
    default_source:   outlet for reports that state none.
    languages:        BCP 47 codes that are let through; empty lets every language through.
    max_report_bytes: a longer report, line or page is rejected. A book has about 1 MB of text, so that
                      what exceeds 10 MB is a mistake (an unclosed quote, a file without line ends).
    max_feed_bytes:   a feed is held in memory whole, up to this size.
    url_timeout_s:    seconds without an answer after which a URL is given up; ten times that in all.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    default_date: str = ""
    default_source: str = ""
    languages: tuple[str, ...] = ("en",)
    max_report_bytes: int = 10_000_000
    max_feed_bytes: int = 50_000_000
    url_timeout_s: float = 20.0
    user_agent: str = f"legation/{__version__} (reads news reports that its user names)"

    def __post_init__(self) -> None:
        for name in self.columns:
            if name not in FIELDS:
                raise SourceError(f'columns: expected one of {", ".join(FIELDS)}, found "{name}". Rename the key.')
        for name in ("max_report_bytes", "max_feed_bytes", "url_timeout_s"):
            if getattr(self, name) <= 0:
                raise SourceError(f"{name}: expected a number above 0, found {getattr(self, name)}.")
        if isinstance(self.languages, str):
            raise SourceError(f'languages: expected a tuple of codes, found "{self.languages}". Write ("en",).')
        if self.default_date and read_publication_date(self.default_date) is None:
            raise SourceError(
                f'default_date: expected a day "YYYY-MM-DD", found "{self.default_date}". Write it so, or leave it out.'
            )
