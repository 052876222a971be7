"""How well claims are read: the figures of issue 2's table on whole documents with gold.

usage: python bench/claims.py [--shared ../shared] [--gold FOLDER] [--by-type] [--misses N] [--keep FILE]

Writes the gold folder's documents as reports, reads them as any user would (`legation read`), scores them with
bench/score_claims.py of ../shared. Documents and scorer are not part of this project.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path


def main() -> None:
    """Read, score, print the scorer's lines."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--keep", type=Path, help="write the claims here")
    options, rest = parser.parse_known_args()
    gold = options.gold or options.shared / "annotation/dev"
    if not gold.is_dir():
        sys.exit(f"{gold}: expected a folder with in/ and out/; found none. Name it with --gold.")
    with tempfile.TemporaryDirectory() as folder:
        reports = Path(folder, "reports.jsonl")
        claims = options.keep or Path(folder, "claims.jsonl")
        with reports.open("w") as stream:
            subprocess.run([sys.executable, options.shared / "bench/to_reports.py", gold], stdout=stream, check=True)
        command = [sys.executable, "-m", "legation", "read", str(reports), "--format", "jsonl", "-o", str(claims)]
        subprocess.run(command, check=True)
        scorer = options.shared / "bench/score_claims.py"
        subprocess.run([sys.executable, scorer, gold, claims, "--by-type", *rest], check=True)


if __name__ == "__main__":
    main()
