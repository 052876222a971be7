"""Bytes in pieces: nothing lost, nothing held that is too long."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.sources.chunks import ChunkStream, Line, gather_chunks, read_lines, read_whole, split_head

CHUNKS = st.lists(st.binary(max_size=20) | st.sampled_from([b"\n", b"a\nb"]), max_size=20)


def failing(*chunks):
    yield from chunks
    raise OSError("disk")


@given(CHUNKS)
def test_nothing_is_lost_on_the_way(chunks):
    data = b"".join(chunks)
    head, rest = split_head(iter(chunks), 10)
    assert data.startswith(head)
    assert b"".join(rest) == b"".join(gather_chunks(iter(chunks))) == read_whole(iter(chunks), 1000) == data
    assert b"".join(line.data for line in read_lines(iter(chunks), 1000)) == data
    assert ChunkStream(filter(None, chunks)).read() == data


@given(CHUNKS, st.integers(1, 30))
def test_lines_don_t_depend_on_how_the_bytes_arrive(chunks, max_bytes):
    assert list(read_lines(iter(chunks), max_bytes)) == list(read_lines(iter([b"".join(chunks)]), max_bytes))


def test_long_line_keeps_its_number_and_the_next_is_read():
    assert list(read_lines(iter([b"aaaaaa", b"aaa\nb\n"]), 5)) == [Line(1, None), Line(2, b"b\n")]


@pytest.mark.parametrize("read", [gather_chunks, lambda chunks: split_head(chunks)[1]])
def test_what_stands_before_a_failure_comes_first(read):
    got = []

    def keep_all():
        for chunk in read(failing(b"a", b"b")):
            got.append(chunk)

    with pytest.raises(OSError, match="disk"):
        keep_all()
    assert b"".join(got) == b"ab"
