"""Where events are found, counts of months, wordings of names: filled by the store when it opens the record."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables; what they hold is worked out from the rest."""
    op.create_table(
        "appearances",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("event", sa.String(length=32), nullable=False),
        sa.Column("last", sa.String(length=10), nullable=False),
        sa.Column("reported", sa.String(length=10), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", "day", "event"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "tallies",
        sa.Column("scope", sa.String(length=6), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "key", "month", "type", "status", "level", "channel"),
        sqlite_with_rowid=False,
    )
    op.create_index("tallies_by_month", "tallies", ["scope", "month"])
    op.create_table(
        "event_keys",
        sa.Column("event", sa.String(length=32), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("event"),
    )
    op.create_table(
        "wordings",
        sa.Column("name_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("first", sa.String(length=10)),
        sa.Column("last", sa.String(length=10)),
        sa.PrimaryKeyConstraint("name_id", "name", "office"),
        sqlite_with_rowid=False,
    )
