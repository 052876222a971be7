"""How others code what legation records: PLOVER, CAMEO, and the codes of states in other systems.

In: crosswalk/*.csv and the codebook. Out: look-ups, read once and checked: every type and mode of the codebook has its
row, every code its meaning. PLOVER (Open Event Data Alliance) is nearest to legation's types; CAMEO is what GDELT and
ICEWS use. Neither has a status: what is only announced becomes an intention or a threat there.
"""

from dataclasses import dataclass
from functools import cache

from legation.errors import ReferenceDataError
from legation.reference.codebook import QUADS, load_codebook
from legation.reference.tables import GROUP_CODES, check_codes, read_csv, split

__all__ = [
    "CameoCode", "Coded", "Sector", "StateCodes", "cameo_codes", "code_act", "plover_scores", "quad_of", "sectors",
    "state_codes",
]  # fmt: skip

ACTS, CAMEO, PLOVER = "crosswalk/acts.csv", "crosswalk/cameo.csv", "crosswalk/plover.csv"
# PLOVER's contexts for what did not happen, or only may; an announcement that keeps its type is "future".
STATUS_CONTEXTS = {"off": "negation", "denied": "negation", "hypothetical": "hypothetical"}


@dataclass(frozen=True, slots=True)
class Coded:
    """An act as others code it.

    plover:    type, None where PLOVER codes no such act. plover_mode: "" where it has none.
    contexts:  PLOVER's contexts, as far as type, mode and status tell them.
    is_turned: whether PLOVER takes our recipient for the source: a host receives, its guest visits.
    cameo:     code.
    """

    plover: str | None
    plover_mode: str
    contexts: tuple[str, ...]
    cameo: str


@dataclass(frozen=True, slots=True)
class CameoCode:
    """A code of CAMEO; goldstein: -10 to 10, None where the published scale has no value."""

    code: str
    meaning: str
    goldstein: float | None

    @property
    def root(self) -> str:
        """The first two digits: what CAMEO calls the cue category."""
        return self.code[:2]

    @property
    def quad(self) -> int:
        """GDELT's class: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""
        return 1 + sum(int(self.root) >= first for first in (6, 9, 14))


@dataclass(frozen=True, slots=True)
class StateCodes:
    """A state's codes in other systems, "" where one has none: ISO 3166-1 alpha-2, FIPS 10-4, Correlates of War."""

    iso2: str
    fips: str
    cow: str


@dataclass(frozen=True, slots=True)
class Sector:
    """The sector of actors that act in a channel."""

    code: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Act:
    """A row of acts.csv."""

    mode: str
    context: str
    cameo_planned: str


def code_act(type_: str, mode: str | None, status: str) -> Coded:
    """Return how PLOVER and CAMEO code an act of legation's type, mode and status; KeyError for an unknown type.

    A mode that the type does not have is left out.

    >>> code_act("CONSULT", "visit", "planned").plover, code_act("CONSULT", "visit", "planned").cameo
    ('AGREE', '036')
    """
    entry = load_codebook().type(type_)
    known = next((own for own in entry.modes if own.code == mode), None)
    act = _acts()[type_, known.code if known else ""]
    done = known.cameo if known else entry.cameo
    if status == "planned" and entry.plover_planned:
        return Coded(entry.plover_planned, "", split(act.context), act.cameo_planned or done)
    contexts = split(act.context)
    if context := STATUS_CONTEXTS.get(status, "future" if status == "planned" else ""):
        contexts += (context,)
    cameo = act.cameo_planned or done if status == "planned" else done
    return Coded(entry.plover, act.mode, contexts, cameo)


def quad_of(plover: str) -> int:
    """Return PLOVER's quad code of one of its types, 1 to 4, in the order of `codebook.QUADS`."""
    return QUADS.index(load_codebook().type(plover).quad)


@cache
def _acts() -> dict[tuple[str, str], Act]:
    """Return the rows of acts.csv by type and mode; every type and mode of the codebook has one."""
    found: dict[tuple[str, str], Act] = {}
    for number, row in read_csv(ACTS):
        key = row["type"], row["mode"]
        if key in found:
            raise ReferenceDataError(f"reference/{ACTS}:{number}: {' '.join(key)} stands twice. Keep one of them.")
        found[key] = Act(row["plover_mode"], row["context"], row["cameo_planned"])
    wanted = {(t.code, mode) for t in load_codebook().types for mode in ("", *(m.code for m in t.modes))}
    for what, keys in (("missing", wanted - found.keys()), ("not in the codebook", found.keys() - wanted)):
        if keys:
            raise ReferenceDataError(f"reference/{ACTS}: {' '.join(min(keys))} is {what}. Add or delete its row.")
    return found


@cache
def cameo_codes() -> dict[str, CameoCode]:
    """Return the codes of CAMEO that acts are given."""
    codes = {
        row["code"]: CameoCode(row["code"], row["meaning"], float(row["goldstein"]) if row["goldstein"] else None)
        for _, row in read_csv(CAMEO)
    }
    used = {act.cameo_planned for act in _acts().values()} - {""}
    used |= {code for t in load_codebook().types for code in (t.cameo, *(m.cameo for m in t.modes))}
    if missing := used - codes.keys():
        raise ReferenceDataError(f"reference/{CAMEO}: code {min(missing)} is given to an act and missing. Add it.")
    return codes


@cache
def plover_scores() -> dict[str, float]:
    """Return PLOVER's score of conflict and cooperation by type, -10 to 10."""
    scores = {row["type"]: float(row["score"]) for _, row in read_csv(PLOVER)}
    if missing := {t.plover for t in load_codebook().types if t.plover} - scores.keys():
        raise ReferenceDataError(f"reference/{PLOVER}: {min(missing)} has no score. Add its row.")
    return scores


@cache
def sectors() -> dict[str, Sector]:
    """Return the sectors by channel."""
    return {row["channel"]: Sector(row["sector"], row["meaning"]) for _, row in read_csv("crosswalk/sectors.csv")}


@cache
def _state_codes() -> dict[str, StateCodes]:
    rows = list(read_csv("crosswalk/states.csv"))
    check_codes("crosswalk/states.csv", ((number, row["code"]) for number, row in rows))
    return {row["code"]: StateCodes(row["iso2"], row["fips"], row["cow"]) for _, row in rows}


def state_codes(code: str | None) -> StateCodes:
    """Return a state's codes in other systems; empty ones for no state and for UNO, EUR, IGO and NGO."""
    if not code or code in GROUP_CODES:
        return StateCodes("", "", "")
    return _state_codes()[code]
