"""Claims as people and programs want them: a readable table, JSON lines, CSV.

In: Readings. Out: lines of text, or objects that rich prints. No printing here.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from legation.language.claim import Claim, DateReading, Participant, claim_to_json
from legation.language.read import Reading

__all__ = ["CSV_COLUMNS", "csv_lines", "json_lines", "show_reading"]

CSV_COLUMNS = (
    "id report date source type mode status score actors actor_countries recipients recipient_countries place"
    " place_country when said_by flags trigger sentence_start sentence_end sentence"
).split()
STATUS_STYLES = {"done": "green", "planned": "cyan", "off": "yellow", "denied": "red", "hypothetical": "magenta"}


def json_lines(readings: Iterable[Reading]) -> Iterator[str]:
    """Yield each claim as a line of the claims contract."""
    for reading in readings:
        for claim in reading.claims:
            yield json.dumps(claim_to_json(claim, reading.report.text), ensure_ascii=False)


def csv_lines(readings: Iterable[Reading], *, header: bool = True) -> Iterator[str]:
    """Yield the claims as CSV; several participants stand in one cell, parted by "; "."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="")

    def line(cells: Iterable[object]) -> str:
        buffer.seek(0)
        buffer.truncate()
        writer.writerow(cells)
        return buffer.getvalue()

    if header:
        yield line(CSV_COLUMNS)
    for reading in readings:
        for claim in reading.claims:
            yield line(_cells(claim, reading))


def _cells(claim: Claim, reading: Reading) -> list[object]:
    text = reading.report.text
    return [
        claim.id,
        claim.report,
        reading.report.published.value or "",
        reading.report.source,
        claim.type,
        claim.mode or "",
        claim.status,
        round(claim.score, 3),
        "; ".join(p.name for p in claim.actors),
        "; ".join(p.country or "" for p in claim.actors),
        "; ".join(p.name for p in claim.recipients),
        "; ".join(p.country or "" for p in claim.recipients),
        claim.place.name if claim.place else "",
        (claim.place.country or "") if claim.place else "",
        (claim.when.value or "") if claim.when else "",
        " < ".join(claim.said_by.chain or (claim.said_by.name,)) if claim.said_by else "",
        "; ".join(claim.flags),
        text[slice(*claim.trigger)],
        claim.sentence[0],
        claim.sentence[1],
        " ".join(text[slice(*claim.sentence)].split()),
    ]


def show_reading(reading: Reading) -> RenderableType:
    """A report's claims under its headline, each with its sentence, the trigger marked."""
    report = reading.report
    head = Text.assemble(
        (report.published.value or "undated", "bold"),
        "  ",
        (report.title or _beginning(report.text), "bold"),
        f"  {report.source or report.origin}",
        (f"  {report.id}", "dim"),
    )
    flags = [
        Text(f"  ! {_words(date, reading)} ({date.value}): {flag}", style="red") for date, flag in reading.impossible
    ]
    if not reading.claims:
        return Group(head, *flags, Text("  no claim", style="dim"), Text(""))
    return Group(head, *flags, *(_show_claim(claim, reading) for claim in reading.claims), Text(""))


def _words(date: DateReading, reading: Reading) -> str:
    return reading.report.text[slice(*date.span)] if date.span else ""


def _beginning(text: str) -> str:
    words = text.split()
    return " ".join(words[:9]) + (" …" if len(words) > 9 else "")


def _show_claim(claim: Claim, reading: Reading) -> RenderableType:
    line = Text.assemble(
        (f"{claim.type}{' ' + claim.mode if claim.mode else ''}", "bold"),
        " ",
        (claim.status, STATUS_STYLES.get(claim.status, "")),
        "  ",
        _people(claim.actors) or "–",
    )
    if claim.recipients:
        line.append(" → ").append(_people(claim.recipients))
    if claim.place:
        line.append(f"  in {claim.place.name}{_code(claim.place.country)}")
    if claim.when:
        line.append(f"  on {claim.when.value or 'a day not resolved'}", style="cyan")
    if claim.said_by:
        day = f" on {claim.said_by.when}" if claim.said_by.when else ""
        line.append(f"  says {' < '.join(claim.said_by.chain or (claim.said_by.name,))}{day}", style="italic")
    for flag in claim.flags:
        line.append(f"  ! {flag}", style="red")
    return Group(Padding(line, (0, 0, 0, 2)), Padding(_sentence(claim, reading), (0, 0, 0, 6)))


def _people(people: Iterable[Participant]) -> str:
    return ", ".join(f"{person.name}{_code(person.country)}" for person in people)


def _code(country: str | None) -> str:
    return f" [{country}]" if country else ""


def _sentence(claim: Claim, reading: Reading) -> Text:
    start, end = claim.sentence
    sentence = Text(reading.report.text[start:end].replace("\n", " ").replace("\r", " "), style="dim")
    sentence.stylize("not dim underline", claim.trigger[0] - start, claim.trigger[1] - start)
    return sentence
