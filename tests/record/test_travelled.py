"""Journeys of a record: with its origins, and as an analyst's rulings leave them."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from test_trips import ARRIVAL, JOURNEY, OSLO, PLAN, SALO, SECOND, TALKS
from travelling_by_hand import BERG, Act, Told, tell

from legation.language.read import Reading
from legation.record.store import Record
from legation.record.store.asking import find_actors
from legation.record.store.ruling import rule
from legation.record.store.schema import names
from legation.record.trips import Trip, build_trips


def add(record: Record, *told: Told) -> None:
    record.add([Reading(report, claims, (), ()) for report, claims in told], reader="m")


def decide(record: Record, kind: str, *ids: str, **values: str) -> str:
    with record.writing() as connection:
        return rule(connection, kind, ids, values=values, author="desk").id


def stops(trips: list[Trip]) -> list[list[tuple[str, str | None, str]]]:
    return [[(stop.country, stop.start, stop.status) for stop in trip.stops] for trip in trips]


def salo(record: Record) -> list[Trip]:
    return [trip for trip in record.trips() if trip.traveller == "Aino Salo"]


def actor(record: Record, name: str) -> str:
    with record.reading() as connection:
        return find_actors(connection, name)[0]


def event(record: Record, words: str) -> str:
    """The event that a sentence with these words tells."""
    return next(e.id for e in record.events() if any(words in c.sentence for c in e.claims))


@pytest.fixture
def desk(record: Record) -> Record:
    add(record, *JOURNEY)
    return record


def test_a_record_tells_the_trips_of_its_reports(desk: Record) -> None:
    assert desk.trips() == build_trips(JOURNEY)


def test_the_trips_of_one_person_are_those_of_the_record(desk: Record) -> None:
    group = replace(SALO, words="the delegation", office="")
    met = Act(
        "On Thursday the delegation met Nils Berg in Oslo.", "met", "meet", [group], [BERG], ("Oslo", "NOR"),
        ("Thursday", "2024-05-09"),
    )  # fmt: skip
    add(desk, tell("2024-05-09", met), tell("2024-09-02", replace(TALKS, who=[BERG], whom=[SALO], where=None)))
    assert desk.trips(actor(desk, "Aino Salo")) == salo(desk)
    assert desk.trips(actor(desk, "Nils Berg")) == [t for t in desk.trips() if t.traveller == "Nils Berg"]


def test_near_copies_are_one_origin(record: Record) -> None:
    head = (
        "The visit had been announced in the spring and concerns fishing, the cable between the two coasts, and the "
        "exchange of students, of which both governments spoke at length when they last met in Helsinki. "
    )
    told = [
        tell(
            "2024-05-08",
            replace(ARRIVAL, sentence=f"{first} Aino Salo arrived in Oslo on Tuesday."),
            head=head,
            source=s,
        )
        for first, s in (("Foreign Minister", "Wire"), ("The foreign minister", "Courier"))
    ]
    add(record, *told)
    (trip,) = salo(record)
    assert (trip.n_origins, len(trip.reports)) == (1, 2)
    assert build_trips(told) == [trip]


# Rulings ----------------------------------------------------------------------------------------------------------


def test_a_corrected_day_moves_the_stop(desk: Record) -> None:
    decide(desk, "correct", event(desk, "held talks with Ivan Petrov"), when="2024-05-09")
    assert stops(salo(desk))[0][1] == ("BGR", "2024-05-09", "done")


def test_a_corrected_stay_gives_the_first_day(record: Record) -> None:
    add(record, JOURNEY[1])
    decide(record, "correct", event(record, "arrived"), when="2024-05-04/2024-05-08")
    (trip,) = salo(record)
    assert (trip.start, trip.end) == ("2024-05-04", "2024-05-08")


@pytest.mark.parametrize(
    ("values", "country", "place"),
    [
        ({"place": "Sofia"}, "BGR", "Sofia"),
        ({"country": "GRC"}, "GRC", "Oslo"),
        ({"place": "Ny", "country": "GRC"}, "GRC", ""),
    ],
)
def test_a_corrected_place_is_the_stop(record: Record, values: dict[str, str], country: str, place: str) -> None:
    add(record, JOURNEY[1])
    decide(record, "correct", event(record, "arrived"), **values)
    ((stop,),) = ([*trip.stops] for trip in salo(record))
    assert (stop.country, stop.place) == (country, place)


def test_a_visit_that_was_called_off_by_ruling_is_off(record: Record) -> None:
    add(record, tell("2024-05-03", PLAN))
    decide(record, "correct", event(record, "will travel"), status="off")
    assert {status for trip in stops(salo(record)) for _, _, status in trip} == {"off"}


def test_a_rejected_event_tells_no_stop_until_that_is_undone(desk: Record) -> None:
    before = desk.trips()
    decision = decide(desk, "reject", event(desk, "held talks with Ivan Petrov"))
    assert all(country != "BGR" or status == "planned" for trip in stops(salo(desk)) for country, _, status in trip)
    decide(desk, "undo", decision)
    assert desk.trips() == before


LATER = Act(
    "Aino Salo arrived in Oslo on May 20.", "arrived", who=[SALO], whom=[OSLO], where=("Oslo", "NOR"),
    when=("May 20", "2024-05-20"),
)  # fmt: skip


def test_two_visits_that_are_one_are_one_trip(record: Record) -> None:
    add(record, JOURNEY[1], tell("2024-05-20", LATER))
    assert len(salo(record)) == 2
    decide(record, "same", event(record, "on Tuesday"), event(record, "on May 20"))
    (trip,) = salo(record)
    assert trip.start == "2024-05-07"


def test_one_visit_that_is_two_is_two_trips(record: Record) -> None:
    soon = replace(LATER, sentence="Aino Salo arrived in Oslo on Thursday.", when=("Thursday", "2024-05-09"))
    add(record, JOURNEY[1], tell("2024-05-09", soon))
    assert len(salo(record)) == 1
    first, second = (c.claim.id for e in record.events() for c in sorted(e.claims, key=lambda c: c.published or ""))
    decide(record, "different", first, second)
    assert [trip.start for trip in salo(record)] == ["2024-05-07", "2024-05-09"]


def test_one_meeting_that_is_two_is_two(record: Record) -> None:
    again = replace(TALKS, sentence="Aino Salo and Nils Berg talked in Oslo on Wednesday.", trigger="talked")
    add(record, tell("2024-05-08", TALKS), tell("2024-05-09", again, source="Lantern"))
    (trip,) = salo(record)
    assert len(trip.stops[0].meetings) == 1
    claims = [c.claim.id for e in record.events() for c in e.claims]
    decide(record, "different", *claims)
    (trip,) = salo(record)
    assert [m.others for m in trip.stops[0].meetings] == [("Nils Berg",)] * 2


def test_two_names_that_are_one_traveller_make_one_trip(record: Record) -> None:
    other = replace(SALO, words="Minister Laine", name="Laine", office="Minister")
    talks = replace(SECOND, sentence="Minister Laine held talks with Ivan Petrov in Sofia on Friday.", who=[other])
    add(record, JOURNEY[1], tell("2024-05-10", talks))
    ids = actor(record, "Aino Salo"), actor(record, "Laine")
    before = [trip for trip in record.trips() if trip.country == "FIN"]
    decision = decide(record, "same", *ids)
    assert [[s.country for s in t.stops] for t in record.trips() if t.country == "FIN"] == [["NOR", "BGR"]]
    decide(record, "undo", decision)
    assert [trip for trip in record.trips() if trip.country == "FIN"] == before


def test_one_name_of_two_travellers_makes_two_trips(record: Record) -> None:
    other = replace(SALO, words="Aino Maria Salo")
    talks = replace(SECOND, sentence="Aino Maria Salo held talks with Ivan Petrov in Sofia on Friday.", who=[other])
    add(record, JOURNEY[1], tell("2024-05-10", talks))
    assert len({t.traveller for t in record.trips() if t.country == "FIN"}) == 1
    with record.reading() as connection:
        ids = list(connection.scalars(select(names.c.id).where(names.c.country == "FIN", names.c.kind == "person")))
    decide(record, "different", *ids)
    assert {t.traveller for t in record.trips() if t.country == "FIN"} == {"Aino Salo", "Aino Maria Salo"}


def test_what_an_analyst_adds_is_a_stop(record: Record) -> None:
    add(record, JOURNEY[1])
    decide(
        record,
        "add",
        type="CONSULT",
        mode="visit",
        actors="Aino Salo/FIN",
        recipients="Bulgaria/BGR",
        when="2024-05-09",
    )
    assert stops(salo(record)) == [[("NOR", "2024-05-07", "done"), ("BGR", "2024-05-09", "done")]]
