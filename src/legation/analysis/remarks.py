"""Remarks: what reports say beside acts: anniversaries, years of friendship, hosts of forums, returns and silences.

In: reports with the claims read in them. Out: Remarks, each with its sentence. Rules over sentences: a word that
gives the remark away, the parties named around it, the year that it tells. What a sentence leaves open ("the two
countries") is taken from the report's headline and first sentence where those name two states, and stays open
otherwise.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from legation.analysis.naming import ACTING, find_acting
from legation.analysis.quotes import Quote
from legation.language.claim import Claim
from legation.language.date_words import number
from legation.language.dates import read_dates
from legation.language.words import find_sentences
from legation.reference.gazetteer import Found
from legation.reference.groups import groups
from legation.reference.tables import GROUP_CODES
from legation.sources.report import Report

__all__ = ["GIVEAWAYS", "Remark", "read_remarks"]

Kind = Literal["anniversary", "year", "forum", "return", "silence"]

# Parts of words without which a report holds no remark: for finding such reports in a record.
GIVEAWAYS = (
    "anniversar", "years of", "year of", "friendship year", "forum", "summit", "chair", "host", " since ", "first ",
    "resum", "re-engag", "reengag", "reopen", "restor", "re-establish", "reestablish",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Remark:
    """What one sentence says beside acts.

    parties: codes of states, and names of organisations, that it concerns; () where nothing tells them.
    what:    an anniversary's object ("diplomatic relations"), a year's name, a forum's name; the words of a return.
    when:    EDTF of the anniversary, the year or the forum's edition; of a return or a silence the time since which
             there was nothing, "" where the words don't tell it.
    years:   that an anniversary counts, else 0.
    host:    the state that hosts or chairs the forum, "" otherwise.
    """

    kind: Kind
    parties: tuple[str, ...]
    what: str
    when: str
    years: int
    host: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence with what the rules need of its report.

    actors: states of those who take part in its claims, each after the place of the act. lead: states that headline
    and first sentence name.
    forum:  the last forum named before it. day: of publication, YYYY-MM-DD.
    """

    text: str
    found: tuple[Found, ...]
    actors: tuple[tuple[int, str], ...]
    lead: tuple[str, ...]
    forum: str
    day: str
    quote: Quote

    @property
    def year(self) -> int:
        return int(self.day[:4])


def read_remarks(told: Iterable[tuple[Report, Sequence[Claim]]]) -> list[Remark]:
    """Return the remarks of reports, by day of publication; undated reports tell no year and are left out.

    told: each report with the claims read in its text.
    """
    found = [remark for report, claims in told if report.published.day for remark in _read(report, claims)]
    return sorted(found, key=lambda r: (r.quote.published, r.quote.report, r.kind, r.when, r.what, r.quote.sentence))


def _read(report: Report, claims: Sequence[Claim]) -> Iterator[Remark]:
    lead: tuple[str, ...] | None = None
    forum = ""
    spans = find_sentences(report.text)
    for start, end in spans:
        text = " ".join(report.text[start:end].split())
        if not ANY_WORD.search(text):
            continue
        if lead is None:
            lead = _lead(report, spans)
        entries = find_acting(text)
        inside = [c for c in claims if start <= c.sentence[0] and c.sentence[1] <= end]
        quote = Quote(
            report.id, report.digest, report.source, report.published.value or "", text, "text",
            inside[0].id if inside else "",
        )  # fmt: skip
        sentence = _Sentence(
            text, entries, tuple(_actors(inside, start)), lead, forum, report.published.day or "", quote
        )
        for rule in RULES:
            yield from rule(sentence)
        forum = next((f.entry.name for f in reversed(entries) if _is_forum(f)), forum)


def _actors(claims: Iterable[Claim], start: int) -> Iterator[tuple[int, str]]:
    """Where each act of a sentence is told, and the state of each who takes part in it."""
    for claim in claims:
        for person in (*claim.actors, *claim.recipients):
            if person.country and person.country not in GROUP_CODES:
                yield claim.trigger[0] - start, person.country


def _lead(report: Report, spans: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    """The states that the headline and the first sentence name, without the place from which it is dated."""
    first = " ".join(report.text[slice(*spans[0])].split()) if spans else ""
    return _states((*find_acting(report.title), *find_acting(first)))


def _states(found: Iterable[Found]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f.entry.code for f in found if f.entry.code and f.entry.kind in ACTING))


def _organisations(found: Iterable[Found]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f.entry.name for f in found if f.entry.kind == "organisation" and f.entry.code in CODES))


CODES = frozenset({"IGO", "EUR", "UNO"})
BOTH = re.compile(r"\b(?:the two|both|their|each other)\b", re.I)


def _parties(sentence: _Sentence, found: Sequence[Found], end: int) -> tuple[str, ...]:
    """The states and organisations that these words name; with fewer than two, those of the lead, or of acts before
    `end` too."""
    named = (*_states(found), *_organisations(found))
    if len(named) >= 2:
        return named
    if BOTH.search(sentence.text) and len(sentence.lead) == 2:
        return sentence.lead
    return tuple(dict.fromkeys((*named, *(code for at, code in sentence.actors if at < end))))


def _between(sentence: _Sentence, start: int, end: int) -> list[Found]:
    return [f for f in sentence.found if start <= f.start and f.end <= end]


# Anniversaries and years ---------------------------------------------------------------------------------------------

# What two states count the years of together; birthdays and liberations are nobody's tie.
SHARED = r"(?:diplomatic |official |bilateral )?(?:relations|ties|treaty|pact|accord|agreement|alliance|recognition)"
ANNIVERSARY = re.compile(
    rf"\b(?P<n>\d{{1,3}})(?:st|nd|rd|th) anniversary of (?P<what>[^,.;]{{0,80}}?{SHARED})\b"
    r"|\b(?:mark|celebrate|honou?r|observe)(?:s|d|ed|ing)? (?P<n2>\d{1,3}) years of "
    rf"(?P<what2>[^,.;]{{0,60}}?{SHARED})\b",
    re.I,
)
# "…, Hungary and China 75": the verb and its object left out.
LEFT_OUT = re.compile(r"[,;] (?:and |while )?(?P<who>[^,.;\d]{3,60}?) (?P<n>\d{1,3})(?=[.,;]|$)")
TURNS = {"last year": -1, "next year": 1}
YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def _anniversaries(sentence: _Sentence) -> Iterator[Remark]:
    for match in ANNIVERSARY.finditer(sentence.text):
        what = match["what"] or match["what2"]
        start, end = match.span("what" if match["what"] else "what2")
        inside = _between(sentence, start, end)
        clause = _between(sentence, *_clause(sentence.text, match))
        parties = _parties(sentence, inside if len(_states(inside)) > 1 else clause, len(sentence.text))
        plain = re.sub(r"^(?:the |their |its )", "", what)
        yield _anniversary(sentence, parties, plain, int(match["n"] or match["n2"]))
        for other in LEFT_OUT.finditer(sentence.text, match.end()):
            states = _states(_between(sentence, *other.span("who")))
            if len(states) == 2:
                yield _anniversary(sentence, states, plain, int(other["n"]))


def _clause(text: str, match: re.Match[str]) -> tuple[int, int]:
    """From the comma before a match to the one after it."""
    ends = [at for mark in ",.;" if (at := text.find(mark, match.end())) >= 0]
    return max(text.rfind(",", 0, match.start()), 0), min(ends, default=len(text))


def _anniversary(sentence: _Sentence, parties: tuple[str, ...], what: str, years: int) -> Remark:
    return Remark("anniversary", parties, what, str(_year_told(sentence)), years, "", sentence.quote)


def _year_told(sentence: _Sentence) -> int:
    """The year that the sentence means: one that it names, one that it turns to, else that of publication."""
    for words, step in TURNS.items():
        if words in sentence.text.lower():
            return sentence.year + step
    near = [int(m[0]) for m in YEAR.finditer(sentence.text) if abs(int(m[0]) - sentence.year) <= 1]
    return near[0] if near else sentence.year


YEAR_NAME = re.compile(
    r"\byears? of (?:[\w’'-]+ ){0,4}?(?:friendship|culture|tourism|education|solidarity|sports?|science|cooperation"
    r"|(?:\w+ )?exchanges?)\b|\b(?:friendship|tourism|culture|exchange) year\b",
    re.I,
)
NAMED = re.compile(r"\b(?:nam|design|declar|proclaim|celebrat|mark|launch|open)\w*|\bis\b|\bwas\b", re.I)


def _named_years(sentence: _Sentence) -> Iterator[Remark]:
    for match in YEAR_NAME.finditer(sentence.text):
        told = [m for m in YEAR.finditer(sentence.text) if abs(m.start() - match.start()) < 40]
        is_this = "this year" in sentence.text.lower() or "year" in match[0].lower().split()[:1]
        if not NAMED.search(sentence.text) or not (told or is_this) or match[0].lower().startswith("years of"):
            continue
        year = told[0][0] if told else str(_year_told(sentence))
        inside = _between(sentence, *match.span())
        parties = _parties(sentence, inside if len(_states(inside)) > 1 else sentence.found, len(sentence.text))
        yield Remark("year", parties, match[0], year, 0, "", sentence.quote)


# Forums --------------------------------------------------------------------------------------------------------------

FORUM = re.compile(r"\b(?:Forum|Summit|Dialogue|Conference|Meeting|Group of|Security Dialogue|Community)\b")
HOSTS = re.compile(r"\b(?:will |is to |to |would )?(?:host(?:s|ed|ing)?|chair(?:s|ed|ing)?)\b(?! of)", re.I)
TAKES_CHAIR = re.compile(
    r"\b(?:tak(?:es?|ing)|took|holds?|held|holding|assum(?:es?|ed|ing)) (?:over )?the (?:rotating )?chair", re.I
)
UNDER_CHAIR = re.compile(r"\bunder the chairmanship of\b|\bchaired by\b|\bhosted by\b", re.I)
WITHIN = 60  # characters between a host, its verb and the forum


def _is_forum(found: Found) -> bool:
    is_body = found.entry.kind == "organisation" and found.entry.code in CODES
    return is_body and bool(FORUM.search(found.entry.name) or found.entry.name in groups())


def _forums(sentence: _Sentence) -> Iterator[Remark]:
    named = [f for f in sentence.found if _is_forum(f)]
    forum = _most_special(named) or sentence.forum
    if not forum:
        return
    for verb, is_before in ((TAKES_CHAIR, True), (UNDER_CHAIR, False), (HOSTS, True)):
        match = verb.search(sentence.text)
        if match is None or (verb is HOSTS and not _names_after(named, match)):
            continue
        host = _host(sentence, match, is_before=is_before)
        if host:
            yield Remark("forum", (host,), forum, _edition(sentence), 0, host, sentence.quote)
            return


def _most_special(named: Sequence[Found]) -> str:
    """Of "the ASEAN group … the ASEAN Regional Forum" the forum rather than the group."""
    return max(named, key=lambda f: (bool(FORUM.search(f.entry.name)), -f.start)).entry.name if named else ""


def _names_after(named: Sequence[Found], verb: re.Match[str]) -> bool:
    return any(0 <= f.start - verb.end() <= WITHIN for f in named)


def _host(sentence: _Sentence, verb: re.Match[str], *, is_before: bool) -> str:
    """The state nearest before the verb, or after it."""
    states = [f for f in sentence.found if f.entry.kind in ACTING and f.entry.code and f.entry.code not in CODES]
    if is_before:
        near = [f for f in states if 0 <= verb.start() - f.end <= WITHIN]
        return near[-1].entry.code or "" if near else ""
    near = [f for f in states if 0 <= f.start - verb.end() <= WITHIN]
    return near[0].entry.code or "" if near else ""


def _edition(sentence: _Sentence) -> str:
    """The month or year of the edition that the sentence means."""
    near = (str(sentence.year - 1), str(sentence.year), str(sentence.year + 1))
    readings = read_dates(sentence.text, sentence.day)
    told = [r.value for r in readings if r.value and r.value[:4] in near and r.span]
    months = [value[:7] for value in told if len(value) >= 7 and "/" not in value[:7] and value[5:7] <= "12"]
    return months[0] if months else str(_year_told(sentence))


# Returns and silences ------------------------------------------------------------------------------------------------

UNITS = r"(?:years?|months?|decades?)"
ABOUT = r"(?:more than |over |nearly |almost |about )?"
# "The first trip since she took office" is a beginning.
OFFICE = r" (?:\w+ ){0,2}(?:took|taking|assum|becom|becam|enter|independence|foundation|founding)"
RETURNS = (
    re.compile(rf"\bfirst\b[^.;]{{0,80}}?\bsince\b(?!{OFFICE})(?P<since>[^.,;]{{2,40}})", re.I),
    re.compile(rf"\bfirst\b[^.;]{{0,80}}?\bin {ABOUT}(?P<n>[\w-]+) (?P<unit>{UNITS})\b", re.I),
    re.compile(
        rf"\b(?P<n>[\w-]+) (?P<unit>{UNITS}) after it (?:was|were|had been) (?:closed|cut|broken|severed)", re.I
    ),
    re.compile(
        rf"\bafter (?:[\w-]+ ){{0,3}}{UNITS} of (?:isolation|absence|silence|closure|estrangement|rupture)", re.I
    ),
    re.compile(
        r"\b(?:re-?engage(?:d|s|ment)|re-?establish(?:ed|es|ment)|restor(?:ed|es|ation)|resum(?:ed|es|ption)"
        r"|re-?open(?:ed|s))\b[^.;]{0,60}?\b(?:ties|relations|contacts?|talks|dialogue|embass(?:y|ies)|missions?"
        r"|diplomatic activit\w+)\b",
        re.I,
    ),
)
SILENCES = (
    re.compile(r"\b(?:has|have|had) (?:not|never)\b[^.;]{0,80}?\bsince\b(?P<since>[^.,;]{2,40})", re.I),
    re.compile(r"\b(?:has|have|had) (?:had )?no\b[^.;]{0,80}?\bsince\b(?P<since>[^.,;]{2,40})", re.I),
    re.compile(r"\bNo\b[^.;]{0,60}? (?:has|have|had) [^.;]{0,60}?\bsince\b(?P<since>[^.,;]{2,40})"),
)
# Words that make a return no fact: it is denied, wished, or still to come.
OPEN = re.compile(
    r"\b(?:[Nn]ot|[Nn]ever|[Nn]o|[Cc]ould|might|may|will|would|should|[Ii]f|[Ww]hether|hopes?|wants?|urged?|called?"
    r"|agree[sd]? to|prepare|discuss)\b"
)
STEPS = {"month": 1, "year": 12, "decade": 120}


def _returns(sentence: _Sentence) -> Iterator[Remark]:
    for pattern in RETURNS:
        match = pattern.search(sentence.text)
        if match and not OPEN.search(sentence.text[max(0, match.start() - 60) : match.end()]):
            parties = _parties(sentence, _between(sentence, 0, match.end()), match.end())
            yield Remark("return", parties, match[0], _since(sentence, match), 0, "", sentence.quote)
            return


def _silences(sentence: _Sentence) -> Iterator[Remark]:
    for pattern in SILENCES:
        if match := pattern.search(sentence.text):
            parties = _parties(sentence, _between(sentence, 0, match.end()), match.end())
            yield Remark("silence", parties, match[0], _since(sentence, match), 0, "", sentence.quote)
            return


def _since(sentence: _Sentence, match: re.Match[str]) -> str:
    """The time since which there was nothing: a year or month named after "since", or so many years before."""
    told = match.groupdict()
    if told.get("since"):
        start, end = match.span("since")
        for reading in read_dates(sentence.text, sentence.day):
            if reading.value and reading.span and start <= reading.span[0] < end:
                return reading.value
    if told.get("unit") and (n := _number(told["n"])):
        step = STEPS[told["unit"].lower().rstrip("s")]
        months = int(sentence.day[:4]) * 12 + int(sentence.day[5:7]) - 1 - n * step
        return f"{months // 12}~"
    return ""


def _number(word: str) -> int:
    """The number of "five" or "5"; 0 for a word that is none."""
    try:
        return number(word)
    except KeyError:
        return 0


Rule = Callable[[_Sentence], Iterator[Remark]]
RULES: tuple[Rule, ...] = (_anniversaries, _named_years, _forums, _returns, _silences)
ANY_WORD = re.compile("|".join(word.strip() for word in GIVEAWAYS), re.I)
