"""A record as a static site: plain pages with relative links, read from a disk or any web server, without a script.

In: a Source. Out: a folder. A page for each event with every sentence that tells it, for each actor, for each report
(its sentences only: the texts belong to the outlets), for each month, and one of all conflicts. Written as the events
pass: a page that grows is begun where it is first needed and added to; only counts and names are kept. Everything that
comes from reports is escaped (jinja2), and an address becomes a link only where it is http or https.
"""

import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from legation.language.periods import read_edtf_days
from legation.record import Event
from legation.record.event import LEVELS
from legation.views.exports.source import Source, Told, days_of, evidence_of, title_of
from legation.views.exports.writing import Written, new_folder
from legation.views.record_forms import counts

__all__ = ["write_site"]

TEMPLATES = Path(__file__).with_name("templates")
UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class Row:
    """An event in a list."""

    id: str
    day: str
    month: str
    title: str
    status: str
    support: str
    disputed: bool


def write_site(source: Source, path: Path) -> Written:
    """Write the site into a new folder; its first page is index.html."""
    with new_folder(path) as folder:
        return _Site(source, folder).write()


def _row(event: Event) -> Row:
    return Row(
        event.id, event.when.value if event.when else f"told {event.reported or '?'}", _month(event), title_of(event),
        event.status, counts(event.n_origins, event.n_reports), bool(event.conflicts),
    )  # fmt: skip


def _month(event: Event) -> str:
    """The month in which an event is listed; the year where words name no more."""
    first, _ = days_of(event)
    period = (first, first) if first else read_edtf_days(event.when.value) if event.when else None
    if period is None or period[0].year != period[1].year:
        return UNDATED
    return f"{period[0]:%Y-%m}" if period[0].month == period[1].month else f"{period[0]:%Y}"


class _Site:
    """What is known of the site while it is written."""

    def __init__(self, source: Source, folder: Path) -> None:
        self.source, self.folder = source, folder
        pages = Environment(
            loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        pages.globals |= {"counts": counts, "levels": LEVELS}
        self.pages = pages
        self.lists: Any = pages.get_template("lists.html").module
        self.begun: set[Path] = set()
        self.months: Counter[str] = Counter()
        self.events_of: Counter[str] = Counter()
        self.actors: dict[str, tuple[str, str]] = {}
        self.n_events = self.n_conflicts = 0

    def write(self) -> Written:
        for name in ("events", "actors", "reports", "months"):
            (self.folder / name).mkdir()
        shutil.copyfile(TEMPLATES / "style.css", self.folder / "style.css")
        self._add(self.folder / "conflicts.html", self.lists.conflicts(), "")
        for told in self.source:
            self._write_event(told)
        self._write_fronts()
        return Written(self.n_events)

    def _write_event(self, told: Told) -> None:
        event, row = told.event, _row(told.event)
        self.n_events += 1
        self.months[row.month] += 1
        evidence = evidence_of(event)
        page = self.pages.get_template("event.html").render(event=event, title=row.title, told=told, evidence=evidence)
        (self.folder / "events" / f"{event.id}.html").write_text(page, encoding="utf-8")
        month = self.folder / "months" / f"{row.month}.html"
        self._add(month, self.lists.month(row.month), self.lists.line(row, "../"))
        self._begin_actors({p.actor for p in event.participants} - self.actors.keys())
        for actor in sorted({p.actor for p in event.participants}):
            self.events_of[actor] += 1
            self._add(self.folder / "actors" / f"{actor}.html", "", self.lists.line(row, "../"))
        for claim in evidence:
            head = self.lists.report(claim, told.citation(claim).url)
            path = self.folder / "reports" / f"{claim.digest[:16]}.html"
            self._add(path, head, self.lists.sentence(claim, row))
        for conflict in event.conflicts:
            self.n_conflicts += 1
            self._add(self.folder / "conflicts.html", "", self.lists.conflict(conflict, row))

    def _begin_actors(self, new: set[str]) -> None:
        for actor in self.source.actors(new):
            self.actors[actor.id] = (actor.name, actor.country or "")
            self._add(self.folder / "actors" / f"{actor.id}.html", self.lists.actor(actor), "")

    def _add(self, path: Path, head: str, line: str) -> None:
        """Add a line to a page, which begins with the head."""
        with path.open("a", encoding="utf-8") as stream:
            stream.write(line if path in self.begun else f"{head}{line}")
        self.begun.add(path)

    def _write_fronts(self) -> None:
        actors = sorted(
            ((id_, name, country, self.events_of[id_]) for id_, (name, country) in self.actors.items()),
            key=lambda actor: (actor[1].casefold(), actor[0]),
        )
        # The newest month first; what has no month at the end.
        months = sorted(self.months.items(), key=lambda month: (month[0] != UNDATED, month[0]), reverse=True)
        fronts: dict[str, dict[str, object]] = {
            "index.html": {
                "about": self.source.about(), "months": months, "n_events": self.n_events,
                "n_actors": len(actors), "n_conflicts": self.n_conflicts,
                "n_reports": sum(path.parent.name == "reports" for path in self.begun),
            },
            "actors.html": {"actors": actors},
        }  # fmt: skip
        for name, values in fronts.items():
            page = self.pages.get_template(name).render(**values)
            (self.folder / name).write_text(page, encoding="utf-8")
