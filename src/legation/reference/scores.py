"""How far an act brings two sides together or against each other, by type and mode, from -10 to +10.

In: scores.csv. Out: a look-up. The scale is that of data coded in PLOVER; the values are legation's own, see the table.
"""

from functools import cache

from legation.errors import ReferenceDataError
from legation.reference.codebook import load_codebook
from legation.reference.tables import check_unique, read_csv

__all__ = ["score_of"]


@cache
def _scores() -> dict[tuple[str, str], float]:
    rows = list(read_csv("scores.csv"))
    check_unique("scores.csv", ((number, f"{row['type']} {row['mode']}") for number, row in rows))
    known = {(kind.code, mode) for kind in load_codebook().types for mode in ("", *(m.code for m in kind.modes))}
    for number, row in rows:
        if (row["type"], row["mode"]) not in known:
            raise ReferenceDataError(
                f'reference/scores.csv:{number}: "{row["type"]} {row["mode"]}" is not in the codebook. '
                "Write a type and one of its modes, or no mode."
            )
    return {(row["type"], row["mode"]): float(row["score"]) for _, row in rows}


def score_of(type: str, mode: str | None) -> float:
    """Return the score of an act that was done; that of the type where the mode has none.

    >>> score_of("CONSULT", "visit"), score_of("ASSAULT", "strike")
    (2.0, -10.0)
    """
    scores = _scores()
    return scores.get((type, mode or ""), scores.get((type, ""), 0.0))
