"""Tells a state from the words for a participant or a place, as far as the words alone tell it.

In: the words as they stand in a report ("DPRK ambassador to Russia"). Out: a country code or None.
Idea: an English noun phrase names its owner before its head or after "of" and "from"; "to", "for" and "with"
name the other side, "in" only where somebody is. So the phrase is cut at its prepositions and the parts are asked in
that order. Two states in one part ("US-Taiwan talks") tell nothing about one participant.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from legation.reference.gazetteer import Found, Word, find_entries, read_words
from legation.reference.people import leader_of, strip_titles
from legation.reference.tables import word_list

__all__ = ["country_of_name", "country_of_place"]

PREPOSITIONS = word_list("owner") | word_list("other_side") | word_list("where")
PLACES = frozenset({"state", "capital", "city", "region"})


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
            return code
    return None


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
        if words[i].written in PREPOSITIONS and "-" not in before:
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
        return firm[0].entry.code, True
    if any(not hit.entry.code for hit in part.found):
        return None, False
    person = leader_in(part, day)
    return (person, True) if person else (None, False)


def leader_in(part: Part, day: str | None) -> str | None:
    """Return the country of a leader whom a part names: alone, behind titles, or before "regime"."""
    words = strip_titles(part.words)
    n_capital = next((i for i, word in enumerate(words) if not word.written[0].isupper()), len(words))
    tried = [words] if n_capital == 0 else [words[:n_capital]]
    for run in tried:
        person = leader_of(run, day)
        if person:
            return person.country
    return None


def is_own(hit: Found, part: Part, name: str) -> bool:
    """Say whether a mention may name the owner: not "anti-Israel", not "Iran-backed", not "Jack London"."""
    before = name[: hit.start]
    if before.endswith("-") and before[:-1].rpartition(" ")[2].lower() in word_list("prefixes"):
        return False
    return not has_suffix(hit, part, name, word_list("not_own")) and not is_in_a_persons_name(hit, part)


def has_suffix(hit: Found, part: Part, name: str, suffixes: frozenset[str]) -> bool:
    rest = name[hit.end :]
    following = next((word for word in part.words if word.start > hit.start and word.start >= hit.end), None)
    return bool(following and rest[:1] in ("-", "‑", "–", " ") and following.folded in suffixes) and (
        rest[:1] != " " or (following is not None and following.start == hit.end + 1)
    )


def is_in_a_persons_name(hit: Found, part: Part) -> bool:
    """Say whether a state or city is but the given name or surname of somebody unknown."""
    if hit.entry.kind not in PLACES or " ".join(w.lower() for w in hit.entry.form) not in word_list("personal"):
        return False
    others = [word for word in part.words if not hit.start <= word.start < hit.end]
    return (
        1 <= len(others) <= 2
        and not any(word.owns for word in part.words)
        and all(word.written[0].isupper() for word in others)
        and not any(word.folded in word_list("institutions") or word.folded in word_list("titles") for word in others)
    )


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
    behind = {word.folded for word in words if word.start >= last.end}
    if behind & {"embassy", "consulate", "mission", "border", "base"} and last.entry.kind != "city":
        return None
    if last.entry.name == "European Union" and "brussels" in {word.folded for word in words}:
        return "BEL"
    return last.entry.code
