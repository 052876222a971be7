"""A read that is killed leaves a whole record, and the next run finishes the rest.

LEGATION_KILLS sets how often (default 3; the bar of 50 was run with LEGATION_KILLS=50).
"""

import os
import pickle
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from test_store import some_readings

from legation.record.store import open_record

KILLS = int(os.environ.get("LEGATION_KILLS", "3"))
READ = """
import pickle, sys
from legation.record.store import open_record, record
record.BATCH = 4
with open(sys.argv[1], "rb") as file, open_record(sys.argv[2]) as held:
    readings = pickle.load(file)
    print("ready", flush=True)
    held.add(readings, reader="m")
"""


def start(readings: Path, record: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", READ, str(readings), str(record)], stdout=subprocess.PIPE)


def test_a_read_killed_at_any_instant_is_finished_by_the_next(tmp_path: Path) -> None:
    readings = tmp_path / "readings"
    readings.write_bytes(pickle.dumps(some_readings(60)))
    whole = start(readings, tmp_path / "whole")
    assert whole.stdout
    whole.stdout.readline()
    started = time.monotonic()
    assert whole.wait() == 0
    takes = time.monotonic() - started
    with open_record(tmp_path / "whole") as record:
        expected = list(record.dump())
    chance = random.Random()
    for number in range(KILLS):
        path = tmp_path / f"killed-{number}"
        run = start(readings, path)
        assert run.stdout
        if number % 5:  # now and then while it opens and makes its tables
            run.stdout.readline()
        time.sleep(chance.uniform(0, takes))
        run.send_signal(signal.SIGKILL)
        run.wait()
        run.stdout.close()
        with open_record(path) as record:
            assert set(record.dump()) <= set(expected) or len(list(record.dump())) < len(expected)
            record.add(pickle.loads(readings.read_bytes()), reader="m")
            assert list(record.dump()) == expected
    whole.stdout.close()
