"""Names are cut out of a treebank's mentions: without titles, offices and the names of others."""

import gzip
from pathlib import Path

import pytest
from training.treebanks import CLASSES, read_classes, read_names

from legation.language.labels import NAME_KINDS

# id, word, class, Penn tag, head, relation, entity mark; the sentences are of our own writing.
SENTENCES = {
    "Harbour Board spokesperson Ana Ruiz met Mr. Novak": """
        1 Harbour PROPN NNP 2 compound (1-person-new-x(2-organization-new-x
        2 Board PROPN NNP 3 compound 2)
        3 spokesperson NOUN NN 6 nsubj _
        4 Ana PROPN NNP 3 flat _
        5 Ruiz PROPN NNP 4 flat 1)
        6 met VERB VBD 0 root _
        7 Mr. PROPN NNP 8 nmod:desc (3-person-new-x
        8 Novak PROPN NNP 6 obj 3)""",
    "Governor of Utrecht Kim Chun-yu thanked the Dutch": """
        1 Governor PROPN NNP 4 nmod:desc (1-person-new-x
        2 of ADP IN 3 case _
        3 Utrecht PROPN NNP 1 nmod (2-place-new-x)
        4 Kim PROPN NNP 8 nsubj _
        5 Chun PROPN NNP 4 flat _
        6 - PUNCT HYPH 5 punct _
        7 yu PROPN NNP 4 flat 1)
        8 thanked VERB VBD 0 root _
        9 the DET DT 10 det (3-person-new-x
        10 Dutch PROPN NNPS 8 obj 3)""",
    "They left the United States": """
        1 They PRON PRP 2 nsubj (1-person-new-x)
        2 left VERB VBD 0 root _
        3 the DET DT 5 det (2-place-new-x
        4 United ADJ NNP 5 amod _
        5 States PROPN NNP 2 obj 2)""",
}


@pytest.fixture
def treebank(tmp_path: Path) -> Path:
    path = tmp_path / "small.conllu.gz"
    with gzip.open(path, "wt", encoding="utf-8") as out:
        for k, (text, rows) in enumerate(SENTENCES.items()):
            print(f"# sent_id = s{k}\n# text = {text}", file=out)
            for row in rows.split("\n")[1:]:
                n, word, kind, penn, head, relation, entity = row.split()
                misc = f"Entity={entity}" if entity != "_" else "_"
                print("\t".join([n, word, word, kind, penn, "_", head, relation, "_", misc]), file=out)
            print(file=out)
    return path


def test_names_are_without_titles_offices_and_peoples(treebank: Path) -> None:
    read = [
        [(" ".join(example.words[a:b]), NAME_KINDS[kind]) for a, b, kind in example.names or ()]
        for example in read_names(treebank)
    ]
    assert read == [
        [("Harbour Board", "ORG"), ("Ana Ruiz", "PER"), ("Novak", "PER")],
        [("Utrecht", "LOC"), ("Kim Chun - yu", "PER")],
        [("United States", "LOC")],
    ]


def test_word_classes_follow_the_words(treebank: Path) -> None:
    last = read_classes(treebank)[2]
    assert last.names is None
    assert [CLASSES[k] for k in last.classes or ()] == ["PRON", "VERB", "DET", "ADJ", "PROPN"]
