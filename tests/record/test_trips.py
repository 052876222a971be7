"""Journeys: one trip from many reports, stops in order, days that say how sure they are; the same in any order."""

import json
import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from travelling_by_hand import BERG, PETROV, SALO, Act, Person, Told, tell

from legation.record.trips import Trip, build_trips, plain_day, trips_to_json

OSLO, SOFIA = Person("Oslo", "NOR"), Person("Sofia", "BGR")
NORWAY, BULGARIA, GREECE = Person("Norway", "NOR"), Person("Bulgaria", "BGR"), Person("Greece", "GRC")

PLAN = Act(
    "Aino Salo will travel to Norway, Bulgaria and Greece from May 6 to 11.", "travel",
    who=[SALO], whom=[NORWAY, BULGARIA, GREECE], when=("May 6 to 11", "2024-05-06/2024-05-11"), status="planned",
)  # fmt: skip
ARRIVAL = Act(
    "Foreign Minister Aino Salo arrived in Oslo on Tuesday.", "arrived",
    who=[SALO], whom=[OSLO], where=("Oslo", "NOR"), when=("Tuesday", "2024-05-07"),
)  # fmt: skip
TALKS = Act(
    "Aino Salo met Nils Berg in Oslo on Wednesday.", "met", "meet",
    who=[SALO], whom=[BERG], where=("Oslo", "NOR"), when=("Wednesday", "2024-05-08"),
)  # fmt: skip
SECOND = Act(
    "Aino Salo held talks with Ivan Petrov in Sofia on Friday.", "held talks", "meet",
    who=[SALO], whom=[PETROV], where=("Sofia", "BGR"), when=("Friday", "2024-05-10"),
)  # fmt: skip
JOURNEY = (
    tell("2024-05-03", PLAN),
    tell("2024-05-07", ARRIVAL),
    tell("2024-05-08", TALKS, source="Lantern"),
    tell("2024-05-10", SECOND),
)


def stops(trip: Trip) -> list[tuple[str, str | None, str | None, str]]:
    return [(stop.country, stop.start, stop.end, stop.status) for stop in trip.stops]


def only(*told: Told) -> Trip:
    (trip,) = build_trips(told)
    return trip


def test_plan_arrival_and_talks_of_many_reports_are_one_trip_in_order() -> None:
    trip = only(*JOURNEY)
    assert (trip.traveller, trip.country, trip.office) == ("Aino Salo", "FIN", "Foreign Minister")
    assert stops(trip)[:2] == [
        ("NOR", "2024-05-07", "2024-05-08", "done"),
        ("BGR", "2024-05-10", "2024-05-10", "done"),
    ]
    assert [m.others for m in trip.stops[0].meetings] == [("Nils Berg",)]
    assert (trip.n_origins, len(trip.reports)) == (4, 4)


def test_a_stop_still_to_come_is_planned_and_its_days_are_bounds() -> None:
    last = only(*JOURNEY).stops[-1]
    assert (last.country, last.status, last.start) == ("GRC", "planned", "2024-05-10/2024-05-11")


@settings(deadline=None)
@given(st.permutations(range(len(JOURNEY))), st.lists(st.integers(0, len(JOURNEY) - 1), max_size=4))
def test_order_and_repetition_change_nothing(order: list[int], again: list[int]) -> None:
    assert build_trips(JOURNEY[n] for n in (*order, *again)) == build_trips(JOURNEY)


def test_copies_of_one_text_are_one_origin() -> None:
    report, claims = JOURNEY[2]
    copy = replace(report, id="copy", digest="other", title="Again")
    trip = only(*JOURNEY, (copy, tuple(replace(c, id=f"{c.id}x", report="copy") for c in claims)))
    assert (trip.n_origins, len(trip.reports)) == (4, 5)
    assert [m.n_origins for m in trip.stops[0].meetings] == [1]


def test_arrivals_that_disagree_are_kept() -> None:
    other = replace(ARRIVAL, sentence="Aino Salo arrived in Oslo late on Monday.", when=("Monday", "2024-05-06"))
    again = replace(ARRIVAL, sentence="On Tuesday Aino Salo arrived in Oslo by air.")
    stop = only(*JOURNEY, tell("2024-05-08", again, source="Gazette"), tell("2024-05-08", other)).stops[0]
    assert stop.start == "2024-05-07"
    assert [(d.field, d.value, d.status, d.n_origins) for d in stop.disputed] == [("start", "2024-05-06", "done", 1)]


def test_a_plan_that_came_otherwise_is_kept_as_disputed() -> None:
    plan = replace(
        PLAN, sentence="Aino Salo will visit Oslo from May 6 to 8.", trigger="visit", whom=[OSLO],
        when=("May 6 to 8", "2024-05-06/2024-05-08"),
    )  # fmt: skip
    stop = only(tell("2024-05-03", plan), tell("2024-05-08", ARRIVAL)).stops[0]
    assert (stop.start, stop.status) == ("2024-05-07", "done")
    assert ("start", "2024-05-06", "planned") in {(d.field, d.value, d.status) for d in stop.disputed}


# Where ----------------------------------------------------------------------------------------------------------


def test_a_meeting_in_a_foreign_capital_implies_a_stop_and_one_at_home_does_not() -> None:
    (trip,) = build_trips([tell("2024-05-08", TALKS)])
    assert (trip.traveller, [s.country for s in trip.stops]) == ("Aino Salo", ["NOR"])


def test_a_call_implies_no_stop() -> None:
    call = Act(
        "Aino Salo spoke with Nils Berg by telephone on Wednesday.",
        "spoke",
        "call",
        [SALO],
        [BERG],
        when=("Wednesday", "2024-05-08"),
    )
    assert build_trips([tell("2024-05-08", call)]) == []


def test_a_virtual_meeting_implies_no_stop() -> None:
    met = replace(TALKS, sentence="Aino Salo met Nils Berg virtually from Oslo on Wednesday.")
    assert build_trips([tell("2024-05-08", met)]) == []


def test_a_call_during_the_journey_stands_in_its_stop() -> None:
    call = Act(
        "Aino Salo spoke with Ivan Petrov by telephone on Wednesday.",
        "spoke",
        "call",
        [SALO],
        [PETROV],
        when=("Wednesday", "2024-05-08"),
    )
    trip = next(t for t in build_trips([*JOURNEY[:3], tell("2024-05-09", call)]) if t.traveller == "Aino Salo")
    assert ("call", ("Ivan Petrov",)) in [(m.kind, m.others) for m in trip.stops[0].meetings]


def test_a_place_that_is_talked_about_is_no_stop() -> None:
    met = Act(
        "Aino Salo met Nils Berg on Wednesday to discuss the situation in Athens.", "met", "meet",
        [SALO], [BERG], ("Athens", "GRC"), ("Wednesday", "2024-05-08"),
    )  # fmt: skip
    assert build_trips([tell("2024-05-08", met)]) == []


def test_a_third_country_beside_those_who_meet_is_a_stop_of_both() -> None:
    met = replace(
        TALKS,
        sentence="Aino Salo met Nils Berg on the sidelines of a summit in Athens on Wednesday.",
        where=("Athens", "GRC"),
    )
    trips = build_trips([tell("2024-05-08", met)])
    assert {(t.traveller, t.stops[0].country) for t in trips} == {("Aino Salo", "GRC"), ("Nils Berg", "GRC")}


def test_a_question_tells_nothing() -> None:
    asked = replace(TALKS, sentence="Will Aino Salo say that she met Nils Berg in Oslo on Wednesday?")
    assert build_trips([tell("2024-05-08", asked)]) == []


def test_who_sends_a_delegation_stays_at_home() -> None:
    sent = Act(
        "Aino Salo sent a trade delegation to Oslo on Wednesday.", "sent",
        who=[SALO], whom=[Person("trade delegation", "FIN"), OSLO], when=("Wednesday", "2024-05-08"),
    )  # fmt: skip
    assert [t.traveller for t in build_trips([tell("2024-05-08", sent)])] == ["trade delegation"]


def test_leaving_a_city_for_another_names_where_one_goes() -> None:
    left = Act(
        "Aino Salo left Oslo for Sofia on Thursday.", "left",
        who=[SALO], whom=[OSLO, SOFIA], when=("Thursday", "2024-05-09"),
    )  # fmt: skip
    trip = only(*JOURNEY[1:], tell("2024-05-09", left))
    assert [s.country for s in trip.stops] == ["NOR", "BGR"]


# When -----------------------------------------------------------------------------------------------------------


def test_a_readout_without_a_day_is_bounded_by_publication_and_says_so() -> None:
    met = replace(TALKS, sentence="Aino Salo met Nils Berg in Oslo.", when=None)
    (stop,) = only(tell("2024-05-08", met)).stops
    assert (stop.start, stop.meetings[0].when) == ("2024-05-08?", "2024-05-08?")


@pytest.mark.parametrize("words", ["last week", "earlier this year", "two months ago", "previously"])
def test_what_looks_back_has_no_day_of_publication(words: str) -> None:
    met = replace(TALKS, sentence=f"Aino Salo met Nils Berg in Oslo {words}.", when=None)
    (stop,) = only(tell("2024-05-08", met)).stops
    assert stop.start == "../2024-05-08"
    assert trips_to_json([only(tell("2024-05-08", met))])[0]["stops"][0]["start"] is None


def test_what_stands_far_below_has_no_day_of_publication() -> None:
    met = replace(TALKS, sentence="Aino Salo met Nils Berg in Oslo.", when=None)
    (stop,) = only(tell("2024-05-08", met, head="The ministry told of its work. " * 30)).stops
    assert stop.start == "../2024-05-08"


def test_an_undated_mention_joins_the_journey_that_it_means() -> None:
    met = replace(TALKS, sentence="Aino Salo met Nils Berg in Oslo last month.", when=None)
    trip = only(*JOURNEY, tell("2024-06-04", met))
    assert (stops(trip)[0][1:3], len(trip.reports)) == (("2024-05-07", "2024-05-08"), 5)


def test_a_weekday_of_something_done_is_not_ahead_of_its_report() -> None:
    misread = replace(ARRIVAL, when=("Tuesday", "2024-05-14"), rule="weekday")
    assert only(tell("2024-05-08", misread)).stops[0].start == "2024-05-07"


def test_journeys_weeks_apart_are_two() -> None:
    later = replace(TALKS, sentence="Aino Salo met Nils Berg in Oslo on June 12.", when=("June 12", "2024-06-12"))
    assert len(build_trips([*JOURNEY[1:3], tell("2024-06-12", later)])) == 2


def test_a_day_at_home_parts_two_journeys() -> None:
    home = Act(
        "Aino Salo received Nils Berg in Helsinki on Thursday.", "received", "meet",
        [SALO], [BERG], ("Helsinki", "FIN"), ("Thursday", "2024-05-09"),
    )  # fmt: skip
    trips = [t for t in build_trips([*JOURNEY[1:], tell("2024-05-09", home)]) if t.traveller == "Aino Salo"]
    assert [[s.country for s in t.stops] for t in trips] == [["NOR"], ["BGR"]]


def test_the_return_ends_the_trip() -> None:
    back = Act("Aino Salo returned home on Saturday.", "returned", who=[SALO], when=("Saturday", "2024-05-11"))
    assert only(*JOURNEY, tell("2024-05-11", back)).end == "2024-05-11"


def test_a_country_entered_again_is_two_stops() -> None:
    again = replace(
        TALKS,
        sentence="Aino Salo met Nils Berg in Bergen on Saturday.",
        where=("Bergen", "NOR"),
        when=("Saturday", "2024-05-11"),
    )
    assert [s.country for s in only(*JOURNEY[1:], tell("2024-05-12", again)).stops] == ["NOR", "BGR", "NOR"]


def test_a_visit_called_off_keeps_its_stop_as_off() -> None:
    off = replace(
        PLAN, sentence="Aino Salo called off a visit to Norway on Friday.", trigger="visit", whom=[NORWAY],
        when=("Friday", "2024-05-03"), status="off",
    )  # fmt: skip
    (stop,) = only(tell("2024-05-03", off)).stops
    assert (stop.status, stop.start) == ("off", "2024-05-03/..")


@pytest.mark.parametrize(
    ("edtf", "plain"),
    [
        (None, None),
        ("2024-05-06", "2024-05-06"),
        ("2024-05-06?", "2024-05-06"),
        ("2024-05-06/2024-05-07", "2024-05-06"),
        ("2024-05-06/2024-05-12", "2024-05"),
        ("2024-05-30/2024-06-12", "2024"),
        ("../2024-05-06", None),
        ("2024-05-06/..", None),
    ],
)
def test_json_days_are_as_precise_as_what_is_told(edtf: str | None, plain: str | None) -> None:
    assert plain_day(edtf) == plain


# Who ------------------------------------------------------------------------------------------------------------


def test_spellings_surname_and_title_are_one_traveller() -> None:
    short = replace(TALKS, sentence="Salo met Nils Berg in Oslo on Wednesday.", who=[Person("Salo", "FIN", "Minister")])
    spelt = replace(
        SECOND, sentence="Aïno Salo held talks with Ivan Petrov in Sofia on Friday.", who=[Person("Aïno Salo", "FIN")]
    )
    trip = only(JOURNEY[1], tell("2024-05-08", short), tell("2024-05-10", spelt))
    assert (trip.traveller, [s.country for s in trip.stops]) == ("Aino Salo", ["NOR", "BGR"])


def test_a_delegation_keeps_its_head() -> None:
    led = Act(
        "A parliamentary delegation led by Aino Salo arrived in Oslo on Tuesday.", "arrived",
        who=[Person("parliamentary delegation", "FIN"), SALO], whom=[OSLO], when=("Tuesday", "2024-05-07"),
    )  # fmt: skip
    bare = Act(
        "The delegation met Nils Berg in Oslo on Wednesday.", "met", "meet",
        [Person("delegation", "FIN")], [BERG], ("Oslo", "NOR"), ("Wednesday", "2024-05-08"),
    )  # fmt: skip
    trip = only(tell("2024-05-07", led), tell("2024-05-08", bare))
    assert (trip.traveller, len(trip.reports)) == ("Aino Salo", 2)
    assert trip.party == ("parliamentary delegation",)
    assert [m.others for m in trip.stops[0].meetings] == [("Nils Berg",)]


def test_a_meeting_without_its_visitor_belongs_to_the_reports_only_traveller() -> None:
    meeting = Act(
        "The meeting with Nils Berg in Oslo was friendly.", "meeting", "meet", whom=[BERG], where=("Oslo", "NOR")
    )
    (stop,) = only(tell("2024-05-08", ARRIVAL, meeting)).stops
    assert [m.others for m in stop.meetings] == [("Nils Berg",)]


def test_an_ambassador_at_the_post_is_on_no_trip() -> None:
    met = replace(TALKS, who=[Person("Aino Salo", "FIN", "ambassador to Norway")])
    assert build_trips([tell("2024-05-08", met)]) == []


def test_who_accompanies_has_the_days_of_the_one_accompanied() -> None:
    along = Act(
        "Aino Salo accompanies Prime Minister Matti Niemi to Greece.", "accompanies", "host",
        [SALO], [Person("Matti Niemi", "FIN", "Prime Minister")], ("Greece", "GRC"), status="planned",
    )  # fmt: skip
    held = Act(
        "Prime Minister Matti Niemi arrived in Athens on Tuesday.", "arrived",
        who=[Person("Matti Niemi", "FIN", "Prime Minister")], whom=[Person("Athens", "GRC")],
        when=("Tuesday", "2024-05-07"),
    )  # fmt: skip
    trips = {t.traveller: t for t in build_trips([tell("2024-05-03", along), tell("2024-05-07", held)])}
    assert trips["Aino Salo"].stops[0].start == "2024-05-07?"


def test_one_meeting_planned_and_held_and_told_twice_is_one() -> None:
    planned = replace(
        TALKS, sentence="Aino Salo is to meet Nils Berg in Oslo on Wednesday.", trigger="meet", status="planned"
    )
    again = replace(TALKS, sentence="Nils Berg met Aino Salo in Oslo.", when=None)
    (stop,) = only(
        tell("2024-05-06", planned), tell("2024-05-08", TALKS), tell("2024-05-09", again, source="Lantern")
    ).stops
    assert [(m.others, m.when, m.status, m.n_origins) for m in stop.meetings] == [
        (("Nils Berg",), "2024-05-08", "done", 3)
    ]


# Form -----------------------------------------------------------------------------------------------------------


def test_json_has_the_keys_of_the_contract() -> None:
    (trip,) = json.loads(json.dumps(trips_to_json([only(*JOURNEY)])))
    assert trip["traveller"] == "Aino Salo"
    for stop in trip["stops"]:
        assert {"country", "place", "start", "end", "status", "meetings"} <= stop.keys()
        assert stop["start"] is None or len(stop["start"]) in (4, 7, 10)


def test_ids_do_not_depend_on_the_order() -> None:
    told = list(JOURNEY)
    random.Random(7).shuffle(told)
    assert [t.id for t in build_trips(told)] == [t.id for t in build_trips(JOURNEY)]


def test_a_transcript_shows_where_its_speakers_stood() -> None:
    head = "Elysée Palace\nParis, France\n5:10 P.M. CEST\nCHANCELLOR MERKEL: Thank you for having me.\n"
    (trip,) = build_trips([tell("2021-06-18", head=head, title="Remarks by Chancellor Merkel of Germany")])
    assert (trip.traveller, trip.stops[0].country, trip.stops[0].start) == ("Angela Merkel", "FRA", "2021-06-18?")


def test_a_transcript_of_a_video_conference_shows_nothing() -> None:
    head = "Via Teleconference\nParis, France\nCHANCELLOR MERKEL: Thank you for having me.\n"
    assert build_trips([tell("2021-06-18", head=head, title="Remarks by Chancellor Merkel")]) == []


# What contradicts itself ----------------------------------------------------------------------------------------


def test_who_designates_a_delegation_does_not_travel() -> None:
    named = Act(
        "Prime Minister Matti Niemi designated a delegation to attend the ceremony in Oslo on Wednesday.", "attend",
        "multilateral", [Person("Matti Niemi", "FIN", "Prime Minister")], where=("Oslo", "NOR"),
        when=("Wednesday", "2024-05-08"),
    )  # fmt: skip
    assert build_trips([tell("2024-05-06", named)]) == []


def test_a_plan_abroad_on_a_day_at_home_names_another_day() -> None:
    home = Act(
        "Aino Salo met Nils Berg in Helsinki on Wednesday.", "met", "meet",
        [SALO], [BERG], ("Helsinki", "FIN"), ("Wednesday", "2024-05-08"),
    )  # fmt: skip
    plan = Act(
        "After the talks on Wednesday Nils Berg looked forward to welcoming Aino Salo in Oslo.", "welcoming", "host",
        [BERG], [SALO], ("Oslo", "NOR"), ("Wednesday", "2024-05-08"), "planned",
    )  # fmt: skip
    trips = {t.traveller: t for t in build_trips([tell("2024-05-08", home, plan)])}
    assert trips["Aino Salo"].stops[0].start == "2024-05-08/.."
    assert trips["Nils Berg"].stops[0].start == "2024-05-08"


def test_a_journey_that_was_announced_today_is_not_of_today() -> None:
    announced = Act(
        "Aino Salo will visit Norway, as was announced today.", "visit",
        who=[SALO], whom=[NORWAY], when=("today", "2024-05-03"), status="planned",
    )  # fmt: skip
    assert only(tell("2024-05-03", announced), *JOURNEY[1:3]).start == "2024-05-07"


def test_who_arrives_without_a_place_arrives_where_the_report_is_dated_from() -> None:
    arrived = Act("Aino Salo arrived on Tuesday.", "arrived", who=[SALO], when=("Tuesday", "2024-05-07"))
    (stop,) = only(tell("2024-05-08", arrived, head="OSLO, May 8 (Harbour) - ")).stops
    assert (stop.country, stop.start) == ("NOR", "2024-05-07")


def test_of_a_party_that_is_led_by_somebody_the_others_go_along() -> None:
    led = Act(
        "The choir Laulu headed by its chairman M. Niemi arrived in Oslo on Tuesday.", "arrived",
        who=[Person("Laulu", "FIN"), Person("Niemi", "FIN")], whom=[OSLO], when=("Tuesday", "2024-05-07"),
    )  # fmt: skip
    trip = only(tell("2024-05-07", led))
    assert (trip.traveller, trip.party) == ("Niemi", ("Laulu",))


def test_a_plan_for_some_day_of_a_week_joins_the_journey_a_few_days_later() -> None:
    plan = Act(
        "Aino Salo will travel to Oslo this week.", "travel",
        who=[SALO], whom=[OSLO], when=("this week", "2024-04-29/2024-05-05"), status="planned",
    )  # fmt: skip
    trip = only(tell("2024-04-29", plan), *JOURNEY[1:3])
    assert (trip.start, trip.n_origins) == ("2024-05-07", 3)


def test_a_courtesy_call_is_a_meeting() -> None:
    call = Act(
        "Aino Salo paid a courtesy call on Nils Berg in Oslo on Wednesday.", "courtesy call", "call",
        [SALO], [BERG], ("Oslo", "NOR"), ("Wednesday", "2024-05-08"),
    )  # fmt: skip
    (stop,) = only(tell("2024-05-08", call)).stops
    assert [(m.kind, m.others) for m in stop.meetings] == [("meeting", ("Nils Berg",))]


def test_a_name_cut_at_its_hyphen_is_read_whole() -> None:
    cut = Person("Min Song", "FIN", "Foreign Minister")
    met = Act(
        "Min Song-nam met Nils Berg in Oslo on Wednesday.", "met", "meet",
        [cut], [BERG], ("Oslo", "NOR"), ("Wednesday", "2024-05-08"),
    )  # fmt: skip
    assert only(tell("2024-05-08", met)).traveller == "Min Song-nam"


def test_nobody_makes_a_stop_at_home() -> None:
    met = Act(
        "The meeting with Nils Berg in Helsinki was friendly.", "meeting", "meet",
        whom=[BERG], where=("Helsinki", "FIN"),
    )  # fmt: skip
    trips = {t.traveller: [s.country for s in t.stops] for t in build_trips([tell("2024-05-08", ARRIVAL, met)])}
    assert trips["Aino Salo"] == ["NOR"]


# Who greets and sees off ----------------------------------------------------------------------------------------

HOST = Person("Kari Dahl", "NOR", "deputy foreign minister")
GREETED = Act(
    "Kari Dahl greeted the minister and her party.", "greeted", "host", [HOST], [Person("the minister", "FIN")]
)
LEFT = Act(
    "Aino Salo left Oslo on Friday.", "left", who=[SALO], whom=[OSLO], where=("Oslo", "NOR"),
    when=("Friday", "2024-05-10"),
)  # fmt: skip


def met(trip: Trip) -> list[tuple[str | None, tuple[str, ...]]]:
    return [(m.when, m.others) for stop in trip.stops for m in stop.meetings if m.kind == "meeting"]


def test_who_greets_a_guest_meets_her_on_the_day_of_her_arrival() -> None:
    trip = only(tell("2024-05-08", ARRIVAL, GREETED))
    assert (met(trip), trip.stops[0].place) == ([("2024-05-07", ("Kari Dahl",))], "Oslo")


@pytest.mark.parametrize(
    ("sentence", "trigger", "mode", "who", "whom"),
    [
        ("She was sent off at Oslo airport by Kari Dahl.", "sent off", "visit", HOST, SALO),
        ("She was seen off by Kari Dahl.", "seen off", "host", HOST, SALO),
        ("Kari Dahl saw her off at the airport.", "saw her off", "meet", HOST, SALO),
        ("She was seen off by Kari Dahl.", "seen off", "visit", SALO, HOST),
    ],
)
def test_who_sees_a_guest_off_meets_her_on_the_day_of_her_departure(
    sentence: str, trigger: str, mode: str, who: Person, whom: Person
) -> None:
    people = [[replace(person, words=trigger, name=person.words)] for person in (who, whom)]
    off = Act(sentence, trigger, mode, *people)
    trip = only(tell("2024-05-08", ARRIVAL), tell("2024-05-11", LEFT, off))
    assert met(trip) == [("2024-05-10", ("Kari Dahl",))]
    assert (trip.start, trip.end) == ("2024-05-07", "2024-05-10")


def test_who_meets_a_guest_at_the_airport_greets_her_and_elsewhere_meets_her() -> None:
    there = Act(
        "Kari Dahl met Aino Salo at the airport.", "met", "meet", [HOST], [SALO], ("airport", "NOR")
    )  # fmt: skip
    assert met(only(tell("2024-05-08", ARRIVAL, there))) == [("2024-05-07", ("Kari Dahl",))]
    elsewhere = replace(there, sentence="Kari Dahl met Aino Salo in Oslo.", where=("Oslo", "NOR"))
    assert met(only(tell("2024-05-09", ARRIVAL, elsewhere))) == [("2024-05-09?", ("Kari Dahl",))]


def test_officials_and_the_own_ambassador_at_the_airport_are_no_meeting() -> None:
    officials = replace(
        GREETED, sentence="Officials and the ambassador Eero Laine greeted the minister.",
        who=[Person("Officials", "NOR"), Person("Eero Laine", "FIN", "ambassador")],
    )  # fmt: skip
    assert met(only(tell("2024-05-08", ARRIVAL, officials))) == []


def test_who_is_greeted_on_coming_home_makes_no_stop() -> None:
    home = Act(
        "Aino Salo arrived in Helsinki on Saturday.", "arrived", who=[SALO], whom=[Person("Helsinki", "FIN")],
        where=("Helsinki", "FIN"), when=("Saturday", "2024-05-11"),
    )  # fmt: skip
    greeted = Act(
        "Nils Berg greeted her at the airport.", "greeted", "host", [BERG], [Person("her", "FIN", name="Aino Salo")]
    )
    trips = build_trips([tell("2024-05-12", home, greeted)])
    assert [trip for trip in trips if trip.traveller == "Aino Salo"] == []


# Sights ---------------------------------------------------------------------------------------------------------


def test_all_that_was_toured_is_named_in_full() -> None:
    toured = Act(
        "Aino Salo toured the Akershus Fortress, the Viking Ship Museum and the North Sea Fish Factory.", "toured",
        who=[SALO], whom=[Person("Akershus Fortress", "NOR"), Person("Ship Museum", "NOR"), Person("Factory", None)],
        where=("Akershus", "NOR"),
    )  # fmt: skip
    (stop,) = only(tell("2024-05-08", ARRIVAL, toured)).stops
    (visit,) = [m for m in stop.meetings if m.kind == "visit"]
    assert visit.others == ("Akershus Fortress", "North Sea Fish Factory", "Viking Ship Museum")


def test_a_monument_visited_to_lay_a_wreath_is_told_once() -> None:
    sentence = "Aino Salo visited the Akershus Memorial in Oslo to lay a wreath."
    place = ("Akershus Memorial", "NOR")
    visit = Act(sentence, "visited", who=[SALO], whom=[Person("Oslo", "NOR")], where=place)
    wreath = Act(sentence, "lay a wreath", "commemorate", who=[SALO], where=place)
    (stop,) = only(tell("2024-05-08", ARRIVAL, visit, wreath)).stops
    assert [(m.kind, m.others) for m in stop.meetings] == [("ceremony", ("Akershus Memorial",))]


def test_the_return_bounds_a_last_day_that_only_publication_bounded() -> None:
    news = replace(TALKS, sentence="Aino Salo met Nils Berg in Oslo.", when=None)
    back = Act("Aino Salo returned home on Friday.", "returned home", who=[SALO], when=("Friday", "2024-05-10"))
    (stop,) = only(tell("2024-05-07", ARRIVAL), tell("2024-05-10", news), tell("2024-05-11", back)).stops
    assert stop.end == "2024-05-10"
