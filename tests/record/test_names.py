"""Whom a participant's words mean, and which names are one person's."""

from collections.abc import Callable

import pytest
from telling_by_hand import act, tell

from legation.record.mention import is_same_name, rank_of, read_mention
from legation.record.origins import bands_of, is_copy, shingles_of
from legation.record.store import Record
from legation.record.store.asking import find_actors, read_actors

KINDS = [
    ("delegation", "PRK", "group"),
    ("Chinese president", "CHN", "person"),
    ("Beijing", "CHN", "state"),
    ("U.S. government", "USA", "state"),
    ("Belarusian foreign ministry", "BLR", "body"),
    ("Workers' Party of Korea", "PRK", "body"),
    ("NATO", "IGO", "organisation"),
    ("Aino Salo", "FIN", "person"),
    ("senior Canadian diplomat", "CAN", "group"),
    ("Choe Son-hui of North Korea", "PRK", "person"),
    ("Iran's", "IRN", "state"),
    ("Japanese PM", "JPN", "person"),
]


@pytest.mark.parametrize(("name", "country", "kind"), KINDS)
def test_words_tell_what_kind_of_actor_they_mean(name: str, country: str, kind: str) -> None:
    assert read_mention(name, country, "", "2024-05-06").kind == kind


def test_names_that_a_missing_full_stop_joined_mean_the_second() -> None:
    assert read_mention("Assad Ebrahim Raisi", "IRN", "", "2023-05-03").name == "Ebrahim Raisi"
    assert read_mention("Gordon Brown Rishi Sunak", "GBR", "", "2022-11-10").name == "Rishi Sunak"
    assert read_mention("Mahamat Idriss Déby", "TCD", "", "2022-11-10").name == "Mahamat Idriss Déby"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("maxim ryzhenkov", "maxim ryzhanku", True),
        ("kim song nam", "kim song nam", True),
        ("kim song nam", "kim jong nam", False),
        ("kim song", "kim song nam", False),
        ("vladimir putin", "vladimir vladimirovich putin", True),
        ("idris deby", "mahamat idris deby", False),
    ],
)
def test_spellings_join_and_brothers_stay_apart(one: str, other: str, same: bool) -> None:
    assert is_same_name(tuple(one.split()), tuple(other.split())) is same


def test_spellings_by_another_alphabet_or_romanisation_are_one() -> None:
    one, other = (read_mention(name, "UKR", "", "2024-05-06") for name in ("Zelensky", "Volodymyr Zelenskyy"))
    assert one.form == other.form


@pytest.mark.parametrize(
    ("office", "level", "channel"),
    [
        ("Foreign Minister", 4, "state"),
        ("Deputy Foreign Minister", 3, "state"),
        ("President", 5, "state"),
        ("ambassador to Laos", 2, "state"),
        ("director of the International Department of the Workers' Party of Korea", 3, "party"),
        ("speaker of parliament", 4, "parliament"),
        ("army commander", 3, "military"),
        ("", 0, ""),
    ],
)
def test_offices_tell_level_and_channel(office: str, level: int, channel: str) -> None:
    rank = rank_of(office)
    assert (rank.level, rank.channel) == (level, channel)


def actors_named(record: Record, name: str) -> int:
    with record.reading() as connection:
        return len(find_actors(connection, name))


Add = Callable[..., None]


def test_two_people_of_one_name_stay_two_where_their_states_differ(record: Record) -> None:
    record.add(
        [
            tell("2024-03-24", act(who=[("Lee Min Ho", "KOR", "lawmaker")])),
            tell("2024-03-24", act(who=[("Lee Min Ho", "PRK", "director")]), source="B"),
        ],
        reader="m",
    )
    assert actors_named(record, "Lee Min Ho") == 2


def test_two_people_of_one_name_stay_two_where_their_offices_differ(record: Record) -> None:
    record.add(
        [
            tell("2024-03-24", act(who=[("Lee Min Ho", "KOR", "ambassador to Laos")])),
            tell("2024-03-26", act(who=[("Lee Min Ho", "KOR", "army general")]), source="B"),
        ],
        reader="m",
    )
    assert actors_named(record, "Lee Min Ho") == 2


def test_a_career_is_one_person_with_dated_offices(record: Record) -> None:
    record.add(
        [
            tell("2020-03-24", act(who=[("Lee Min Ho", "KOR", "ambassador to Laos")])),
            tell("2020-09-01", act(who=[("Lee Min-ho", "KOR", "ambassador to Laos")]), source="C"),
            tell("2024-03-26", act(who=[("Lee Min-ho", "KOR", "army general")]), source="B"),
        ],
        reader="m",
    )
    with record.reading() as connection:
        (actor,) = read_actors(connection, find_actors(connection, "Lee Min-ho"))
    offices = {(o.name, o.first, o.last) for o in actor.offices}
    assert ("ambassador to Laos", "2020-03-24", "2020-09-01") in offices
    assert {s.name for s in actor.spellings} == {"Lee Min Ho", "Lee Min-ho"}


def test_an_unknown_name_becomes_an_actor_whose_spellings_join(record: Record) -> None:
    record.add(
        [
            tell("2024-07-24", act(who=[("Maksim Ryzhankou", "BLR")])),
            tell("2024-07-25", act(who=[("Maxim Ryzhenkov", "BLR")]), source="B"),
            tell("2024-07-26", act(who=[("Ryzhenkov", "BLR")]), source="C"),
        ],
        reader="m",
    )
    assert actors_named(record, "Ryzhenkov") == 1


def test_a_surname_that_two_bear_joins_neither(record: Record) -> None:
    record.add(
        [
            tell("2024-07-24", act(who=[("Aino Salo", "FIN")])),
            tell("2024-07-25", act(who=[("Pekka Salo", "FIN")]), source="B"),
            tell("2024-07-26", act(who=[("Salo", "FIN")]), source="C"),
        ],
        reader="m",
    )
    with record.reading() as connection:
        found = [a.name for a in read_actors(connection, find_actors(connection, "Salo"))]
    assert found == ["Salo"]


def test_copies_share_bands_and_words() -> None:
    text = "The two ministers met in Beijing on Monday and agreed to open the border for trade in grain. " * 3
    one, other = shingles_of(text + " Agency."), shingles_of(text.replace("grain", "rice") + " Paper.")
    assert is_copy(one, other)
    assert set(bands_of(one)) & set(bands_of(other))
    assert not is_copy(one, shingles_of("Quite another report about the harvest and the price of bread in the south."))
