"""Tells which leader a name means on a given day.

In: a name as reports write it, with or without titles, and the day of the report. Out: the record of an
office. Idea: names are compared by a key that forgets spelling fashions of romanisation (Zelensky, Zelenskyy,
Zelenskiy; al-Sisi, el-Sisi; Mohammed, Muhammad), middle names and "Jr."; a bare surname counts only if all its
bearers in the table, or all in office on that day, belong to one state.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

from legation.reference.gazetteer import Word, read_words
from legation.reference.tables import Leader, leaders, word_list

__all__ = ["candidates", "is_in_office", "leader", "leader_of", "sound", "strip_titles"]

# Order matters: Mohammed before double letters, "ks" before the endings.
RESPELL = (
    (re.compile(r"^m[ou]h?am+[ae]d$|^mehmet$"), "mohamad"),
    (re.compile(r"^(el|ul|as|ad|an|ar|ash)$"), "al"),
    (re.compile(r"ks"), "x"),
    (re.compile(r"kh"), "h"),
    (re.compile(r"(iy|yy|ij|ii|ey|ei|ay|i|y)$"), "y"),
    (re.compile(r"(.)\1"), r"\1"),
    (re.compile(r"ou|oo"), "u"),
)


@cache
def sound(folded: str) -> str:
    """Return a folded word without what only distinguishes romanisations.

    >>> sound("zelenskyy") == sound("zelenskiy") == sound("zelensky")
    True
    """
    for pattern, instead in RESPELL:
        folded = pattern.sub(instead, folded)
    return folded


def sounds(words: Iterable[Word]) -> tuple[str, ...]:
    return tuple(sound(word.folded) for word in words if word.folded not in word_list("suffixes"))


@cache
def by_name() -> tuple[dict[tuple[str, ...], list[Leader]], dict[tuple[str, str], list[Leader]]]:
    """Return the records by full name, and by first and last word of names of two words and more."""
    full: dict[tuple[str, ...], list[Leader]] = defaultdict(list)
    ends: dict[tuple[str, str], list[Leader]] = defaultdict(list)
    for person in leaders():
        for name in (person.name, *person.spellings):
            key = sounds(read_words(name))
            if person not in full[key]:
                full[key].append(person)
            if len(key) > 1 and person not in ends[key[0], key[-1]]:
                ends[key[0], key[-1]].append(person)
    return full, ends


@cache
def by_surname() -> dict[tuple[str, ...], list[Leader]]:
    table: dict[tuple[str, ...], list[Leader]] = defaultdict(list)
    for person in leaders():
        for name in person.surnames:
            key = sounds(read_words(name))
            if person not in table[key]:
                table[key].append(person)
    return table


def leader(name: str, day: str | None = None) -> Leader | None:
    """Return the office that the named person held on that day, or held last before it; None if unknown.

    name: with or without titles ("President Xi", "Xi Jinping"); a bare surname only if it is unambiguous.
    day:  EDTF day, month or year of the report; without it the latest office is returned.

    >>> leader("Foreign Minister Wang Yi", "2024-03-25").country
    'CHN'
    """
    words = read_words(name)
    return leader_of(words, day) or leader_of(strip_titles(words), day)


def strip_titles(words: Sequence[Word]) -> list[Word]:
    """Return the words from the first that is no title."""
    rest = list(words)
    while rest and rest[0].folded in word_list("titles") and not (len(rest) == 1 and rest[0].folded == "king"):
        rest.pop(0)
    return rest


def leader_of(words: Sequence[Word], day: str | None) -> Leader | None:
    if not words or (not words[0].written[0].isupper() and words[0].folded not in {"al", "el", "bin", "von", "de"}):
        return None
    key = sounds(words)
    full, ends = by_name()
    if found := full.get(key):
        return on_day(found, day)
    if found := by_surname().get(key):
        return unambiguous(found, day)
    # Middle names and initials: "Vladimir Vladimirovich Putin", "Antony J. Blinken".
    if len(key) > 2 and (found := ends.get((key[0], key[-1]))):
        return unambiguous(found, day)
    return None


@cache
def last_sounds() -> frozenset[str]:
    """The sounds of the last words of all names in the table."""
    return frozenset(key[-1] for table in (by_name()[0], by_surname()) for key in table if key)


def candidates(name: str) -> tuple[Leader, ...]:
    """Return all whom `leader` may return for a name, whatever the day; () where it returns None on every day."""
    words = read_words(name)
    heard = sounds(words)
    if not heard or heard[-1] not in last_sounds():
        return ()
    full, ends = by_name()
    found: list[Leader] = []
    for key in (heard, sounds(strip_titles(words))):
        if key:
            found += full.get(key, ()) or by_surname().get(key, ()) or ends.get((key[0], key[-1]), ())
    return tuple(dict.fromkeys(found))


def is_in_office(person: Leader, day: str) -> bool:
    """Compare at the precision that both sides have."""
    start, end = person.start, person.end
    begun = not start or start[: len(day)] <= day[: len(start)]
    return begun and (not end or day[: len(end)] <= end[: len(day)])


def on_day(found: Sequence[Leader], day: str | None) -> Leader:
    """Return the office held on that day, else the last begun before it, else the first."""
    if day:
        held = [person for person in found if is_in_office(person, day)]
        begun = [person for person in found if not person.start or person.start <= day]
        if held or begun:
            return max(held or begun, key=lambda person: person.start)
        return min(found, key=lambda person: person.start)
    return max(found, key=lambda person: (not person.end, person.start))


def unambiguous(found: Sequence[Leader], day: str | None) -> Leader | None:
    """Return the record if all belong to one state, or all of those in office on that day."""
    if len({person.country for person in found}) > 1:
        found = [person for person in found if day and is_in_office(person, day)]
    if len({person.country for person in found}) != 1:
        return None
    return on_day(found, day)
