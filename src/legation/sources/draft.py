"""What a reader found, before it is judged.

In: the parts of a report as strings, as they stood in the source. Out: a Report, or a Rejected with the reason.
Every reader yields drafts, so that one place decides what a report must have: text, a date that can be read,
a language that legation reads.
"""

import re
from dataclasses import dataclass

from legation.sources.dates import EXPECTED_DATE, read_publication_date
from legation.sources.language_guess import guess_language
from legation.sources.options import SourceOptions
from legation.sources.report import Published, Rejected, Report, make_report

__all__ = ["Draft", "judge_draft"]

# JSON can escape half of a surrogate pair: no character, and no database takes it. One for one, so that
# offsets stay.
LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Draft:
    """Parts of one report as received.

    date:       as the source writes it; "" where it says nothing.
    found:      where the date stood, as in Published.found.
    needs_date: the format promises a date, so that a report without one is rejected.
    """

    origin: str
    text: str
    date: str = ""
    found: str = "field"
    needs_date: bool = False
    title: str = ""
    source: str = ""
    url: str = ""
    id: str = ""
    retrieved: str | None = None


def judge_draft(draft: Draft, options: SourceOptions) -> Report | Rejected:
    """Return the report, or why it can't be one."""
    if not draft.text.strip():
        return Rejected(draft.origin, "expected the text of a report, found none. Fill it in, or leave the report out.")
    published = _judge_date(draft, options)
    if isinstance(published, Rejected):
        return published
    language = guess_language(draft.text)
    if options.languages and language not in options.languages:
        return Rejected(draft.origin, _tell_language(language, options))
    return make_report(
        LONE_SURROGATE.sub("\ufffd", draft.text),
        origin=draft.origin,
        published=published,
        title=_one_line(draft.title),
        source=_one_line(draft.source) or options.default_source,
        language=language,
        url=_one_line(draft.url) or None,
        id=_one_line(draft.id) or None,
        retrieved=draft.retrieved,
    )


def _judge_date(draft: Draft, options: SourceOptions) -> Published | Rejected:
    written = draft.date.strip()
    if written:
        value = read_publication_date(written)
        return Published(value, draft.found) if value else Rejected(draft.origin, _tell_date(written))
    if options.default_date:
        return Published(read_publication_date(options.default_date), "default")
    if draft.needs_date:
        return Rejected(
            draft.origin,
            f"expected the publication date, {EXPECTED_DATE}, found none. "
            "Fill it in, or give default_date for all reports without one.",
        )
    return Published(None)


def _tell_date(written: str) -> str:
    shown = written if len(written) <= 60 else written[:57] + "..."
    return f'expected {EXPECTED_DATE} as the publication date, found "{shown}". Write the date in that form.'


def _tell_language(language: str, options: SourceOptions) -> str:
    found = "no language that legation knows" if language == "und" else f'what looks like "{language}"'
    return (
        f"expected a text in {' or '.join(options.languages)}, found {found}. "
        "Translate it first, or let it through with the option languages."
    )


def _one_line(words: str) -> str:
    return " ".join(LONE_SURROGATE.sub("\ufffd", words).split())
