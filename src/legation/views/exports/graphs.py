"""Who dealt with whom, as a graph: GraphML and GEXF; the second with days, for the timeline of Gephi.

In: a Source. Out: one file. Nodes are actors, edges are events: one for each pair that an event is between, so that two
actors have as many edges as events. An edge's `weight` is 1 divided by the pairs of its event: an event weighs one,
however many took part. Written by hand, node by node and edge by edge: the events are gone through twice and never
held. Both formats are read as directed; `mutual` marks the acts that have no direction.

GEXF is version 1.2, `timeformat` "date", an interval for each edge: what Gephi and networkx both open.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations, product
from pathlib import Path
from typing import TextIO
from xml.sax.saxutils import escape, quoteattr

from legation.record import Actor, Event
from legation.views.exports.pairs import is_mutual
from legation.views.exports.source import Source, Told, days_of, sides_of, title_of
from legation.views.exports.writing import Written, new_file

__all__ = ["write_gexf", "write_graphml"]

Kind = str  # "string", "integer", "double": the names that GEXF has; GraphML calls an integer "int"


@dataclass(frozen=True, slots=True)
class Edge:
    """One event between two actors (ids); weight: its share of the event."""

    source: str
    target: str
    weight: float
    told: Told


@dataclass(frozen=True, slots=True)
class Attribute:
    """Something that is written of every node, or of every edge."""

    name: str
    kind: Kind
    value: Callable[[Edge], object]


NODE_ATTRIBUTES: tuple[tuple[str, Kind, Callable[[Actor], object]], ...] = (
    ("kind", "string", lambda actor: actor.kind),
    ("country", "string", lambda actor: actor.country),
    ("channel", "string", lambda actor: actor.channel),
    ("level", "integer", lambda actor: actor.level),
    ("spellings", "string", lambda actor: "; ".join(s.name for s in actor.spellings)),
)


def _day(event: Event, n: int) -> str | None:
    day = days_of(event)[n]
    return day.isoformat() if day else None


EDGE_ATTRIBUTES = (
    Attribute("event", "string", lambda e: e.told.event.id),
    Attribute("title", "string", lambda e: title_of(e.told.event)),
    Attribute("type", "string", lambda e: e.told.event.type),
    Attribute("mode", "string", lambda e: e.told.event.mode),
    Attribute("status", "string", lambda e: e.told.event.status),
    Attribute("mutual", "integer", lambda e: int(is_mutual(e.told.event))),
    Attribute("when", "string", lambda e: e.told.event.when and e.told.event.when.value),
    Attribute("first_day", "string", lambda e: _day(e.told.event, 0)),
    Attribute("last_day", "string", lambda e: _day(e.told.event, 1)),
    Attribute("reported", "string", lambda e: e.told.event.reported),
    Attribute("place", "string", lambda e: e.told.event.place and e.told.event.place.value),
    Attribute("place_country", "string", lambda e: e.told.event.place_country),
    Attribute("origins", "integer", lambda e: e.told.event.n_origins),
    Attribute("reports", "integer", lambda e: e.told.event.n_reports),
    Attribute("outlets", "string", lambda e: "; ".join(dict.fromkeys(c.source for c in e.told.event.claims))),
    Attribute(
        "evidence", "string", lambda e: "; ".join(
            f"{c.report}:{c.claim.part}:{c.claim.sentence[0]}-{c.claim.sentence[1]}" for c in e.told.event.claims)
    ),
    Attribute("sentence", "string", lambda e: e.told.event.claims[0].sentence),
    Attribute("conflicts", "string", lambda e: "; ".join(c.words for c in e.told.event.conflicts)),
)  # fmt: skip


def _edges(told: Told) -> Iterator[Edge]:
    """The pairs of an event: from those who act to those to whom they do it, or across the sides of a mutual act."""
    event = told.event
    ours, theirs = sides_of(event)
    if theirs:
        pairs = [(a.actor, b.actor) for a, b in product(ours, theirs)]
    elif is_mutual(event):
        people = list(combinations(ours, 2))
        pairs = [(a.actor, b.actor) for a, b in people if a.country != b.country] or [
            (a.actor, b.actor) for a, b in people
        ]
    else:
        pairs = []
    pairs = list(dict.fromkeys(pair for pair in pairs if pair[0] != pair[1]))
    for one, other in pairs:
        yield Edge(one, other, round(1 / len(pairs), 6), told)


def _actors(source: Source) -> tuple[set[str], int]:
    """The actors of all events, and the number of events."""
    ids: set[str] = set()
    n_events = 0
    for told in source:
        n_events += 1
        ids.update(p.actor for p in told.event.participants)
    return ids, n_events


def _text(value: object) -> str:
    """A value as XML text, without the signs that XML can't hold."""
    text = "" if value is None else str(value)
    return escape("".join(sign for sign in text if sign in "\t\n" or (sign >= " " and sign not in "\ufffe\uffff")))


# GraphML -----------------------------------------------------------------------------------------------------

GRAPHML_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
"""


def write_graphml(source: Source, path: Path) -> Written:
    """Write GraphML: actors and the events between them, in the order of days."""
    with new_file(path) as stream:
        ids, n_events = _actors(source)
        stream.write(GRAPHML_HEAD)
        _graphml_keys(stream)
        about = "; ".join(f"{name}: {value}" for name, value in source.about().items())
        stream.write(f'<graph edgedefault="directed"><desc>{_text(about)}</desc>\n')
        for actor in source.actors(ids):
            values = [("label", actor.name), *((name, value(actor)) for name, _, value in NODE_ATTRIBUTES)]
            stream.write(f"<node id={quoteattr(actor.id)}>{_graphml_data('n', values)}</node>\n")
        for told in source:
            for n, edge in enumerate(_edges(told)):
                values = [("weight", edge.weight), *((a.name, a.value(edge)) for a in EDGE_ATTRIBUTES)]
                ends = f"source={quoteattr(edge.source)} target={quoteattr(edge.target)}"
                stream.write(f'<edge id="{told.event.id}-{n}" {ends}>{_graphml_data("e", values)}</edge>\n')
        stream.write("</graph>\n</graphml>\n")
    return Written(n_events)


def _graphml_keys(stream: TextIO) -> None:
    nodes = [("label", "string"), *((name, kind) for name, kind, _ in NODE_ATTRIBUTES)]
    edges = [("weight", "double"), *((a.name, a.kind) for a in EDGE_ATTRIBUTES)]
    for prefix, what, names in (("n", "node", nodes), ("e", "edge", edges)):
        for name, kind in names:
            kind = "int" if kind == "integer" else kind
            stream.write(f'<key id="{prefix}_{name}" for="{what}" attr.name="{name}" attr.type="{kind}"/>\n')


def _graphml_data(prefix: str, values: list[tuple[str, object]]) -> str:
    return "".join(
        f'<data key="{prefix}_{name}">{_text(value)}</data>' for name, value in values if value not in (None, "")
    )


# GEXF --------------------------------------------------------------------------------------------------------

GEXF_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">
<meta><creator>{creator}</creator><description>{about}</description></meta>
<graph mode="dynamic" defaultedgetype="directed" timeformat="date">
"""


def write_gexf(source: Source, path: Path) -> Written:
    """Write GEXF 1.2: as GraphML, each edge with its first and last day; an edge without a day is there always."""
    with new_file(path) as stream:
        ids, n_events = _actors(source)
        about = source.about()
        words = "; ".join(f"{name}: {value}" for name, value in about.items())
        stream.write(GEXF_HEAD.format(creator=_text(about["made_by"]), about=_text(words)))
        _gexf_attributes(stream, "node", [(name, kind) for name, kind, _ in NODE_ATTRIBUTES])
        _gexf_attributes(stream, "edge", [(a.name, a.kind) for a in EDGE_ATTRIBUTES])
        stream.write("<nodes>\n")
        for actor in source.actors(ids):
            values = [(f"n{k}", value(actor)) for k, (_, _, value) in enumerate(NODE_ATTRIBUTES)]
            stream.write(
                f"<node id={quoteattr(actor.id)} label={_attribute(actor.name)}>{_gexf_values(values)}</node>\n"
            )
        stream.write("</nodes>\n<edges>\n")
        for told in source:
            for n, edge in enumerate(_edges(told)):
                stream.write(_gexf_edge(edge, f"{told.event.id}-{n}"))
        stream.write("</edges>\n</graph>\n</gexf>\n")
    return Written(n_events)


def _gexf_attributes(stream: TextIO, what: str, names: list[tuple[str, Kind]]) -> None:
    stream.write(f'<attributes class="{what}" mode="static">\n')
    for n, (name, kind) in enumerate(names):
        stream.write(f'<attribute id="{what[0]}{n}" title="{name}" type="{kind}"/>\n')
    stream.write("</attributes>\n")


def _gexf_edge(edge: Edge, id_: str) -> str:
    first, last = (_day(edge.told.event, n) for n in (0, 1))
    days = f' start="{first}" end="{last}"' if first else ""
    values = [(f"e{k}", attribute.value(edge)) for k, attribute in enumerate(EDGE_ATTRIBUTES)]
    ends = f"source={quoteattr(edge.source)} target={quoteattr(edge.target)}"
    return f'<edge id="{id_}" {ends} weight="{edge.weight}"{days}>{_gexf_values(values)}</edge>\n'


def _gexf_values(values: list[tuple[str, object]]) -> str:
    told = "".join(
        f'<attvalue for="{name}" value={_attribute(value)}/>' for name, value in values if value not in (None, "")
    )
    return f"<attvalues>{told}</attvalues>"


def _attribute(value: object) -> str:
    """A value as a quoted attribute; what `_text` has escaped is not escaped again."""
    return '"' + _text(value).replace('"', "&quot;").replace("\n", " ").replace("\t", " ") + '"'
