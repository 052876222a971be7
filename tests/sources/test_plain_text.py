"""Plain text and Markdown: one report in a file."""

from legation.sources import Published, Rejected, Report


def test_file_without_any_date_stays_undated(read):
    (report,) = read("note.txt", "Kim met Wang on 28 March 2024.\r\n")
    assert report.published == Published(None, "")
    assert report.text == "Kim met Wang on 28 March 2024.\r\n"


def test_front_matter_gives_date_title_and_source(read):
    (report,) = read("x.md", '---\ntitle: "Kim in Beijing"\ndate: 2024-03-28\nsource: KCNA\n---\nKim met Wang.\n')
    assert (report.title, report.source, report.text) == ("Kim in Beijing", "KCNA", "Kim met Wang.\n")
    assert report.published == Published("2024-03-28", "meta")


def test_header_lines_and_heading_are_no_part_of_the_text(read):
    (report,) = read("x.md", "# Kim in Beijing\n\nDate: 28 March 2024\nURL: https://example.org/a\n\nKim met *Wang*.\n")
    assert report.title == "Kim in Beijing"
    assert report.url == "https://example.org/a"
    assert report.published.value == "2024-03-28"
    assert report.text.strip() == "Kim met *Wang*."


def test_speech_with_a_colon_is_no_header(read):
    (report,) = read("x.txt", "Kim: We are ready.\nWang: So are we.\n")
    assert report.text == "Kim: We are ready.\nWang: So are we.\n"


def test_underlined_heading_is_the_title(read):
    (report,) = read("x.md", "Kim in Beijing\n==============\nKim met Wang.")
    assert (report.title, report.text) == ("Kim in Beijing", "Kim met Wang.")


def test_day_in_the_file_name_is_taken_where_the_text_gives_none(read):
    (named,) = read("2024-03-28-kim.md", "Kim met Wang.")
    (stated,) = read("2024-03-27-kim.md", "Date: 2024-03-28\n\nKim met Wang.")
    assert named.published == Published("2024-03-28", "file name")
    assert stated.published == Published("2024-03-28", "meta")


def test_broken_date_line_is_rejected(read):
    (rejected,) = read("x.md", "Date: 03/04/2024\n\nKim met Wang.")
    assert 'found "03/04/2024"' in rejected.reason


def test_rule_at_the_top_is_no_front_matter(read):
    (report,) = read("x.md", "---\nKim met Wang.\n---\nThey spoke.\n")
    assert "Kim met Wang." in report.text


def test_known_binary_formats_are_named(read):
    (rejected,) = read("x.pdf", b"%PDF-1.7\n\x00\x01\x02")
    assert rejected.reason == "expected text, found a PDF file: convert it to text first (pdftotext)."


def test_default_date_and_source_fill_only_what_is_missing(read):
    options = {"default_date": "2024-03", "default_source": "desk"}
    (bare,) = read("a.txt", "Kim met Wang.", **options)
    (full,) = read("b.txt", "Date: 2024-03-28\nSource: KCNA\n\nKim met Wang.", **options)
    assert (bare.published, bare.source) == (Published("2024-03", "default"), "desk")
    assert (full.published.value, full.source) == ("2024-03-28", "KCNA")


def test_file_that_is_too_long_is_rejected(read):
    (rejected,) = read("x.txt", "Kim met Wang. " * 100, max_report_bytes=1000)
    assert isinstance(rejected, Rejected)
    assert 'put "date YYYY-MM-DD" before each report' in rejected.reason


def test_line_ends_are_kept_as_received(read):
    (report,) = read("x.txt", "Kim met Wang.\r\nThey spoke.\rThen\nleft.")
    assert isinstance(report, Report)
    assert report.text == "Kim met Wang.\r\nThey spoke.\rThen\nleft."
