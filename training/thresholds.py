"""Choose how sure the reader must be of a trigger: the threshold with the best typed F1 on held-out sentences.

usage: python -m training.thresholds --model src/legation/language/reader.onnx [--held-out 0.05]

In: an exported model and the given sentences that its training kept out (the same share). Out: training/about.json,
whose facts travel in the model's metadata at the next export, and a line with the figures. One threshold for all types:
thresholds by type were no better on sentences that they were not chosen on.
"""

import argparse
import json
import random
from collections import Counter
from pathlib import Path

from legation.language.acts import decode_acts
from legation.language.labels import TYPES
from legation.language.model import Reader
from training.data import Example, load_annotated

FLOOR = 0.15


def held_out_sentences(shared: Path, share: float) -> list[Example]:
    """The given sentences that training with this --held-out keeps out (see training.train)."""
    examples = load_annotated(shared, Path("training/annotations"))
    random.Random(0).shuffle(examples)
    given = [example for example in examples if "@" not in example.key]
    return given[: int(len(given) * share)]


def main() -> None:
    """Scan thresholds, write the best."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--model", type=Path, default=Path("src/legation/language/reader.onnx"))
    parser.add_argument("--held-out", type=float, default=0.05)
    parser.add_argument("--about", type=Path, default=Path("training/about.json"))
    options = parser.parse_args()
    examples = held_out_sentences(options.shared, options.held_out)
    scores = Reader(options.model).read([(e.words, e.context) for e in examples], floor=FLOOR)
    best = (0.0, 0.0)
    for step in range(int(FLOOR * 50), 35):
        threshold = step / 50
        n: Counter[str] = Counter()
        for example, score in zip(examples, scores, strict=True):
            found = Counter(TYPES.index(act.type) for act in decode_acts(score, {"*": threshold}))
            gold = Counter(event.type for event in example.events or ())
            n["right"] += sum((found & gold).values())
            n["found"] += sum(found.values())
            n["gold"] += sum(gold.values())
        f1 = 2 * n["right"] / (n["found"] + n["gold"])
        best = max(best, (f1, threshold))
        print(f"{threshold:.2f} P {n['right'] / n['found']:.3f} R {n['right'] / n['gold']:.3f} F1 {f1:.4f}")
    options.about.write_text(json.dumps({"thresholds": {"*": best[1]}}) + "\n")
    print(f"best {best[1]:.2f} with F1 {best[0]:.4f} on {len(examples)} sentences, written to {options.about}")


if __name__ == "__main__":
    main()
