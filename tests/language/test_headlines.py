"""What a report's title tells is read, and kept apart from what its text tells."""

from functools import cache

from legation.language.claim import claim_to_json
from legation.language.model import Reader
from legation.language.read import Reading, read_reports
from legation.sources.report import Published, make_report

TITLE = "North Korea’s Kim Meets Wang Yi in Beijing on Tuesday"
TEXT = "The border was closed for years. Kim Song Nam of North Korea met Wang Yi in Beijing on Tuesday."


@cache
def read(title: str = TITLE, text: str = TEXT) -> Reading:
    report = make_report(text, origin="test", published=Published("2024-03-28", "field"), title=title)
    return read_reports([report], Reader())[0]


def test_the_claims_of_a_title_are_kept_apart() -> None:
    reading = read()
    assert {claim.part for claim in reading.claims} == {"text"}
    (titled,) = (claim for claim in reading.headline if claim.type == "CONSULT")
    assert (titled.part, titled.sentence) == ("title", (0, len(TITLE)))
    assert claim_to_json(titled, TITLE)["words"] == "Meets"


def test_a_title_changes_no_claim_of_the_text() -> None:
    told = [(c.type, c.trigger, c.event) for c in read().claims]
    assert told == [(c.type, c.trigger, c.event) for c in read("North Korea and China").claims]


def test_title_and_text_tell_one_act() -> None:
    reading = read()
    (titled,) = (claim for claim in reading.headline if claim.type == "CONSULT")
    (told,) = (claim for claim in reading.claims if claim.type == "CONSULT")
    assert titled.event == told.event


def test_a_surname_in_the_title_means_whom_the_text_names_in_full() -> None:
    (titled,) = (claim for claim in read().headline if claim.type == "CONSULT")
    assert {p.name for p in (*titled.actors, *titled.recipients)} == {"Kim Song Nam", "Wang Yi"}
    assert titled.when is not None
    assert titled.when.value == "2024-03-26"


def test_a_report_without_title_has_no_headline() -> None:
    assert read("").headline == ()
