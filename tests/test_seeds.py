"""The two reports that the project starts from are read as an analyst would; skipped where they are not beside it."""

from functools import cache
from pathlib import Path

import pytest

from legation.language.claim import Claim
from legation.language.read import Reading
from legation.pipeline import read_paths

SEEDS = Path(__file__).parents[2] / "shared/data/seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason=f"{SEEDS} isn't there: the seeds are not part of legation")


@cache
def readings() -> dict[str, Reading]:
    """By day of publication."""
    return {r.report.published.day or "": r for r in read_paths([str(SEEDS)], workers=1) if isinstance(r, Reading)}


def claims(day: str, kind: str, mode: str | None = None) -> list[Claim]:
    return [c for c in readings()[day].claims if c.type == kind and mode in (None, c.mode)]


def people(claim: Claim) -> set[str]:
    return {p.name for p in (*claim.actors, *claim.recipients)}


def everyone(found: list[Claim]) -> set[str]:
    return set().union(*(people(c) for c in found)) if found else set()


def test_the_visit_is_told() -> None:
    assert any("Kim Song Nam" in people(c) for c in claims("2024-03-28", "CONSULT", "visit"))


@pytest.mark.parametrize(
    ("day", "partner"), [("2024-03-28", "Wang Yi"), ("2024-03-28", "Liu Jianchao"), ("2024-03-21", "Wang Huning")]
)
def test_the_meetings_are_told(day: str, partner: str) -> None:
    assert partner in everyone(claims(day, "CONSULT", "meet"))


def test_the_message_is_conveyed() -> None:
    assert "Xi Jinping" in everyone(claims("2024-03-28", "CONSULT", "message"))


def test_the_task_force_is_told() -> None:
    told = [c for c in readings()["2024-03-28"].claims if "task force" in c_sentence("2024-03-28", c)]
    assert {p.country for c in told for p in c.actors} >= {"USA", "KOR"}


def test_the_announced_tour_has_its_three_countries() -> None:
    tour = claims("2024-03-21", "CONSULT", "visit")
    assert {p.country for c in tour for p in c.recipients} >= {"CHN", "VNM", "LAO"}


def test_the_agency_and_state_media_are_the_sources_and_monday_is_resolved() -> None:
    by_agency = [c for c in readings()["2024-03-28"].claims if c.said_by and "News Agency" in c.said_by.name]
    assert by_agency
    assert any(c.said_by and c.said_by.when == "2024-03-25" for c in by_agency)
    assert any(c.said_by and "media" in c.said_by.name for c in readings()["2024-03-21"].claims)


def test_the_day_that_cannot_be_is_flagged() -> None:
    flagged = readings()["2024-03-21"].impossible
    assert [(date.value, flag) for date, flag in flagged] == [("2024-03-22", "told-before-it-was-reported")]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2024-03-28", "could be seen as a strategic move"),
        ("2024-03-28", "could lead to shifts"),
        ("2024-03-28", "could have significant implications"),
        ("2024-03-21", "far-reaching implications"),
    ],
)
def test_nothing_is_recorded_from_speculation(day: str, words: str) -> None:
    assert [c for c in readings()[day].claims if words in c_sentence(day, c)] == []


def c_sentence(day: str, claim: Claim) -> str:
    return readings()[day].report.text[slice(*claim.sentence)]
