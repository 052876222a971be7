"""Which reader a document gets."""

import pytest

from legation.sources.dated_text import read_dated_text
from legation.sources.document import Document
from legation.sources.feed import read_feed
from legation.sources.json_reports import read_json_array, read_json_lines
from legation.sources.kinds import choose_reader
from legation.sources.plain_text import read_plain_text
from legation.sources.table import read_table
from legation.sources.web_archive import read_web_archive
from legation.sources.web_page import read_web_page


@pytest.mark.parametrize(
    ("name", "head", "reader"),
    [
        ("x.JSONL", b"", read_json_lines),
        ("x.json", b' [\n {"a": 1}]', read_json_array),
        ("x.json", b'{\n "a": 1}', read_json_array),
        ("x.json", b'{"a": 1}\n{"a": 2}', read_json_lines),
        ("x.csv", b"anything", read_table),
        ("x.xml", b'<?xml version="1.0"?><rss version="2.0">', read_feed),
        ("x.xml", b'<?xml version="1.0"?><!DOCTYPE html><html>', read_web_page),
        ("x.txt", b"date 2024-03-28 Kim met Wang.", read_dated_text),
        ("x.md", b"\n date 2024-03-28 Kim met Wang.", read_dated_text),
        ("x.txt", b"Kim met Wang.", read_plain_text),
        ("x.txt", b"Kim set the date 2024-03-28.", read_plain_text),
        ("", b"WARC/1.1\r\n", read_web_archive),
        ("", b"<!doctype HTML><p>", read_web_page),
        ("", b"date;title;text\n", read_table),
        ("", b"<Kim> met Wang", read_plain_text),
        ("article.php", b"\n<html>", read_web_page),
    ],
)
def test_kind_is_told_by_name_and_beginning(name, head, reader):
    assert choose_reader(Document("x", name, head, iter(()))) is reader
