"""Reports that copy each other have one origin.

In: texts. Out: for each the bands by which near-copies are found, and whether two texts are copies. Idea: MinHash over
shingles of three words with banding (Broder 1997; Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, ch. 3)
finds candidates; the texts themselves then decide. Origins are the connected parts of the graph of copies.
"""

import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from legation.reference.gazetteer import read_words

__all__ = ["DAYS_APART", "Print", "bands_of", "find_origins", "group_copies", "is_copy", "print_of", "shingles_of"]

SHINGLE = 3  # words
# 20 bands of 3: a pair that shares half of its shingles is found with probability 0.93, one that shares 0.7 surely.
N_BANDS, N_ROWS = 20, 3
# Copies share most of the smaller text. The six planted pairs of the demonstration reports share 0.87 and more, the
# nearest other pair 0.14; below 0.5 follow-ups that repeat an agency's background would count as copies.
SHARED = 0.6
MIN_SHINGLES = 12  # shorter texts are headlines: only equal ones are copies
DAYS_APART = 10  # what is printed again later is told again
_MERSENNE = np.uint64((1 << 61) - 1)
_RANDOM = np.random.Generator(np.random.PCG64(20240321))
_FACTORS = _RANDOM.integers(1, 1 << 31, N_BANDS * N_ROWS, dtype=np.uint64)[:, None]
_TERMS = _RANDOM.integers(0, 1 << 61, N_BANDS * N_ROWS, dtype=np.uint64)[:, None]


def shingles_of(text: str) -> frozenset[int]:
    """Return checksums of the text's runs of three words, case and marks aside; of single signs where words are few."""
    words = [word.folded for word in read_words(text)]
    if len(words) < SHINGLE:
        words = [sign for sign in text if not sign.isspace()]
    runs = (" ".join(words[k : k + SHINGLE]) for k in range(max(1, len(words) - SHINGLE + 1)))
    return frozenset(zlib.crc32(run.encode()) for run in runs)


def bands_of(shingles: frozenset[int]) -> tuple[int, ...]:
    """Return one number a band; near-copies share at least one. Equal on every machine."""
    values: NDArray[np.uint64] = np.fromiter(sorted(shingles), dtype=np.uint64, count=len(shingles))[None, :]
    smallest = ((_FACTORS * values + _TERMS) % _MERSENNE).min(axis=1).reshape(N_BANDS, N_ROWS)
    return tuple(
        zlib.crc32(band.tobytes()) << 16 | number for number, band in enumerate(np.ascontiguousarray(smallest))
    )


def is_copy(one: frozenset[int], other: frozenset[int]) -> bool:
    """Whether one text repeats the other, whole or cut short."""
    smaller = min(len(one), len(other))
    if smaller < MIN_SHINGLES:
        return one == other
    return len(one & other) >= SHARED * smaller


def group_copies(digests: Sequence[str], copies: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return the origin of each report: the smallest digest among those that it is connected with by copying."""
    origin: dict[str, str] = {}
    for start in sorted(digests):
        if start in origin:
            continue
        waiting = [start]
        while waiting:
            one = waiting.pop()
            if one not in origin:
                origin[one] = start
                waiting.extend(copies.get(one, ()))
    return origin


@dataclass(frozen=True, slots=True)
class Print:
    """What is kept of a text to find its copies. day: ordinal of publication, 0 where unknown."""

    digest: str
    day: int
    shingles: bytes
    bands: tuple[int, ...]


def print_of(digest: str, day: int, text: str) -> Print:
    """Return what is kept of a text of this day: a hundredth of what its shingles take as a set."""
    shingles = shingles_of(text)
    return Print(digest, day, np.array(sorted(shingles), dtype=np.uint32).tobytes(), bands_of(shingles))


def find_origins(prints: Iterable[Print]) -> dict[str, str]:
    """Return the origin of each text by its digest, as a record works it out from its tables."""
    by_digest = {one.digest: one for one in prints}
    by_band: dict[int, list[Print]] = defaultdict(list)
    for digest in sorted(by_digest):
        for band in by_digest[digest].bands:
            by_band[band].append(by_digest[digest])
    pairs = {
        (one.digest, other.digest)
        for group in by_band.values()
        for n, other in enumerate(group)
        for one in group[:n]
        if abs(one.day - other.day) <= DAYS_APART
    }
    copies: dict[str, list[str]] = defaultdict(list)
    for one_digest, other_digest in sorted(pairs):
        one, other = (
            frozenset(np.frombuffer(by_digest[digest].shingles, dtype=np.uint32).tolist())
            for digest in (one_digest, other_digest)
        )
        if is_copy(one, other):
            copies[one_digest].append(other_digest)
            copies[other_digest].append(one_digest)
    return group_copies(sorted(by_digest), copies)
