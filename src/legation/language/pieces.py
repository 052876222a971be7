"""Words to the model's input: word pieces, the first piece of each word, word shapes.

In: words of a sentence and, before it, the words of the report's title as context. Out: integer arrays.
The layout is [CLS] title [SEP] sentence [SEP]; only the sentence's words get a word vector.
Idea: first-subword pooling (Devlin et al. 2019, section 5.3).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from legation.language.labels import word_shape

__all__ = ["MAX_CONTEXT", "MAX_PIECES", "Encoded", "WordPieces"]

CLS, SEP, UNKNOWN = 101, 102, 100
MAX_PIECES = 160  # of a whole input; longer sentences (under 0.1% of news) are cut and read in parts
MAX_CONTEXT = 18  # pieces of the title: 95% of titles fit
MAX_WORD = 8  # pieces of one word
REMEMBERED = 100_000  # words whose pieces are kept: some 20 MB


@dataclass(frozen=True, slots=True)
class Encoded:
    """A sentence as the model takes it.

    pieces:  vocabulary ids, [CLS] … [SEP].
    shapes:  for each piece the shape of its word plus one; 0 for marks and for the title.
    firsts:  for each word of the sentence the index of its first piece.
    """

    pieces: list[int]
    shapes: list[int]
    firsts: list[int]


class WordPieces:
    """Words to the model's input over one vocabulary; remembers the pieces of the words that it has seen."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._tokenizer = Tokenizer(
            models.WordPiece(
                {piece: k for k, piece in enumerate(vocabulary)},
                unk_token="[UNK]",
                max_input_chars_per_word=60,
            )
        )
        self._tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
        self._tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
        self._known: dict[str, tuple[list[int], int]] = {}

    def _word(self, word: str) -> tuple[list[int], int]:
        """Pieces of one word and its shape plus one; a word that the normaliser empties becomes unknown."""
        known = self._known.get(word)
        if known is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            ids = self._tokenizer.encode(word, add_special_tokens=False).ids[:MAX_WORD]
            known = self._known[word] = (ids or [UNKNOWN], word_shape(word) + 1)
        return known

    def encode(self, words: Sequence[str], context: Sequence[str] = (), *, max_pieces: int = MAX_PIECES) -> Encoded:
        """Return the model's input for these words.

        Words past max_pieces are left out: `len(result.firsts)` says how many went in.
        """
        pieces, shapes = [CLS], [0]
        for word in context:
            ids, _ = self._word(word)
            if len(pieces) + len(ids) > MAX_CONTEXT:
                break
            pieces += ids
            shapes += [0] * len(ids)
        if len(pieces) > 1:
            pieces.append(SEP)
            shapes.append(0)
        firsts = []
        for word in words:
            ids, shape = self._word(word)
            if len(pieces) + len(ids) >= max_pieces:
                break
            firsts.append(len(pieces))
            pieces += ids
            shapes += [shape] * len(ids)
        pieces.append(SEP)
        shapes.append(0)
        return Encoded(pieces, shapes, firsts)
