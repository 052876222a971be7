"""Dates of publication as sources write them; cases in tests/cases/publication_dates.yml."""

from datetime import datetime
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from legation.sources import Published
from legation.sources.dates import find_day_in_file_name, find_day_in_url, read_publication_date

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases/publication_dates.yml").read_text("utf-8"))


@pytest.mark.parametrize(("words", "expected"), CASES)
def test_publication_date_is_read_as_edtf(words, expected):
    assert read_publication_date(words) == expected


@given(st.text())
def test_any_words_give_a_date_or_none(words):
    value = read_publication_date(words)
    assert value is None or value[:4].isdigit()


@given(st.datetimes(min_value=datetime(1950, 1, 1)))
def test_instants_keep_their_day(moment):
    assert read_publication_date(str(moment))[:10] == moment.date().isoformat()


def test_month_precision_has_no_day():
    assert Published(read_publication_date("March 2024")).day is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2024-03-28-kim.md", "2024-03-28"),
        ("kcna_2024_03_28.txt", "2024-03-28"),
        ("2024-03-01_2024-03-28.txt", None),  # a range is no publication date
        ("2024-02-30.txt", None),
        ("000_827395dfdfacd871.txt", None),
        ("20240328.txt", None),  # eight digits may be any number
    ],
)
def test_day_in_a_file_name_is_taken_only_when_it_is_the_only_one(name, expected):
    assert find_day_in_file_name(name) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/2024/03/28/kim", "2024-03-28"),
        ("https://example.org/world/2024/mar/28/kim", "2024-03-28"),
        ("https://example.org/2024/03/kim", None),
        ("https://example.org/2024/99/28/kim", None),
        ("", None),
    ],
)
def test_day_in_an_address_is_read(url, expected):
    assert find_day_in_url(url) == expected
