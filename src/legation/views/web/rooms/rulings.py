"""Rulings: what was decided, by whom, when and why; and the forms that decide."""

from collections.abc import Mapping

from legation.record.decision import Decision
from legation.record.store.ruling import rule
from legation.views.web.actions import Act, action
from legation.views.web.address import Ask
from legation.views.web.faults import bad_request
from legation.views.web.listing import Column, Listing
from legation.views.web.room import Page, room

DECISION_COLUMNS: tuple[Column[Decision], ...] = (
    Column("id", lambda d: d.id),
    Column("time", lambda d: d.time),
    Column("kind", lambda d: d.kind),
    Column("about", lambda d: [anchor.id for anchor in d.anchors]),
    Column("values", lambda d: [f"{name}={value}" for name, value in d.values]),
    Column("author", lambda d: d.author),
    Column("reason", lambda d: d.reason),
)


@room("/rulings", "Rulings", nav="Rulings", key="u", place=110)
def rulings(ask: Ask) -> Page:
    """What was decided, newest first; an undone ruling stays in the log."""
    with ask.desk.reading() as connection:
        every = ask.desk.log(connection)
        force = {decision.id for decision in ask.desk.in_force(connection)}
        orphans = {decision.id: state for decision, state, _ in ask.desk.standing(connection).orphans}
    start = int(ask.after) if ask.after.isdigit() else 0
    some = every[::-1][start : start + ask.limit]
    onward = str(start + ask.limit) if start + ask.limit < len(every) else ""
    listing = Listing(
        "rulings", "Rulings", DECISION_COLUMNS, some, onward, f"{len(every):,}", "Nothing was decided yet."
    )
    return Page("rulings.html", "Rulings", (listing,), values={"force": force, "orphans": orphans})


@action("/rulings")
def add_ruling(act: Act) -> str:
    """Decide as a form says: kind, ids, and values as set_FIELD."""
    if not act.reason:
        raise bad_request("A ruling needs its reason; nothing was changed.", "Write a few words, and send it again.")
    store(
        act,
        act.get("kind"),
        act.all("id"),
        {name[4:]: v for name in act.fields if name[:4] == "set_" and (v := act.get(name))},
    )
    return act.back("/rulings")


def store(act: Act, kind: str, ids: tuple[str, ...], values: Mapping[str, str]) -> Decision:
    """Write a ruling of a form, in its author's name."""
    with act.desk.record.writing() as connection:
        return rule(connection, kind, ids, values=values, author=act.author, reason=act.reason)
