"""JSON lines and arrays."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.sources import Published, Rejected, Report
from legation.sources.json_records import split_records

RECORD = {"id": "a-1", "date": "2022-01-01 13:01:11+00:00", "source": "KCNA", "title": "Kim", "text": "Kim met Wang."}


def test_line_becomes_a_report_with_its_own_id(read):
    (report,) = read("x.jsonl", json.dumps(RECORD | {"url": "https://example.org", "topics": ["a"]}))
    assert (report.id, report.source, report.title, report.url) == ("a-1", "KCNA", "Kim", "https://example.org")
    assert report.published == Published("2022-01-01T13:01:11Z", "field")
    assert report.published.day == "2022-01-01"


def test_id_may_be_a_number_and_may_be_missing(read):
    number, none = read("x.jsonl", '{"id": 7, "date": "2024-03-28", "text": "a"}\n{"date": "2024-03-28", "text": "a"}')
    assert number.id == "7"
    assert none.id == f"r-{none.digest[:16]}"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (
            '{"date": "2024-03-28", "text": "a',
            'expected a JSON object {"date": ..., "text": ...}, found broken JSON '
            "(Unterminated string starting at, character 32). Mend it.",
        ),
        (
            '["a"]',
            'expected a JSON object {"date": ..., "text": ...}, found an array. Put one object for each report.',
        ),
        (
            '{"date": "2024-03-28", "words": "a"}',
            'expected a field "text", found "date", "words". Rename one, or name it with the option columns.',
        ),
        (
            '{"date": "2024-03-28", "text": ["a"]}',
            'expected a string in "text", found an array. Put it in quotes.',
        ),
        ('{"date": 1711584000, "text": "a"}', 'expected a string in "date", found a number. Put it in quotes.'),
        (
            '{"date": "soon", "text": "a"}',
            'expected a day "YYYY-MM-DD" or an instant "YYYY-MM-DDThh:mm:ssZ" as the publication date, found "soon". '
            "Write the date in that form.",
        ),
        (
            '{"text": "a"}',
            'expected the publication date, a day "YYYY-MM-DD" or an instant "YYYY-MM-DDThh:mm:ssZ", found none. '
            "Fill it in, or give default_date for all reports without one.",
        ),
        (
            '{"date": "2024-03-28", "text": " "}',
            "expected the text of a report, found none. Fill it in, or leave the report out.",
        ),
        (
            "[" * 100_000,
            'expected a JSON object {"date": ..., "text": ...}, found JSON nested too deeply or with too long a '
            "number. Mend it.",
        ),
    ],
)
def test_bad_line_is_rejected_with_its_place_and_the_rest_goes_on(read, line, reason):
    rejected, report = read("x.jsonl", f"{line}\n\n{json.dumps(RECORD)}")
    assert rejected == Rejected(rejected.origin, reason)
    assert rejected.origin.endswith("x.jsonl:1")
    assert report.origin.endswith("x.jsonl:3")


def test_user_names_the_columns(read):
    (report,) = read(
        "x.jsonl",
        '{"when": "2024-03-28", "text": "no", "words": "Kim met."}',
        columns={"date": "when", "text": "words"},
    )
    assert (report.text, report.published.day) == ("Kim met.", "2024-03-28")


def test_lone_surrogate_becomes_one_replacement_character(read):
    (report,) = read("x.jsonl", r'{"date": "2024-03-28", "text": "Kim \ud800 met \ud83d\ude00."}')
    assert report.text == "Kim \ufffd met \U0001f600."


@pytest.mark.parametrize("indent", [None, 2])
def test_array_gives_the_same_reports_as_lines(read, indent):
    records = [RECORD | {"id": str(number), "text": f'Kim "met" {{Wang}} [{number}].\\'} for number in range(5)]
    from_array = read("x.json", json.dumps(records, indent=indent))
    from_lines = read("x.jsonl", "\n".join(map(json.dumps, records)))
    assert [(one.id, one.text) for one in from_array] == [(one.id, one.text) for one in from_lines]


def test_one_pretty_object_is_a_report(read):
    (report,) = read("x.json", json.dumps(RECORD, indent=2))
    assert isinstance(report, Report)


@pytest.mark.parametrize(
    "broken",
    ['{"date": "2024-03-28", "text": "cut', '{"date": "2024-03-28", "cited": ["a" }', '{"date": "2024-03-28", "n": 1'],
)
def test_broken_record_in_an_array_does_not_hide_the_next(read, broken):
    found = read("x.json", f"[{json.dumps(RECORD)},\n{broken}\n,{json.dumps(RECORD)}]")
    assert [type(one) for one in found] == [Report, Rejected, Report]
    assert found[1].origin.endswith("x.json:2")
    assert found[2].origin.endswith("x.json:3")


def test_array_of_strings_is_rejected(read):
    (rejected,) = read("x.json", '["Kim met Wang."]')
    assert isinstance(rejected, Rejected)


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=12,
)
RECORDS = st.lists(st.dictionaries(st.text(max_size=5), JSON_VALUES, min_size=1, max_size=4), max_size=4)


@given(RECORDS, st.sampled_from([None, 1]), st.booleans(), st.integers(1, 40))
def test_every_record_of_an_array_is_cut_out(records, indent, ensure_ascii, size):
    data = json.dumps(records, indent=indent, ensure_ascii=ensure_ascii).encode("utf-8", "surrogatepass")
    chunks = (data[start : start + size] for start in range(0, len(data), size))
    assert [json.loads(piece) for _, piece in split_records(chunks, 10_000) if piece] == records


@given(st.binary(max_size=200) | st.text(alphabet='{}[]",:\\\n a', max_size=100).map(str.encode), st.integers(1, 50))
def test_cuts_of_anything_don_t_depend_on_how_it_arrives(data, size):
    chunks = (data[start : start + size] for start in range(0, len(data), size))
    assert list(split_records(chunks, 40)) == list(split_records(iter([data]), 40))


def test_record_that_is_too_long_gives_no_bytes():
    data = b'[{"text": "' + b"a" * 100 + b'"},\n{"text": "b"}]'
    assert list(split_records(iter([data]), 50)) == [(1, None), (2, b'{"text": "b"}')]
