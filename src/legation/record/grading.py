"""How far an outlet and a report are trusted, by the letters and numbers of NATO's grading of sources (AJP-2.1).

In: a grade, e.g. "B2", "B" or "2". Out: the weight with which an origin counts where a value of a field is chosen.
An outlet's reliability is A to F, a report's credibility 1 to 6; F and 6 say that it can't be judged, which is where
everything begins.
"""

__all__ = ["CREDIBILITY", "RELIABILITY", "weight_of"]

RELIABILITY = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "can't be judged",
}
CREDIBILITY = {
    "1": "confirmed by others",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "can't be judged",
}
# An origin that can't be judged counts once. One that is trusted outweighs one that isn't, three that can't be judged
# outweigh any single one: so that a grade turns close calls, and no grade silences many voices.
WEIGHTS = {
    "A": 1.6, "B": 1.3, "C": 1.0, "D": 0.6, "E": 0.3, "F": 1.0,
    "1": 1.6, "2": 1.3, "3": 1.0, "4": 0.6, "5": 0.3, "6": 1.0,
}  # fmt: skip


def weight_of(grade: str) -> float:
    """Return how much an origin counts.

    >>> weight_of(""), round(weight_of("B4"), 2)
    (1.0, 0.78)
    """
    weight = 1.0
    for sign in grade:
        weight *= WEIGHTS[sign]
    return weight
