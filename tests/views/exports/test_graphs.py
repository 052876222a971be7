"""Graphs of a record, read back by networkx; days that Gephi's timeline takes; an event weighs one."""

import re
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from telling_by_hand import KIM, LE, WANG, act, tell

from legation.record import Event
from legation.record.store import open_record
from legation.record.store.asking import Question
from legation.views.exports.graphs import write_gexf, write_graphml
from legation.views.exports.source import Source

networkx = pytest.importorskip("networkx")
WRITERS = {"graphml": write_graphml, "gexf": write_gexf}


def read(name: str, path: Path) -> Any:
    return networkx.read_graphml(path, force_multigraph=True) if name == "graphml" else networkx.read_gexf(path)


@pytest.mark.parametrize("name", WRITERS)
def test_networkx_reads_actors_and_events(
    name: str, source: Source, tmp_path: Path, pick: Callable[..., Event]
) -> None:
    assert WRITERS[name](source, tmp_path / "graph").n_events == 6
    graph = read(name, tmp_path / "graph")
    names = {data["label"]: data for _, data in graph.nodes(data=True)}
    assert {"Kim Song Nam", "Wang Yi", "Le Hoai Trung", "Vietnam", "China", "United Nations"} == set(names)
    assert (names["Wang Yi"]["country"], names["Wang Yi"]["level"]) == ("CHN", 4)
    meeting = pick("CONSULT", "meet", "2024-03-22")
    (edge,) = (data for *_, data in graph.edges(data=True) if data["event"] == meeting.id)
    assert (edge["origins"], edge["reports"], edge["mutual"], edge["weight"]) == (2, 3, 1, 1.0)
    assert edge["conflicts"] == "the day differs: 2024-03-22, 2024-03-23"
    assert all(f"{c.report}:text:{c.claim.sentence[0]}-" in edge["evidence"] for c in meeting.claims)
    assert (
        "黎懷忠"
        in {data["event"]: data["sentence"] for *_, data in graph.edges(data=True)}[
            pick("CONSULT", "meet", "2024-03-26").id
        ]
    )


def test_an_edge_of_gexf_is_there_on_its_days(source: Source, tmp_path: Path, pick: Callable[..., Event]) -> None:
    write_gexf(source, tmp_path / "graph.gexf")
    days = {
        d["event"]: (d.get("start"), d.get("end")) for *_, d in read("gexf", tmp_path / "graph.gexf").edges(data=True)
    }
    assert days[pick("CONSULT", "visit").id] == ("2024-03-25", "2024-03-25")
    assert days[pick("AID", "economic").id] == (None, None)
    head = (tmp_path / "graph.gexf").read_text(encoding="utf-8")
    assert re.search(r'<graph mode="dynamic" [^>]*timeformat="date">', head)


@pytest.mark.parametrize("name", WRITERS)
def test_an_event_weighs_one_however_many_took_part(name: str, tmp_path: Path) -> None:
    aide = ("Pak Chol", "PRK")
    with open_record(tmp_path / "many.legation") as record:
        record.add([tell("2024-03-24", act(who=[KIM, aide], whom=[WANG, LE], when="2024-03-23"))], reader="m")
        WRITERS[name](Source(record, Question()), tmp_path / "graph")
    weights: dict[str, float] = defaultdict(float)
    graph = read(name, tmp_path / "graph")
    for *_, data in graph.edges(data=True):
        weights[data["event"]] += data["weight"]
    assert [round(weight, 3) for weight in weights.values()] == [1.0]
    pairs = [{graph.nodes[a]["label"], graph.nodes[b]["label"]} for a, b, _ in graph.edges(data=True)]
    assert {"Kim Song Nam", "Pak Chol"} not in pairs
    assert {"Kim Song Nam", "Wang Yi"} in pairs


@pytest.mark.parametrize("name", WRITERS)
def test_signs_that_xml_cant_hold_are_left_out(name: str, tmp_path: Path) -> None:
    sentence = 'Kim Song Nam \x0bmet "Wang" & <Yi>\x00 today.'
    with open_record(tmp_path / "odd.legation") as record:
        record.add([tell("2024-03-24", act(who=[KIM], whom=[WANG], sentence=sentence))], reader="m")
        WRITERS[name](Source(record, Question()), tmp_path / "graph")
    ((*_, data),) = read(name, tmp_path / "graph").edges(data=True)
    assert data["sentence"].startswith("Kim Song Nam ")
    assert 'met "Wang" & <Yi>' in data["sentence"]


@pytest.mark.parametrize("name", WRITERS)
def test_an_empty_graph_is_a_graph(name: str, source: Source, tmp_path: Path) -> None:
    assert WRITERS[name](Source(source.record, Question(type="ASSAULT")), tmp_path / "graph").n_events == 0
    assert len(read(name, tmp_path / "graph")) == 0
