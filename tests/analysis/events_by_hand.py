"""Events, parties and volumes written by hand: findings are functions of them, and need no record and no model."""

import hashlib
from collections.abc import Sequence
from datetime import date, timedelta

from legation.analysis.party import Party
from legation.language.claim import Claim, DateReading, Participant
from legation.record import Event, EventClaim, EventParticipant, Field, StatusStep, Support
from legation.record.store.surveying import DayRead

CHINA, KOREA, LAOS = Party("CHN", code="CHN"), Party("PRK", code="PRK"), Party("LAO", code="LAO")
AMERICA, SEOUL = Party("USA", code="USA"), Party("KOR", code="KOR")
ASEAN = Party("ASEAN", group="Association of Southeast Asian Nations")
Who = tuple[str, str, int]  # name, country, level


def person(who: Who, role: str) -> EventParticipant:
    name, country, level = who
    kind = "state" if name == country else "person"
    channel = "state" if level >= 4 or kind == "state" else "party"
    return EventParticipant(f"a-{name}", name, country, role, kind, "", channel, level, 1)


def event(
    when: str | None,
    who: Sequence[Who],
    whom: Sequence[Who] = (),
    *,
    type: str = "CONSULT",
    mode: str | None = "meet",
    status: str = "done",
    place: str | None = None,
    reported: str = "",
    sentence: str = "",
    history: Sequence[tuple[str, str]] = (),
    sides: bool = False,
    key: str = "",
    n_origins: int = 1,
) -> Event:
    """An event with one claim for each origin, and one for each status before it. when: EDTF; place: a state's code."""
    first = when[:10] if when else None
    if first:
        first += "-01" * ((10 - len(first)) // 3)
    told = reported or first or "2024-01-01"
    people = [person(w, "side" if sides else "actor") for w in who] + [
        person(w, "side" if sides else "recipient") for w in whom
    ]
    seed = f"{when}{who}{whom}{type}{mode}{status}{place}{reported}{sentence}{key}"
    digest = hashlib.sha256(seed.encode()).hexdigest()
    words = sentence or f"{' and '.join(p.name for p in people)} {mode or type.lower()} {when or ''}."
    steps = [*history] or [(status, told)]
    claims = (
        *(_claim(f"{digest}{n}", words, told, type, mode, status, who, whom, when) for n in range(n_origins)),
        *(_claim(f"{digest}{s}", words, day, type, mode, s, who, whom, when) for s, day in steps if s != status),
    )
    support = Support(when or "", n_origins, n_origins, tuple(c.claim.id for c in claims))
    return Event(
        id=f"e-{digest[:12]}",
        type=type,
        mode=mode,
        kind=mode if mode in ("visit", "meet", "call", "message", "multilateral") else type.lower(),
        status=status,
        participants=tuple(people),
        when=Field(when, (support,)) if when else None,
        place=None,
        place_country=place,
        first_day=first,
        last_day=when.partition("/")[2] or first if when and first else None,
        reported=told,
        history=tuple(StatusStep(s, day, claims[0].claim.id) for s, day in steps),
        claims=claims,
        conflicts=(),
        n_origins=n_origins,
        n_reports=n_origins,
    )


def _claim(
    seed: str, words: str, published: str, type: str, mode: str | None, status: str, who: Sequence[Who],
    whom: Sequence[Who], when: str | None,
) -> EventClaim:  # fmt: skip
    id_ = hashlib.sha256(seed.encode()).hexdigest()[:16]

    def people(group: Sequence[Who]) -> tuple[Participant, ...]:
        return tuple(Participant((0, 1), name, country) for name, country, _ in group)

    claim = Claim(
        id=f"c-{id_}", report=f"r-{id_}", sentence=(0, len(words)), trigger=(0, 1), type=type, mode=mode, status=status,
        actors=people(who), recipients=people(whom), place=None,
        when=DateReading(when, (0, 1), "by-hand") if when else None, said_by=None, score=0.9, event=0,
    )  # fmt: skip
    return EventClaim(claim, words, f"r-{id_}", id_, "", "Wire", published, f"o-{id_}", f"t-{id_}", "", 1.0, ())


def days_read(first: str, last: str, n: int = 3) -> list[DayRead]:
    """The same volume every day."""
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return [DayRead((start + timedelta(k)).isoformat(), n, n) for k in range((end - start).days + 1)]
