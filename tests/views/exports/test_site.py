"""A static site of a record: every link leads to a page, every sentence stands in it, nothing of a report is markup."""

from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from telling_by_hand import KIM, WANG, act, tell

from legation.record import Event
from legation.record.store import Record, open_record
from legation.record.store.asking import Question
from legation.views.exports.site import write_site
from legation.views.exports.source import Source


class Page(HTMLParser):
    """The text, links, ids and elements of a page."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.text, self.links, self.ids, self.tags = "", [], set(), set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.tags.add(tag)
        self.ids.add(told.get("id"))
        self.links += [value for name, value in told.items() if name in ("href", "src") and value]

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture
def site(source: Source, tmp_path: Path) -> Path:
    assert write_site(source, tmp_path / "site").n_events == 6
    return tmp_path / "site"


def test_every_link_leads_to_a_page_of_the_site_or_a_source(site: Path) -> None:
    pages = {path: Page(path) for path in site.rglob("*.html")}
    assert len(pages) > 20
    for path, page in pages.items():
        for link in page.links:
            where = urlsplit(link)
            if where.scheme:
                assert link.startswith("https://example.org/")
                continue
            target = (path.parent / where.path).resolve()
            assert target.is_file(), (path.name, link)
            assert not where.fragment or where.fragment in pages[target].ids


def test_an_events_page_shows_its_evidence(site: Path, pick: Callable[..., Event]) -> None:
    meeting = pick("CONSULT", "meet", "2024-03-22")
    page = Page(site / "events" / f"{meeting.id}.html")
    words = " ".join(page.text.split())
    assert all(c.sentence in words for c in meeting.claims)
    for told in ("2 origins, 3 reports", "the day differs: 2024-03-22, 2024-03-23", "Foreign Minister", "text 0–"):
        assert told in words
    assert "https://example.org/Harb?a=1&b=2" in page.links


def test_a_reader_comes_from_the_front_to_the_sentence(site: Path, pick: Callable[..., Event]) -> None:
    visit = pick("CONSULT", "visit")
    assert "months/2024-03.html" in Page(site / "index.html").links
    assert f"../events/{visit.id}.html" in Page(site / "months" / "2024-03.html").links
    report = f"../reports/{visit.claims[0].digest[:16]}.html"
    assert report in Page(site / "events" / f"{visit.id}.html").links
    assert visit.claims[0].sentence in Page(site / "reports" / Path(report).name).text
    (kim,) = (p.actor for p in visit.participants if p.name == "Kim Song Nam")
    actor = Page(site / "actors" / f"{kim}.html")
    assert f"../events/{visit.id}.html" in actor.links
    assert "director of the International Department" in actor.text


def test_months_undated_events_and_conflicts_have_their_place(site: Path, pick: Callable[..., Event]) -> None:
    assert f"../events/{pick('AID', 'economic').id}.html" in Page(site / "months" / "2024-05.html").links
    assert f"../events/{pick('STATEMENT', 'comment').id}.html" in Page(site / "months" / "undated.html").links
    assert "the day differs" in Page(site / "conflicts.html").text
    assert "6 events" in Page(site / "index.html").text


def test_a_year_alone_is_listed_under_the_year(tmp_path: Path) -> None:
    with open_record(tmp_path / "year.legation") as record:
        record.add(
            [tell("2024-03-24", act("AID", None, who=[KIM], whom=[WANG], when="2025", status="planned"))], reader="m"
        )
        write_site(Source(record, Question()), tmp_path / "site")
    assert [path.name for path in (tmp_path / "site" / "months").iterdir()] == ["2025.html"]


def test_words_of_reports_are_never_markup(tmp_path: Path) -> None:
    evil = '<script>alert(1)</script> "met" <img src=x onerror=alert(1)>'
    reading = tell("2024-03-24", act(who=[("<b>Kim</b>", "PRK")], whom=[WANG], sentence=evil), source="<i>Wire</i>")
    with open_record(tmp_path / "evil.legation") as record:
        from dataclasses import replace

        report = replace(reading.report, url="javascript:alert(1)", title="<script>alert(2)</script>")
        record.add([replace(reading, report=report)], reader="m")
        write_site(Source(record, Question()), tmp_path / "site")
    pages = [Page(path) for path in (tmp_path / "site").rglob("*.html")]
    assert not {"script", "img", "b", "i"} & set().union(*(page.tags for page in pages))
    assert not any(link.startswith("javascript:") for page in pages for link in page.links)
    assert any("<script>alert(1)</script>" in page.text for page in pages)


def test_the_same_record_gives_the_same_site(site: Path, source: Source, tmp_path: Path) -> None:
    write_site(source, tmp_path / "again")
    for path in site.rglob("*.html"):
        assert path.read_bytes() == (tmp_path / "again" / path.relative_to(site)).read_bytes()


def test_a_record_without_events_has_a_front(desk: Record, tmp_path: Path) -> None:
    assert write_site(Source(desk, Question(type="ASSAULT")), tmp_path / "site").n_events == 0
    assert "0 events" in Page(tmp_path / "site" / "index.html").text


def test_a_site_known_by_a_day_shows_no_later_report(desk: Record, tmp_path: Path) -> None:
    write_site(Source(desk, Question(known_by="2024-03-25")), tmp_path / "site")
    text = " ".join(Page(path).text for path in (tmp_path / "site").rglob("*.html"))
    assert "Le Hoai Trung" not in text
    assert "planned: Kim Song Nam visits Vietnam" in text
    assert KIM[0] in text
