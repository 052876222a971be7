"""A record gives back what it was given, whichever the database, the order and the number of times."""

import os
import pickle
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from telling_by_hand import KIM, LE, WANG, act, tell

from legation.language.read import Reading
from legation.record.store import Record, RecordError, load_events, open_record
from legation.sources.report import Rejected

BLINKEN, XI = ("Antony Blinken", "USA"), ("Xi Jinping", "CHN")


def some_readings(n: int = 40) -> list[Reading]:
    """Meetings, visits, denials and copies over two weeks, with days missing and differing."""
    chance = random.Random(5)
    people = [KIM, WANG, LE, BLINKEN, XI, ("Vietnamese officials", "VNM"), ("delegation", "PRK"), ("Wang", "CHN")]
    readings = []
    for k in range(n):
        day = date(2024, 3, 10) + timedelta(chance.randrange(14))
        acts = []
        for _ in range(chance.randrange(1, 4)):
            one, other = chance.sample(people, 2)
            mode, status = (
                chance.choice(["meet", "visit", "call"]),
                chance.choice(["done", "done", "planned", "denied"]),
            )
            when = chance.choice([None, (day - timedelta(1)).isoformat(), day.isoformat(), "2024-03"])
            acts.append(act(mode=mode, who=[one], whom=[other], when=when, status=status, where=("Beijing", "CHN")))
        readings.append(tell(day.isoformat(), *acts, source=f"Outlet {k % 5}"))
    return readings


def test_what_was_read_is_given_back(record: Record) -> None:
    reading = tell("2024-03-25", act(who=[KIM], whom=[WANG], when="2024-03-23", where=("Beijing", "CHN")))
    assert record.add([reading], reader="m").n_new == 1
    (event,) = load_events(record)
    (told,) = event.claims
    assert told.claim == reading.claims[0]
    assert told.sentence == reading.report.text
    assert (event.when and event.when.value, event.place_country, event.status) == ("2024-03-23", "CHN", "done")
    assert {p.name for p in event.participants} == {"Kim Song Nam", "Wang Yi"}


def test_every_report_comes_back_with_its_claims(record: Record) -> None:
    readings = some_readings(5)
    record.add(readings, reader="m")
    assert {r.digest: claims for r, claims in record.told()} == {r.report.digest: list(r.claims) for r in readings}


def test_a_headline_tells_events_with_its_own_words(record: Record) -> None:
    reading = tell("2024-03-25", act(mode="visit", who=[WANG], whom=[LE]), headline=act(who=[KIM], whom=[WANG]))
    record.add([reading], reader="m")
    (told,) = next(event for event in load_events(record) if event.kind == "meet").claims
    assert (told.claim, told.sentence) == (reading.headline[0], reading.report.title)
    ((_, claims),) = record.told()
    assert claims == list(reading.claims)  # trips are built from what the text tells


def test_reading_again_adds_nothing(record: Record) -> None:
    readings = some_readings(10)
    record.add(readings, reader="m")
    before = list(record.dump())
    again = record.add(readings, reader="m")
    assert (again.n_new, again.n_known) == (0, 10)
    assert list(record.dump()) == before


def test_any_order_gives_the_same_record_id_for_id(new_address: Callable[[], str]) -> None:
    readings, dumps = some_readings(), set()
    for seed in range(4):
        random.Random(seed).shuffle(readings)
        with open_record(new_address()) as record:
            for k in range(0, len(readings), 7 + seed):
                record.add(readings[k : k + 7 + seed], reader="m")
            dumps.add("\n".join(record.dump()))
    assert len(dumps) == 1


def test_rebuilding_changes_nothing(record: Record) -> None:
    record.add(some_readings(), reader="m")
    before = list(record.dump())
    record.rebuild()
    assert list(record.dump()) == before


def test_of_two_ids_for_one_content_the_smaller_stays_whatever_the_order(new_address: Callable[[], str]) -> None:
    one, other = (tell("2024-03-25", act(who=[KIM], whom=[WANG]), id=id_) for id_ in ("a", "b"))
    dumps = []
    for order in ([one, other], [other, one]):
        with open_record(new_address()) as record:
            for reading in order:
                record.add([reading], reader="m")
            dumps.append(list(record.dump()))
    assert dumps[0] == dumps[1]


def test_what_was_rejected_is_kept_with_its_reason(record: Record) -> None:
    refused = Rejected("x.jsonl:3", "expected JSON, found {. Mend the line.")
    record.add([refused, refused], reader="m")
    assert record.rejected() == [refused]


def test_text_that_a_database_refuses_keeps_its_offsets(record: Record) -> None:
    reading = tell("2024-03-25", act(who=[KIM], whom=[WANG], sentence="Kim met \0 Wang in \ud83d 北京."))
    record.add([reading], reader="m")
    (event,) = load_events(record)
    assert event.claims[0].sentence == "Kim met \ufffd Wang in \ufffd 北京."


def test_a_new_model_replaces_the_readings_of_the_old(record: Record) -> None:
    old = tell("2024-03-25", act(who=[KIM], whom=[WANG], when="2024-03-23", sentence="Kim met Wang on Saturday."))
    new = tell("2024-03-25", act(who=[KIM], whom=[LE], when="2024-03-23", sentence="Kim met Wang on Saturday."))
    record.add([old], reader="one")
    assert [report.digest for report in record.outdated("two")] == [old.report.digest]
    record.replace([new], reader="two")
    (event,) = load_events(record)
    assert {p.name for p in event.participants} == {"Kim Song Nam", "Le Hoai Trung"}
    assert not record.outdated("two")


def test_a_record_of_a_newer_version_is_left_alone(new_address: Callable[[], str]) -> None:
    from sqlalchemy import text

    address = new_address()
    with open_record(address) as record, record.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(RecordError, match=r"newer version \(9999.*pip install -U legation"):
        open_record(address)


def test_asking_a_record_that_is_not_there_makes_none(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="no record there"):
        open_record(tmp_path / "none.legation", must_exist=True)
    assert not (tmp_path / "none.legation").exists()


def test_a_database_of_something_else_is_left_alone(tmp_path: Path) -> None:
    import sqlite3

    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE mail (x)")
    with pytest.raises(RecordError, match="database of something else"):
        open_record(path)


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    path = tmp_path / "text.legation"
    path.write_text("Kim met Wang. " * 100)
    with pytest.raises(RecordError, match="it is no record"):
        open_record(path)


def test_a_locked_record_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from legation.record.store import connect

    monkeypatch.setattr(connect, "WAIT_S", 0.05)
    path = tmp_path / "desk.legation"
    busy = pytest.raises(RecordError, match="another program is writing")
    with open_record(path) as one, open_record(path) as other, one.writing(), busy:
        other.add(some_readings(1), reader="m")
    with open_record(path) as later:
        assert later.add(some_readings(1), reader="m").n_new == 1


def test_a_full_disk_is_told_and_what_was_read_stays(tmp_path: Path) -> None:
    path = tmp_path / "desk.legation"
    with open_record(path) as record:
        record.add(some_readings(3), reader="m")
        before = list(record.dump())

    from sqlalchemy import event

    with open_record(path) as record:

        @event.listens_for(record.engine, "connect")
        def _limit(connection, _) -> None:  # type: ignore[no-untyped-def]
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count = {pages}")

        with pytest.raises(RecordError, match="disk is full"):
            record.add(some_readings(40), reader="m")
    with open_record(path) as record:
        assert list(record.dump()) == before


def test_a_locked_database_is_told(postgresql: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from new_database import new_database

    from legation.record.store import connect

    address = f"{postgresql}/{new_database(postgresql)}"
    busy = pytest.raises(RecordError, match="another program is writing")
    with open_record(address) as one, open_record(address) as other, one.writing(), monkeypatch.context() as patch:
        patch.setattr(connect, "WAIT_S", 0.05)
        with busy:
            other.add(some_readings(1), reader="m")
        assert list(other.dump()) == []
    with open_record(address) as later:
        assert later.add(some_readings(1), reader="m").n_new == 1


# What a process of its own does, with the limits of a read-only or a full disk.
ALONE = """
import pickle, resource, sys
from legation.record.store import RecordError, load_events, open_record
if sys.argv[1] == "full":
    size = len(open(sys.argv[2], "rb").read())
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 20_000, size + 20_000))
readings = pickle.load(open(sys.argv[3], "rb"))
with open_record(sys.argv[2], must_exist=True) as record:
    print(len(list(load_events(record))), "events")
    try:
        record.add(readings, reader="m")
        print("written")
    except RecordError as error:
        print(error)
"""


def run_alone(what: str, record: Path, readings: list[Reading]) -> str:
    """Run ALONE as somebody whom permissions bind."""
    program = record.parent.parent / "readings"
    program.write_bytes(pickle.dumps(readings))
    bound: list[str] = []
    if what == "read-only" and os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("root may write what is read-only, and setpriv isn't here")
        bound = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
    command = [*bound, sys.executable, "-c", ALONE, what, str(record), str(program)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize(("file", "folder"), [(0o444, 0o555), (0o444, 0o755)])
def test_a_read_only_record_can_be_asked_but_not_written(tmp_path: Path, file: int, folder: int) -> None:
    path = tmp_path / "desk" / "desk.legation"
    path.parent.mkdir()
    with open_record(path) as record:
        record.add(some_readings(3), reader="m")
        before, n_events = list(record.dump()), len(list(load_events(record)))
    path.chmod(file)
    path.parent.chmod(folder)
    said = run_alone("read-only", path, some_readings(9))
    path.parent.chmod(0o755)
    path.chmod(0o644)
    assert said.splitlines()[0] == f"{n_events} events"
    assert "desk.legation: it can't be written" in said
    with open_record(path) as record:
        assert list(record.dump()) == before


def test_what_a_full_disk_stopped_is_finished_when_there_is_room(tmp_path: Path) -> None:
    pytest.importorskip("resource", reason="limits on files are of Unix")
    path = tmp_path / "desk" / "desk.legation"
    path.parent.mkdir()
    with open_record(path) as record:
        record.add(some_readings(3), reader="m")
        before = list(record.dump())
    said = run_alone("full", path, some_readings(60))
    assert "the disk failed or is full. Make room" in said
    with open_record(path) as record, open_record(tmp_path / "whole") as whole:
        assert list(record.dump()) == before
        record.add(some_readings(60), reader="m")
        whole.add([*some_readings(3), *some_readings(60)], reader="m")
        assert list(record.dump()) == list(whole.dump())


def test_a_lost_connection_is_told_and_nothing_is_half_written(postgresql: str) -> None:
    from new_database import new_database
    from sqlalchemy import text

    with open_record(f"{postgresql}/{new_database(postgresql)}") as record:
        record.add(some_readings(3), reader="m")
        before = list(record.dump())
        lost = pytest.raises(RecordError, match="connection to the database was lost")
        with lost, record.writing() as connection:
            connection.execute(text("DELETE FROM conflicts"))
            connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
        assert list(record.dump()) == before


def test_a_database_that_does_not_answer_is_told_without_the_password() -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(RecordError, match="no database answers") as told:
        open_record("postgresql://me:secret@127.0.0.1:1/desk")
    assert "secret" not in str(told.value)


def test_a_backup_of_a_live_record_is_a_record(tmp_path: Path) -> None:
    with open_record(tmp_path / "desk.legation") as record:
        record.add(some_readings(5), reader="m")
        record.backup(tmp_path / "copy.legation")
        with open_record(tmp_path / "copy.legation", must_exist=True) as copy:
            assert list(copy.dump()) == list(record.dump())
        with pytest.raises(RecordError, match="expected a new file"):
            record.backup(tmp_path / "copy.legation")


def test_the_migrations_make_the_tables_of_the_schema(record: Record) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from legation.record.store.schema import metadata

    with record.reading() as connection:
        found = compare_metadata(MigrationContext.configure(connection), metadata)
    beside = ("report_search", "reports_by_words", "alembic_version")
    assert [d for d in found if not any(name in str(d) for name in beside)] == []
