"""Grades of outlets and reports; indexes by outlet and by score."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table and the indexes."""
    op.create_table(
        "grades",
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("grade", sa.String(length=1), nullable=False),
        sa.PrimaryKeyConstraint("about"),
    )
    op.create_index("reports_by_source", "reports", ["source", "day"])
    op.create_index("claims_by_score", "claims", ["score"])
