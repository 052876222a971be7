"""Opens a record: a SQLite file (WAL) or a PostgreSQL database with the same tables.

In: a path or a postgresql:// address. Out: an engine whose tables are those of this version. Failures of disk, lock
and network become RecordErrors that say what to do; what was committed before stays whole.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from legation.errors import LegationError

__all__ = ["RecordError", "connect", "is_postgresql", "tell_failures", "writing"]

WAIT_S = 20.0  # how long to wait for another process that writes
WRITER_LOCK = 7_318_205  # PostgreSQL's advisory lock: one writer at a time, as SQLite has it by itself


class RecordError(LegationError):
    """A record that can't be opened, read or written; the message says why and what to do."""


def is_postgresql(address: str) -> bool:
    """Whether the record's address names a PostgreSQL database."""
    return address.startswith(("postgresql:", "postgres:", "postgresql+"))


def connect(address: str, *, must_exist: bool = False) -> Engine:
    """Return an engine on the record at this address, its tables made or brought to this version."""
    engine = _connect_postgresql(address) if is_postgresql(address) else _connect_sqlite(Path(address), must_exist)
    with tell_failures(address):
        _migrate(engine, address)
    return engine


def _connect_postgresql(address: str) -> Engine:
    try:
        url = make_url(address).set(drivername="postgresql+psycopg")
        wait = {} if "connect_timeout" in url.query else {"connect_timeout": int(WAIT_S)}
        return create_engine(url, poolclass=NullPool, connect_args=wait)
    except (ImportError, NoSuchModuleError) as error:
        raise RecordError("PostgreSQL needs psycopg, which isn't here. pip install 'legation[postgres]'.") from error
    except SQLAlchemyError as error:
        raise RecordError(
            f'record: expected postgresql://user@host/database, found "{address}". Correct the address.'
        ) from error


def _connect_sqlite(path: Path, must_exist: bool) -> Engine:
    if must_exist and not path.exists():
        raise RecordError(f"{path}: no record there. Make one: legation read PATH… --record {path}")
    if path.is_dir() or not path.absolute().parent.is_dir():
        found = "a folder" if path.is_dir() else "no such folder"
        raise RecordError(
            f"{path}: expected a file for the record, found {found}. Name a file in a folder that exists."
        )
    engine = create_engine(_url_of(path), poolclass=NullPool, connect_args={"timeout": WAIT_S})

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _: Any) -> None:
        # Transactions are begun by `writing`: Python's own begin too late, after the first read.
        connection.isolation_level = None
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if "readonly" not in str(error) and "unable to open" not in str(error):
                raise
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA temp_store=MEMORY")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        kind = "IMMEDIATE" if connection.get_execution_options().get("writes") else "DEFERRED"
        connection.exec_driver_sql(f"BEGIN {kind}")

    return engine


def _url_of(path: Path) -> URL:
    """The file; where nothing can be written, as one that cannot change: SQLite's WAL needs files of its own beside it.

    A WAL that tells more than the file is left to SQLite.
    """
    wal = path.with_name(path.name + "-wal")
    is_fixed = path.exists() and not os.access(path, os.W_OK) and not os.access(path.absolute().parent, os.W_OK)
    if is_fixed and os.access(path, os.R_OK) and not (wal.exists() and wal.stat().st_size):
        return URL.create("sqlite", database=f"{path.absolute().as_uri()}", query={"immutable": "1", "uri": "true"})
    return URL.create("sqlite", database=str(path))


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction of the one writer: all of it is committed, or nothing."""
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SET LOCAL lock_timeout = {max(1, int(1000 * WAIT_S))}"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": WRITER_LOCK})
        yield connection


def _migrate(engine: Engine, address: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    scripts = ScriptDirectory.from_config(config)
    newest = scripts.get_current_head()
    with engine.connect() as connection:
        present = MigrationContext.configure(connection).get_current_revision()
        if present is None:
            _refuse_strangers(connection, address)
    if present == newest:
        return
    if present is not None and present not in {script.revision for script in scripts.walk_revisions()}:
        raise RecordError(
            f"{address}: the record is of a newer version ({present}; this legation knows {newest}). "
            "Install the newer legation: pip install -U legation. Nothing was changed."
        )
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _refuse_strangers(connection: Connection, address: str) -> None:
    """A SQLite file with tables of something else is left alone."""
    if connection.dialect.name == "sqlite":
        tables = [row[0] for row in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'"))]
        if tables:
            raise RecordError(
                f"{address}: expected a record, found a database of something else (table {min(tables)}). "
                "Name another file."
            )


FAILURES = (
    ("database is locked", "another program is writing to it. Wait until it has finished, then run this again"),
    ("lock timeout", "another program is writing to it. Wait until it has finished, then run this again"),
    ("readonly database", "it can't be written (read-only file or folder). Give yourself the permission, or copy it"),
    ("read-only", "it can't be written. Give yourself the permission, or copy it"),
    ("unable to open", "it can't be opened. Check the folder and its permissions"),
    ("disk is full", "the disk is full. Make room, then run this again: what was read stays, the rest is read then"),
    ("No space left", "the disk is full. Make room, then run this again: what was read stays, the rest is read then"),
    ("disk I/O error", "the disk failed or is full. Make room, then run this again: what was read stays"),
    ("not a database", "it is no record. Name another file"),
    ("malformed", "the file is damaged. Go back to a backup (legation backup makes one)"),
    ("authentication failed", "the database refused the user or password. Correct the address"),
    ("does not exist", "the database isn't there. Make it with createdb, or correct the address"),
    ("permission denied", "the database user may not do this. Grant it CREATE on the schema"),
    ("Connection refused", "no database answers at this address. Start it, or correct the address"),
    ("failed to resolve", "no database answers at this address. Correct it"),
    ("timeout expired", "no database answers at this address. Start it, or correct the address"),
    ("connection failed", "no database answers at this address. Start it, or correct the address"),
)
LOST = "the connection to the database was lost. What was committed stays; run this again to finish the rest"


@contextmanager
def tell_failures(address: str) -> Iterator[None]:
    """Turn the database's errors into RecordErrors that say what to do."""
    shown = _without_password(address)
    try:
        yield
    except DBAPIError as error:
        words = str(error.orig)
        told = next((say for mark, say in FAILURES if mark in words), None)
        if told is None and (error.connection_invalidated or "connection" in words or "terminat" in words):
            told = LOST
        if told is None:
            raise
        raise RecordError(f"{shown}: {told}.") from error


def _without_password(address: str) -> str:
    return make_url(address).render_as_string(hide_password=True) if is_postgresql(address) else address
