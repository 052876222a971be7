"""Titles and offices around a name.

In: words of a sentence and the place of a name in it. Out: the office that the words give the person, and whether
titles say man or woman. Plain rules over words: titles before the name ("Chinese Foreign Minister Wang Yi"), an
apposition after it ("Kim Song Nam, director of the party's international department,") or before it ("the
director, Kim Song Nam,"), and "of" with a state ("President Abdel Fattah al-Sisi of Egypt").
"""

from collections.abc import Sequence

from legation.language.claim import Span

__all__ = ["TITLES", "has_title", "is_courtesy", "offices_around", "sex_of_title", "title_words"]

TITLES = frozenset(
    "president vice-president premier minister ministers secretary secretary-general chairman chairwoman chairperson"
    " chair chief director head leader leaders ambassador envoy representative commissioner spokesman spokeswoman"
    " spokesperson king queen prince princess emir sultan sheikh sheik chancellor governor mayor senator congressman"
    " congresswoman general admiral colonel commander officer adviser advisor deputy speaker judge justice prosecutor"
    " pope cardinal archbishop patriarch crown dictator candidate lawmaker politician activist diplomat official"
    " counsel counselor councillor councilor member delegate lady undersecretary under-secretary chargé consul attaché"
    " highness majesty excellency rapporteur coordinator taoiseach ayatollah captain lieutenant marshal major"
    " presidents premiers ambassadors officials diplomats lawyer economist analyst professor nominee emperor empress"
    " duke duchess earl baron baroness lord doctor".split()
)
COURTESY = {
    **dict.fromkeys(("mr", "sir", "lord", "king", "prince", "emir", "sultan", "pope", "chairman", "spokesman"), "m"),
    **dict.fromkeys(("mrs", "ms", "madam", "queen", "princess", "lady", "chairwoman", "spokeswoman", "dame"), "f"),
    **dict.fromkeys(("dr", "hon", "he", "comrade", "prof", "rev"), ""),
}
# Small words that may stand inside a title: "Minister of Foreign Affairs", "First Deputy Head for Asia".
INSIDE = frozenset("of for the and & - – 's ’s in to at on".split())
LOWER_INSIDE = frozenset(
    "foreign prime vice deputy senior former acting incoming outgoing interim first second special high top national"
    " security state defence defense interior finance trade party presidential opposition permanent general military"
    " political then newly elected appointed executive assistant associate supreme international central".split()
)
BREAKS = frozenset(',;:()[]"“”«».!?—')
NOT_OFFICE_STARTS = frozenset(
    "who which whose and but or in on at with where when as after before while was is has had".split()
)
MAX_BEFORE, MAX_AFTER = 12, 18  # words


def is_courtesy(word: str) -> bool:
    """Whether the word is a form of address that gives no office: Mr, Dr, HE."""
    return (
        word.lower().rstrip(".") in ("mr", "mrs", "ms", "madam", "dr", "hon", "comrade", "prof", "rev", "sir")
        or word == "HE"
    )


def sex_of_title(words: Sequence[str]) -> str:
    """Return "m" or "f" where a title tells it, else ""."""
    return next((sex for word in words if (sex := COURTESY.get(word.lower().rstrip("."), ""))), "")


def has_title(words: Sequence[str]) -> bool:
    """Whether one of the words is the head of an office or title."""
    return any(word.lower() in TITLES for word in words)


def title_words(words: Sequence[str]) -> list[str]:
    """The words of an office that tell it from others: heads and what qualifies them, in lower case."""
    return [low for word in words if (low := word.lower()) in TITLES or low in LOWER_INSIDE]


def offices_around(words: Sequence[str], name: Span) -> list[tuple[Span, str]]:
    """Return the spans of the offices that the words around a name give it, with where each stands.

    Where: "before" (titles), "after" (apposition), "lead" (apposition before the name), "of" (a state after "of").
    """
    found = []
    if (before := _before(words, name[0])) is not None:
        found.append((before, "before"))
    elif (lead := _lead(words, name[0])) is not None:
        found.append((lead, "lead"))
    if (after := _after(words, name[1])) is not None:
        found.append((after, "after"))
    if name[1] + 1 < len(words) and words[name[1]] == "of":
        end = name[1] + 1
        while end < len(words) and end < name[1] + 6 and (words[end][0].isupper() or words[end] in ("the", "of")):
            end += 1
        if end > name[1] + 1:
            found.append(((name[1] + 1, end), "of"))
    return found


def _before(words: Sequence[str], start: int) -> Span | None:
    """Titles right before a name, with the adjectives and states before them."""
    first = start
    for k in range(start - 1, max(-1, start - MAX_BEFORE) - 1, -1):
        word = words[k]
        is_inside = word[0].isupper() or word.lower() in TITLES or word.lower() in LOWER_INSIDE
        if not is_inside and not (word.lower() in INSIDE and k > 0 and first < start) and word != ".":
            break
        if word == "." and not (k > 0 and is_courtesy(words[k - 1])):
            break
        if word.lower() == "and" and any(w.lower() in TITLES for w in words[k + 1 : start]):
            break
        if word.lower() == "the" and not (k > 0 and words[k - 1].lower() in ("of", "for", "to")):
            break
        first = k
    while first < start and words[first].lower() in INSIDE:
        first += 1
    titled = any(words[k].lower() in TITLES or is_courtesy(words[k]) for k in range(first, start))
    return (first, start) if titled else None


def _after(words: Sequence[str], end: int) -> Span | None:
    """An office set off by a comma after a name, or in brackets."""
    if end >= len(words) or words[end] not in (",", "(", "–", "—"):
        return None
    first = end + 1
    if first < len(words) and words[first].lower() in ("the", "a", "an"):
        first += 1
    if first >= len(words) or words[first].lower() in NOT_OFFICE_STARTS:
        return None
    last = first
    while last < len(words) and last - first < MAX_AFTER and words[last] not in BREAKS:
        last += 1
    heads = [k for k in range(first, min(last, first + 7)) if words[k].lower() in TITLES]
    if not heads or (
        heads[0] > first and any(w[0].isupper() and w.lower() in ("he", "she") for w in words[first : heads[0]])
    ):
        return None
    return first, last


def _lead(words: Sequence[str], start: int) -> Span | None:
    """An office before a comma and the name: "The president of Iran, Hassan Rouhani"."""
    if start < 2 or words[start - 1] != ",":
        return None
    first = start - 1
    while first > 0 and start - first < MAX_AFTER and words[first - 1] not in BREAKS:
        first -= 1
    articles = [
        k for k in range(first, start - 1) if words[k].lower() in ("the", "a", "an", "its", "his", "her", "their")
    ]
    if not articles:
        return None
    first = next((k for k in articles if has_title(words[k + 1 : min(k + 10, start - 1)])), -1)
    return (first + 1, start - 1) if first >= 0 else None
