"""Which language a text is written in, as far as a reader of English reports has to know.

In: text. Out: a BCP 47 code: "en", another language, "und-Cyrl" for a script used by many, "und" for what
resembles no language known here. Idea: the commonest words of a language are some four in ten of any text in it
(Grefenstette 1995, "Comparing two language identification schemes"), so counting them is enough for texts of
a sentence or more. py3langid was measured beside it: 4.6 MB, one second and 130 MB to load, and unsure of short
English sentences full of foreign names, which is what reports of diplomacy are.
"""

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml

__all__ = ["guess_language"]

# Enough to count in; the rest of a long report is in the same language.
SAMPLE_LENGTH = 5000
MIN_LETTERS = 40
# Names ("La Paz", "Al Jazeera") count for other languages, so that another one must lead clearly. Of 34,580
# English reports (feeds of 40 outlets, KCNA, Wikinews, State Department) none was taken for another language, and
# the one French one among them was found; of those with 60 words or more, the lowest share of English function
# words is 0.039 (a football line-up), the next 0.13.
MIN_OTHER_WORDS = 3
OTHER_OVER_ENGLISH = 1.5
MIN_WORDS_TO_MISS_ENGLISH = 60
MIN_ENGLISH_SHARE = 0.03

WORD = re.compile(r"[^\W\d_]+")
SCRIPTS = (
    ("ja", "\u3040", "\u30ff"),
    ("ko", "\u1100", "\u11ff"),
    ("ko", "\uac00", "\ud7af"),
    ("zh", "\u3400", "\u9fff"),
    ("und-Cyrl", "\u0400", "\u052f"),
    ("und-Arab", "\u0600", "\u06ff"),
    ("und-Arab", "\u0750", "\u077f"),
    ("he", "\u0590", "\u05ff"),
    ("el", "\u0370", "\u03ff"),
    ("th", "\u0e00", "\u0e7f"),
    ("lo", "\u0e80", "\u0eff"),
    ("my", "\u1000", "\u109f"),
    ("km", "\u1780", "\u17ff"),
    ("hy", "\u0530", "\u058f"),
    ("ka", "\u10a0", "\u10ff"),
    ("am", "\u1200", "\u137f"),
    ("und-Deva", "\u0900", "\u097f"),
    ("bn", "\u0980", "\u09ff"),
    ("ta", "\u0b80", "\u0bff"),
    ("si", "\u0d80", "\u0dff"),
)


def guess_language(text: str) -> str:
    """Return the BCP 47 code of a text's language; below 40 Latin letters there is too little to tell: "en".

    >>> guess_language("Le ministre chinois des Affaires étrangères a reçu hier à Pékin la délégation.")
    'fr'
    """
    sample = text[:SAMPLE_LENGTH]
    letters = [letter for letter in sample if letter.isalpha()]
    n_latin = sum(map(_is_latin, letters))
    if n_latin < len(letters) / 2:
        return _name_script(letters)
    if len(letters) < MIN_LETTERS:
        return "en"
    return _compare_function_words(WORD.findall(sample.lower()))


def _compare_function_words(words: list[str]) -> str:
    table = _function_words()
    counts = Counter(language for word in words for language in table.get(word, ()))
    n_english = counts.pop("en", 0)
    # Sorted, so that of two close relatives with equal counts it is always the same one.
    other, n_other = max(sorted(counts.items()), key=lambda item: item[1], default=("und", 0))
    if n_other >= MIN_OTHER_WORDS and n_other > OTHER_OVER_ENGLISH * n_english:
        return other
    if len(words) >= MIN_WORDS_TO_MISS_ENGLISH and n_english < MIN_ENGLISH_SHARE * len(words):
        return "und"
    return "en"


def _is_latin(letter: str) -> bool:
    return letter < "\u0250" or "\u1e00" <= letter <= "\u1eff"


def _name_script(letters: list[str]) -> str:
    counts = Counter(code for letter in letters for code, first, last in SCRIPTS if first <= letter <= last)
    # Japanese is written with more Chinese characters than its own, Chinese never with Japanese ones.
    if counts["ja"] > 0.1 * counts["zh"]:
        return "ja"
    return counts.most_common(1)[0][0] if +counts else "und"


@cache
def _function_words() -> Mapping[str, tuple[str, ...]]:
    lists = yaml.safe_load(files(__package__).joinpath("function_words.yml").read_text("utf-8"))
    table: dict[str, tuple[str, ...]] = {}
    for language, words in lists.items():
        for word in words.split():
            table[word] = (*table.get(word, ()), language)
    return table
