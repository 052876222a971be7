"""Acts in prose: a sentence or a title from what one claim tells, by templates; nothing is added to it.

In: claims of an event. Out: words. The table phrases.csv gives verbs and nouns by type and mode; the status decides the
form. Only what stands in the claim's own sentence is said, and only where the sentence says it plainly: where somebody
isn't named in it ("he", "the two sides"), where it holds "not", "would" or "still to come", or where the parts don't
fit the act, there are no words here, and who needs some quotes the report.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from legation.analysis.days import words_of_edtf
from legation.analysis.naming import find_named, tells_who
from legation.language.claim import Participant
from legation.language.periods import read_edtf_days
from legation.record import Event, EventClaim
from legation.record.mention import read_mention
from legation.reference.gazetteer import find_entries, read_words
from legation.reference.tables import read_csv, split

__all__ = [
    "Phrase",
    "counted",
    "day_told",
    "is_plain",
    "is_postponed",
    "join_names",
    "lead_claim",
    "name_in_prose",
    "named_people",
    "phrase_of",
    "tell_act",
    "title_of",
]

POSTPONED = ("postpon", "put off", "puts off", "putting off", "delay", "reschedul", "later date", "deferr")
# States whose usual name has an article; others are told by their first word.
WITH_ARTICLE = frozenset("United Netherlands Philippines Maldives Bahamas Gambia Comoros Seychelles Solomon".split())
# What is no name by itself: a sentence with "party" in it needn't name the Workers' Party of Korea.
COMMON = frozenset(
    "party delegation government ministry minister foreign president people national central committee council state"
    " official officials leader leaders team group the and for".split()
)
MIN_PART = 3  # letters of a word of a name that tells the name
MANY = 5  # words: a longer source is no name
SURE = 0.7  # the reader's score below which a claim is quoted, not told


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words for acts of a type and mode; plain: words of reports that say the act outright. See phrases.csv."""

    did: str
    to_do: str
    did_alone: str
    to_do_alone: str
    noun: str
    plain: frozenset[str]


@cache
def _phrases() -> dict[tuple[str, str], Phrase]:
    return {
        (row["type"], row["mode"]): Phrase(
            row["did"], row["to_do"], row["did_alone"], row["to_do_alone"], row["noun"], frozenset(split(row["plain"]))
        )
        for _, row in read_csv("phrases.csv")
    }


def phrase_of(type: str, mode: str | None) -> Phrase:
    """Return the words for acts of a type and mode; those of the type where the mode has none.

    >>> phrase_of("CONSULT", "meet").did
    'met'
    """
    table = _phrases()
    return table.get((type, mode or ""), table[type, ""])


# Who is named --------------------------------------------------------------------------------------------------------


def named_people(people: Iterable[Participant], sentence: str, *, as_hosts: bool = False) -> list[Participant]:
    """Return the participants whom a sentence names, each once."""
    found: dict[str, Participant] = {}
    for person in people:
        if _is_named(person, sentence, as_host=as_hosts):
            found.setdefault(person.name, person)
    return list(found.values())


def _is_named(person: Participant, sentence: str, *, as_host: bool = False) -> bool:
    """Whether a sentence has a word of the name, or for a state any name of it that doesn't only tell where.

    as_host: whom a visit goes to is told by where it goes.
    """
    if read_mention(person.name, person.country).kind == "state":
        return any(
            found.entry.code == person.country and (as_host or tells_who(found, sentence))
            for found in find_named(sentence)
        )
    here = {word.folded for word in read_words(sentence)}
    own = [word.folded for word in read_words(person.name)]
    telling = [word for word in own if len(word) >= MIN_PART and word not in COMMON]
    return bool(here & set(telling)) if telling else bool(own) and set(own) <= here


def name_in_prose(person: Participant, sentence: str) -> str:
    """Return a participant's name with the article that the sentence gives it, or that prose needs."""
    name = person.name.strip()
    written = re.search(rf"\b(the|a|an) {re.escape(name)}\b", sentence, re.I)
    first, last = name.split()[0], name.split()[-1]
    if written and first.lower() not in ("the", "a", "an"):
        return f"{written[1].lower()} {name}"
    return f"the {name}" if first in WITH_ARTICLE or (first[0].islower() and not last.endswith("s")) else name


def join_names(names: Sequence[str]) -> str:
    """Return names as prose lists them.

    >>> join_names(["France", "Serbia", "Hungary"])
    'France, Serbia and Hungary'
    """
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def counted(n: int, noun: str) -> str:
    """Return a number with its noun: "1 event", "2 events"."""
    return f"{n} {noun}{'s' * (n != 1)}"


# The claim that tells an event best ----------------------------------------------------------------------------------


def lead_claim(event: Event, statuses: Sequence[str] = ()) -> EventClaim | None:
    """Return the claim of an event that tells it best in its own sentence; None where none has one of the statuses.

    statuses: by default the event's own.
    """
    wanted = statuses or (event.status,)
    told = [claim for claim in event.claims if claim.claim.status in wanted]
    return max(told, key=lambda claim: (*_worth(event, claim), claim.claim.id), default=None)


def _worth(event: Event, told: EventClaim) -> tuple[int, int, int, int, float]:
    """Plain words, both sides named, the day told, the text before the headline, then the reader's score."""
    claim = told.claim
    actors = len(named_people(claim.actors, told.sentence))
    others = len(named_people(claim.recipients, told.sentence))
    is_dated = bool(event.when and claim.when and claim.when.value == event.when.value)
    both = min(actors, 1) + min(others, 1) + (actors > 1 and not claim.recipients)
    return int(is_plain(told)), both, int(is_dated), int(claim.part == "text"), claim.score


# Plain words ---------------------------------------------------------------------------------------------------------

# Words with which a sentence may say less, or something else, than that it happened, or is planned.
UNREAL = re.compile(
    r"\b(?:not|n['’]t|never|neither|nor|no|without|would|could|might|may|if|whether|unless|still to|yet to|is to|are to"
    r"|will|expected|planned|plans?|due to|hopes?|hoped|proposed|invit\w+|refus\w+|den(?:y|ied|ies)|reject\w+|instead"
    r"|agreed? to|cancel\w*|called off|postpon\w*|delay\w*)\b"
)
ALLOWED = {
    "planned": re.compile(r"will|expected|planned|plans?|due to|is to|are to|yet to|still to|invit\w+"),
    "off": re.compile(
        r"cancel\w*|called off|postpon\w*|delay\w*|refus\w+|not|no|planned|is to|due to|expected|instead"
    ),
    "denied": re.compile(r"not|n['’]t|never|no|den(?:y|ied|ies)|reject\w+"),
}
NOTHING = re.compile(r"(?!)")
TRAVELLERS = frozenset({"person", "group", "body", "organisation"})
PLACES = frozenset({"state", "capital", "city", "region"})
FAR = timedelta(days=180)  # a day without a year in its words, so far from the report, may belong to another year


def is_plain(told: EventClaim) -> bool:
    """Whether a claim's sentence says plainly what the claim says."""
    claim = told.claim
    if told.impossible or claim.score < SURE or not claim.actors or told.sentence.endswith("?"):
        return False
    allowed = ALLOWED.get(claim.status, NOTHING)
    if any(not allowed.fullmatch(match[0]) for match in UNREAL.finditer(told.sentence)):
        return False
    is_visit = claim.mode == "visit"
    named = all(_is_named(person, told.sentence) for person in claim.actors)
    named = named and all(_is_named(person, told.sentence, as_host=is_visit) for person in claim.recipients)
    whole = all(_is_name(person, told.sentence) for person in (*claim.actors, *claim.recipients))
    return named and whole and all(fits(told) for fits in PARTS)


BARE = frozenset(
    "it he she they we who two three both one all others some several side sides head hosts guest guests his her their"
    " its our".split()
)
POSSESSED = r"\b(?:his|her|their|its|our) (?:\w+ and )?{}\b"


def _is_name(person: Participant, sentence: str) -> bool:
    """Whether words name or describe somebody by themselves: no pronoun, no bare number, not "his counterpart"."""
    words = person.name.split()
    if not words or not words[0][0].isalnum() or words[0].lower() in BARE:
        return False
    return not re.search(POSSESSED.format(re.escape(person.name)), sentence, re.I)


def _says_it_outright(told: EventClaim) -> bool:
    """The claim was read at words that mean the act and nothing else."""
    start = told.claim.sentence[0]
    words = told.sentence[told.claim.trigger[0] - start : told.claim.trigger[1] - start].lower()
    return words in phrase_of(told.claim.type, told.claim.mode).plain


def _travellers_travel(told: EventClaim) -> bool:
    """A person or a group visits, and visits a place, a state or somebody abroad."""
    claim = told.claim
    if claim.mode not in ("visit", "host"):
        return True
    guests, hosts = (claim.actors, claim.recipients) if claim.mode == "visit" else (claim.recipients, claim.actors)
    home = {p.country for p in guests if p.country}
    travel = all(read_mention(p.name, p.country).kind in TRAVELLERS for p in guests)
    is_abroad = all(p.country is not None and p.country not in home for p in hosts)
    return travel and is_abroad and (claim.mode == "visit" or bool(guests))


def _hosts_stand_before(told: EventClaim) -> bool:
    """Who receives is told before the word for it and the guest after, or the other way round ("was received by")."""
    claim = told.claim
    if claim.mode != "host":
        return True
    actor, guest, verb = claim.actors[0].span[0], claim.recipients[0].span[0], claim.trigger[0]
    return (actor < verb) != (guest < verb)


def _call_is_by_wire(told: EventClaim) -> bool:
    return told.claim.mode != "call" or any(word in told.sentence.lower() for word in ("phone", "video"))


OFF = re.compile(r"\b(?:cancel|call(?:ed|s|ing)? off|postpon|put(?:s|ting)? off|delay|scrap|reschedul|shelv)", re.I)


def _off_is_told(told: EventClaim) -> bool:
    return told.claim.status != "off" or bool(OFF.search(told.sentence))


def _two_take_part(told: EventClaim) -> bool:
    """A meeting, a call, a signing has two sides, or several on one."""
    claim = told.claim
    if (claim.type, claim.mode) not in TWO_SIDED:
        return True
    names = {p.name for p in (*claim.actors, *claim.recipients)}
    return len(names) > 1 or any(name.endswith("s") or " and " in name for name in names)


TWO_SIDED = frozenset({("CONSULT", "meet"), ("CONSULT", "call"), ("COOPERATE", "drill"), ("SUPPORT", "sign")})


def _object_is_told(told: EventClaim) -> bool:
    """What is done to somebody names them."""
    return told.claim.type not in ("ACCUSE", "SANCTION") or bool(told.claim.recipients)


PARTS = (
    _says_it_outright, _travellers_travel, _hosts_stand_before, _two_take_part, _object_is_told, _call_is_by_wire,
    _off_is_told,
)  # fmt: skip


def day_told(told: EventClaim) -> str | None:
    """Return the day that a claim's sentence tells, None where its words leave the year open and it lies far away."""
    when = told.claim.when
    if when is None or when.value is None or when.span is None:
        return None
    if not (told.claim.sentence[0] <= when.span[0] and when.span[1] <= told.claim.sentence[1]):
        return None
    first = read_edtf_days(when.value)
    if first and told.published and when.value[:4] not in told.sentence:
        apart = abs(first[0] - date.fromisoformat(told.published[:10]))
        return when.value if apart <= FAR else None
    return when.value


# Sentences and titles ------------------------------------------------------------------------------------------------


def tell_act(told: EventClaim, *, today: str = "") -> str | None:
    """Return a sentence without its full stop that says what a claim tells, None where its own sentence isn't plain.

    today: YYYY-MM-DD; what was planned for days before it "was to" happen.
    """
    claim = told.claim
    if claim.status not in FORMS or not is_plain(told):
        return None
    actors = [name_in_prose(p, told.sentence) for p in named_people(claim.actors, told.sentence)]
    is_visit = claim.mode == "visit"
    others = [name_in_prose(p, told.sentence) for p in named_people(claim.recipients, told.sentence, as_hosts=is_visit)]
    day = day_told(told)
    days = read_edtf_days(day) if day else None
    act = _Act(
        phrase=phrase_of(claim.type, claim.mode),
        who=join_names(actors),
        whom=join_names([name for name in others if name not in actors]),
        is_many=len(actors) > 1 or claim.actors[0].name.endswith("s"),
        is_past=bool(days and today and days[1].isoformat() < today),
        told=told,
    )
    words = FORMS[claim.status](act)
    when = f" {words_of_edtf(day)}" if day else ""
    return f"{words[0].upper()}{words[1:]}{_place(told, (*actors, *others))}{when}{_source(told)}"


@dataclass(frozen=True, slots=True)
class _Act:
    """What the forms put together."""

    phrase: Phrase
    who: str
    whom: str
    is_many: bool
    is_past: bool
    told: EventClaim

    @property
    def to_do(self) -> str:
        return f"{self.phrase.to_do} {self.whom}" if self.whom else self.phrase.to_do_alone


def _done(act: _Act) -> str:
    return f"{act.who} {act.phrase.did} {act.whom}" if act.whom else f"{act.who} {act.phrase.did_alone}"


def _planned(act: _Act) -> str:
    verb = ("were" if act.is_many else "was") if act.is_past else ("are" if act.is_many else "is")
    return f"{act.who} {verb} to {act.to_do}"


def _off(act: _Act) -> str:
    put_off = "postponed" if is_postponed(act.told.sentence) else "called off"
    return f"{act.who} {'were' if act.is_many else 'was'} to {act.to_do}, which was {put_off}"


def _denied(act: _Act) -> str:
    return f"it is denied that {_done(act)}"


FORMS: dict[str, Callable[[_Act], str]] = {"done": _done, "planned": _planned, "off": _off, "denied": _denied}


def is_postponed(sentence: str) -> bool:
    """Whether a sentence puts something off, rather than calling it off."""
    return any(word in sentence.lower() for word in POSTPONED)


def _place(told: EventClaim, said: Sequence[str]) -> str:
    """Where, if it is the only place that the sentence names and no participant bears its name."""
    place = told.claim.place
    if place is None or any(place.name in name or name in place.name for name in said):
        return ""
    here = {f.entry.name for f in find_named(told.sentence) if f.entry.kind in ("city", "capital", "region")}
    found = find_entries(place.name)
    is_whole = len(found) == 1 and found[0].end - found[0].start == len(place.name) and found[0].entry.kind in PLACES
    return f" in {place.name}" if is_whole and here <= {found[0].entry.name} else ""


def _source(told: EventClaim) -> str:
    """Who is given as the source, where the sentence names them."""
    said_by = told.claim.said_by
    if said_by is None or said_by.name not in told.sentence or not said_by.name[0].isupper():
        return ""
    name = said_by.name
    last = name.split()[-1]
    is_common = last.islower() and last != "media" and not last.endswith("s") and len(name.split()) < MANY
    return f", according to {'the ' if is_common else ''}{name}"


def title_of(told: EventClaim) -> str:
    """Return a title for an act, of those whom the claim gives: "Visit: Xi Jinping - France, Serbia and Hungary"."""
    claim = told.claim
    noun = phrase_of(claim.type, claim.mode).noun
    sides = [join_names(list(dict.fromkeys(p.name for p in side))) for side in (claim.actors, claim.recipients) if side]
    return f"{noun[0].upper()}{noun[1:]}{': ' if sides else ''}{' - '.join(sides)}"
