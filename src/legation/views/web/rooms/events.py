"""Events: the list by who, what, where and when; one event with everything that explains it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, select

from legation.record.decision import Decision
from legation.record.event import Event, EventClaim, EventParticipant
from legation.record.merging import is_unheard
from legation.record.store.browsing import Survey, View, event_of, survey
from legation.record.store.rows import chunks
from legation.record.store.schema import reports
from legation.reference.codebook import load_codebook
from legation.views.record_forms import event_to_json
from legation.views.web.address import KNOWN_BY, Ask, Filter
from legation.views.web.faults import not_found
from legation.views.web.listing import Column, Listing
from legation.views.web.marks import Piece, around, marks_of_claim, pieces_of
from legation.views.web.room import Moved, Page, room

__all__ = ["ACTOR", "EVENT_COLUMNS", "EVENT_FILTERS", "events_listing", "view_of"]

CLAIMS_AT_ONCE = 25
NEAR = timedelta(days=5)
BOOK = load_codebook()
TYPES = tuple((entry.code, entry.code) for entry in BOOK.types)
MODES = tuple((code, code) for code in sorted({mode.code for entry in BOOK.types for mode in entry.modes}))
STATUSES = tuple((status.code, status.code) for status in BOOK.statuses)
FIELDS = tuple((name, name) for name in ("when", "place", "status", "number", "published"))

ACTOR = Filter(
    "actor", "Who", hint="A name however spelled, a state or its code, or an id; twice for a pair", many=True
)
EVENT_FILTERS = (
    ACTOR,
    Filter("type", "Type", "choice", TYPES, "Type of the codebook"),
    Filter("mode", "Mode", "choice", MODES, "Mode of the codebook"),
    Filter("status", "Status", "choice", STATUSES, "Whether it happened"),
    Filter("place", "Where", hint="A state or its code, or a place as reports write it"),
    Filter("conflict", "Disputed", "choice", (("any", "anything"), *FIELDS), "Field on which reports disagree"),
    Filter("level", "Level", "choice", tuple((str(n), f"{n} and up") for n in (5, 4, 3, 2, 1)), "Lower side, at least"),
    Filter(
        "channel", "Channel", "choice", tuple((c, c) for c in ("state", "party", "parliament", "military", "society"))
    ),
    Filter("since", "From", "day", hint="First day"),
    Filter("until", "To", "day", hint="Last day"),
    KNOWN_BY,
)


def names_of(event: Event, *roles: str) -> list[str]:
    """The names of those who take part in these roles."""
    return [p.name for p in event.participants if p.role in roles]


def codes_of(event: Event, *roles: str) -> list[str]:
    """The states of those who take part in these roles, each once."""
    return list(dict.fromkeys(p.country for p in event.participants if p.role in roles and p.country))


EVENT_COLUMNS: tuple[Column[Event], ...] = (
    Column("id", lambda e: e.id, link=lambda e: f"/events/{e.id}"),
    Column("when", lambda e: e.when and e.when.value),
    Column("first_day", lambda e: e.first_day),
    Column("last_day", lambda e: e.last_day),
    Column("type", lambda e: e.type),
    Column("mode", lambda e: e.mode),
    Column("status", lambda e: e.status),
    Column("actors", lambda e: names_of(e, "actor", "side")),
    Column("actor_countries", lambda e: codes_of(e, "actor", "side")),
    Column("recipients", lambda e: names_of(e, "recipient")),
    Column("recipient_countries", lambda e: codes_of(e, "recipient")),
    Column("place", lambda e: e.place and e.place.value),
    Column("place_country", lambda e: e.place_country),
    Column("level", lambda e: e.level),
    Column("channel", lambda e: e.channel),
    Column("origins", lambda e: e.n_origins),
    Column("reports", lambda e: e.n_reports),
    Column("conflicts", lambda e: [c.words for c in e.conflicts]),
    Column("reported", lambda e: e.reported),
)


def events_listing(
    rows: Sequence[Event], *, name: str = "events", title: str = "Events", next: str = "", total: str = "",
    empty: str = "No event of the record fits.",
) -> Listing[Event]:  # fmt: skip
    """Return events as a list of a page."""
    return Listing(name, title, EVENT_COLUMNS, rows, next, total, empty)


def view_of(ask: Ask, **more: Any) -> View:
    """Return the view that the filters of an address mean."""
    names = ("type", "mode", "status", "place", "conflict", "channel", "since", "until", "known_by")
    given = {name: ask.get(name) for name in names if ask.get(name)}
    level = {"level": int(ask.get("level"))} if ask.get("level") else {}
    return View(**({"actors": ask.all("actor")} | given | level | more))


def said(counted: Survey) -> str:
    """How many events, in words."""
    return f"{counted.n:,} event{'s' * (counted.n != 1)}" if counted.is_all else f"more than {counted.n:,} events"


@room("/events", "Events", filters=EVENT_FILTERS, nav="Events", key="e", place=20)
def events(ask: Ask) -> Page:
    """Events by who, what, where and when, newest first; each with its support and conflicts."""
    view = view_of(ask)
    with ask.desk.reading() as connection:
        found = ask.desk.events(connection, view, limit=ask.limit, after=ask.after)
        counted = (
            None if view.known_by else survey(connection, view, by_level=False)
        )  # as known then: it would all have to be read
    total = said(counted) if counted else ""
    listing = events_listing(found.rows, next=found.next, total=total)
    return Page("events.html", "Events", (listing,), values={"months": counted.months if counted else []})


# One event ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Told:
    """A claim with its sentence marked in the text around it."""

    told: EventClaim
    pieces: tuple[Piece, ...]
    is_cut: tuple[bool, bool]
    said_by: str


def tell_in_context(connection: Connection, claims: Sequence[EventClaim]) -> list[Told]:
    """Return claims with their context, from the reports as received."""
    texts: dict[str, Any] = {}
    for some in chunks({c.digest for c in claims}):
        query = select(reports.c.digest, reports.c.text, reports.c.title).where(reports.c.digest.in_(some))
        texts |= {row.digest: row for row in connection.execute(query)}
    return [_tell(claim, texts[claim.digest]) for claim in claims]


def _tell(told: EventClaim, report: Any) -> Told:
    claim = told.claim
    text = report.title if claim.part == "title" else report.text
    start, end = around(text, claim.sentence)
    pieces = tuple(pieces_of(text, marks_of_claim(claim), start, end))
    chain = claim.said_by.chain or (claim.said_by.name,) if claim.said_by else ()
    return Told(told, pieces, (start > 0, end < len(text)), " < ".join(chain))


CLAIM_COLUMNS: tuple[Column[Told], ...] = (
    Column("id", lambda t: t.told.claim.id),
    Column("published", lambda t: t.told.published),
    Column("source", lambda t: t.told.source),
    Column("report", lambda t: t.told.report),
    Column("digest", lambda t: t.told.digest),
    Column("origin", lambda t: t.told.origin),
    Column("type", lambda t: t.told.claim.type),
    Column("mode", lambda t: t.told.claim.mode),
    Column("status", lambda t: t.told.claim.status),
    Column("when", lambda t: t.told.claim.when and t.told.claim.when.value),
    Column("place", lambda t: t.told.claim.place and t.told.claim.place.name),
    Column("said_by", lambda t: t.said_by or None),
    Column("sentence", lambda t: t.told.sentence),
    Column("score", lambda t: round(t.told.claim.score, 4)),
    Column("why", lambda t: list(t.told.why)),
)
SPLIT = Filter("known_by", KNOWN_BY.label, "day", hint=KNOWN_BY.hint)


@room("/events/{id}", "Event", filters=(SPLIT,))
def event(ask: Ask) -> Page:
    """One event: fields with their support, claims in their context, conflicts, status history, why it was joined."""
    desk = ask.desk
    with desk.reading() as connection:
        id_ = _found(connection, ask)
        read = desk.read(connection, [id_], ask.known_by, whole=True)
        if not read:
            raise not_found(
                f"No report up to {ask.known_by} told of this event." if ask.known_by else "This event is no more.",
                "Take the day out of the address." if ask.known_by else "A ruling took it away: see the rulings.",
            )
        (found,) = read
        start = int(ask.after) if ask.after.isdigit() else 0
        some = found.claims[start : start + CLAIMS_AT_ONCE]
        told = tell_in_context(connection, some)
        decisions = decisions_about(ask, connection, {c.claim.id for c in found.claims})
        near = _near(ask, connection, found)
        horizon = ask.known_by or desk.horizon(connection)
    onward = str(start + CLAIMS_AT_ONCE) if start + CLAIMS_AT_ONCE < len(found.claims) else ""
    claims = Listing(
        "claims", "What the reports say", CLAIM_COLUMNS, told, onward, f"{len(found.claims):,} claims", "No claim."
    )
    beside = events_listing(near, name="near", title="Near by: the same sides within days", empty="Nothing near by.")
    values = {
        "event": found,
        "sides": _sides(found),
        "sources": {c.claim.id: c for c in (*found.outcome_claims, *found.claims)},
        "decisions": decisions,
        "unheard": is_unheard(found, horizon),
        "head": found.claims[0].claim.id,
        "types": TYPES,
        "statuses": STATUSES,
    }
    return Page("event.html", _title(found), (claims, beside), event_to_json(found), values)


def _found(connection: Connection, ask: Ask) -> str:
    id_ = ask.path["id"]
    found = event_of(connection, id_) if id_.startswith(("e-", "c-")) else None
    if found is None:
        raise not_found(
            f"No event or claim “{id_}” in the record.", "Ids begin with e- or c-; the list of events has them."
        )
    if found != id_:
        raise Moved(f"/events/{found}" + (f"?known_by={ask.known_by}" if ask.known_by else ""))
    return found


def _title(found: Event) -> str:
    who = names_of(found, "actor", "side")[:2]
    whom = names_of(found, "recipient")[:2]
    return " → ".join(", ".join(part) for part in (who, whom) if part) or found.type


def _sides(found: Event) -> list[tuple[str, list[EventParticipant]]]:
    """Those who take part, by role."""
    words = {"actor": "Who", "recipient": "With or to whom", "side": "Who met"}
    return [
        (words.get(role, role), [p for p in found.participants if p.role == role])
        for role in ("actor", "side", "recipient")
        if any(p.role == role for p in found.participants)
    ]


def decisions_about(ask: Ask, connection: Connection, claims: set[str]) -> list[Decision]:
    """Decisions in force that name one of these claims, newest first."""
    in_force = ask.desk.in_force(connection)
    return [d for d in reversed(in_force) if claims & {claim[0] for anchor in d.anchors for claim in anchor.claims}]


def _near(ask: Ask, connection: Connection, found: Event) -> list[Event]:
    """Events of the same two sides within some days: where a missed merger would stand."""
    codes = list(dict.fromkeys(p.country for p in found.participants if p.country))[:2]
    day = found.first_day or found.reported
    if not codes or not day:
        return []
    centre = date.fromisoformat(day)
    view = View(
        actors=tuple(codes), since=(centre - NEAR).isoformat(), until=(centre + NEAR).isoformat(), type=found.type
    )
    rows = ask.desk.events(connection, view, limit=9).rows
    return [event for event in rows if event.id != found.id][:8]
