"""How well trips are rebuilt: the bars of issue 3's table.

usage: python bench/trips.py [--shared ../shared] [--workers N] [--keep FILE] [--only travel|kcna|seeds]

travel  reads travel/reports_2021 as any user would (`legation trips --format json`) and scores the stops of President
        and Secretary with bench/score_trips.py of ../shared against the official record of foreign travel.
kcna    prints the two tours that KCNA told in July and August 2024, for reading beside the items.
seeds   prints the tour of the two seed reports.

Reports, record and scorer are not part of this project.
"""

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
from pathlib import Path

TOURS = {"BLR": ("2024-07-20", "2024-07-30"), "MNG": ("2024-08-24", "2024-09-04")}


def read_trips(reports: Path, output: Path, workers: int | None) -> list[dict[str, object]]:
    """Run the command; return what it wrote."""
    command = [sys.executable, "-m", "legation", "trips", str(reports), "--format", "json", "-o", str(output)]
    done = subprocess.run(command + (["--workers", str(workers)] if workers else []), check=False)
    if done.returncode not in (0, 3):
        sys.exit(f"legation trips {reports}: ended with {done.returncode}")
    trips: list[dict[str, object]] = json.loads(output.read_text())
    return trips


def show(trip: dict[str, object]) -> None:
    """Print a trip as JSON without its evidence."""
    print(trip["traveller"], trip["country"], trip["start"], trip["end"], trip["party"])
    stops = trip["stops"]
    for stop in stops if isinstance(stops, list) else []:
        print("   ", stop["country"], stop["place"], stop["start_edtf"], stop["end_edtf"], stop["status"])
        for meeting in stop["meetings"]:
            print("       ", meeting["when"], meeting["kind"], meeting["with"], f"{meeting['n_origins']} origins")


def bench_kcna(shared: Path, folder: Path, workers: int | None) -> None:
    """The items of the weeks of the two tours; trips of the two states' travellers."""
    items = folder / "kcna.jsonl"
    with gzip.open(shared / "data/news/kcna_2024.jsonl.gz", "rt") as stream, items.open("w") as out:
        for line in stream:
            day = json.loads(line)["date"][:10]
            if any(first <= day <= last for first, last in TOURS.values()):
                out.write(line)
    for trip in read_trips(items, folder / "kcna.json", workers):
        if trip["country"] in TOURS:
            show(trip)


def main() -> None:
    """Read, score, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--workers", type=int)
    parser.add_argument("--keep", type=Path, help="write the trips of the travel reports here")
    parser.add_argument("--only", choices=("travel", "kcna", "seeds"))
    options = parser.parse_args()
    travel = options.shared / "data/travel"
    if not travel.is_dir():
        sys.exit(f"{travel}: expected the travel reports; found none. Name the folder above with --shared.")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if options.only in (None, "seeds"):
            for trip in read_trips(options.shared / "data/seeds", folder / "seeds.json", options.workers):
                show(trip)
        if options.only in (None, "kcna"):
            bench_kcna(options.shared, folder, options.workers)
        if options.only in (None, "travel"):
            trips = options.keep or folder / "travel.json"
            read_trips(travel / "reports_2021.jsonl.gz", trips, options.workers)
            scorer = options.shared / "bench/score_trips.py"
            subprocess.run([sys.executable, scorer, travel / "truth_2021.csv", trips, "--misses"], check=True)


if __name__ == "__main__":
    main()
