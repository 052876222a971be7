"""Review: what needs a person, most valuable first; one key each: accept, reject, next. Nothing is asked twice."""

from sqlalchemy import Connection

from legation.record.store.browsing import event_of
from legation.record.store.dossier import Profile, read_profile
from legation.record.store.queue import Item, find_items
from legation.record.store.ruling import rule
from legation.views.web.actions import Act, action
from legation.views.web.address import Ask, Filter
from legation.views.web.desk import Desk
from legation.views.web.faults import bad_request, not_found
from legation.views.web.listing import Column, Listing
from legation.views.web.room import Page, room
from legation.views.web.rooms.events import Told, tell_in_context

KINDS = (
    ("conflict", "conflicts"),
    ("merge", "suggested merges"),
    ("claim", "low scores"),
    ("actor", "new actors"),
)
FEW_CLAIMS = 6

ITEM_COLUMNS: tuple[Column[Item], ...] = (
    Column("id", lambda i: i.id),
    Column("kind", lambda i: i.kind),
    Column("about", lambda i: i.about),
    Column("question", lambda i: i.question),
    Column("value", lambda i: round(i.value, 3)),
)


@room("/review", "Review", filters=(Filter("kind", "Kind", "choice", KINDS),), nav="Review", key="v", place=70)
def review(ask: Ask) -> Page:
    """What needs a person: conflicts, low scores, new actors, suggested merges; the most valuable first."""
    with ask.desk.reading() as connection:
        waiting = [i for i in _waiting(ask, connection) if not ask.get("kind") or i.kind == ask.get("kind")]
        first = waiting[0] if waiting else None
        values = {
            "item": first,
            "told": _told(ask, connection, first) if first else [],
            "profiles": _profiles(connection, first) if first else [],
            "n_waiting": len(waiting),
        }
    listing = Listing("queue", "Waiting", ITEM_COLUMNS, waiting[: ask.limit], empty="Nothing waits for a person.")
    return Page("review.html", "Review", (listing,), values=values)


def _waiting(ask: Ask, connection: Connection) -> list[Item]:
    """Items that nobody has answered."""
    in_force = ask.desk.in_force(connection)
    answered = {value for d in in_force for name, value in d.values if (d.kind, name) == ("seen", "item")}
    ruled = {anchor.id for d in in_force for anchor in d.anchors}
    return [
        item
        for item in _items(ask.desk, connection)
        if item.id not in answered and item.id not in ruled and not (item.kind == "conflict" and item.about in ruled)
    ]


def _items(desk: Desk, connection: Connection) -> list[Item]:
    """All questions of the record as its reports stand; answers are taken off them, not worked in."""
    corrections = desk.standing(connection).corrections
    return desk.remember(connection, "queue", lambda: find_items(connection, corrections), by_reports=True)


def _told(ask: Ask, connection: Connection, item: Item) -> list[Told]:
    """The claims that an item is about, in their context."""
    event = event_of(connection, item.about) if item.about.startswith("e-") else None
    read = ask.desk.read(connection, [event]) if event else []
    own = [claim for event in read for claim in event.claims]
    if item.kind == "claim":
        own = [claim for claim in own if claim.claim.id == item.id]
    return tell_in_context(connection, own[:FEW_CLAIMS])


def _profiles(connection: Connection, item: Item) -> list[Profile]:
    ids = item.id.split("|") if item.id.startswith("a-") else []
    return [profile for id_ in ids if (profile := read_profile(connection, id_))]


@action("/review")
def answer(act: Act) -> str:
    """Take an answer: a ruling where the answer is one, and that the item was seen."""
    wanted, item_id = act.get("answer"), act.get("item")
    if wanted not in ("accept", "reject", "next"):
        raise bad_request("An item is answered by accept, reject or next; nothing was changed.")
    with act.desk.reading() as connection:
        items = _items(act.desk, connection)
    item = next((one for one in items if one.id == item_id), None)
    if item is None:
        raise not_found("This item was answered meanwhile, or its reason is gone.", "Go back to the queue.")
    ruling = {"accept": item.accept, "reject": item.reject}.get(wanted, ())
    reason = act.reason or f"reviewed: {item.question}"
    with act.desk.record.writing() as connection:
        if ruling and ruling[0] != "seen":
            kind, ids, values = ruling
            rule(connection, kind, ids, values=dict(values), author=act.author, reason=reason)
        seen = {"item": item.id, "answer": wanted}
        rule(connection, "seen", [], values=seen, author=act.author, reason=reason)
    return act.back("/review")
