"""Choose how sure the reader must be: thresholds with the best F1 on held-out sentences.

usage: python -m training.thresholds [--model src/legation/language/reader.onnx]

In: an exported model and the sentences of held_out.txt, which training keeps out. Out: training/about.json,
whose facts travel in the model's metadata at the next export, and the figures. One threshold for the triggers of all
types (by type there is too little to choose on), and one for each role: how surely a span of it must begin.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from legation.language.acts import Act, decode_acts
from legation.language.labels import ROLES, TYPES
from legation.language.model import Reader, SentenceScores
from training.data import Event, Example, load_annotated, split_held_out

FLOOR = 0.15
NOISE = 0.2  # half a standard error of F1, over the root of the number of gold spans: thresholds so near are one
STEPS = [step / 40 for step in range(8, 35)]  # 0.2 to 0.85
FIELDS = {"actor": "actors", "recipient": "recipients", "place": "place", "when": "when", "said_by": "said_by"}


def typed_f1(examples: Sequence[Example], scores: Sequence[SentenceScores], thresholds: dict[str, float]) -> float:
    """F1 of types found in a sentence."""
    right = both = 0
    for example, score in zip(examples, scores, strict=True):
        found = Counter(act.type for act in decode_acts(score, example.words, thresholds))
        gold = Counter(TYPES[event.type] for event in example.events or ())
        right += sum((found & gold).values())
        both += sum(found.values()) + sum(gold.values())
    return 2 * right / both


def role_f1(
    role: str, examples: Sequence[Example], scores: Sequence[SentenceScores], thresholds: dict[str, float]
) -> float:
    """F1 of a role's spans, by overlap, in acts that were found with their type."""
    right = both = 0
    for example, score in zip(examples, scores, strict=True):
        for act, event in matched(decode_acts(score, example.words, thresholds), example.events or ()):
            value = getattr(act, FIELDS[role])
            found = list(value if role in ("actor", "recipient") else [value] if value else [])
            gold = event.roles[ROLES.index(role)]
            both += len(found) + len(gold)
            for first, end in gold:
                hit = next((span for span in found if span[0] < end and first < span[1]), None)
                if hit:
                    found.remove(hit)
                    right += 2
    return right / both


def matched(acts: Iterable[Act], events: Sequence[Event]) -> Iterable[tuple[Act, Event]]:
    """Acts with the event whose trigger they found."""
    for act in acts:
        event = next(
            (e for e in events if TYPES[e.type] == act.type and act.trigger[0] <= e.head < act.trigger[1]), None
        )
        if event:
            yield act, event


def middle_of_plateau(curve: dict[float, float], n_gold: int) -> float:
    """The step nearest to 0.5 among those as good as the best but for noise, on a curve smoothed over five steps."""
    noise = NOISE / n_gold**0.5
    steps = sorted(curve)
    smooth = {
        step: sum(curve[s] for s in steps[max(0, k - 2) : k + 3]) / len(steps[max(0, k - 2) : k + 3])
        for k, step in enumerate(steps)
    }
    best = max(smooth.values())
    return min((step for step in steps if smooth[step] >= best - noise), key=lambda step: abs(step - 0.5))


def main() -> None:
    """Scan thresholds, write the best."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--model", type=Path, default=Path("src/legation/language/reader.onnx"))
    parser.add_argument("--about", type=Path, default=Path("training/about.json"))
    options = parser.parse_args()
    examples, _ = split_held_out(load_annotated(options.shared))
    scores = Reader(options.model).read([(e.words, e.context) for e in examples], floor=FLOOR)
    thresholds: dict[str, float] = {}
    curve = {step: typed_f1(examples, scores, {"*": step}) for step in STEPS}
    thresholds["*"] = middle_of_plateau(curve, sum(len(e.events or ()) for e in examples))
    print(f"types {thresholds['*']:.3f} F1 {curve[thresholds['*']]:.4f} on {len(examples)} sentences")
    for role in FIELDS:
        curve = {step: role_f1(role, examples, scores, {**thresholds, role: step}) for step in STEPS}
        n_gold = sum(len(event.roles[ROLES.index(role)]) for e in examples for event in e.events or ())
        thresholds[role] = middle_of_plateau(curve, n_gold)
        print(f"{role} {thresholds[role]:.3f} F1 {curve[thresholds[role]]:.4f} (at 0.5: {curve[0.5]:.4f})")
    options.about.write_text(json.dumps({"thresholds": thresholds}) + "\n")


if __name__ == "__main__":
    main()
