"""Ties: two actors and the history of their events: level and channel, tone, gaps, last meetings, what is planned."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from sqlalchemy import Connection

from legation.record.store.asking import code_of
from legation.record.store.browsing import Month, View, held_days, last_held, survey
from legation.record.store.dossier import Profile, find_contacts, read_profile, search_actors
from legation.reference.codebook import load_codebook
from legation.views.web.address import KNOWN_BY, Ask, Filter
from legation.views.web.faults import not_found
from legation.views.web.listing import Column, Listing
from legation.views.web.room import Page, room
from legation.views.web.rooms.actors import CONTACT_COLUMNS
from legation.views.web.rooms.events import TYPES, events_listing, said

MOST_GAPS = 5
FEW, FEW_COMING = 25, 8
QUADS = {entry.code: entry.quad for entry in load_codebook().types}
TONES = ("cooperation in deed", "cooperation in words", "statements", "conflict in words", "conflict in deed")
TONE_OF = {
    "material cooperation": TONES[0], "verbal cooperation": TONES[1], "neutral": TONES[2],
    "verbal conflict": TONES[3], "material conflict": TONES[4],
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gap:
    """A time without a meeting: days between two that were held."""

    first: str
    last: str
    days: int


@dataclass(frozen=True, slots=True)
class Tone:
    """How many events of a year have each tone, as TONES."""

    year: str
    counts: tuple[int, ...]


@room(
    "/ties",
    "Ties",
    filters=(
        Filter("one", "One", hint="A name, a state or its code, or an id"),
        Filter("other", "Other", hint="A name, a state or its code, or an id"),
        Filter("type", "Type", "choice", TYPES),
        KNOWN_BY,
    ),
    nav="Ties",
    key="i",
    place=40,
)
def ties(ask: Ask) -> Page:
    """Two actors: their events over time, level and channel, tone, gaps, last meetings, what is planned."""
    one, other = ask.get("one"), ask.get("other")
    with ask.desk.reading() as connection:
        if not (one and other):
            return _choose(ask, connection, one or other)
        pair = (_find(connection, one), _find(connection, other))
        view = View(actors=(pair[0].id, pair[1].id), type=ask.get("type"), known_by=ask.known_by)
        day = ask.known_by or ask.desk.horizon(connection)
        counted = survey(connection, view, by_type=True)
        planned = replace(view, status="planned", since=day, oldest_first=True)
        asked = {"events": (view, min(ask.limit, FEW), ask.after)} | (
            {"coming": (planned, FEW_COMING, "")} if day else {}
        )
        read = ask.desk.several(connection, asked)
        found, coming = read["events"], read["coming"].rows if day else ()
        meetings = replace(view, type="CONSULT")
        met = survey(connection, meetings)
        gaps, silence = _gaps(held_days(connection, meetings), day)
        lists = (
            events_listing(found.rows, next=found.next, total=said(counted)),
            events_listing(coming, name="coming", title="Planned", empty="Nothing is announced."),
            Listing("gaps", "Longest gaps between meetings", GAP_COLUMNS, gaps, empty="No two meetings are dated."),
            Listing("tone", "Tone by year", TONE_COLUMNS, _tones(counted.months), empty="No dated events."),
        )
        values = {
            "pair": pair, "months": counted.months, "levels": met.levels, "silence": silence,
            "last_held": last_held(connection, meetings),
            "tones": TONES, "day": day,
        }  # fmt: skip
    about = {"one": pair[0].id, "other": pair[1].id, "events": counted.n, "days_since_last_meeting": silence}
    return Page("tie.html", f"{pair[0].name} and {pair[1].name}", lists, about, values)


GAP_COLUMNS: tuple[Column[Gap], ...] = (
    Column("first", lambda g: g.first, "from"),
    Column("last", lambda g: g.last, "to"),
    Column("days", lambda g: g.days),
)
TONE_COLUMNS: tuple[Column[Tone], ...] = (
    Column("year", lambda t: t.year),
    *(Column(tone, lambda t, k=k: t.counts[k]) for k, tone in enumerate(TONES)),  # type: ignore[misc]
)


def _choose(ask: Ask, connection: Connection, one: str) -> Page:
    """Before two are chosen: with whom there are most events."""
    if one:
        profile = _find(connection, one)
        rows, title, base = find_contacts(connection, profile), f"Ties of {profile.name}", profile.id
    else:
        rows = search_actors(connection, "", limit=30)
        title, base = "In most of the newest events: choose one", ""
    listing = Listing("actors", title, CONTACT_COLUMNS, rows, empty="Nobody.")
    return Page("ties.html", "Ties", (listing,), values={"base": base})


def _find(connection: Connection, words: str) -> Profile:
    """The actor whom words mean: an id, a state's code or name, else the most frequent of this name."""
    profile = read_profile(connection, code_of(words) or words)
    if profile is None:
        named = search_actors(connection, words, limit=1)
        profile = read_profile(connection, named[0].actor) if named else None
    if profile is None:
        raise not_found(f"Nobody called “{words}” in the record.", "Search for a part of the name.")
    return profile


def _gaps(days: Sequence[str], today: str) -> tuple[list[Gap], int | None]:
    """The longest times between two meetings, and the days since the last one."""
    dated = sorted({day for day in days if day})
    spans = [Gap(a, b, _between(a, b)) for a, b in pairwise(dated)]
    silence = _between(dated[-1], today) if dated and today >= dated[-1] else None
    return sorted(spans, key=lambda gap: -gap.days)[:MOST_GAPS], silence


def _between(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _tones(months: Sequence[Month]) -> list[Tone]:
    counts: dict[str, Counter[str]] = {}
    for month in months:
        if month.month:
            counts.setdefault(month.month[:4], Counter())[TONE_OF[QUADS[month.type]]] += month.n
    return [Tone(year, tuple(own[tone] for tone in TONES)) for year, own in sorted(counts.items(), reverse=True)]
