"""From paths to reports: places, compression, limits, and that bad content never raises."""

import gzip
import io
import itertools
import json
import os
import random
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from legation.errors import SourceError
from legation.sources import Published, Rejected, Report, SourceOptions, make_report, read_sources

LINE = '{"date": "2024-03-28", "text": "Kim met Wang."}\n'
MARKED = "date 2024-03-28 Kim met Wang."


def lines(n_lines):
    """Return records that don't compress to nothing."""
    random.seed(1)
    return "".join(
        json.dumps({"date": "2024-03-28", "text": f"Kim met Wang {random.random()}"}) + "\n" for _ in range(n_lines)
    ).encode()


def test_folder_is_read_in_order_with_hidden_files_left_out(tmp_path):
    for name in ("b/2.txt", "a/3.txt", "1.txt", ".hidden.txt", ".git/x.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(MARKED)
    origins = [report.origin for report in read_sources([str(tmp_path)])]
    assert [os.path.relpath(origin, tmp_path) for origin in origins] == ["1.txt:1", "a/3.txt:1", "b/2.txt:1"]


def test_pattern_is_expanded_in_order(tmp_path):
    for name in ("b.txt", "a.txt", "c.md"):
        (tmp_path / name).write_text(MARKED)
    origins = [Path(report.origin).name for report in read_sources([str(tmp_path / "*.txt")])]
    assert origins == ["a.txt:1", "b.txt:1"]


def test_file_with_brackets_in_its_name_is_no_pattern(tmp_path):
    (tmp_path / "a[1].txt").write_text(MARKED)
    (report,) = read_sources([str(tmp_path / "a[1].txt")])
    assert isinstance(report, Report)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("no.txt", "expected a file, folder or pattern, found nothing there. Check the path."),
        ("*.no", "expected files that match the pattern, found none. Check the path."),
    ],
)
def test_missing_path_is_rejected_and_the_rest_goes_on(tmp_path, name, reason):
    (tmp_path / "a.txt").write_text(MARKED)
    rejected, report = read_sources([str(tmp_path / name), str(tmp_path / "a.txt")])
    assert rejected == Rejected(str(tmp_path / name), reason)
    assert isinstance(report, Report)


def test_broken_link_and_pipe_are_rejected(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe")
    for name in ("link", "pipe"):
        (rejected,) = read_sources([str(tmp_path / name)])
        assert "found neither (a broken link, a pipe or a device)" in rejected.reason
    assert all(isinstance(found, Rejected) for found in read_sources([str(tmp_path)]))


def test_file_without_permission_is_rejected(tmp_path, monkeypatch):
    # Not by chmod: the tests may run as root, whom nothing is forbidden.
    (tmp_path / "a.txt").write_text(MARKED)

    def forbid(*args, **keywords):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", forbid)
    found = list(read_sources([str(tmp_path / "a.txt")]))
    monkeypatch.undo()
    assert found[0].reason == "expected a file that can be read, found no permission. Give yourself the permission."


def test_folder_without_permission_is_told(tmp_path, monkeypatch):
    def forbid(path, *args):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("os.scandir", forbid)
    found = list(read_sources([str(tmp_path)]))
    monkeypatch.undo()
    assert found == [
        Rejected(
            str(tmp_path), "expected a folder that can be read, found: Permission denied. Give yourself the permission."
        )
    ]


@pytest.mark.parametrize("data", [b"", b" \n\t\n", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("name", ["x.txt", "x.jsonl", "x.csv", "x.html", "x.rss", "x.warc", "x.json", "x.md"])
def test_empty_file_is_rejected(read, name, data):
    (rejected,) = read(name, data)
    assert rejected.reason == "expected reports, found an empty file. Fetch it again, or leave it out."


def test_long_white_space_before_the_text_is_told(read):
    (rejected,) = read("x.txt", " " * 100_000 + MARKED)
    assert rejected.reason == "expected reports, found 65,536 bytes of white space before anything. Remove them."


@pytest.mark.parametrize("compress", [gzip.compress, zstandard.ZstdCompressor().compress])
@pytest.mark.parametrize("suffix", [".gz", ".zst", ""])
def test_compressed_files_are_known_by_their_first_bytes(read, compress, suffix):
    reports = read(f"x.jsonl{suffix}", compress(LINE.encode() * 3))
    assert len(reports) == 3


def test_parts_put_together_are_read_to_the_end(read):
    assert len(read("x.jsonl.gz", gzip.compress(LINE.encode()) * 2 + b"\0" * 512)) == 2
    assert len(read("x.jsonl.zst", zstandard.ZstdCompressor().compress(LINE.encode()) * 2)) == 2


@pytest.mark.parametrize(("compress", "name"), [(gzip.compress, "gzip"), (zstandard.ZstdCompressor().compress, "zstd")])
def test_cut_off_file_keeps_what_stood_before(read, compress, name):
    data = compress(lines(20_000))
    *reports, rejected = read("x.jsonl", data[: len(data) * 3 // 4])
    assert len(reports) > 5000
    assert all(isinstance(report, Report) for report in reports)
    assert rejected.reason == (
        f"expected the end of the {name} data, found that the file is cut off; what stood before is kept. "
        "Fetch the file again."
    )


def test_damage_within_gzip_is_told(read):
    data = bytearray(gzip.compress(lines(20_000)))
    data[len(data) // 2 : len(data) // 2 + 100] = b"\xff" * 100
    *reports, rejected = read("x.jsonl.gz", bytes(data))
    assert len(reports) > 1000
    assert rejected.reason.startswith("expected gzip data, found damage (")


def test_cut_off_page_is_not_taken_for_the_whole(read):
    data = gzip.compress(b"Kim met Wang. " * 5000)
    (rejected,) = read("x.txt.gz", data[:-20])
    assert "cut off" in rejected.reason


@pytest.mark.parametrize(
    ("data", "n_reports"),
    [
        (LINE * 2, 2),
        (f"[{LINE},{LINE}]", 2),
        (f"{MARKED}\n{MARKED}", 2),
        ("date,text\n2024-03-28,Kim met Wang.\n", 1),
        ("Date: 2024-03-28\n\nKim met Wang.", 1),
        ("[Updated] Kim met Wang.", 1),
        ("{Updated} Kim met Wang.", 1),
    ],
)
def test_kind_of_standard_input_is_told_by_how_it_begins(data, n_reports):
    found = list(read_sources(["-"], stdin=io.BytesIO(data.encode())))
    assert [type(one) for one in found] == [Report] * n_reports
    assert found[0].origin in ("-", "-:1", "-:2")


def test_single_line_of_200_mb_is_skipped_in_little_memory():
    class Endless(io.RawIOBase):
        """200 MB without a line end, then a good line."""

        def __init__(self) -> None:
            self.parts = itertools.chain(
                [b'{"text": "'], itertools.repeat(b"a" * 65536, 3200), [b'"}\n', LINE.encode()]
            )

        def read(self, size: int = -1) -> bytes:
            return next(self.parts, b"")

    tracemalloc.start()
    rejected, report = read_sources(["-"], stdin=Endless(), options=SourceOptions(max_report_bytes=1_000_000))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert rejected.origin == "-:1"
    assert rejected.reason == (
        "expected a record of at most 1,000,000 bytes, found a longer one. "
        "Put one report on each line, or raise max_report_bytes."
    )
    assert report.origin == "-:2"
    assert peak < 8_000_000


def test_compression_bomb_stays_small(read):
    data = zstandard.ZstdCompressor().compress(b"a" * 100_000_000)
    tracemalloc.start()
    (rejected,) = read("x.txt.zst", data, max_report_bytes=100_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(rejected, Rejected)
    assert peak < 20_000_000


def test_reading_is_lazy(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(lines(20_000))
    tracemalloc.start()
    found = read_sources([str(tmp_path / "a.jsonl")])
    assert isinstance(found, Iterator)
    assert sum(isinstance(one, Report) for one in found) == 20_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 3_000_000


def test_text_in_another_language_is_rejected(read):
    (rejected,) = read("x.txt", "date 2024-03-28 Le ministre a reçu la délégation du parti à Pékin pour la signature.")
    assert rejected.reason == (
        'expected a text in en, found what looks like "fr". '
        "Translate it first, or let it through with the option languages."
    )


def test_other_languages_can_be_let_through(read):
    text = "date 2024-03-28 Le ministre a reçu la délégation du parti à Pékin pour la signature."
    (report,) = read("x.txt", text, languages=("en", "fr"))
    assert report.language == "fr"


@pytest.mark.parametrize(
    ("paths", "words"),
    [
        ("x.txt", "paths: expected a list of paths, found one string. Write ['x.txt']."),
        ([], 'paths: expected at least one file, folder, pattern, address or "-", found none. Name one.'),
        ([Path("x.txt")], "paths: expected strings that name files"),
        (["a\0b"], "paths: expected strings that name files"),
    ],
)
def test_wrong_use_raises_at_once(paths, words):
    with pytest.raises(SourceError) as raised:
        read_sources(paths)
    assert words in str(raised.value)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"columns": {"body": "x"}}, 'columns: expected one of id, date, source, title, text, url, found "body"'),
        ({"default_date": "03/04/2024"}, 'default_date: expected a day "YYYY-MM-DD", found "03/04/2024"'),
        ({"max_report_bytes": 0}, "max_report_bytes: expected a number above 0, found 0."),
        ({"languages": "en"}, 'languages: expected a tuple of codes, found "en". Write ("en",).'),
    ],
)
def test_wrong_option_raises_at_once(options, words):
    with pytest.raises(SourceError) as raised:
        SourceOptions(**options)
    assert words in str(raised.value)


FRAGMENTS = (
    *(
        b"date 2024-03-28 ",
        LINE.encode(),
        b'"',
        b"\n",
        b"date,text\n",
        b"<html>",
        b"<rss>",
        b"WARC/1.0\r\n",
        b"[",
        b"{",
    ),
    *(b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"\xff\xfe", b"\x00", b"---\n", b"Date: 2024-03-28\n", b"\xe9", b"#  "),
)
ANY_BYTES = st.binary(max_size=400) | st.lists(st.sampled_from(FRAGMENTS), max_size=12).map(b"".join)
SUFFIXES = ("", ".txt", ".md", ".json", ".jsonl", ".csv", ".tsv", ".html", ".xml", ".rss", ".warc", ".jsonl.gz")


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ANY_BYTES, st.sampled_from(SUFFIXES))
def test_any_bytes_under_any_name_never_raise(tmp_path, data, suffix):
    path = tmp_path / f"x{suffix}"
    path.write_bytes(data)
    for found in read_sources([str(path)]):
        assert isinstance(found, (Report, Rejected))
        if isinstance(found, Rejected):
            assert found.reason.startswith("expected ")
            assert found.reason.endswith(".")


TEXTS = ["Kim met Wang.", "Kim left.", "They spoke in Beijing.", "Xi sent a message."]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(TEXTS), st.sampled_from(["\n", "\r\n\r\n", " "]))
def test_same_content_gives_the_same_ids_in_any_order(tmp_path, texts, between):
    path = tmp_path / "x.txt"
    path.write_bytes(between.join(f"date 2024-03-28 {text}" for text in texts).encode())
    published = Published("2024-03-28", "mark")
    expected = {text: make_report(text, origin="elsewhere", published=published).id for text in TEXTS}
    assert {report.text: report.id for report in read_sources([str(path)])} == expected
