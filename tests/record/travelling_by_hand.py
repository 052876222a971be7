"""Reports of journeys whose claims are written by hand, with spans that slice back to the words."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from legation.language.claim import Claim, DateReading, Participant, Place, Span
from legation.sources.report import Published, Report, make_report

Told = tuple[Report, tuple[Claim, ...]]


@dataclass(frozen=True)
class Person:
    """words: as in the sentence; name: whom they mean."""

    words: str
    country: str | None
    office: str = ""
    name: str = ""


@dataclass(frozen=True)
class Act:
    """One claim of a sentence; words stand for spans."""

    sentence: str
    trigger: str
    mode: str = "visit"
    who: Sequence[Person] = ()
    whom: Sequence[Person] = ()
    where: tuple[str, str] | None = None
    when: tuple[str, str] | None = None
    status: str = "done"
    rule: str = "by-hand"
    score: float = 0.9


def tell(
    published: str, *acts: Act, title: str = "", head: str = "", source: str = "Harbour Wire", id: str | None = None
) -> Told:
    """A report of the acts' sentences, each sentence once; `head` stands above them."""
    sentences = list(dict.fromkeys(act.sentence for act in acts))
    text = head + " ".join(sentences)
    report = make_report(
        text, origin="by hand", published=Published(published, "field"), title=title, source=source, id=id
    )
    return report, tuple(_claim(report, act, n) for n, act in enumerate(acts))


def _claim(report: Report, act: Act, n: int) -> Claim:
    start = report.text.index(act.sentence)
    end = start + len(act.sentence)

    def span(words: str) -> Span:
        at = report.text.index(words, start, end)
        return at, at + len(words)

    def people(group: Sequence[Person]) -> tuple[Participant, ...]:
        return tuple(Participant(span(p.words), p.name or p.words, p.country, p.office) for p in group)

    content = f"{report.digest}{act.sentence}{act.trigger}{act.mode}"
    return Claim(
        id="c-" + hashlib.sha256(content.encode()).hexdigest()[:16],
        report=report.id,
        sentence=(start, end),
        trigger=span(act.trigger),
        type="CONSULT",
        mode=act.mode,
        status=act.status,
        actors=people(act.who),
        recipients=people(act.whom),
        place=Place(span(act.where[0]), *act.where) if act.where else None,
        when=DateReading(act.when[1], span(act.when[0]), act.rule) if act.when else None,
        said_by=None,
        score=act.score,
        event=n,
    )


SALO = Person("Aino Salo", "FIN", "Foreign Minister")
BERG = Person("Nils Berg", "NOR", "Foreign Minister")
PETROV = Person("Ivan Petrov", "BGR", "Prime Minister")
