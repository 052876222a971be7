"""Measure date reading against TIMEX3 gold: read every report, then hand the readings to the scorer.

usage: python bench/dates.py REPORTS.jsonl OUT.jsonl
       python bench/dates.py REPORTS.jsonl OUT.jsonl SCORER GOLD... [--misses N]

REPORTS.jsonl is what the scorer's `--reports` wrote. The anchor: TimeBank and AQUAINT (TBAQ-cleaned, 256 documents),
value F1; the first row of systems of TempEval-3 (UzZaman et al. 2013) had 0.776 on the platinum documents.
"""

import json
import subprocess
import sys
import time
from pathlib import Path

from legation.language.dates import read_dates


def main(arguments: list[str]) -> None:
    """Read the reports, write one reading a line, and score them if a scorer is given."""
    reports, out, *scoring = arguments
    rows = [json.loads(line) for line in Path(reports).read_text().splitlines()]
    begun = time.perf_counter()
    readings = [(row["id"], reading) for row in rows for reading in read_dates(row["text"], row["date"])]
    n_words = sum(len(row["text"].split()) for row in rows)
    taken_ms = 1000 * (time.perf_counter() - begun)
    with Path(out).open("w") as file:
        for report, reading in readings:
            if reading.value:
                line = {"report": report, "span": reading.span, "value": reading.value, "rule": reading.rule}
                file.write(json.dumps(line) + "\n")
    sys.stderr.write(f"{len(rows)} reports, {taken_ms * 400 / n_words:.2f} ms per 400 words\n")
    if scoring:
        scorer, *rest = scoring
        gold = rest[: rest.index("--misses")] if "--misses" in rest else rest
        subprocess.run([sys.executable, scorer, *gold, "--", out, *rest[len(gold) :]], check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
