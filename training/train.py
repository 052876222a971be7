"""Train the reader: events and names together, a moving average of the weights kept.

usage: python -m training.train --shared ../shared --out training/work/reader.pt [--epochs 8]

Learning rates as measured in the trials (encoder 1.5e-4, heads 1e-3), linear warm-up then decay. Word embeddings stay
frozen: they are half of the weights and little news would move them well. Sentences are grouped by length so that
padding costs little; bf16 where the processor has it.
"""

import argparse
import random
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional as F

from legation.language.labels import ROLES
from training.batching import MODE_MASK, batches, collate
from training.data import Example, load_annotated, split_held_out
from training.measure import measure_events, measure_names
from training.model import Batch, Reader, load_minilm
from training.treebanks import read_classes, read_names, read_own_names

CLASS_WEIGHT = 0.05


def event_loss(model: Reader, words: Tensor, batch: Batch, examples: Sequence[Example]) -> Tensor:
    """Loss of triggers, modes, statuses and roles of annotated sentences."""
    n_words = words.shape[1]
    gold = torch.zeros(len(examples), n_words, dtype=torch.long)
    gold.masked_fill_(batch.word_mask == 0, -100)
    rows, heads, types, modes, statuses, roles = [], [], [], [], [], []
    for b, example in enumerate(examples):
        limit = int(batch.word_mask[b].sum())
        for event in example.events or ():
            if event.head >= limit:
                continue
            gold[b, event.head] = event.type + 1
            rows.append(b)
            heads.append(event.head)
            types.append(event.type + 1)
            modes.append(event.mode)
            statuses.append(event.status)
            tags = torch.zeros(n_words, len(ROLES), dtype=torch.long)
            for r, spans in enumerate(event.roles):
                for first, end in spans:
                    tags[first + 1 : end, r] = 2
                    tags[first, r] = 1
            tags[limit:] = -100
            roles.append(tags)
    scores = model.find_triggers(words).float()
    loss = F.cross_entropy(scores.flatten(0, 1), gold.flatten(), reduction="sum", label_smoothing=0.03)
    loss = loss / max(1, len(examples)) / 3
    if rows:
        kinds = torch.tensor(types)
        mode, status, role = model.read_event(words, batch.word_mask, torch.tensor(rows), torch.tensor(heads), kinds)
        n = len(examples)
        loss = loss + 0.4 * F.cross_entropy(mode.float() + MODE_MASK[kinds], torch.tensor(modes), reduction="sum") / n
        loss = loss + 0.4 * F.cross_entropy(status.float(), torch.tensor(statuses), reduction="sum") / n
        role_gold = torch.stack(roles)
        loss = loss + F.cross_entropy(role.float().flatten(0, 2), role_gold.flatten(), reduction="sum") / n / 4
    return loss


def name_loss(model: Reader, words: Tensor, batch: Batch, examples: Sequence[Example]) -> Tensor:
    """Loss of the name tags, and of the word classes that are learnt beside them."""
    names = torch.full(words.shape[:2], -100)
    classes = torch.full(words.shape[:2], -100)
    for b, example in enumerate(examples):
        n = int(batch.word_mask[b].sum())
        if example.names is not None:
            names[b, :n] = 0
            for first, end, kind in example.names:
                names[b, first:end] = 2 + 2 * kind
                names[b, first] = 1 + 2 * kind
        if example.classes is not None:
            classes[b, :n] = torch.tensor(example.classes[:n])
    loss = words.new_zeros((), dtype=torch.float)
    for scores, gold, weight in (
        (model.find_names(words), names, 0.25),
        (model.find_classes(words), classes, CLASS_WEIGHT),
    ):
        summed = F.cross_entropy(scores.float().flatten(0, 1), gold.flatten(), reduction="sum")
        loss = loss + weight * summed / max(1, len(examples))
    return loss


def train(
    events: list[Example],
    names: list[Example],
    *,
    epochs: float,
    encoder_rate: float,
    head_rate: float,
    name_share: float,
    minutes: float,
    held_out: list[Example],
    seed: int,
    keep: Path,
    start: Path | None,
) -> dict[str, Tensor]:
    """Return the averaged weights after training; prints a line every hundred steps."""
    random.seed(seed)
    torch.manual_seed(seed)
    model = Reader()
    if start is None:
        load_minilm(model.encoder)
    else:
        model.load_state_dict(torch.load(start, weights_only=True), strict=False)
    model.encoder.words.weight.requires_grad_(False)
    encoder = [p for p in model.encoder.parameters() if p.requires_grad]
    inside = {id(p) for p in encoder}
    head = [p for p in model.parameters() if p.requires_grad and id(p) not in inside]
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "lr": encoder_rate}, {"params": head, "lr": head_rate}],
        weight_decay=0.01,
        fused=True,
    )
    n_steps = int(epochs * (len(list(batches(events, shuffle=False)))) * (1 + name_share))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda k: min((k + 1) / (0.05 * n_steps), max(0.0, (n_steps - k) / n_steps / 0.94) + 0.01)
    )
    average = {name: p.detach().clone() for name, p in model.named_parameters() if p.requires_grad}
    step, shown, started = 0, 0.0, time.monotonic()
    model.train()
    while step < n_steps:
        plan = [("events", group) for group in batches(events, shuffle=True)]
        name_groups = list(batches(names, shuffle=True))
        plan += [("names", group) for group in name_groups[: int(len(plan) * name_share)]]
        random.shuffle(plan)
        for task, group in plan:
            batch = collate(group, training=True)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                words = model.read_words(batch)
                loss = (
                    event_loss(model, words, batch, group)
                    if task == "events"
                    else name_loss(model, words, batch, group)
                )
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            step += 1
            shown += float(loss.detach())
            decay = min(0.998, (step + 1) / (step + 20))
            with torch.no_grad():
                for name, p in model.named_parameters():
                    if p.requires_grad:
                        average[name].lerp_(p, 1 - decay)
            if step % 100 == 0:
                print(f"{step}/{n_steps} {time.monotonic() - started:.0f} s loss {shown / 100:.3f}", flush=True)
                shown = 0.0
            if step >= n_steps:
                break
        if time.monotonic() - started > minutes * 60:
            print("time is up", flush=True)
            break
        torch.save({**model.state_dict(), **average}, keep)
        if held_out:
            report(model, average, held_out)
            model.train()
    state = model.state_dict()
    state.update(average)
    return state


def report(model: Reader, average: dict[str, Tensor], held_out: list[Example]) -> None:
    """Print how the averaged weights read the held-out sentences."""
    own = {name: p.detach().clone() for name, p in model.named_parameters() if p.requires_grad}
    model.load_state_dict(average, strict=False)
    print(measure_events(model, held_out), flush=True)
    model.load_state_dict(own, strict=False)


def with_titles(names: Sequence[Example], events: Sequence[Example]) -> list[Example]:
    """The examples of names, each behind some report's title: names are read behind titles too, which say nothing."""
    titles = [example.context for example in events if example.context]
    draw = random.Random(0)
    return [replace(example, context=draw.choice(titles)) for example in names]


def main() -> None:
    """Read the arguments, train, save."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--own", type=Path, default=Path("training/annotations"))
    parser.add_argument("--out", type=Path, default=Path("training/work/reader.pt"))
    parser.add_argument("--start", type=Path, help="go on from these weights instead of MiniLM's")
    parser.add_argument("--epochs", type=float, default=8)
    parser.add_argument("--encoder-rate", type=float, default=1.5e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--name-share", type=float, default=0.25)
    parser.add_argument("--minutes", type=float, default=120)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    events = load_annotated(options.shared, options.own)
    treebanks = options.shared / "data/treebanks"
    names = read_names(treebanks / "gum-train.conllu.gz") + read_own_names(options.own / "names", options.shared)
    names = with_titles(names + read_classes(treebanks / "ewt-train.conllu.gz"), events)
    held_out, events = split_held_out(events)
    print(f"{len(events)} annotated sentences, {sum(len(e.events or ()) for e in events)} events", flush=True)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    state = train(
        events,
        names,
        epochs=options.epochs,
        encoder_rate=options.encoder_rate,
        head_rate=options.head_rate,
        name_share=options.name_share,
        minutes=options.minutes,
        held_out=held_out,
        seed=options.seed,
        keep=options.out,
        start=options.start,
    )
    torch.save(state, options.out)
    model = Reader()
    model.load_state_dict(state)
    print(measure_names(model, read_names(treebanks / "gum-test.conllu.gz")))


if __name__ == "__main__":
    main()
