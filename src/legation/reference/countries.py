"""Tells a state from the words for a participant or a place, as far as the words alone tell it.

In: the words as they stand in a report ("DPRK ambassador to Russia"). Out: a country code or None.
Idea: an English noun phrase names its owner before its head or after "of" and "from"; "to", "for" and "with"
name the other side, "in" only where somebody is. So the phrase is cut at its prepositions and the parts are asked in
that order. Two states in one part ("US-Taiwan talks") tell nothing about one participant.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from legation.reference.gazetteer import Found, Word, find_entries, read_words
from legation.reference.people import leader_of, strip_titles
from legation.reference.tables import organisations, word_list

__all__ = ["country_of_name", "country_of_place"]

PLACES = frozenset({"state", "capital", "city", "region"})


@cache
def prepositions() -> frozenset[str]:
    return word_list("owner") | word_list("other_side") | word_list("where")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a noun phrase: the preposition that opens it ("" for the head), its words, what it names."""

    opening: str
    words: tuple[Word, ...]
    found: tuple[Found, ...]


@lru_cache(maxsize=16384)
def country_of_name(name: str, *, day: str | None = None) -> str | None:
    """Return the code of the state or organisation that a participant's words tell, or None.

    name: words as in the report, or a full name.
    day:  day of the report, to tell leaders of one surname apart.

    >>> country_of_name("DPRK ambassador to Russia")
    'PRK'
    >>> country_of_name("two leaders") is None
    True
    """
    words = read_words(name)
    parts = list(cut(name, words, find_entries(name, words)))
    if not parts:
        return None
    for part in choose(parts):
        code, is_settled = code_of(part, name, day)
        if is_settled:
            return None if begins_list(part, parts) else code
    return None


def begins_list(part: Part, parts: Sequence[Part]) -> bool:
    """Say whether a part is the first of several states side by side ("France, Germany and Italy")."""
    place = parts.index(part) + 1
    if place >= len(parts) or parts[place].opening != "," or not part.found or not parts[place].found:
        return False
    one, other = part.found[-1], parts[place].found[0]
    at_seam = one.end == part.words[-1].end and other.start == parts[place].words[0].start
    states = {"state", "demonym", "capital"}
    return at_seam and {one.entry.kind, other.entry.kind} <= states and one.entry.code != other.entry.code


def cut(name: str, words: Sequence[Word], found: Iterable[Found]) -> Iterable[Part]:
    """Yield the parts of a noun phrase; names with a preposition in them ("Republic of Korea") stay whole."""
    covered = {entry.first: entry for entry in found}
    inside: list[Word] = []
    named: list[Found] = []
    opening, i = "", 0
    while i < len(words):
        before = name[words[i - 1].end : words[i].start] if i else ""
        mark = next((sign for sign in (",", "(") if sign in before), "")
        if mark and (inside or named):
            yield Part(opening, tuple(inside), tuple(named))
            opening, inside, named = mark, [], []
        if i in covered:
            hit = covered[i]
            named.append(hit)
            inside.extend(words[i : hit.last + 1])
            i = hit.last + 1
            continue
        if words[i].written in prepositions() and "-" not in before:
            if inside or named:
                yield Part(opening, tuple(inside), tuple(named))
            opening, inside, named = words[i].written, [], []
        else:
            inside.append(words[i])
        i += 1
    yield Part(opening, tuple(inside), tuple(named))


def choose(parts: Sequence[Part]) -> Iterable[Part]:
    """Yield the parts that may tell the owner, the likeliest first."""
    head, *rest = parts
    yield head
    # Behind "to the president" an "of" belongs to the other side; behind "to Russia" it doesn't.
    is_other = False
    owners, elsewhere = [], []
    for part in rest:
        if part.opening in word_list("other_side"):
            is_other = not part.found and part.opening == "to"
        elif part.opening in word_list("where"):
            elsewhere.append(part)
        elif part.opening == "," or not is_other:
            owners.append(part)
    yield from owners
    is_posted = bool(word_list("posted") & {word.folded for word in head.words})
    is_based = any(word.folded in {"based", "headquartered"} for word in head.words)
    if is_based or not is_posted:
        yield from elsewhere


def code_of(part: Part, name: str, day: str | None) -> tuple[str | None, bool]:
    """Return what a part tells, and whether that settles it."""
    own = [hit for hit in part.found if hit.entry.code and is_own(hit, part, name)]
    firm = [hit for hit in own if not has_suffix(hit, part, name, word_list("loose"))] or own
    if firm:
        if len({hit.entry.code for hit in firm}) > 1 and is_coordinated(firm[0], firm[1], name):
            return None, True
        return code_of_mention(firm[0], part, day), True
    if any(not hit.entry.code for hit in part.found):
        return None, False
    person = leader_in(part, day)
    return (person, True) if person else (None, False)


def code_of_mention(hit: Found, part: Part, day: str | None) -> str | None:
    """Return the code of a mention: a leader's by the day, a seat's that of the organisation in it."""
    inside = [word for word in part.words if hit.start <= word.start < hit.end]
    if hit.entry.kind == "leader":
        person = leader_of(inside, day)
        return person.country if person else hit.entry.code
    if hit.entry.kind == "capital" and len(inside) == len(part.words):
        return seats().get(" ".join(hit.entry.form), hit.entry.code)
    return hit.entry.code


@cache
def seats() -> dict[str, str]:
    return {organisation.seat: organisation.code for organisation in organisations() if organisation.seat}


def leader_in(part: Part, day: str | None) -> str | None:
    """Return the country of a leader whom a part names: alone, behind titles, or before "regime"."""
    words = strip_titles(part.words)
    n_capital = next((i for i, word in enumerate(words) if not word.written[0].isupper()), len(words))
    person = leader_of(part.words, day) or leader_of(words, day) or leader_of(words[:n_capital], day)
    return person.country if person else None


def is_own(hit: Found, part: Part, name: str) -> bool:
    """Say whether a mention may name the owner: not "anti-Israel", not "Iran-backed", not "Jack London"."""
    before = name[: hit.start]
    if before.endswith("-") and before[:-1].rpartition(" ")[2].lower() in word_list("prefixes"):
        return False
    return not has_suffix(hit, part, name, word_list("not_own")) and not is_in_a_persons_name(hit, part)


def has_suffix(hit: Found, part: Part, name: str, suffixes: frozenset[str]) -> bool:
    """Say whether one of these words follows, in lower case, behind a hyphen or a space."""
    following = next((word for word in part.words if word.start == hit.end + 1), None)
    if following is None or name[hit.end] not in "-‑– ":
        return False
    return following.folded in suffixes and not following.written[0].isupper()


def is_in_a_persons_name(hit: Found, part: Part) -> bool:
    """Say whether a state or city is but the given name or surname of somebody unknown."""
    others = [word for word in part.words if not hit.start <= word.start < hit.end]
    if hit.entry.kind not in PLACES or not 1 <= len(others) <= 2 or any(word.owns for word in part.words):
        return False
    known = word_list("institutions") | word_list("titles")
    if not all(word.written[0].isupper() and word.folded not in known for word in others):
        return False
    is_name_too = " ".join(word.lower() for word in hit.entry.form) in word_list("personal")
    return is_name_too or (hit.entry.kind in {"city", "region"} and others[0].start < hit.start)


def is_coordinated(one: Found, other: Found, name: str) -> bool:
    between = name[one.end : other.start]
    return between in ("-", "–", "/", ", ", " & ") or not word_list("coordination").isdisjoint(between.split())


@lru_cache(maxsize=16384)
def country_of_place(name: str) -> str | None:
    """Return the code of the state in which a place lies, or None.

    The last name decides ("Moscow, Russia"; "Saudi consulate in Istanbul"); an embassy alone stands in no
    known state; seas and continents have none.

    >>> country_of_place("US Embassy in London")
    'GBR'
    """
    words = read_words(name)
    found = [hit for hit in find_entries(name, words) if hit.entry.kind != "leader"]
    if not found or not found[-1].entry.code:
        return None
    last = found[-1]
    if last.entry.name == "Georgia" and any(hit.entry.code == "USA" for hit in found[:-1]):
        return "USA"
    around = {word.folded for word in words}
    others = {hit.entry.code for hit in found if hit.entry.code} - {last.entry.code}
    if (others and is_joined(found[-2], last, name)) or ("border" in around and (others or "with" in around)):
        return None
    behind = {word.folded for word in words if word.start >= last.end}
    if last.entry.kind in {"state", "demonym"} and behind & {"embassy", "consulate", "mission", "border", "base"}:
        return None
    return last.entry.code


def is_joined(one: Found, other: Found, name: str) -> bool:
    """Say whether two places are named side by side ("Moscow and Kyiv")."""
    return name[one.end : other.start].strip() in {"and", "or", "&", "-", "–"}
