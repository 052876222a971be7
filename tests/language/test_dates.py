"""What date reading claims: spans, values, tense, datelines, refusals, speed."""

import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from legation.language.date_rules import RULES
from legation.language.dates import flag_impossible, read_anniversaries, read_date, read_dates, reread_date
from legation.language.periods import read_edtf_days

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parents[1] / "cases" / "dates.yml").read_text())

PIECES = st.sampled_from(
    "on March 25 , 2024 Monday next last week the year 1998 Q3 third quarter 's \n\n \" “ ” ago two days later 24 and "
    "May -- (KCNA) will met 12/31/9999 0001-01-01 9999-12-31 December 31 from to until tomorrow 1990s İ ' - decade "
    "99 weeks century Easter summer fiscal same that".split(" ")
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map(" ".join))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["claim"])
def test_words_name_the_time_that_the_case_says(case: dict[str, Any]) -> None:
    published = case["published"] and str(case["published"])
    readings = read_dates(case["text"], published)
    read = {case["text"][slice(*reading.span)]: reading.value for reading in readings if reading.span}
    assert read == case["expected"]


def test_every_rule_has_a_case() -> None:
    read = {r.rule for case in CASES for r in read_dates(case["text"], case["published"] and str(case["published"]))}
    assert {rule.name for rule in RULES} <= read


@given(TEXTS, st.sampled_from([None, "2024-03-28", "0001-01-01", "9999-12-31", "unknown", "2024-03-28T23:10:00Z"]))
def test_any_text_is_read_in_order_with_spans_and_values_that_name_days(text: str, published: str | None) -> None:
    readings = read_dates(text, published)
    spans = [reading.span for reading in readings if reading.span]
    assert len(spans) == len(readings)
    assert all(0 <= start < end <= len(text) and text[start:end].strip() for start, end in spans)
    assert spans == sorted(spans)
    assert all(read_edtf_days(reading.value) for reading in readings if reading.value)


@given(TEXTS)
def test_without_a_day_of_publication_nothing_relative_gets_a_value(text: str) -> None:
    relative = {"today", "turned-unit", "ago", "the-unit", "the-weekend", "part-of-today"}
    assert not [r for r in read_dates(text, None) if r.value and r.rule in relative and "-- " not in text]


@settings(deadline=None, max_examples=20)
@given(st.sampled_from(["1 ", "the ", "May 1 ", "\n", '" ', "from March 1 to ", "a ", "twenty ", "mid-", "year "]))
def test_time_grows_with_the_length_of_the_text_and_no_faster(piece: str) -> None:
    def taken_s(n: int) -> float:
        begun = time.process_time()
        read_dates(piece * n, "2024-03-28")
        return time.process_time() - begun

    # Ten times the text; forty allows for noise on short times, a square would be a hundred.
    assert taken_s(2000) < 40 * max(taken_s(200), 0.002)


def test_status_known_to_the_caller_decides_over_the_words_around() -> None:
    text = "The two sides: Hanoi on Monday."
    reading = read_dates(text, "2024-03-28")[0]
    assert reading.value == "2024-03-25"
    assert reread_date(reading, text, "2024-03-28", future=True).value == "2024-04-01"
    assert reread_date(reading, text, "2024-03-28", future=False) == reading


def test_words_alone_are_read_with_the_status_of_what_they_date() -> None:
    planned = read_date("on Monday", "2024-03-28", future=True)
    done = read_date("on Monday", "2024-03-28", future=False)
    assert planned is not None
    assert done is not None
    assert (planned.value, done.value) == ("2024-04-01", "2024-03-25")


def test_words_alone_count_from_the_day_told_before() -> None:
    reading = read_date("the following day", "2024-03-28", told="2024-03-05")
    assert reading is not None
    assert (reading.value, reading.span, reading.rule) == ("2024-03-06", (0, 17), "told-unit")


def test_words_that_name_no_time_are_none() -> None:
    assert read_date("in Beijing", "2024-03-28") is None


def test_given_sentences_bound_the_search_for_a_tense() -> None:
    text = "He will go home Friday he stayed"
    assert read_dates(text, "2024-03-28")[0].value == "2024-03-29"
    assert read_dates(text, "2024-03-28", sentences=[(0, 16), (16, 32)])[0].value == "2024-03-22"


def test_a_dateline_far_from_publication_is_not_the_report_s_day() -> None:
    text = "Hanoi, May 2 (VNA) -- The guests left today."
    assert [reading.value for reading in read_dates(text, "2024-08-12")] == ["2024-05-02", "2024-08-12"]


def test_a_dateline_with_its_year_serves_where_publication_is_unknown() -> None:
    text = "Hanoi, May 2, 2024 (VNA) -- The guests left today."
    assert [(r.value, r.rule) for r in read_dates(text, None)] == [("2024-05-02", "dateline"), ("2024-05-02", "today")]


def test_told_as_past_after_the_day_of_publication_is_flagged_and_kept() -> None:
    text = "The trip, announced by state radio on March 22, 2024, ends in Vientiane."
    readings = read_dates(text, "2024-03-21")
    assert readings[0].value == "2024-03-22"
    assert flag_impossible(text, "2024-03-21", readings) == [(readings[0], "told-before-it-was-reported")]


def test_what_is_to_come_is_not_flagged() -> None:
    text = "The trip will begin on March 22, 2024."
    assert flag_impossible(text, "2024-03-21", read_dates(text, "2024-03-21")) == []


def test_nothing_is_flagged_without_a_day_of_publication() -> None:
    text = "The trip began on March 22, 2024."
    assert flag_impossible(text, None, read_dates(text, None)) == []


def test_anniversaries_are_counts_with_their_occasion() -> None:
    text = "Both mark the 75th anniversary of diplomatic ties, and the 10th anniversary."
    found = read_anniversaries(text)
    assert [(one.years, one.what) for one in found] == [(75, "diplomatic ties"), (10, "")]
    assert text[slice(*found[0].span)] == "75th anniversary of diplomatic ties"


def test_open_and_malformed_edtf_name_no_days() -> None:
    assert [read_edtf_days(value) for value in ("2019/..", "2024-13", "soon", "2024-02-30")] == [None] * 4


def test_doubt_and_seasons_in_edtf_keep_their_days() -> None:
    assert [str(day) for day in read_edtf_days("2024-03-25?") or ()] == ["2024-03-25", "2024-03-25"]
    assert [str(day) for day in read_edtf_days("2023-24") or ()] == ["2023-12-01", "2024-02-29"]
