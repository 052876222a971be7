"""How fast and how light: reports a second, start to first claim, memory over 10,000 reports, size of the wheel.

usage: python bench/speed.py [speed] [start] [memory] [wheel]      (default: all; memory takes some ten minutes)

Reports are made from the demonstration reports: sentences of several joined to 400 words, each report another mix.
Speed is that of the whole command on all processors, from file to claims, less the time of a run on a few reports
(the start). Times on shared machines waver: three pairs of runs, the median is given.
"""

import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from legation.demo import demo_path

N_WORDS, FEW, MANY = 400, 60, 420


def make_reports(path: Path, n: int, *, n_words: int = N_WORDS, seed: int = 1) -> None:
    """Write n reports of about n_words words."""
    rng = random.Random(seed)
    rows = [json.loads(line) for line in demo_path().read_text(encoding="utf-8").splitlines()]
    with path.open("w", encoding="utf-8") as stream:
        for k in range(n):
            text = ""
            while len(text.split()) < n_words:
                text += ("\n" if text else "") + rng.choice(rows)["text"]
            row = {**rng.choice(rows), "id": f"speed-{k}", "text": " ".join(text.split(" ")[:n_words])}
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")


def read(path: Path, out: Path) -> float:
    """Seconds that the whole command takes."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "legation", "read", str(path), "--format", "jsonl", "-o", str(out)]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    return time.perf_counter() - started


def measure_speed(folder: Path) -> None:
    """Reports of 400 words a second on all processors, after the start."""
    few, many = folder / "few.jsonl", folder / "many.jsonl"
    make_reports(few, FEW)
    make_reports(many, MANY)
    rates = [(MANY - FEW) / (read(many, folder / "out") - read(few, folder / "out")) for _ in range(3)]
    runs = [round(rate, 1) for rate in rates]
    print(f"speed: {statistics.median(rates):.1f} reports of {N_WORDS} words a second (runs {runs})")


def measure_start(folder: Path) -> None:
    """Seconds from the command's start to the claims of a one-sentence report."""
    report = folder / "one.jsonl"
    text = "The foreign ministers of France and Japan met in Paris on Monday, the ministry said."
    report.write_text(json.dumps({"id": "one", "date": "2024-03-28", "source": "demo", "title": "", "text": text}))
    times = [read(report, folder / "out") for _ in range(5)]
    print(f"start to first claim: {statistics.median(times):.2f} s (runs {[round(t, 2) for t in times]})")


def tree_memory_mb(pid: int) -> float:
    """Resident memory of a process and its children in MB; pages shared between them are counted once for each."""
    total = 0.0
    try:
        status = Path(f"/proc/{pid}/status").read_text()
        total = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except (OSError, StopIteration):
        return total
    return total + sum(tree_memory_mb(int(child)) for child in children)


def measure_memory(folder: Path, n: int = 10_000) -> None:
    """Peak resident memory of all processes in the first tenth and in the last half of a long run."""
    reports = folder / "long.jsonl"
    make_reports(reports, n, n_words=120)
    command = [sys.executable, "-m", "legation", "read", str(reports), "--format", "jsonl", "-o", str(folder / "out")]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    samples = []
    while process.poll() is None:
        samples.append(tree_memory_mb(process.pid))
        time.sleep(0.5)
    tenth, half = samples[: len(samples) // 10], samples[len(samples) // 2 :]
    print(
        f"memory over {n} reports: peak {max(samples):.0f} MB; first tenth {max(tenth):.0f}, last half {max(half):.0f}"
    )


def measure_wheel(folder: Path) -> None:
    """Megabytes of the wheel with the model."""
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "-q",
        "--no-deps",
        "-w",
        str(folder),
        str(Path(__file__).parents[1]),
    ]
    subprocess.run(command, check=True)
    wheel = next(folder.glob("legation-*.whl"))
    print(f"wheel: {wheel.stat().st_size / 1e6:.1f} MB")


def main() -> None:
    """Measure what is named."""
    measures = {"speed": measure_speed, "start": measure_start, "memory": measure_memory, "wheel": measure_wheel}
    for name in sys.argv[1:] or measures:
        with tempfile.TemporaryDirectory() as folder:
            measures[name](Path(folder))


if __name__ == "__main__":
    main()
