"""The crosswalk: every act has its codes in PLOVER and CAMEO, every state those of other systems."""

import pytest

from legation.reference import load_codebook, states
from legation.reference.crosswalk import cameo_codes, code_act, plover_scores, quad_of, sectors, state_codes

ACTS = [(t.code, mode) for t in load_codebook().types for mode in (None, *(m.code for m in t.modes))]


@pytest.mark.parametrize("status", [status.code for status in load_codebook().statuses])
@pytest.mark.parametrize(("type_", "mode"), ACTS)
def test_every_act_has_a_code_with_meaning_and_quad(type_: str, mode: str | None, status: str) -> None:
    coded = code_act(type_, mode, status)
    assert cameo_codes()[coded.cameo].meaning
    assert coded.plover is None or (coded.plover in plover_scores() and 1 <= quad_of(coded.plover) <= 4)


@pytest.mark.parametrize(
    ("act", "plover", "mode", "cameo"),
    [
        (("CONSULT", "visit", "done"), "CONSULT", "visit", "042"),
        (("CONSULT", "visit", "planned"), "AGREE", "", "036"),
        (("CONSULT", "host", "done"), "CONSULT", "visit", "043"),
        (("AID", "military", "planned"), "AGREE", "", "0332"),
        (("RETREAT", "withdraw", "planned"), "CONCEDE", "", "0356"),
        (("ASSAULT", "strike", "planned"), "THREATEN", "", "138"),
        (("STATEMENT", "joint", "done"), None, "", "010"),
        (("SUPPORT", "visit", "done"), "SUPPORT", "", "050"),
    ],
)
def test_acts_are_coded_as_others_code_them(
    act: tuple[str, str, str], plover: str | None, mode: str, cameo: str
) -> None:
    coded = code_act(*act)
    assert (coded.plover, coded.plover_mode, coded.cameo) == (plover, mode, cameo)


def test_what_did_not_happen_is_said_in_the_context() -> None:
    assert code_act("CONSULT", "visit", "denied").contexts == ("negation",)
    assert code_act("CONSULT", "visit", "hypothetical").contexts == ("hypothetical",)
    assert code_act("REQUEST", "meet", "planned").contexts == ("future",)


@pytest.mark.parametrize(
    ("code", "quad"), [("010", 1), ("057", 1), ("061", 2), ("090", 3), ("138", 3), ("140", 4), ("195", 4)]
)
def test_classes_of_cameo_follow_its_first_digits(code: str, quad: int) -> None:
    assert cameo_codes()[code].quad == quad


def test_every_state_has_codes_and_no_code_stands_twice() -> None:
    codes = [state_codes(state.code) for state in states()]
    for found in ([c.iso2 for c in codes], [c.cow for c in codes if c.cow], [c.fips for c in codes if c.fips]):
        assert len(found) == len(set(found))
    assert all(len(c.iso2) == 2 for c in codes)
    assert (state_codes("CHN").iso2, state_codes("CHN").fips, state_codes("CHN").cow) == ("CN", "CH", "710")
    assert state_codes("UNO").iso2 == state_codes(None).iso2 == ""


def test_every_channel_has_a_sector() -> None:
    assert set(sectors()) == {"state", "party", "parliament", "military", "society"}
