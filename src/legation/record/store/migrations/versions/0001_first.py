"""The first record: tables, and an index over the words of reports.

Written down as they were then: later versions change schema.py and add a migration beside this one.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.exc import DBAPIError

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables and the index."""
    _make_tables()
    if op.get_bind().dialect.name == "sqlite":
        _index_words_in_sqlite()
    else:
        _index_words_in_postgresql()


def _index_words_in_sqlite() -> None:
    """Trigrams find parts of words in every script; without FTS5 the search goes through all texts."""
    bind = op.get_bind()
    try:
        bind.exec_driver_sql(
            "CREATE VIRTUAL TABLE report_search "
            "USING fts5(folded, content='reports', content_rowid='n', tokenize='trigram')"
        )
    except DBAPIError:
        return
    bind.exec_driver_sql(
        "CREATE TRIGGER report_search_insert AFTER INSERT ON reports BEGIN "
        "INSERT INTO report_search(rowid, folded) VALUES (new.n, new.folded); END"
    )


def _index_words_in_postgresql() -> None:
    """The same with pg_trgm, where the database has it and lets us."""
    bind = op.get_bind()
    try:
        with bind.begin_nested():
            bind.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            bind.exec_driver_sql("CREATE INDEX reports_by_words ON reports USING gin (folded gin_trgm_ops)")
    except DBAPIError:
        return


def _make_tables() -> None:
    op.create_table(
        "conflicts",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("event", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_conflicts_digest"), "conflicts", ["digest"], unique=False)
    op.create_index(op.f("ix_conflicts_event"), "conflicts", ["event"], unique=False)
    op.create_index(op.f("ix_conflicts_field"), "conflicts", ["field"], unique=False)
    op.create_table(
        "decisions",
        sa.Column("n", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("n"),
        sa.UniqueConstraint("id"),
    )
    op.create_table(
        "events",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("when_value", sa.Text(), nullable=True),
        sa.Column("first_day", sa.String(length=10), nullable=True),
        sa.Column("last_day", sa.String(length=10), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("place_country", sa.Text(), nullable=True),
        sa.Column("reported", sa.String(length=10), nullable=True),
        sa.Column("n_claims", sa.Integer(), nullable=False),
        sa.Column("n_reports", sa.Integer(), nullable=False),
        sa.Column("n_origins", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_events_first_day"), "events", ["first_day"], unique=False)
    op.create_index(op.f("ix_events_type"), "events", ["type"], unique=False)
    op.create_table(
        "names",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("is_known", sa.Integer(), nullable=False),
        sa.Column("first", sa.String(length=10), nullable=True),
        sa.Column("last", sa.String(length=10), nullable=True),
        sa.Column("actor", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_names_actor"), "names", ["actor"], unique=False)
    op.create_index(op.f("ix_names_country"), "names", ["country"], unique=False)
    op.create_table(
        "rejected",
        sa.Column("origin_path", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("origin_path", "reason"),
    )
    op.create_table(
        "reports",
        sa.Column("n", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("origin_path", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("published_found", sa.Text(), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("retrieved", sa.Text(), nullable=True),
        sa.Column("impossible", sa.Text(), nullable=False),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("origin", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("n"),
        sa.UniqueConstraint("digest"),
    )
    op.create_index(op.f("ix_reports_day"), "reports", ["day"], unique=False)
    op.create_index(op.f("ix_reports_id"), "reports", ["id"], unique=False)
    op.create_index(op.f("ix_reports_origin"), "reports", ["origin"], unique=False)
    op.create_index(op.f("ix_reports_reader"), "reports", ["reader"], unique=False)
    op.create_table(
        "runs",
        sa.Column("n", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("started", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("n"),
    )
    op.create_table(
        "bands",
        sa.Column("band", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["digest"],
            ["reports.digest"],
        ),
        sa.PrimaryKeyConstraint("band", "digest"),
    )
    op.create_index("bands_by_digest", "bands", ["digest"], unique=False)
    op.create_table(
        "claims",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("telling", sa.String(length=32), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("sentence_start", sa.Integer(), nullable=False),
        sa.Column("sentence_end", sa.Integer(), nullable=False),
        sa.Column("trigger_start", sa.Integer(), nullable=False),
        sa.Column("trigger_end", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("place_country", sa.Text(), nullable=True),
        sa.Column("place_start", sa.Integer(), nullable=True),
        sa.Column("place_end", sa.Integer(), nullable=True),
        sa.Column("when_value", sa.Text(), nullable=True),
        sa.Column("when_start", sa.Integer(), nullable=True),
        sa.Column("when_end", sa.Integer(), nullable=True),
        sa.Column("when_rule", sa.Text(), nullable=True),
        sa.Column("said_by", sa.Text(), nullable=True),
        sa.Column("said_by_start", sa.Integer(), nullable=True),
        sa.Column("said_by_end", sa.Integer(), nullable=True),
        sa.Column("said_by_chain", sa.Text(), nullable=True),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("event_n", sa.Integer(), nullable=False),
        sa.Column("flags", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["digest"],
            ["reports.digest"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_claims_digest"), "claims", ["digest"], unique=False)
    op.create_index(op.f("ix_claims_telling"), "claims", ["telling"], unique=False)
    op.create_table(
        "copies",
        sa.Column("one", sa.String(length=64), nullable=False),
        sa.Column("other", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["one"],
            ["reports.digest"],
        ),
        sa.ForeignKeyConstraint(
            ["other"],
            ["reports.digest"],
        ),
        sa.PrimaryKeyConstraint("one", "other"),
    )
    op.create_table(
        "event_participants",
        sa.Column("event", sa.String(length=32), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("name_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["event"], ["events.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event", "role", "name_id"),
    )
    op.create_index("event_participants_by_name", "event_participants", ["name_id"], unique=False)
    op.create_table(
        "name_keys",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["name_id"],
            ["names.id"],
        ),
        sa.PrimaryKeyConstraint("key", "name_id"),
    )
    op.create_index("name_keys_by_name", "name_keys", ["name_id"], unique=False)
    op.create_table(
        "spellings",
        sa.Column("name_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["name_id"],
            ["names.id"],
        ),
        sa.PrimaryKeyConstraint("name_id", "name"),
    )
    op.create_index(op.f("ix_spellings_folded"), "spellings", ["folded"], unique=False)
    op.create_table(
        "tellings",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("points_to", sa.String(length=32), nullable=True),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("event", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["digest"],
            ["reports.digest"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_tellings_digest"), "tellings", ["digest"], unique=False)
    op.create_index(op.f("ix_tellings_event"), "tellings", ["event"], unique=False)
    op.create_index(op.f("ix_tellings_points_to"), "tellings", ["points_to"], unique=False)
    op.create_table(
        "participants",
        sa.Column("claim", sa.String(length=32), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("span_start", sa.Integer(), nullable=False),
        sa.Column("span_end", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("name_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim"],
            ["claims.id"],
        ),
        sa.PrimaryKeyConstraint("claim", "n"),
    )
    op.create_index(op.f("ix_participants_name_id"), "participants", ["name_id"], unique=False)
    op.create_table(
        "telling_keys",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("telling", sa.String(length=32), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["telling"],
            ["tellings.id"],
        ),
        sa.PrimaryKeyConstraint("key", "day", "telling"),
    )
    op.create_index("telling_keys_by_telling", "telling_keys", ["telling"], unique=False)
