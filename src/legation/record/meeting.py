"""Gathers what happened at a stop: meetings, receptions, ceremonies, sights visited, calls.

In: the sightings of a stop, and those that name no place but fall into it. Out: Meetings, by day; several reports of
one meeting are one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from legation.record.mention import Mention, is_same_actor
from legation.record.ruled import NOTHING, Ruled
from legation.record.sighting import Sighting

__all__ = ["Meeting", "gather_meetings"]

# What counts as one kind: talks and a reception of the same people on one day are one meeting.
KINDS = {
    "meet": "meeting", "host": "meeting", "multilateral": "meeting", "mediate": "meeting", "appearance": "meeting",
    "sign": "signing", "visit": "visit", "call": "call", "commemorate": "ceremony",
}  # fmt: skip


SIGHTS = ("visit", "commemorate")
SITES = ("visit", "ceremony")  # kinds that are told by their place
STATUSES = ("done", "planned", "off", "denied", "hypothetical")


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting, signing, call or sight of a stop.

    kind:   meeting, signing, call, visit (a sight, a plant, a monument), ceremony (a wreath laid).
    others: whom the traveller met; of a visit and a ceremony its place.
    when:   EDTF, "?" where only publication bounds it; None where nothing tells.
    sentence: the first that tells it.
    """

    kind: str
    others: tuple[str, ...]
    when: str | None
    place: str
    status: str
    claims: tuple[str, ...]
    n_origins: int
    sentence: str


@dataclass(slots=True)
class _Group:
    kind: str
    ruled: Ruled
    sightings: list[Sighting] = field(default_factory=list)

    @property
    def others(self) -> list[Mention]:
        found: list[Mention] = []
        for mention in sorted(
            {m for s in self.sightings for m in s.others}, key=lambda m: (-len(m.name), m.form, m.office)
        ):
            if not any(is_same_actor(mention, other) or mention.name == other.name for other in found):
                found.append(mention)
        return found


def gather_meetings(
    there: Sequence[Sighting], beside: Iterable[Sighting], first: int | None, last: int | None, ruled: Ruled = NOTHING
) -> tuple[Meeting, ...]:
    """Return the meetings of a stop; `beside` counts only between its days, where it has days.

    ruled: claims that an analyst held apart.
    """
    told = [s for s in there if (s.others and s.mode not in SIGHTS) or s.site]
    told += [s for s in beside if _is_within(s, first, last)]
    told = [one for s in told for one in _by_person(s)]
    groups: list[_Group] = []
    for sighting in sorted(told, key=lambda s: (_rank(s), s.key, s.mode, s.site)):
        kind = "meeting" if sighting.mode == "call" and sighting.step != "call" else KINDS.get(sighting.mode, "meeting")
        group = next((g for g in groups if g.kind == kind and _is_same(g, sighting)), None)
        if group is None:
            group = _Group(kind, ruled)
            groups.append(group)
        group.sightings.append(sighting)
    meetings = [_meeting(group) for group in _fold_visits(_fold_unnamed(_join(groups)))]
    return tuple(sorted(meetings, key=lambda m: (m.when or "~", m.kind, m.others, m.claims)))


def _by_person(sighting: Sighting) -> list[Sighting]:
    """An announced round of talks, as one for each person: they are held one by one."""
    persons = [m for m in sighting.others if m.kind == "person"]
    if sighting.status != "planned" or len(persons) < 2:
        return [sighting]
    return [replace(sighting, others=(m,), event=("", -1)) for m in persons]


def _join(groups: Sequence[_Group]) -> list[_Group]:
    """Groups that came to share a person after they were begun."""
    joined: list[_Group] = []
    for group in groups:
        same = next(
            (
                g
                for g in joined
                if g.kind == group.kind
                and g.kind in ("meeting", "signing", "call")
                and all(_is_same(g, s) for s in group.sightings)
            ),
            None,
        )
        if same:
            same.sightings += group.sightings
        else:
            joined.append(group)
    return joined


def _is_within(sighting: Sighting, first: int | None, last: int | None) -> bool:
    if first is None or sighting.timing == "loose":
        return True
    end = last if last is not None else first
    return (sighting.first or 0) <= end and first <= (sighting.last or end)


def _rank(sighting: Sighting) -> tuple[int, int]:
    """Named people first, days before doubt: what is told best begins the groups."""
    return (
        0 if any(m.kind == "person" for m in sighting.others) else 1,
        {"day": 0, "stay": 1, "news": 2}.get(sighting.timing, 3),
    )


def _is_same(group: _Group, sighting: Sighting) -> bool:
    if any(group.ruled.parts(s.source.claim, sighting.source.claim) for s in group.sightings):
        return False
    if any(s.event == sighting.event and sighting.event[1] >= 0 for s in group.sightings):
        return True
    if not all(_is_compatible(s, sighting) for s in group.sightings):
        return False
    if group.kind in SITES:
        return any(_is_same_site(s.site, sighting.site) for s in group.sightings)
    return any(
        is_same_actor(one, other)
        for s in group.sightings
        for one in s.others
        for other in sighting.others
        if one.kind == other.kind == "person"
    )


def _is_same_site(one: str, other: str) -> bool:
    return any(a in b or b in a for a in one.split(", ") for b in other.split(", "))


def _is_compatible(one: Sighting, other: Sighting) -> bool:
    """Whether two sightings may be of one day."""
    if one.first is None or other.first is None or one.last is None or other.last is None:
        return True
    return one.first <= other.last and other.first <= one.last


def _fold_unnamed(groups: Sequence[_Group]) -> list[_Group]:
    """Meetings with "officials" say nothing more where one with names is told of the same days."""
    named = [g for g in groups if g.kind != "meeting" or any(m.kind == "person" for m in g.others)]
    result = list(named)
    for group in groups:
        if group in named:
            continue
        held = next(
            (
                g
                for g in named
                if g.kind == "meeting" and all(_is_compatible(a, b) for a in g.sightings for b in group.sightings)
            ),
            None,
        )
        if held is None:
            result.append(group)
    return result


def _fold_visits(groups: Sequence[_Group]) -> list[_Group]:
    """A visit to a monument where a wreath was laid is told by the wreath."""
    folded: list[_Group] = []
    for group in groups:
        ceremony = next((g for g in groups if g.kind == "ceremony" and _is_at(group, g)), None)
        if group.kind == "visit" and ceremony:
            ceremony.sightings += group.sightings
        else:
            folded.append(group)
    return folded


def _is_at(visit: _Group, ceremony: _Group) -> bool:
    """Whether all that was visited is where the ceremony was held, on days that agree."""
    sites = _sites(ceremony.sightings)
    return all(any(_is_same_site(site, other) for other in sites) for site in _sites(visit.sightings)) and all(
        _is_compatible(a, b) for a in visit.sightings for b in ceremony.sightings
    )


def _meeting(group: _Group) -> Meeting:
    others = group.others
    persons = [m.name for m in others if m.kind == "person"]
    names = _sites(group.sightings) if group.kind in SITES else persons or [m.name for m in others]
    head = min(group.sightings, key=lambda s: (s.source.published, s.source.claim, s.key))
    places = [s.place for s in group.sightings if s.place]
    return Meeting(
        kind=group.kind,
        others=tuple(sorted(names)),
        when=_when(group.sightings),
        place=max(sorted(set(places)), key=places.count, default=""),
        status=next(status for status in STATUSES if any(s.status == status for s in group.sightings)),
        claims=tuple(sorted({s.source.claim for s in group.sightings if s.source.claim})),
        n_origins=len({s.source.origin for s in group.sightings}),
        sentence=head.source.sentence,
    )  # fmt: skip


def _sites(sightings: Sequence[Sighting]) -> list[str]:
    """All that was visited in one go, each by the longest name that tells it."""
    names: list[str] = []
    for name in sorted({name for s in sightings for name in s.site.split(", ")}, key=lambda n: (-len(n), n)):
        if not any(name in longer for longer in names):
            names.append(name)
    return names


def _when(sightings: Sequence[Sighting]) -> str | None:
    """The day that most origins tell; else the earliest publication that bounds it."""
    days: dict[int, set[str]] = {}
    for sighting in sightings:
        if sighting.timing == "day" and sighting.first is not None:
            days.setdefault(sighting.first, set()).add(sighting.source.origin)
    if days:
        return date.fromordinal(min(days, key=lambda day: (-len(days[day]), day))).isoformat()
    news = [s.last for s in sightings if s.timing == "news" and s.last is not None]
    return date.fromordinal(min(news)).isoformat() + "?" if news else None
