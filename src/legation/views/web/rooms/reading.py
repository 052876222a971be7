"""Read: files dropped, text pasted, an address named; progress while they are read; what came of it."""

import shutil
import tempfile
import threading
from dataclasses import replace
from pathlib import Path, PurePath
from typing import Any

from sqlalchemy import func, select

from legation.errors import LegationError
from legation.record.store.schema import reports
from legation.views.web.actions import Act, action
from legation.views.web.address import Ask, Filter, check_day
from legation.views.web.desk import Desk
from legation.views.web.faults import bad_request, not_found
from legation.views.web.listing import Column, Listing
from legation.views.web.readings import Reading
from legation.views.web.room import Page, room
from legation.views.web.rooms.reports import REPORT_COLUMNS

MOST_SHOWN = 200


READING_COLUMNS: tuple[Column[Reading], ...] = (
    Column("id", lambda r: r.id, link=lambda r: f"/read/{r.id}"),
    Column("what", lambda r: r.what),
    Column("state", lambda r: r.state),
    Column("new", lambda r: r.n_new),
    Column("known", lambda r: r.n_known),
    Column("claims", lambda r: r.n_claims),
    Column("rejected", lambda r: len(r.rejected)),
)
REJECTED_COLUMNS: tuple[Column[tuple[str, str]], ...] = (
    Column("where", lambda r: r[0]),
    Column("reason", lambda r: r[1]),
)


@room("/read", "Read", nav="Read", key="w", place=100)
def read(ask: Ask) -> Page:
    """Drop files, paste text or name an address: they are read into the record."""
    held = list(ask.desk.readings.held.values())[::-1]
    return Page(
        "read.html",
        "Read",
        (Listing("readings", "Read since the desk was started", READING_COLUMNS, held, empty="Nothing yet."),),
    )


@room("/read/{id}", "Reading", filters=(Filter("part", "Part", "choice", (("progress", "progress"),), hidden=True),))
def one_reading(ask: Ask) -> Page:
    """How a reading goes, and what came of it."""
    reading = ask.desk.readings.held.get(ask.path["id"])
    if reading is None:
        raise not_found(
            "No reading of this number since the desk was started.", "The reports are in the record: see the reader."
        )
    row = reports.c
    query = select(row.digest, row.id, row.published, row.source, row.title, row.url, row.language, row.origin)
    with ask.desk.reading() as connection:
        found = connection.execute(
            query.where(row.n > reading.before, row.n <= reading.last).order_by(row.n).limit(MOST_SHOWN)
        ).all()
    lists = (
        Listing("reports", "New reports", REPORT_COLUMNS, found if reading.is_over else (), empty="Nothing new."),
        Listing("rejected", "Could not be read", REJECTED_COLUMNS, reading.rejected, empty="Everything was read."),
    )
    about = {
        "id": reading.id,
        "state": reading.state,
        "new": reading.n_new,
        "known": reading.n_known,
        "words": reading.words,
    }
    template = "progress.html" if ask.get("part") else "reading.html"
    return Page(template, f"Reading {reading.what}", lists, about, {"reading": reading})


@action("/read")
def start(act: Act) -> str:
    """Begin to read what a form brought."""
    day, source = act.get("date"), act.get("source")
    if day:
        check_day("date", day)
    folder = Path(tempfile.mkdtemp(prefix="legation-read-"))
    paths, what = _received(act, folder)
    if not paths:
        folder.rmdir()
        raise bad_request(
            "There is nothing to read; nothing was changed.", "Choose files, paste text or name an address."
        )
    readings = act.desk.readings
    reading = Reading(str(next(readings.numbers)), what)
    readings.put(reading)
    threading.Thread(target=_run, args=(act.desk, reading, paths, folder, day, source), daemon=True).start()
    return f"/read/{reading.id}"


def _received(act: Act, folder: Path) -> tuple[list[str], str]:
    """Write files and pasted text down; return what is to be read, and what to call it."""
    paths = []
    for number, (name, content) in enumerate(act.files):
        # Only the last part of a name, in a folder of its own: no name of a file leads elsewhere.
        own = folder / str(number)
        own.mkdir()
        kept = PurePath(name.replace("\\", "/")).name[-120:].replace("\0", "") or "file"
        (own / kept).write_bytes(content)
        paths.append(str(own / kept))
    if text := act.get("text"):
        (folder / "pasted.txt").write_text(text, encoding="utf-8")
        paths.append(str(folder / "pasted.txt"))
    if url := act.get("url"):
        if not url.lower().startswith(("http://", "https://")):
            raise bad_request(f"url: expected an address that begins with http, found “{url[:80]}”.")
        paths.append(url)
    names = [
        *(name for name, _ in act.files[:3]),
        *(["pasted text"] if act.get("text") else []),
        *([act.get("url")] if act.get("url") else []),
    ]
    return paths, ", ".join(names)[:120] + (f" and {len(act.files) - 3} more" if len(act.files) > 3 else "")


def _run(desk: Desk, reading: Reading, paths: list[str], folder: Path, day: str, source: str) -> None:
    """Read in the background, one after another; the reading held by the desk says how far it is."""
    from legation.pipeline import read_into_record
    from legation.sources import SourceOptions

    readings = desk.readings
    with readings.one_at_a_time:
        now = replace(reading, state="reading", before=_last(desk))
        readings.put(now)

        def told(added: Any) -> None:
            nonlocal now
            now = replace(now, n_new=now.n_new + added.n_new, n_claims=now.n_claims + added.n_claims)
            readings.put(now)

        def refused(item: Any) -> None:
            nonlocal now
            where = item.origin.removeprefix(str(folder)).lstrip("/")
            now = replace(now, rejected=(*now.rejected, (where, item.reason)))
            readings.put(now)

        try:
            options = SourceOptions(default_date=day, default_source=source)
            added = read_into_record(paths, desk.record, options=options, workers=1, told=told, refused=refused)
            now = replace(now, state="read", n_new=added.n_new, n_known=added.n_known, n_claims=added.n_claims)
        except LegationError as error:
            now = replace(now, state="failed", words=str(error))
        except Exception as error:
            now = replace(
                now, state="failed", words=f"The reading failed ({type(error).__name__}). What was committed stays."
            )
            raise
        finally:
            readings.put(replace(now, last=_last(desk)))
            shutil.rmtree(folder, ignore_errors=True)


def _last(desk: Desk) -> int:
    with desk.reading() as connection:
        return connection.scalar(select(func.max(reports.c.n))) or 0
