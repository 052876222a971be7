"""Gives to the head of a party what is told of its delegation, and to a full name what is told under a part of it.

In: sightings by traveller. Out: the same, fewer travellers. Who was seen in one country about the same days, and is
the head's delegation, or is named in one claim with them without an office, or has a name that is part of theirs,
travels with them or is they. Independent of the order: those of whom least is known join first.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from legation.record.mention import Mention, is_incompatible
from legation.record.naming import name_id
from legation.record.ruled import NOTHING, Ruled
from legation.record.sighting import Sighting

__all__ = ["join_companions"]

HIGH = 4  # ministers and above: of one state and post there are few
WITHIN = 3  # days by which sightings of one party may lie apart
WITHIN_NAME = 10  # days: under a part of a name as under the whole, in one country

Window = tuple[int, int]  # ordinals of a first and a last day


def join_companions(
    by_traveller: Mapping[Mention, Sequence[Sighting]], ruled: Ruled = NOTHING
) -> dict[Mention, list[Sighting]]:
    """Return the sightings of each head of a party, with those of the party; of everybody else, their own.

    ruled: names that an analyst called two actors'.
    """
    known = _Known.gather(by_traveller)
    joined = {who: list(own) for who, own in by_traveller.items()}
    for who in sorted(by_traveller, key=known.rank):
        found = known.find_head(who, ruled)
        if found is None:
            continue
        head, part = found
        is_same = _is_part(who, head)
        own = {s.source.claim for s in joined[head] if s.source.claim}
        joined[head] += [s for s in joined[who] if s in part and s.source.claim not in own]
        if not is_same:
            joined[head] = [_with(s, who.name) if s.source.claim in known.claims[who] else s for s in joined[head]]
        joined[who] = [s for s in joined[who] if s not in part]
    return joined


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of the travellers: their sightings, claims, and who is named or seen beside whom."""

    sightings: Mapping[Mention, Sequence[Sighting]]
    claims: Mapping[Mention, frozenset[str]]
    by_claim: Mapping[str, Sequence[Mention]]
    by_stop: Mapping[tuple[str | None, str], Sequence[Mention]]
    windows: Mapping[Mention, Mapping[str, Sequence[Window]]]

    @classmethod
    def gather(cls, sightings: Mapping[Mention, Sequence[Sighting]]) -> "_Known":
        claims = {
            who: frozenset(s.source.claim for s in own if s.source.claim and s.country)
            for who, own in sightings.items()
        }
        by_claim: dict[str, list[Mention]] = defaultdict(list)
        by_stop: dict[tuple[str | None, str], list[Mention]] = defaultdict(list)
        for head in sorted(filter(_has_name, sightings), key=_name_order):
            for claim in claims[head]:
                by_claim[claim].append(head)
            for country in {s.country for s in sightings[head]} - {""}:
                by_stop[head.country, country].append(head)
        return cls(sightings, claims, by_claim, by_stop, {who: _windows(own) for who, own in sightings.items()})

    def rank(self, who: Mention) -> tuple[bool, bool, int, int, tuple[str, str, str]]:
        """Of whom more is known: a person, with an office, with a fuller name, with more claims."""
        return _has_name(who), bool(who.level), len(who.key), len(self.claims[who]), _name_order(who)

    def find_head(self, who: Mention, ruled: Ruled) -> tuple[Mention, frozenset[Sighting]] | None:
        """Whom somebody belongs to, and in which sightings; None if to nobody, or one can't tell to whom."""
        near: Counter[Mention] = Counter()
        if not (who.level and _has_name(who)):
            named = (head for claim in self.claims[who] for head in self.by_claim.get(claim, ()))
            near.update(head for head in named if head.country == who.country and head != who)
        beside = {head for s in self.sightings[who] for head in self.by_stop.get((who.country, s.country), ())}
        if not near:
            near.update(head for head in beside if not _has_name(who) or _is_part(who, head))
        fitting = {
            head: part
            for head in near
            if self.rank(head) > self.rank(who) or _is_piece(who, head)
            if not ruled.parts_names({name_id(who)}, {name_id(head)})
            if (
                part := _fitting(
                    self.sightings[who], self.windows[head], WITHIN_NAME if _is_part(who, head) else WITHIN
                )
            )
        }
        is_told = any(self.claims[who] & self.claims[head] for head in fitting)
        if not fitting or (len(fitting) > 1 and not is_told):
            return None
        head = max(fitting, key=lambda h: (near[h], len(fitting[h]), self.rank(h)))
        return head, frozenset(fitting[head])


def _has_name(mention: Mention) -> bool:
    """Whether it is a person with a name, as far as one sees: "- Songun" is none."""
    return mention.kind == "person" and mention.name[:1].isalpha()


def _is_part(one: Mention, other: Mention) -> bool:
    """Whether one name is the beginning or end of the other, or a like name in the same high office.

    "Maxim Vladimirovich" and "Maxim Vladimirovich Ryzhenkov"; "Foreign Minister Maxim Vladimirovich" and "Foreign
    Minister Maxim Ryzhenkov".
    """
    is_high = one.level == other.level >= HIGH and one.category == other.category != ""
    if is_incompatible(one.category, other.category):
        return False
    return _is_piece(one, other) or (is_high and one.key[0] == other.key[0])


def _is_piece(one: Mention, other: Mention) -> bool:
    n = len(one.key)
    return n < len(other.key) and one.kind == other.kind and one.key in (other.key[:n], other.key[-n:])


def _name_order(mention: Mention) -> tuple[str, str, str]:
    return mention.form, mention.name, mention.office


def _with(sighting: Sighting, name: str) -> Sighting:
    return replace(sighting, party=tuple(sorted({*sighting.party, name})))


def _fitting(own: Sequence[Sighting], windows: Mapping[str, Sequence[Window]], within: int) -> list[Sighting]:
    """The sightings that fall where and when another was seen, and with them those of the same tour."""
    fitting = {s for s in own if _fits(s, windows.get(s.country, ()), within)}
    tours = {s.tour for s in fitting if s.tour}
    return [s for s in own if s in fitting or s.tour in tours]


def _fits(sighting: Sighting, windows: Sequence[Window], within: int) -> bool:
    days = _window(sighting)
    return days is not None and any(days[0] - within <= last and first - within <= days[1] for first, last in windows)


def _windows(sightings: Sequence[Sighting]) -> dict[str, list[Window]]:
    """By country, the days about which somebody was seen there, each once."""
    found: dict[str, set[Window]] = defaultdict(set)
    for sighting in sightings:
        if sighting.country and (days := _window(sighting)):
            found[sighting.country].add(days)
    return {country: sorted(days) for country, days in found.items()}


def _window(sighting: Sighting) -> Window | None:
    if sighting.first is None and sighting.last is None:
        return None
    first = sighting.first if sighting.first is not None else (sighting.last or 0) - WITHIN
    return first, sighting.last if sighting.last is not None else first + WITHIN
