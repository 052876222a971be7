"""Examples -> padded batches of like length."""

import random
from collections.abc import Iterator, Sequence

import torch
from torch import Tensor

from legation.language.labels import MODES, TYPES
from legation.language.pieces import WordPieces
from training.data import Example
from training.model import Batch, minilm_vocabulary

BATCH_PIECES = 1600  # padded pieces in a batch: about 32 news sentences
CONTEXT_DROPOUT = 0.35  # share of sentences read without their title, so that the reader needs none
PIECE_DROPOUT = 0.06  # share of word pieces replaced by [MASK] in training
MASK = 103

pieces_of = WordPieces(minilm_vocabulary())


def collate(examples: Sequence[Example], *, training: bool) -> Batch:
    """Pad examples to one batch; lengths to multiples of 8."""
    encoded = []
    for example in examples:
        drop = training and random.random() < CONTEXT_DROPOUT
        encoded.append(pieces_of.encode(example.words, () if drop else example.context))
    n_pieces = -(-max(len(e.pieces) for e in encoded) // 8) * 8
    n_words = max(len(e.firsts) for e in encoded)
    pieces = torch.zeros(len(encoded), n_pieces, dtype=torch.long)
    shapes = torch.zeros_like(pieces)
    piece_mask = torch.zeros(len(encoded), n_pieces)
    firsts = torch.zeros(len(encoded), n_words, dtype=torch.long)
    word_mask = torch.zeros(len(encoded), n_words)
    for k, e in enumerate(encoded):
        pieces[k, : len(e.pieces)] = torch.tensor(e.pieces)
        shapes[k, : len(e.shapes)] = torch.tensor(e.shapes)
        piece_mask[k, : len(e.pieces)] = 1
        firsts[k, : len(e.firsts)] = torch.tensor(e.firsts)
        word_mask[k, : len(e.firsts)] = 1
    if training:
        hidden = (torch.rand(pieces.shape) < PIECE_DROPOUT) & (pieces > 103)
        pieces = pieces.masked_fill(hidden, MASK)
    return Batch(pieces, shapes, piece_mask, firsts, word_mask)


def batches(examples: list[Example], *, shuffle: bool) -> Iterator[list[Example]]:
    """Groups of examples of like length, at most BATCH_PIECES padded pieces each."""
    order = list(examples)
    if shuffle:
        random.shuffle(order)
    sizes = {id(e): len(e.words) * 1.25 + len(e.context) for e in order}
    order.sort(key=lambda e: sizes[id(e)] + (random.random() * 6 if shuffle else 0))
    groups: list[list[Example]] = []
    group: list[Example] = []
    for example in order:
        if group and (len(group) + 1) * (sizes[id(example)] + 4) > BATCH_PIECES:
            groups.append(group)
            group = []
        group.append(example)
    groups.append(group)
    if shuffle:
        random.shuffle(groups)
    yield from groups


def mode_mask() -> Tensor:
    """(type + 1, mode): 0 for modes of the type, a large negative number for others."""
    mask = torch.full((len(TYPES) + 1, len(MODES)), -1e4)
    for k, (kind, _) in enumerate(MODES):
        mask[TYPES.index(kind) + 1, k] = 0.0
    return mask


MODE_MASK = mode_mask()
