"""Whether two tellings tell one act, and which of two stands for the other.

In: tellings. Out: Links with their grounds. Each telling points to at most one other, the best that ranks above it
(`rank`): nearest in who, when and where. Followed upwards, the pointers end at the telling that stands for the event.
The idea is that of leaders in clustering (Hartigan 1975), chosen because a pointer depends on the tellings near it
alone: not on the order in which reports came, nor on how many others the record holds; and because two events can't
be chained together through a vague report between them, as with single-link clustering, since the vague one points
to one of them only.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from legation.record.mention import Mention, is_same_actor
from legation.record.telling import DAYS_BY_STATE, SYMMETRIC, VAGUE_DAYS, Telling

__all__ = ["Link", "choose", "judge", "rank"]

# Acts of speech on one day by one speaker are many: they join only where the sentences share words. Chosen on the demo
# reports and pairs from feeds; at 0.2 two rebukes of one day fall together, at 0.5 paraphrases of one stay apart.
SPOKEN = frozenset({"statement", "accuse", "request", "threaten", "agree", "reject", "support", "concede", "aid"})
SHARED_WORDS = 0.34
# Modes that are different acts even with the same people on the same day.
STRICT_MODES = frozenset({"SANCTION", "SUPPORT", "MOBILIZE", "COERCE", "RETREAT", "COOPERATE", "PROTEST"})
DAYS_TO_REPORT = 4  # an undated act told as done happened within so many days before publication
DAYS_TO_RECALL = 10  # where both sides are named, reports come back to it for longer
DAYS_WEAK = 2  # two undated reports of two states' officials mean one act if published so near to each other
DAYS_AHEAD = 40  # an undated announcement is kept by an act within so many days
# Announced without a day, then told without one: with persons; states alone are found no further than by their keys.
# Chosen on the dev half of bench/feed_pairs.csv, where 4 to 30 days make no difference.
DAYS_ANNOUNCED, DAYS_ANNOUNCED_WEAK = 14, DAYS_BY_STATE
DAYS_OF_VISIT = 4  # arrival, talks and departure of one visit, each from the next


@dataclass(frozen=True, slots=True)
class Link:
    """Why two tellings tell one act. score: 0 to 1, for choosing among links only."""

    score: float
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """How far the participants of two tellings agree."""

    persons: tuple[str, ...]
    states: tuple[str, ...]
    is_strong: bool
    score: float


Rank = tuple[int, int, int, int, int, int, str]


def rank(telling: Telling) -> Rank:
    """Return the rank of a telling, smallest first: named sides, a day, held before announced, fewer people, earlier.

    Summaries ("met Wang Yi and others on his tour", "visited Riyadh and Abu Dhabi") rank below a meeting
    of two or a stay in one state, and visits to nowhere ("the trip comes as ...") below both, so that they cannot hold
    two acts together.
    """
    sides = {person.country for person in telling.persons}
    is_summary = len(telling.countries) > 2 and telling.kind in ("visit", "meet", "call")
    return (
        2 if telling.kind == "visit" and not _hosts(telling) else int(is_summary),
        -min(len(sides), 2),
        0 if telling.exact else 1 if telling.first is not None else 2,
        {"done": 0, "off": 1, "planned": 2, "denied": 3}.get(telling.status, 4),
        len(telling.parties),
        telling.published or 0,
        telling.id,
    )


def choose(telling: Telling, others: Iterable[Telling]) -> tuple[Telling, Link] | None:
    """Return the telling that this one points to, with the link; None where it stands for itself."""
    own = rank(telling)
    best: tuple[tuple[float, Rank], Telling, Link] | None = None
    for other in others:
        above = rank(other)
        if above >= own or _is_kept_apart(telling, other) or (link := judge(telling, other)) is None:
            continue
        key = (-link.score, above)
        if best is None or key < best[0]:
            best = (key, other, link)
    return (best[1], best[2]) if best else None


def _is_kept_apart(a: Telling, b: Telling) -> bool:
    """Within a report the reader's grouping stands, but a visit told again in another sentence is one stay.

    What the headline tells is told again in the text.
    """
    if a.digest != b.digest or a.in_title != b.in_title:
        return False
    travellers = {p.mention.form for p in a.parties if p.role == "actor" and p.mention.kind == "person"}
    again = a.kind == b.kind == "visit" and a.words != b.words and a.status == b.status
    return not (again and travellers & {p.mention.form for p in b.parties} and _hosts(a) == _hosts(b))


def judge(a: Telling, b: Telling) -> Link | None:
    """Return why two tellings tell one act, or None where they don't."""
    if a.kind != b.kind or (a.type in STRICT_MODES and a.mode and b.mode and a.mode != b.mode):
        return None
    match = _match_people(a, b)
    if match is None:
        return None
    shared = _shared_words(a, b)
    when = _match_days(a, b, match.is_strong)
    if when is None or not _match_status(a, b, match.is_strong, when[0]):
        return None
    place = _match_place(a, b)
    if place is None or (when[1].startswith("one day apart") and place < 1 and shared < SHARED_WORDS):
        return None
    if _needs_words(a, match) and shared < SHARED_WORDS:
        return None
    score = 0.45 * match.score + 0.3 * when[0] + 0.1 * place + 0.15 * shared
    return Link(round(score, 4), _tell(a, b, match, when[1], place, shared))


def _needs_words(a: Telling, match: Match) -> bool:
    return a.kind in SPOKEN or (not match.is_strong and not match.persons and a.kind in ("message", "mediate"))


def _tell(a: Telling, b: Telling, match: Match, when: str, place: float, shared: float) -> tuple[str, ...]:
    why = []
    if match.persons:
        why.append("same persons: " + ", ".join(match.persons))
    if match.states:
        why.append("same states: " + ", ".join(match.states))
    why.append(when)
    if place == 1:
        why.append(f"same place: {a.place or a.place_country}")
    if shared >= SHARED_WORDS:
        why.append(f"{shared:.0%} of the words shared")
    if a.status != b.status:
        why.append(f"{a.status} here, {b.status} there")
    return tuple(why)


def _match_people(a: Telling, b: Telling) -> Match | None:
    """How far the participants agree; None where they can't be those of one act."""
    if a.kind == "multilateral":
        return _match_many(a, b)
    if a.kind in SYMMETRIC:
        sides = [_match_side(_all(a), _all(b))]
    elif a.kind == "visit":
        sides = [_match_side(_role(a, "actor"), _role(b, "actor")), _match_hosts(a, b)]
    else:
        sides = [_match_side(_role(a, role), _role(b, role)) for role in ("actor", "recipient")]
    if any(side is None for side in sides):
        return None
    persons = tuple(sorted({name for side in sides if side for name in side[0]}))
    states = tuple(sorted({code for side in sides if side for code in side[1]}))
    return _weigh(a, persons, states, sides)


def _weigh(
    a: Telling, persons: tuple[str, ...], states: tuple[str, ...], sides: Sequence[tuple[set[str], set[str]] | None]
) -> Match | None:
    """Two sides must agree: by persons or states; one where the act has but one."""
    n = len(persons) + len(states)
    if a.kind in SYMMETRIC:
        if n < 2:
            return None
    elif not n or not (sides[0] and (sides[0][0] or sides[0][1])):
        return None
    strong = len(persons) >= 2 or (len(persons) == 1 and len(states) >= 1)
    score = 1.0 if len(persons) >= 2 else 0.8 if strong else 0.55 if n >= 2 else 0.4
    return Match(persons, states, strong, score)


def _all(t: Telling) -> list[Mention]:
    return [p.mention for p in t.parties]


def _role(t: Telling, role: str) -> list[Mention]:
    return [p.mention for p in t.parties if p.role == role]


def _match_side(a: Sequence[Mention], b: Sequence[Mention]) -> tuple[set[str], set[str]] | None:
    """Return persons and other states that both have; None where one state has different persons on the two sides."""
    persons = {x.name for x in a if x.kind == "person" for y in b if is_same_actor(x, y)}
    met = {x.country for x in a if x.name in persons} | {
        y.country for y in b for x in a if x.name in persons and is_same_actor(x, y)
    }
    in_a = {m.country for m in a if m.kind == "person"}
    in_b = {m.country for m in b if m.kind == "person"}
    both = {m.country for m in a if m.country} & {m.country for m in b if m.country}
    if any(code not in met for code in in_a & in_b if code):
        return None
    if a and b and not persons and not both:
        return None
    if any(_other_body(code, a, b) for code in both - met if code):
        return None
    if persons and _others_than(persons, a, b):
        return None
    return persons, {code for code in both - met if code}


def _others_than(persons: set[str], a: Sequence[Mention], b: Sequence[Mention]) -> bool:
    """Whether each side has a person besides the common ones, and nothing tells the state of one of them."""
    own = [m for m in a if m.kind == "person" and m.name not in persons]
    theirs = [m for m in b if m.kind == "person" and not any(is_same_actor(m, x) for x in a)]
    unplaced = [m for m in (*own, *theirs) if not m.country and len(m.key) > 1]
    alike = {m.key[-1] for m in own} & {m.key[-1] for m in theirs}
    return bool(own and theirs and unplaced and not alike)


def _other_body(code: str, a: Sequence[Mention], b: Sequence[Mention]) -> bool:
    """Whether a state acts through different lines on the two sides: its party here, its army there."""
    lines = [{m.channel for m in side if m.country == code and m.kind in ("body", "group")} for side in (a, b)]
    whole = any(m.kind in ("state", "person") for side in (a, b) for m in side if m.country == code)
    return not whole and all(lines) and "" not in lines[0] | lines[1] and not lines[0] & lines[1]


def _match_hosts(a: Telling, b: Telling) -> tuple[set[str], set[str]] | None:
    """Visits: the state visited, which a place tells as well as a recipient."""
    hosts = [_hosts(a), _hosts(b)]
    if not all(hosts):
        return set(), set()
    both = hosts[0] & hosts[1]
    if len(hosts[0]) != len(hosts[1]) and any(
        len(h) > 1 and t.status == "done" for h, t in zip(hosts, (a, b), strict=True)
    ):
        return None
    return (set(), both) if both else None


def _hosts(t: Telling) -> set[str]:
    own = {m.country for m in _role(t, "actor")}
    codes = {m.country for m in _role(t, "recipient") if m.country} - own
    if not codes and t.place_country and t.place_country not in own:
        codes = {t.place_country}
    return {code for code in codes if code}


def _match_many(a: Telling, b: Telling) -> Match | None:
    """Conferences: a common organisation, or the place and a good part of those present."""
    organisations = {m.name for m in _all(a) if m.kind == "organisation"} & {
        m.name for m in _all(b) if m.kind == "organisation"
    }
    both, either = a.countries & b.countries, a.countries | b.countries
    share = len(both) / len(either) if either else 0.0
    same_place = bool(a.place_country) and a.place_country == b.place_country
    if not (organisations or (same_place and share >= 0.3) or share >= 0.6):
        return None
    states = tuple(sorted(both | organisations))
    return Match((), states, bool(organisations) or share >= 0.6, 0.5 + 0.4 * share)


def _match_days(a: Telling, b: Telling, strong: bool) -> tuple[float, str] | None:
    """Return how well the days agree, 0 to 1, in words; None where they can't be those of one act."""
    vague = [t.first is None or t.last is None or t.last - t.first > VAGUE_DAYS for t in (a, b)]
    if not any(vague):
        return _match_named_days(a, b, strong)
    if all(vague):
        return _match_published(a, b, strong)
    dated, other = (b, a) if vague[0] else (a, b)
    return _match_told_later(dated, other, strong)


def _match_named_days(a: Telling, b: Telling, strong: bool) -> tuple[float, str] | None:
    first_a, last_a, first_b, last_b = a.first or 0, a.last or 0, b.first or 0, b.last or 0
    gap = max(first_a, first_b) - min(last_a, last_b)
    if a.exact and b.exact and gap == 0:
        return 1.0, f"same day {_iso(first_a)}"
    if gap <= 0:
        return 0.8, f"{_span(a)} lies within or over {_span(b)}"
    if a.kind == "visit" and strong and gap <= DAYS_OF_VISIT:
        return 0.6, f"{_span(a)} and {_span(b)} within one visit"
    # Reports that differ on the day: the same people, one day apart, and neither report tells of both days.
    if gap == 1 and strong and a.exact and b.exact and first_b not in a.also and first_a not in b.also:
        return 0.4, f"one day apart: {_iso(first_a)} and {_iso(first_b)}"
    return None


def _match_told_later(dated: Telling, other: Telling, strong: bool) -> tuple[float, str] | None:
    """One names its day: the other, told without, must have been published at a time that fits."""
    first, last, told = dated.first or 0, dated.last or 0, other.published
    if other.first is not None and not (other.first - 1 <= last and first <= (other.last or 0) + 1):
        return None
    if told is None:
        return None
    if other.status in ("planned", "hypothetical", "off"):
        ahead = first - told
        fits = -DAYS_TO_REPORT <= ahead <= (DAYS_AHEAD if strong else 7)
        return (
            (0.5 - 0.3 * abs(ahead) / DAYS_AHEAD, f"announced on {_iso(told)} for about {_iso(first)}")
            if fits
            else None
        )
    late = told - last
    limit = DAYS_TO_RECALL if strong else DAYS_TO_REPORT
    if told < first - 1 or late > limit:
        return None
    return 0.7 - 0.4 * max(late, 0) / limit, f"told on {_iso(told)} without a day, soon after {_iso(last)}"


def _match_published(a: Telling, b: Telling, strong: bool) -> tuple[float, str] | None:
    if a.published is None or b.published is None or not (_leaves_room(a, b) and _leaves_room(b, a)):
        return None
    gap = abs(a.published - b.published)
    earlier = min((a, b), key=lambda t: (t.published or 0, t.id))
    if strong and (_falls_into(a, b) or _falls_into(b, a)):
        return 0.35, f"told without a day, published {gap} days apart in the time that the other names"
    limit = DAYS_TO_REPORT if strong else DAYS_WEAK
    if earlier.status == "planned":
        limit = DAYS_ANNOUNCED if strong else DAYS_ANNOUNCED_WEAK
    if gap > limit:
        return None
    return 0.4 - 0.1 * gap / limit, f"both told without a day, published {gap} days apart"


def _leaves_room(vague: Telling, other: Telling) -> bool:
    """Whether the month or year that one names can be that of the other: the act of July is no news of December."""
    if vague.first is None or vague.last is None:
        return True
    if other.first is not None and other.last is not None:
        return other.first <= vague.last and vague.first <= other.last
    told = other.published or 0
    return told <= vague.last + DAYS_TO_RECALL and (told >= vague.first - 1 or other.status != "done")


def _falls_into(vague: Telling, other: Telling) -> bool:
    """Whether one names a month or so in which the other was published."""
    if vague.first is None or vague.last is None or other.first is not None or other.published is None:
        return False
    return vague.first <= other.published <= vague.last + DAYS_TO_REPORT


def _match_status(a: Telling, b: Telling, strong: bool, when: float) -> bool:
    """Whether two statuses can be those of one act: announced, then held; held, and denied."""
    statuses = {a.status, b.status}
    if len(statuses) == 1:
        return True
    if "done" in statuses and statuses & {"off", "denied"}:
        return strong and (when >= 0.8 or _days_apart(a, b) <= 1)
    if "done" in statuses and "planned" in statuses:
        plan, done = (a, b) if a.status == "planned" else (b, a)
        # What is still announced after it was reported as held is another act.
        late = (plan.published or 0) - (done.last if done.last is not None else done.published or 0)
        return late <= 1
    return strong or when >= (0.4 if statuses == {"planned", "off"} else 0.8)


def _days_apart(a: Telling, b: Telling) -> float:
    """Days between the publication of two tellings; without end where one has none."""
    return float("inf") if a.published is None or b.published is None else abs(a.published - b.published)


def _match_place(a: Telling, b: Telling) -> float | None:
    """1 same place, 0.5 one or both unknown or only the state the same; None where the states differ."""
    if a.place_country and b.place_country and a.place_country != b.place_country:
        # Calls have no place; for the rest the reader's place may be the dateline's.
        return 0.2 if a.kind in ("call", "message", "visit") or a.kind in SPOKEN else None
    if a.place and b.place and a.place.lower() == b.place.lower():
        return 1.0
    return 0.7 if a.place_country and a.place_country == b.place_country else 0.5


def _shared_words(a: Telling, b: Telling) -> float:
    smaller = min(len(a.words), len(b.words))
    return len(a.words & b.words) / smaller if smaller else 0.0


def _iso(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()


def _span(t: Telling) -> str:
    first, last = _iso(t.first or 1), _iso(t.last or 1)
    return first if first == last else f"{first}/{last}"
