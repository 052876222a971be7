"""Questions to the record: events by who, what, where and when; people; conflicts; words in the reports.

In: a Question. Out: ids of events, Actors, Conflicts, Hits. Words are searched without case and accents, in any script:
SQLite by its trigram index (FTS5), PostgreSQL by LIKE, with pg_trgm's index where the database has it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, exists, func, or_, select, text

from legation.record.actor import Actor, Office, Spelling
from legation.record.event import CONFLICT_FIELDS, Conflict
from legation.record.mention import is_same_name, rank_of, read_mention
from legation.record.naming import keys_of_name
from legation.record.store.connect import RecordError
from legation.record.store.rows import chunks, fold_text
from legation.record.store.schema import (
    claims,
    conflicts,
    event_participants,
    events,
    name_keys,
    names,
    participants,
    reports,
    spellings,
    tellings,
)
from legation.record.store.told import SENTENCE, conflict_from_row
from legation.reference import leaders, states

__all__ = [
    "Contact", "Hit", "Question", "code_of", "find_actors", "find_conflicts", "find_contacts", "find_event",
    "find_events", "find_name_ids", "find_reports", "has_word_index", "hit_of", "read_actors",
]  # fmt: skip

AROUND = 80  # characters of a report shown on either side of the words found


@dataclass(frozen=True, slots=True)
class Question:
    """Which events are meant; what is empty asks nothing.

    actors: names, state codes or ids; an event must have all of them. since, until: YYYY-MM-DD, of the event's day, or
    of the first report where no day is told. text: words in a sentence that tells it. known_by: a day; reports after it
    are left out.
    """

    actors: tuple[str, ...] = ()
    type: str = ""
    mode: str = ""
    status: str = ""
    place: str = ""
    since: str = ""
    until: str = ""
    text: str = ""
    known_by: str = ""
    limit: int = 0


@dataclass(frozen=True, slots=True)
class Contact:
    """Another actor met in events; last: the last day of such an event."""

    actor: str
    name: str
    country: str | None
    n_events: int
    last: str | None


@dataclass(frozen=True, slots=True)
class Hit:
    """A report in which the words were found, with the words around them."""

    report: str
    published: str | None
    source: str
    title: str
    words: str
    digest: str


def find_events(connection: Connection, question: Question) -> list[str]:
    """Return the ids of the events that the question means, by day."""
    day = func.coalesce(events.c.first_day, events.c.reported)
    last = func.coalesce(events.c.last_day, events.c.reported)
    wanted: list[ColumnElement[bool]] = [
        exists().where(event_participants.c.event == events.c.id, event_participants.c.name_id.in_(ids))
        for ids in (find_name_ids(connection, name) for name in question.actors)
    ]
    if question.type:
        wanted.append(events.c.type == question.type.upper())
    if question.mode:
        wanted.append(or_(events.c.mode == question.mode, events.c.kind == question.mode))
    if question.status and question.status != "unheard":
        wanted.append(events.c.status == question.status)
    if question.place:
        wanted.append(_in_place(question.place))
    if question.since:
        wanted.append(last >= question.since)
    if question.until:
        wanted.append(day <= question.until)
    if question.known_by:
        wanted.append(events.c.reported <= question.known_by)
    if question.text:
        wanted.append(events.c.id.in_(_telling_events(connection, question.text)))
    query = select(events.c.id).where(and_(True, *wanted)).order_by(day.is_(None), day, events.c.id)
    return list(connection.scalars(query.limit(question.limit) if question.limit else query))


def _in_place(place: str) -> ColumnElement[bool]:
    code = code_of(place)
    near = func.lower(events.c.place).like(f"%{_escape(place.lower())}%", escape="\\")
    return or_(events.c.place_country == code, near) if code else near


def code_of(name: str) -> str | None:
    """Return the code of the state that a code or a state's name means; None for anything else."""
    if name.isupper() and any(state.code == name for state in states()):
        return name
    mention = read_mention(name, None)
    return mention.country if mention.kind == "state" and mention.name and name.lower() != "capital" else None


def _escape(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def find_name_ids(connection: Connection, name: str) -> list[str]:
    """The ids of all names that mean this actor; of a state, of all who act for it."""
    if name.startswith("a-"):
        actors = select(names.c.actor).where(names.c.id == name)
        return list(connection.scalars(select(names.c.id).where(names.c.actor.in_(actors))))
    if code := code_of(name):
        return list(connection.scalars(select(names.c.id).where(names.c.country == code)))
    ids = list(find_actors(connection, name))
    return list(connection.scalars(select(names.c.id).where(names.c.actor.in_(ids))))


def find_actors(connection: Connection, name: str) -> list[str]:
    """Return the ids of the actors that a name can mean, however spelled; the most often named first.

    A full name that names somebody exactly hides those whose names merely contain it.
    """
    if name.startswith("a-"):
        return list(connection.scalars(select(names.c.actor).where(names.c.id == name)))
    folded = _escape(fold_text(name))
    written = (
        select(names.c.actor, spellings.c.folded)
        .join(spellings, spellings.c.name_id == names.c.id)
        .where(spellings.c.folded.like(f"%{folded}%", escape="\\"))
    )
    found = [(row.actor, row.folded == fold_text(name)) for row in connection.execute(written)]
    mention = read_mention(name, None)
    if mention.kind == "person":
        sharing = (
            select(names)
            .join(name_keys, name_keys.c.name_id == names.c.id)
            .where(name_keys.c.key.in_([key for key in keys_of_name(mention) if key.startswith("*")]))
        )
        found += [
            (row.actor, tuple(row.key.split()) == mention.key)
            for row in connection.execute(sharing)
            if is_same_name(mention.key, tuple(row.key.split()))
        ]
    exact = {actor for actor, is_exact in found if is_exact}
    return _by_frequency(connection, exact or {actor for actor, _ in found})


def _by_frequency(connection: Connection, actors: set[str]) -> list[str]:
    counts: dict[str, int] = dict.fromkeys(actors, 0)
    for some in chunks(actors):
        query = (
            select(names.c.actor, func.count())
            .join(participants, participants.c.name_id == names.c.id)
            .where(names.c.actor.in_(some))
            .group_by(names.c.actor)
        )
        counts |= {row[0]: row[1] for row in connection.execute(query)}
    return sorted(counts, key=lambda actor: (-counts[actor], actor))


def read_actors(connection: Connection, ids: Sequence[str]) -> list[Actor]:
    """Return actors with their spellings and offices, each with the days on which reports gave them."""
    found = {actor.id: actor for some in chunks(set(ids), 100) for actor in _read_actors(connection, some)}
    return [found[id_] for id_ in ids if id_ in found]


def _read_actors(connection: Connection, ids: Sequence[str]) -> Iterable[Actor]:
    rows = connection.execute(select(names).where(names.c.actor.in_(ids)).order_by(names.c.id))
    by_actor = defaultdict(list)
    for row in rows:
        by_actor[row.actor].append(row)
    query = (
        select(
            names.c.actor, participants.c.name, participants.c.office, reports.c.day, reports.c.digest, reports.c.origin
        )
        .join(participants, participants.c.name_id == names.c.id)
        .join(claims, claims.c.id == participants.c.claim)
        .join(reports, reports.c.digest == claims.c.digest)
        .where(names.c.actor.in_(ids))
        .distinct()
    )
    told = defaultdict(list)
    for row in connection.execute(query):
        told[row.actor].append(row)
    for id_, own in sorted(by_actor.items()):
        yield _actor(id_, own, told[id_])


def _actor(id_: str, own: Sequence, told: Sequence) -> Actor:  # type: ignore[type-arg]
    head = max(own, key=lambda row: (row.is_known, row.id == id_, row.id))
    level, channel = _usual_rank(own, told)
    spelled = _spans((row.name, row) for row in told)
    common = max(spelled, key=lambda s: (s.n_reports, len(s.name), s.name), default=None)
    offices = [Office(s.name, s.first, s.last) for s in _spans((row.office, row) for row in told if row.office)]
    return Actor(
        id=id_,
        name=head.name if head.is_known or head.kind == "state" or not common else common.name,
        kind=head.kind,
        country=head.country,
        channel=channel,
        level=level,
        spellings=tuple(sorted(spelled, key=lambda s: (-s.n_reports, s.name))),
        offices=(*sorted(offices, key=lambda o: (o.first or "", o.name)), *_table_offices(head)),
        n_reports=len({row.digest for row in told}),
        n_origins=len({row.origin for row in told}),
    )


def _usual_rank(own: Sequence, told: Sequence) -> tuple[int, str]:  # type: ignore[type-arg]
    """The level and channel that most reports give; one report's slip makes nobody head of state."""
    ranks: dict[tuple[int, str], set[str]] = defaultdict(set)
    for row in told:
        rank = rank_of(row.office)
        if rank.level:
            ranks[rank.level, rank.channel].add(row.digest)
    if ranks:
        return max(ranks, key=lambda rank: (len(ranks[rank]), rank))
    best = max(own, key=lambda row: (row.level, row.channel not in ("", "state"), row.channel))
    return best.level, best.channel


def _spans(pairs: Iterable) -> list[Spelling]:  # type: ignore[type-arg]
    """Each wording with its number of reports and its first and last day."""
    days = defaultdict(set)
    for name, row in pairs:
        days[name].add((row.day, row.digest))
    spans = []
    for name, seen in days.items():
        dated = sorted(day for day, _ in seen if day)
        spans.append(Spelling(name, len(seen), dated[0] if dated else None, dated[-1] if dated else None))
    return spans


def _table_offices(row) -> list[Office]:  # type: ignore[no-untyped-def]
    if not row.is_known:
        return []
    own = [p for p in leaders() if p.country == row.country and p.name == row.name]
    return [Office(p.office, p.start or None, p.end or None, "table") for p in sorted(own, key=lambda p: p.start)]


def find_contacts(connection: Connection, actor: str, limit: int = 20) -> list[Contact]:
    """Return the persons and bodies of other states with whom an actor shared events, the most frequent first."""
    own = select(names.c.id).where(names.c.actor == actor)
    home = connection.scalar(select(names.c.country).where(names.c.id == actor))
    shared = select(event_participants.c.event).where(event_participants.c.name_id.in_(own))
    query = (
        select(names.c.actor, events.c.id, events.c.first_day, events.c.reported)
        .join(event_participants, event_participants.c.name_id == names.c.id)
        .join(events, events.c.id == event_participants.c.event)
        .where(events.c.id.in_(shared), names.c.actor != actor, names.c.kind != "group", events.c.status == "done")
        .where(or_(names.c.country.is_(None), names.c.country != (home or "")))
        .distinct()
    )
    counts: Counter[str] = Counter()
    last: dict[str, str] = {}
    for row in connection.execute(query):
        counts[row.actor] += 1
        last[row.actor] = max(last.get(row.actor, ""), row.first_day or row.reported or "")
    ids = sorted(counts, key=lambda id_: (-counts[id_], id_))[:limit]
    actors = {a.id: a for a in read_actors(connection, ids)}
    return [Contact(i, actors[i].name, actors[i].country, counts[i], last[i] or None) for i in ids]


def find_conflicts(
    connection: Connection, *, field: str = "", actors: Sequence[str] = (), known: Sequence[str] | None = None
) -> list[Conflict]:
    """Return the conflicts of the record, by event's day; those of one field, of one actor's events, of some events.

    One between two events stands here once.
    """
    if field and field not in CONFLICT_FIELDS:
        raise RecordError(f'conflicts: no field "{field}". The fields are {", ".join(CONFLICT_FIELDS)}.')
    query = select(conflicts).outerjoin(events, events.c.id == conflicts.c.event)
    if field:
        query = query.where(conflicts.c.field == field)
    if actors or known is not None:
        ids = set(find_events(connection, Question(actors=tuple(actors)))) if actors else set(known or ())
        query = query.where(conflicts.c.event.in_(ids))
    day = func.coalesce(events.c.first_day, events.c.reported)
    found = map(conflict_from_row, connection.execute(query.order_by(day.is_(None), day, conflicts.c.id)))
    once = {(frozenset((c.event, c.other or c.id)), c.field, c.words): c for c in found}
    return list(once.values())


def find_event(connection: Connection, id_: str) -> str:
    """Return the event that an id means: of an event, now or at an earlier time, of a claim, or their beginnings."""
    for table, column in ((tellings.c.id, tellings.c.event), (claims.c.id, claims.c.telling)):
        found = connection.execute(
            select(table, column).where(table.like(f"{_escape(id_)}%", escape="\\")).limit(3)
        ).all()
        events_found = {row[1] for row in found}
        if len(events_found) > 1 and len(id_) < 14:
            raise RecordError(f'"{id_}" is the beginning of several ids. Give more of it.')
        if events_found:
            (event,) = events_found if len(events_found) == 1 else {found[0][1]}
            return find_event(connection, event) if column is claims.c.telling else str(event)
    raise RecordError(f'"{id_}": no event or claim of this id in the record. `legation events` lists them.')


# Words in reports --------------------------------------------------------------------------------------------


def _digests_with(connection: Connection, words: str) -> list[str]:
    """Digests of the reports whose text holds these words, newest first."""
    folded = fold_text(words).strip()
    if not folded:
        return []
    if connection.dialect.name == "sqlite" and len(folded) >= 3 and has_word_index(connection):
        quoted = '"' + folded.replace('"', '""') + '"'
        rows = connection.execute(
            text(
                "SELECT reports.digest FROM report_search JOIN reports ON reports.n = report_search.rowid "
                "WHERE report_search MATCH :words ORDER BY reports.day DESC, reports.digest"
            ),
            {"words": quoted},
        )
        return [row.digest for row in rows]
    like = reports.c.folded.like(f"%{_escape(folded)}%", escape="\\")
    return list(
        connection.scalars(select(reports.c.digest).where(like).order_by(reports.c.day.desc(), reports.c.digest))
    )


def has_word_index(connection: Connection) -> bool:
    """Whether this SQLite record has its index of words."""
    found = connection.scalar(text("SELECT count(*) FROM sqlite_master WHERE name = 'report_search'"))
    return bool(found)


def _telling_events(connection: Connection, words: str) -> list[str]:
    """Events told in a sentence that holds these words."""
    folded, found = fold_text(words).strip(), set()
    for some in chunks(_digests_with(connection, words)):
        query = (
            select(
                tellings.c.event,
                SENTENCE.label("sentence"),
            )
            .join(claims, claims.c.telling == tellings.c.id)
            .join(reports, reports.c.digest == claims.c.digest)
            .where(reports.c.digest.in_(some))
        )
        found |= {row.event for row in connection.execute(query) if folded in fold_text(row.sentence)}
    return sorted(found)


def find_reports(connection: Connection, words: str, *, limit: int = 50) -> list[Hit]:
    """Return the reports that hold these words in any script, newest first, with the words around them."""
    digests = _digests_with(connection, words)[:limit]
    rows: dict[str, Any] = {}
    for some in chunks(digests):
        rows |= {row.digest: row for row in connection.execute(select(reports).where(reports.c.digest.in_(some)))}
    return [hit_of(rows[digest], fold_text(words).strip()) for digest in digests]


def hit_of(row: Any, folded: str) -> Hit:
    """Return a report's row as a Hit, with what stands around the words."""
    whole = f"{row.title}\n{row.text}"
    at = row.folded.find(folded)
    # Folding may change lengths (ß); near enough for showing.
    start, end = max(0, at - AROUND), min(len(whole), at + len(folded) + AROUND)
    words = ("…" if start else "") + " ".join(whole[start:end].split()) + ("…" if end < len(whole) else "")
    return Hit(row.id, row.published, row.source, row.title, words, row.digest)
