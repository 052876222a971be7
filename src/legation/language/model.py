"""The trained reader: sentences of words -> name tags, candidate triggers with all that belongs to them.

In: words of sentences, the words of the report's title. Out: SentenceScores, in the order of the sentences.
The model is one int8 ONNX file beside this module; its vocabulary, labels and thresholds travel in its metadata.
A session uses one thread and does not spin: several processes share a machine best that way.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from legation.errors import LegationError
from legation.language.labels import MODES, ROLES, STATUSES, TYPES
from legation.language.pieces import Encoded, WordPieces

__all__ = ["Candidate", "Reader", "SentenceScores", "default_model_path"]

Floats = NDArray[np.float32]
BATCH_PIECES = 256  # padded pieces a run: little padding, and enough rows for the arithmetic to be fast


def default_model_path() -> Path:
    """Where the model lies that legation ships."""
    return Path(str(files("legation.language").joinpath("reader.onnx")))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that may be a trigger.

    word:   its index in the sentence.
    types:  (type,) probability of each of TYPES.
    modes:  (mode,) score of each of MODES, before any softmax.
    statuses: (status,) probability of each of STATUSES.
    roles:  (word, role, 3) probability that the word is outside, begins, or is inside a span of each of ROLES.
    """

    word: int
    types: Floats
    modes: Floats
    statuses: Floats
    roles: Floats

    @property
    def score(self) -> float:
        """Probability that the word is a trigger of any type."""
        return float(self.types.sum())


@dataclass(frozen=True, slots=True)
class SentenceScores:
    """What the model says of one sentence: a name tag for each word read, and the candidate triggers."""

    names: list[int]
    candidates: tuple[Candidate, ...]


class Reader:
    """The model, loaded once a process. Raises LegationError where the file is missing or not a reader."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or default_model_path()
        if not self.path.is_file():
            raise LegationError(
                f"{self.path}: the language model is missing. Reinstall legation, or make the model with training/."
            )
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(str(self.path), options, providers=["CPUExecutionProvider"])
        about: dict[str, str] = self._session.get_modelmeta().custom_metadata_map
        expected = {"types": TYPES, "modes": MODES, "statuses": STATUSES, "roles": ROLES}
        if json.loads(about.get("labels", "null")) != json.loads(json.dumps(expected)):
            raise LegationError(
                f"{self.path}: this model was made for other labels than this version of legation knows."
                " Reinstall legation, or train again."
            )
        self.about: dict[str, Any] = {
            key: json.loads(value) for key, value in about.items() if key not in ("vocabulary", "labels")
        }
        self._pieces = WordPieces(about["vocabulary"].split("\n"))

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the model file, in hex."""
        return hashlib.sha256(self.path.read_bytes()).hexdigest()

    def read(self, sentences: Sequence[tuple[Sequence[str], Sequence[str]]], *, floor: float) -> list[SentenceScores]:
        """Score sentences, each given as its words and the words of its report's title.

        floor: words below this probability of being a trigger are no candidates.
        Words beyond the model's length get no tags: `len(names)` says how many were read.
        """
        encoded = [self._pieces.encode(words, context) for words, context in sentences]
        scores: list[SentenceScores | None] = [None] * len(encoded)
        for group in _groups(encoded):
            for k, score in zip(group, self._run([encoded[k] for k in group], floor), strict=True):
                scores[k] = score
        return [score for score in scores if score is not None]

    def _run(self, batch: Sequence[Encoded], floor: float) -> Iterable[SentenceScores]:
        n_pieces = max(len(e.pieces) for e in batch)
        n_words = max(1, *(len(e.firsts) for e in batch)) if batch else 1
        pieces = np.zeros((len(batch), n_pieces), np.int64)
        shapes = np.zeros_like(pieces)
        piece_mask = np.zeros(pieces.shape, np.float32)
        firsts = np.zeros((len(batch), n_words), np.int64)
        word_mask = np.zeros(firsts.shape, np.float32)
        for k, e in enumerate(batch):
            pieces[k, : len(e.pieces)] = e.pieces
            shapes[k, : len(e.shapes)] = e.shapes
            piece_mask[k, : len(e.pieces)] = 1
            firsts[k, : len(e.firsts)] = e.firsts
            word_mask[k, : len(e.firsts)] = 1
        names, types, at, modes, statuses, roles = self._session.run(
            None,
            {
                "pieces": pieces,
                "shapes": shapes,
                "piece_mask": piece_mask,
                "firsts": firsts,
                "word_mask": word_mask,
                "floor": np.array([floor], np.float32),
            },
        )
        found: list[list[Candidate]] = [[] for _ in batch]
        for n, (row, word) in enumerate(at[1:].tolist(), 1):  # the first only keeps the graph from being empty
            width = len(batch[row].firsts)
            found[row].append(Candidate(word, types[row, word, 1:], modes[n], statuses[n], roles[n, :width]))
        for k, e in enumerate(batch):
            yield SentenceScores(names[k, : len(e.firsts)].tolist(), tuple(found[k]))


def _groups(encoded: Sequence[Encoded]) -> Iterable[list[int]]:
    """Indices of inputs of like length, at most BATCH_PIECES padded pieces together."""
    group: list[int] = []
    for k in sorted(range(len(encoded)), key=lambda k: len(encoded[k].pieces)):
        if group and (len(group) + 1) * len(encoded[k].pieces) > BATCH_PIECES:
            yield group
            group = []
        group.append(k)
    if group:
        yield group
