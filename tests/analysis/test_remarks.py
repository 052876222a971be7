"""Remarks of reports: anniversaries, years, hosts of forums, returns and silences, each with its sentence."""

import pytest

from legation.analysis.remarks import GIVEAWAYS, Remark, read_remarks
from legation.sources.report import Published, make_report


def read(text: str, *, title: str = "", published: str = "2024-05-06") -> list[Remark]:
    report = make_report(text, origin="by hand", published=Published(published, "field"), title=title)
    return read_remarks([(report, [])])


@pytest.mark.parametrize(
    ("text", "parties", "years", "when"),
    [
        ("Norway and Chile mark 60 years of diplomatic relations this year.", ("NOR", "CHL"), 60, "2024"),
        (
            "The visit comes before the 75th anniversary of Polish-Indian diplomatic relations.",
            ("POL", "IND"),
            75,
            "2024",
        ),
        ("Next year is the 50th anniversary of the treaty between Peru and Japan.", ("PER", "JPN"), 50, "2025"),
        ("In 2025 Cuba and Kenya celebrate the 30th anniversary of diplomatic ties.", ("CUB", "KEN"), 30, "2025"),
    ],
)
def test_anniversaries_are_read_with_their_parties(text: str, parties: tuple[str, ...], years: int, when: str) -> None:
    (remark,) = read(text)
    assert (remark.kind, remark.parties, remark.years, remark.when) == ("anniversary", parties, years, when)
    assert remark.quote.sentence == text


def test_a_verb_left_out_still_counts_years() -> None:
    remarks = read("Ghana and Brazil mark 60 years of diplomatic relations this year, Togo and Brazil 55.")
    assert {(r.parties, r.years) for r in remarks} == {(("GHA", "BRA"), 60), (("TGO", "BRA"), 55)}


def test_the_two_countries_are_those_of_the_lead() -> None:
    text = (
        "Ghana's president received the Brazilian minister.\n\nThe two countries mark 60 years of diplomatic relations."
    )
    assert [r.parties for r in read(text, title="Brazilian minister in Accra")] == [("BRA", "GHA")]


def test_the_two_countries_stay_open_where_the_lead_names_three() -> None:
    text = "Ghana, Togo and Brazil met.\n\nThe two countries mark 60 years of diplomatic relations."
    assert [r.parties for r in read(text)] == [()]


@pytest.mark.parametrize(
    "text",
    ["It was his 70th birthday.", "Crowds marked the 80th anniversary of the liberation.", "He is 75 years of age."],
)
def test_other_anniversaries_are_nobodys_tie(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("Designating 2025 as the year of Malaysian-Thai friendship was the minister's idea.", "2025"),
        ("Malaysia and Thailand have named 2024 their year of friendship.", "2024"),
    ],
)
def test_named_years_are_read(text: str, when: str) -> None:
    (remark,) = read(text)
    assert (remark.kind, remark.when, set(remark.parties)) == ("year", when, {"MYS", "THA"})


@pytest.mark.parametrize(
    ("text", "host", "when"),
    [
        ("Laos hosts the ASEAN Regional Forum in July.", "LAO", "2024-07"),
        ("With Peru hosting this year's East Asia Summit, much is new.", "PER", "2024"),
        ("The ASEAN Regional Forum met under the chairmanship of the Thai minister.", "THA", "2024"),
        ("The ASEAN Regional Forum met in silence. Next year Malaysia takes the chair.", "MYS", "2025"),
    ],
)
def test_hosts_of_forums_are_read(text: str, host: str, when: str) -> None:
    (remark,) = read(text)
    assert (remark.kind, remark.host, remark.when) == ("forum", host, when)


def test_a_hosted_guest_is_no_forum() -> None:
    assert read("Laos hosted the Thai prime minister on Monday.") == []


@pytest.mark.parametrize(
    ("text", "parties", "when"),
    [
        ("It was the first visit of a Greek minister to Turkey in five years.", ("GRC", "TUR"), "2019~"),
        ("It was the first Greek-Turkish summit since 2016.", ("GRC", "TUR"), "2016"),
        ("Iran reopened its embassy in Qatar, seven years after it was closed.", ("IRN", "QAT"), "2017~"),
        (
            "The trip marks Cuba's re-engagement with the African Union after years of isolation.",
            ("CUB", "African Union"),
            "",
        ),
    ],
)
def test_returns_are_read_with_the_time_of_the_gap(text: str, parties: tuple[str, ...], when: str) -> None:
    (remark,) = read(text)
    assert (remark.kind, remark.parties, remark.when) == ("return", parties, when)


@pytest.mark.parametrize(
    "text",
    [
        "Greece and Turkey could hold the first summit since 2016.",
        "Greece and Turkey agreed to restore diplomatic relations.",
        "It is the first trip of the Greek minister to Turkey since he took office in 2023.",
        "Greece and Turkey have not restored diplomatic relations.",
    ],
)
def test_what_is_open_denied_or_a_beginning_is_no_return(text: str) -> None:
    assert [r for r in read(text) if r.kind == "return"] == []


def test_told_silences_are_read() -> None:
    (remark,) = read("No Greek minister has been to Turkey since 2018.")
    assert (remark.kind, set(remark.parties), remark.when) == ("silence", {"GRC", "TUR"}, "2018")


def test_the_place_of_a_dateline_is_no_party() -> None:
    (remark,) = read("BEIJING, May 6 (Wire) - It was the first Greek-Turkish summit since 2016.")
    assert remark.parties == ("GRC", "TUR")


def test_undated_reports_tell_no_year() -> None:
    report = make_report("Laos hosts the ASEAN Regional Forum.", origin="by hand", published=Published(None))
    assert read_remarks([(report, [])]) == []


def test_giveaways_find_every_remark() -> None:
    texts = (
        "Norway and Chile mark 60 years of diplomatic relations this year.",
        "Malaysia and Thailand have named 2024 their year of friendship.",
        "Laos hosts the ASEAN Regional Forum in July.",
        "It was the first Greek-Turkish summit since 2016.",
        "No Greek minister has been to Turkey since 2018.",
    )
    assert all(any(word in text.lower() for word in GIVEAWAYS) for text in texts if read(text))
