"""FollowTheMoney entities: read and checked by followthemoney where it is installed, by their references always."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from legation.record import Event
from legation.views.exports.followthemoney import write_followthemoney
from legation.views.exports.source import Source


@pytest.fixture
def entities(source: Source, tmp_path: Path) -> list[dict[str, Any]]:
    assert write_followthemoney(source, tmp_path / "entities.json").n_events == 6
    return [json.loads(line) for line in (tmp_path / "entities.json").read_text(encoding="utf-8").splitlines()]


def test_an_event_leads_to_its_actors_and_reports(entities: list[dict[str, Any]], pick: Callable[..., Event]) -> None:
    by_id = {entity["id"]: entity for entity in entities}
    assert len(by_id) == len(entities)
    meeting = by_id[pick("CONSULT", "meet", "2024-03-22").id]["properties"]
    people = [by_id[id_] for id_ in meeting["involved"]]
    assert {p["properties"]["name"][0]: (p["schema"], p["properties"]["country"]) for p in people} == {
        "Kim Song Nam": ("Person", ["kp"]),
        "Wang Yi": ("Person", ["cn"]),
    }
    articles = [by_id[id_]["properties"] for id_ in meeting["proof"]]
    assert {a["publisher"][0] for a in articles} == {"Harbour Broadcasting", "Capital Courier", "The Meridian Review"}
    assert (meeting["startDate"], meeting["location"], meeting["country"]) == (
        ["2024-03-22"],
        ["Beijing, China"],
        ["cn"],
    )
    assert "2 origins, 3 reports" in meeting["description"][0]
    assert any("report friday, text 0-" in note and '"an old friend"' in note for note in meeting["notes"])
    assert any(note.startswith("conflict: the day differs: 2024-03-22, 2024-03-23") for note in meeting["notes"])


def test_a_month_stays_a_month(entities: list[dict[str, Any]], pick: Callable[..., Event]) -> None:
    (aid,) = (e["properties"] for e in entities if e["id"] == pick("AID", "economic").id)
    assert (aid["startDate"], "endDate" in aid) == (["2024-05"], False)


def test_followthemoney_keeps_every_value(entities: list[dict[str, Any]]) -> None:
    ftm = pytest.importorskip(
        "followthemoney", reason="followthemoney isn't installed: pip install 'legation[followthemoney]' (builds PyICU)"
    )
    for entity in entities:
        proxy = ftm.model.get_proxy(entity, cleaned=False)
        proxy.schema.validate(proxy.to_dict())
        for name, values in entity["properties"].items():
            assert set(proxy.get(name)) == set(values), (entity["schema"], name)
        assert proxy.caption
