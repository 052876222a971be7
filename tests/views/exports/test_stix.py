"""A STIX 2.1 bundle, read and checked by stix2: every object is valid, every reference leads somewhere."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from legation.record import Event
from legation.views.exports.source import Source
from legation.views.exports.stix import OPENCTI_EXTENSION, write_stix

stix2 = pytest.importorskip("stix2")


@pytest.fixture
def bundle(source: Source, tmp_path: Path) -> list[dict[str, Any]]:
    assert write_stix(source, tmp_path / "bundle.json").n_events == 6
    told: dict[str, Any] = json.loads((tmp_path / "bundle.json").read_text(encoding="utf-8"))
    assert told["type"] == "bundle"
    return list(told["objects"])


def event_of(bundle: list[dict[str, Any]], event: Event) -> dict[str, Any]:
    (found,) = (o for o in bundle if o["type"] == "event" and o["x_legation_event"] == event.id)
    return found


def test_stix2_takes_every_object(bundle: list[dict[str, Any]]) -> None:
    types = set()
    for told in bundle:
        types.add(told["type"])
        if told["type"] == "event":
            continue
        about_events = told["type"] in ("relationship", "report", "note")
        made = stix2.parse(json.dumps(told), allow_custom=about_events)
        # stix2 writes `published` without its thousandths; all else it gives back as it was.
        assert json.loads(made.serialize()) | {"published": ""} == told | {"published": ""}
    assert types == {"identity", "location", "event", "relationship", "note", "report"}
    assert len({told["id"] for told in bundle}) == len(bundle)


def test_events_are_what_opencti_calls_events(bundle: list[dict[str, Any]], pick: Callable[..., Event]) -> None:
    from stix2 import properties as p

    @stix2.v21.CustomObject(
        "event",
        [
            ("name", p.StringProperty(required=True)),
            ("description", p.StringProperty()),
            ("event_types", p.ListProperty(p.StringProperty)),
            ("start_time", p.TimestampProperty()),
            ("stop_time", p.TimestampProperty()),
        ],
        OPENCTI_EXTENSION,
    )
    class OpenCtiEvent:
        pass

    events = [stix2.parse(json.dumps(told), allow_custom=True) for told in bundle if told["type"] == "event"]
    assert all(isinstance(event, OpenCtiEvent) for event in events)
    assert len({event.name for event in events}) == 6
    visit = event_of(bundle, pick("CONSULT", "visit"))
    assert (visit["start_time"], visit["stop_time"]) == ("2024-03-25T00:00:00.000Z", "2024-03-25T23:59:59.000Z")
    assert visit["name"].startswith("Kim Song Nam visits Vietnam, 2024-03-25 (e-")
    assert "start_time" not in event_of(bundle, pick("AID", "economic"))


def test_references_lead_to_objects(bundle: list[dict[str, Any]]) -> None:
    ids = {told["id"] for told in bundle}
    for told in bundle:
        refs = [told[name] for name in ("source_ref", "target_ref", "created_by_ref") if name in told]
        assert {*refs, *told.get("object_refs", ())} <= ids


def test_the_evidence_and_the_conflict_are_kept(bundle: list[dict[str, Any]], pick: Callable[..., Event]) -> None:
    meeting = pick("CONSULT", "meet", "2024-03-22")
    made = event_of(bundle, meeting)
    assert {r["source_name"] for r in made["external_references"]} == {
        "Harbour Broadcasting", "Capital Courier", "The Meridian Review",
    }  # fmt: skip
    assert any(
        "text 0-" in r["description"] and '"an old friend"' in r["description"] for r in made["external_references"]
    )
    assert (made["x_legation_origins"], made["x_legation_reports"]) == (2, 3)
    (note,) = (o for o in bundle if o["type"] == "note" and made["id"] in o["object_refs"])
    assert "2024-03-22: 1 origin, 1 report" in note["content"]
    reports = [o for o in bundle if o["type"] == "report" and made["id"] in o["object_refs"]]
    assert {r["external_references"][0].get("url") for r in reports} == {
        "https://example.org/Harb?a=1&b=2", "https://example.org/Capi?a=1&b=2", None,
    }  # fmt: skip


def test_people_are_linked_and_states_are_places(bundle: list[dict[str, Any]], pick: Callable[..., Event]) -> None:
    by_id = {told["id"]: told for told in bundle}
    visit = event_of(bundle, pick("CONSULT", "visit"))
    links = {
        (o["relationship_type"], by_id[o["source_ref"]]["name"], by_id[o["target_ref"]]["name"], o.get("description"))
        for o in bundle
        if o["type"] == "relationship" and visit["id"] in (o["source_ref"], o["target_ref"])
    }
    name = visit["name"]
    assert links == {
        ("related-to", "Kim Song Nam", name, "actor; 2 origins"),
        ("related-to", "Vietnam", name, "recipient; 2 origins"),
        ("located-at", name, "Vietnam", None),
        ("located-at", name, "Hanoi", None),
    }


def test_a_second_export_has_the_same_ids(bundle: list[dict[str, Any]], source: Source, tmp_path: Path) -> None:
    write_stix(source, tmp_path / "again.json")
    assert (tmp_path / "again.json").read_bytes() == (tmp_path / "bundle.json").read_bytes()
