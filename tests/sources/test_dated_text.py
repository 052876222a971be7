"""Dated text: reports marked by `date YYYY-MM-DD`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.sources import Published, Rejected, Report, SourceOptions
from legation.sources.dated_text import has_date_mark, read_dated_text
from legation.sources.document import Document


def cut(data, size, max_bytes=10_000_000):
    """Read dated text given in chunks of one size."""
    chunks = (data[start : start + size] for start in range(0, len(data), size))
    return list(read_dated_text(Document("x", "x.txt", data, chunks), SourceOptions(max_report_bytes=max_bytes)))


def test_each_mark_begins_a_report(read):
    first, second = read("two.txt", " date 2024-03-28 Kim met Wang.\n\nThey spoke. date 2024-03-21 Kim left.\n")
    assert (first.text, first.published) == ("Kim met Wang.\n\nThey spoke.", Published("2024-03-28", "mark"))
    assert (second.text, second.published.day, second.title) == ("Kim left.", "2024-03-21", "")
    assert first.origin.endswith("two.txt:1")
    assert second.origin.endswith("two.txt:3")


def test_report_keeps_its_id_wherever_it_stands(read):
    alone = read("alone.txt", "date 2024-03-28 Kim met Wang.")
    first, last = read("both.txt", "date 2024-03-28 Kim met Wang.\r\n\r\ndate 2024-03-21 Kim left.")
    last_now, first_now = read("turned.txt", "date 2024-03-21 Kim left.\ndate 2024-03-28 Kim met Wang.")
    assert first.id == alone[0].id == first_now.id
    assert last.id == last_now.id


@pytest.mark.parametrize("prose", ["the date 2024-05-01", "on\ndate 2024-05-01", "release date 2024-05-01"])
def test_date_in_prose_is_no_mark(read, prose):
    (report,) = read("x.txt", f"date 2024-03-28 They fixed {prose} for talks.")
    assert prose in report.text


@pytest.mark.parametrize(
    ("mark", "found"),
    [
        ("2024-02-30", "2024-02-30"),
        ("28.03.2024", "28.03.2024"),
        ("2024-03", "date 2024-03"),
        ("2024-3-28", "2024-3-28"),
    ],
)
def test_broken_mark_is_rejected_and_the_rest_goes_on(read, mark, found):
    rejected, report = read("x.txt", f"date {mark} Kim met Wang.\ndate 2024-03-29 Kim left.")
    assert rejected.origin.endswith("x.txt:1")
    assert rejected.reason == (
        'expected a day "YYYY-MM-DD" or an instant "YYYY-MM-DDThh:mm:ssZ" as the publication date, '
        f'found "{found}". Write the date in that form.'
    )
    assert report.text == "Kim left."


def test_text_before_the_first_mark_is_told(read):
    rejected, report = read("x.txt", "Collected by A. B.\n\ndate 2024-03-28 Kim met Wang.")
    assert rejected.reason == (
        'expected "date YYYY-MM-DD" before the first report, found "Collected by A. B.". '
        "Put the mark before the text, or remove the text."
    )
    assert isinstance(report, Report)


def test_mark_without_text_is_rejected(read):
    rejected, report = read("x.txt", "date 2024-03-28\ndate 2024-03-29 Kim left.")
    assert rejected.reason == "expected the text of a report, found none. Fill it in, or leave the report out."
    assert report.published.day == "2024-03-29"


def test_report_that_is_too_long_is_rejected_and_the_rest_goes_on():
    data = b"date 2024-03-28 " + b"long " * 400 + b"\ndate 2024-03-29 Kim left."
    rejected, draft = cut(data, 100, max_bytes=500)
    assert isinstance(rejected, Rejected)
    assert "at most 500 bytes" in rejected.reason
    assert (draft.text, draft.origin) == ("Kim left.", "x:2")


def test_mark_may_give_the_time(read):
    (report,) = read("x.txt", "date 2024-03-28T10:15:00Z Kim met Wang.")
    assert report.published.value == "2024-03-28T10:15:00Z"


PIECES = st.lists(
    st.sampled_from(
        [
            "date 2024-03-28",
            "date 2024-02-30",
            "date 1/2/2024",
            " ",
            "\n",
            "\r\n",
            "the ",
            "Kim met Wang.",
            "date",
            "é",
            "x" * 60,
        ]
    ),
    max_size=30,
)


@given(PIECES, st.integers(1, 300))
def test_cuts_don_t_depend_on_how_the_bytes_arrive(pieces, size):
    data = "".join(pieces).encode()
    assert cut(data, size) == cut(data, max(len(data), 1))
    assert cut(data, size, max_bytes=80) == cut(data, max(len(data), 1), max_bytes=80)


@given(PIECES)
def test_drafts_are_words_of_the_file(pieces):
    data = "".join(pieces)
    for found in cut(data.encode(), 50):
        assert isinstance(found, Rejected) or found.text in data


def test_prose_is_not_dated_text():
    assert not has_date_mark(b"Kim set the date 2024-03-28 for talks.")
    assert has_date_mark(b"\n date 2024-03-28 Kim met Wang.")
