"""Whether the record joins what tells one meeting, visit or call: judged pairs of feed items (feed_pairs.md).

usage: pairs.py FEEDS.jsonl.gz [--part dev|test] [--misses N] [--far]

Reads the items of the pairs into one record; a pair counts as joined if its two reports tell a common CONSULT event,
or one a visit and the other a meeting during it.
Prints precision, recall and F1; --far leaves out pairs more than 90 days apart, which the date alone settles.
"""

import argparse
import csv
import gzip
import json
import tempfile
from datetime import date
from pathlib import Path

from legation.language.read import Reading
from legation.pipeline import read_paths
from legation.record import Event
from legation.record.merging import is_during
from legation.record.store import open_record
from legation.sources.report import Rejected

PAIRS = Path(__file__).with_name("feed_pairs.csv")


def main() -> None:
    """Read, join, score."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("feeds", type=Path)
    parser.add_argument("--part", default="dev")
    parser.add_argument("--misses", type=int, default=0)
    parser.add_argument("--far", action="store_true")
    arguments = parser.parse_args()
    with PAIRS.open(newline="") as file:
        pairs = [row for row in csv.DictReader(file) if row["part"] == arguments.part]
    wanted = {row[side] for row in pairs for side in "ab"}
    results = read_items(arguments.feeds, wanted)
    days = {r.report.id: r.report.published.day for r in results if isinstance(r, Reading)}
    if arguments.far:
        pairs = [row for row in pairs if _apart(days, row) <= 90]
    events = find_events(results)
    print(json.dumps(score(pairs, events, results, arguments.misses)))


def read_items(feeds: Path, wanted: set[str]) -> list[Reading | Rejected]:
    """Read those items of the feeds."""
    with tempfile.TemporaryDirectory() as folder, gzip.open(feeds, "rt", encoding="utf-8") as stream:
        chosen = Path(folder, "items.jsonl")
        chosen.write_text("".join(line for line in stream if json.loads(line)["id"] in wanted), encoding="utf-8")
        return list(read_paths([str(chosen)], workers=1))


def _apart(days: dict[str, str | None], row: dict[str, str]) -> int:
    one, other = (date.fromisoformat(days.get(row[side]) or "1900-01-01") for side in "ab")
    return abs((one - other).days)


def find_events(results: list[Reading | Rejected]) -> dict[str, tuple[set[str], set[str]]]:
    """The CONSULT events that each report tells, and the visits that its meetings were part of."""
    told: dict[str, tuple[set[str], set[str]]] = {}
    with tempfile.TemporaryDirectory() as folder, open_record(Path(folder, "pairs")) as record:
        record.add(results, reader="bench")
        events = [event for event in record.events() if event.type == "CONSULT"]
        visits: dict[str, list[Event]] = {}
        for event in events:
            for person in event.participants:
                if event.kind == "visit" and person.role == "actor":
                    visits.setdefault(person.actor, []).append(event)
        for event in events:
            around = {v.id for p in event.participants for v in visits.get(p.actor, ()) if is_during(event, v)}
            for claim in event.claims:
                own, visits_around = told.setdefault(claim.report, (set(), set()))
                own.add(event.id)
                visits_around |= around
    return told


def is_one(a: tuple[set[str], set[str]], b: tuple[set[str], set[str]]) -> bool:
    """Whether two reports tell one event, or one a visit and the other a meeting during it; two meetings are two."""
    return bool(a[0] & b[0] or a[0] & b[1] or a[1] & b[0])


def score(
    pairs: list[dict[str, str]],
    told: dict[str, tuple[set[str], set[str]]],
    results: list[Reading | Rejected],
    misses: int,
) -> dict[str, object]:
    """Precision, recall and F1 of the pairs joined."""
    texts = {r.report.id: r for r in results if isinstance(r, Reading)}
    right = joined = same = 0
    for row in pairs:
        is_joined = row["a"] in told and row["b"] in told and is_one(told[row["a"]], told[row["b"]])
        is_same = row["verdict"] == "same"
        right += is_joined and is_same
        joined += is_joined
        same += is_same
        if is_joined != is_same and misses > 0:
            misses -= 1
            _show(row, texts)
    precision, recall = right / max(1, joined), right / max(1, same)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return {"pairs": len(pairs), "precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


def _show(row: dict[str, str], texts: dict[str, Reading]) -> None:
    print(f"\n{row['verdict']} {row['kind']} {row['why']}")
    for side in "ab":
        reading = texts.get(row[side])
        if reading is None:
            print("  not read:", row[side])
            continue
        print(f"  {reading.report.published.day} {reading.report.title} | {reading.report.text[:300]}")
        for c in (*reading.claims, *reading.headline):
            if c.type == "CONSULT":
                who = [(p.name, p.country) for p in c.actors], [(p.name, p.country) for p in c.recipients]
                where = c.place and (c.place.name, c.place.country)
                print("     ", c.part, c.mode, c.status, *who, where, c.when and c.when.value)


if __name__ == "__main__":
    main()
