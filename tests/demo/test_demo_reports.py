"""The demonstration reports are well-formed, say that they are demos, and hold what expected.yml claims."""

import json
import re
from collections import Counter
from datetime import date
from typing import Any

import pytest
import yaml

from legation.demo import demo_path, expected_path


def read_reports() -> list[dict[str, str]]:
    return [json.loads(line) for line in demo_path().read_text(encoding="utf-8").splitlines()]


def read_expected() -> dict[str, Any]:
    expected: dict[str, Any] = yaml.safe_load(expected_path().read_text(encoding="utf-8"))
    return expected


def read_readme() -> str:
    return demo_path().with_name("README.md").read_text(encoding="utf-8")


REPORTS = read_reports()
EXPECTED = read_expected()
TEXT = {report["id"]: report["text"] for report in REPORTS}
STATUSES = {"done", "planned", "off", "denied", "hypothetical"}
# Copies of one agency text share nearly all words; unrelated reports of one sequence stay below 0.65.
COPY_FLOOR = 0.9


def share_of_words(one: str, other: str) -> float:
    """Return how much of the shorter text's words, counted, the other text has too."""
    first, second = (Counter(re.findall(r"\w+", text.lower())) for text in (one, other))
    return (first & second).total() / min(first.total(), second.total())


def paragraph_around(text: str, fragment: str) -> str:
    """Return the paragraph with the fragment; cutting out sentences ("U.S. Secretary") is no test's task."""
    return next(paragraph for paragraph in text.split("\n\n") if fragment in paragraph)


def fact_id(fact: dict[str, Any]) -> str:
    return f"{fact['report']}-{fact['trigger']}"


def test_there_are_at_least_sixty_reports_with_unique_ids() -> None:
    ids = [report["id"] for report in REPORTS]
    assert len(ids) >= 60
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report["id"])
def test_report_is_well_formed_and_labelled_as_demo(report: dict[str, str]) -> None:
    assert list(report) == ["id", "date", "source", "title", "text"]
    assert re.fullmatch(r"demo(-[a-z]+)+-\d\d", report["id"])
    assert date.fromisoformat(report["date"]).isoformat() == report["date"]
    assert report["source"].endswith("(demo)")
    assert report["title"]
    assert report["text"] == report["text"].strip()
    assert 60 <= len(report["text"].split()) <= 350


def test_readme_lists_every_sequence() -> None:
    readme = read_readme()
    for sequence in {report["id"].rpartition("-")[0] for report in REPORTS}:
        assert f"| `{sequence}` |" in readme
    assert f"holds {len(REPORTS)} short reports" in readme
    assert "not real press reports" in readme


def test_there_are_at_least_forty_expected_facts() -> None:
    assert len(EXPECTED["facts"]) >= 40


@pytest.mark.parametrize("fact", EXPECTED["facts"], ids=fact_id)
def test_expected_strings_occur_in_the_text(fact: dict[str, Any]) -> None:
    assert fact["fragment"] in TEXT[fact["report"]]
    paragraph = paragraph_around(TEXT[fact["report"]], fact["fragment"])
    assert fact["status"] in STATUSES
    for words in [fact["trigger"], *fact["actors"], *fact["recipients"], fact["place"], fact["said_by"]]:
        assert words is None or words in paragraph, words


@pytest.mark.parametrize("fact", EXPECTED["facts"], ids=fact_id)
def test_expected_time_is_a_day_a_month_or_an_interval(fact: dict[str, Any]) -> None:
    if fact["when"] is not None:
        for part in fact["when"].split("/"):  # fromisoformat alone would take weeks and ordinal days too
            assert re.fullmatch(r"\d{4}-\d\d(-\d\d)?", part)
            date.fromisoformat(part if len(part) == 10 else f"{part}-01")


@pytest.mark.parametrize("quiet", EXPECTED["no_event"], ids=lambda quiet: quiet["report"])
def test_sentences_without_an_event_occur(quiet: dict[str, str]) -> None:
    assert quiet["fragment"] in TEXT[quiet["report"]]


def test_copies_and_only_copies_share_most_of_their_words() -> None:
    copies = {frozenset(pair) for pair in EXPECTED["copies"]}
    assert len(copies) >= 4
    found = {
        frozenset((one, other))
        for one in TEXT
        for other in TEXT
        if one < other and share_of_words(TEXT[one], TEXT[other]) >= COPY_FLOOR
    }
    assert found == copies


@pytest.mark.parametrize("conflict", EXPECTED["conflicts"], ids=lambda conflict: conflict["about"])
def test_disagreements_are_told_in_the_reports_named_and_in_the_readme(conflict: dict[str, Any]) -> None:
    planted = read_readme().split("## What is planted")[1]
    for told in conflict["values"]:
        assert told["words"] in TEXT[told["report"]]
    assert any(told["report"] in planted for told in conflict["values"])


@pytest.mark.parametrize("trip", EXPECTED["trips"], ids=lambda trip: f"{trip['traveller']} {trip['start']}")
def test_trips_follow_the_calendar_and_their_people_occur(trip: dict[str, Any]) -> None:
    told = "\n".join(text for id_, text in TEXT.items() if id_.startswith(trip["reports"]))
    starts = [stop["start"] for stop in trip["stops"]]
    assert starts == sorted(starts)
    assert trip["start"] <= starts[0] <= trip["end"]
    for stop in trip["stops"]:
        assert stop["place"] in told
        for person in stop["met"]:
            assert person in told, person
