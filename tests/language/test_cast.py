"""Within a report, offices, bodies and pronouns mean the figures named before."""

import pytest

from legation.language.cast import Cast, Meant
from legation.language.words import find_words


def make_cast(source: str = "Harbour Broadcasting", states: tuple[str, ...] = ()) -> Cast:
    return Cast(day="2024-03-28", source=source, states=states)


def split(text: str) -> list[str]:
    return [text[a:b] for a, b in find_words(text)]


def meet(cast: Cast, text: str, name: str, kind: str = "PER", at: int = 0) -> None:
    words, wanted = split(text), split(name)
    first = next(k for k in range(len(words)) if words[k : k + len(wanted)] == wanted)
    cast.meet(words, (first, first + len(wanted)), kind, at)


def mean(cast: Cast, text: str, at: int = 1000, speaker: Meant | None = None) -> list[tuple[str, str | None]]:
    return [(m.name, m.country) for m in cast.resolve(split(text), at, [], speaker=speaker)]


def test_an_office_means_the_last_person_who_was_given_it() -> None:
    cast = make_cast()
    meet(cast, "Finnish Foreign Minister Aino Salo arrived", "Aino Salo", at=10)
    meet(cast, "Norwegian Prime Minister Per Lund waited", "Per Lund", at=60)
    assert mean(cast, "foreign minister") == [("Aino Salo", "FIN")]
    assert mean(cast, "prime minister") == [("Per Lund", "NOR")]


def test_a_state_is_no_person() -> None:
    cast = make_cast()
    meet(cast, "Iran's foreign minister arrived .", "Iran's")
    (meant,) = cast.resolve(split("Iran's foreign minister"), 1000, [((0, 2), "PER")], speaker=None)
    assert (meant.name, meant.country) == ("Iran's foreign minister", "IRN")


def test_a_surname_means_the_full_name() -> None:
    cast = make_cast()
    meet(cast, "Finnish Foreign Minister Aino Salo arrived", "Aino Salo", at=10)
    meet(cast, "Salo spoke", "Salo", at=90)
    words = split("Salo")
    assert cast.resolve(words, 90, [((0, 1), "PER")], speaker=None)[0].name == "Aino Salo"


def test_a_state_in_the_words_keeps_offices_of_other_states_out() -> None:
    cast = make_cast()
    meet(cast, "Finnish Foreign Minister Aino Salo arrived", "Aino Salo", at=10)
    assert mean(cast, "Swedish foreign minister") == [("Swedish foreign minister", "SWE")]


def test_he_and_she_follow_what_titles_say() -> None:
    cast = make_cast()
    meet(cast, "Queen Astrid of Denmark came", "Astrid", at=10)
    meet(cast, "King Olav of Norway waited", "Olav", at=40)
    assert mean(cast, "she")[0][0] == "Astrid"
    assert mean(cast, "he")[0][0] == "Olav"


@pytest.mark.parametrize("words", ["they", "two leaders", "both sides", "two ministers"])
def test_plural_words_mean_both_parties_of_the_last_act(words: str) -> None:
    cast = make_cast()
    one, other = Meant("Aino Salo", "FIN", "", "PER"), Meant("Per Lund", "NOR", "", "PER")
    cast.remember([one], [other], 50)
    assert mean(cast, words) == [("Aino Salo", "FIN"), ("Per Lund", "NOR")]


def test_first_person_means_who_speaks() -> None:
    cast = make_cast()
    assert mean(cast, "we", speaker=Meant("Per Lund", "NOR", "", "PER")) == [("Per Lund", "NOR")]


def test_capitals_are_no_pronoun() -> None:
    assert mean(make_cast(), "US") == [("US", "USA")]


def test_the_government_of_a_state_agency_is_that_state() -> None:
    assert mean(make_cast(source="KCNA"), "government")[0][1] == "PRK"


def test_an_acronym_means_its_expansion() -> None:
    cast = make_cast()
    cast.learn_acronyms("The Nordic Harbour Union (NHU) met.")
    assert mean(cast, "NHU")[0][0] == "Nordic Harbour Union"


def test_some_country_is_none_of_those_told_before() -> None:
    cast = make_cast(states=("CHN",))
    assert cast.resolve(split("European country"), 100, [], speaker=None, before="a")[0].country is None
