"""Claims of one report that tell one act get one number."""

from dataclasses import replace

from legation.language.claim import Claim, DateReading, Participant
from legation.language.grouping import group_claims

SALO, LUND, KARI = (
    Participant((0, 4), name, code) for name, code in (("Salo", "FIN"), ("Lund", "NOR"), ("Kari", "FIN"))
)
MEETING = Claim("c-1", "r", (0, 50), (5, 8), "CONSULT", "meet", "done", (SALO,), (LUND,), None, None, None, 0.9, 0)


def events(*claims: Claim) -> list[int]:
    return [claim.event for claim in group_claims(claims)]


def test_the_same_two_meeting_again_in_the_text_is_one_act() -> None:
    assert events(MEETING, replace(MEETING, sentence=(51, 90), actors=(SALO, LUND), recipients=())) == [0, 0]


def test_another_partner_is_another_act() -> None:
    assert events(MEETING, replace(MEETING, sentence=(51, 90), recipients=(KARI,))) == [0, 1]


def test_another_day_is_another_act() -> None:
    monday, tuesday = (
        replace(MEETING, sentence=(k, k + 9), when=DateReading(day, (k, k + 3), "iso"))
        for k, day in ((0, "2024-03-25"), (60, "2024-03-26"))
    )
    assert events(monday, tuesday) == [0, 1]


def test_two_acts_of_one_sentence_stay_two() -> None:
    assert events(MEETING, replace(MEETING, trigger=(20, 24))) == [0, 1]


def test_a_visit_that_names_nobody_is_the_last_one_told() -> None:
    assert events(MEETING, replace(MEETING, sentence=(51, 90), actors=(), recipients=())) == [0, 0]
