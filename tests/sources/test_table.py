"""CSV and TSV."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.sources import Rejected, Report, SourceOptions
from legation.sources.document import Document
from legation.sources.table import read_table


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_columns_are_found_by_their_usual_names(read, delimiter):
    row = ["1", "2024-03-28", "KCNA", "Kim", "Kim met Wang.", "https://example.org"]
    header = ["ID", "Pub Date", "Outlet", "Headline", "Body", "Link"]
    (report,) = read("x.csv", "\r\n".join(map(delimiter.join, [header, row])))
    assert [report.id, report.published.value, report.source, report.title, report.text, report.url] == row


def test_text_comes_before_summary(read):
    (report,) = read("x.csv", "date,summary,text\n2024-03-28,short,long")
    assert report.text == "long"


def test_cell_may_hold_line_ends_and_doubled_quotes(read):
    first, second = read("x.csv", 'date,text\r\n2024-03-28,"Kim ""met""\r\nWang."\r\n2024-03-29,Kim left.\r\n')
    assert first.text == 'Kim "met"\r\nWang.'
    assert second.origin.endswith("x.csv:4")


def test_missing_column_is_told_once(read):
    (rejected,) = read("x.csv", "when,words\n2024-03-28,a\n2024-03-29,b")
    assert rejected.reason == (
        'expected the columns "date" and "text", found "when", "words". '
        "Rename them, or name them with the option columns."
    )


def test_named_column_that_is_not_there_is_told(read):
    (rejected,) = read("x.csv", "date,text\n2024-03-28,a", columns={"title": "Head"})
    assert 'expected the columns "title"' in rejected.reason


def test_default_date_stands_in_for_the_column(read):
    (report,) = read("x.csv", "text\nKim met Wang.", default_date="2024-03")
    assert report.published.value == "2024-03"


def test_quote_never_closed_costs_one_row(read):
    found = read("x.csv", 'date,text\n2024-03-27,a\n2024-03-28,"Kim met\n2024-03-29,b\n2024-03-30,c\n')
    assert [type(one) for one in found] == [Report, Rejected, Report, Report]
    assert found[1].origin.endswith("x.csv:3")
    assert found[1].reason == (
        "expected a row of cells, found a broken one (unexpected end of data). "
        'Close its quotes, and double those within a cell ("").'
    )


def test_quote_in_tab_separated_text_is_only_a_quote(read):
    first, second = read("x.tsv", 'date\ttext\n2024-03-28\t"Ready," Kim said.\n2024-03-29\tKim left.')
    assert first.text == '"Ready," Kim said.'
    assert second.text == "Kim left."


def test_row_with_too_few_cells_is_rejected_and_the_rest_goes_on(read):
    rejected, report = read("x.csv", "date,text\n2024-03-28\n2024-03-29,Kim left.")
    assert rejected.reason == "expected at least 2 cells, found 1. Put the row's cells under the header."
    assert isinstance(report, Report)


def test_cell_longer_than_the_csv_module_allows_is_read(read):
    (report,) = read("x.csv", "date,text\n2024-03-28," + "Kim met the man. " * 20_000)
    assert len(report.text) == len("Kim met the man. ") * 20_000


def test_row_that_is_too_long_is_rejected_and_the_rest_goes_on(read):
    rejected, report = read(
        "x.csv", "date,text\n2024-03-28," + "a" * 5000 + "\n2024-03-29,Kim left.", max_report_bytes=999
    )
    assert "at most 999 bytes" in rejected.reason
    assert report.text == "Kim left."


CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('",;\n'), min_size=1, max_size=20)


@given(st.lists(CELLS, min_size=1, max_size=5))
def test_what_csv_writes_is_read_back(cells):
    stream = io.StringIO()
    csv.writer(stream).writerows([["date", "text"], *(["2024-03-28", cell] for cell in cells)])
    document = Document("x", "x.csv", b"", iter([stream.getvalue().encode("utf-8")]))
    assert [draft.text for draft in read_table(document, SourceOptions())] == cells


@given(st.binary(max_size=200) | st.text(alphabet='",\na', max_size=60).map(str.encode))
def test_any_bytes_give_drafts_or_rejections(data):
    list(read_table(Document("x", "x.csv", data, iter([b"date,text\n", data])), SourceOptions()))
