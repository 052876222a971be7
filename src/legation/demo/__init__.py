"""Demonstration reports: public facts, our own sentences, invented outlets.

In: nothing. Out: paths of the package's demo files, for any reader of JSON lines. README.md beside them says
what they tell, what is planted on purpose and why they are no press reports.
"""

from importlib.resources import files
from pathlib import Path

__all__ = ["demo_path", "expected_path"]


def demo_path() -> Path:
    """Return the path of reports.jsonl, JSON lines of id, date, source, title, text.

    The package must lie unpacked on disk, as pip installs it; from within a zip there is no such path.

        n_reports = len(demo_path().read_text(encoding="utf-8").splitlines())
    """
    return Path(str(files(__name__).joinpath("reports.jsonl")))


def expected_path() -> Path:
    """Return the path of expected.yml: what a good reader should find in the demonstration reports."""
    return Path(str(files(__name__).joinpath("expected.yml")))
