"""The tables of the record, the same in SQLite and PostgreSQL.

Stored as received: reports, claims and their participants, rejected sources, decisions, runs. Worked out from them and
kept so that asking is quick: origins, tellings with their keys and pointers, names with their actors, events,
conflicts. Deleting the second kind and running `rebuild` gives them back, row for row.
"""

from sqlalchemy import BigInteger, Column, Float, ForeignKey, Index, Integer, MetaData, String, Table, Text

__all__ = [
    "bands",
    "claims",
    "conflicts",
    "copies",
    "decisions",
    "event_participants",
    "events",
    "metadata",
    "name_keys",
    "names",
    "participants",
    "rejected",
    "reports",
    "runs",
    "spellings",
    "telling_keys",
    "tellings",
]

metadata = MetaData()
SERIAL = BigInteger().with_variant(Integer, "sqlite")

# One row a content. `id`, `origin_path`, `url`, `retrieved`: where several sources hold the same, the smallest, so that
# the order of reading does not show. `impossible`: dates that can't be as told, [start, end, value, flag] as
# JSON. `folded`: the text as it is searched. `reader`: digest of the model that read it.
reports = Table(
    "reports",
    metadata,
    Column("n", SERIAL, primary_key=True, autoincrement=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("id", Text, nullable=False, index=True),
    Column("origin_path", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("published", Text),
    Column("published_found", Text, nullable=False),
    Column("day", String(10), index=True),
    Column("language", Text, nullable=False),
    Column("url", Text),
    Column("retrieved", Text),
    Column("impossible", Text, nullable=False),
    Column("reader", Text, nullable=False, index=True),
    Column("origin", String(64), nullable=False, index=True),
)
rejected = Table(
    "rejected",
    metadata,
    Column("origin_path", Text, primary_key=True),
    Column("reason", Text, primary_key=True),
)
runs = Table(
    "runs",
    metadata,
    Column("n", SERIAL, primary_key=True, autoincrement=True),
    Column("started", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("reader", Text, nullable=False),
    Column("settings", Text, nullable=False),
)
# `part`: "text" or "title", in which the offsets of a claim and its participants count.
claims = Table(
    "claims",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("digest", String(64), ForeignKey("reports.digest"), nullable=False, index=True),
    Column("telling", String(32), nullable=False, index=True),
    Column("part", String(5), nullable=False),
    Column("type", Text, nullable=False),
    Column("mode", Text),
    Column("status", Text, nullable=False),
    Column("sentence_start", Integer, nullable=False),
    Column("sentence_end", Integer, nullable=False),
    Column("trigger_start", Integer, nullable=False),
    Column("trigger_end", Integer, nullable=False),
    Column("place", Text),
    Column("place_country", Text),
    Column("place_start", Integer),
    Column("place_end", Integer),
    Column("when_value", Text),
    Column("when_start", Integer),
    Column("when_end", Integer),
    Column("when_rule", Text),
    Column("said_by", Text),
    Column("said_by_start", Integer),
    Column("said_by_end", Integer),
    Column("said_by_chain", Text),
    Column("score", Float, nullable=False),
    Column("event_n", Integer, nullable=False),
    Column("flags", Text, nullable=False),
)
participants = Table(
    "participants",
    metadata,
    Column("claim", String(32), ForeignKey("claims.id"), primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("role", Text, nullable=False),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("country", Text),
    Column("office", Text, nullable=False),
    Column("name_id", String(32), nullable=False, index=True),
)
bands = Table(
    "bands",
    metadata,
    Column("band", BigInteger, primary_key=True),
    Column("digest", String(64), ForeignKey("reports.digest"), primary_key=True),
    Column("day", Integer, nullable=False),
    Index("bands_by_digest", "digest"),
)
copies = Table(
    "copies",
    metadata,
    Column("one", String(64), ForeignKey("reports.digest"), primary_key=True),
    Column("other", String(64), ForeignKey("reports.digest"), primary_key=True),
)
# `points_to`: the telling that this one was joined to, null for one that stands for its event; `content`: the Telling
# as JSON, so that candidates are judged without reading their claims.
tellings = Table(
    "tellings",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("digest", String(64), ForeignKey("reports.digest"), nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("points_to", String(32), index=True),
    Column("score", Float, nullable=False),
    Column("why", Text, nullable=False),
    Column("event", String(32), nullable=False, index=True),
)
telling_keys = Table(
    "telling_keys",
    metadata,
    Column("key", Text, primary_key=True),
    Column("day", Integer, primary_key=True),
    Column("telling", String(32), ForeignKey("tellings.id"), primary_key=True),
    Column("days", Integer, nullable=False),
    Index("telling_keys_by_telling", "telling"),
)
# A name as reports write it, with the post that they give it; `actor` is the smallest id among the names of one actor.
names = Table(
    "names",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("kind", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("country", Text, index=True),
    Column("category", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("level", Integer, nullable=False),
    Column("is_known", Integer, nullable=False),
    Column("first", String(10)),
    Column("last", String(10)),
    Column("actor", String(32), nullable=False, index=True),
)
name_keys = Table(
    "name_keys",
    metadata,
    Column("key", Text, primary_key=True),
    Column("name_id", String(32), ForeignKey("names.id"), primary_key=True),
    Index("name_keys_by_name", "name_id"),
)
spellings = Table(
    "spellings",
    metadata,
    Column("name_id", String(32), ForeignKey("names.id"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("folded", Text, nullable=False, index=True),
)
events = Table(
    "events",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("type", Text, nullable=False, index=True),
    Column("mode", Text),
    Column("kind", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("when_value", Text),
    Column("first_day", String(10), index=True),
    Column("last_day", String(10)),
    Column("place", Text),
    Column("place_country", Text),
    Column("reported", String(10)),
    Column("n_claims", Integer, nullable=False),
    Column("n_reports", Integer, nullable=False),
    Column("n_origins", Integer, nullable=False),
)
event_participants = Table(
    "event_participants",
    metadata,
    Column("event", String(32), ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("role", Text, primary_key=True),
    Column("name_id", String(32), primary_key=True),
    Index("event_participants_by_name", "name_id"),
)
conflicts = Table(
    "conflicts",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("event", String(32), nullable=False, index=True),
    Column("digest", String(64), nullable=False, index=True),
    Column("field", Text, nullable=False, index=True),
    Column("content", Text, nullable=False),
)
decisions = Table(
    "decisions",
    metadata,
    Column("n", SERIAL, primary_key=True, autoincrement=True),
    Column("id", String(32), nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("content", Text, nullable=False),
)
