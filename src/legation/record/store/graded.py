"""Grades of outlets and reports, as the decisions in force set them; kept in a table that queries join.

In: decisions of the kind "grade". Out: rows by what is graded, and the events whose best values may turn with them.
"""

from collections.abc import Iterable

from sqlalchemy import Column, Connection, Index, String, Table, Text, delete, insert, select

from legation.record.decision import Decision
from legation.record.store.appearances import appearances
from legation.record.store.decided import in_force, log
from legation.record.store.rows import chunks
from legation.record.store.schema import claims, metadata, reports, tellings

__all__ = ["GRADED", "events_of_grades", "grades", "write_grades"]

GRADED = ("source", "report", "reliability", "credibility")

# `about`: "source NAME" or "report DIGEST"; `grade`: A to F, or 1 to 6.
grades = Table(
    "grades",
    metadata,
    Column("about", Text, primary_key=True),
    Column("grade", String(1), nullable=False),
)
Index("reports_by_source", reports.c.source, reports.c.day)
Index("claims_by_score", claims.c.score)


def grade_of(decision: Decision) -> tuple[str, str]:
    """What a decision grades, as in the table, and how."""
    values = dict(decision.values)
    if values.get("source"):
        return f"source {values['source']}", values["reliability"]
    return f"report {values['report']}", values["credibility"]


def write_grades(connection: Connection) -> None:
    """Write the grades that stand: of several for one thing the latest."""
    held = dict(grade_of(d) for d in in_force(log(connection)) if d.kind == "grade")
    connection.execute(delete(grades))
    if held:
        connection.execute(insert(grades), [{"about": about, "grade": grade} for about, grade in sorted(held.items())])


def events_of_grades(connection: Connection, decisions: Iterable[Decision]) -> set[str]:
    """Return the disputed events that outlets or reports of these decisions tell."""
    found: set[str] = set()
    for about, _ in (grade_of(d) for d in decisions if d.kind == "grade"):
        kind, _, name = about.partition(" ")
        own = reports.c.source == name if kind == "source" else reports.c.digest == name
        disputed = select(appearances.c.event).where(appearances.c.key == "conflict")
        query = (
            select(tellings.c.event)
            .join(reports, reports.c.digest == tellings.c.digest)
            .where(own, tellings.c.event.in_(disputed))
        )
        found |= set(connection.scalars(query))
    return found


def grades_of(connection: Connection, abouts: Iterable[str]) -> dict[str, str]:
    """Return the grades of some outlets or reports, by how the table calls them."""
    held: dict[str, str] = {}
    for some in chunks(abouts):
        rows = connection.execute(select(grades).where(grades.c.about.in_(some)))
        held |= {row.about: row.grade for row in rows}
    return held
