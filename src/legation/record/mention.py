"""Tells what a participant's words stand for: a person, a state, an organisation, a body within a state, a group.

In: the name, country and office of a Participant, and the day of the report. Out: a Mention, with the keys by which
mentions of one actor are compared. A pure function of the words and the reference tables, so that events join in the
same way whatever was read before. Spellings are compared by sounds (`reference.people.sound`) after romanisation
(anyascii), so that Kim Sŏng-nam, Kim Song Nam and 김성남 come near each other.
"""

import re
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from anyascii import anyascii
from rapidfuzz.distance import JaroWinkler

from legation.reference import Leader, bodies, leader, leaders, organisations
from legation.reference.gazetteer import Word, find_entries, read_words
from legation.reference.people import candidates, is_in_office, sound
from legation.reference.tables import read_yaml, word_list

__all__ = [
    "Mention",
    "Rank",
    "is_incompatible",
    "is_known",
    "is_office",
    "is_same_actor",
    "is_same_name",
    "rank_of",
    "read_mention",
]

# Names of two words and more whose sounds are this near are one name (Ryzhenkov, Ryzhankou: 0.90; Kim Song Nam, Kim
# Jong Nam: 0.87 fails by the rule that each word must be near by itself). Chosen on the leaders' table: at 0.86 no two
# leaders of one state with different names fall together; lower joins brothers, higher parts Belarusian spellings.
NEAR_WORD = 0.86
CHANNELS = {
    "party": "party", "parliament": "parliament", "force": "military", "armed group": "military", "ministry": "state",
    "office": "state", "agency": "state", "court": "state", "institution": "state", "company": "society",
}  # fmt: skip
BODY_WORDS = {
    "party": "party", "parliament": "parliament", "congress": "parliament", "senate": "parliament",
    "assembly": "parliament", "legislature": "parliament", "lawmakers": "parliament", "duma": "parliament",
    "army": "military", "military": "military", "navy": "military", "troops": "military", "forces": "military",
    "soldiers": "military", "militia": "military", "air force": "military", "police": "state", "government": "state",
    "ministry": "state", "cabinet": "state", "administration": "state", "embassy": "state", "presidency": "state",
    "office": "state", "department": "state", "court": "state", "agency": "state", "authorities": "state",
    "regime": "state", "kingdom": "state", "republic": "state", "council": "state", "committee": "state",
    "commission": "state", "opposition": "party", "protesters": "society", "citizens": "society",
    "residents": "society", "people": "society", "civilians": "society", "workers": "society", "students": "society",
    "union": "society", "church": "society", "company": "society", "companies": "society",
}  # fmt: skip
GROUP_HEADS = frozenset(
    "delegation delegations official officials leader leaders diplomat diplomats minister ministers guest guests group"
    " counterpart counterparts team envoy envoys visitor visitors side sides negotiators representatives spokesman"
    " spokesperson spokeswoman source sources president premier secretary ambassador king party member members he she"
    " they it we them who parties countries nations states capitals experts mission aide aides adviser advisers".split()
)
# Verbs that a reader may take into a name before them, from headlines above all.
VERBS = frozenset("met meets meet visits visited arrives arrived says said holds held calls called warns told".split())
# A state's name with one of these alone still means the state.
STATE_HEADS = frozenset("government administration authorities regime state nation side".split())
POSSESSIVE = re.compile(r"['’]s?$")
PARTICLES = frozenset("the of and for a an de la al el bin ibn van von du da dos der den".split())


@dataclass(frozen=True, slots=True)
class Rank:
    """What the words of an office tell; see offices.yml."""

    category: str
    level: int
    channel: str


@dataclass(frozen=True, slots=True)
class Mention:
    """What a participant's words stand for.

    kind: person, state, organisation, body, group.
    key:  folded words (person: sounds, surname order as written; others: canonical name) by which mentions compare.
    form: stable text of kind, country and key; equal forms are one name.
    """

    kind: str
    name: str
    key: tuple[str, ...]
    country: str | None
    office: str
    category: str
    level: int
    channel: str

    @property
    def form(self) -> str:
        return f"{self.kind}|{self.country or ''}|{' '.join(self.key)}"


NO_RANK = Rank("", 0, "")


@cache
def office_rules() -> tuple[tuple[frozenset[str], Rank], ...]:
    rows = read_yaml(Path(__file__).with_name("offices.yml"))
    return tuple((frozenset(r["words"].split()), Rank(r["category"], r["level"], r["channel"])) for r in rows)


def _line_of(body: str) -> str:
    """The channel of a body of the tables; "state" for all else."""
    return CHANNELS.get(_bodies().get(body, ""), "state")


@lru_cache(maxsize=16384)
def rank_of(office: str) -> Rank:
    """Return post, level and channel that the words of an office tell.

    >>> rank_of("Deputy Foreign Minister").category
    'vice-minister'
    """
    words = {word.folded for word in read_words(office.replace("-", " "))}
    # "Director of the party's International Department": the body's words tell the channel where the head does not.
    body = next((channel for word, channel in BODY_WORDS.items() if word in words and channel != "state"), "")
    body = body or next((line for f in find_entries(office) if (line := _line_of(f.entry.name)) != "state"), "")
    for needed, rank in office_rules():
        if needed <= words:
            return (
                rank
                if rank.channel and not (body and rank.category == "")
                else Rank(rank.category, rank.level, body or "state")
            )
    return NO_RANK


@dataclass(frozen=True, slots=True)
class _Term:
    """A day, equal to all others on which the same terms of office run: a name is read once in each."""

    terms: Hashable
    day: str | None = field(compare=False)


def read_mention(name: str, country: str | None, office: str = "", day: str | None = None) -> Mention:
    """Return what a participant's words stand for.

    day: the report's, to tell office-holders apart.

    >>> read_mention("President Xi", None, "", "2024-05-06").name
    'Xi Jinping'
    """
    return _read_in_term(name, country, office, _Term(_terms_of(name, day), day))


def _terms_of(name: str, day: str | None) -> Hashable:
    """What of a day a name's meaning can turn on: whose terms have begun and run; the day where it tells an office."""
    if day is None:
        return None
    people, tells_office = _bearers(name)
    return day if tells_office else tuple((person.start <= day, is_in_office(person, day)) for person in people)


@lru_cache(maxsize=65536)
def _bearers(name: str) -> tuple[tuple[Leader, ...], bool]:
    """All leaders whom a name, or the end of it, can mean; and whether it may be an office without a name."""
    name = _without_tail(name)
    words = [w.folded for w in read_words(anyascii(name) if not name.isascii() else name)]
    parts = name.split()
    people = list(candidates(name))
    for k in range(1, len(parts) - 1):  # names run together, as `_run_together` parts them
        if beside := candidates(" ".join(parts[k:])):
            people += (*beside, *candidates(parts[0]))
    said = f" {' '.join(words)} "
    return tuple(dict.fromkeys(people)), any(f" {office} " in said for office in OFFICES_OF_ONE)


@lru_cache(maxsize=65536)
def _read_in_term(name: str, country: str | None, office: str, term: _Term) -> Mention:
    name, day = _without_tail(name), term.day
    words = [w for w in read_words(anyascii(name) if not name.isascii() else name) if w.folded not in ("the", "a")]
    if not words:
        return Mention("group", name, (name.strip().lower() or "?",), country, office, "", 0, "")
    if person := _known_person(name, country, office, day):
        return _person_of_table(person, office, country)
    for read in (_state, _organisation, _office_holder, _body, _group):
        found = read(name, words, country, day)
        if found:
            return found
    return _person(name, words, country, office)


def _without_tail(name: str) -> str:
    """Leave off what is no part of a name: "Choe Son-hui of North Korea", "Antony Blinken met", "Iran's"."""
    name = POSSESSIVE.sub("", name)
    words = name.split()
    while len(words) > 1 and words[0][0].isupper() and words[-1].islower() and words[-1] in VERBS:
        words.pop()
    name = " ".join(words) if len(words) < len(name.split()) else name
    head, of, tail = name.partition(" of ")
    is_name = of and len(head.split()) > 1 and all(word[0].isupper() for word in head.split())
    if not is_name or len(tail.split()) > 4 or {w.folded for w in read_words(head)} & _not_in_names():
        return name
    found = find_entries(tail)
    return head if len(found) == 1 and found[0].entry.kind == "state" else name


@cache
def _not_in_names() -> frozenset[str]:
    return frozenset(BODY_WORDS) | GROUP_HEADS | word_list("titles") | word_list("institutions")


def _known_person(name: str, country: str | None, office: str, day: str | None) -> Leader | None:
    """The leader of the tables whom the name means; not one of another state, nor of an office that can't be theirs."""
    if not any(letter.isupper() for letter in name):
        return None
    person = leader(name, day) or _run_together(name, day)
    if person is None or (country and country != person.country):
        return None
    category = rank_of(office).category
    held = {rank_of(p.office).category for p in leaders() if p.name == person.name and p.country == person.country}
    if category and all(is_incompatible(category, one) for one in held if one):
        return None
    return person


def _run_together(name: str, day: str | None) -> Leader | None:
    """The second of two persons whose names a missing full stop has joined: "Assad Ebrahim Raisi".

    The first is a leader too, or has two words; the second is named in full.
    """
    words = name.split()
    if not all(word[0].isupper() for word in words):
        return None  # "spokesman for Vladimir Putin"
    for k in range(1, len(words) - 1):
        if k > 1 or leader(words[0], day):
            found = leader(" ".join(words[k:]), day)
            if found:
                return found
    return None


def _person_of_table(person: Leader, office: str, country: str | None) -> Mention:
    given, held = rank_of(office), rank_of(person.office)
    rank = given if given.level >= held.level else Rank(given.category or held.category, held.level, held.channel)
    return Mention(
        "person", person.name, _sounds(person.name), person.country, office, rank.category, rank.level,
        rank.channel or "state",
    )  # fmt: skip


@cache
def _known_keys() -> frozenset[tuple[str, tuple[str, ...]]]:
    return frozenset((p.country, _sounds(p.name)) for p in leaders())


def is_known(mention: Mention) -> bool:
    """Whether the reference tables hold the person."""
    return mention.kind == "person" and (mention.country or "", mention.key) in _known_keys()


def _sounds(name: str) -> tuple[str, ...]:
    ascii_name = name if name.isascii() else anyascii(name)
    titles, suffixes = word_list("titles"), word_list("suffixes")
    words = [w.folded for w in read_words(ascii_name.replace("-", " "))]
    bare = [w for w in words if w not in titles and w not in suffixes and w not in PARTICLES] or words
    return tuple(sound(word) for word in bare if len(word) > 1 or len(bare) == 1)


def _state(name: str, words: Sequence[Word], country: str | None, day: str | None) -> Mention | None:
    """A state by its name, people or capital; with "government" and the like it is still the state."""
    found = find_entries(name)
    if len(found) != 1 or not found[0].entry.code or found[0].entry.kind not in ("state", "demonym", "capital"):
        return None
    inside = {w.folded for w in read_words(name[: found[0].start] + " " + name[found[0].end :])} - PARTICLES
    if not inside <= STATE_HEADS:
        return None
    entry = found[0].entry
    code = country or entry.code
    return Mention("state", _state_name(code) or entry.name, (code or "",), code, "", "", 0, "state")


@cache
def _state_names() -> dict[str, str]:
    from legation.reference import states

    return {state.code: state.name for state in states()}


def _state_name(code: str | None) -> str | None:
    return _state_names().get(code or "")


def _organisation(name: str, words: Sequence[Word], country: str | None, day: str | None) -> Mention | None:
    """An organisation or a state's body of the tables, with nobody's delegation before it."""
    lowest = {w.folded for w in words}
    for found in find_entries(name):
        if found.entry.kind not in ("organisation", "building", "outlet") or lowest & GROUP_HEADS - {"party"}:
            continue
        title = found.entry.name
        body = _bodies().get(title)
        if body:
            return Mention("body", title, (title.lower(),), found.entry.code, "", "", 0, CHANNELS.get(body, "state"))
        if found.entry.kind == "organisation" and title in _organisation_names():
            return Mention("organisation", title, (title.lower(),), found.entry.code, "", "", 0, "state")
        if found.entry.code:
            return Mention("body", title, (title.lower(),), found.entry.code, "", "", 0, "state")
    return None


@cache
def _bodies() -> dict[str, str]:
    return {body.name: body.kind for body in bodies()}


@cache
def _organisation_names() -> frozenset[str]:
    return frozenset(organisation.name for organisation in organisations())


def _office_holder(name: str, words: Sequence[Word], country: str | None, day: str | None) -> Mention | None:
    """An office without a name whose holder on that day the tables know: "Chinese president"."""
    if not country or not day:
        return None
    folded = [w.folded for w in words]
    if not folded or {"former", "vice", "deputy", "spokesman", "spokesperson", "office", "ministry"} & set(folded):
        return None
    said = f" {' '.join(folded)} "
    for office, names in OFFICES_OF_ONE.items():
        if said.endswith(f" {office} ") or f" {office} of " in said:
            holders = [p for p in _holders().get(country, ()) if p.office in names and _held(p, day)]
            if len({p.name for p in holders}) == 1:
                rank = rank_of(holders[0].office)
                holder = holders[0]
                return Mention(
                    "person", holder.name, _sounds(holder.name), country, name, rank.category, rank.level, "state"
                )
    return None


OFFICES_OF_ONE = {
    "foreign minister": ("Foreign Minister", "Secretary of State", "Foreign Secretary", "Minister of Foreign Affairs"),
    "secretary of state": ("Secretary of State",),
    "foreign secretary": ("Foreign Secretary", "Foreign Minister"),
    "fm": ("Foreign Minister", "Secretary of State", "Foreign Secretary"),
    "defence minister": ("Defence Minister", "Secretary of Defense"),
    "defense minister": ("Defence Minister", "Secretary of Defense"),
    "defence secretary": ("Secretary of Defense", "Defence Minister"),
    "defense secretary": ("Secretary of Defense", "Defence Minister"),
    "treasury secretary": ("Secretary of the Treasury",),
    "commerce secretary": ("Secretary of Commerce",),
    "crown prince": ("Crown Prince",),
    "taoiseach": ("Taoiseach",),
    "prime minister": ("Prime Minister", "Premier"),
    "premier": ("Premier", "Prime Minister"),
    "pm": ("Prime Minister", "Premier"),
    "chancellor": ("Chancellor",),
    "president": ("President",),
}


@cache
def _holders() -> dict[str, tuple[Leader, ...]]:
    codes: dict[str, list[Leader]] = {}
    for person in leaders():
        codes.setdefault(person.country, []).append(person)
    return {code: tuple(people) for code, people in codes.items()}


def is_office(words: Sequence[str]) -> bool:
    """Whether folded words are an office of a state that one person holds: "foreign minister", "pm"."""
    return " ".join(words) in OFFICES_OF_ONE


def _held(person: Leader, day: str) -> bool:
    begun = not person.start or person.start <= day[: len(person.start)]
    return begun and (not person.end or day[: len(person.end)] <= person.end)


def _body(name: str, words: Sequence[Word], country: str | None, day: str | None) -> Mention | None:
    """A body within a state that its own words name: "Belarusian foreign ministry"."""
    folded = [w.folded for w in words if w.folded not in PARTICLES]
    heads = [w for w in folded if w in BODY_WORDS]
    if not heads or set(folded) & (GROUP_HEADS - {"party"}):
        return None
    own = _without_state(name)
    key = tuple(sorted(own)) or (heads[-1],)
    if set(own) <= {"government", "administration", "authorities", "regime"} and country:
        return Mention("state", _state_name(country) or name, (country,), country, "", "", 0, "state")
    return Mention("body", name, key, country, "", "", 0, BODY_WORDS[heads[-1]])


def _without_state(name: str) -> list[str]:
    """The folded words of a name beside those that name its state."""
    covered = [(f.start, f.end) for f in find_entries(name) if f.entry.kind in ("state", "demonym", "capital")]
    return [
        w.folded
        for w in read_words(name)
        if w.folded not in PARTICLES and w.folded not in {"s"} and not any(a <= w.start < b for a, b in covered)
    ]


def _group(name: str, words: Sequence[Word], country: str | None, day: str | None) -> Mention | None:
    """Somebody unnamed: "party delegation", "senior officials", "he"."""
    folded = [w.folded for w in words]
    is_office = len(folded) > 2 and folded[0] in word_list("titles") and "of" in folded[1:3]
    is_named = any(w.written[:1].isupper() for w in words) and not set(folded) & GROUP_HEADS and not is_office
    if is_named and not any(f.entry.kind == "demonym" for f in find_entries(name)):
        return None
    rank = rank_of(name)
    channel = next((BODY_WORDS[w] for w in folded if w in BODY_WORDS), "") or (rank.channel if rank.level else "")
    key = tuple(w for w in _without_state(name) if w not in {"senior", "top", "high"}) or (folded[-1],)
    return Mention("group", name, key, country, "", rank.category, rank.level, channel)


def _person(name: str, words: Sequence[Word], country: str | None, office: str) -> Mention:
    """A name that the tables don't hold becomes an actor of its own."""
    rank = rank_of(office)
    key = _sounds(name)
    return Mention("person", name, key or (words[-1].folded,), country, office, rank.category, rank.level, rank.channel)


# Posts that one and the same person does not hold within a year: ambassador and minister, judge and general.
APART = (
    ({"ambassador"}, {"head", "deputy head", "general", "judge", "governor", "society", "director", "speaker"}),
    ({"spokesperson"}, {"head", "deputy head", "minister", "general", "judge", "governor", "ambassador", "society"}),
    ({"judge"}, {"head", "minister", "general", "governor", "lawmaker", "ambassador", "director"}),
    ({"society"}, {"head", "minister", "general", "governor", "lawmaker", "vice-minister", "director", "adviser"}),
    ({"general"}, {"lawmaker", "governor", "speaker", "vice-minister"}),
    ({"governor"}, {"head", "minister", "speaker", "vice-minister"}),
)


def is_incompatible(one: str, other: str) -> bool:
    """Whether two posts are not one person's at about the same time; unknown posts tell nothing."""
    return any((one in a and other in b) or (other in a and one in b) for a, b in APART)


def is_same_actor(a: Mention, b: Mention) -> bool:
    """Whether two mentions can be of one actor, as far as their words tell.

    Persons: same state (or one unknown), the words of the shorter name each near a word of the longer one; a single
    word must be the surname or given name of the other exactly. Others: equal keys in one state.
    """
    if a.kind != b.kind or (a.country and b.country and a.country != b.country):
        return False
    if a.kind != "person":
        return a.key == b.key and a.country == b.country
    if a.category and b.category and is_incompatible(a.category, b.category):
        return False
    return is_same_name(a.key, b.key)


@lru_cache(maxsize=65536)
def is_same_name(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two names, as sounds, can be one person's.

    >>> is_same_name(("maxim", "ryzhenkov"), ("maxim", "ryzhankou"))
    True
    """
    if a == b or "".join(a) == "".join(b):
        return True
    short, long = sorted((a, b), key=len)
    if len(short) == 1:
        return len(long) > 1 and short[0] in (long[0], long[-1])
    # Both ends must agree: Kim Song is not Kim Song Nam, nor Idriss Déby his son Mahamat Idriss Déby.
    return _covers(short, list(long)) and _is_near(short[0], long[0]) and _is_near(short[-1], long[-1])


def _covers(short: Iterable[str], left: list[str]) -> bool:
    """Whether each word of the short name is near a word of the other, in the same order."""
    at = 0
    for word in short:
        hit = next((k for k in range(at, len(left)) if _is_near(word, left[k])), None)
        if hit is None:
            return False
        at = hit + 1
    return True


def _is_near(a: str, b: str) -> bool:
    """Near words begin alike; words of up to four letters must be equal (Song and Jong are two names)."""
    if a == b:
        return True
    if min(len(a), len(b)) <= 4 or a[0] != b[0]:
        return False
    return JaroWinkler.similarity(a, b) >= NEAR_WORD
