"""What is installed, and whether the model reads: the findings of `legation doctor`."""

import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from legation import __version__
from legation.errors import LegationError
from legation.language.model import Reader, default_model_path
from legation.language.read import read_reports
from legation.sources import Published, make_report

__all__ = ["Finding", "diagnose"]

NEEDED = ("numpy", "onnxruntime", "tokenizers", "typer", "rich", "PyYAML", "trafilatura", "feedparser", "warcio")
PROBE = "The foreign ministers of France and Japan met in Paris on Monday, the ministry said."


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: what, whether it is as it should be, and what was found."""

    subject: str
    is_right: bool
    words: str


def diagnose() -> list[Finding]:
    """Look at Python, the libraries, the model's digest, and read one sentence."""
    python = ".".join(map(str, sys.version_info[:3]))
    findings = [Finding("legation", True, __version__), Finding("Python", sys.version_info >= (3, 11), python)]
    for name in NEEDED:
        try:
            findings.append(Finding(name, True, version(name)))
        except PackageNotFoundError:
            findings.append(Finding(name, False, f"missing. Install it with: pip install {name}"))
    return findings + _diagnose_model()


def _diagnose_model() -> list[Finding]:
    try:
        reader = Reader()
    except LegationError as error:
        return [Finding("model", False, str(error))]
    shipped = default_model_path().with_suffix(".sha256").read_text().split()[0]
    is_shipped = reader.digest == shipped
    digest = Finding(
        "model digest",
        is_shipped,
        reader.digest[:16] if is_shipped else f"{reader.digest[:16]}, shipped was {shipped[:16]}. Reinstall legation.",
    )
    report = make_report(PROBE, origin="probe", published=Published("2024-03-28", "field"))
    claims = read_reports([report], reader)[0].claims
    wanted = [c for c in claims if c.type == "CONSULT" and c.when and c.when.value == "2024-03-25"]
    reads = Finding(
        "reading", bool(wanted), "a meeting told in one sentence is found" if wanted else "the probe was misread"
    )
    return [digest, reads]
