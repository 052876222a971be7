"""Annotated sentences and treebanks -> training examples over legation's own words.

In: ../shared (or the folder that --shared names): annotation/train, data/*, treebanks; and training/annotations: our
own annotation as character spans over named sources, and of sentences of our own writing. Out: Examples.
Dev documents are never read here; sentences of theirs that stand elsewhere are dropped.
"""

import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from legation.language.labels import MODES, NAME_KINDS, ROLES, STATUSES, TYPES
from legation.language.titles import TITLES
from legation.language.words import find_words

Span = tuple[int, int]
ROLE_FIELDS = {
    "actors": "actor",
    "recipients": "recipient",
    "place": "place",
    "when": "when",
    "said_by": "said_by",
}
# Last words of a trigger that do not name the act: its head is the word before them.
PARTICLES = frozenset(
    [
        "on",
        "for",
        "in",
        "off",
        "out",
        "to",
        "with",
        "down",
        "up",
        "back",
        "by",
        "against",
        "at",
        "into",
        "from",
        "of",
        "over",
        "not",
        "away",
        "through",
        "about",
        "onto",
        "upon",
    ]
)


@dataclass(frozen=True, slots=True)
class Event:
    """head: index of the trigger's head word; roles: for each of ROLES its word spans [first, last + 1)."""

    head: int
    type: int
    mode: int
    status: int
    roles: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with its events (None: not annotated) and its names (None: not annotated)."""

    key: str
    words: tuple[str, ...]
    context: tuple[str, ...] = ()
    events: tuple[Event, ...] | None = None
    names: tuple[tuple[int, int, int], ...] | None = field(default=None)


def locate(text: str, words: str, near: int = 0) -> Span | None:
    """Where the words stand, as whole words before parts of words, nearest to the trigger; None if nowhere."""
    found = [match.start() for match in re.finditer(re.escape(words), text)]
    whole = [k for k in found if not (text[k - 1 : k].isalnum() or text[k + len(words) : k + len(words) + 1].isalnum())]
    if not found:
        return None
    start = min(whole or found, key=lambda k: abs(k - near))
    return start, start + len(words)


def to_words(span: Span, words: list[Span]) -> Span | None:
    """The span of word indices that a span of characters touches."""
    inside = [k for k, (a, b) in enumerate(words) if a < span[1] and b > span[0]]
    return (inside[0], inside[-1] + 1) if inside else None


def head_of(trigger: Span, words: list[str]) -> int:
    """The word that stands for the trigger: its last that is no particle."""
    for k in range(trigger[1] - 1, trigger[0] - 1, -1):
        if words[k].lower() not in PARTICLES and words[k][0].isalnum():
            return k
    return trigger[0]


def read_event(event: dict[str, Any], text: str, spans: list[Span], words: list[str]) -> Event | None:
    """One annotated event over words; None if its trigger stands nowhere."""
    place = locate(text, event["trigger"])
    trigger = place and to_words(place, spans)
    if place is None or trigger is None:
        return None
    roles: dict[str, list[Span]] = {role: [] for role in ROLES}
    roles["trigger"].append(trigger)
    for name, role in ROLE_FIELDS.items():
        values = event.get(name) or []
        for value in [values] if isinstance(values, str) else values:
            found = locate(text, value, place[0])
            inside = found and to_words(found, spans)
            if inside and inside not in roles[role]:
                roles[role].append(inside)
    mode = (event["type"], event.get("mode"))
    return Event(
        head=head_of(trigger, words),
        type=TYPES.index(event["type"]),
        mode=MODES.index(mode if mode in MODES else (event["type"], None)),
        status=STATUSES.index(event["status"]),
        roles=tuple(tuple(sorted(roles[role])) for role in ROLES),
    )


def read_sentence(key: str, text: str, events: list[dict[str, Any]], title: str = "") -> Example:
    """An annotated sentence as an example."""
    spans = find_words(text)
    words = [text[a:b] for a, b in spans]
    context = tuple(title[a:b] for a, b in find_words(title))
    read = [event for event in (read_event(event, text, spans, words) for event in events) if event]
    return Example(key, tuple(words), context, tuple(sorted(set(read), key=lambda event: event.head)))


@cache
def load_documents(shared: Path) -> dict[str, dict[str, Any]]:
    """Source documents by id, for their titles and for annotation that names spans in them."""
    paths = [*sorted((shared / "data/news").glob("*.gz")), shared / "data/travel/reports_2021.jsonl.gz"]
    documents = {}
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                document = json.loads(line)
                documents[document["id"]] = document
    return documents


def dev_sentences(shared: Path) -> frozenset[str]:
    """Normalised sentences of the dev documents, to keep them out of training."""
    return frozenset(
        normal(sentence)
        for path in (shared / "annotation/dev/in").glob("*.json")
        for sentence in json.loads(path.read_text())["sentences"]
    )


def normal(text: str) -> str:
    """Letters and digits only, for comparing sentences."""
    return re.sub(r"\W+", " ", text).lower().strip()


def load_annotated(shared: Path, own: Path | None = None) -> list[Example]:
    """All annotated sentences: those of ../shared, then our own spans over named sources."""
    documents, held = load_documents(shared), dev_sentences(shared)
    examples = []
    for line in (shared / "annotation/train/sentences.jsonl").read_text().splitlines():
        row = json.loads(line)
        if normal(row["text"]) not in held:
            title = documents.get(row["id"].split(".")[0], {}).get("title", "")
            examples.append(read_sentence(row["id"], row["text"], row["events"], title))
    for path in sorted(own.glob("*.jsonl")) if own else []:
        examples += [e for e in read_own(path, documents) if normal(" ".join(e.words)) not in held]
    for path in sorted(own.glob("written/*.jsonl")) if own else []:
        examples += read_written(path)
    return examples


def split_held_out(examples: list[Example]) -> tuple[list[Example], list[Example]]:
    """The examples that held_out.txt names (541 of the given sentences, drawn once), and all others."""
    keys = frozenset(Path(__file__).with_name("held_out.txt").read_text().split())
    return [e for e in examples if e.key in keys], [e for e in examples if e.key not in keys]


def read_written(path: Path) -> Iterator[Example]:
    """Sentences of our own writing with their annotation: {"doc", "title", "text", "events" as in the codebook}."""
    for n, line in enumerate(path.read_text().splitlines()):
        row = json.loads(line)
        yield read_sentence(f"{row['doc']}@{n}", row["text"], row["events"], row["title"])


def read_own(path: Path, documents: dict[str, dict[str, Any]]) -> Iterator[Example]:
    """Our annotation: {"doc", "span", "sha": first 8 hex digits of the sentence's SHA-256, "events": spans}.

    Raises ValueError if a sentence is not the one that was annotated.
    """
    for n, line in enumerate(path.read_text().splitlines(), 1):
        row = json.loads(line)
        document = documents[row["doc"]]
        text = document["text"][slice(*row["span"])]
        if hashlib.sha256(text.encode()).hexdigest()[:8] != row["sha"]:
            raise ValueError(f"{path}:{n}: the sentence of {row['doc']} at {row['span']} is not the one annotated")
        events = [
            {
                name: [text[a:b] for a, b in value]
                if name in ("actors", "recipients")
                else (text[slice(*value)] if name in ("trigger", "place", "when", "said_by") else value)
                for name, value in event.items()
            }
            for event in row["events"]
        ]
        yield read_sentence(f"{row['doc']}@{row['span'][0]}", text, events, document.get("title", ""))


# Names in GUM ------------------------------------------------------------------------------------------------

GUM_KINDS = {"person": "PER", "organization": "ORG", "place": "LOC"}
INSIDE_NAMES = frozenset(("of", "the", "and", "for", "&", "-", "'s", "de", "la", "del", "al", "."))


def read_names(path: Path) -> list[Example]:
    """Sentences of a GUM file with their names.

    A name is a person, organisation or place whose head is a capitalised proper noun, cut to the proper nouns around
    that head with the small words between them; of nested names the longest counts. An office alone ("Governor of
    Virginia") is no name.
    """
    examples = []
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for k, block in enumerate(stream.read().split("\n\n")):
            if block.strip():
                examples.append(_names_of(f"{path.name}:{k}", block.splitlines()))
    return examples


def _names_of(key: str, lines: list[str]) -> Example:
    text = next(line[9:] for line in lines if line.startswith("# text = "))
    rows = [line.split("\t") for line in lines if line[:1].isdigit()]
    rows = [row for row in rows if row[0].isdigit()]
    offsets, at = [], 0
    for row in rows:
        start = text.find(row[1], at)
        start = at if start < 0 else start
        at = start + len(row[1])
        offsets.append((start, at))
    spans = find_words(text)
    names: list[tuple[int, int, int]] = []
    for first, last, kind in sorted(_mentions(rows), key=lambda m: m[0] - m[1]):
        name = _trim(rows, first, last, kind)
        inside = name and to_words((offsets[name[0]][0], offsets[name[1]][1]), spans)
        if inside and all(inside[1] <= a or inside[0] >= b for a, b, _ in names):
            names.append((*inside, NAME_KINDS.index(kind)))
    return Example(key, tuple(text[a:b] for a, b in spans), names=tuple(sorted(names)))


def _mentions(rows: list[list[str]]) -> Iterator[tuple[int, int, str]]:
    """First and last token and kind of each person, organisation or place in a sentence's Entity marks."""
    opened: dict[str, list[tuple[int, str]]] = {}
    for k, row in enumerate(rows):
        marks = next((part[7:] for part in row[9].split("|") if part.startswith("Entity=")), "")
        for opening, number, rest, closing in re.findall(r"(\()?(\d+)(?:\[\d+/\d+\])?(-[^()]*)?(\))?", marks):
            if opening:
                opened.setdefault(number, []).append((k, rest.split("-")[1] if rest else ""))
            if closing and opened.get(number):
                first, kind = opened[number].pop()
                if kind in GUM_KINDS:
                    yield first, k, GUM_KINDS[kind]


def _trim(rows: list[list[str]], first: int, last: int, kind: str) -> Span | None:
    """The proper name within tokens first..last, as (first, last) tokens; None if its head is no proper noun.

    Proper nouns are those of the Penn tags: the universal ones split "United States" and "New York".
    """
    inside = range(first, last + 1)
    heads = [k for k in inside if not first <= int(rows[k][6]) - 1 <= last]
    if not heads or not _is_proper(rows[heads[0]]):
        return None
    inner = INSIDE_NAMES if kind == "ORG" else INSIDE_NAMES - {"and"}
    a = b = heads[0]
    while True:
        step = next(
            (n for n in (1, 2, 3) if b + n <= last and _is_proper(rows[b + n]) and _links(rows[b + 1 : b + n], inner)),
            0,
        )
        back = next(
            (n for n in (1, 2, 3) if a - n >= first and _is_proper(rows[a - n]) and _links(rows[a - n + 1 : a], inner)),
            0,
        )
        if not step and not back:
            return (a, b) if kind != "PER" else _without_titles(rows, a, b)
        a, b = a - back, b + step


def _without_titles(rows: list[list[str]], first: int, last: int) -> Span | None:
    """A person's name after the titles before it; None where nothing else is left, or another name follows "of"."""
    titles = [k for k in range(first, last + 1) if rows[k][1].lower() in TITLES]
    if not titles:
        return first, last
    start = titles[-1] + 1
    return (start, last) if start <= last and rows[start][1][0].isupper() else None


def _is_proper(row: list[str]) -> bool:
    return row[4].startswith("NNP") and (row[1][0].isupper() or row[1][0].isdigit())


def _links(rows: list[list[str]], inner: frozenset[str]) -> bool:
    return all(row[1].lower() in inner for row in rows)
