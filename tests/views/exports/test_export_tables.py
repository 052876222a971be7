"""Tables of a record, read back by pandas and DuckDB: rows, days, evidence, labels; the same bytes each time."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from telling_by_hand import KIM, LE, WANG, act, tell

from legation.errors import LegationError
from legation.record import Event
from legation.record.store import Record, open_record
from legation.record.store.asking import Question
from legation.views.exports import writing
from legation.views.exports.source import Source
from legation.views.exports.table_files import write_csv, write_parquet, write_stata
from legation.views.exports.tables import ACTOR_TABLES, CODES, EVENT_TABLES
from legation.views.exports.writing import Written

TABLES = [table.name for table in (*EVENT_TABLES, *ACTOR_TABLES)]


def rows_of(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture
def folder(source: Source, tmp_path: Path) -> Path:
    assert write_csv(source, tmp_path / "out").n_events == 6
    return tmp_path / "out"


def test_an_event_keeps_its_evidence(folder: Path, pick: Callable[..., Event]) -> None:
    meeting = pick("CONSULT", "meet", "2024-03-22")
    (row,) = (r for r in rows_of(folder, "events") if r["event"] == meeting.id)
    assert (row["origins"], row["reports"], row["conflicts"]) == ("2", "3", "1")
    assert "2024-03-22, 2024-03-23" in row["conflict_words"]
    claims = [r for r in rows_of(folder, "claims") if r["event"] == meeting.id]
    assert {r["outlet"] for r in claims} == {"Harbour Broadcasting", "Capital Courier", "The Meridian Review"}
    assert len({r["origin"] for r in claims}) == 2
    for told, kept in zip(meeting.claims, claims, strict=True):
        assert (kept["report"], kept["digest"], kept["sentence"]) == (told.report, told.digest, told.sentence)
        assert (int(kept["sentence_start"]), int(kept["sentence_end"])) == told.claim.sentence
    assert {r["url"] for r in claims} == {"https://example.org/Harb?a=1&b=2", "https://example.org/Capi?a=1&b=2", ""}
    days = {(r["value"], r["origins"]) for r in rows_of(folder, "values") if r["event"] == meeting.id} - {
        ("Beijing", "2")
    }
    assert days == {("2024-03-22", "1"), ("2024-03-23", "1")}
    assert {r["value"] for r in rows_of(folder, "conflicts") if r["event"] == meeting.id} == {v for v, _ in days}


def test_a_month_is_no_day(folder: Path) -> None:
    (aid,) = (r for r in rows_of(folder, "events") if r["type"] == "AID")
    assert (aid["when"], aid["first_day"], aid["last_day"]) == ("2024-05", "", "")
    assert (aid["status"], aid["plover"], aid["cameo"]) == ("planned", "AGREE", "0331")


def test_what_was_announced_and_held_is_in_the_history(folder: Path, pick: Callable[..., Event]) -> None:
    visit = pick("CONSULT", "visit")
    steps = [(r["status"], r["published"]) for r in rows_of(folder, "history") if r["event"] == visit.id]
    assert steps == [("planned", "2024-03-20"), ("done", "2024-03-27")]


def test_the_codebook_tells_every_column_and_every_code(folder: Path) -> None:
    told = {(r["table"], r["column"]): r for r in rows_of(folder, "codebook")}
    codes: dict[str, set[str]] = {}
    for row in rows_of(folder, "codes"):
        codes.setdefault(row["list"], set()).add(row["code"])
    for name in TABLES:
        for row in rows_of(folder, name):
            for column, value in row.items():
                about = told[name, column]
                assert about["gloss"]
                assert not (value and about["codes"]) or value in codes[about["codes"]], (name, column, value)
    assert all(name in (folder / "README.md").read_text(encoding="utf-8") for name in TABLES)


def test_every_code_list_that_a_column_names_is_there() -> None:
    named = {column.codes for table in (*EVENT_TABLES, *ACTOR_TABLES) for column in table.columns if column.codes}
    assert named <= set(CODES)


def test_csv_is_read_back_by_pandas(folder: Path, desk: Record) -> None:
    pd = pytest.importorskip("pandas")
    events = pd.read_csv(folder / "events.csv", parse_dates=["first_day", "last_day", "reported"])
    assert set(events["event"]) == {event.id for event in desk.events()}
    assert events["first_day"].notna().sum() == 4
    claims = pd.read_csv(folder / "claims.csv")
    assert "=Kim Song Nam met Le Hoai Trung, 黎懷忠." in set(claims["sentence"])
    assert events.merge(claims, on="event").shape[0] == events["claims"].sum()


def test_parquet_is_read_back_by_duckdb(source: Source, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    duckdb = pytest.importorskip("duckdb")
    write_parquet(source, tmp_path / "out")
    query = f"""
        select e.first_day, e.origins, c.outlet, c.sentence
        from '{tmp_path}/out/events.parquet' e join '{tmp_path}/out/claims.parquet' c using (event)
        where e.mode = 'meet' and e.first_day = date '2024-03-22' order by c.outlet
    """
    rows = duckdb.sql(query).fetchall()
    assert [row[2] for row in rows] == ["Capital Courier", "Harbour Broadcasting", "The Meridian Review"]
    assert {row[1] for row in rows} == {2}
    assert '"an old friend"' in rows[2][3]


def test_parquet_says_what_its_columns_hold(source: Source, tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    write_parquet(source, tmp_path / "out")
    schema = pq.read_schema(tmp_path / "out" / "events.parquet")
    assert schema.field("type").metadata[b"codes"] == b"type"
    assert all(field.metadata[b"gloss"] for field in schema)


def test_stata_is_read_back_with_its_labels(source: Source, tmp_path: Path) -> None:
    pd = pytest.importorskip("pandas")
    write_stata(source, tmp_path / "out")
    with pd.read_stata(tmp_path / "out" / "events.dta", iterator=True) as reader:
        assert reader.variable_labels()["origins"].startswith("independent voices")
        assert reader.value_labels()["level"][5] == "head of state or government"
        events = reader.read(convert_categoricals=False)
    (meeting,) = events[events["first_day"] == "2024-03-22"].to_dict("records")
    assert (meeting["origins"], meeting["level"], meeting["conflicts"]) == (2, 3, 1)
    claims = pd.read_stata(tmp_path / "out" / "claims.dta")
    assert "=Kim Song Nam met Le Hoai Trung, 黎懷忠." in set(claims["sentence"])


def test_stata_keeps_a_sentence_longer_than_its_fixed_texts(desk: Record, tmp_path: Path) -> None:
    pd = pytest.importorskip("pandas")
    long = "Kim Song Nam met Wang Yi " + "and spoke of many things " * 100
    with open_record(tmp_path / "long.legation") as record:
        record.add([tell("2024-03-24", act(who=[KIM], whom=[WANG], sentence=long.strip()))], reader="m")
        write_stata(Source(record, Question()), tmp_path / "out")
    assert pd.read_stata(tmp_path / "out" / "claims.dta")["sentence"][0] == long.strip()


@pytest.mark.parametrize("write", [write_csv, write_parquet, write_stata])
def test_the_same_record_gives_the_same_bytes(write: Callable[..., Written], source: Source, tmp_path: Path) -> None:
    write(source, tmp_path / "one")
    write(source, tmp_path / "other")
    for path in sorted((tmp_path / "one").iterdir()):
        assert path.read_bytes() == (tmp_path / "other" / path.name).read_bytes(), path.name


@pytest.mark.parametrize("write", [write_csv, write_parquet, write_stata])
def test_an_export_of_nothing_is_a_folder_of_empty_tables(
    write: Callable[..., Written], desk: Record, tmp_path: Path
) -> None:
    assert write(Source(desk, Question(type="ASSAULT")), tmp_path / "out").n_events == 0
    assert {path.stem for path in (tmp_path / "out").iterdir()} == {*TABLES, "codebook", "codes", "README"}


def test_an_export_known_by_a_day_tells_nothing_later(desk: Record, tmp_path: Path) -> None:
    write_csv(Source(desk, Question(known_by="2024-03-25")), tmp_path / "out")
    (visit,) = (r for r in rows_of(tmp_path / "out", "events") if r["mode"] == "visit")
    assert (visit["status"], visit["reports"]) == ("planned", "1")
    assert max(r["published"] for r in rows_of(tmp_path / "out", "claims")) <= "2024-03-25"
    assert {r["name"] for r in rows_of(tmp_path / "out", "actors")} == {"Kim Song Nam", "Wang Yi", "Vietnam"}
    assert all(not r["last"] or r["last"] <= "2024-03-25" for r in rows_of(tmp_path / "out", "offices"))


@pytest.mark.parametrize("write", [write_csv, write_parquet, write_stata])
def test_a_report_of_a_month_or_without_a_day_has_no_day(write: Callable[..., Written], tmp_path: Path) -> None:
    with open_record(tmp_path / "vague.legation") as record:
        record.add([tell("2024-03", act(who=[KIM], whom=[WANG])), tell(None, act(who=[KIM], whom=[LE]))], reader="m")
        assert write(Source(record, Question()), tmp_path / "out").n_events == 2
    if write is write_csv:
        assert {r["reported"] for r in rows_of(tmp_path / "out", "events")} == {""}
        assert {r["published"] for r in rows_of(tmp_path / "out", "claims")} == {"2024-03", ""}


def test_what_is_there_is_not_overwritten(folder: Path, source: Source) -> None:
    with pytest.raises(LegationError, match="expected a new or empty folder"):
        write_csv(source, folder)


def test_an_export_that_fails_leaves_nothing(source: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("legation.views.exports.table_files.codebook_rows", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_csv(source, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_a_missing_library_is_told_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(writing.importlib, "import_module", missing)
    with pytest.raises(LegationError, match=r"Parquet needs pyarrow.*pip install 'legation\[parquet\]'"):
        writing.need("pyarrow", "parquet", "Parquet")
