"""Finds states, their people, capitals, buildings, organisations, cities and leaders in running text.

In: text. Out: mentions with their place in it, longest match first, none overlapping.
Idea: one dictionary from folded word sequences to entries (no accents, no case, no full stops, hyphens as
spaces), read left to right over word n-grams. Case is checked afterwards: a name needs its capitals ("may" is
no minister, "us" no state), an acronym all of them. Entries without a kind block what they contain, so that
"South China Sea" and "Washington Post" hide the state and the capital within.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from legation.reference.tables import bodies, leaders, organisations, outlets, place_names, states

__all__ = ["Entry", "Word", "find_entries", "find_states", "fold", "is_outlet", "plural", "read_words"]

# A dotted acronym, or a word with inner apostrophes (Sana'a, N'Djamena); "'s" is cut off afterwards.
WORD = re.compile(r"(?:[^\W\d_]\.){2,}(?:[^\W\d_](?!\w))?|[^\W_]+(?:['’ʼ‘`][^\W_]+)*")
POSSESSIVE = re.compile(r"['’ʼ‘`]s$", re.I)
# What may stand between the words of one name: "Jong-un", "St. Petersburg", "Workers' Party", "People's", and
# "Washington, D.C.", "Trinidad & Tobago", "Congo (Brazzaville)": only names of the tables are joined so.
GAP = re.compile(r"(?:['’ʼ‘`][sS])?[ \t\u00a0]*[-‐‑–.'’,&(]?[ \t\u00a0]*\n?")


@dataclass(frozen=True, slots=True)
class Word:
    """A word: `written` without full stops, `folded` for comparison; `owns` says that "'s" followed."""

    start: int
    end: int
    written: str
    folded: str
    owns: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """What a name stands for.

    code: ISO 3166-1 alpha-3, UNO, EUR, IGO, NGO, or None for an entry that only blocks others.
    kind: state, demonym, capital, city, region, organisation, outlet, building, leader; "" blocks.
    form: the words as the table writes them, without full stops.
    """

    code: str | None
    kind: str
    name: str
    form: tuple[str, ...]


Lexicon = dict[str, list[Entry]]


@dataclass(frozen=True, slots=True)
class Found:
    """An entry found in a text; `start` and `end` in characters, `first` and `last` in words."""

    start: int
    end: int
    first: int
    last: int
    entry: Entry


@cache
def fold(word: str) -> str:
    """Return the word in lower case without accents and apostrophes."""
    if word.isascii():
        return word.lower().replace("'", "")
    letters = unicodedata.normalize("NFKD", word.lower().replace("ı", "i").replace("ø", "o").replace("ł", "l"))
    return "".join(letter for letter in letters if letter.isalnum())


def read_words(text: str) -> list[Word]:
    """Return the words of a text; a possessive "'s" belongs to no word but marks it."""
    words = []
    for match in WORD.finditer(text):
        written, end = match.group(), match.end()
        possessive = POSSESSIVE.search(written)
        if possessive:
            written, end = written[: possessive.start()], end - 2
        owns = bool(possessive) or text[end : end + 1] in ("'", "’")
        bare = written.replace(".", "")
        words.append(Word(match.start(), end, bare, fold(bare), owns))
    return words


def plural(demonym: str) -> str | None:
    """Return the plural of a demonym, or None where there is none in -s ("Chinese", "Dutch").

    >>> plural("Israeli"), plural("Spanish")
    ('Israelis', None)
    """
    if demonym.endswith(("ese", "sh", "ch", "s", "x", "z", "men", "man", "ois")):
        return None
    return demonym + "s"


@cache
def lexicon() -> tuple[Lexicon, dict[str, int]]:
    """Return the entries by folded words, and the greatest number of words by first word."""
    table: Lexicon = {}
    longest: dict[str, int] = {}
    for name, code, kind, title in listed():
        form, folded = read_form(name)
        entries = table.setdefault(folded, [])
        # The first reading stays ("Georgia" is the state); another is kept if only its capitals tell it
        # apart ("Sana" the city, "SANA" the news agency).
        if not entries or not any(has_its_capitals(form, entry.form) for entry in entries):
            entries.insert(0, Entry(code, kind, title, form))
        first = folded.partition(" ")[0]
        if longest.get(first, 0) < len(form):
            longest[first] = len(form)
    return table, longest


def read_form(name: str) -> tuple[tuple[str, ...], str]:
    """Return the words of a table's name as written, and folded in one string."""
    spaced = name.replace("-", " ")
    if spaced.isascii() and spaced.replace(" ", "").isalpha():  # nine names of ten: no need to look closer
        return tuple(spaced.split()), spaced.lower()
    words = read_words(name)
    return tuple(word.written for word in words), " ".join(word.folded for word in words)


def listed() -> Iterator[tuple[str, str | None, str, str]]:
    """Yield (name as written, code, kind, canonical name), the strongest reading of a name first."""
    for state in states():
        for name in (state.name, state.official, *state.names):
            if name:
                yield name, state.code, "state", state.name
    for state in states():
        for name in state.demonyms:
            yield name, state.code, "demonym", state.name
            if many := plural(name):
                yield many, state.code, "demonym", state.name
        if state.prefix:
            yield state.prefix, state.code, "demonym", state.name
    for state in states():
        for name in (state.capital, *state.seats):
            if name:
                yield name, state.code, "capital", state.name
    for organisation in organisations():
        for name in (organisation.name, organisation.acronym, *organisation.also):
            if name:
                yield name, organisation.code, "organisation", organisation.name
    for state in states():
        for name in state.buildings:
            yield name, state.code, "building", name
    for body in bodies():
        for name in (body.name, *body.other):
            yield name, body.code, "organisation", body.name
    for outlet in outlets():
        for name in (outlet.name, *outlet.other):
            yield name, outlet.code, "outlet", outlet.name
    # The latest office first: who led Estonia may lead the Union's diplomacy now.
    for leader in sorted(leaders(), key=lambda leader: leader.start, reverse=True):
        for name in (leader.name, *leader.spellings):
            yield name, leader.country, "leader", leader.name
    for place in place_names():
        yield place.name, place.code, place.kind if place.code else "", place.name


def has_its_capitals(written: Sequence[str], form: Sequence[str]) -> bool:
    """Say whether each word has the capitals that the table gives it: all for an acronym, else the first."""
    return all(is_written_as(word, model) for word, model in zip(written, form, strict=True))


def is_written_as(written: str, model: str) -> bool:
    if len(model) > 1 and model.isupper():
        return written.isupper()
    return written[0].isupper() or not model[0].isupper()


def find_entries(text: str, words: list[Word] | None = None) -> list[Found]:
    """Return the names of the tables in a text, blocking ones included, longest first, from left to right."""
    table, longest = lexicon()
    words = read_words(text) if words is None else words
    joined = [bool(GAP.fullmatch(text, words[i].end, words[i + 1].start)) for i in range(len(words) - 1)]
    found, i = [], 0
    while i < len(words):
        hit = longest_at(i, text, words, joined, table, longest)
        if hit:
            found.append(hit)
        i = hit.last + 1 if hit else i + 1
    return found


def longest_at(
    i: int, text: str, words: list[Word], joined: list[bool], table: Lexicon, longest: dict[str, int]
) -> Found | None:
    n_max = min(longest.get(words[i].folded, 0), len(words) - i)
    n_joined = 1
    while n_joined < n_max and joined[i + n_joined - 1]:
        n_joined += 1
    for n in range(n_joined, 0, -1):
        span = words[i : i + n]
        written = [word.written for word in span]
        for entry in table.get(" ".join(word.folded for word in span), ()):
            if has_its_capitals(written, entry.form) and stands_alone(entry, text, words, i + n):
                return Found(span[0].start, span[-1].end, i, i + n - 1, entry)
    return None


def stands_alone(entry: Entry, text: str, words: list[Word], following: int) -> bool:
    """Say whether a name with an article ("the North") isn't part of a longer one ("the North Sea")."""
    if entry.form[0] != "the" or following >= len(words):
        return True
    between = text[words[following - 1].end : words[following].start]
    return not (between in (" ", "-") and words[following].written[0].isupper())


def find_states(text: str) -> list[tuple[int, int, str, str]]:
    """Return (start, end, code, kind) for each mention that tells a state or an organisation.

    start, end: characters in `text`. kind: state, demonym, capital, city, organisation, leader, building.

    >>> find_states("Seoul and the DPRK")
    [(0, 5, 'KOR', 'capital'), (14, 18, 'PRK', 'state')]
    """
    shown = {"region": "city", "outlet": "organisation"}
    return [
        (found.start, found.end, found.entry.code, shown.get(found.entry.kind, found.entry.kind))
        for found in find_entries(text)
        if found.entry.code
    ]


def is_outlet(name: str) -> bool:
    """Say whether these words name a news outlet: "KCNA", "state news agency Xinhua", "Reuters"."""
    return any(found.entry.kind == "outlet" for found in find_entries(name))
