"""RSS and Atom."""

from hypothesis import given, settings
from hypothesis import strategies as st

from legation.sources import Published, Report, SourceOptions
from legation.sources.document import Document
from legation.sources.feed import read_feed

RSS = """<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Example &amp; Times</title>
<item><title>Kim in Beijing</title><link>https://example.org/1</link><guid>1</guid>
<pubDate>Thu, 28 Mar 2024 06:00:00 +0900</pubDate>
<description>&lt;p&gt;Kim met &lt;b&gt;Wang&lt;/b&gt;.&lt;/p&gt;</description></item>
<item><title>Undated</title><description>Kim left.</description></item>
<item><title>Empty</title><pubDate>Thu, 28 Mar 2024 06:00:00 GMT</pubDate></item>
<item><title>Whole</title><pubDate>Thu, 28 Mar 2024 06:00:00 GMT</pubDate><description>short</description>
<content:encoded>&lt;p&gt;Kim met Wang.&lt;/p&gt;&lt;p&gt;They spoke.&lt;/p&gt;</content:encoded></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Example</title><updated>2024-03-29T00:00:00Z</updated>
<entry><title>Kim</title><id>urn:1</id><published>2024-03-28T10:15:00Z</published><updated>2024-03-29T11:00:00Z</updated>
<content type="html">&lt;p&gt;Kim met Wang.&lt;/p&gt;</content></entry>
<entry><title>Kim</title><id>urn:2</id><updated>2024-03-29T11:00:00Z</updated>
<summary>Kim left.</summary></entry></feed>"""


def test_item_becomes_a_report_with_its_own_offset(read):
    report = read("x.rss", RSS)[0]
    assert (report.title, report.source, report.text) == ("Kim in Beijing", "Example & Times", "Kim met Wang.")
    assert report.published == Published("2024-03-28T06:00:00+09:00", "feed")
    assert report.url == "https://example.org/1"
    assert report.origin.endswith("x.rss:1")


def test_item_without_date_or_text_is_rejected_and_the_rest_goes_on(read):
    _, undated, empty, whole = read("x.rss", RSS)
    assert undated.reason == (
        'expected the publication date, a day "YYYY-MM-DD" or an instant "YYYY-MM-DDThh:mm:ssZ", found none. '
        "Fill it in, or give default_date for all reports without one."
    )
    assert undated.origin.endswith("x.rss:2")
    assert empty.reason.startswith("expected the text of a report, found none")
    assert whole.text == "Kim met Wang.\nThey spoke."


def test_atom_entry_is_dated_by_its_publication(read):
    first, second = read("x.xml", ATOM)
    assert first.published.value == "2024-03-28T10:15:00Z"
    assert second.published.value == "2024-03-29T11:00:00Z"


def test_same_item_in_another_feed_position_keeps_its_id(read):
    items = RSS.split("<item>")
    turned = "<item>".join([items[0], items[2], items[1], *items[3:]])
    assert read("x.rss", RSS)[0].id == read("y.rss", turned)[1].id


def test_other_xml_is_rejected(read):
    (rejected,) = read("x.xml", '<?xml version="1.0"?><books><book/></books>')
    assert rejected.reason == "expected an RSS or Atom feed, found other XML. Export it as JSON lines or CSV."


def test_feed_that_is_too_long_is_rejected(read):
    (rejected,) = read("x.rss", RSS, max_feed_bytes=100)
    assert "at most 100 bytes" in rejected.reason


def test_feed_cut_off_gives_what_it_holds(read):
    found = read("x.rss", RSS[: RSS.index("<item><title>Empty")])
    assert isinstance(found[0], Report)


@settings(deadline=None, max_examples=50)
@given(st.binary(max_size=100) | st.integers(0, len(RSS)).map(lambda end: RSS[:end].encode()))
def test_any_bytes_give_drafts_or_rejections(data):
    assert list(read_feed(Document("x", "x.rss", data, iter([data])), SourceOptions()))
