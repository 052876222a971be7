"""Which language a report is in; cases in tests/cases/languages.yml."""

from pathlib import Path

import pytest
import yaml

from legation.sources.language_guess import _function_words, guess_language

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases/languages.yml").read_text("utf-8"))


@pytest.mark.parametrize(("text", "language"), CASES)
def test_language_is_told(text, language):
    assert guess_language(text) == language


def test_long_text_without_english_words_is_no_language_known():
    assert guess_language("blorfu zanti kremol " * 30) == "und"


def test_yaml_kept_every_word_a_string():
    assert {"on", "no"} <= _function_words().keys()
    assert "no" in _function_words()["ikke"]
