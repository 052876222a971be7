"""What linking costs per report as the record grows: reports with claims made by chance, no model.

usage: linking.py [--reports 100000] [--a-day 150] [--record FILE]

The news of two years: a fixed number of reports a day, three acts a report, actors drawn so that few are in most
reports (Zipf), every act told by several reports within some days, some without a day, some as copies. Prints the
milliseconds of processor time that `Record.add` takes per report for each tenth. What else runs on the machine changes
them; so the ratio is of two records side by side: one of the first tenth and one of all take in a thousand further
reports each, by turns, fifty at a time. Bar: at most 1.5.
"""

import argparse
import hashlib
import json
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from legation.language.claim import Claim, DateReading, Participant, Place
from legation.language.read import Reading
from legation.record.store import Record, open_record
from legation.reference import leaders
from legation.sources.report import Published, make_report

FIRST_DAY = date(2023, 1, 1)
FURTHER, TURN = 1000, 50  # reports by which two records are compared, and how many each takes at a time
ACTS = (
    [("CONSULT", "meet")] * 6 + [("CONSULT", "visit")] * 3 + [("CONSULT", "call")] * 2
    + [("STATEMENT", "comment"), ("ACCUSE", "disapprove"), ("AGREE", None)]
    + [("SANCTION", "impose"), ("ASSAULT", "strike")]
)  # fmt: skip
WORDS = "talks trade border treaty forces prisoners grain missile climate visas loans energy ports fishing aid".split()


def make_readings(n: int, a_day: int, chance: random.Random) -> Iterator[Reading]:
    """Yield n reports in the order of their days, telling acts of the last days."""
    people = [(p.name, p.country) for p in leaders()]
    chance.shuffle(people)
    weights = [1 / (rank + 5) for rank in range(len(people))]
    recent: list[tuple[int, tuple[str, str | None], list[tuple[str, str]]]] = []
    for k in range(n):
        day = k // a_day
        told = []
        for _ in range(3):
            if recent and chance.random() < 0.6:
                told.append(chance.choice(recent[-3 * a_day :]))
            else:
                pair = chance.choices(people, weights, k=2)
                told.append((day - chance.randrange(3), chance.choice(ACTS), pair))
                recent.append(told[-1])
        recent = recent[-6 * a_day :]
        yield _reading(k, FIRST_DAY + timedelta(day), told, chance)


def _reading(k: int, day: date, told: list, chance: random.Random) -> Reading:  # type: ignore[type-arg]
    sentences = [
        f"{pair[0][0]} and {pair[1][0]} {type_.lower()} over {chance.choice(WORDS)} and {chance.choice(WORDS)} ({k})."
        for _, (type_, _), pair in told
    ]
    report = make_report(
        " ".join(sentences), origin=f"made:{k}", published=Published(day.isoformat(), "field"), source="S"
    )
    claims, at = [], 0
    for n, ((when, (type_, mode), pair), sentence) in enumerate(zip(told, sentences, strict=True)):
        span = (at, at + len(sentence))
        named = (FIRST_DAY + timedelta(when)).isoformat() if chance.random() < 0.7 else None
        one, other = (Participant((at, at + 1), name, code) for name, code in pair)
        id_ = hashlib.sha256(f"{report.digest}{n}".encode()).hexdigest()[:16]
        claims.append(
            Claim(
                f"c-{id_}", report.id, span, span, type_, mode, "done", (one,), (other,),
                Place((at, at + 1), pair[1][1], pair[1][1]) if chance.random() < 0.4 else None,
                DateReading(named, span, "made") if named else None, None, 0.9, n,
            )
        )  # fmt: skip
        at += len(sentence) + 1
    return Reading(report, tuple(claims), (), ())


def add_all(record: Record, readings: Sequence[Reading]) -> float:
    """Add readings; return the seconds of processor time that it took."""
    start = time.process_time()
    record.add(readings, reader="made")
    return time.process_time() - start


def compare(small: Record, large: Record, further: Sequence[tuple[Reading, Reading]]) -> dict[str, float]:
    """Add further reports to two records by turns; return the milliseconds that one cost in each, and the ratio."""
    cost = [0.0, 0.0]
    for k in range(0, len(further), TURN):
        for side, record in enumerate((small, large)):
            cost[side] += add_all(record, [pair[side] for pair in further[k : k + TURN]])
    first, last = (1000 * seconds / len(further) for seconds in cost)
    return {"first_ms": round(first, 2), "last_ms": round(last, 2), "ratio": round(last / first, 3)}


def main() -> None:
    """Grow a record, print what each tenth cost, then compare it with its beginning."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--a-day", type=int, default=150)
    parser.add_argument("--record", default="")
    arguments = parser.parse_args()
    tenth = arguments.reports // 10
    readings = make_readings(arguments.reports + FURTHER, arguments.a_day, random.Random(1))
    early: list[Reading] = []
    with tempfile.TemporaryDirectory() as folder, open_record(arguments.record or Path(folder, "made")) as record:
        for number in range(10):
            part = list(islice(readings, tenth))
            early = early or (part[:FURTHER] if number == 1 else [])
            print(
                f"{(number + 1) * tenth:>7} reports: {1000 * add_all(record, part) / tenth:.2f} ms a report", flush=True
            )
            if number == 0:
                record.backup(Path(folder, "small"))
        with open_record(Path(folder, "small")) as small:
            print(json.dumps(compare(small, record, list(zip(early, readings, strict=False)))))


if __name__ == "__main__":
    main()
