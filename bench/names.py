"""How well names are found: exact-span F1 of persons, organisations and places with the model that is shipped.

usage: python bench/names.py [FILE.conllu.gz]     (default ../shared/data/treebanks/gum-test.conllu.gz)

Gold: persons, organisations and places of GUM whose head is a proper noun, cut to the proper nouns around it; of
nested names the longest (training/data.py). Words are legation's own.
"""

import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from training.treebanks import read_names

from legation.language.acts import complete_names, decode_names
from legation.language.labels import NAME_KINDS
from legation.language.model import Reader


def main() -> None:
    """Read the names, count, print."""
    path = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data/treebanks/gum-test.conllu.gz")
    examples = read_names(path)
    scores = Reader().read([(example.words, ()) for example in examples], floor=1.0)
    n: Counter[str] = Counter()
    for example, score in zip(examples, scores, strict=True):
        read = {(*name.words, name.kind) for name in complete_names(decode_names(score.names), example.words)}
        gold = {(a, b, NAME_KINDS[kind]) for a, b, kind in example.names or ()}
        for kind in ("all", *NAME_KINDS):
            r, g = ({s for s in spans if kind in ("all", s[2])} for spans in (read, gold))
            n[f"{kind} right"] += len(r & g)
            n[f"{kind} both"] += len(r) + len(g)
    print({kind: round(2 * n[f"{kind} right"] / n[f"{kind} both"], 4) for kind in ("all", *NAME_KINDS)})


if __name__ == "__main__":
    main()
