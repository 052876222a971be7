"""Claims of headlines: in which of a report's two texts, title or text, the offsets of a claim count."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Claims read before were all of the text."""
    op.add_column("claims", sa.Column("part", sa.String(5), nullable=False, server_default="text"))
