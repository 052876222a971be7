"""Encodings: what is text, and in which."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.sources import Rejected
from legation.sources.decoding import decode

TEXT = "Kim said “we’re ready” – in São Paulo.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encoding_is_found(read, encoding):
    (report,) = read("x.txt", TEXT.encode(encoding))
    assert report.text == TEXT


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encoding_is_found_in_every_line_format(read, encoding):
    record = f'{{"date": "2024-03-28", "text": "{TEXT.strip()}"}}\n'
    reports = read("x.jsonl", (record * 2).encode(encoding))
    assert [report.text for report in reports] == [TEXT.strip()] * 2
    (row,) = read("x.csv", f"date,text\n2024-03-28,{TEXT}".encode(encoding))
    assert row.text == TEXT.strip()
    (marked,) = read("y.txt", f"date 2024-03-28 {TEXT}".encode(encoding))
    assert marked.text == TEXT.strip()


def test_byte_order_mark_of_big_endian_text_is_read():
    assert decode(TEXT.encode("utf-8")) == TEXT


def test_one_broken_letter_does_not_change_the_others():
    data = "São Paulo, México, Perú".encode()[:-1]
    assert decode(data) == "São Paulo, México, Per\ufffd"


def test_other_encodings_are_guessed():
    words = "Министр иностранных дел встретился в Пекине с делегацией партии, сообщило агентство. " * 3
    assert decode(words.encode("cp1251")) == words


def test_declared_encoding_comes_before_a_guess():
    assert decode("金成男在北京会见王毅".encode("gb18030"), "gb18030") == "金成男在北京会见王毅"
    assert decode(TEXT.encode("cp1252"), "no-such-encoding") == TEXT


@pytest.mark.parametrize("data", [bytes(range(256)) * 4, b"\x00" * 100, codecs.BOM_UTF8 + b"\x01\x02" * 50])
def test_binary_data_is_rejected(read, data):
    (rejected,) = read("x.txt", data)
    assert isinstance(rejected, Rejected)
    assert rejected.reason == (
        "expected text, found bytes that are none in UTF-8 or any usual encoding. Save as UTF-8."
    )


@given(st.binary(max_size=300))
def test_any_bytes_give_text_or_none(data):
    text = decode(data)
    assert text is None or isinstance(text, str)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf8_comes_back_as_written(text):
    assert decode(text.encode("utf-8")) == text
