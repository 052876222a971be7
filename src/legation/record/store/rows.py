"""Values to rows and back: reports, claims with their participants, tellings."""

import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

from legation.language.claim import Attribution, Claim, DateReading, Participant, Place
from legation.record.mention import Mention, read_mention
from legation.record.naming import name_id
from legation.record.telling import Party, Telling
from legation.sources.report import Published, Report

__all__ = [
    "chunks",
    "claim_from_rows",
    "claim_rows",
    "fold_text",
    "impossible_json",
    "insert_new",
    "name_id",
    "report_from_row",
    "report_row",
    "telling_from_json",
    "telling_to_json",
]

Row = Mapping[str, Any]
MANY = 400  # values in one IN (…): well below SQLite's and PostgreSQL's limits


def chunks(values: Iterable[str], n: int = MANY) -> Iterable[list[str]]:
    """Yield sorted values in lists short enough for one statement."""
    every = sorted(values)
    for k in range(0, len(every), n):
        yield every[k : k + n]


def insert_new(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert the rows whose keys aren't there yet."""
    if not rows:
        return
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    connection.execute(insert(table).on_conflict_do_nothing(), [dict(row) for row in rows])


def fold_text(text: str) -> str:
    """Return the text as it is searched: no case, no accents on Latin letters, Hangul and Han as they are.

    >>> fold_text("Vučić"), fold_text("김성남")
    ('vucic', '김성남')
    """
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFD", text.casefold().replace("ı", "i").replace("ø", "o").replace("ł", "l"))
    return unicodedata.normalize("NFC", "".join(sign for sign in parts if not unicodedata.combining(sign)))


def _storable(text: str) -> str:
    """PostgreSQL holds no NUL and no half of a surrogate pair; a sign in their place keeps every offset right."""
    if "\0" not in text and text.isascii():
        return text
    return "".join("\ufffd" if sign == "\0" or "\ud800" <= sign <= "\udfff" else sign for sign in text)


Impossible = Sequence[tuple[DateReading, str]]


def impossible_json(impossible: Impossible) -> str:
    """Return dates that can't be as told as the JSON that a report's row keeps."""
    return json.dumps([[*(date.span or (0, 0)), date.value or "", flag] for date, flag in impossible])


def report_row(report: Report, reader: str, impossible: Impossible = ()) -> dict[str, Any]:
    """Return a report as a row; it is its own origin until a copy is found."""
    text, title = _storable(report.text), _storable(report.title)
    return {
        "digest": report.digest,
        "id": _storable(report.id),
        "origin_path": _storable(report.origin),
        "source": _storable(report.source),
        "title": title,
        "text": text,
        "folded": fold_text(f"{title}\n{text}"),
        "published": report.published.value,
        "published_found": report.published.found,
        "day": report.published.day,
        "language": report.language,
        "url": report.url,
        "retrieved": report.retrieved,
        "impossible": impossible_json(impossible),
        "reader": reader,
        "origin": report.digest,
    }


def report_from_row(row: Any) -> Report:
    """Return the report that a row holds."""
    return Report(
        id=row.id,
        text=row.text,
        title=row.title,
        source=row.source,
        published=Published(row.published, row.published_found),
        language=row.language,
        digest=row.digest,
        origin=row.origin_path,
        url=row.url,
        retrieved=row.retrieved,
    )


def claim_rows(claim: Claim, digest: str, telling: str, day: str | None) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return a claim as a row, and its participants as rows."""
    place, when, said = claim.place, claim.when, claim.said_by
    row = {
        "id": claim.id,
        "digest": digest,
        "telling": telling,
        "part": claim.part,
        "type": claim.type,
        "mode": claim.mode,
        "status": claim.status,
        "sentence_start": claim.sentence[0],
        "sentence_end": claim.sentence[1],
        "trigger_start": claim.trigger[0],
        "trigger_end": claim.trigger[1],
        "place": place and _storable(place.name),
        "place_country": place and place.country,
        "place_start": place and place.span[0],
        "place_end": place and place.span[1],
        "when_value": when and when.value,
        "when_start": when.span[0] if when and when.span else None,
        "when_end": when.span[1] if when and when.span else None,
        "when_rule": when and when.rule,
        "said_by": said and _storable(said.name),
        "said_by_start": said and said.span[0],
        "said_by_end": said and said.span[1],
        "said_by_chain": said and json.dumps([_storable(s) for s in said.chain], ensure_ascii=False),
        "score": round(float(claim.score), 6),
        "event_n": claim.event,
        "flags": " ".join(claim.flags),
    }
    people: list[dict[str, Any]] = []
    for role, group in (("actor", claim.actors), ("recipient", claim.recipients)):
        for person in group:
            name, office = _storable(person.name), _storable(person.office)
            mention = read_mention(name, person.country, office, day)
            people.append(
                {
                    "claim": claim.id,
                    "n": len(people),
                    "role": role,
                    "span_start": person.span[0],
                    "span_end": person.span[1],
                    "name": name,
                    "country": person.country,
                    "office": office,
                    "name_id": name_id(mention),
                }
            )
    return row, people


def claim_from_rows(row: Any, people: Sequence[Any], report: str) -> Claim:
    """Return the claim that a row and its participants' rows hold."""

    def group(role: str) -> tuple[Participant, ...]:
        return tuple(
            Participant((p.span_start, p.span_end), p.name, p.country, p.office) for p in people if p.role == role
        )

    when_span = None if row.when_start is None else (row.when_start, row.when_end)
    return Claim(
        id=row.id,
        report=report,
        sentence=(row.sentence_start, row.sentence_end),
        trigger=(row.trigger_start, row.trigger_end),
        type=row.type,
        mode=row.mode,
        status=row.status,
        actors=group("actor"),
        recipients=group("recipient"),
        place=None if row.place is None else Place((row.place_start, row.place_end), row.place, row.place_country),
        when=None if row.when_rule is None else DateReading(row.when_value, when_span, row.when_rule),
        said_by=None
        if row.said_by is None
        else Attribution((row.said_by_start, row.said_by_end), row.said_by, tuple(json.loads(row.said_by_chain))),
        score=row.score,
        event=row.event_n,
        flags=tuple(row.flags.split()),
        part=row.part,
    )


def telling_to_json(telling: Telling) -> str:
    """Return a telling as the compact JSON that its row keeps."""
    t = telling
    parties = [
        [p.role, m.kind, m.name, m.key, m.country, m.office, m.category, m.level, m.channel]
        for p in t.parties
        for m in (p.mention,)
    ]
    values = [
        t.claims, t.type, t.mode, t.kind, t.status, parties, t.first, t.last, t.published, t.place, t.place_country,
        t.also, sorted(t.words), t.in_title,
    ]  # fmt: skip
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def telling_from_json(id: str, digest: str, content: str) -> Telling:
    """Return the telling that a row holds."""
    # Records of the first version say nothing of headlines: their tellings are all of texts.
    (claims, type_, mode, kind, status, parties, first, last, published, place, country, also, words, *in_title) = (
        json.loads(content)
    )
    return Telling(
        id, digest, tuple(claims), type_, mode, kind, status,
        tuple(Party(role, Mention(k, name, tuple(key), *rest)) for role, k, name, key, *rest in parties),
        first, last, published, place, country, tuple(also), frozenset(words), bool(in_title and in_title[0]),
    )  # fmt: skip
