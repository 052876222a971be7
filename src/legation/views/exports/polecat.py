"""Events as a table like POLECAT's: PLOVER codes in the columns of its files, a row for each pair of states.

In: a Source. Out: one file of tabs, with a header, POLECAT's columns and ours after them. A planned visit is AGREE;
both sides of a meeting stand in one row, in the order of the event. `Event Date` is empty where words name no day: it
never is the day of publication, which stands in its own column.
"""

from collections.abc import Iterator
from pathlib import Path

from legation import __version__
from legation.record import EventParticipant
from legation.reference.codebook import QUADS
from legation.reference.crosswalk import Coded, plover_scores, quad_of, state_codes
from legation.views.exports.pairs import HAPPENED, NOT_HAPPENED, OUR_COLUMNS, Row, our_columns, pairs_of, write_rows
from legation.views.exports.plover import NO_STATEMENT
from legation.views.exports.source import Source, Told, code_event, days_of, sector_of
from legation.views.exports.writing import Written

__all__ = ["POLECAT_COLUMNS", "write_polecat"]

POLECAT_COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title",
    "Actor Name Raw", "Wikipedia Actor ID",
    "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors",
    "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID",
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename",
    "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language",
    "Version", *OUR_COLUMNS,
)  # fmt: skip


def write_polecat(source: Source, path: Path) -> Written:
    """Write a table in POLECAT's columns."""
    return write_rows(source, path, POLECAT_COLUMNS, _polecat_rows)


def _polecat_rows(told: Told) -> Iterator[Row] | str:
    if told.event.status not in HAPPENED:
        return NOT_HAPPENED
    coded = code_event(told.event)
    return NO_STATEMENT if coded.plover is None else _each_polecat_row(told, coded, coded.plover)


def _each_polecat_row(told: Told, coded: Coded, plover: str) -> Iterator[Row]:
    event = told.event
    first, _ = days_of(event)
    place = event.place.value if event.place else ""
    about = {
        "Event ID": event.id, "Event Date": first and first.isoformat(), "Event Type": plover,
        "Event Mode": coded.plover_mode, "Intensity": plover_scores()[plover],
        "Quad Code": QUADS[quad_of(plover)].upper(), "Contexts": ";".join(coded.contexts),
        "Placename": place, "Country": event.place_country, "Raw Placename": place,
        "Source": event.claims[0].source, "Publication Date": (event.claims[0].published or "")[:10],
        "Language": told.citation(event.claims[0]).language, "Version": f"legation {__version__}",
        **our_columns(told),
    }  # fmt: skip
    for one, other in pairs_of(event, both_ways=False):
        yield {**about, **_polecat_actor("Actor", one), **_polecat_actor("Recipient", other)}


def _polecat_actor(column: str, person: EventParticipant | None) -> Row:
    if person is None:
        return {}
    code = "IGO" if person.country in ("UNO", "EUR") else person.country
    return {
        f"{column} Name": person.name,
        f"{column} Country": code,
        f"{column} COW": state_codes(person.country).cow,
        f"Primary {column} Sector": sector_of(person),
        f"{column} Sectors": sector_of(person),
        f"{column} Title": person.office,
        f"{column} Name Raw": person.name,
    }
