"""Claims of one report that tell one act.

In: claims in the order of the text. Out: the same claims with `event` numbers, equal for claims of one act.
Two claims tell one act if they agree in type, and where both say so in mode, date and participants. A claim that names
nobody ("this visit") is about the last act of its kind.
"""

from collections.abc import Sequence
from dataclasses import replace

from legation.language.claim import Claim

__all__ = ["group_claims"]


def group_claims(claims: Sequence[Claim]) -> list[Claim]:
    """Number the acts of a report; a claim joins the latest earlier act that it can be about."""
    groups: list[list[Claim]] = []
    numbered = []
    for claim in claims:
        found = next((k for k in range(len(groups) - 1, -1, -1) if all(_one_act(claim, c) for c in groups[k])), None)
        if found is None:
            found = len(groups)
            groups.append([])
        groups[found].append(claim)
        numbered.append(replace(claim, event=found))
    return numbered


def _names(claim: Claim) -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(p.name for p in claim.actors), frozenset(p.name for p in claim.recipients)


def _one_act(a: Claim, b: Claim) -> bool:
    if a.type != b.type or (a.mode and b.mode and a.mode != b.mode) or a.sentence == b.sentence:
        return False
    if "done" in (a.status, b.status) and {a.status, b.status} & {"off", "denied"}:
        return False
    days = {c.when.value for c in (a, b) if c.when and c.when.value}
    if len(days) > 1:
        return False
    (a_actors, a_recipients), (b_actors, b_recipients) = _names(a), _names(b)
    if not (a_actors | a_recipients) or not (b_actors | b_recipients):
        return a.mode == b.mode and a.type != "STATEMENT"
    if a.type == "CONSULT":
        one, other = a_actors | a_recipients, b_actors | b_recipients
        return bool(one & other) and (one <= other or other <= one)
    return bool(a_actors & b_actors) and a_recipients == b_recipients and a.mode == b.mode and a.type != "STATEMENT"
