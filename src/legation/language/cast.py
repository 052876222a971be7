"""The people and bodies of one report: who "the foreign minister", "the delegation", "he" and "they" are.

In: sentences in order, the names in them, the participants of their acts. Out: for the words of a participant whom
they mean, by the fullest name that the report gives, with state and office.
Rules, not a model: names join by their words; an office without a name means the last person whom the report gave
it; a pronoun means the last person who acted; plural words mean both parties of the last act of two.
Nothing is guessed from the day's news: only the report's words and the reference tables speak.
"""

import re
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from legation.language.acts import POSSESSIVES, is_state
from legation.language.claim import Span
from legation.language.titles import has_title, is_courtesy, offices_around, sex_of_title, title_words
from legation.reference import country_of_name, country_of_place, leader

__all__ = ["Cast", "Figure", "Meant"]

HE = frozenset("he him his himself".split())
SHE = frozenset("she her hers herself".split())
THEY = frozenset("they them their theirs themselves both".split())
FIRST = frozenset("i me my mine we us our ours myself ourselves".split())
IT = frozenset("it its itself".split())
# Words that stand for the two (or more) parties of an act told before, and what they must be.
PAIRS = re.compile(
    r"^(?:the |both |these |those )*(?:two |both )?"
    r"(?P<what>leaders?|presidents|ministers|secretaries|officials|diplomats"
    r"|sides|parties|countries|nations|states|governments|neighbou?rs|allies|men|foreign ministers|delegations"
    r"|heads of state)$",
    re.I,
)
PEOPLE_WORDS = frozenset("leaders presidents ministers secretaries officials diplomats men".split())
# Bodies and groups that belong to a state, whichever the report is about where the words name none.
DEFINITE = frozenset("the two both these those".split())
STATE_BODIES = frozenset(
    "government ministry parliament police army military troops forces authorities officials official court cabinet"
    " administration embassy navy soldiers delegation party senate congress assembly spokesman spokeswoman spokesperson"
    " minister president premier secretary ambassador king leadership regime state country nation lawmakers"
    " prosecutors judge commission council committee department agency opposition protesters citizens republic"
    " envoy diplomats diplomat leader house chairman legislature kingdom".split()
)
# Words that make another office of an office.
LESSER = frozenset("vice vice-president deputy former assistant associate undersecretary under-secretary".split())
HEADED = frozenset("delegation group team mission party".split())
MONARCHS = frozenset("king queen prince princess emir sultan".split())
# Behind "a" these mean some state, none that was told before: "a European country".
SOME_STATE = frozenset("country nation state republic kingdom".split())
# Characters by which who acted is preferred to who was named later, for "he".
LATER = 60
# Characters within which an office may come before the name that it belongs to.
SOON = 400
PLURALS = ("ials", "ters", "ents", "mats", "kers", "vers", "dors", "ders", "tives")
MAJESTY = frozenset("majesty highness excellency holiness".split())
VISITORS = frozenset("guest guests visitor visitors delegation delegates".split())
SMALL = frozenset("the a an of and for de la al el bin ibn van von jr sr".split())
_NAME_WORD = r"(?:[A-Z][\w’'-]*|of|the|for|and|in|on)"
EXPANDED = re.compile(rf"({_NAME_WORD}(?: {_NAME_WORD}){{1,8}}) \(([A-Z][A-Za-z.-]{{1,9}})\)")
LABEL = re.compile(r"^([A-Z][A-Z.’' -]{3,60}):")


@dataclass(slots=True)
class Figure:
    """A person or body of the report, as far as read.

    keys:     folded words of the names given.
    mentions: where the report means this figure, in characters, in order.
    acted:    where it last did something.
    offices:  for each office that the report gives it, the words that tell it from others.
    """

    kind: str
    name: str
    keys: list[tuple[str, ...]]
    country: str | None = None
    office: str = ""
    sex: str = ""
    acted: int = -1
    mentions: list[int] = field(default_factory=list)
    offices: list[frozenset[str]] = field(default_factory=list)

    def seen(self, at: int) -> int:
        """Where the report last meant this figure before a point; -1 if nowhere."""
        k = bisect_left(self.mentions, at)
        return self.mentions[k - 1] if k else -1

    def holds(self, wanted: frozenset[str]) -> bool:
        """Whether one of its offices is the one that these words name: no vice-minister is "the minister"."""
        return any(wanted <= office and office & LESSER <= wanted for office in self.offices)


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom a participant's words mean."""

    name: str
    country: str | None
    office: str = ""
    kind: str = ""


def _key(words: Iterable[str]) -> tuple[str, ...]:
    """Folded words of a name without titles, initials and marks."""
    folded = (re.sub(r"[^\w]", "", word.lower()) for word in words)
    return tuple(word for word in folded if len(word) > 1 and word not in SMALL)


def _is_acronym(word: str) -> bool:
    """Whether a word is written in capitals: US is no pronoun."""
    return len(word) > 1 and word.isupper()


def _same(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two keys can name one person: the words of one within the other, or the same letters."""
    if not a or not b:
        return False
    return set(a) <= set(b) or set(b) <= set(a) or "".join(a) == "".join(b)


class Cast:
    """The figures of one report, filled sentence by sentence from its beginning."""

    def __init__(self, *, day: str | None, source: str, states: Sequence[str], dateline: str | None = None) -> None:
        """states: codes of the states that the title and text name, in order; source: the outlet; dateline: a place."""
        self.day = day
        self.figures: list[Figure] = []
        self.aliases: dict[str, tuple[str, str | None]] = {}
        self.pair: list[Meant] = []
        self.speaker: Meant | None = None
        self.home = country_of_name(source, day=day)
        ranked = Counter(states)
        self.topic = self.home or (
            max(ranked, key=lambda code: (ranked[code], -states.index(code))) if ranked else None
        )
        self.near: str | None = None
        self.visitors: list[Meant] = []
        self.dateline = dateline

    # Meeting names -------------------------------------------------------------------------------------------

    def meet(self, words: Sequence[str], name: Span, kind: str, at: int) -> Figure | None:
        """Take in a name of a person ("PER") or body ("ORG") at words[name]; None where it is no usable name."""
        first, end = name
        while first < end and (
            words[first].lower() in TITLES_IN_NAMES or is_courtesy(words[first]) or words[first] == "."
        ):
            first += 1
        while end > first and words[end - 1] in POSSESSIVES:
            end -= 1
        if first == end or (kind == "PER" and is_state(_text(words[first:end]))):
            return None
        key = _key(words[first:end])
        if not key:
            return None
        text = _text(words[first:end])
        if kind == "PER":
            return self._meet_person(words, (first, end), key, text, at)
        return self._meet_body(words[max(0, first - 4) : first], key, text, at)

    def _meet_person(self, words: Sequence[str], name: Span, key: tuple[str, ...], text: str, at: int) -> Figure:
        offices = offices_around(words, name)
        country = None
        for span, where in offices:
            phrase = _text(words[span[0] : span[1]])
            country = country or (country_of_place(phrase) if where == "of" else self._country(phrase))
        country = country or self._headed(words, name[0])
        figure = self._find_person(key, country, at)
        if figure is None:
            figure = Figure("PER", text, [key])
            self.figures.append(figure)
        elif key not in figure.keys:
            figure.keys.append(key)
            if len(key) > len(_key(figure.name.split())):
                figure.name = text
        insort(figure.mentions, at)
        for span, where in offices:
            if where != "of":
                self._take_office(figure, words[span[0] : span[1]])
        if figure.country is None:
            known = leader(figure.name, self.day)
            figure.country = country or (known.country if known else None) or self._country(figure.name)
            if known:
                figure.offices.append(frozenset(title_words(known.office.split())))
        return figure

    def _take_office(self, figure: Figure, office: Sequence[str]) -> None:
        figure.sex = figure.sex or sex_of_title(office)
        figure.offices.append(frozenset(title_words(office)))
        if has_title(office) and len(office) > len(figure.office.split()):
            figure.office = _text(word for word in office if not is_courtesy(word)).strip(" .")

    def _headed(self, words: Sequence[str], start: int) -> str | None:
        """The state of the delegation that somebody heads: "a Finnish delegation led by its chairman Per Lund"."""
        by = next((k for k in range(start - 1, max(0, start - 12), -1) if words[k] == "by"), 0)
        if by < 2 or words[by - 1].lower() not in ("led", "headed"):
            return None
        body = next((k for k in range(by - 2, -1, -1) if words[k].lower() in HEADED), None)
        if body is None:
            return None
        return self._country(_text(words[body : by - 1])) or self._country(_text(words[max(0, body - 5) : body + 1]))

    def _find_person(self, key: tuple[str, ...], country: str | None, at: int) -> Figure | None:
        for figure in sorted(self.figures, key=lambda f: -f.seen(at)):
            if (
                figure.kind == "PER"
                and any(_same(key, other) for other in figure.keys)
                and (not country or not figure.country or country == figure.country or len(key) > 1)
            ):
                return figure
        return None

    def _meet_body(self, before: Sequence[str], key: tuple[str, ...], text: str, at: int) -> Figure:
        """before: the words before the name, for "Iranian airline Mahan Air"."""
        figure = next((f for f in self.figures if f.kind == "ORG" and key in f.keys), None)
        if figure is None:
            adjective = next((k for k in range(len(before) - 1, -1, -1) if before[k][0].isupper()), len(before))
            sort = before[adjective:]
            is_described = len(sort) > 1 and all(word.islower() and word not in SMALL for word in sort[1:])
            country = self._country(text) or (self._country(_text(sort)) if is_described else None)
            figure = Figure("ORG", text, [key], country=country)
            self.figures.append(figure)
        insort(figure.mentions, at)
        return figure

    def learn_acronyms(self, text: str) -> None:
        """Take in "Workers' Party of Korea (WPK)" and the like."""
        for match in EXPANDED.finditer(text):
            words = match.group(1).split()
            while words and (not words[0][0].isupper() or words[0] == "The"):
                words.pop(0)
            if words:
                name = " ".join(words)
                self.aliases[match.group(2)] = (name, self._country(name))

    def learn_speaker(self, sentence: str, at: int) -> int:
        """Take in "SECRETARY BLINKEN:" at the head of a sentence as who speaks from there; return its length."""
        match = LABEL.match(sentence)
        if not match:
            return 0
        words = [word.capitalize() for word in match.group(1).replace(".", " ").split()]
        if words[-1] in ("Question", "Moderator", "Operator"):
            self.speaker = None
        else:
            figure = self.meet(words, (0, len(words)), "PER", at)
            self.speaker = Meant(figure.name, figure.country or self.home, figure.office, "PER") if figure else None
        return match.end()

    # Telling who is meant ------------------------------------------------------------------------------------

    def resolve(
        self,
        words: Sequence[str],
        at: int,
        names: Sequence[tuple[Span, str]],
        *,
        speaker: Meant | None,
        before: str = "",
    ) -> list[Meant]:
        """Whom a participant's words mean; several for plural words, at least one always.

        words: those of the participant; at: where they begin, in characters; names: spans in `words` of names
        and their kinds; speaker: who says the sentence, for "we" and "I"; before: the word before them.
        """
        low = [word.lower() if not _is_acronym(word) else word for word in words]
        text = _text(words)
        if len(words) == 1 and (pronoun := self._pronoun(low[0], at, speaker)) is not None:
            return pronoun
        if low[-1] in MAJESTY:
            return [self._monarch(low, text, at)]
        pair = PAIRS.match(text)
        if pair and self.pair and (low[0] in DEFINITE or before.lower() in DEFINITE):
            people = pair.group("what").lower().split()[-1] in PEOPLE_WORDS or "minister" in text.lower()
            return self._pair(people=people) or [Meant(text, None)]
        if low[0] in HE | SHE | THEY | FIRST | IT and len(words) > 1:
            return self._owned(low[0], words, at, speaker)
        if is_state(text):
            return [Meant(text, self._country(text), "", "ORG")]
        persons = [self._person(words, span, at) for span, kind in names if kind == "PER"]
        if persons and persons[-1] is not None:
            figure = persons[-1]
            country = figure.country or self._country(text) or (self.home if figure.offices else None)
            return [Meant(figure.name, country, figure.office, "PER")]
        if low[-1] in VISITORS and self.visitors and len(low) == 1:
            return [self.visitors[0]] if low[-1] != "delegation" else [Meant(text, self.visitors[0].country)]
        if before.lower() in ("a", "an") and low[-1] in SOME_STATE:
            return [Meant(text, self._country(text))]
        return [self._named(words, low, text, at)]

    def _person(self, words: Sequence[str], span: Span, at: int) -> Figure | None:
        key = _key(words[span[0] : span[1]])
        return self._find_person(key, None, at + 1) if key else None

    def _monarch(self, low: Sequence[str], text: str, at: int) -> Meant:
        """ "His Majesty" and the like: the last monarch named, else the last person."""
        people = [f for f in self.figures if f.kind == "PER" and f.seen(at) >= 0]
        crowned = [f for f in people if any(office & MONARCHS for office in f.offices)]
        figure = max(crowned or people, key=lambda f: f.seen(at), default=None)
        return self._mean(figure, at) if figure else Meant(text, None)

    def _mean(self, figure: Figure, at: int) -> Meant:
        """This figure, meant here without its name."""
        insort(figure.mentions, at)
        return Meant(figure.name, figure.country, figure.office, figure.kind)

    def _pronoun(self, low: str, at: int, speaker: Meant | None) -> list[Meant] | None:
        if low in HE | SHE:
            sex = "m" if low in HE else "f"
            people = [f for f in self.figures if f.kind == "PER" and f.seen(at) >= 0 and f.sex in ("", sex)]
            if not people:
                return [Meant(low, self.near)]
            figure = max(people, key=lambda f: (max(min(f.acted, at), f.seen(at) - LATER), f.seen(at)))
            figure.sex = sex
            return [self._mean(figure, at)]
        if low == "here" and self.dateline:
            return [Meant(self.dateline, country_of_place(self.dateline), "", "ORG")]
        if low in THEY:
            return self._pair(people=None) or [Meant(low, self.near)]
        if low in FIRST:
            one = speaker or self.speaker or (None if self.home else self._last_actor(at))
            return [one] if one else [Meant(low, self.home or self.near)]
        if low in IT:
            return [Meant(low, self.near)]
        return None

    def _last_actor(self, at: int) -> Meant | None:
        """The last person who did something before this point."""
        people = [f for f in self.figures if f.kind == "PER" and 0 <= f.acted < at]
        figure = max(people, key=lambda f: f.acted, default=None)
        return Meant(figure.name, figure.country, figure.office, "PER") if figure else None

    def _pair(self, *, people: bool | None) -> list[Meant]:
        """Both parties of the last act of two; only people, only states, or whichever."""
        chosen = [m for m in self.pair if people is None or (m.kind == "PER") == people]
        return chosen if len(chosen) > 1 else list(self.pair)

    def _owned(self, low: str, words: Sequence[str], at: int, speaker: Meant | None) -> list[Meant]:
        """Words with an owner before them: "their government", "his party"."""
        owner = self._pronoun(low, at, speaker) or []
        text = _text(words)
        country = self._country(_text(words[1:])) or (owner[0].country if owner else None)
        return [Meant(text, country)]

    def _named(self, words: Sequence[str], low: Sequence[str], text: str, at: int) -> Meant:
        """A participant without a person's name: an office, a body, a state, a group."""
        alias = self.aliases.get(text)
        country = self._country(text) or (alias[1] if alias else None)
        if has_title(words) and not any(word.endswith("s") and word in ("ministers", "leaders") for word in low):
            holder = self._holder(low, country, at)
            if holder is not None:
                meant = self._mean(holder, at)
                return Meant(meant.name, meant.country or country, meant.office, "PER")
        if alias:
            return Meant(alias[0], country, "", "ORG")
        if country is None:
            country = self._carried(low, at)
        return Meant(text, country, "", "ORG" if words[0][0].isupper() else "")

    def _holder(self, low: Sequence[str], country: str | None, at: int) -> Figure | None:
        """The last person before this point to whom the report gave this office."""
        wanted = frozenset(title_words(low)) - {"senior", "top", "national"}
        if not wanted or any(word.endswith(PLURALS) for word in wanted):
            return None
        holders = [
            f
            for f in self.figures
            if f.kind == "PER" and f.holds(wanted) and (not country or not f.country or f.country == country)
        ]
        earlier = [f for f in holders if f.seen(at) >= 0]
        if earlier:
            return max(earlier, key=lambda f: f.seen(at))
        soon = [f for f in holders if f.mentions[0] < at + SOON]
        return min(soon, key=lambda f: f.mentions[0], default=None)

    def _carried(self, low: Sequence[str], at: int) -> str | None:
        """The state of a body that the words leave open: as it was called before, else what the report is about."""
        heads = [word for word in low if word in STATE_BODIES]
        if not heads:
            known = _key(low)
            for figure in sorted(self.figures, key=lambda f: -f.seen(at)):
                if figure.kind == "ORG" and known and any(set(known) <= set(key) for key in figure.keys):
                    return figure.country
            return None
        if "delegation" in heads and self.visitors:
            return self.visitors[0].country
        for figure in sorted(self.figures, key=lambda f: -f.seen(at)):
            if figure.kind == "ORG" and figure.country and any(heads[-1] in key for key in figure.keys):
                return figure.country
        return self.home or self.near or self.topic

    def _country(self, text: str) -> str | None:
        """The state that words tell by themselves."""
        return country_of_name(text, day=self.day)

    # Remembering acts ----------------------------------------------------------------------------------------

    def remember(
        self, actors: Sequence[Meant], recipients: Sequence[Meant], at: int, *, mode: str | None = None
    ) -> None:
        """Take in who took part in an act, for the pronouns to come; mode "visit" or "host" tells who is the guest."""
        guests = {"visit": actors, "host": recipients}.get(mode or "", ())
        self.visitors = sorted((m for m in guests if m.country), key=lambda m: m.kind != "PER") or self.visitors
        for meant in actors:
            for figure in self.figures:
                if figure.kind == "PER" and figure.name == meant.name:
                    figure.acted = max(figure.acted, at)
        everyone = list(dict.fromkeys([*actors, *recipients]))
        named = [m for m in everyone if m.kind or m.country]
        if len({m.name for m in named}) > 1:
            self.pair = named[:4]
        self.near = next((m.country for m in actors if m.country), None) or self.near


TITLES_IN_NAMES = frozenset(
    "president vice premier prime minister foreign secretary general chairman chairwoman king queen prince princess"
    " emir sultan sheikh chancellor governor senator ambassador envoy spokesperson spokesman spokeswoman pope comrade"
    " mr mrs ms dr leader deputy speaker state defense defence director adviser advisor special".split()
)


def _text(words: Iterable[str]) -> str:
    """Words as running text, near enough to what was written for names to be found in it."""
    text = " ".join(words)
    return re.sub(r" ([’'](?:s|S)\b|[.,;:)\]])", r"\1", re.sub(r" ([-–/]) ", r"\1", text))
