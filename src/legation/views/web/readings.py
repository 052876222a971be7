"""Readings begun from the browser, as they go: kept by the desk while it runs."""

import itertools
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

__all__ = ["Reading", "Readings"]

KEPT = 30  # readings told of


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading as it goes. state: waiting, reading, read, failed; before: number of the last report before it."""

    id: str
    what: str
    state: str = "waiting"
    n_new: int = 0
    n_known: int = 0
    n_claims: int = 0
    rejected: tuple[tuple[str, str], ...] = ()
    before: int = 0
    last: int = 0
    words: str = ""

    @property
    def is_over(self) -> bool:
        return self.state in ("read", "failed")


@dataclass(slots=True)
class Readings:
    """The readings of one desk, one at a time, newest last."""

    held: dict[str, Reading] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    one_at_a_time: threading.Lock = field(default_factory=threading.Lock)

    def put(self, reading: Reading) -> None:
        self.held[reading.id] = reading
        while len(self.held) > KEPT:
            del self.held[next(iter(self.held))]
