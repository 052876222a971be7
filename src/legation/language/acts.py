"""Scores of the model -> the acts that a sentence tells, as spans of words.

In: SentenceScores. Out: Acts, one for each act, best trigger first claimed; spans [first, last + 1) in words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from legation.language.claim import Span
from legation.language.labels import MODES, NAME_KINDS, ROLES, STATUSES, TYPE_MODES, TYPES
from legation.language.model import Candidate, Floats, SentenceScores
from legation.language.titles import TITLES, is_courtesy
from legation.reference import find_states

__all__ = [
    "POSSESSIVES",
    "Act",
    "Name",
    "as_headline",
    "complete_hyphen",
    "complete_names",
    "complete_title_names",
    "decode_acts",
    "decode_names",
    "decode_spans",
    "is_conveying",
    "is_founding",
    "is_state",
    "is_title_case",
    "join_spans",
    "least_threshold",
    "was_not_held",
]

HYPHENS = frozenset("-‐‑")
FOUNDING = frozenset(
    "launch launched launches establish established establishes form formed forms set create created creates"
    " inaugurated unveiled".split()
)
JOINT_BODIES = frozenset(
    (("task", "force"), ("working", "group"), ("joint", "commission"), ("joint", "committee"), ("contact", "group"))
)
FOUNDING_REACH = 6  # words from the verb to the body
CONVEYING = frozenset("convey conveys conveyed conveying delivers delivered handed relayed sent sends".split())
MESSAGES = frozenset("message messages letter letters telegram telegrams".split())
NOT_HELD = ("not taken place", "not take place", "never took place", "not been held", "not happen")
NOT_HELD_REACH = 12  # words from the act to these
TO_COME = frozenset("to will would may might could next tomorrow soon upcoming plans planned set due ahead".split())
SURER = 0.6  # share of the threshold that is enough where the codebook's own words say what the act is
CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
    " september october november december".split()
)
# Words that stay small where a headline's others are capitalised.
SMALL_IN_TITLES = frozenset(
    "a an the and or but nor as at by for from in into of off on onto over per than to up via with amid after before"
    " about against between vs is s".split()
)
LINKS = frozenset(("of", "the", "a", "an", "and", "for", "in", "at"))  # no name or participant begins with these
MARKS = frozenset("-–/&,:;")
OF_THE = frozenset((("of",), ("of", "the"), ("for", "the")))
POSSESSIVES = frozenset(("'s", "’s", "'", "’"))
CLOSING = frozenset((")", "]", "."))  # a name may end in these: "Biden, Jr.", "Workers' Party (WPK)"
MODE_INDICES = {kind: [k for k, (owner, _) in enumerate(MODES) if owner == kind] for kind in TYPES}


@dataclass(frozen=True, slots=True)
class Act:
    """An act as one sentence tells it; all spans in words of the sentence."""

    type: str
    mode: str | None
    status: str
    trigger: Span
    actors: tuple[Span, ...]
    recipients: tuple[Span, ...]
    place: Span | None
    when: Span | None
    said_by: Span | None
    score: float


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a sentence: its words and whether it is of a person, an organisation or a place."""

    words: Span
    kind: str


def decode_names(tags: Sequence[int]) -> list[Name]:
    """Return the names that tags say: 0 outside, 1 + 2k begins and 2 + 2k continues a name of kind k.

    A name goes on where a tag says so, of whatever kind; it has the kind that most of its words have, or the first.
    """
    names: list[Name] = []
    start, kinds = 0, list[int]()
    for k, tag in enumerate([*tags, 0]):
        if kinds and (tag == 0 or tag % 2 == 1):
            names.append(Name((start, k), NAME_KINDS[max(kinds, key=kinds.count)]))
            kinds = []
        if tag:
            start = start if kinds else k
            kinds.append((tag - 1) // 2)
    return names


def complete_names(names: Sequence[Name], words: Sequence[str]) -> list[Name]:
    """Return the names as whole runs of capitalised words: fragments of one run are one name, of a person if one is.

    A run ends before titles and the names of days and months; a place begins no person's name ("envoy for Yemen Tim
    Lund"). What has no capital is no name.
    """
    whole: list[Name] = []
    was_place = False
    for name in names:
        first, end = _without_links(name.words, words)
        first = _after_titles(first, end, words) if name.kind == "PER" else first
        if not any(word[0].isupper() for word in words[first:end]):
            continue
        is_place = name.kind == "LOC" or is_state(" ".join(words[first:end]))
        while not is_place and end < len(words) and _goes_on(words[end]):
            end += 1
        end = complete_hyphen(end, words) if name.kind == "PER" else end
        if whole and first <= whole[-1].words[1] and not is_place and not was_place:
            kind = "PER" if "PER" in (name.kind, whole[-1].kind) else whole[-1].kind
            whole[-1] = Name((whole[-1].words[0], max(end, whole[-1].words[1])), kind)
        else:
            whole.append(Name((first, end), name.kind))
        was_place = is_place
    return whole


def is_title_case(words: Sequence[str]) -> bool:
    """Whether all words but small ones are capitalised, so that capitals tell no names: "Putin Visits China"."""
    return not any(word.isalpha() and word[0].islower() and word not in SMALL_IN_TITLES for word in words)


def complete_title_names(names: Sequence[Name], words: Sequence[str], acts: Sequence[Act]) -> list[Name]:
    """Return the names of a headline: what tells an act is no part of a name, and capitals join none in title case."""
    triggers = {k for act in acts for k in range(*act.trigger)}
    cut: list[Name] = []
    for name in names:
        for k in range(*name.words):
            if k in triggers:
                continue
            if cut and cut[-1].words[1] == k and cut[-1].words[0] >= name.words[0]:
                cut[-1] = Name((cut[-1].words[0], k + 1), name.kind)
            else:
                cut.append(Name((k, k + 1), name.kind))
    return cut if is_title_case(words) else complete_names(cut, words)


def _without_links(name: Span, words: Sequence[str]) -> Span:
    """The name without the small words and marks at its ends: "the World Health Organization", "National Air and"."""
    first, end = name
    while first < end and (words[first] in LINKS or not words[first][0].isalnum()):
        first += 1
    while end > first and (words[end - 1] in LINKS or words[end - 1] in MARKS):
        end -= 1
    return first, end


def _after_titles(first: int, end: int, words: Sequence[str]) -> int:
    """Where a person's name begins behind titles that were read into it: "Ms Novak", "Justice Novak"."""
    while first + 1 < end and (words[first].lower() in TITLES or is_courtesy(words[first]) or words[first] == "."):
        first += 1
    return first


def is_state(text: str) -> bool:
    """Whether the words are a state's name and nothing else."""
    return any((a, b) == (0, len(text)) and kind == "state" for a, b, _, kind in find_states(text))


def _goes_on(word: str) -> bool:
    """Whether a capitalised word can go on with the name before it."""
    return word[0].isupper() and word.isalpha() and word.lower() not in TITLES and word.lower() not in CALENDAR


def decode_acts(scores: SentenceScores, words: Sequence[str], thresholds: Mapping[str, float]) -> list[Act]:
    """Return the acts whose score reaches the threshold of their type, in the order of their triggers.

    words: those of the sentence; thresholds: by type, with "*" for types not named; by role, how surely a span of it
    must begin (0.5 if not named).
    Two candidates for one trigger give one act: the likelier.
    """
    acts: list[Act] = []
    taken: list[tuple[Span, str]] = []
    for candidate in sorted(scores.candidates, key=lambda c: -c.score):
        kind = TYPES[int(candidate.types.argmax())]
        founds = is_founding(words, candidate.word)
        kind = "COOPERATE" if founds else kind
        by_words = founds or (kind == "CONSULT" and is_conveying(words, candidate.word))
        if candidate.score < thresholds.get(kind, thresholds["*"]) * (SURER if by_words else 1):
            continue
        trigger = _trigger(candidate)
        if any(a < trigger[1] and trigger[0] < b for (a, b), _ in taken):
            continue
        taken.append((trigger, kind))
        acts.append(_act(candidate, kind, trigger, words, thresholds, founds=founds))
    return sorted(acts, key=lambda act: act.trigger)


def least_threshold(thresholds: Mapping[str, float]) -> float:
    """The score below which no candidate can become an act."""
    return SURER * min(value for name, value in thresholds.items() if name == "*" or name in TYPES)


def _act(
    candidate: Candidate,
    kind: str,
    trigger: Span,
    words: Sequence[str],
    thresholds: Mapping[str, float],
    *,
    founds: bool,
) -> Act:
    spans = {
        role: join_spans(decode_spans(candidate.roles[:, k], thresholds.get(role, 0.5)), words)
        for k, role in enumerate(ROLES)
    }
    indices = MODE_INDICES[kind]
    mode = MODES[indices[int(np.argmax(candidate.modes[indices]))]][1] if TYPE_MODES[kind] else None
    if founds:
        mode = "exchange"

    def best(role: str) -> Span | None:
        """The span of the role that begins most certainly."""
        k = ROLES.index(role)
        return max(spans[role], key=lambda span: float(candidate.roles[span[0], k, 1]), default=None)

    return Act(
        type=kind,
        mode=mode,
        status="off" if was_not_held(words, trigger) else STATUSES[int(candidate.statuses.argmax())],
        trigger=trigger,
        actors=tuple(spans["actor"]),
        recipients=tuple(spans["recipient"]),
        place=best("place"),
        when=best("when"),
        said_by=best("said_by"),
        score=candidate.score,
    )


def decode_spans(scores: Floats, begin: float = 0.5) -> list[Span]:
    """Return the spans of one role from probabilities (word, 3) of outside, begin, inside.

    begin: a span begins where its probability reaches this; where nothing began, an inside word begins one.
    """
    tags = np.where(scores[:, 1] >= begin, 1, np.where(scores[:, 2] > scores[:, 0], 2, 0))
    spans: list[Span] = []
    start: int | None = None
    for k, tag in enumerate([*tags.tolist(), 0]):
        if start is not None and tag != 2:
            spans.append((start, k))
            start = None
        if tag == 1 or (tag == 2 and start is None):
            start = k
    return spans


def complete_hyphen(end: int, words: Sequence[str]) -> int:
    """The end of a span that would cut a given name at its hyphen: "Song-nam" is one."""
    if 0 < end < len(words) and words[end - 1] in HYPHENS and words[end][0].islower():
        return end + 1
    if end + 1 < len(words) and words[end] in HYPHENS and words[end + 1][0].islower() and words[end - 1][0].isupper():
        return end + 2
    return end


def is_founding(words: Sequence[str], word: int) -> bool:
    """Whether this word tells that a joint body is founded: "launched a task force" is cooperation by the codebook.

    The annotated news has too few such sentences for the model to be sure of them.
    """
    low = [w.lower() for w in words]
    for body in range(max(0, word - 1), min(len(low) - 1, word + FOUNDING_REACH)):
        if (low[body], low[body + 1]) in JOINT_BODIES:
            verb = next((k for k in range(body, max(-1, body - FOUNDING_REACH), -1) if low[k] in FOUNDING), None)
            return verb is not None and verb <= word <= body + 1
    return False


def is_conveying(words: Sequence[str], word: int) -> bool:
    """Whether this word tells that a message was conveyed: "conveyed the president's message"."""
    reach = words[word + 1 : word + 1 + FOUNDING_REACH]
    return words[word].lower() in CONVEYING and any(w.lower() in MESSAGES for w in reach)


def was_not_held(words: Sequence[str], trigger: Span) -> bool:
    """Whether the words behind an act say that it did not come about: "the visit has not taken place"."""
    behind = " ".join(words[trigger[1] : trigger[1] + NOT_HELD_REACH]).lower()
    return any(phrase in behind for phrase in NOT_HELD)


def as_headline(act: Act, words: Sequence[str]) -> Act:
    """The act as a headline means it: its present tense tells what was done ("Novak Meets Rossi")."""
    first, end = act.trigger
    if act.status != "planned" or end - first > 1 or not words[first].lower().endswith("s"):
        return act
    return act if TO_COME & {word.lower() for word in words} else replace(act, status="done")


def join_spans(spans: Sequence[Span], words: Sequence[str]) -> list[Span]:
    """Return spans without marks at their ends, and as one those that nothing, a possessive or "of the" parts.

    A name cut in two ("Supreme People | 's Assembly", "airline | Blue Sky", "delegation of the | Russian Federation")
    is one participant.
    """
    joined: list[Span] = []
    for first, end in spans:
        while first < end and (words[first] in LINKS or not (words[first][0].isalnum() or words[first] in POSSESSIVES)):
            first += 1
        end = complete_hyphen(end, words)
        while end > first and not words[end - 1][-1].isalnum() and words[end - 1] not in CLOSING:
            end -= 1
        if first == end:
            continue
        if joined and _is_one(words[joined[-1][1] : first]):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((first, end))
    return joined


def _is_one(between: Sequence[str]) -> bool:
    """Whether the words between two spans make one participant of them."""
    return all(word in POSSESSIVES for word in between) or tuple(between) in OF_THE


def _trigger(candidate: Candidate) -> Span:
    """The words of the trigger around its head."""
    tags = candidate.roles[:, ROLES.index("trigger")].argmax(-1)
    first = end = candidate.word
    while tags[first] == 2 and first > 0 and tags[first - 1]:
        first -= 1
    while end + 1 < len(tags) and tags[end + 1] == 2:
        end += 1
    return first, end + 1
