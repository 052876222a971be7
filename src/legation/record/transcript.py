"""Tells where the speakers of a transcript stood: "Hotel Metropol / Geneva, Switzerland / THE PRESIDENT: …".

In: a report. Out: the heading's place and who speaks under it, or None. Ministries and presidencies print transcripts
with the venue in the lines above the first speaker; it is the only thing that many of them say about where somebody is.
A heading counts only if a speaker's label follows it within a few lines, so that no article is taken for a transcript.
"""

import re
from dataclasses import dataclass

from legation.language.claim import Participant, Span
from legation.reference import country_of_place, find_states, leader
from legation.sources.report import Report

__all__ = ["Heading", "read_heading"]

LABEL = re.compile(r"^(?P<who>[A-Z][A-Z.’' -]{3,60}?)(?: \([^)\n]{1,30}\))?: ", re.M)
BYLINE = re.compile(r"^(?P<name>[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]*){1,4}), (?P<office>[A-Z][^.\n]{4,80})$")
OFFICE_LABEL = re.compile(r"^(?:THE )(?P<office>[A-Z ]+)$")
# Who is heard from afar or on the way stands elsewhere.
ELSEWHERE = re.compile(
    r"\b(?:virtual|virtually|teleconference|video|videoconference|telephone|phone|online|en route|aboard)\b", re.I
)
N_LINES = 8  # headings of 600 transcripts read had at most six lines
LINE = 90  # characters: a longer line is a sentence
PLACES = frozenset(("state", "capital", "city", "region"))


@dataclass(frozen=True, slots=True)
class Heading:
    """Where a transcript was spoken, and by whom.

    span: the line that names the place.
    """

    span: Span
    place: str
    country: str
    speakers: tuple[Participant, ...]


def read_heading(report: Report) -> Heading | None:
    """Return the place of a transcript's heading and its speakers that have names; None if it is no transcript."""
    text = report.text
    lines = _lines_above_speech(text)
    found = next((line for line in lines if _is_place(text[slice(*line)])), None)
    if found is None or ELSEWHERE.search(f"{report.title} {text[: found[1]]}"):
        return None
    words = text[slice(*found)].strip()
    country = country_of_place(words)
    if country is None:
        return None
    speakers = _speakers(report, lines)
    return Heading(found, words.split(",")[0], country, speakers) if speakers else None


def _lines_above_speech(text: str) -> list[Span]:
    """The short lines before the first label; none where no label follows them soon."""
    lines: list[Span] = []
    at = 0
    for _ in range(N_LINES):
        end = text.find("\n", at)
        if end < 0:
            return []
        if LABEL.match(text, at):
            return lines
        if text[at:end].strip() and end - at <= LINE:
            lines.append((at, end))
        elif end - at > LINE:
            return []
        at = end + 1
    return []


def _is_place(line: str) -> bool:
    """Whether a line is a place with its state or city: most of its words are names of places."""
    found = [(a, b) for a, b, _, kind in find_states(line) if kind in PLACES]
    covered = sum(b - a for a, b in found)
    return bool(found) and (2 * covered >= len(line.strip()) or _ends_with_place(line, found))


def _ends_with_place(line: str, found: list[Span]) -> bool:
    """ "Mildenhall, United Kingdom": the tables may not know the first of two names."""
    return line.count(",") == 1 and found[-1][0] > line.index(",") and found[-1][1] >= len(line.rstrip())


def _speakers(report: Report, lines: list[Span]) -> tuple[Participant, ...]:
    """The office-holders who speak: by the labels, by the line "Name, Office" above them."""
    text, day = report.text, report.published.day
    found: dict[str, Participant] = {}
    for line in lines:
        if byline := BYLINE.match(text[slice(*line)].strip()):
            _add(found, (line[0], line[0] + byline.end("name")), byline["name"], byline["office"], day)
    for label in LABEL.finditer(text):
        words = label["who"].strip()
        if office := OFFICE_LABEL.match(words):
            words = _named_with(office["office"], report.title)
        _add(found, label.span("who"), " ".join(word.capitalize() for word in words.split()), "", day)
    return tuple(found[name] for name in sorted(found))


def _named_with(office: str, title: str) -> str:
    """The name that a title gives to an office: PRESIDENT in "Remarks by President Biden in Press Conference"."""
    named = re.search(rf"\b{re.escape(office.title())} ((?:[A-Z][\w.’-]+ ?){{1,3}})", title)
    words = named[1].split() if named else []
    for n in range(len(words), 0, -1):
        if leader(f"{office.title()} {' '.join(words[:n])}"):
            return f"{office.title()} {' '.join(words[:n])}"
    return office


def _add(found: dict[str, Participant], span: Span, name: str, office: str, day: str | None) -> None:
    person = leader(name, day) if " " in name else None
    if person is not None:
        found.setdefault(person.name, Participant(span, person.name, person.country, office or person.office))
