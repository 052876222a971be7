"""How long the desk's pages take on a long record, and how much they weigh: events made by chance, no model.

usage: desk.py [--events 1000000] [--record FILE] [--requests 60] [--only PATH]

Makes a record of that many events straight in its tables (SQLite; kept where --record names a file, and used again),
with a spread as news has it: few actors in most events (Zipf), most events told once, some by dozens of reports; ten
years, announcements, disagreements, copies. Then asks every page for what an analyst might ask, one request after
another, after half as many to warm up, and prints for each page the time of the server (median, 95th percentile, that
of the processor alone) and its weight. Bars: 150 ms at the 95th percentile, 400 KB.
"""

import argparse
import hashlib
import json
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from legation.record.mention import Mention, read_mention
from legation.record.naming import keys_of_name
from legation.record.store import open_record
from legation.record.store.appearances import Appearance, rows_of, scope_of
from legation.record.store.rows import fold_text, name_id
from legation.reference import leaders, states
from legation.reference.codebook import load_codebook
from legation.views.web.app import make_app
from legation.views.web.settings import WebSettings

FIRST_DAY, N_DAYS = date(2015, 1, 1), 3650
WORDS = (
    "talks trade border treaty forces prisoners grain missile climate visas loans energy ports fishing aid rail water"
    " gas steel chips vaccines satellites students tourism sanctions elections refugees pipelines islands airspace"
).split()
FILLER = (
    "Both sides described the exchange as useful.", "No further details were given.", "Diplomats had expected little.",
    "Observers pointed to the timing.", "The two capitals have differed over it for years.",
)  # fmt: skip
GIVEN = (
    "Aino Mira Tomas Lena Ravi Noor Iskra Bao Chidi Yara Oleg Sana Pavel Ines Kofi Hana Marek Leila Juan Minh".split()
)
ENDS = "ov ani sen ez ura aka ich ski os eau idze yan oğlu poulos berg".split()
TYPES = (
    [("CONSULT", "meet")] * 26 + [("CONSULT", "visit")] * 9 + [("CONSULT", "call")] * 7
    + [("STATEMENT", "comment")] * 18
    + [("AGREE", "sign"), ("SUPPORT", "praise"), ("ACCUSE", "disapprove"), ("REQUEST", None), ("REJECT", None)] * 5
    + [("AID", None), ("SANCTION", "impose"), ("THREATEN", None), ("COERCE", "expel"), ("ASSAULT", "strike")] * 2
)  # fmt: skip
STATUSES = ["done"] * 86 + ["planned"] * 8 + ["off", "denied"] + ["hypothetical"] * 4
N_PEOPLE = 40_000


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the made world: id of the name, words, state, office, level, channel."""

    id: str
    name: str
    country: str
    office: str
    mention: Mention


@dataclass(slots=True)
class Made:
    """An event on its way into the tables."""

    id: str
    type: str
    mode: str | None
    kind: str
    status: str
    people: list[tuple[str, Person]]
    when: str | None
    day: date
    place: tuple[str, str] | None
    disputed: bool
    claims: list[tuple[Any, ...]] = field(default_factory=list)
    digests: set[str] = field(default_factory=set)
    origins: set[str] = field(default_factory=set)
    reported: str = "9999-12-31"


def make_people(chance: random.Random) -> list[Person]:
    """Leaders of the tables and many others, in a random order: the first are named most often."""
    codes: list[str] = [state.code for state in states()]
    weights = [1 / (rank + 4) for rank in range(len(codes))]
    chance.shuffle(codes)
    told = [(p.name, p.country, p.office) for p in leaders()]
    told += [(state.name, state.code, "") for state in states()]
    while len(told) < N_PEOPLE:
        name = (
            f"{chance.choice(GIVEN)} {chr(65 + chance.randrange(26))}{chance.choice('aeiou')}{chance.choice('lmnrst')}"
        )
        name += chance.choice("aeiou") + chance.choice(ENDS)
        office = chance.choice(["", "", "ambassador", "Foreign Minister", "deputy minister", "spokesman", "general"])
        told.append((name, chance.choices(codes, weights)[0], office))
    found: dict[str, Person] = {}
    for name, country, office in told:
        mention = read_mention(name, country, office)
        id_ = name_id(mention)
        found.setdefault(id_, Person(id_, name, country, office, mention))
    people = list(found.values())
    chance.shuffle(people)
    return people


def make_events(n: int, people: Sequence[Person], chance: random.Random) -> Iterator[Made]:
    """Yield events day by day."""
    total, cumulative = 0.0, []
    for rank in range(len(people)):
        total += 1 / (rank + 12)
        cumulative.append(total)
    cities = [("Beijing", "CHN"), ("Washington", "USA"), ("Moscow", "RUS"), ("Geneva", "CHE"), ("Hanoi", "VNM"),
              ("Brussels", "BEL"), ("Doha", "QAT"), ("Cairo", "EGY"), ("Oslo", "NOR"), ("Vienna", "AUT")]  # fmt: skip
    for k in range(n):
        day = FIRST_DAY + timedelta(days=int(N_DAYS * k / n))
        type_, mode = chance.choice(TYPES)
        kind = (mode or "meet") if type_ == "CONSULT" else mode if mode == "sign" else type_.lower()
        size = (
            chance.choice([6, 9, 14])
            if kind == "meet" and chance.random() < 0.02
            else 3
            if chance.random() < 0.1
            else 2
        )
        sides = chance.choices(people, cum_weights=cumulative, k=size)
        roles = ["side"] * size if kind in ("meet", "call", "sign") else ["actor"] + ["recipient"] * (size - 1)
        held = day - timedelta(days=chance.randrange(3))
        yield Made(
            "e-" + hashlib.sha256(f"event {k}".encode()).hexdigest()[:12], type_, mode, kind, chance.choice(STATUSES),
            list(zip(roles, dict.fromkeys(sides), strict=False)), held.isoformat() if chance.random() < 0.7 else None,
            day,
            chance.choice(cities) if chance.random() < 0.4 else None, chance.random() < 0.06,
        )  # fmt: skip


def n_tellers(chance: random.Random) -> int:
    """How many reports tell an event: mostly one, seldom dozens."""
    return min(int(chance.paretovariate(1.6)), 60)


class Maker:
    """Writes events, their claims and reports in bulk."""

    def __init__(self, path: Path, seed: int) -> None:
        with open_record(path):
            pass
        self.chance = random.Random(seed)
        self.connection = sqlite3.connect(path, isolation_level=None)
        for setting in (
            "journal_mode=OFF",
            "synchronous=OFF",
            "cache_size=-1500000",
            "temp_store=MEMORY",
            "foreign_keys=OFF",
        ):
            self.connection.execute(f"PRAGMA {setting}")
        self.indexes = [
            r[0] for r in self.connection.execute("SELECT sql FROM sqlite_master WHERE type='index' AND sql NOT NULL")
        ]
        for (name,) in self.connection.execute(
            "SELECT name FROM sqlite_master WHERE type='index' AND sql NOT NULL"
        ).fetchall():
            self.connection.execute(f'DROP INDEX "{name}"')
        self.connection.execute("DROP TRIGGER IF EXISTS report_search_insert")
        self.connection.execute("CREATE TABLE made AS SELECT * FROM appearances")
        self.connection.execute("BEGIN")
        self.columns: dict[str, int] = {}
        self.tallies: Counter[tuple[Any, ...]] = Counter()
        self.spans: dict[tuple[str, str, str], list[str]] = {}
        self.n_reports = 0

    def insert(self, table: str, rows: Sequence[Sequence[Any]]) -> None:
        if rows:
            marks = ",".join("?" * len(rows[0]))
            self.connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)

    def names(self, people: Iterable[Person]) -> None:
        own = list(people)
        self.insert(
            "names",
            [(p.id, p.mention.kind, " ".join(p.mention.key), p.country, p.mention.category, p.name, p.mention.channel,
              p.mention.level, 0, FIRST_DAY.isoformat(), None, p.id) for p in own],
        )  # fmt: skip
        self.insert("name_keys", [(key, p.id) for p in own for key in sorted(set(keys_of_name(p.mention)))])
        self.insert("spellings", [(p.id, p.name, fold_text(p.name)) for p in own])

    def report(self, day: date, told: Sequence[Made]) -> None:
        """Write a report that tells these events, a sentence each."""
        chance, self.n_reports = self.chance, self.n_reports + 1
        digest = hashlib.sha256(f"report {self.n_reports}".encode()).hexdigest()
        origin = (
            digest
            if chance.random() < 0.9
            else hashlib.sha256(f"report {max(1, self.n_reports - 1)}".encode()).hexdigest()
        )
        source = f"Outlet {int(chance.paretovariate(0.6)) % 400}"
        parts, at = [], 0
        claims, people, tellings = [], [], []
        for k, event in enumerate(told):
            names = [p.name for _, p in event.people]
            sentence = (
                f"{names[0]} {event.mode or event.type.lower()} with {' and '.join(names[1:]) or 'others'} over "
                f"{chance.choice(WORDS)} and {chance.choice(WORDS)}{' in ' + event.place[0] if event.place else ''}"
                f"{' on ' + event.when if event.when else ''}, officials said."
            )
            span = (at, at + len(sentence))
            id_ = f"c-{digest[:14]}{k:02x}"
            stands = not event.claims
            telling = event.id if stands else "e-" + hashlib.sha256(id_.encode()).hexdigest()[:12]
            when = event.when
            if when and event.disputed and len(event.claims) == 1:
                when = (date.fromisoformat(when) + timedelta(days=1)).isoformat()
            country = event.place and event.place[1]
            claims.append(
                (id_, digest, telling, event.type, event.mode, event.status, *span, at, at + len(names[0]),
                 event.place and event.place[0], country, event.place and at, event.place and at + 1, when,
                 at if when else None, at + 4 if when else None, "made" if when else None, None, None, None, None,
                 round(chance.uniform(0.4, 1), 4), k, "", "text")
            )  # fmt: skip
            for n, (role, p) in enumerate(event.people):
                people.append(
                    (
                        id_,
                        n,
                        "recipient" if role == "recipient" else "actor",
                        at,
                        at + 4,
                        p.name,
                        p.country,
                        p.office,
                        p.id,
                    )
                )
                span_of = self.spans.setdefault((p.id, p.name, p.office), [day.isoformat(), day.isoformat()])
                span_of[1] = day.isoformat()
            why = [] if stands else ["same persons: " + ", ".join(names[:2]), "same day"]
            tellings.append(
                (
                    telling,
                    digest,
                    event.kind,
                    "[]",
                    None if stands else event.id,
                    0.0 if stands else 0.8,
                    json.dumps(why),
                    event.id,
                )
            )
            event.claims.append((id_, when))
            event.digests.add(digest)
            event.origins.add(origin)
            event.reported = min(event.reported, day.isoformat())
            parts.append(sentence)
            at += len(sentence) + 1
        text = " ".join((*parts, *chance.choices(FILLER, k=3)))
        title = parts[0][:70]
        self.insert(
            "reports",
            [(self.n_reports, digest, f"made-{self.n_reports}", "made", source, title, text,
              fold_text(f"{title}\n{text}"), day.isoformat(), "field", day.isoformat(), "en", None, None, "[]", "made",
              origin)],
        )  # fmt: skip
        self.insert(f"claims ({self._claim_columns()})", claims)
        self.insert("participants", people)
        self.insert("tellings", tellings)

    def _claim_columns(self) -> str:
        return (
            "id,digest,telling,type,mode,status,sentence_start,sentence_end,trigger_start,trigger_end,place,"
            "place_country,place_start,place_end,when_value,when_start,when_end,when_rule,said_by,said_by_start,said_by_end,"
            "said_by_chain,score,event_n,flags,part"
        )

    def event(self, made: Made) -> None:
        """Write an event all of whose reports are written."""
        disputed = made.disputed and made.when and len(made.claims) > 1
        country = made.place and made.place[1]
        self.insert(
            "events",
            [(made.id, made.type, made.mode, made.kind, made.status, made.when, made.when, made.when,
              made.place and made.place[0], country, made.reported, len(made.claims), len(made.digests),
              len(made.origins))],
        )  # fmt: skip
        roles = {(("recipient" if role == "recipient" else "actor"), p.id) for role, p in made.people}
        self.insert("event_participants", [(made.id, role, id_) for role, id_ in sorted(roles)])
        keys = ["", f"type:{made.type}", f"status:{made.status}", *sorted({p.id for _, p in made.people})]
        sides = sorted({p.country for _, p in made.people})
        keys += sides + [f"{a}|{b}" for i, a in enumerate(sides) for b in sides[i + 1 :]]
        keys += [f"mode:{mode}" for mode in sorted({made.mode or made.kind, made.kind})]
        if made.place:
            keys += [f"in:{country}", f"at:{fold_text(made.place[0])}"]
        if disputed:
            keys += ["conflict", "conflict:when"]
            values = [{"value": v, "n_origins": 1, "n_reports": 1, "claims": [made.claims[k][0]]} for k, v in enumerate(
                (made.claims[0][1], made.claims[1][1]))]  # fmt: skip
            content = json.dumps({"values": values, "reports": [], "words": "the day differs"})
            self.insert("conflicts", [("x-" + made.id[2:], made.id, min(made.digests), "when", content)])
        levels: dict[str, int] = {}
        for _, p in made.people:
            levels[p.country] = max(levels.get(p.country, 0), p.mention.level)
        channel = next((p.mention.channel for _, p in made.people if p.mention.channel), "")
        found = Appearance(
            made.id, made.when or made.reported, made.when or made.reported, made.reported, made.type, made.status,
            min(levels.values()), channel, tuple(keys),
        )  # fmt: skip
        self.insert("made", [tuple(row.values()) for row in rows_of(found)])
        values_ = [
            found.event,
            found.day,
            found.last,
            found.reported,
            found.type,
            found.status,
            found.level,
            found.channel,
            found.keys,
        ]
        self.insert("event_keys", [(made.id, json.dumps(values_))])
        for key in keys:
            if scope := scope_of(key):
                self.tallies[scope, key, found.day[:7], found.type, found.status, found.level, found.channel] += 1

    def finish(self) -> None:
        """Sort what is kept sorted, count, and make the indexes."""
        self.insert("tallies", [(*key, n) for key, n in sorted(self.tallies.items())])
        self.insert("wordings", [(*key, *span) for key, span in sorted(self.spans.items())])
        self.connection.execute("UPDATE names SET last = (SELECT max(last) FROM wordings WHERE name_id = names.id)")
        self.connection.execute("INSERT INTO appearances SELECT * FROM made ORDER BY key, day, event")
        self.connection.execute("DROP TABLE made")
        self.connection.execute("INSERT INTO report_search(report_search) VALUES ('rebuild')")
        self.connection.execute("COMMIT")
        for sql in self.indexes:
            self.connection.execute(sql)
        self.connection.execute(
            "CREATE TRIGGER report_search_insert AFTER INSERT ON reports BEGIN "
            "INSERT INTO report_search(rowid, folded) VALUES (new.n, new.folded); END"
        )
        self.connection.execute("ANALYZE")
        self.connection.close()


def make_record(path: Path, n_events: int, seed: int = 1) -> None:
    """Make the record; events wait until the reports of their days are written."""
    maker = Maker(path, seed)
    people = make_people(maker.chance)
    maker.names(people)
    waiting: dict[int, list[Made]] = {}
    open_: list[tuple[int, Made]] = []
    today = 0
    start = time.perf_counter()
    for k, event in enumerate(make_events(n_events, people, maker.chance)):
        at = (event.day - FIRST_DAY).days
        while today < at:
            open_ = _close_day(maker, today, waiting.pop(today, []), open_)
            today += 1
        for _ in range(n_tellers(maker.chance)):
            waiting.setdefault(at + min(int(maker.chance.expovariate(0.9)), 9), []).append(event)
        open_.append((at + 10, event))
        if k % 100_000 == 0:
            print(f"{k:,} events, {time.perf_counter() - start:.0f} s", file=sys.stderr, flush=True)
    while waiting or open_:
        open_ = _close_day(maker, today, waiting.pop(today, []), open_)
        today += 1
    maker.finish()
    print(f"{n_events:,} events, {maker.n_reports:,} reports, {time.perf_counter() - start:.0f} s", file=sys.stderr)


def _close_day(maker: Maker, today: int, told: list[Made], open_: list[tuple[int, Made]]) -> list[tuple[int, Made]]:
    day = FIRST_DAY + timedelta(days=today)
    maker.chance.shuffle(told)
    for k in range(0, len(told), 4):
        maker.report(day, list({event.id: event for event in told[k : k + 4]}.values()))
    still = []
    for end, event in open_:
        if end <= today and event.claims:
            maker.event(event)
        elif event.claims or end > today:
            still.append((end, event))
    return still


# Asking ------------------------------------------------------------------------------------------------------


def addresses(path: Path, chance: random.Random, n: int) -> dict[str, list[str]]:
    """For each page n addresses, each another."""
    connection = sqlite3.connect(path)

    def column(query: str, *values: object) -> list[str]:
        return [row[0] for row in connection.execute(query, values)]

    days = [(FIRST_DAY + timedelta(days=chance.randrange(N_DAYS))).isoformat() for _ in range(n)]
    found = "SELECT event FROM appearances WHERE key = '' AND day >= ? LIMIT 1"
    events = [id_ for day in days for id_ in column(found, day)]
    visits = [id_ for day in days for id_ in column(found.replace("''", "'mode:visit'"), day)]
    most = "SELECT name_id FROM event_participants GROUP BY name_id ORDER BY count(*) DESC LIMIT ?"
    busy = column(most, 2 * n)
    rare = column("SELECT id FROM names WHERE kind = 'person' ORDER BY id LIMIT ?", n)
    names = column("SELECT name FROM names WHERE id IN (SELECT value FROM json_each(?))", json.dumps(busy))
    codes = column("SELECT key FROM tallies WHERE scope = 'state' GROUP BY key ORDER BY sum(n) DESC LIMIT 40")
    digests = column("SELECT digest FROM reports ORDER BY digest LIMIT ?", n)
    connection.close()
    types = [entry.code for entry in load_codebook().types]

    def later(day: str, n_days: int) -> str:
        return (date.fromisoformat(day) + timedelta(n_days)).isoformat()

    def state() -> str:
        return codes[min(int(chance.paretovariate(0.8)) - 1, len(codes) - 1)]

    def asked(day: str) -> str:
        type_, actor = chance.choice(types), chance.choice(busy)
        return chance.choice(
            [
                f"type={type_}", f"actor={state()}", f"actor={state()}&type={type_}&status=planned",
                f"actor={state()}&actor={state()}", f"place=CHN&type={type_}", f"conflict=when&actor={state()}",
                f"since={day}&until={day}", f"actor={actor}&status=denied", f"level=4&type={type_}",
                f"known_by={day}&type={type_}", f"actor={actor}&actor={state()}", "mode=visit&place=hanoi",
            ]
        )  # fmt: skip

    ties = [(state(), chance.choice([*codes, *busy])) for _ in range(n)]
    words = [f"{chance.choice(WORDS)} and {chance.choice(WORDS)}" for _ in range(n - n // 2)]
    return {
        "/today": ["/today"] * (n // 2) + [f"/today?known_by={day}" for day in days[: n - n // 2]],
        "/events": [f"/events?{asked(day)}" for day in days],
        "/events/{id}": [f"/events/{id_}" for id_ in events],
        "/actors": [f"/actors?q={name.split()[-1]}" for name in names[: n - 5]] + ["/actors"] * 5,
        "/actors/{id}": [f"/actors/{id_}" for id_ in (*busy[: n // 3], *rare[: n // 3], *codes[: n // 3])],
        "/ties": [f"/ties?one={one}&other={other}" for one, other in ties if one != other],
        "/timeline": [
            chance.choice(
                [
                    "/timeline",
                    f"/timeline?type={t}",
                    f"/timeline?by=pair&actor={state()}",
                    f"/timeline?by=state&type={t}",
                    f"/timeline?since={d}&until={later(d, 1)}",
                    f"/timeline?since={d}&until={later(d, 30)}&by=status",
                    f"/timeline?since={d}&until={later(d, 900)}&actor={state()}",
                    f"/timeline?actor={chance.choice(busy)}",
                    f"/timeline?by=person&actor={state()}&since={d}&until={later(d, 60)}",
                    f"/timeline?known_by={d}&actor={state()}",
                ]
            )
            for t, d in zip(chance.choices(types, k=n), days, strict=True)
        ],
        "/network": [
            chance.choice(
                [
                    "/network?of=states",
                    f"/network?since={d}&until={later(d, 30)}",
                    f"/network?actor={state()}&of=mixed",
                    f"/network?since={d}&until={later(d, 300)}&level=4",
                    f"/network?actor={chance.choice(busy)}",
                ]
            )
            for d in days
        ],
        "/trips": [
            chance.choice([f"/trips?actor={state()}", f"/trips?place={state()}&status=planned", f"/trips?until={d}"])
            for d in days
        ],
        "/trips/{id}": [f"/trips/{visit}" for visit in visits],
        "/map": [
            chance.choice(
                [
                    "/map",
                    f"/map?type={t}",
                    f"/map?place={state()}",
                    f"/map?actor={state()}&since={d}&until={later(d, 90)}",
                    f"/map?since={d}&until={later(d, 30)}&part=asia",
                    f"/map?actor={chance.choice(busy)}",
                    f"/map?place=CHN&at=CHN/Beijing&since={d}&until={later(d, 365)}",
                    f"/map?known_by={d}&actor={state()}",
                ]
            )
            for t, d in zip(chance.choices(types, k=n), days, strict=True)
        ],
        "/search": [f"/search?q={asked}" for asked in (*names[: n // 2], *words)],
        "/reports": [
            *(f"/reports?since={day}" for day in days[: n // 2]),
            *(f"/reports?source=Outlet+{k}" for k in range(n - n // 2)),
        ],
        "/reports/{digest}": [f"/reports/{digest}" for digest in digests],
        "/sources": ["/sources"] * n,
        "/review": ["/review"] * n,
        "/api/events": [f"/api/events?actor={state()}&limit=100" for _ in range(n)],
    }


def measure(path: Path, n: int, only: str) -> bool:
    """Ask, print, and say whether all pages are within the bars."""
    asked = addresses(path, random.Random(7), n)
    fits = True
    with open_record(path, must_exist=True) as record:
        client = TestClient(make_app(record, WebSettings()), base_url="http://127.0.0.1")
        for every in addresses(path, random.Random(8), n // 2).values():  # a desk that has been used for a while
            for address in every:
                client.get(address)
        for page, every in asked.items():
            if only and page != only:
                continue
            times, work, weights = [], [], []
            for address in every:
                start, worked = time.perf_counter(), time.process_time()
                answer = client.get(address)
                times.append((1000 * (time.perf_counter() - start), address))
                work.append(1000 * (time.process_time() - worked))
                weights.append(len(answer.content))
                if answer.status_code != 200:
                    print(f"{answer.status_code} {address}", file=sys.stderr)
            times.sort()
            p95 = times[int(0.95 * (len(times) - 1))][0]
            fits &= p95 <= 150 and max(weights) <= 400_000
            line = {
                "page": page,
                "n": len(times),
                "median_ms": round(statistics.median(t for t, _ in times), 1),
                "p95_ms": round(p95, 1),
                "p95_cpu_ms": round(sorted(work)[int(0.95 * (len(work) - 1))], 1),
                "most_ms": round(times[-1][0], 1),
                "most_kb": round(max(weights) / 1000, 1),
                "slowest": times[-1][1],
            }
            print(json.dumps(line), flush=True)
    return fits


def main() -> None:
    """Make the record where it isn't there, and measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--record", default="")
    parser.add_argument("--requests", type=int, default=60)
    parser.add_argument("--only", default="")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(arguments.record or Path(folder, "made.legation"))
        if not path.exists():
            make_record(path, arguments.events)
        print(f"{path.stat().st_size / 1e9:.2f} GB", file=sys.stderr)
        sys.exit(0 if measure(path, arguments.requests, arguments.only) else 1)


if __name__ == "__main__":
    main()
