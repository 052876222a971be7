"""Parts the sightings of one traveller into journeys.

In: sightings of one traveller, sorted. Out: Journeys, by first day. Sightings with days hold a journey together;
those without join the journey that fits, or make one without days.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from legation.record.mention import Mention
from legation.record.ruled import NOTHING, RULED, Ruled
from legation.record.sighting import Sighting

__all__ = ["Journey", "find_journeys", "is_dated"]

# How many days may lie between two sightings of one journey. Chosen on the official travel record of May to August
# 2021: its journeys of one traveller lie four days apart and more, and within one no three days pass untold.
GAP, GAP_SAME_COUNTRY, GAP_ON_TOUR = 3, 5, 10
SLACK = 7  # days by which a loosely announced journey may come later: "next week"
REACH = 60  # days: an undated mention looks so far for the journey that it means
# What the best readings of a journey's origins must reach together: one good one, or two poor ones. On the travel
# reports single claims below it were misread four times of five.
SURE = 0.6
SOON = 30  # days from an announcement to its journey
NEAR_TOUR = 21  # days between what tells a tour and its beginning
NEAR = 14  # days between publications of undated mentions of one journey


Tour = tuple[frozenset[str], int]


@dataclass(slots=True)
class Journey:
    """Sightings of one journey.

    back:   ordinal of the day of the return, where told.
    beside: by country, meetings and calls that name no place but fall into the journey.
    """

    sightings: list[Sighting]
    first: int | None = None
    last: int | None = None
    back: int | None = None
    beside: dict[str, list[Sighting]] = field(default_factory=dict)

    @property
    def countries(self) -> set[str]:
        return {s.country for s in self.sightings}


def is_dated(sighting: Sighting) -> bool:
    """Whether a sighting tells days of its own."""
    return (
        sighting.timing != "loose" and sighting.is_sure and sighting.status != "off"
        and sighting.first is not None and sighting.last is not None
    )  # fmt: skip


def find_journeys(sightings: Sequence[Sighting], ruled: Ruled = NOTHING) -> list[Journey]:
    """Return the journeys that sightings of one traveller make.

    ruled: claims that an analyst called one act, or two.
    """
    there = _make_sure([s for s in sightings if s.country and s.step in ("there", "arrive", "leave")])
    there = _doubt_at_home(there, [s for s in sightings if s.step == "home" and s.timing == "day"])
    there = _doubt_announcements(there)
    at_home = sorted({s.first for s in sightings if s.step == "home" and s.timing == "day" and s.first})
    returns = sorted({s.first for s in sightings if s.step == "return" and s.timing == "day" and s.first})
    tours = _tours_of(there)
    told = _sweep([s for s in there if is_dated(s) and s.timing != "noted"], at_home, returns, tours, ruled)
    noted = [_settle(s, told) for s in there if is_dated(s) and s.timing == "noted"]
    dated = [s for journey in told for s in journey.sightings] + [s for s in noted if is_dated(s)]
    journeys = _join_ruled(_sweep(dated, at_home, returns, tours, ruled), ruled)
    rest = _join_undated(journeys, [s for s in (*there, *noted) if not is_dated(s)])
    journeys += _gather_undated(rest)
    journeys = [journey for journey in journeys if _is_supported(journey)]
    for journey in journeys:
        _add_return(journey, returns)
    _attach(journeys, [s for s in sightings if s.step in ("meeting", "call")])
    return journeys


def _make_sure(there: Sequence[Sighting]) -> list[Sighting]:
    """A place whose words tell no state ("Orly airport") lies where the reader guesses, if other days near by agree."""
    sure = [s for s in there if is_dated(s)]

    def fits(sighting: Sighting) -> bool:
        first, last = sighting.first, sighting.last
        return first is not None and last is not None and any(
            s.country == sighting.country and (s.first or 0) - 2 <= last and first <= (s.last or 0) + 2 for s in sure
        )  # fmt: skip

    return [replace(s, is_sure=True) if not s.is_sure and fits(s) else s for s in there]


def _doubt_at_home(there: Sequence[Sighting], at_home: Sequence[Sighting]) -> list[Sighting]:
    """A plan or a meeting abroad on a day on which as many origins show the traveller at home has an untold day."""
    home: dict[int | None, set[str]] = defaultdict(set)
    abroad: dict[tuple[str, int | None], set[str]] = defaultdict(set)
    for sighting in at_home:
        home[sighting.first].add(sighting.source.origin)
    for sighting in there:
        if sighting.timing == "day":
            abroad[sighting.country, sighting.first].add(sighting.source.origin)

    def is_doubtful(sighting: Sighting) -> bool:
        told = abroad.get((sighting.country, sighting.first), set())
        is_weak = sighting.status == "planned" or sighting.mode != "visit"
        return sighting.timing == "day" and is_weak and len(home.get(sighting.first, ())) >= len(told)

    return [_loosen(s) if is_doubtful(s) else s for s in there]


def _doubt_announcements(there: Sequence[Sighting]) -> list[Sighting]:
    """A plan for the very day of its publication, where others tell of that country only for days to come.

    "The visit that we announced today" names the day of the announcement.
    """
    firm: dict[str, list[Sighting]] = defaultdict(list)
    for sighting in there:
        if is_dated(sighting) and (sighting.status == "done" or sighting.timing == "stay"):
            firm[sighting.country].append(sighting)

    def is_doubtful(sighting: Sighting) -> bool:
        if sighting.status != "planned" or sighting.timing != "day" or not sighting.first:
            return False
        if date.fromordinal(sighting.first).isoformat() != sighting.source.published:
            return False
        others = [s for s in firm.get(sighting.country, ()) if s.source.origin != sighting.source.origin]
        is_held = any((s.first or 0) - 1 <= sighting.first <= (s.last or 0) + 1 for s in others)
        return not is_held and any(0 < (s.first or 0) - sighting.first <= SOON for s in others)

    return [_loosen(s) if is_doubtful(s) else s for s in there]


def _loosen(sighting: Sighting) -> Sighting:
    if sighting.status == "done":
        return replace(sighting, first=None, timing="loose")
    return replace(sighting, last=None, timing="loose")


def _settle(sighting: Sighting, told: Sequence[Journey]) -> Sighting:
    """ "The meeting in Geneva" of which a report speaks is the one already told, if there was one; else it is news."""
    distances = [
        _distance(journey.first or 0, journey.last or 0, replace(sighting, first=None))
        for journey in told
        if sighting.country in journey.countries
    ]
    older = [distance for distance in distances if distance is not None and distance > GAP_SAME_COUNTRY]
    return replace(sighting, first=None, timing="loose") if older else replace(sighting, timing="news")


def _tours_of(there: Sequence[Sighting]) -> list[Tour]:
    """The countries of each tour that is told, and the day about which it is."""
    tours: dict[str, list[Sighting]] = defaultdict(list)
    for sighting in there:
        if sighting.tour:
            tours[sighting.tour].append(sighting)
    return [(frozenset(s.country for s in tours[name]), min(map(_near, tours[name]))) for name in sorted(tours)]


def _sweep(
    dated: Sequence[Sighting], at_home: Sequence[int], returns: Sequence[int], tours: Sequence[Tour], ruled: Ruled
) -> list[Journey]:
    """Go through the days; a wide gap, a day at home or a return between two sightings parts journeys."""
    journeys: list[Journey] = []
    for sighting in sorted(dated, key=lambda s: (s.first or 0, s.last or 0, s.key)):
        first, last = sighting.first or 0, sighting.last or 0
        # Journeys that a ruling holds apart may lie side by side; others follow each other.
        open_ = [j for j in journeys[-2:] if j is journeys[-1] or ruled.different]
        fitting = [
            j
            for j in reversed(open_)
            if not _is_parted(j, sighting, at_home, returns, tours) and not _is_held_apart(j, sighting, ruled)
        ]
        journey = fitting[0] if fitting else None
        if journey is None:
            journeys.append(Journey([sighting], first, last))
        else:
            journey.sightings.append(sighting)
            journey.last = max(journey.last or 0, last)
    return journeys


def _is_held_apart(journey: Journey, sighting: Sighting, ruled: Ruled) -> bool:
    """Whether a visit is ruled to be another than one of the journey; two meetings may fall into one journey."""
    return sighting.mode == "visit" and any(
        s.mode == "visit" and ruled.parts(s.source.claim, sighting.source.claim) for s in journey.sightings
    )


def _join_ruled(journeys: Sequence[Journey], ruled: Ruled) -> list[Journey]:
    """Journeys that tell one act by an analyst's ruling are one, however far their days lie apart."""
    joined: list[Journey] = []
    for journey in journeys:
        acts = {ruled.act_of(s.source.claim) for s in journey.sightings} - {""} if ruled.same else set()
        same = next((j for j in joined if acts & {ruled.act_of(s.source.claim) for s in j.sightings}), None)
        if same is None:
            joined.append(journey)
        else:
            same.sightings += journey.sightings
            same.last = max(same.last or 0, journey.last or 0)
    return joined


def _is_parted(
    journey: Journey, sighting: Sighting, at_home: Sequence[int], returns: Sequence[int], tours: Sequence[Tour]
) -> bool:
    begin, end, first = journey.first or 0, journey.last or 0, sighting.first or 0
    gap = GAP_SAME_COUNTRY if sighting.country in journey.countries else GAP
    if any(
        sighting.country in countries and countries & journey.countries and abs(day - begin) <= NEAR_TOUR
        for countries, day in tours
    ):
        gap = GAP_ON_TOUR
    return (
        first - end > gap
        or any(end < day < first for day in at_home)
        or any(begin <= day < first and end <= day for day in returns)
    )


def _join_undated(journeys: Sequence[Journey], undated: Sequence[Sighting]) -> list[Sighting]:
    """Add what names no days to the journeys that fit; return what fits none."""
    groups: dict[str, list[Sighting]] = defaultdict(list)
    for sighting in undated:
        groups[sighting.tour or f"{sighting.source.claim}|{sighting.country}"].append(sighting)
    of_tour = {s.tour: journey for journey in journeys for s in journey.sightings if s.tour}
    of_act = {s.event: journey for journey in journeys for s in journey.sightings if s.event[0].startswith(RULED)}
    rest = []
    for name in sorted(groups):
        group = groups[name]
        acts = (of_act.get(s.event) for s in group)
        journey = of_tour.get(name) or next(filter(None, acts), None) or _nearest(journeys, group)
        if journey is None:
            rest += group
        else:
            journey.sightings += group
    return rest


def _nearest(journeys: Sequence[Journey], group: Sequence[Sighting]) -> Journey | None:
    """The journey to one of the group's countries that lies nearest on the right side of the publication."""
    fitting = []
    for journey in journeys:
        for sighting in group:
            if sighting.country in journey.countries and journey.first is not None and journey.last is not None:
                distance = _distance(journey.first, journey.last, sighting)
                if distance is not None:
                    fitting.append((distance, journey.first, journey))
    return min(fitting, key=lambda item: item[:2])[2] if fitting else None


def _distance(begin: int, end: int, sighting: Sighting) -> int | None:
    """How far a journey lies from an undated sighting's bound; None where it is out of reach."""
    is_vague = sighting.first is not None and sighting.last is not None
    if sighting.first is not None and end < sighting.first - (GAP_SAME_COUNTRY if is_vague else 0):
        return None
    if sighting.last is not None and begin > sighting.last + (SLACK if is_vague else 0):
        return None
    if sighting.last is not None:
        distance = max(0, sighting.last - end)
    elif sighting.first is not None:
        distance = max(0, begin - sighting.first)
    else:
        return None
    return distance if distance <= REACH else None


def _gather_undated(rest: Sequence[Sighting]) -> list[Journey]:
    """Make journeys without days of mentions published near each other that share a country or a tour."""
    journeys: list[Journey] = []
    groups: dict[str, list[Sighting]] = defaultdict(list)
    for sighting in rest:
        groups[sighting.tour or f"{sighting.source.claim}|{sighting.country}"].append(sighting)
    for _, group in sorted(groups.items(), key=lambda item: (min(map(_near, item[1])), item[0])):
        day = min(map(_near, group))
        same = next(
            (
                journey
                for journey in reversed(journeys)
                if journey.countries & {s.country for s in group}
                and day - max(map(_near, journey.sightings)) <= NEAR
                and _is_done(journey.sightings) == _is_done(group)
            ),
            None,
        )
        if same:
            same.sightings += group
        else:
            journeys.append(Journey(list(group)))
    return journeys


def _near(sighting: Sighting) -> int:
    return sighting.last if sighting.last is not None else (sighting.first or 0)


def _is_done(sightings: Sequence[Sighting]) -> bool:
    return any(s.status == "done" for s in sightings)


def _is_supported(journey: Journey) -> bool:
    """Whether anything in it is more than unnamed people talking somewhere, and not only a doubtful reading."""
    journey.sightings = [s for s in journey.sightings if _holds(s, journey.sightings)]
    scores: dict[str, float] = {}
    for sighting in journey.sightings:
        origin = sighting.source.origin
        scores[origin] = max(scores.get(origin, 0.0), sighting.source.score)
    return sum(scores.values()) >= SURE


def _holds(sighting: Sighting, others: Sequence[Sighting]) -> bool:
    """A country counts by a visit, a transcript, a meeting with somebody named, or two origins."""
    same = [s for s in others if s.country == sighting.country and s.status != "off"] or [sighting]
    return (
        any(s.mode in ("visit", "appearance", "host") and s.is_sure for s in same)
        or any(s.is_sure and any(_has_name(m) for m in s.others) for s in same)
        or len({s.source.origin for s in same}) > 1
    )


def _has_name(mention: Mention) -> bool:
    """Whether it is a person whose words look like a name: "camp survivors" don't."""
    words = [word for word in mention.name.split() if len(word) > 3]
    return mention.kind == "person" and (bool(mention.level) or (len(words) > 1 and all(w[0].isupper() for w in words)))


def _add_return(journey: Journey, returns: Sequence[int]) -> None:
    if journey.first is not None and journey.last is not None:
        fitting = [day for day in returns if journey.first <= day <= journey.last + GAP]
        journey.back = fitting[0] if fitting else None


def _attach(journeys: Sequence[Journey], loose: Sequence[Sighting]) -> None:
    """Put meetings that name no place, and calls, into the journeys during which they fall."""
    for sighting in loose:
        for journey in journeys:
            country = _country_in(journey, sighting)
            if country:
                journey.beside.setdefault(country, []).append(sighting)
                break


def _country_in(journey: Journey, sighting: Sighting) -> str | None:
    """The country of the journey in which it fell: the others' own, else the report's."""
    if journey.first is None or journey.last is None:
        same = any(s.source.report == sighting.source.report for s in journey.sightings)
        return _shared_country(journey, sighting) if same and sighting.step == "meeting" else None
    first = sighting.first if sighting.first is not None else journey.first
    last = sighting.last if sighting.last is not None else journey.last
    if sighting.step == "call":
        if sighting.timing != "day" or not journey.first <= first <= journey.last:
            return None
        on_day = [
            s for s in journey.sightings if is_dated(s) and (s.first or 0) <= first <= (s.last or 0) and not s.tour
        ]
        return min(on_day, key=lambda s: s.key).country if on_day else None
    if sighting.timing == "loose":
        is_near = journey.first <= last and last - journey.last <= NEAR and first <= journey.last
    else:
        is_near = journey.first <= last and first <= journey.last + 1
    return _shared_country(journey, sighting) if is_near else None


def _shared_country(journey: Journey, sighting: Sighting) -> str | None:
    done = {s.country for s in journey.sightings if s.status == sighting.status} or journey.countries
    shared = [m.country for m in sighting.others if m.country in done]
    return sorted(c for c in shared if c)[0] if shared else None
