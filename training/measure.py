"""How well a reader with torch weights reads sentences: triggers, modes, statuses, roles; names.

Used while training; the figures that count are those of bench/, on what is shipped.
"""

from collections import Counter
from collections.abc import Sequence

import torch

from legation.language.acts import decode_names
from legation.language.labels import NAME_KINDS, ROLES, TYPES
from training.batching import MODE_MASK, batches, collate
from training.data import Example
from training.model import Reader


def f1(right: int, predicted: int, gold: int) -> float:
    """Harmonic mean of precision and recall; 0 where nothing is right."""
    return round(2 * right / (predicted + gold), 4) if predicted + gold else 0.0


def spans_of(tags: Sequence[int]) -> set[tuple[int, int, int]]:
    """Spans (first, end, kind) of begin and inside tags, as `decode_names` reads them."""
    return {(*name.words, NAME_KINDS.index(name.kind)) for name in decode_names(tags)}


@torch.no_grad()
def measure_events(model: Reader, examples: Sequence[Example]) -> dict[str, float]:
    """Typed F1 by trigger word (any overlap of head and trigger), mode, status and role F1 on gold triggers."""
    model.eval()
    n: Counter[str] = Counter()
    types: Counter[tuple[str, int]] = Counter()
    for group in batches(list(examples), shuffle=False):
        batch = collate(group, training=False)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            words = model.read_words(batch)
            scores = model.find_triggers(words).float()
        best = (scores.softmax(-1) - torch.nn.functional.one_hot(torch.tensor(0), scores.shape[-1]) * 0.2).argmax(-1)
        for b, example in enumerate(group):
            limit = int(batch.word_mask[b].sum())
            found = [(k, int(best[b, k]) - 1) for k in range(limit) if best[b, k]]
            gold = [e for e in example.events or () if e.head < limit]
            n["predicted"] += len(found)
            n["gold"] += len(gold)
            for _, kind in found:
                types["predicted", kind] += 1
            for event in gold:
                types["gold", event.type] += 1
                hit = next((f for f in found if f[1] == event.type), None)
                if hit:
                    found.remove(hit)
                    n["typed"] += 1
                    types["right", event.type] += 1
            if not gold:
                continue
            kinds = torch.tensor([e.type + 1 for e in gold])
            rows, heads = torch.full((len(gold),), b), torch.tensor([e.head for e in gold])
            mode, status, role = model.read_event(words.float(), batch.word_mask, rows, heads, kinds)
            mode = (mode + MODE_MASK[kinds]).argmax(-1)
            status, role = status.argmax(-1), role.argmax(-1)
            for k, event in enumerate(gold):
                n["events"] += 1
                n["mode"] += int(mode[k]) == event.mode
                n["status"] += int(status[k]) == event.status
                for r, name in enumerate(ROLES):
                    read = {(a, z) for a, z, _ in spans_of(role[k, :limit, r].tolist())}
                    true = set(event.roles[r])
                    n[f"{name} right"] += len(read & true)
                    n[f"{name} read"] += len(read)
                    n[f"{name} gold"] += len(true)
    macro = [f1(types["right", k], types["predicted", k], types["gold", k]) for k in range(len(TYPES))]
    return {
        "typed": f1(n["typed"], n["predicted"], n["gold"]),
        "precision": round(n["typed"] / max(1, n["predicted"]), 4),
        "recall": round(n["typed"] / max(1, n["gold"]), 4),
        "macro": round(sum(macro) / len(macro), 4),
        "mode": round(n["mode"] / max(1, n["events"]), 4),
        "status": round(n["status"] / max(1, n["events"]), 4),
        **{role: f1(n[f"{role} right"], n[f"{role} read"], n[f"{role} gold"]) for role in ROLES},
    }


@torch.no_grad()
def measure_names(model: Reader, examples: Sequence[Example]) -> dict[str, float]:
    """Exact-span F1 of names, all and by kind."""
    model.eval()
    n: Counter[str] = Counter()
    for group in batches(list(examples), shuffle=False):
        batch = collate(group, training=False)
        tags = model.find_names(model.read_words(batch)).argmax(-1)
        for b, example in enumerate(group):
            read = spans_of(tags[b, : int(batch.word_mask[b].sum())].tolist())
            gold = set(example.names or ())
            for label, keep in [("all", None), *((kind, k) for k, kind in enumerate(NAME_KINDS))]:
                r, g = ({s for s in spans if keep is None or s[2] == keep} for spans in (read, gold))
                n[f"{label} right"] += len(r & g)
                n[f"{label} read"] += len(r)
                n[f"{label} gold"] += len(g)
    return {k: f1(n[f"{k} right"], n[f"{k} read"], n[f"{k} gold"]) for k in ("all", *NAME_KINDS)}


__all__ = ["f1", "measure_events", "measure_names", "spans_of"]
