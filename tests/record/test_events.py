"""Which claims make one event, which don't, and what an event tells where they differ."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from telling_by_hand import KIM, LE, WANG, act, tell

from legation.language.read import Reading
from legation.record import Event
from legation.record.store import Record, load_events, open_record

BLINKEN, XI, QIN = ("Antony Blinken", "USA"), ("Xi Jinping", "CHN"), ("Qin Gang", "CHN")
BEIJING, HANOI = ("Beijing", "CHN"), ("Hanoi", "VNM")


@pytest.fixture
def events_of(tmp_path: Any) -> Any:
    def gather(*readings: Reading) -> list[Event]:
        with open_record(tmp_path / "events.legation") as record:
            record.add(list(readings), reader="m")
            return list(load_events(record))

    return gather


def ids(events: Sequence[Event]) -> list[int]:
    return sorted(len(event.claims) for event in events)


def test_two_outlets_on_one_meeting_make_one_event(events_of: Any) -> None:
    (event,) = events_of(
        tell("2024-03-24", act(who=[KIM], whom=[WANG], when="2024-03-23", where=BEIJING), source="A"),
        tell(
            "2024-03-25", act(who=[("Wang Yi", "CHN")], whom=[("Kim Song-nam", "PRK")], when="2024-03-23"), source="B"
        ),
    )
    assert (event.n_origins, event.n_reports) == (2, 2)
    joined = next(c for c in event.claims if c.joined_to)
    assert joined.why[:2] == ("same persons: Kim Song Nam, Wang Yi", "same day 2024-03-23")


def test_repeated_meetings_of_one_pair_stay_apart(events_of: Any) -> None:
    events = events_of(
        *(
            tell(f"2024-03-{day}", act(who=[BLINKEN], whom=[WANG], when=f"2024-03-{day}"), source=source)
            for day in ("05", "12", "19")
            for source in "AB"
        )
    )
    assert ids(events) == [2, 2, 2]


def test_two_days_told_by_one_report_are_two_meetings(events_of: Any) -> None:
    events = events_of(
        tell(
            "2023-06-20",
            act(who=[BLINKEN], whom=[QIN], when="2023-06-18"),
            act(who=[BLINKEN], whom=[QIN], when="2023-06-19"),
        ),
        tell("2023-06-19", act(who=[BLINKEN], whom=[QIN], when="2023-06-18"), source="B"),
    )
    assert ids(events) == [1, 2]


def test_an_undated_report_joins_the_meeting_just_before_it(events_of: Any) -> None:
    events = events_of(
        tell("2023-06-19", act(who=[BLINKEN], whom=[XI], when="2023-06-19")),
        tell("2023-06-21", act(who=[("the US secretary of state", "USA")], whom=[XI]), source="B"),
        tell("2023-11-21", act(who=[BLINKEN], whom=[XI]), source="C"),
    )
    assert ids(events) == [1, 2]


def test_another_visitor_is_another_meeting(events_of: Any) -> None:
    events = events_of(
        tell("2023-07-08", act(who=[("Janet Yellen", "USA")], whom=[("Li Qiang", "CHN")], when="2023-07-07")),
        tell("2023-07-08", act(who=[BLINKEN], whom=[("Li Qiang", "CHN")], when="2023-07-07"), source="B"),
    )
    assert ids(events) == [1, 1]


def test_an_unnamed_delegation_joins_by_state_and_day(events_of: Any) -> None:
    (event,) = events_of(
        tell("2024-03-26", act(who=[KIM], whom=[LE], when="2024-03-25", where=HANOI)),
        tell(
            "2024-03-26",
            act(who=[("North Korean delegation", "PRK")], whom=[LE], when="2024-03-25", where=HANOI),
            source="B",
        ),
    )
    assert "same states: PRK" in next(c for c in event.claims if c.joined_to).why


def test_a_summary_does_not_hold_two_meetings_together(events_of: Any) -> None:
    liu = ("Liu Jianchao", "CHN")
    events = events_of(
        tell("2024-03-22", act(who=[KIM], whom=[liu], when="2024-03-21")),
        tell("2024-03-24", act(who=[KIM], whom=[WANG], when="2024-03-23"), source="B"),
        tell("2024-03-28", act(who=[KIM], whom=[liu, WANG]), source="C"),
    )
    assert ids(events) == [1, 2]


def test_an_announced_meeting_that_was_held_is_one_with_its_history(events_of: Any) -> None:
    (event,) = events_of(
        tell(
            "2024-04-20",
            act(mode="visit", who=[BLINKEN], whom=[("China", "CHN")], when="2024-04-24/2024-04-26", status="planned"),
        ),
        tell("2024-04-24", act(mode="visit", who=[BLINKEN], whom=[("China", "CHN")], when="2024-04-24"), source="B"),
    )
    assert event.status == "done"
    assert [(step.status, step.published) for step in event.history] == [
        ("planned", "2024-04-20"),
        ("done", "2024-04-24"),
    ]


def test_what_was_announced_and_never_held_is_unheard_of(events_of: Any) -> None:
    from legation.record.merging import is_unheard

    (event,) = events_of(
        tell("2023-06-14", act(mode="visit", who=[QIN], whom=[("Washington", "USA")], status="planned"))
    )
    assert is_unheard(event, "2023-12-31")
    assert not is_unheard(event, "2023-06-20")


def test_days_that_differ_by_one_are_one_meeting_and_a_conflict(events_of: Any) -> None:
    (event,) = events_of(
        tell("2024-03-27", act(who=[KIM], whom=[LE], when="2024-03-25", where=HANOI)),
        tell(
            "2024-03-27",
            act(who=[("North Korean delegation", "PRK")], whom=[LE], when="2024-03-26", where=HANOI),
            source="B",
        ),
    )
    (conflict,) = event.conflicts
    assert (conflict.field, [s.value for s in conflict.values]) == ("when", ["2024-03-25", "2024-03-26"])


def test_this_week_contradicts_no_days_within_it(events_of: Any) -> None:
    china, days, week = [("China", "CHN")], "2023-06-18/2023-06-19", "2023-06-12/2023-06-18"
    vague = tell("2023-06-14", act(mode="visit", who=[BLINKEN], whom=china, when=week, status="planned"), source="B")
    (claim,) = vague.claims
    assert claim.when
    claim = replace(claim, when=replace(claim.when, rule="turned-unit"))
    (event,) = events_of(
        tell("2023-06-14", act(mode="visit", who=[BLINKEN], whom=china, when=days, status="planned")),
        replace(vague, claims=(claim,)),
    )
    assert event.conflicts == ()


def test_held_by_one_and_denied_by_another_is_a_conflict(events_of: Any) -> None:
    (event,) = events_of(
        tell("2024-03-27", act(who=[KIM], whom=[LE], when="2024-03-25")),
        tell("2024-03-28", act(who=[KIM], whom=[LE], when="2024-03-25", status="denied"), source="B"),
    )
    assert [c.field for c in event.conflicts] == ["status"]
    assert event.status == "done"


def test_counts_that_differ_are_a_conflict(events_of: Any) -> None:
    parts = {"who": [XI], "whom": [("Aleksandar Vucic", "SRB")], "when": "2024-05-08"}
    (event,) = events_of(
        tell("2024-05-08", act("SUPPORT", "sign", sentence="Xi and Vucic signed 28 agreements on trade.", **parts)),
        tell(
            "2024-05-08",
            act("SUPPORT", "sign", sentence="Xi and Vucic signed 29 agreements on trade.", **parts),
            source="B",
        ),
    )
    (conflict,) = event.conflicts
    assert conflict.words == "the number of agreements differs: 28, 29"


def test_a_report_older_than_what_it_tells_is_a_conflict(events_of: Any) -> None:
    (event,) = events_of(
        tell(
            "2024-03-21",
            act(
                mode="visit",
                who=[KIM],
                whom=[("China", "CHN")],
                when="2024-03-22",
                flags=("told-before-it-was-reported",),
            ),
        )
    )
    (conflict,) = event.conflicts
    assert conflict.field == "published"
    assert conflict.words == "published 2024-03-21, before the day that it tells as past: 2024-03-22"


def test_copies_older_than_what_they_tell_are_one_conflict_for_each_day_of_publication(events_of: Any) -> None:
    visit = act(
        mode="visit", who=[KIM], whom=[("China", "CHN")], when="2024-03-22", flags=("told-before-it-was-reported",)
    )
    days = ("2024-03-21", "2024-03-21", "2024-03-20")
    (event,) = events_of(*(tell(day, visit, source=f"S{n}") for n, day in enumerate(days)))
    assert [(c.values[1].value, len(c.reports)) for c in event.conflicts] == [("2024-03-20", 1), ("2024-03-21", 2)]


def test_two_things_may_be_counted_in_the_same_two_ways(events_of: Any) -> None:
    parts = {"who": [XI], "whom": [("Aleksandar Vucic", "SRB")], "when": "2024-05-08"}
    told = [f"Xi and Vucic signed {n} agreements and {n} memorandums." for n in (28, 29)]
    (event,) = events_of(*(tell("2024-05-08", act("SUPPORT", "sign", sentence=s, **parts), source=s) for s in told))
    assert len({c.id for c in event.conflicts}) == 2


def test_reprints_are_one_origin(events_of: Any) -> None:
    sentence = (
        "A senior official of the ruling party met Wang Yi in Beijing on Saturday and spoke about trade, the border, "
        "and the celebrations of the coming autumn, according to the ministry's account of the meeting."
    )
    parts = {"who": [KIM], "whom": [WANG], "when": "2024-03-23", "sentence": sentence}
    (event,) = events_of(
        tell("2024-03-24", act(**parts), source="Agency"),
        tell("2024-03-25", act(**{**parts, "sentence": sentence.replace("senior", "high")}), source="Paper"),
        tell("2024-03-24", act(who=[KIM], whom=[WANG], when="2024-03-23"), source="Other"),
    )
    assert (event.n_origins, event.n_reports) == (2, 3)


def test_the_readers_grouping_within_a_report_is_kept(events_of: Any) -> None:
    events = events_of(
        tell(
            "2024-03-24",
            act(who=[KIM], whom=[WANG], when="2024-03-23", event=0),
            act(who=[KIM], whom=[WANG], event=0),
            act(who=[KIM], whom=[WANG], event=1),
        )
    )
    assert ids(events) == [1, 2]


def test_a_surname_and_an_office_mean_the_person_of_the_day(events_of: Any) -> None:
    (event,) = events_of(tell("2024-05-06", act(who=[("Chinese president", "CHN")], whom=[("Macron", "FRA")])))
    assert {p.name for p in event.participants} == {"Xi Jinping", "Emmanuel Macron"}
    assert event.level == 5


def test_party_and_state_are_told_apart(events_of: Any) -> None:
    director = ("Kim Song Nam", "PRK", "director of the International Department of the Workers' Party of Korea")
    (event,) = events_of(tell("2024-03-24", act(who=[director], whom=[("Wang Yi", "CHN", "Foreign Minister")])))
    assert {p.name: (p.channel, p.level) for p in event.participants} == {
        "Kim Song Nam": ("party", 3),
        "Wang Yi": ("state", 4),
    }


def test_what_was_known_by_a_day_leaves_out_what_came_later(tmp_path: Any) -> None:
    with open_record(tmp_path / "desk.legation") as record:
        record.add(
            [
                tell("2024-03-24", act(who=[KIM], whom=[WANG], when="2024-03-23", status="planned")),
                tell("2024-03-26", act(who=[KIM], whom=[WANG], when="2024-03-23"), source="B"),
            ],
            reader="m",
        )
        (then,) = load_events(record, known_by="2024-03-25")
        (now,) = load_events(record)
    assert (then.status, now.status) == ("planned", "done")
    assert then.id == now.id


def test_a_meeting_is_told_to_be_during_the_visit(events_of: Any) -> None:
    from legation.record.merging import is_during

    events = events_of(
        tell(
            "2023-06-20",
            act(mode="visit", who=[BLINKEN], whom=[("China", "CHN")], when="2023-06-18/2023-06-19"),
            act(who=[BLINKEN], whom=[XI], when="2023-06-19"),
            act(who=[BLINKEN], whom=[("Rishi Sunak", "GBR")], when="2023-06-20"),
        )
    )
    (visit,) = (event for event in events if event.kind == "visit")
    during = [event for event in events if is_during(event, visit)]
    assert [{p.name for p in event.participants} for event in during] == [{"Antony Blinken", "Xi Jinping"}]


def test_a_tour_of_two_states_does_not_make_one_visit_of_two(events_of: Any) -> None:
    putin, states = ("Vladimir Putin", "RUS"), [("United Arab Emirates", "ARE"), ("Saudi Arabia", "SAU")]
    events = events_of(
        *(tell("2023-12-06", act(mode="visit", who=[putin], whom=[s], when="2023-12-06"), source=s[0]) for s in states),
        tell("2023-12-07", act(mode="visit", who=[putin], whom=states, when="2023-12-06"), source="Both"),
    )
    assert ids(events) == [1, 1, 1]  # looked back on, it tells of each as much as of the other


def test_a_visit_told_twice_in_one_report_is_one(events_of: Any) -> None:
    china = ("China", "CHN")
    (event,) = events_of(
        tell(
            "2024-03-28",
            act(mode="visit", who=[KIM], whom=[china], sentence="Kim Song Nam led a delegation to China."),
            act(mode="visit", who=[KIM], whom=[china], sentence="The visit by Kim to Beijing marks a step."),
        )
    )
    assert len(event.claims) == 2


def test_headline_and_text_tell_one_meeting(events_of: Any) -> None:
    reading = tell(
        "2023-06-20",
        act(who=[("senior American diplomats", "USA")], whom=[("Chinese officials", "CHN")], where=BEIJING),
        headline=act(who=[("American diplomats", "USA")], whom=[("China", "CHN")]),
    )
    (event,) = events_of(reading)
    assert sorted(c.claim.part for c in event.claims) == ["text", "title"]


def test_a_plan_without_a_day_is_kept_by_the_visit_some_days_later(events_of: Any) -> None:
    plan = tell("2023-06-05", act(mode="visit", who=[BLINKEN], whom=[("China", "CHN")], status="planned"), source="A")
    held = tell("2023-06-16", act(mode="visit", who=[BLINKEN], whom=[("China", "CHN")]), source="B")
    (event,) = events_of(plan, held)
    assert [step.status for step in event.history] == ["planned", "done"]


def test_two_visits_told_without_days_some_days_apart_are_two(events_of: Any) -> None:
    events = events_of(
        *(tell(f"2023-06-{day}", act(mode="visit", who=[BLINKEN], whom=[("China", "CHN")])) for day in ("05", "16"))
    )
    assert ids(events) == [1, 1]


def test_a_visit_told_in_the_week_that_was_announced_is_that_visit(events_of: Any) -> None:
    week = act(mode="visit", who=[BLINKEN], whom=[("China", "CHN")], when="2023-06-12/2023-06-18", status="planned")
    held = act(mode="visit", who=[BLINKEN], whom=[("China", "CHN")])
    assert ids(events_of(tell("2023-06-08", week, source="A"), tell("2023-06-13", held, source="B"))) == [2]


def test_a_headline_that_announces_stands_against_a_mere_trip(events_of: Any) -> None:
    reading = tell(
        "2023-06-05",
        act(mode="visit", who=[BLINKEN], whom=[("China", "CHN")], event=0),
        headline=act(mode="visit", who=[BLINKEN], whom=[("China", "CHN")], status="planned", event=0),
    )
    held = tell("2023-06-16", act(mode="visit", who=[BLINKEN], whom=[("China", "CHN")]), source="B")
    assert ids(events_of(reading, held)) == [3]


def test_the_announcement_of_a_tour_is_kept_by_one_of_its_stops_which_stays_one(events_of: Any) -> None:
    states = [("Egypt", "EGY"), ("Israel", "ISR")]
    plan = tell("2023-06-02", act(mode="visit", who=[BLINKEN], whom=states, status="planned"), source="A")
    stay = tell("2023-06-05", act(mode="visit", who=[BLINKEN], whom=states[:1]), source="B")
    (event,) = events_of(plan, stay)
    assert {p.country for p in event.participants} == {"USA", "EGY"}


def test_the_host_named_with_the_guest_is_no_traveller(events_of: Any) -> None:
    lula, lavrov = ("Luiz Inácio Lula da Silva", "BRA"), ("Sergey Lavrov", "RUS")
    events = events_of(
        tell("2023-04-17", act(mode="visit", who=[lavrov, lula], whom=[("Brazil", "BRA")]), source="A"),
        tell("2023-04-17", act(mode="visit", who=[lavrov], whom=[("Brazil", "BRA")]), source="B"),
    )
    assert ids(events) == [2]


def test_ministers_of_two_states_in_one_breath_are_both_sides(events_of: Any) -> None:
    qin, lavrov = ("Qin Gang", "CHN"), ("Sergey Lavrov", "RUS")
    events = events_of(
        tell("2023-04-17", act(who=[("Chinese and Russian foreign ministers", "CHN")]), source="A"),
        tell("2023-04-17", act(who=[qin], whom=[lavrov]), source="B"),
    )
    assert ids(events) == [2]


def test_a_second_person_whose_state_is_unknown_makes_another_meeting(events_of: Any) -> None:
    delegation = ("bipartisan delegation", "USA")
    events = events_of(
        tell("2023-04-05", act(who=[("Ida Rosen", None), delegation], whom=[WANG]), source="A"),
        tell("2023-04-05", act(who=[BLINKEN], whom=[WANG]), source="B"),
    )
    assert ids(events) == [1, 1]


def test_a_sentence_that_names_nobody_has_the_sides_of_its_headline(events_of: Any) -> None:
    told = tell(
        "2023-09-21",
        act(mode="visit", sentence="It is the first visit since the war began."),
        headline=act("SUPPORT", "praise", sentence="China welcomes Syrian president for summit"),
    )
    visit = tell("2023-09-21", act(mode="visit", who=[("Bashar al-Assad", "SYR")], whom=[("China", "CHN")]), source="B")
    assert 2 in ids(events_of(told, visit))


def test_the_office_behind_a_state_in_a_headline_means_its_holder(events_of: Any) -> None:
    told = tell(
        "2023-08-17",
        act(mode="visit", who=[("Iran", "IRN")], whom=[("Saudi Arabia", "SAU")]),
        headline=act("SUPPORT", "praise", sentence="Iranian FM hails ties"),
    )
    other = tell("2023-08-19", act(mode="visit", who=[("Ebrahim Raisi", "IRN")], whom=[("Saudi Arabia", "SAU")]))
    assert len(ids(events_of(told, other))) == 3  # the minister's visit is not the president's


def test_a_trip_told_without_its_host_holds_no_two_visits_together(events_of: Any) -> None:
    putin = ("Vladimir Putin", "RUS")
    stays = [
        tell(f"2023-12-0{n}", act(mode="visit", who=[putin], whom=[(state, code)]), source=state)
        for n, (state, code) in enumerate([("Egypt", "EGY"), ("Saudi Arabia", "SAU")], 6)
    ]
    vague = tell("2023-12-07", act(mode="visit", who=[putin], sentence="The trip is part of a series."), source="C")
    assert ids(events_of(*stays, vague)) == [1, 2]


def test_a_visit_of_another_month_is_no_news_of_today(events_of: Any) -> None:
    old = act(mode="visit", who=[BLINKEN], whom=[("China", "CHN")], when="2022-07")
    new = act(mode="visit", who=[BLINKEN], whom=[("China", "CHN")])
    assert ids(events_of(tell("2023-06-18", old, source="A"), tell("2023-06-19", new, source="B"))) == [1, 1]


def test_a_plan_called_off_is_one_visit_though_only_offices_are_named(events_of: Any) -> None:
    plan = act(mode="visit", who=[("Governor of the region", "CHN")], whom=[("Britain", "GBR")], status="planned")
    off = act(
        mode="visit", who=[("China's governor", "CHN")], whom=[("Britain", "GBR")], status="off", when="2023-02-16"
    )
    assert ids(events_of(tell("2023-02-13", plan, source="A"), tell("2023-02-15", off, source="B"))) == [2]


def test_the_guest_of_a_host_is_the_traveller(record: Record) -> None:
    told = (
        act("CONSULT", "host", who=[("China", "CHN")], whom=[KIM], when="2024-03-23"),
        act("CONSULT", "visit", who=[KIM], whom=[("China", "CHN")], when="2024-03-23"),
    )
    record.add([tell("2024-03-24", act_, source=f"Outlet {n}") for n, act_ in enumerate(told)], reader="m")
    (visit,) = record.events()
    assert [(p.role, p.name) for p in visit.participants] == [("actor", "Kim Song Nam"), ("recipient", "China")]
