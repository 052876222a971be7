"""Treebanks -> training examples of names and word classes over legation's own words.

In: CoNLL-U files: GUM, with its entity marks, for names; any treebank for word classes; and training/annotations/names:
names that we marked by reading, as character spans over named sources. Out: Examples.

A name is that of one person, organisation or place, as in the usual three-kind schemes (CoNLL 2003): without titles,
peoples ("the French") or roles. GUM marks mentions ("Environment Canada spokesperson Julie Hahn"), so names are cut out
of them by its parses; of nested names the longest counts.
"""

import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

from legation.language.labels import NAME_KINDS
from legation.language.titles import TITLES
from legation.language.words import find_words
from training.data import Example, Span, load_documents, to_words

GUM_KINDS = {"person": "PER", "organization": "ORG", "place": "LOC"}
PERSON_LINKS = frozenset(("-", "de", "la", "del", "al", "."))  # small words inside names
PLACE_LINKS = PERSON_LINKS | {"of", "the", "'s", "&"}
LINKS = {"PER": PERSON_LINKS, "LOC": PLACE_LINKS, "ORG": PLACE_LINKS | {"and", "for"}}
Mention = tuple[int, int, str]  # first and last token, kind
CLASSES = tuple("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split())
FORM, CLASS, PENN, HEAD, RELATION, MISC = 1, 3, 4, 6, 7, 9  # columns of CoNLL-U
NAMED_PARTS = frozenset(("flat", "flat:name", "appos"))  # how a name hangs on the noun before it: "critic Louis Ehlert"


def read_names(path: Path) -> list[Example]:
    """Sentences of a GUM file with their names and word classes."""
    return [_example(key, text, rows, named=True) for key, text, rows in _sentences(path)]


def read_classes(path: Path) -> list[Example]:
    """Sentences of a treebank with their word classes."""
    return [_example(key, text, rows, named=False) for key, text, rows in _sentences(path)]


def read_own_names(folder: Path, shared: Path) -> list[Example]:
    """Our annotation of names: {"doc", "span", "sha", "names": [[start, end, kind]]}, offsets in the sentence.

    doc is a document of ../shared, or "ewt:" and a sentence's id in the EWT treebank's training part. Raises
    ValueError if a sentence is not the one that was annotated.
    """
    documents = {key: document["text"] for key, document in load_documents(shared).items()}
    ewt = {f"ewt:{key}": text for key, text, _ in _sentences(shared / "data/treebanks/ewt-train.conllu.gz")}
    examples = []
    for path in sorted(folder.glob("*.jsonl")):
        for n, line in enumerate(path.read_text().splitlines(), 1):
            row = json.loads(line)
            text = (documents.get(row["doc"]) or ewt[row["doc"]])[slice(*row["span"])]
            if hashlib.sha256(text.encode()).hexdigest()[:8] != row["sha"]:
                raise ValueError(f"{path}:{n}: the sentence of {row['doc']} at {row['span']} is not the one annotated")
            spans = find_words(text)
            read = [(to_words((a, b), spans), NAME_KINDS.index(kind)) for a, b, kind in row["names"]]
            names = tuple((*words, kind) for words, kind in read if words)
            examples.append(Example(f"{row['doc']}@{row['span'][0]}", tuple(text[a:b] for a, b in spans), names=names))
    return examples


def _sentences(path: Path) -> Iterator[tuple[str, str, list[list[str]]]]:
    """Id, text and token rows of each sentence of a CoNLL-U file."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for block in stream.read().split("\n\n"):
            lines = block.splitlines()
            rows = [row for row in (line.split("\t") for line in lines if line[:1].isdigit()) if row[0].isdigit()]
            if rows:
                facts = dict(line[2:].split(" = ", 1) for line in lines if line.startswith("# ") and " = " in line)
                yield facts["sent_id"], facts["text"], rows


def _example(key: str, text: str, rows: list[list[str]], *, named: bool) -> Example:
    offsets, at = [], 0
    for row in rows:
        start = text.find(row[FORM], at)
        start = at if start < 0 else start
        at = start + len(row[FORM])
        offsets.append((start, at))
    spans = find_words(text)
    names: list[tuple[int, int, int]] = []
    mentions = list(_mentions(rows)) if named else []
    found = [(name, mention[2]) for mention in mentions if (name := _name(rows, mention, mentions))]
    for (first, last), kind in sorted(found, key=lambda pair: pair[0][0] - pair[0][1]):
        inside = to_words((offsets[first][0], offsets[last][1]), spans)
        if inside and all(inside[1] <= a or inside[0] >= b for a, b, _ in names):
            names.append((*inside, NAME_KINDS.index(kind)))
    classes = tuple(_class_at(span, offsets, rows) for span in spans)
    words = tuple(text[a:b] for a, b in spans)
    return Example(key, words, names=tuple(sorted(names)) if named else None, classes=classes)


def _class_at(span: Span, offsets: list[Span], rows: list[list[str]]) -> int:
    """The class of the first token that the word touches; -100 (not counted) if none does."""
    row = next((row for (a, b), row in zip(offsets, rows, strict=True) if a < span[1] and b > span[0]), None)
    return CLASSES.index(row[CLASS]) if row and row[CLASS] in CLASSES else -100


def _mentions(rows: list[list[str]]) -> Iterator[Mention]:
    """First and last token and kind of each person, organisation or place in a sentence's Entity marks."""
    opened: dict[str, list[tuple[int, str]]] = {}
    for k, row in enumerate(rows):
        marks = next((part[7:] for part in row[MISC].split("|") if part.startswith("Entity=")), "")
        for opening, number, rest, closing in re.findall(r"(\()?(\d+)(?:\[\d+/\d+\])?(-[^()]*)?(\))?", marks):
            if opening:
                opened.setdefault(number, []).append((k, rest.split("-")[1] if rest else ""))
            if closing and opened.get(number):
                first, kind = opened[number].pop()
                if kind in GUM_KINDS:
                    yield first, k, GUM_KINDS[kind]


def _name(rows: list[list[str]], mention: Mention, mentions: list[Mention]) -> Span | None:
    """The proper name within a mention, as (first, last) tokens; None if it has none.

    Proper nouns are those of the Penn tags: the universal ones split "United States" and "New York".
    """
    first, last, kind = mention
    inside = range(first, last + 1)
    head = next((k for k in inside if not first <= int(rows[k][HEAD]) - 1 <= last), None)
    if head is not None and kind == "PER" and not _is_proper(rows[head]):
        head = next((k for k in inside if _is_named_part(rows, k, head)), None)
    if head is None or not _is_proper(rows[head]):
        return None
    if kind == "PER" and (rows[head][PENN] == "NNPS" or rows[head][CLASS] != "PROPN"):
        return None
    allowed = set(inside)
    if kind == "PER":  # "Governor of Washington Chris Gregoire": another's name is no part of a person's
        allowed -= {
            k for a, b, other in mentions if other != kind and first <= a and b <= last for k in range(a, b + 1)
        }
    a = b = head
    while True:
        step = next((n for n in (1, 2, 3) if b + n in allowed and _reaches(rows, b + n, rows[b + 1 : b + n], kind)), 0)
        back = next((n for n in (1, 2, 3) if a - n in allowed and _reaches(rows, a - n, rows[a - n + 1 : a], kind)), 0)
        if not step and not back:
            return (a, b) if kind != "PER" else _without_titles(rows, a, b)
        a, b = a - back, b + step


def _is_named_part(rows: list[list[str]], k: int, head: int) -> bool:
    return int(rows[k][HEAD]) - 1 == head and rows[k][RELATION] in NAMED_PARTS and k == head + 1 and _is_proper(rows[k])


def _reaches(rows: list[list[str]], k: int, between: list[list[str]], kind: str) -> bool:
    """Whether a name goes on at token k over the small words between."""
    return rows[k][PENN].startswith("NNP") and all(row[FORM].lower() in LINKS[kind] for row in between)


def _without_titles(rows: list[list[str]], first: int, last: int) -> Span | None:
    """A person's name after the titles before it; None where nothing else is left, or another name follows "of"."""
    titles = [k for k in range(first, last + 1) if rows[k][RELATION] == "nmod:desc" or rows[k][FORM].lower() in TITLES]
    start = titles[-1] + 1 if titles else first
    return (start, last) if start <= last and rows[start][FORM][0].isupper() else None


def _is_proper(row: list[str]) -> bool:
    return row[PENN].startswith("NNP") and (row[FORM][0].isupper() or row[FORM][0].isdigit())
