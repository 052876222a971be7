"""Event data as others know it: PLOVER records, tables like GDELT's and POLECAT's, with what they rest on."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from telling_by_hand import KIM, WANG, act, tell

from legation.record import Event
from legation.record.store import open_record
from legation.record.store.asking import Question
from legation.views.exports.cameo import CAMEO_COLUMNS, GDELT_COLUMNS, write_cameo
from legation.views.exports.pairs import NOT_HAPPENED
from legation.views.exports.plover import NO_STATEMENT, write_plover
from legation.views.exports.polecat import write_polecat
from legation.views.exports.source import Source


def plover_records(source: Source, folder: Path) -> dict[str, dict[str, Any]]:
    write_plover(source, folder / "events.jsonl")
    lines = (folder / "events.jsonl").read_text(encoding="utf-8").splitlines()
    return {record["id"]: record for record in map(json.loads, lines)}


def table(path: Path) -> Any:
    pd = pytest.importorskip("pandas")
    return pd.read_csv(path, sep="\t", dtype=str, keep_default_na=False)


def test_plover_names_what_its_manual_asks_for(source: Source, tmp_path: Path, pick: Callable[..., Event]) -> None:
    record = plover_records(source, tmp_path)[pick("CONSULT", "visit").id]
    assert (record["date"], record["event"], record["mode"]) == ("2024-03-25", ["CONSULT"], ["visit"])
    assert [(a["code"], a["sector"], a["actor_text"]) for a in record["source"]] == [("PRK", "PTY", "Kim Song Nam")]
    assert [a["code"] for a in record["recipient"]] == ["VNM"]
    assert (record["quad_code"], record["event_scale"]) == (1, 2.1)
    assert record["event_loc"] == {"name": "Hanoi", "country code": "VN", "cc3": "VNM"}


def test_plover_has_both_sides_of_a_meeting_as_sources_and_keeps_the_evidence(
    source: Source, tmp_path: Path, pick: Callable[..., Event]
) -> None:
    meeting = pick("CONSULT", "meet", "2024-03-22")
    record = plover_records(source, tmp_path)[meeting.id]
    assert ({a["code"] for a in record["source"]}, record["recipient"]) == ({"PRK", "CHN"}, [])
    assert (record["legation"]["origins"], record["legation"]["reports"]) == (2, 3)
    assert [c["field"] for c in record["legation"]["conflicts"]] == ["when"]
    assert {c["publication"] for c in record["cite_info"]} == {
        "Harbour Broadcasting", "Capital Courier", "The Meridian Review",
    }  # fmt: skip
    assert {(t["report"], t["start"], t["end"]) for t in record["text_info"]} == {
        (c.report, *c.claim.sentence) for c in meeting.claims
    }


def test_plover_says_what_did_not_happen_and_leaves_out_statements(
    source: Source, tmp_path: Path, pick: Callable[..., Event]
) -> None:
    records = plover_records(source, tmp_path)
    assert records[pick("CONSULT", "call").id]["context"] == ["negation"]
    aid = records[pick("AID", "economic").id]
    assert (aid["event"], aid["date"], aid["legation"]["when"]) == (["AGREE"], None, "2024-05")
    assert pick("STATEMENT", "comment").id not in records
    assert write_plover(source, tmp_path / "again.jsonl").left_out == {NO_STATEMENT: 1}


@pytest.mark.parametrize(
    ("host", "mode", "cameo"), [(("China", "CHN"), "visit", "042"), (WANG, "", "046")], ids=["state", "person"]
)
def test_a_reception_is_told_from_the_guests_side(host: Any, mode: str, cameo: str, tmp_path: Path) -> None:
    with open_record(tmp_path / "host.legation") as record:
        record.add([tell("2024-03-24", act("CONSULT", "host", who=[host], whom=[KIM], when="2024-03-23"))], reader="m")
        source = Source(record, Question())
        (found,) = plover_records(source, tmp_path).values()
        write_cameo(source, tmp_path / "cameo.tsv")
        write_polecat(source, tmp_path / "polecat.tsv")
    assert (found["mode"], found["source"][0]["code"]) == ([mode] if mode else [], "PRK")
    first, *_ = table(tmp_path / "cameo.tsv").to_dict("records")
    assert (first["EventCode"], first["Actor1CountryCode"], first["Actor2CountryCode"]) == (cameo, "PRK", "CHN")
    (row,) = table(tmp_path / "polecat.tsv").to_dict("records")
    assert (row["Event Mode"], row["Actor Country"], row["Recipient Country"]) == (mode, "PRK", "CHN")


def test_the_table_has_gdelts_columns_first(source: Source, tmp_path: Path) -> None:
    written = write_cameo(source, tmp_path / "events.tsv")
    assert (written.n_events, written.left_out) == (5, {NOT_HAPPENED: 1})
    rows = table(tmp_path / "events.tsv")
    assert tuple(rows.columns) == CAMEO_COLUMNS
    assert (len(GDELT_COLUMNS), GDELT_COLUMNS[26], GDELT_COLUMNS[57]) == (58, "EventCode", "SOURCEURL")
    assert rows["GLOBALEVENTID"].is_unique


def test_a_meeting_stands_in_both_directions_in_cameo_and_once_in_polecat(
    source: Source, tmp_path: Path, pick: Callable[..., Event]
) -> None:
    meeting = pick("CONSULT", "meet", "2024-03-22")
    write_cameo(source, tmp_path / "cameo.tsv")
    rows = table(tmp_path / "cameo.tsv").query(f"EventID == '{meeting.id}'")
    assert list(zip(rows["Actor1Code"], rows["Actor2Code"], strict=True)) == [
        ("PRKPTY", "CHNGOV"),
        ("CHNGOV", "PRKPTY"),
    ]
    (first, _) = rows.to_dict("records")
    assert (first["SQLDATE"], first["MonthYear"], first["QuadClass"]) == ("20240322", "202403", "1")
    assert (first["NumMentions"], first["NumSources"], first["NumArticles"], first["NumOrigins"]) == (
        "3",
        "3",
        "3",
        "2",
    )
    assert (first["ActionGeo_FullName"], first["ActionGeo_CountryCode"]) == ("Beijing, China", "CH")
    assert first["Conflicts"] == "the day differs: 2024-03-22, 2024-03-23"
    assert "friday:text:" in first["SentenceSpans"]
    write_polecat(source, tmp_path / "polecat.tsv")
    (row,) = table(tmp_path / "polecat.tsv").query(f"`Event ID` == '{meeting.id}'").to_dict("records")
    assert (row["Actor Country"], row["Recipient Country"], row["Recipient COW"]) == ("PRK", "CHN", "710")
    assert (row["Event Type"], row["Quad Code"], row["Intensity"]) == ("CONSULT", "VERBAL COOPERATION", "2.1")


def test_a_month_fills_month_and_year_alone(source: Source, tmp_path: Path) -> None:
    write_cameo(source, tmp_path / "events.tsv")
    (row,) = table(tmp_path / "events.tsv").query("EventCode == '0331'").to_dict("records")
    assert (row["SQLDATE"], row["MonthYear"], row["Year"], row["DATEADDED"]) == ("", "202405", "2024", "20240402")
    assert (row["EventStatus"], row["Actor1CountryCode"], row["Actor2CountryCode"]) == ("planned", "CHN", "VNM")


def test_a_planned_visit_is_agree_in_polecat(tmp_path: Path) -> None:
    plan = act("CONSULT", "visit", who=[KIM], whom=[WANG], when="2024-05-02", status="planned")
    with open_record(tmp_path / "plan.legation") as record:
        record.add([tell("2024-03-24", plan)], reader="m")
        write_polecat(Source(record, Question()), tmp_path / "events.tsv")
    (row,) = table(tmp_path / "events.tsv").to_dict("records")
    assert (row["Event Type"], row["Event Mode"], row["Event Date"]) == ("AGREE", "", "2024-05-02")
    assert row["Publication Date"] == "2024-03-24"


@pytest.mark.parametrize(
    ("made", "pairs"),
    [
        (act("SUPPORT", "sign", who=[("China", "CHN"), ("Norway", "NOR")]), [("CHN", "NOR"), ("NOR", "CHN")]),
        (act("ACCUSE", "disapprove", who=[("China", "CHN"), ("Norway", "NOR")]), [("CHN", ""), ("NOR", "")]),
        (act(who=[KIM, ("North Korea", "PRK")], whom=[WANG]), [("PRK", "CHN"), ("CHN", "PRK")]),
        (act("ASSAULT", "strike", whom=[("Norway", "NOR")]), [("", "NOR")]),
        (act("AGREE", None, who=[("China", "CHN"), ("United Nations", "UNO")]), [("CHN", ""), ("", "CHN")]),
    ],
)
def test_rows_are_pairs_of_states(made: dict[str, Any], pairs: list[tuple[str, str]], tmp_path: Path) -> None:
    with open_record(tmp_path / "pairs.legation") as record:
        record.add([tell("2024-03-24", made)], reader="m")
        write_cameo(Source(record, Question()), tmp_path / "events.tsv")
    rows = table(tmp_path / "events.tsv")
    assert list(zip(rows["Actor1CountryCode"], rows["Actor2CountryCode"], strict=True)) == pairs


def test_the_united_nations_have_cameos_code(source: Source, tmp_path: Path) -> None:
    write_cameo(source, tmp_path / "events.tsv")
    (row,) = table(tmp_path / "events.tsv").query("EventRootCode == '01'").to_dict("records")
    assert (row["Actor1Code"], row["Actor1KnownGroupCode"], row["Actor1CountryCode"]) == ("IGOUNO", "UNO", "")
