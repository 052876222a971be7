"""Search over everything: ids, actors, states, events, reports."""

import re

from sqlalchemy import Connection, select

from legation.record.event import Event
from legation.record.store.asking import Hit, code_of
from legation.record.store.dossier import search_actors
from legation.record.store.rows import chunks, fold_text
from legation.record.store.schema import claims, reports, tellings
from legation.record.store.searching import SHORT_IN, find_words
from legation.record.store.told import SENTENCE
from legation.views.web.address import Ask, Filter
from legation.views.web.listing import Column, Listing
from legation.views.web.room import Moved, Page, room
from legation.views.web.rooms.actors import CONTACT_COLUMNS
from legation.views.web.rooms.events import events_listing

ID = re.compile(r"([eca]-[0-9a-f]{6,16}|[0-9a-f]{64}|r-[0-9a-f]{16})\Z")
FEW = 12

HIT_COLUMNS: tuple[Column[Hit], ...] = (
    Column("report", lambda h: h.report),
    Column("published", lambda h: h.published),
    Column("source", lambda h: h.source),
    Column("title", lambda h: h.title),
    Column("words", lambda h: h.words),
    Column("digest", lambda h: h.digest),
)


@room(
    "/search",
    "Search",
    filters=(Filter("q", "Words", hint="In any script; accents and case don't matter"),),
    nav="Search",
    key="s",
    place=90,
)
def search(ask: Ask) -> Page:
    """Actors, events and reports with these words; an id leads to what it means."""
    words = ask.get("q")
    if ID.match(words):
        raise Moved(_address_of(words))
    with ask.desk.reading() as connection:
        code = code_of(words) if words else None
        actors = search_actors(connection, words, limit=FEW) if words and not ask.after else []
        found = find_words(connection, words, limit=min(ask.limit, 30), after=ask.after)
        events = _events(ask, connection, words, found.hits)
        by_id = connection.execute(select(reports.c.digest).where(reports.c.id == words)).first() if words else None
    lists = (
        Listing("actors", "Actors", CONTACT_COLUMNS, actors, empty="Nobody of this name."),
        events_listing(events, title="Events told with these words", empty="No event is told with them here."),
        Listing("reports", "Reports", HIT_COLUMNS, found.hits, found.next, empty="No report holds these words."),
    )
    values = {
        "words": words,
        "state": code,
        "by_id": by_id and by_id.digest,
        "short_in": SHORT_IN if found.is_short else 0,
    }
    return Page("search.html", f"Search: {words}" if words else "Search", lists, values=values)


def _address_of(id_: str) -> str:
    if id_.startswith("a-"):
        return f"/actors/{id_}"
    return f"/events/{id_}" if id_[:2] in ("e-", "c-") else f"/reports/{id_}"


def _events(ask: Ask, connection: Connection, words: str, hits: tuple[Hit, ...]) -> list[Event]:
    """Events of the reports found, where a sentence that tells them holds the words; the newest."""
    folded, ids = fold_text(words), dict[str, None]()
    for some in chunks(hit.digest for hit in hits):
        query = (
            select(tellings.c.event, SENTENCE.label("sentence"))
            .join(claims, claims.c.telling == tellings.c.id)
            .join(reports, reports.c.digest == claims.c.digest)
            .where(claims.c.digest.in_(some))
            .order_by(reports.c.n.desc())
        )
        ids |= {row.event: None for row in connection.execute(query) if folded in fold_text(row.sentence)}
    own = ask.desk.read(connection, list(ids)[:FEW])
    return sorted(own, key=lambda e: (e.first_day or e.reported or "", e.id), reverse=True)
