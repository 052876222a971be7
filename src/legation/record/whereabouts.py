"""Claims -> Sightings: what one report tells of where somebody is, was or will be.

In: a report and its claims. Out: Sightings, the units of which trips are made. A pure function of one report.

A visit is evidence of its destination; a meeting, a reception, a signing or a summit of its place; a transcript of the
place in its heading; a call of nothing but itself. Who greets or sees off a guest meets him, on the day of his arrival
or departure. The day is the one that the words name. Where they name none, the
day of publication bounds it, and only for what the opening of a report tells as news: further down a report looks back.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from legation.language.claim import Claim, Participant, Place, Span
from legation.language.periods import read_edtf_days
from legation.language.places import dateline_of
from legation.record import travel_words as words_of
from legation.record.mention import Mention, rank_of, read_mention
from legation.record.ruled import RULED, is_ruled_place
from legation.record.sighting import HOMES, Sighting, Source, home_of
from legation.record.transcript import Heading, read_heading
from legation.reference import country_of_place, find_states, leader
from legation.sources.report import Report

__all__ = ["find_sightings"]

LAG = 2  # days: what a report tells as news without a day was so long before at most (readouts 0 to 1, agencies 2)
LEAD = 600  # characters: the opening of a report, two or three sentences with the lines above them
LONGEST_STAY = 21  # days: words that name more ("in June", "this summer") don't name the stay
BESIDE = 45  # characters from those who meet to the place: "met … [on the sidelines of the summit] in Cornwall"
AHEAD = 1  # day: a report dated before what it tells as done may be of another time zone

PLACES = frozenset(("state", "capital", "city", "region"))
NO_STATE = frozenset(("EUR", "UNO", "IGO", "NGO"))
FACE_TO_FACE = frozenset(("meet", "host", "multilateral", "sign", "mediate"))


def find_sightings(report: Report, claims: Sequence[Claim]) -> list[Sighting]:
    """Return what the report tells of people's whereabouts, with no claim told twice."""
    teller = _Teller(report, claims)
    found = [s for claim in claims for s in teller.read(claim)]
    found += teller.read_heading()
    return _drop_contradicted(_drop_outdone(found))


class _Teller:
    """Reads the claims of one report: what holds for the report as a whole is worked out once."""

    def __init__(self, report: Report, claims: Sequence[Claim]) -> None:
        self.report = report
        self.text = report.text
        self.day = date.fromisoformat(report.published.day).toordinal() if report.published.day else None
        line = dateline_of(report.text)
        self.dateline = country_of_place(line) if line else None
        words = " ".join(report.text.split())
        self.origin = hashlib.sha256(f"{report.published.day}\x1f{words}".encode()).hexdigest()[:16]
        self.led = self._find_leaders(claims)
        self.heads = {**self._find_heads(claims), **self.led}
        self.lone = self._find_lone_traveller(claims)
        self.moves = [c for c in claims if c.mode == "visit" and c.status == "done" and self._move(c)]

    def mention(self, person: Participant) -> Mention:
        """What a participant stands for; of a full name that the tables know, the tables' state."""
        day = self.report.published.day
        name = self._whole_name(words_of.BEYOND_NAME.sub("", person.name))
        words = name.split()
        said = {word.strip(".,").lower() for word in self.text[slice(*person.span)].split()}
        # The reader sometimes takes words too many into a name: "Antony J. Blinken met".
        for n in range(len(words), 0, -1):
            known = leader(" ".join(words[:n]), day)
            if known and words[0][:1].isupper() and (n > 1 or _is_same_post(known.office, person.office)):
                if said & words_of.POSTS and not said & {*known.office.lower().split(), *name.lower().split()}:
                    break  # "the Secretary" is not the president, whatever the reader took it for
                return read_mention(known.name, known.country, person.office, day)
        else:
            return read_mention(name, person.country, person.office, day)
        return read_mention(self.text[slice(*person.span)], person.country, "", day)

    def _whole_name(self, name: str) -> str:
        """A name that the reader cut short: at a hyphen ("Kim Song" of "Kim Song-nam"), or before a known surname."""
        stem = name.rstrip(" -")
        at = self.text.find(stem) if " " in stem and stem[:1].isupper() else -1
        if at < 0:
            return name
        more = words_of.REST_OF_NAME.match(self.text, at + len(stem))
        hyphen, word = (more["hyphen"] or "", more["word"] or "") if more else ("", "")
        longer = stem + hyphen + word
        return longer if word and leader(longer, self.report.published.day) else stem + hyphen

    # Who travels ---------------------------------------------------------------------------------------------

    def _find_leaders(self, claims: Sequence[Claim]) -> dict[str, Mention]:
        """By state: the one person of whom the words say that a delegation is led by them."""
        led: dict[str, set[Mention]] = {}
        for claim in claims:
            for person in (*claim.actors, *claim.recipients):
                before = self.text[max(claim.sentence[0], person.span[0] - 60) : person.span[0]]
                mention = self.mention(person)
                if words_of.LED_BY.search(before) and mention.kind == "person" and mention.country:
                    led.setdefault(mention.country, set()).add(mention)
        return {country: _fullest(found) for country, found in led.items() if len({m.key for m in found}) == 1}

    def _find_heads(self, claims: Sequence[Claim]) -> dict[str, Mention]:
        """By state: the one person named beside a delegation."""
        heads: dict[str, set[Mention]] = {}
        for claim in claims:
            for side in (claim.actors, claim.recipients):
                mentions = [self.mention(p) for p in side]
                if any(_is_delegation(m) for m in mentions):
                    for m in mentions:
                        if m.kind == "person" and m.country and (m.level or m.office or " " in m.name):
                            heads.setdefault(m.country, set()).add(m)
        return {country: _fullest(found) for country, found in heads.items() if len({m.key for m in found}) == 1}

    def _find_lone_traveller(self, claims: Sequence[Claim]) -> Mention | None:
        """The only one of whom the report tells a visit; "the meeting with Wang Yi" is theirs."""
        found: dict[tuple[str, ...], Mention] = {}
        for claim in claims:
            if claim.mode in ("visit", "host"):
                guests = claim.actors if claim.mode == "visit" else claim.recipients
                for person in guests:
                    m = self._traveller(self.mention(person))
                    if m and m.kind == "person":
                        found[m.key] = _fullest({found.get(m.key, m), m})
        if not found:
            return None
        one = _fullest(set(found.values()))
        is_one = all(m.country == one.country and set(m.key) <= set(one.key) for m in found.values())
        return one if is_one else None

    def _traveller(self, mention: Mention) -> Mention | None:
        """Whom words for a traveller mean: a person, a delegation's head, a delegation."""
        if not mention.country or mention.kind not in ("person", "group", "body"):
            return None
        if mention.kind == "person":
            # Of a party that is led by somebody, those without an office go along.
            return mention if mention.level else self.led.get(mention.country, mention)
        if not _is_delegation(mention):
            return None
        return self.heads.get(mention.country, mention)

    def _travellers(self, people: Sequence[Mention]) -> dict[Mention, tuple[str, ...]]:
        """The travellers among people, each with the delegations beside them."""
        found: dict[Mention, list[str]] = {}
        for mention in people:
            traveller = self._traveller(mention)
            if traveller:
                party = found.setdefault(traveller, [])
                if mention.name != traveller.name:
                    party.append(mention.name)
        beside = [
            m for m in people if m.kind == "group" and not _is_delegation(m) and words_of.BESIDE_HEAD.search(m.name)
        ]
        for traveller, party in found.items():
            party += [m.name for m in beside if m.country == traveller.country]
        return {m: tuple(sorted(set(party))) for m, party in found.items()}

    # Claims --------------------------------------------------------------------------------------------------

    def read(self, claim: Claim) -> list[Sighting]:
        sentence = self.text[slice(*claim.sentence)]
        if claim.status in ("denied", "hypothetical") or words_of.ASKING.search(sentence.strip()):
            return []
        if move := self._welcome(claim, sentence):
            return self._read_welcome(claim, sentence, move)
        if claim.mode == "visit" or (
            claim.mode == "host" and words_of.TOGETHER.search(self.text[slice(*claim.trigger)])
        ):
            return self._read_visit(claim, sentence)
        if claim.mode in FACE_TO_FACE or (claim.mode == "call" and words_of.COURTESY.search(sentence)):
            return self._read_meeting(claim, sentence)
        if claim.mode == "commemorate" and claim.place:
            return self._read_visit(claim, sentence)
        return self._read_call(claim, sentence) if claim.mode == "call" else []

    def _read_visit(self, claim: Claim, sentence: str) -> list[Sighting]:
        people = [self.mention(p) for p in claim.actors]
        is_sending = self._is_sending(claim)
        if is_sending:
            people = [m for m in map(self.mention, (*claim.actors, *claim.recipients)) if _is_delegation(m)]
        elif claim.mode == "host":
            people += [self.mention(p) for p in claim.recipients]
        travellers = self._travellers(people)
        is_open = all(m.kind == "state" for m in people)  # nobody, or only a state, is said to go
        if not travellers and self.lone and is_open and not is_sending:
            travellers = {self.lone: ()}
        trigger = self.text[slice(*claim.trigger)]
        stops = self._destinations(claim) or self._here(claim)
        hosts = [m for p in claim.recipients if (m := self.mention(p)).kind == "person"]
        found = []
        for traveller, party in travellers.items():
            home = home_of(traveller.country)
            abroad = [stop for stop in stops if stop[0] not in home]
            at_home = [stop for stop in stops if stop[0] in home and stop[3]]
            if (
                at_home
                and not abroad
                and not words_of.LEAVING.search(trigger)
                and not words_of.RETURNING.search(trigger)
            ):
                country, place, *_ = at_home[0]
                found.append(self._make(claim, traveller, party, country, place, "home", sentence))
            # "Left Pyongyang for Hanoi": the one is behind, the other ahead.
            if words_of.RETURNING.search(trigger) and (not abroad or _goes_home(sentence)):
                found.append(self._make(claim, traveller, party, "", "", "return", sentence))
                continue
            for n, (country, place, span, is_sure) in enumerate(abroad):
                step = self._step(claim, trigger, span)
                found.append(
                    self._make(
                        claim, traveller, party, country, place, step, sentence,
                        n=n, of=len(abroad), is_sure=is_sure, site=self._site(claim),
                        others=[m for m in hosts if m.country == country],
                    )
                )  # fmt: skip
        return found

    def _here(self, claim: Claim) -> list[tuple[str, str, Span, bool]]:
        """Who arrives or leaves and no place is told, does so where the report is dated from."""
        trigger = self.text[slice(*claim.trigger)]
        line = dateline_of(self.text)
        if not line or not self.dateline or self.dateline in NO_STATE:
            return []
        if not (words_of.ARRIVING.search(trigger) or words_of.LEAVING.search(trigger)):
            return []
        return [(HOMES.get(self.dateline, self.dateline), self._city(line), claim.trigger, True)]

    def _is_sending(self, claim: Claim) -> bool:
        """Whether the claim's sentence tells that somebody sends or names a delegation: the sender stays at home."""
        if words_of.SENDING.search(self.text[slice(*claim.trigger)]):
            return True
        sentence = self.text[slice(*claim.sentence)]
        return any(words_of.SENDING.search(sentence[: m.start()]) for m in words_of.DELEGATION.finditer(sentence))

    def _destinations(self, claim: Claim) -> list[tuple[str, str, Span, bool]]:
        """Country, place, span, whether sure: of each place that a visit names, in the order of the words."""
        if claim.place and is_ruled_place(claim.place):
            ruled = self._ruled_place(claim.place)
            return [(ruled[0], ruled[1], claim.trigger, ruled[2])] if ruled[0] else []
        found: dict[tuple[str, str], tuple[str, str, Span, bool]] = {}
        spans = [(p.span, p.country, p.name) for p in claim.recipients]
        if claim.place:
            spans.append((claim.place.span, claim.place.country, claim.place.name))
        for span, country, name in sorted(spans, key=lambda told: told[0]):
            words = self.text[slice(*span)] if name.lower() != self.text[slice(*span)].lower() else name
            if words.lower() in ("here", "there"):
                words = name
            sure = country_of_place(words) or country_of_place(name)
            if sure in NO_STATE or (sure is None and (country in NO_STATE or country is None)):
                continue
            is_site = claim.place is not None and span == claim.place.span
            if sure is None and not (is_site or _says_state(words)):
                continue
            code = HOMES.get(sure or country or "", sure or country or "")
            city = self._city(words) or self._city(name)
            same = [key for key in found if key[0] == code and (not key[1] or not city or key[1] == city)]
            if same:
                key = same[0]
                found[key] = (code, found[key][1] or city, found[key][2], found[key][3] or sure is not None)
            else:
                found[code, city] = (code, city, span, sure is not None or code == self.dateline)
        return sorted(found.values(), key=lambda stop: stop[2])

    def _city(self, words: str) -> str:
        """The city or region among a place's words; of an airport its city."""
        words = words_of.AIRPORT.sub("", words)
        found = [
            " ".join(words[a:b].split())
            for a, b, _, kind in find_states(words)
            if kind in ("city", "capital", "region")
        ]
        return (found[0].title() if found[0].isupper() else found[0]) if found else ""

    def _site(self, claim: Claim) -> str:
        """What was visited within a place: buildings, monuments, plants; at most three."""
        named = [(p.span, p.name) for p in claim.recipients if not p.office]
        if claim.place:
            named.append((claim.place.span, claim.place.name))
        sites: list[str] = []
        for span, _ in sorted(named):
            words = self._whole_site(span, claim.sentence)
            if _is_site(words) and not any(words in site or site in words for site in sites):
                sites.append(words)
        return ", ".join(sites[:3])

    def _whole_site(self, span: Span, sentence: Span) -> str:
        """A building's name with the capitalised words that the reader left out on either side of it."""
        words = self.text[slice(*span)]
        if not words[:1].isupper():
            return " ".join(words.split())
        before = words_of.NAME_BEFORE.search(self.text, sentence[0], span[0])
        after = words_of.NAME_AFTER.match(self.text, span[1], sentence[1])
        start = before.start() if before and before.start() > sentence[0] else span[0]
        return " ".join(self.text[start : after.end() if after else span[1]].split())

    def _step(self, claim: Claim, trigger: str, span: Span) -> str:
        if words_of.LEAVING.search(trigger):
            between = (
                self.text[claim.trigger[1] : span[0]] if span[0] > claim.trigger[1] else self.text[: span[0]][-12:]
            )
            return "there" if words_of.ONWARD.search(between) else "leave"
        return "arrive" if words_of.ARRIVING.search(trigger) else "there"

    def _move(self, claim: Claim) -> str:
        """Whether a visit's words tell of arriving or of leaving, and not of seeing somebody off."""
        trigger = self.text[slice(*claim.trigger)]
        if words_of.SEEING_OFF.search(trigger):
            return ""
        return "arrive" if words_of.ARRIVING.search(trigger) else "leave" if words_of.LEAVING.search(trigger) else ""

    def _welcome(self, claim: Claim, sentence: str) -> str:
        """Which of a guest's moves a host attends: "arrive", "leave"; "" where the claim tells of no such thing."""
        if claim.type != "CONSULT" or claim.mode in ("message", "call", "multilateral"):
            return ""
        trigger = self.text[slice(*claim.trigger)]
        if words_of.SEEING_OFF.search(trigger):
            return "leave"
        is_there = bool(words_of.AIRPORT.search(sentence))
        has_come = any(self._move(move) == "arrive" for move in self.moves)
        is_greeting = words_of.GREETING.search(trigger) and (is_there or has_come)
        return "arrive" if is_greeting or (is_there and words_of.RECEIVING.search(trigger)) else ""

    def _read_welcome(self, claim: Claim, sentence: str, step: str) -> list[Sighting]:
        """A guest and the hosts who came to the airport, whichever of them the reader takes for the actor."""
        people = [self.mention(p) for p in (*claim.actors, *claim.recipients)]
        moves = [m for m in self.moves if self._move(m) == step]
        move = next((m for m in reversed(moves) if m.trigger < claim.trigger), moves[0] if moves else None)
        country, place, is_sure = self._place_of_move(move, step) or self._meeting_place(claim, people)
        # "The minister", "him": the one of whom the report has just told that he came.
        guests = self._travellers([self.mention(p) for p in move.actors]) if move else {}
        if self.lone and not guests:
            guests = {self.lone: ()}
        if not guests:
            guests = self._travellers([m for m in people if m.category != "ambassador"])
        found = []
        for guest, party in guests.items():
            others = [m for m in people if m.kind == "person" and m.country != guest.country]
            hosts = [m for m in others if m.country] or others
            if hosts and country and country not in home_of(guest.country):
                there = self._make(
                    claim, guest, party, country, place, "there", sentence, is_sure=is_sure, others=hosts
                )
                if move and not (claim.when and claim.when.value):
                    first, last, timing = self._days(move, self.text[slice(*move.sentence)])
                    there = replace(there, first=first, last=last, timing=timing)
                found.append(replace(there, mode="host"))
        return found

    def _place_of_move(self, move: Claim | None, step: str) -> tuple[str, str, bool] | None:
        """Where somebody arrived, or from where he left."""
        stops = (self._destinations(move) or self._here(move)) if move else []
        trigger = self.text[slice(*move.trigger)] if move else ""
        fitting = [stop for stop in stops if move and self._step(move, trigger, stop[2]) == step]
        return next(((country, place, is_sure) for country, place, _, is_sure in fitting), None)

    def _read_meeting(self, claim: Claim, sentence: str) -> list[Sighting]:
        if words_of.FROM_AFAR.search(sentence):
            return self._read_call(claim, sentence)
        people = [self.mention(p) for p in (*claim.actors, *claim.recipients)]
        country, place, is_sure = self._meeting_place(claim, people)
        may_travel = people if claim.mode != "host" else [self.mention(p) for p in claim.recipients]
        if self._is_sending(claim):
            may_travel = [m for m in may_travel if _is_delegation(m)]
        travellers = self._travellers([m for m in may_travel if m.category != "ambassador"])
        hosts = {m.country for m in people} - {None}
        guests = {m: p for m, p in travellers.items() if not country or country not in home_of(m.country)}
        timing = self._days(claim, sentence)[2]
        actors = self._travellers([self.mention(p) for p in claim.actors])
        has_guest = guests if country else len(hosts) > 1
        is_abroad = self.lone is not None and country not in home_of(self.lone.country)
        if self.lone and is_abroad and self.lone.country not in hosts and not has_guest:
            guests[self.lone] = ()
        found = []
        for traveller, party in guests.items():
            others = [m for m in people if m.country != traveller.country]
            if (
                timing == "loose"
                and claim.mode == "meet"
                and country
                and traveller not in actors
                and traveller != self.lone
            ):
                continue  # of a list of people met here and there, the place is that of one
            if not others and not (country and claim.mode == "multilateral"):
                continue
            step = "there" if country else "meeting"
            found.append(
                self._make(claim, traveller, party, country, place, step, sentence, is_sure=is_sure, others=others)
            )
        persons = sorted({m for m in people if m.kind == "person"}, key=lambda m: m.form)
        at_home = [m for m in persons if country and m.country and country in home_of(m.country) and is_sure]
        found += [self._make(claim, m, (), country, place, "home", sentence, is_sure=True) for m in at_home]
        return found

    def _meeting_place(self, claim: Claim, people: Sequence[Mention]) -> tuple[str, str, bool]:
        """Country, city, whether sure; "" where the words tell no place, or one that is only talked about."""
        if claim.place is None:
            return "", "", False
        if is_ruled_place(claim.place):
            return self._ruled_place(claim.place)
        words, name = self.text[slice(*claim.place.span)], claim.place.name
        own = country_of_place(words) or country_of_place(name)
        if own in NO_STATE or (claim.place.country in (None, *NO_STATE) and own is None):
            return "", "", False
        country = own or claim.place.country or ""
        is_theirs = any(m.country == country for m in people)
        if not self._is_where(claim, is_theirs=is_theirs):
            return "", "", False
        return (
            HOMES.get(country, country),
            self._city(words) or self._city(name),
            own is not None or country == self.dateline,
        )

    def _ruled_place(self, place: Place) -> tuple[str, str, bool]:
        """A place as an analyst set it: nothing in the words stands against it."""
        return HOMES.get(place.country or "", place.country or ""), self._city(place.name), True

    def _is_where(self, claim: Claim, *, is_theirs: bool) -> bool:
        """Whether a place is where they met, not what they talked about; is_theirs: one of them is of its state.

        It stands behind "in", "at", …; one that belongs to none of them must follow them, or open the sentence.
        """
        if claim.place is None:
            return False
        start = claim.place.span[0]
        if self.text[slice(*claim.place.span)].lower() in ("here", "there"):
            return True
        before = words_of.WHERE.findall(self.text[max(claim.sentence[0], start - 25) : start + 4])
        if (before and before[-1].lower() not in words_of.AT) or (not before and not is_theirs):
            return False
        ends = [p.span[1] for p in (*claim.actors, *claim.recipients)] + [claim.trigger[1]]
        gaps = [self.text[end:start] for end in ends if start - end >= 0]
        nearest = min(gaps, key=len, default="")
        is_beside = bool(gaps) and len(nearest) <= BESIDE and not words_of.TOPIC.search(nearest)
        return is_theirs or is_beside or start - claim.sentence[0] < 15

    def _read_call(self, claim: Claim, sentence: str) -> list[Sighting]:
        people = [self.mention(p) for p in (*claim.actors, *claim.recipients)]
        persons = [m for m in people if m.kind == "person" and m.country]
        return [
            self._make(claim, m, (), "", "", "call", sentence, others=[o for o in people if o.country != m.country])
            for m in persons
            if any(o.country != m.country for o in people)
        ]

    def _make(
        self, claim: Claim, traveller: Mention, party: tuple[str, ...], country: str, place: str, step: str,
        sentence: str, *, n: int = 0, of: int = 1, is_sure: bool = True, others: Sequence[Mention] = (), site: str = "",
    ) -> Sighting:  # fmt: skip
        status = claim.status
        first, last, timing = self._days(claim, sentence)
        if of > 1:
            status, first, last, timing = self._in_tour(n, status, first, last, timing, sentence)
        return Sighting(
            traveller=traveller,
            party=party,
            country=country,
            place=place,
            step=step,
            status=status,
            first=first,
            last=last,
            timing=timing,
            tour=claim.id if of > 1 else "",
            place_in_tour=n,
            mode=claim.mode or "",
            others=tuple(sorted(set(others), key=lambda m: m.form)),
            site=site,
            is_sure=is_sure,
            event=(self.origin, claim.event),
            source=Source(
                claim.id, self.report.id, self.origin, self.report.source, self.report.published.day or "",
                " ".join(sentence.split()), claim.score,
            ),
        )  # fmt: skip

    def _in_tour(
        self, n: int, status: str, first: int | None, last: int | None, timing: str, sentence: str
    ) -> tuple[str, int | None, int | None, str]:
        """Status and days of one of several destinations: a day told is that of the first or of the last."""
        is_starting = status != "done" or (words_of.STARTING.search(sentence) and not words_of.ENDING.search(sentence))
        if status == "done" and is_starting and n > 0:
            status = "planned"
        if timing == "stay" or (n == 0 and is_starting):
            return status, first, last, timing
        start = first if timing == "day" else self.day
        return (status, start, None, "loose") if is_starting else (status, None, last, "loose")

    def _days(self, claim: Claim, sentence: str) -> tuple[int | None, int | None, str]:
        """Between which days it lies, and how that is known."""
        days = read_edtf_days(claim.when.value) if claim.when and claim.when.value else None
        if days and claim.when:
            first, last = days[0].toordinal(), days[1].toordinal()
            is_ruled = claim.when.rule == RULED
            is_misread = claim.status == "done" and self.day is not None and first > self.day + AHEAD and not is_ruled
            if is_misread and first == last and first - 7 <= (self.day or 0) and "weekday" in claim.when.rule:
                # A bare weekday of something done is the one before, also where a plan stands in the same sentence.
                first, last, is_misread = first - 7, last - 7, False
            if not is_misread:
                if first == last:
                    return first, last, "day"
                words = self.text[slice(*claim.when.span)] if claim.when and claim.when.span else ""
                is_stay = last - first <= LONGEST_STAY and (is_ruled or words_of.RANGE.search(words))
                return first, last, "stay" if is_stay else "loose"
        if self.day is None:
            return None, None, "loose"
        if claim.status != "done":
            return self.day, None, "loose"
        if days or claim.sentence[0] >= LEAD or words_of.LOOKING_BACK.search(sentence):
            return None, self.day, "loose"
        is_noun = words_of.NOUN.fullmatch(self.text[slice(*claim.trigger)].strip())
        return self.day - LAG, self.day, "noted" if is_noun else "news"

    # Headings ------------------------------------------------------------------------------------------------

    def read_heading(self) -> list[Sighting]:
        heading = read_heading(self.report)
        if heading is None or self.day is None:
            return []
        people = [self.mention(p) for p in heading.speakers]
        return [self._from_heading(heading, m, people) for m in people if m.country and m.category != "ambassador"]

    def _from_heading(self, heading: Heading, person: Mention, people: Sequence[Mention]) -> Sighting:
        country = HOMES.get(heading.country, heading.country)
        day = self.day or 0
        others = sorted({m for m in people if m.country != person.country}, key=lambda m: m.form)
        return Sighting(
            traveller=person,
            party=(),
            country=country,
            place=self._city(heading.place) or heading.place,
            step="home" if country in home_of(person.country) else "there",
            status="done",
            first=day - LAG,
            last=day,
            timing="news",
            tour="",
            place_in_tour=0,
            mode="appearance",
            others=tuple(others),
            site="",
            is_sure=True,
            event=(self.origin, -1),
            source=Source(
                "", self.report.id, self.origin, self.report.source, self.report.published.day or "",
                " ".join(self.text[slice(*heading.span)].split()), 1.0,
            ),
        )  # fmt: skip


def _is_same_post(one: str, other: str) -> bool:
    return rank_of(one).category == rank_of(other).category != ""


def _is_delegation(mention: Mention) -> bool:
    return mention.kind in ("group", "body") and bool(words_of.DELEGATION.search(mention.name))


def _fullest(mentions: set[Mention]) -> Mention:
    return max(mentions, key=lambda m: (len(m.key), len(m.office), m.form, m.office))


def _is_site(words: str) -> bool:
    """Whether words name something that stands in a place: not the place, not a lower-case group, not a single word."""
    covered = sum(b - a for a, b, _, kind in find_states(words) if kind in PLACES or kind == "demonym")
    return words[:1].isupper() and " " in words and covered < len(words) / 2


def _says_state(words: str) -> bool:
    """Whether words name a place through a state: "Chinese capital", "Belarusian foreign ministry"."""
    return any(kind in PLACES or kind == "demonym" for *_, kind in find_states(words)) and "capital" in words.lower()


def _goes_home(sentence: str) -> bool:
    return bool(words_of.GOING_HOME.search(sentence))


def _drop_outdone(sightings: Sequence[Sighting]) -> list[Sighting]:
    """Of two claims that send different people to one country in one sentence, the better read is right."""
    rivals: dict[tuple[str, str], dict[str, set[tuple[str, ...]]]] = {}
    scores: dict[str, float] = {}
    for sighting in sightings:
        if sighting.mode == "visit" and sighting.country:
            told = rivals.setdefault((sighting.source.sentence, sighting.country), {})
            told.setdefault(sighting.source.claim, set()).add(sighting.traveller.key)
            scores[sighting.source.claim] = sighting.source.score
    outdone = set()
    for (_, country), told in rivals.items():
        best = max(told, key=lambda claim: (scores[claim], claim))
        outdone |= {(claim, country) for claim, who in told.items() if not who & told[best]}
    return [s for s in sightings if (s.source.claim, s.country) not in outdone]


def _drop_contradicted(sightings: Sequence[Sighting]) -> list[Sighting]:
    """A plan or a meeting abroad on the day on which the same report shows the traveller at home has an untold day."""
    at_home = {
        (s.traveller.key, s.first) for s in sightings if s.step == "home" and s.timing == "day" and s.status == "done"
    }
    return [
        (replace(s, first=None, timing="loose") if s.status == "done" else replace(s, last=None, timing="loose"))
        if (s.status == "planned" or s.mode != "visit") and s.country and s.step != "home" and s.timing == "day"
        and (s.traveller.key, s.first) in at_home
        else s
        for s in sightings
        if not (s.step == "home" and s.status != "done")
    ]  # fmt: skip
