"""Web pages: the article, and the publication date only where the page states it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.sources import Published, Rejected, Report
from legation.sources.web_page import draft_from_html, strip_markup

BODY = "<p>Kim Song Nam met Wang Yi in Beijing on 21 January 2019, the agency said on Monday.</p>" * 2


def page(head="", body=BODY):
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>Kim in Beijing</title>{head}</head>"
        f"<body><nav>Home</nav><article><h1>Kim in Beijing</h1>{body}</article></body></html>"
    )


@pytest.mark.parametrize(
    ("head", "value"),
    [
        ('<meta property="article:published_time" content="2024-03-28T06:00:00+09:00">', "2024-03-28T06:00:00+09:00"),
        ('<meta name="DC.date.issued" content="2024-03-28">', "2024-03-28"),
        ('<meta itemprop="datePublished" content="March 28, 2024">', "2024-03-28"),
        (
            '<script type="application/ld+json">{"@graph": [{"@type": "WebPage", "datePublished": "2020-01-01"},'
            ' {"@type": "NewsArticle", "datePublished": "2024-03-28"}]}</script>',
            "2024-03-28",
        ),
        ('<meta property="article:modified_time" content="2024-03-28">', None),
        ('<script type="application/ld+json">{broken</script>', None),
    ],
)
def test_date_comes_from_what_the_page_states(read, head, value):
    (report,) = read("x.html", page(head))
    assert report.published == Published(value, "meta" if value else "")


def test_date_of_an_event_never_becomes_the_publication_date(read):
    (report,) = read("x.html", page())
    assert report.published == Published(None, "")
    assert "21 January 2019" in report.text


def test_marked_time_element_gives_the_date(read):
    (report,) = read(
        "x.html", page(body='<time datetime="2024-03-28" class="entry-date published">today</time>' + BODY)
    )
    assert report.published == Published("2024-03-28", "meta")


def test_day_in_the_address_is_taken(read):
    (report,) = read("x.html", page('<link rel="canonical" href="https://example.org/2024/03/28/kim">'))
    assert report.published == Published("2024-03-28", "url")


def test_title_and_site_are_read_and_surroundings_left_out(read):
    (report,) = read("x.html", page('<meta property="og:site_name" content="Example Times">'))
    assert (report.title, report.source) == ("Kim in Beijing", "Example Times")
    assert "Home" not in report.text


def test_declared_encoding_is_used(read):
    html = page('<meta charset="windows-1251">', BODY + "<p>" + "Посол сказал " * 3 + "to the press in Beijing.</p>")
    (report,) = read("x.html", html.encode("cp1251"), languages=())
    assert "Посол" in report.text


def test_page_without_an_article_is_rejected(read):
    (rejected,) = read("x.html", "<html><body></body></html>")
    assert rejected.reason == "expected a page with an article, found no running text. Leave the page out."


def test_picture_named_html_is_rejected(read):
    (rejected,) = read("x.html", b"\x89PNG\r\n\x1a\n" + b"\x00" * 50)
    assert rejected.reason == "expected a web page, found a PNG image."


def test_page_that_is_too_long_is_rejected(read):
    (rejected,) = read("x.html", page() + " " * 5000, max_report_bytes=2000)
    assert "at most 2,000 bytes" in rejected.reason


def test_page_without_suffix_is_known_by_its_beginning(read):
    (report,) = read("page", page())
    assert isinstance(report, Report)


@pytest.mark.parametrize(
    ("fragment", "words"),
    [
        ("Kim met Wang.", "Kim met Wang."),
        ("<p>Kim met <b>Wang</b>.</p><p>They spoke.</p>", "Kim met Wang.\nThey spoke."),
        ("Kim &amp; Wang", "Kim & Wang"),
        ("1 < 2", "1 < 2"),
    ],
)
def test_markup_is_taken_off(fragment, words):
    assert strip_markup(fragment) == words


@given(st.binary(max_size=200) | st.text(alphabet="<>/!-[]htmlbody&;=\"' ", max_size=80).map(str.encode))
def test_any_bytes_give_a_draft_or_a_rejection(data):
    draft_from_html(data, "x")
    strip_markup(data.decode("latin-1"))


def test_broken_page_does_not_raise(monkeypatch):
    def fail(*args, **keywords):
        raise RuntimeError

    monkeypatch.setattr("trafilatura.bare_extraction", fail)
    found = draft_from_html(page().encode(), "x")
    assert found == Rejected(
        "x", "expected a web page, found one that can't be parsed (RuntimeError). Save it as text."
    )
