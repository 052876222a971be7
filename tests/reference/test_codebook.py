"""The codebook is complete, its examples are well-formed, and a broken file says where and what to do."""

import shutil
from pathlib import Path

import pytest

from legation.errors import ReferenceDataError
from legation.language.labels import STATUSES, TYPE_MODES
from legation.reference.codebook import EventType, load_codebook, read_codebook
from legation.reference.tables import FOLDER

BOOK = load_codebook()


def test_codebook_has_the_types_modes_and_statuses_that_the_model_learns() -> None:
    assert {entry.code: tuple(mode.code for mode in entry.modes) for entry in BOOK.types} == TYPE_MODES
    assert tuple(status.code for status in BOOK.statuses) == STATUSES


@pytest.mark.parametrize("entry", BOOK.types, ids=lambda entry: entry.code)
def test_examples_hold_their_trigger_and_counterexamples_another_type(entry: EventType) -> None:
    for example in (entry.positive, *(mode.positive for mode in entry.modes)):
        assert example.trigger in example.text
        assert len(example.trigger.split()) <= 3
        assert example.text.endswith(".")
    assert entry.negative.text != entry.positive.text
    assert entry.negative.instead != entry.code
    assert entry.gloss
    assert all(mode.gloss for mode in entry.modes)


def test_no_sentence_stands_twice() -> None:
    texts = [entry.positive.text for entry in BOOK.types] + [entry.negative.text for entry in BOOK.types]
    texts += [mode.positive.text for entry in BOOK.types for mode in entry.modes]
    assert len(texts) == len(set(texts))


def test_cameo_codes_are_codes_and_modes_may_be_asked_by_name() -> None:
    codes = [entry.cameo for entry in BOOK.types] + [mode.cameo for entry in BOOK.types for mode in entry.modes]
    assert all(code.isdigit() and 3 <= len(code) <= 4 and 1 <= int(code[:2]) <= 20 for code in codes)
    assert BOOK.type("CONSULT").mode("visit").cameo == "042"
    with pytest.raises(KeyError):
        BOOK.type("CONSLT")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("instead: AID", "instead: AIDE", r'support.yml: type "AIDE" is not in the codebook. Did you mean "AID"\?'),
        ("code: SUPPORT", "code: SUPORT", r'support.yml: code "SUPORT" should be "SUPPORT", as the file'),
        ("status: done", "status: maybe", r'support.yml: status "maybe" is not in the codebook. Known are done,'),
        ('trigger: "backed"', 'trigger: "baked"', r'support.yml: trigger "baked" is not in "The Irish'),
        ("quad: verbal", "quad: verbally", r'quad "verbally cooperation" is not in the codebook. Did you mean'),
        ("cameo: ", "camoe: ", r"support.yml: cameo missing. Copy the form of another type"),
        ("code: sign", "code: praise", r"support.yml: a mode stands twice"),
    ],
)
def test_a_broken_file_says_where_and_what_to_do(tmp_path: Path, old: str, new: str, message: str) -> None:
    folder = tmp_path / "codebook"
    shutil.copytree(FOLDER / "codebook", folder)
    path = folder / "support.yml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ReferenceDataError, match=message):
        read_codebook(folder)
