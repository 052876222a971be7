"""A telling: one act as one report tells it, in one claim or several that the reader has grouped.

In: a report and its claims. Out: Tellings, the units that are joined into events. A pure function of one report; the
reader's grouping within the report is kept. The keys of a telling are the only ways in which another can be found
that tells the same act: kind of act with the pair of states or persons, within some days.
"""

import hashlib
import re
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import combinations

from legation.language.claim import Claim, Participant, Place
from legation.language.periods import read_edtf_days
from legation.record.mention import Mention, is_office, read_mention
from legation.reference import leader
from legation.reference.gazetteer import Found, Word, find_entries, read_words
from legation.sources.report import Report

__all__ = ["DAYS_BY_STATE", "SYMMETRIC", "Party", "Telling", "find_days", "keys_of", "make_tellings"]

# How many days around a telling others are looked for: by the persons in it, and by its states alone. The first
# lets an announcement find the meeting; the second keeps the number of candidates small however busy two states are.
DAYS_BY_PERSON, DAYS_BY_STATE = 45, 5
N_KEYS = 12  # at most so many of a kind: a list of forty states at a summit is found by the first of them
SYMMETRIC = frozenset({"meet", "call", "multilateral", "mediate", "agree", "sign", "cooperate", "clash"})
VAGUE_DAYS = 14  # a stretch longer than this tells no day
STATUS_ORDER = ("done", "off", "denied", "planned", "hypothetical")
FILLED = frozenset({"meet", "visit", "call"})  # a side that the sentence leaves out is looked for in the headline
OFFICE_REACH, OFFICE_WORDS = 40, 3  # characters and words after a state's name in which its office is told
# Heads of words that mean one of each of several states, and the head for each.
PLURAL_HEADS = {
    "ministers": "minister", "presidents": "president", "premiers": "premier", "leaders": "leader",
    "secretaries": "secretary", "officials": "official", "diplomats": "diplomat", "envoys": "envoy",
    "chiefs": "chief", "delegations": "delegation", "representatives": "representative",
    "negotiators": "negotiator",
}  # fmt: skip
JOINING = frozenset(("and", "of", "the"))
WORD = re.compile(r"[^\W\d_]{4,}|\d+")


@dataclass(frozen=True, slots=True)
class Party:
    """A participant of a telling; role: actor, recipient or side."""

    role: str
    mention: Mention


@dataclass(frozen=True, slots=True)
class Telling:
    """One act as one report tells it.

    id:     of the event that it would be by itself, "e-" and 12 hex digits.
    first, last: ordinals of the days that it names, None where none; exact: both are one day.
    near:   the day by which others are looked for: the day named, else that of publication; None if neither.
    also:   days on which the same report tells of another act of this kind: two days in one report are two acts.
    words:  checksums of the content words of its sentences.
    in_title: only the headline tells it.
    """

    id: str
    digest: str
    claims: tuple[str, ...]
    type: str
    mode: str | None
    kind: str
    status: str
    parties: tuple[Party, ...]
    first: int | None
    last: int | None
    published: int | None
    place: str
    place_country: str | None
    also: tuple[int, ...]
    words: frozenset[int]
    in_title: bool = False

    @property
    def exact(self) -> bool:
        return self.first is not None and self.first == self.last

    @property
    def near(self) -> int | None:
        if self.first is None or self.last is None:
            return self.published
        if self.last - self.first <= VAGUE_DAYS or self.published is None:
            return self.first
        return min(max(self.published, self.first), self.last)

    @property
    def countries(self) -> frozenset[str]:
        return frozenset(p.mention.country for p in self.parties if p.mention.country)

    @property
    def persons(self) -> tuple[Mention, ...]:
        return tuple(p.mention for p in self.parties if p.mention.kind == "person")


def make_tellings(report: Report, claims: Sequence[Claim]) -> list[Telling]:
    """Return what the report tells, one telling for each act that the reader found in it."""
    groups: dict[int, list[Claim]] = {}
    for claim in claims:
        groups.setdefault(claim.event, []).append(claim)
    tellings = [_telling(report, group) for group in groups.values()]
    return [replace(t, also=_other_days(t, tellings)) for t in tellings]


def _telling(report: Report, claims: Sequence[Claim]) -> Telling:
    head = min(claims, key=lambda claim: (claim.part, claim.trigger, claim.id))
    mode = next((claim.mode for claim in claims if claim.mode), None)
    day = report.published.day
    kind = _kind(head.type, mode, claims)
    days = [found for claim in claims if (found := find_days(claim))]
    first, last = min(days, key=lambda pair: (pair[1] - pair[0], pair)) if days else (None, None)
    place = next((claim.place for claim in claims if claim.place), None)
    return Telling(
        id="e-" + hashlib.sha256(head.id.encode()).hexdigest()[:12],
        digest=report.digest,
        claims=tuple(claim.id for claim in claims),
        type=head.type,
        mode=mode,
        kind=kind,
        status=_status(claims),
        parties=fill_sides(_parties(claims, kind, day), kind, place, read_headline(report.title, day)),
        first=first,
        last=last,
        published=date.fromisoformat(day).toordinal() if day else None,
        place=place.name if place else "",
        place_country=place.country if place else None,
        also=(),
        words=frozenset(zlib.crc32(w.encode()) for claim in claims for w in _content(_sentence(report, claim))),
        in_title=head.part == "title",
    )


def _status(claims: Sequence[Claim]) -> str:
    """What became of the act; a headline's "to visit" and "cancels" stand against a mere "trip" in the text."""
    titled = next((c.status for c in claims if c.part == "title" and c.status in ("planned", "off")), None)
    return titled or min((claim.status for claim in claims), key=STATUS_ORDER.index)


def _sentence(report: Report, claim: Claim) -> str:
    return (report.title if claim.part == "title" else report.text)[slice(*claim.sentence)]


def _content(sentence: str) -> Iterable[str]:
    return (word.lower()[:6] for word in WORD.findall(sentence))


def find_days(claim: Claim) -> tuple[int, int] | None:
    """The first and last day that the claim names, as ordinals; None where it names none.

    Of an act that is off, the words name as often the day of its putting off as its own: both stay near it.
    """
    days = read_edtf_days(claim.when.value) if claim.when and claim.when.value else None
    return (days[0].toordinal(), days[1].toordinal()) if days else None


def _kind(type_: str, mode: str | None, claims: Sequence[Claim]) -> str:
    """What the act is for linking: talks and receptions of persons are meetings, of states' guests visits."""
    if type_ != "CONSULT":
        return mode if mode in ("sign", "clash") and mode else type_.lower()
    if mode == "host":
        has_host = any(p.office or _is_person(p) for claim in claims for p in claim.actors)
        return "meet" if has_host else "visit"
    return mode or "meet"


def _is_person(participant: Participant) -> bool:
    return read_mention(participant.name, participant.country, participant.office).kind == "person"


def _parties(claims: Sequence[Claim], kind: str, day: str | None) -> tuple[Party, ...]:
    """Who takes part, each once; the guest of a host is the traveller."""
    found: dict[tuple[str, str], Party] = {}
    for claim in claims:
        turned = kind == "visit" and claim.mode == "host"
        roles = ("recipient", "actor") if turned else ("actor", "recipient")
        for role, people in zip(roles, (claim.actors, claim.recipients), strict=True):
            for person in people:
                side = "side" if kind in SYMMETRIC else role
                for mention in read_mentions(person, day):
                    found.setdefault((side, mention.form), Party(side, mention))
    parties = tuple(found[key] for key in sorted(found))
    return _without_hosts(parties) if kind == "visit" else parties


def _without_hosts(parties: tuple[Party, ...]) -> tuple[Party, ...]:
    """A visit's travellers are not at home there: "Lavrov visits Brazil as Lula pushes for peace"."""
    hosts = {p.mention.country for p in parties if p.role == "recipient"} - {None}
    guests = {p.mention.country for p in parties if p.role == "actor"} - {None}
    if not guests - hosts:
        return parties
    return tuple(
        replace(p, role="recipient") if p.role == "actor" and p.mention.country in hosts else p for p in parties
    )


def read_mentions(person: Participant, day: str | None) -> list[Mention]:
    """Whom a participant's words mean; of "Saudi and Iranian foreign ministers" both."""
    words = read_words(person.name)
    head = next((word for word in words if word.folded in PLURAL_HEADS), None)
    states = {
        f.entry.code: f for f in find_entries(person.name) if f.entry.kind in ("state", "demonym") and f.entry.code
    }
    if head is None or len(states) < 2:
        return [read_mention(person.name, person.country, person.office, day)]
    title = _office_between(words, head, [(f.start, f.end) for f in states.values()])
    return [read_mention(f"{person.name[f.start : f.end]} {title}", code, "", day) for code, f in states.items()]


def _office_between(words: Sequence[Word], head: Word, states: Sequence[tuple[int, int]]) -> str:
    """The office of each of several: the words right before its plural head that name no state."""
    own = [PLURAL_HEADS[head.folded]]
    for word in reversed([w for w in words if w.start < head.start]):
        if any(a <= word.start < b for a, b in states) or word.folded in JOINING:
            break
        own.insert(0, word.written)
    return " ".join(own)


@lru_cache(maxsize=256)
def read_headline(title: str, day: str | None) -> tuple[Mention, ...]:
    """Return the persons and states that a headline names: what the text leaves unsaid, it often says."""
    found: dict[str, Mention] = {}
    covered: list[tuple[int, int]] = []
    for entry in find_entries(title):
        if entry.entry.kind in ("state", "demonym", "capital", "leader") and entry.entry.code:
            covered.append((entry.start, entry.end))
            mention = _holder(title, entry, day) or read_mention(
                title[entry.start : entry.end], entry.entry.code, "", day
            )
            found.setdefault(mention.form, mention)
    for word in read_words(title):
        is_free = not any(a <= word.start < b for a, b in covered)
        if is_free and word.written[0].isupper() and len(word.written) > 2 and (person := leader(word.written, day)):
            mention = read_mention(person.name, person.country, "", day)
            found.setdefault(mention.form, mention)
    return tuple(found.values())


def _holder(title: str, state: Found, day: str | None) -> Mention | None:
    """The holder of the office that follows a state's name: "Russia's foreign minister", "Greek PM"."""
    if state.entry.kind not in ("state", "demonym"):
        return None
    following = read_words(title[state.end : state.end + OFFICE_REACH])[:OFFICE_WORDS]
    for n in range(len(following), 0, -1):
        if is_office([word.folded for word in following[:n]]):
            office = " ".join(word.written for word in following[:n])
            mention = read_mention(f"{title[state.start : state.end]} {office}", state.entry.code, "", day)
            return mention if mention.kind == "person" else None
    return None


def fill_sides(
    parties: tuple[Party, ...], kind: str, place: Place | None, headline: Sequence[Mention]
) -> tuple[Party, ...]:
    """Name the side of a meeting, visit or call that the sentence leaves out: from the headline, else the place.

    Only where one state alone can be meant; a person of the headline stands for the unnamed one of the same state.
    """
    if kind not in FILLED:
        return parties
    if not parties:
        parties = _both_sides(headline, kind)
    parties = (*parties, *_named_in_headline(parties, headline))
    known = {p.mention.country for p in parties if p.mention.country}
    if kind == "visit":
        actors = {p.mention.country for p in parties if p.role == "actor" and p.mention.country}
        hosts = known - actors | ({place.country} - actors if place and place.country else set())
        if not actors:
            parties = (*parties, *_only_state(headline, hosts, "actor"))
        return parties if hosts else (*parties, *_only_state(headline, actors, "recipient"))
    if len(known) == 1:
        added = _only_state(headline, known, "side")
        if not added and place and place.country and place.country not in known:
            added = (Party("side", Mention("state", place.country, (place.country,), place.country, "", "", 0, "")),)
        return (*parties, *added)
    return parties


def _both_sides(headline: Sequence[Mention], kind: str) -> tuple[Party, ...]:
    """Both sides of an act whose sentence names nobody: the two states of the headline, the one with a person as guest.

    "First visit since the war", under "China welcomes Syrian president".
    """
    sides: dict[str | None, Mention] = {}
    for mention in sorted(headline, key=lambda m: m.kind != "person"):
        sides.setdefault(mention.country, mention)
    if len(sides) != 2 or None in sides:
        return ()
    first, second = sides.values()
    if kind != "visit":
        return Party("side", first), Party("side", second)
    if (first.kind == "person") == (second.kind == "person"):
        return ()
    return Party("actor", first), Party("recipient", second)


def _named_in_headline(parties: Sequence[Party], headline: Sequence[Mention]) -> tuple[Party, ...]:
    """Persons of the headline whose state takes part without a person."""
    named = {p.mention.country for p in parties if p.mention.kind == "person"}
    added = []
    for party in parties:
        code = party.mention.country
        persons = [m for m in headline if m.kind == "person" and m.country == code]
        if code and code not in named and len(persons) == 1 and party.mention.kind in ("group", "state"):
            named.add(code)
            added.append(Party(party.role, persons[0]))
    return tuple(added)


def _only_state(headline: Sequence[Mention], known: set[str | None] | set[str], role: str) -> tuple[Party, ...]:
    """Those of the headline who belong to the one state that isn't among the known ones."""
    others = [m for m in headline if m.country and m.country not in known]
    if len({m.country for m in others}) != 1:
        return ()
    persons = [m for m in others if m.kind == "person"]
    return tuple(Party(role, m) for m in (persons or others)[:1])


def _other_days(telling: Telling, tellings: Sequence[Telling]) -> tuple[int, ...]:
    return tuple(
        sorted({t.first for t in tellings if t is not telling and t.kind == telling.kind and t.exact and t.first})
    )


def keys_of(telling: Telling) -> dict[str, int]:
    """Return the keys by which other tellings of the same act are found, with the days around it to look in.

    >>> # a meeting of Wang Yi (CHN) with Kim Song Nam (PRK): "meet:CHN|PRK": 5, "meet:PRK|p wang y": 45, …
    """
    keys: dict[str, int] = {}
    for ours, theirs, sign in _sides(telling):
        for one in ours:
            for other in theirs:
                for a, by_a in _tokens(one):
                    for b, by_b in _tokens(other):
                        if a or b:
                            token = f"{a}|{b}" if sign == ">" or a <= b else f"{b}|{a}"
                            days = DAYS_BY_PERSON if by_a or by_b else DAYS_BY_STATE
                            keys.setdefault(f"{telling.kind}{sign}{token}", days)
    if telling.kind == "visit":
        for person in telling.persons[:4]:
            keys.setdefault(f"visit@p {' '.join(person.key)}", DAYS_BY_STATE)
    if telling.kind == "multilateral" and telling.place_country:
        keys[f"multilateral@{telling.place_country}"] = DAYS_BY_STATE
    return dict(sorted(keys.items(), key=lambda item: (-item[1], item[0]))[: 2 * N_KEYS])


def _sides(telling: Telling) -> Iterable[tuple[Sequence[Mention | None], Sequence[Mention | None], str]]:
    """The pairs of sides: each two parties of different states for symmetric acts, actors and recipients else."""
    mentions = [p.mention for p in telling.parties]
    if telling.kind in SYMMETRIC:
        pairs = [(a, b) for a, b in combinations(mentions, 2) if a.country != b.country or a.kind == b.kind == "person"]
        for a, b in pairs[:N_KEYS]:
            yield [a], [b], ":"
        if not pairs:
            yield mentions[:N_KEYS], [None], ":"
        return
    actors = [p.mention for p in telling.parties if p.role == "actor"][:4]
    others = [p.mention for p in telling.parties if p.role == "recipient"][:4]
    if telling.kind == "visit":
        others = [*others, *_host_by_place(telling)]
        own = {m.country for m in actors}
        others = [m for m in others if m.country not in own] or others
    yield actors or [None], others or [None], ">"


def _host_by_place(telling: Telling) -> list[Mention]:
    code = telling.place_country
    return [Mention("state", code, (code,), code, "", "", 0, "")] if code else []


def _tokens(mention: Mention | None) -> list[tuple[str, bool]]:
    """The words that stand for a party in a key, and whether they mean a person."""
    if mention is None:
        return [("", False)]
    tokens = [(mention.country or "", False)]
    if mention.kind == "person":
        tokens.append((f"p {' '.join(mention.key)}", True))
    elif mention.kind in ("organisation", "body") and not mention.country:
        tokens.append((mention.key[0], False))
    elif mention.kind == "organisation":
        tokens = [(mention.key[0], False)]
    return tokens
