"""Actors: who is in the record; the dossier of one, with offices, spellings, contacts, visits, levels and outlets."""

from dataclasses import asdict

from legation.record.actor import Office
from legation.record.store.browsing import View, last_held, survey
from legation.record.store.dossier import (
    Contact,
    Outlet,
    Profile,
    find_alike,
    find_contacts,
    find_outlets,
    find_people,
    read_profile,
    search_actors,
)
from legation.views.web.address import KNOWN_BY, Ask, Filter
from legation.views.web.faults import not_found
from legation.views.web.listing import Column, Listing
from legation.views.web.room import Moved, Page, room
from legation.views.web.rooms.events import TYPES, events_listing, said, view_of

KINDS = tuple((kind, kind) for kind in ("person", "state", "organisation", "body", "group"))
FEW, FEW_VISITS = 25, 6

CONTACT_COLUMNS: tuple[Column[Contact], ...] = (
    Column("actor", lambda c: c.actor),
    Column("name", lambda c: c.name),
    Column("kind", lambda c: c.kind),
    Column("country", lambda c: c.country),
    Column("level", lambda c: c.level),
    Column("events", lambda c: c.n_events),
    Column("last", lambda c: c.last),
)
OFFICE_COLUMNS: tuple[Column[Office], ...] = (
    Column("name", lambda o: o.name),
    Column("first", lambda o: o.first),
    Column("last", lambda o: o.last),
    Column("source", lambda o: o.source),
)
OUTLET_COLUMNS: tuple[Column[Outlet], ...] = (
    Column("source", lambda o: o.source, "outlet", link=lambda o: f"/reports?source={o.source}"),
    Column("reports", lambda o: o.n_reports),
    Column("last", lambda o: o.last),
)


@room(
    "/actors",
    "Actors",
    filters=(
        Filter("q", "Name", hint="Any part of a name, in any script"),
        Filter("kind", "Kind", "choice", KINDS),
        Filter("country", "State", hint="A state or its code"),
    ),
    nav="Actors",
    key="a",
    place=30,
)
def actors(ask: Ask) -> Page:
    """Persons, states, organisations: by name, or those in most of the newest events."""
    with ask.desk.reading() as connection:
        found = search_actors(
            connection, ask.get("q"), kind=ask.get("kind"), country=ask.get("country"), limit=ask.limit
        )
    title = "By name" if ask.get("q") else "In most of the newest events"
    listing = Listing("actors", title, CONTACT_COLUMNS, found, empty="Nobody of this name in the record.")
    return Page("actors.html", "Actors", (listing,))


@room(
    "/actors/{id}",
    "Actor",
    filters=(
        Filter("type", "Type", "choice", TYPES),
        Filter("since", "From", "day", hint="First day"),
        Filter("until", "To", "day", hint="Last day"),
        KNOWN_BY,
    ),
)
def actor(ask: Ask) -> Page:
    """A dossier: offices over time, spellings, contacts, visits, level and channel, outlets, events."""
    with ask.desk.reading() as connection:
        profile = read_profile(connection, ask.path["id"])
        if profile is None:
            raise not_found(
                f"No actor “{ask.path['id']}” in the record.", "The list of actors, or a search, finds ids."
            )
        if profile.id != ask.path["id"]:
            raise Moved(f"/actors/{profile.id}")
        view = view_of(ask, actors=(profile.id,))
        whole = View(actors=(profile.id,))
        counted = survey(connection, whole)
        visiting = view_of(ask, actors=(profile.id,), mode="visit", type="")
        read = ask.desk.several(
            connection, {"events": (view, min(ask.limit, FEW), ask.after), "visits": (visiting, FEW_VISITS, "")}
        )
        found, visits = read["events"], read["visits"]
        since, until = ask.get("since"), ask.get("until") or ask.known_by
        lists = (
            events_listing(found.rows, next=found.next, total=said(counted) if view == whole else ""),
            _contacts("contacts", "Contacts", find_contacts(connection, profile, since=since, until=until)),
            Listing("offices", "Offices", OFFICE_COLUMNS, profile.offices, empty="No report gives an office."),
            Listing("spellings", "Written", OFFICE_COLUMNS, profile.spelled, empty="No spelling is kept."),
            events_listing(visits.rows, name="visits", title="Visits", empty="No visit is told."),
            Listing("outlets", "Told by", OUTLET_COLUMNS, find_outlets(connection, profile)),
            _contacts("people", "Who acts for it", find_people(connection, profile) if profile.kind == "state" else []),
            _contacts("alike", "May be the same", find_alike(connection, profile)),
        )
        values = {
            "profile": profile,
            "months": counted.months if not ask.known_by else [],
            "levels": counted.levels,
            "last_held": last_held(connection, whole),
        }
    return Page("actor.html", profile.name, lists, _about(profile), values)


def _contacts(name: str, title: str, rows: list[Contact]) -> Listing[Contact]:
    return Listing(name, title, CONTACT_COLUMNS, rows, empty="Nobody.")


def _about(profile: Profile) -> dict[str, object]:
    return asdict(profile)
