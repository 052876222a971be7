"""Puts the sightings of one journey into stops in order, and works out their days.

In: a Journey. Out: Legs. A leg is a stay in one country; a country left and entered again makes two.
What was held wins over what was announced; an announcement fills what nobody has told since.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from legation.record.journey import Journey, is_dated
from legation.record.sighting import Sighting

__all__ = ["Leg", "find_legs"]

FLIGHT = 1  # days between an announced departure and the first day at the first stop

Days = dict[int, set[tuple[str, str]]]  # who tells each day: origin and report
Told = tuple[str, int, str, frozenset[tuple[str, str]]]  # field, day, status, who tells it: origin and report


@dataclass(slots=True)
class Leg:
    """A stay in one country. first, last: ordinals, as far as known; order: place in the announced tour."""

    country: str
    sightings: list[Sighting]
    order: tuple[int, ...] = (99,)
    first: int | None = None
    last: int | None = None
    is_first_doubtful: bool = False
    is_last_doubtful: bool = False
    start: str | None = None
    end: str | None = None
    status: str = "planned"
    places: tuple[str, ...] = ()
    disputed: list[Told] = field(default_factory=list)


def find_legs(journey: Journey) -> list[Leg]:
    """Return the stops of a journey in order."""
    tour = _longest_tour(journey.sightings)
    legs = [leg for country in sorted(journey.countries) for leg in _legs_in(country, journey, tour)]
    is_tour = len(legs) > 1
    for leg in legs:
        leg.status = _status(leg.sightings)
        leg.order = _order(leg, tour)
        leg.places = _places(leg)
    head = min(legs, key=lambda leg: leg.order, default=None)
    for leg in legs:
        _find_days(leg, is_head=leg is head and is_tour)
    legs = _sort(legs)
    _end_with_return(legs, journey.back)
    for n, leg in enumerate(legs):
        _write_days(leg, legs[:n], legs[n + 1 :])
    return legs


def _end_with_return(legs: Sequence[Leg], back: int | None) -> None:
    """Who is home again has left: the return bounds a last day that only publication bounded."""
    last = next((leg for leg in reversed(legs) if leg.status == "done" and leg.last is not None), None)
    if back is not None and last and last.is_last_doubtful and (last.first or 0) <= back <= (last.last or 0):
        last.last, last.is_last_doubtful = back, False


# Legs --------------------------------------------------------------------------------------------------------


def _longest_tour(sightings: Sequence[Sighting]) -> list[tuple[str, str]]:
    """Country and place of each destination of the tour that names most, in its order; of equals the latest told."""
    tours: dict[str, dict[int, Sighting]] = defaultdict(dict)
    for sighting in sightings:
        if sighting.tour:
            tours[sighting.tour].setdefault(sighting.place_in_tour, sighting)
    if not tours:
        return []
    best = max(
        tours.values(),
        key=lambda stops: (
            len(stops),
            stops[min(stops)].source.published,
            min(stops.values(), key=lambda s: s.key).key,
        ),
    )
    return [(best[n].country, best[n].place) for n in sorted(best)]


def _legs_in(country: str, journey: Journey, tour: Sequence[tuple[str, str]]) -> list[Leg]:
    """One leg for a country, or several where others lie between."""
    own = [s for s in journey.sightings if s.country == country]
    parts = _parts_of_tour(country, tour)
    if len(parts) > 1:
        return _part_by_place(country, own, parts)
    if between := _part_by_days(country, own, journey):
        return between
    elsewhere = {s.first for s in journey.sightings if s.country != country and _is_held_day(s)}
    days = sorted({s.first for s in own if _is_held_day(s) and s.first is not None})
    cuts = [b for a, b in pairwise(days) if any(a < day < b for day in elsewhere if day is not None)]
    legs = [Leg(country, []) for _ in range(len(cuts) + 1)]
    for sighting in own:
        day = sighting.first if sighting.timing == "day" else sighting.last
        n = sum(1 for cut in cuts if day is not None and day >= cut) if is_dated(sighting) else 0
        legs[n].sightings.append(sighting)
    return [leg for leg in legs if leg.sightings]


def _part_by_days(country: str, own: Sequence[Sighting], journey: Journey) -> list[Leg]:
    """Two legs where all held days at one place come before another country's, and all at another place after it."""
    told: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for sighting in own:
        if sighting.place and is_dated(sighting) and not sighting.tour:
            first, last = sighting.first or 0, sighting.last or 0
            first = last if sighting.timing == "news" else first
            # What was held outweighs what was announced, and a day a stay of which it is part.
            told[sighting.place].append(((last - first) + (0 if sighting.status == "done" else 100), first, last))
    days = {
        place: [day for width, first, last in found for day in (first, last) if width == min(found)[0]]
        for place, found in told.items()
    }
    others = sorted({s.first or 0 for s in journey.sightings if s.country != country and _is_held_day(s)})
    for day in others:
        before = {place for place in days if max(days[place]) <= day and min(days[place]) < day}
        after = {place for place in days if min(days[place]) >= day and max(days[place]) > day}
        if before and after and before | after == set(days) and not before & after:
            return _part_by_place(country, own, [before, after])
    return []


def _is_held_day(sighting: Sighting) -> bool:
    return sighting.status == "done" and sighting.timing == "day" and is_dated(sighting)


def _parts_of_tour(country: str, tour: Sequence[tuple[str, str]]) -> list[set[str]]:
    """The places of a country in a tour, parted where another country stands between."""
    parts: list[set[str]] = []
    before = ""
    for code, place in tour:
        if code == country:
            if before != country:
                parts.append(set())
            parts[-1].add(place)
        before = code
    return parts if all("" not in part for part in parts) else parts[:1]


def _part_by_place(country: str, own: Sequence[Sighting], parts: Sequence[set[str]]) -> list[Leg]:
    legs = [Leg(country, []) for _ in parts]
    rest = []
    for sighting in own:
        n = next((k for k, part in enumerate(parts) if sighting.place in part), None)
        if n is None:
            rest.append(sighting)
        else:
            legs[n].sightings.append(sighting)
    for sighting in rest:
        legs[_nearest_leg(legs, sighting)].sightings.append(sighting)
    return [leg for leg in legs if leg.sightings]


def _nearest_leg(legs: Sequence[Leg], sighting: Sighting) -> int:
    """The leg whose own days lie nearest; the first where nothing tells."""
    if not is_dated(sighting):
        return 0

    def distance(leg: Leg) -> int:
        own = [s for s in leg.sightings if is_dated(s) and not s.tour]
        return min((abs((s.last or 0) - (sighting.last or 0)) for s in own), default=99)

    return min(range(len(legs)), key=lambda n: (distance(legs[n]), n))


def _order(leg: Leg, tour: Sequence[tuple[str, str]]) -> tuple[int, ...]:
    """Where the announced tour has it."""
    exact = [
        n
        for n, (code, place) in enumerate(tour)
        if code == leg.country and place in {s.place for s in leg.sightings if s.place}
    ]
    loose = [n for n, (code, _) in enumerate(tour) if code == leg.country]
    found = exact or loose
    return (found[0],) if found else (99,)


def _status(sightings: Sequence[Sighting]) -> str:
    """done if anything was; else what was told last."""
    if any(s.status == "done" for s in sightings):
        return "done"
    return max(sightings, key=lambda s: (s.source.published, s.status == "off", s.key)).status


def _places(leg: Leg) -> tuple[str, ...]:
    """Cities by first day there, then by how often they are told; what was held before what was announced."""
    held = [s for s in leg.sightings if s.place and (s.status == "done" or leg.status != "done")]
    found: dict[str, list[Sighting]] = defaultdict(list)
    for sighting in held or [s for s in leg.sightings if s.place]:
        found[sighting.place].append(sighting)

    def order(place: str) -> tuple[int, int, str]:
        days = [s.first or 0 for s in found[place] if s.timing == "day"]
        return min(days, default=10**7), -len(found[place]), place

    return tuple(sorted(found, key=order))


# Days --------------------------------------------------------------------------------------------------------


def _find_days(leg: Leg, *, is_head: bool) -> None:
    held = [s for s in leg.sightings if s.status == "done" and is_dated(s)]
    arrivals = _tally((s.first, s) for s in held if s.step == "arrive" and s.timing == "day")
    reached = {s.place for s in held if s.step == "arrive" and s.place}
    if reached and {s.place for s in held if s.place} - reached:
        arrivals = {}  # somebody went on from one city to another: that is no entry into the country
    leaves = _tally((s.first, s) for s in held if s.step == "leave" and s.timing == "day")
    days = sorted({s.first for s in held if s.timing == "day" and s.first is not None})
    news = sorted({s.last for s in held if s.timing == "news" and s.last is not None})
    stays = [s for s in leg.sightings if s.timing == "stay" and not s.tour and is_dated(s)]
    tours = [s for s in leg.sightings if s.timing == "stay" and s.tour and is_dated(s)]
    held_stays = [s for s in stays if s.status == "done"]
    days_from = days + sorted({s.first for s in held_stays if s.first is not None})
    days_to = days + sorted({s.last for s in held_stays if s.last is not None})
    news = [day for day in news if not any(day < (s.first or 0) - FLIGHT for s in tours)]  # a misread announcement
    planned = sorted(
        {s.first for s in leg.sightings if s.status == "planned" and s.timing == "day" and s.first is not None}
    )
    _find_first(leg, arrivals, days_from, news, stays, tours, planned, is_head=is_head)
    _find_last(leg, leaves, days_to, news, stays, planned)
    later = {day: who for day, who in leaves.items() if leg.first is None or day > leg.first}
    _find_disputes(leg, arrivals, later, stays)


def _find_first(
    leg: Leg, arrivals: Days, days: Sequence[int], news: Sequence[int],
    stays: Sequence[Sighting], tours: Sequence[Sighting], planned: Sequence[int], *, is_head: bool,
) -> None:  # fmt: skip
    announced = _latest(stays)
    if arrivals:
        best = _best(arrivals)
        leg.first = min([best, *(day for day in days if day < best and day not in arrivals)])
    elif days or news:
        leg.first = min([*days, *news])
        leg.is_first_doubtful = leg.first not in days
        starts = [s.first for s in ([announced] if announced else []) if s.first is not None]
        if starts and leg.first - 2 <= starts[0] <= leg.first:
            leg.first, leg.is_first_doubtful = starts[0], False
        elif is_head and tours and leg.first - (_first_of(tours) or leg.first) > FLIGHT:
            leg.first, leg.is_first_doubtful = _first_of(tours), True
    elif announced:
        leg.first = announced.first
    elif planned:
        leg.first = planned[0]
    elif is_head and tours:
        leg.first = _first_of(tours)


def _find_last(
    leg: Leg, leaves: Days, days: Sequence[int], news: Sequence[int],
    stays: Sequence[Sighting], planned: Sequence[int],
) -> None:  # fmt: skip
    announced = _latest(stays)
    # Seen later, somebody hadn't left.
    leaves = {day: who for day, who in leaves.items() if not days or day >= max(days)}
    if leaves:
        leg.last = _best(leaves)
    elif days or news:
        leg.last = max([*days, *news])
        leg.is_last_doubtful = leg.last not in days
        told = announced.last if announced else None
        if told is not None and told > leg.last:
            leg.last, leg.is_last_doubtful = told, True
        elif told is not None and leg.is_last_doubtful and all(day <= told for day in days):
            leg.last, leg.is_last_doubtful = told, False  # what is published a day later happened by then
    elif announced:
        leg.last = announced.last
    elif planned:
        leg.last = planned[-1]
    if leg.last is not None and leg.first is not None and leg.last < leg.first:
        leg.last = leg.first


def _latest(stays: Sequence[Sighting]) -> Sighting | None:
    """The stay told last: a plan that changed counts as it stands."""
    return max(stays, key=lambda s: (s.status == "done", s.source.published, s.key), default=None)


def _first_of(tours: Sequence[Sighting]) -> int | None:
    latest = _latest(tours)
    return latest.first if latest else None


def _tally(told: Iterable[tuple[int | None, Sighting]]) -> Days:
    """Who tells each day."""
    found: Days = defaultdict(set)
    for day, sighting in told:
        if day is not None:
            found[day].add((sighting.source.origin, sighting.source.report))
    return dict(found)


def _best(told: Days) -> int:
    """The day that most origins tell; of equals the earlier."""
    return min(told, key=lambda day: (-len({origin for origin, _ in told[day]}), day))


def _find_disputes(leg: Leg, arrivals: Days, leaves: Days, stays: Sequence[Sighting]) -> None:
    """Days told for the beginning or the end of the stay that aren't the ones chosen."""
    plain = [s for s in leg.sightings if s.step == "arrive" and s.status == "done" and s.timing == "day"]
    into = {s.place for s in plain if s.first == leg.first} or {""}
    same_place = {s.first for s in plain if s.place in into or not s.place}
    for name, chosen, told in (("start", leg.first, arrivals), ("end", leg.last, leaves)):
        for day in sorted(told):
            if day != chosen and (name == "end" or day in same_place):
                leg.disputed.append((name, day, "done", frozenset(told[day])))
        for status in ("done", "planned"):
            side = _tally((s.first if name == "start" else s.last, s) for s in stays if s.status == status)
            for day in sorted(side):
                if day != chosen:
                    leg.disputed.append((name, day, status, frozenset(side[day])))


def _sort(legs: Sequence[Leg]) -> list[Leg]:
    """By first day; a leg without one follows the leg before it in the announced tour."""
    dated = sorted(
        (leg for leg in legs if leg.first is not None),
        key=lambda leg: (leg.first or 0, leg.order, leg.last or 0, leg.country),
    )
    result = list(dated)
    for leg in sorted((leg for leg in legs if leg.first is None), key=lambda leg: (leg.order, leg.country)):
        before = [n for n, other in enumerate(result) if other.order < leg.order] if leg.order < (99,) else []
        if leg.order < (99,):
            result.insert(before[-1] + 1 if before else 0, leg)
        else:
            result.append(leg)
    return result


def _write_days(leg: Leg, before: Sequence[Leg], after: Sequence[Leg]) -> None:
    """EDTF of the leg's days; without any, the bounds that its neighbours or its reports give."""
    if leg.first is not None:
        leg.start = _edtf(leg.first, leg.is_first_doubtful)
        last = leg.last
        following = [other.first for other in after if other.first is not None and not other.is_first_doubtful]
        if last is not None and leg.is_last_doubtful and following and leg.first <= following[0] < last:
            last = following[0]
        leg.end = _edtf(last, leg.is_last_doubtful) if last is not None else None
        return
    starts = [other.last or other.first for other in before if other.first is not None]
    ends = [other.first for other in after if other.first is not None]
    tours = [s for s in leg.sightings if s.timing == "stay" and s.first is not None and s.last is not None]
    low = starts[-1] if starts else min((s.first for s in tours if s.first is not None), default=None)
    high = ends[0] if ends else max((s.last for s in tours if s.last is not None), default=None)
    vague = _vague_days(leg)
    if vague and (low is None or vague[1] >= low) and (high is None or vague[0] <= high):
        low, high = max(vague[0], low or vague[0]), min(vague[1], high or vague[1])
    if low is not None and high is not None and low <= high:
        leg.start = f"{_iso(low)}/{_iso(high)}" if low < high else f"{_iso(low)}?"
        return
    leg.start = _bounds(leg, low)


def _vague_days(leg: Leg) -> tuple[int, int] | None:
    """The shortest stretch that words name without naming days: "this weekend"."""
    told = [(s.first, s.last) for s in leg.sightings if s.first is not None and s.last is not None]
    vague = [(first, last) for first, last in told if first < last]
    return min(vague, key=lambda pair: (pair[1] - pair[0], pair), default=None)


def _bounds(leg: Leg, low: int | None) -> str | None:
    """Open on one side: told as done by a day, or as planned from a day on."""
    if leg.status == "done":
        days = [s.last for s in leg.sightings if s.status == "done" and s.last is not None]
        return f"{_iso(low) if low else '..'}/{_iso(min(days))}" if days and (not low or low < min(days)) else None
    days = [s.first for s in leg.sightings if s.first is not None]
    return f"{_iso(max(days))}/.." if days else None


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()


def _edtf(day: int, is_doubtful: bool) -> str:
    return _iso(day) + ("?" if is_doubtful else "")
