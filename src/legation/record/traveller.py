"""Tells which mentions mean one traveller.

In: mentions from many reports. Out: for each mention, the one that stands for its person or delegation. Independent of
the order. Names of two words and more join where `is_same_actor` says so; a surname alone, or an initial with a
surname, joins the only one of its state whom it fits; a delegation without a head stays by itself.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable

from legation.record.mention import Mention, is_same_actor
from legation.record.naming import name_id
from legation.record.ruled import NOTHING, Ruled

__all__ = ["name_travellers"]


def name_travellers(mentions: Iterable[Mention], ruled: Ruled = NOTHING) -> dict[Mention, Mention]:
    """Return whom each mention means; the one that stands for all has the fullest name, then the most frequent.

    ruled: names that an analyst called one actor's, or two actors'.
    """
    counts = Counter(mentions)
    blocks: dict[tuple[str, str | None], list[Mention]] = defaultdict(list)
    for mention in counts:
        blocks[mention.kind, mention.country].append(mention)
    found: dict[Mention, Mention] = {}
    for block in blocks.values():
        for group in _groups(sorted(block, key=_order), ruled):
            best = max(group, key=lambda m: (_is_named(m), len(m.key) > 1, counts[m], len(m.office), _order(m)))
            found.update(dict.fromkeys(group, best))
    return found


def _order(mention: Mention) -> tuple[str, str, str, str]:
    return mention.form, mention.name, mention.office, mention.category


def _is_named(mention: Mention) -> bool:
    """Whether the tables or a report gave an office: such a name is less likely a misreading."""
    return bool(mention.level)


def _groups(mentions: list[Mention], ruled: Ruled) -> list[list[Mention]]:
    """Mentions of one state, those of one person together."""
    by_form: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_form[mention.form].append(mention)
    forms = sorted(by_form)
    heads = {form: by_form[form][0] for form in forms}
    leader = {form: form for form in forms}
    ids = {form: {name_id(mention) for mention in by_form[form]} for form in forms}

    def root(form: str) -> str:
        while leader[form] != form:
            form = leader[form]
        return form

    full = [form for form in forms if len(heads[form].key) > 1]
    near: dict[tuple[str, str], list[str]] = defaultdict(list)
    for form in full:
        near[heads[form].key[0][:1], heads[form].key[-1][:1]].append(form)
    for block in near.values():
        for n, form in enumerate(block):
            for other in block[:n]:
                if is_same_actor(heads[form], heads[other]) and not ruled.parts_names(ids[form], ids[other]):
                    one, two = sorted((root(form), root(other)))
                    leader[two] = one
    for form in forms:
        if len(heads[form].key) == 1 and heads[form].kind == "person":
            fitting = {
                root(other)
                for other in full
                if heads[form].key[0] in (heads[other].key[0], heads[other].key[-1])
                and not ruled.parts_names(ids[form], ids[other])
            }
            if len(fitting) == 1:
                leader[form] = fitting.pop()
    for same in ruled.same_names:
        joined = sorted({root(form) for form in forms if ids[form] & same})
        leader.update(dict.fromkeys(joined[1:], joined[0] if joined else ""))
    groups: dict[str, list[Mention]] = defaultdict(list)
    for form in forms:
        groups[root(form)] += by_form[form]
    return list(groups.values())
