"""Events as a table like GDELT's: CAMEO codes in the columns of GDELT 1.0, a row for each pair of states.

In: a Source. Out: one file of tabs, with a header, GDELT's 58 columns and ours after them. Meetings have a row in each
direction, as coders of CAMEO give them; GLOBALEVENTID differs by row, EventID joins the rows of an event.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from legation.language.periods import read_edtf_days
from legation.record import Event, EventParticipant
from legation.reference import states
from legation.reference.crosswalk import cameo_codes, state_codes
from legation.reference.tables import GROUP_CODES
from legation.views.exports.pairs import HAPPENED, NOT_HAPPENED, OUR_COLUMNS, Row, our_columns, pairs_of, write_rows
from legation.views.exports.source import Source, Told, code_event, days_of, reported_days, sector_of
from legation.views.exports.writing import Written

__all__ = ["CAMEO_COLUMNS", "write_cameo"]

ACTOR_PARTS = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code",
    "Type2Code", "Type3Code",
)  # fmt: skip
GEO_PARTS = ("Type", "FullName", "CountryCode", "ADM1Code", "Lat", "Long", "FeatureID")
GDELT_COLUMNS = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor{n}{part}" for n in (1, 2) for part in ACTOR_PARTS),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions",
    "NumSources", "NumArticles", "AvgTone",
    *(f"{who}Geo_{part}" for who in ("Actor1", "Actor2", "Action") for part in GEO_PARTS),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip
CAMEO_COLUMNS = (*GDELT_COLUMNS, *OUR_COLUMNS)
KNOWN_GROUPS = {"UNO": "UNO", "EUR": "EEC"}  # how CAMEO calls the United Nations and the European Union


def write_cameo(source: Source, path: Path) -> Written:
    """Write a table in GDELT 1.0's columns."""
    return write_rows(source, path, CAMEO_COLUMNS, _cameo_rows)


def _cameo_rows(told: Told) -> Iterator[Row] | str:
    return _each_cameo_row(told) if told.event.status in HAPPENED else NOT_HAPPENED


def _each_cameo_row(told: Told) -> Iterator[Row]:
    event = told.event
    code = cameo_codes()[code_event(event).cameo]
    about = {
        **_gdelt_day(event),
        # GDELT: told at the beginning of an article; here: in a headline or in a text's first sentence.
        "IsRootEvent": int(any(c.claim.part == "title" or c.claim.sentence[0] == 0 for c in event.claims)),
        "EventCode": code.code, "EventBaseCode": code.code[:3], "EventRootCode": code.root, "QuadClass": code.quad,
        "GoldsteinScale": code.goldstein, "NumMentions": len(event.claims),
        "NumSources": len({c.source for c in event.claims}), "NumArticles": event.n_reports,
        **_gdelt_place(event),
        "DATEADDED": (reported_days(event)[0] or "").replace("-", ""),
        "SOURCEURL": next((url for c in event.claims if (url := told.citation(c).url)), ""),
        **our_columns(told),
    }  # fmt: skip
    for one, other in pairs_of(event, both_ways=True):
        yield {
            **about,
            "GLOBALEVENTID": _number(event, one, other),
            **_gdelt_actor("Actor1", one),
            **_gdelt_actor("Actor2", other),
        }


def _number(event: Event, one: EventParticipant | None, other: EventParticipant | None) -> int:
    """A number for the row, from the event and the pair: 48 bits, which a spreadsheet keeps whole."""
    content = "|".join((event.id, one.actor if one else "", other.actor if other else ""))
    return int(hashlib.sha256(content.encode()).hexdigest()[:12], 16)


def _gdelt_day(event: Event) -> Row:
    """Day, month and year as far as the words name them; GDELT's fraction counts months as thirty days."""
    first, _ = days_of(event)
    period = read_edtf_days(event.when.value) if event.when else None
    if period is None:
        return {}
    start, end = (first, first) if first else period
    if start.year != end.year:
        return {}
    told: Row = {"Year": start.year}
    if start.month == end.month:
        told["MonthYear"] = f"{start:%Y%m}"
    if first:
        told |= {
            "SQLDATE": f"{first:%Y%m%d}",
            "FractionDate": f"{first.year + (first.month * 30 + first.day) / 365:.4f}",
        }
    return told


def _gdelt_actor(column: str, person: EventParticipant | None) -> Row:
    if person is None:
        return {}
    is_state = bool(person.country) and person.country not in GROUP_CODES
    country = person.country if is_state else ""
    group = KNOWN_GROUPS.get(person.country or "", "")
    type_ = sector_of(person) or ("IGO" if group else "" if is_state else person.country or "")
    return {
        f"{column}Code": f"{country}{type_}{group}",
        f"{column}Name": person.name,
        f"{column}CountryCode": country,
        f"{column}KnownGroupCode": group,
        f"{column}Type1Code": type_,
    }


def _gdelt_place(event: Event) -> Row:
    """Where it happened: type 1 a country, 4 a city outside the United States, 3 one in it; FIPS codes as GDELT has."""
    state = next((s for s in states() if s.code == event.place_country), None)
    if state is None:
        return {"ActionGeo_FullName": event.place.value} if event.place else {}
    place = event.place.value if event.place else state.name
    is_state = place in (state.name, state.official, *state.names)
    return {
        "ActionGeo_Type": 1 if is_state else 3 if state.code == "USA" else 4,
        "ActionGeo_FullName": state.name if is_state else f"{place}, {state.name}",
        "ActionGeo_CountryCode": state_codes(state.code).fips,
    }
