"""Reports whose claims are written by hand: words of the sentence stand for spans."""

import hashlib
from collections.abc import Sequence
from typing import Any

from legation.language.claim import Claim, DateReading, Participant, Place
from legation.language.read import Reading
from legation.sources.report import Published, Report, make_report

ADDRESSES = ("sqlite", "postgresql")
Who = tuple[str, str | None] | tuple[str, str | None, str]


def act(
    type_: str = "CONSULT",
    mode: str | None = "meet",
    *,
    who: Sequence[Who] = (),
    whom: Sequence[Who] = (),
    when: str | None = None,
    where: tuple[str, str | None] | None = None,
    status: str = "done",
    sentence: str = "",
    event: int | None = None,
    flags: tuple[str, ...] = (),
) -> dict[str, Any]:
    """One act; the sentence is made from its parts where none is given."""
    return {
        "type": type_, "mode": mode, "who": who, "whom": whom, "when": when, "where": where, "status": status,
        "sentence": sentence, "event": event, "flags": flags,
    }  # fmt: skip


def tell(
    published: str | None,
    *acts: dict[str, Any],
    source: str = "Wire",
    id: str | None = None,
    headline: dict[str, Any] | None = None,
) -> Reading:
    """A reading of a report that tells these acts, a sentence each; headline: the act that its title tells."""
    sentences = [a["sentence"] or _sentence(a) for a in acts]
    title = (headline["sentence"] or _sentence(headline)) if headline else ""
    report = make_report(
        " ".join(sentences),
        origin=f"{source}:1",
        published=Published(published, "field"),
        title=title,
        source=source,
        id=id,
    )
    starts, at = [], 0
    for sentence in sentences:
        starts.append(at)
        at += len(sentence) + 1
    claims = [
        _claim(report, a, (start, start + len(s)), n)
        for n, (a, s, start) in enumerate(zip(acts, sentences, starts, strict=True))
    ]
    titled = [_claim(report, headline, (0, len(title)), len(acts), part="title")] if headline else []
    too_early = [DateReading(a["when"], c.sentence, "by-hand") for a, c in zip(acts, claims, strict=True) if a["flags"]]
    impossible = tuple((day, "told-before-it-was-reported") for day in too_early)
    return Reading(report, tuple(claims), (), (), impossible, tuple(titled))


def _sentence(a: dict[str, Any]) -> str:
    names = [w[0] for w in (*a["who"], *a["whom"])]
    place = f" in {a['where'][0]}" if a["where"] else ""
    return f"{' and '.join(names) or 'They'} {a['mode'] or a['type'].lower()}{place} {a['when'] or ''}.".replace(
        " .", "."
    )


def _claim(report: Report, a: dict[str, Any], sentence: tuple[int, int], n: int, *, part: str = "text") -> Claim:
    start = sentence[0]
    words = a.get("trigger", "")
    at = start + a["sentence"].index(words) if words else start
    content = f"{report.digest}{start}{a['type']}{n}"

    def people(group: Sequence[Who]) -> tuple[Participant, ...]:
        return tuple(Participant((start, start + 1), w[0], w[1], w[2] if len(w) > 2 else "") for w in group)

    return Claim(
        id="c-" + hashlib.sha256(content.encode()).hexdigest()[:16],
        report=report.id,
        sentence=sentence,
        trigger=(at, at + (len(words) or 3)),
        type=a["type"],
        mode=a["mode"],
        status=a["status"],
        actors=people(a["who"]),
        recipients=people(a["whom"]),
        place=Place((start, start + 1), *a["where"]) if a["where"] else None,
        when=DateReading(a["when"], (start, start + 1), "by-hand") if a["when"] else None,
        said_by=None,
        score=0.9,
        event=n if a["event"] is None else a["event"],
        flags=a["flags"],
        part=part,
    )


KIM, WANG, LE = ("Kim Song Nam", "PRK"), ("Wang Yi", "CHN"), ("Le Hoai Trung", "VNM")
