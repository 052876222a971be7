"""The errors that legation raises on purpose.

Each says what was expected, what was found, where, and what to do.
"""


class LegationError(Exception):
    """Something that the user can mend; the message says how."""


class SourceError(LegationError):
    """A source that can't be opened or read at all (one bad report in it is a Rejected, not an error)."""


class ReferenceDataError(LegationError):
    """A data file of legation's own that contradicts its schema."""
