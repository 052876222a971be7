"""What a page answers where it can't give what was asked: the words are shown, and the status is sent."""

from legation.errors import LegationError

__all__ = ["Fault", "bad_request", "not_found", "refused"]


class Fault(LegationError):
    """An answer other than the page asked for: HTTP status, what is wrong, and what to do."""

    def __init__(self, status: int, words: str, advice: str = "") -> None:
        super().__init__(words)
        self.status = status
        self.words = words
        self.advice = advice


def bad_request(words: str, advice: str = "") -> Fault:
    """The address or form says something that can't be."""
    return Fault(400, words, advice)


def not_found(words: str, advice: str = "") -> Fault:
    """Nothing of this id or address."""
    return Fault(404, words, advice)


def refused(words: str, advice: str = "") -> Fault:
    """Asked by somebody, or in a way, that isn't let in."""
    return Fault(403, words, advice)
