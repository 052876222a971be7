"""Reports -> what they say: claims, names and dates. The language stage's one public step.

In: Reports. Out: a Reading for each, in the order given. Each report goes through the model by itself, so that it reads
the same whatever is read beside it.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from legation.language.acts import (
    POSSESSIVES,
    Act,
    Name,
    as_headline,
    complete_names,
    complete_title_names,
    decode_acts,
    decode_names,
    least_threshold,
)
from legation.language.attribution import chain_of, reported_by
from legation.language.cast import Cast, Meant
from legation.language.claim import Attribution, Claim, DateReading, Participant, Span
from legation.language.dates import flag_impossible, read_dates
from legation.language.grouping import group_claims
from legation.language.model import Reader, SentenceScores
from legation.language.places import dateline_of, place_of
from legation.language.titles import has_title, title_words
from legation.language.words import find_sentences, find_words
from legation.reference import find_states
from legation.sources.report import Report

__all__ = ["NamedSpan", "Reading", "read_reports"]

# What a candidate must reach, by type; chosen on held-out training sentences, not on the dev documents.
SAID_WHEN = 20  # characters between who said it and the day: " (KCNA) on Monday"
OFFICE_WORDS = 4  # in an office behind a possessive: "China's vice foreign minister"
INCLUDED = 6  # words between "including" and the name: "including foreign minister Wang Yi"
DEFAULT_THRESHOLDS = {"*": 0.42}


@dataclass(frozen=True, slots=True)
class NamedSpan:
    """A name in a report: PER, ORG or LOC."""

    span: Span
    kind: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A report with all that was read in it.

    claims:     what the sentences of its text tell.
    headline:   what its title tells, apart: a title says briefly what the text says, and sometimes more than the text.
    impossible: dates that can't be as told, with the flag that says why; claims of their sentences carry it too.
    """

    report: Report
    claims: tuple[Claim, ...]
    names: tuple[NamedSpan, ...]
    dates: tuple[DateReading, ...]
    impossible: tuple[tuple[DateReading, str], ...] = ()
    headline: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence cut into words, with what the model found; spans of words in characters of its text.

    part: "text", or "title" for the report's title, which is read as one sentence.
    """

    span: Span
    places: tuple[Span, ...]
    words: tuple[str, ...]
    acts: tuple[Act, ...]
    names: tuple[Name, ...]
    part: str = "text"

    def characters(self, words: Span) -> Span:
        return self.places[words[0]][0], self.places[words[1] - 1][1]


def read_reports(reports: Sequence[Report], reader: Reader) -> list[Reading]:
    """Read each report's claims, names and dates."""
    thresholds = {**DEFAULT_THRESHOLDS, **reader.about.get("thresholds", {})}
    return [_read_report(report, reader, thresholds) for report in reports]


def _read_report(report: Report, reader: Reader, thresholds: Mapping[str, float]) -> Reading:
    title, *cut = _cut(report)
    inputs = [(title.words, ()), *((sentence.words, title.words) for sentence in cut)]
    scores = reader.read(inputs, floor=least_threshold(thresholds))
    first, *sentences = (_decode(s, found, thresholds) for s, found in zip((title, *cut), scores, strict=True))
    return _read(report, first, sentences)


def _decode(sentence: _Sentence, scores: SentenceScores, thresholds: Mapping[str, float]) -> _Sentence:
    acts = decode_acts(scores, sentence.words, thresholds)
    names = decode_names(scores.names)
    if sentence.part == "title":
        acts = [as_headline(act, sentence.words) for act in acts]
        names = complete_title_names(names, sentence.words, acts)
    else:
        names = complete_names(names, sentence.words)
    return replace(sentence, acts=tuple(acts), names=tuple(names))


def _cut(report: Report) -> Iterator[_Sentence]:
    """The title, then each sentence of the text, cut into words."""
    yield _cut_words(report.title, (0, len(report.title)), "title")
    for span in find_sentences(report.text):
        yield _cut_words(report.text, span, "text")


def _cut_words(text: str, span: Span, part: str) -> _Sentence:
    places = tuple(find_words(text, *span))
    return _Sentence(span, places, tuple(text[a:b] for a, b in places), (), (), part)


def _read(report: Report, title: _Sentence, sentences: Sequence[_Sentence]) -> Reading:
    text, day = report.text, report.published.day
    dates = _dates(report, text, sentences)
    past = {span: False for span, future in _futures(sentences).items() if not future}
    impossible = flag_impossible(text, report.published.value, dates, futures=past)
    states = [code for _, _, code, kind in find_states(f"{report.title}. {text}") if kind in ("state", "demonym")]
    cast = Cast(day=day, source=report.source, states=states, dateline=dateline_of(text))
    cast.learn_acronyms(text)
    for name in title.names:
        if name.kind in ("PER", "ORG"):
            cast.meet(title.words, name.words, name.kind, 0)
    claims: list[Claim] = []
    for sentence in sentences:
        _meet_names(cast, sentence, text)
        for act in sentence.acts:
            claims.append(_claim(report, sentence, act, cast, dates, impossible))
    # The title comes last: its surnames and offices mean whom the text names in full.
    titled = _dates(report, report.title, [title]) if any(act.when for act in title.acts) else []
    claims += [_claim(report, title, act, cast, titled, ()) for act in title.acts]
    names = tuple(NamedSpan(s.characters(n.words), n.kind) for s in sentences for n in s.names)
    told = group_claims(claims)
    return Reading(
        report,
        tuple(claim for claim in told if claim.part == "text"),
        names,
        tuple(dates),
        tuple(impossible),
        tuple(claim for claim in told if claim.part == "title"),
    )


def _futures(sentences: Sequence[_Sentence]) -> dict[Span, bool]:
    """The words that date an act, and whether the act is to come."""
    return {
        sentence.characters(act.when): act.status in ("planned", "hypothetical")
        for sentence in sentences
        for act in sentence.acts
        if act.when
    }


def _dates(report: Report, text: str, sentences: Sequence[_Sentence]) -> list[DateReading]:
    spans = [sentence.span for sentence in sentences]
    return read_dates(text, report.published.value, sentences=spans, futures=_futures(sentences))


def _meet_names(cast: Cast, sentence: _Sentence, text: str) -> None:
    """Let the cast take in the sentence's names, in order, and who is labelled as its speaker."""
    cast.learn_speaker(text[slice(*sentence.span)], sentence.span[0])
    for name in sentence.names:
        if name.kind in ("PER", "ORG"):
            cast.meet(sentence.words, name.words, name.kind, sentence.characters(name.words)[0])


def _claim(
    report: Report,
    sentence: _Sentence,
    act: Act,
    cast: Cast,
    dates: Sequence[DateReading],
    impossible: Sequence[tuple[DateReading, str]],
) -> Claim:
    """One act of a sentence as a claim."""
    text = report.title if sentence.part == "title" else report.text
    said_by, speaker = _said_by(sentence, act, cast, dates)
    actors = _people(sentence, act.actors, cast, speaker)
    recipients = _people(sentence, act.recipients, cast, speaker)
    trigger = sentence.characters(act.trigger)
    cast.remember([m for _, m in actors], [m for _, m in recipients], trigger[0], mode=act.mode)
    when = _when(sentence, act, dates)
    place = act.place and place_of(
        text, sentence.characters(act.place), sentence.span, home=cast.home, topic=cast.topic
    )
    return Claim(
        id=_identify(report, trigger, act.type, sentence.part),
        report=report.id,
        sentence=sentence.span,
        trigger=trigger,
        type=act.type,
        mode=act.mode,
        status=act.status,
        actors=tuple(Participant(span, m.name, m.country, m.office) for span, m in actors),
        recipients=tuple(Participant(span, m.name, m.country, m.office) for span, m in recipients),
        place=place or None,
        when=when,
        said_by=said_by,
        score=act.score,
        event=0,
        flags=tuple(sorted({flag for date, flag in impossible if date.span and _is_within(date.span, sentence.span)})),
        part=sentence.part,
    )


def _people(sentence: _Sentence, spans: Sequence[Span], cast: Cast, speaker: Meant | None) -> list[tuple[Span, Meant]]:
    """Each participant's span with whom it means; a plural one once for each of those meant."""
    found = []
    for first, end in [*spans, *_included(sentence, spans)]:
        covering = next((n for n in sentence.names if n.kind == "PER" and _covers(n.words, (first, end))), None)
        first, end = covering.words if covering else (first, end)
        end = _with_office(sentence.words, end)
        inside = [
            ((max(n.words[0], first) - first, min(n.words[1], end) - first), n.kind)
            for n in sentence.names
            if n.words[0] < end and n.words[1] > first
        ]
        span = sentence.characters((first, end))
        before = sentence.words[first - 1] if first else ""
        meant = cast.resolve(sentence.words[first:end], span[0], inside, speaker=speaker, before=before)
        found += [(span, one) for one in meant]
    return found


def _covers(name: Span, part: Span) -> bool:
    """Whether words are only a part of a name: its end alone, or its beginning."""
    return name[0] <= part[0] and part[1] <= name[1] and name != part


def _with_office(words: Sequence[str], end: int) -> int:
    """The end of a participant that was cut at its possessive: "Iran's | foreign minister"."""
    if words[end - 1] not in POSSESSIVES:
        return end
    office = end
    while office < len(words) and office < end + OFFICE_WORDS and title_words(words[office : office + 1]):
        office += 1
    return office if has_title(words[end:office]) else end


def _included(sentence: _Sentence, spans: Sequence[Span]) -> list[Span]:
    """Persons named right behind a participant: "officials, including Wang Yi"."""
    found: list[Span] = []
    for _, end in spans:
        at = end + 1 if sentence.words[end : end + 1] == (",",) else end
        if sentence.words[at : at + 1] == ("including",):
            named = next(
                (n.words for n in sentence.names if n.kind == "PER" and at < n.words[0] <= at + INCLUDED), None
            )
            if named and all(named[1] <= a or named[0] >= b for a, b in spans):
                found.append(named)
    return found


def _said_by(
    sentence: _Sentence, act: Act, cast: Cast, dates: Sequence[DateReading]
) -> tuple[Attribution | None, Meant | None]:
    """Who is given as the source, and as whom "we" speaks."""
    source = act.said_by or reported_by(sentence.words)
    if source is None:
        return None, None
    (span, meant), *_ = _people(sentence, [source], cast, None)
    chain = chain_of(sentence.words, source)
    day = next((d.value for d in dates if d.span and 0 <= d.span[0] - span[1] <= SAID_WHEN), None)
    return Attribution(span, meant.name, (meant.name, *chain), None if act.said_by else day), meant


def _when(sentence: _Sentence, act: Act, dates: Sequence[DateReading]) -> DateReading | None:
    """The date that the model points at, as the rules read it; its words without a value where they can't."""
    if act.when is None:
        return None
    span = sentence.characters(act.when)
    inside = [d for d in dates if d.span and d.span[0] < span[1] and d.span[1] > span[0]]
    valued = [d for d in inside if d.value]
    if not inside:
        return DateReading(None, span, "unresolved")
    return max(valued or inside, key=lambda d: len(d.value or ""))


def _is_within(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _identify(report: Report, trigger: Span, kind: str, part: str) -> str:
    content = f"{report.digest}\x1f{trigger[0]}\x1f{kind}" + ("\x1ftitle" if part == "title" else "")
    return "c-" + hashlib.sha256(content.encode()).hexdigest()[:16]
