"""Annotated sentences -> training examples over legation's own words; treebanks are read in treebanks.py.

In: ../shared (or the folder that --shared names): annotation/train, data/*; and training/annotations: our own
annotation as character spans over named sources, and of sentences of our own writing. Out: Examples.
Dev documents are never read here; sentences of theirs that stand elsewhere are dropped.
"""

import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from legation.language.labels import MODES, ROLES, STATUSES, TYPES
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
    """A sentence with its events, names (first, end, kind) and word classes; None where not annotated."""

    key: str
    words: tuple[str, ...]
    context: tuple[str, ...] = ()
    events: tuple[Event, ...] | None = None
    names: tuple[tuple[int, int, int], ...] | None = None
    classes: tuple[int, ...] | None = None


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
