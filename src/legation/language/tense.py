"""Whether the clause around a time expression tells what was, or what is to come.

In: a text and the place of the expression. Out: "past", "future", or None where no word decides.
The idea: the verb or noun nearest before the expression decides ("will meet on Monday"); if there is none in the
clause, the first one after it ("On Monday, he left"). It needs no parser, so it can run before the model does;
a caller that knows an event's status says so instead (`read_dates(..., futures=...)`).
"""

import re
from typing import Literal

__all__ = ["Tense", "read_tense"]

Tense = Literal["past", "future"]

# How far a cue may stand from the expression, in characters: about two lines; beyond that it is another clause.
_REACH_BEFORE = 160
_REACH_AFTER = 90

_REPORTING = r"said|says|told|reported|announced|added|noted|according\ to|declared|warned|stated|confirmed"
_FUTURE = r"""
    will | shall | won['’]t | would | might | may | could(?!\ not|n['’]t)
  | going\ to | to\ be | about\ to | aims?\ to | plans?\ (?:to|for) | due\ (?:on|in|by|out)
  | (?:is|are|was|were|be)\ (?:due|set|to|likely|bound)\b(?!\ to\ the)
  | scheduled | slated | expect(?:s|ed|ing)? | planned | planning | intends? | proposed
  | upcoming | forthcoming | deadline | effective | expires?
  | (?:agreed|agree|hope[sd]?|hoping|want[sed]*|invit(?:es|ed|ation)|decided|pledged|vowed|promised|promises|wish\w*
     |prepar\w+|ready|willing|set|call(?:s|ed|ing)?\ (?:for|on)\ [\w\ ]{1,40})\ to
  | arrives | leaves | departs | begins | starts | opens | meets | visits | travels | heads | flies | resumes | hosts
  | takes\ (?:place|office|effect) | (?<!to\ )(?<!not\ )meet
  | (?:is|are)\ (?:heard|held|opened|signed|released|launched)
"""
_PAST = rf"""
    (?:{_REPORTING}) | had\ been\ (?:due|scheduled|set|expected|planned)(?:\ to\ \w+)?
  | was | were | had | did | been | met | held | took | came | went | made | gave | left | sent | began | broke
  | brought | flew | spoke | won | lost | fell | rose | saw | drew | ran | shot | hit | led | paid | set\ (?:up|off)
  | became | got | found | kept | put | withdrew | wrote | struck | fought | swore | grew | sought | bought | sold
  | caught | stood | chose | drove | rode | stole | threw | felt | dealt | meant | built | lent | spent | tore | hid
  | sank | set | blew | knew | shook | seen | gone | taken | given | known | shown | laid | let | cut
  | after | following | since | [a-z]+(?<!e)ed | agreed | freed | decreed
"""
_CUES = re.compile(rf"(?<![\w'’])(?:(?P<future>{_FUTURE})|(?P<past>{_PAST}))(?![\w])|(?P<short>['’]ll)\b", re.X)
_REPORTS = re.compile(rf"(?:{_REPORTING})$", re.X)
_CLAUSE_BREAK = re.compile(r"[;:—\"“”]|``|''|--")
_OPEN_END = re.compile(
    r"\b(?:by|until|till|no later than|as (?:soon|early) as|ahead of)\s+(?:the\s+)?"
    r"(?:early\s+|late\s+|end\s+of\s+|mid-?)?(?:\d[\d:]*\s*[ap]\.?m\.?\s*(?:[A-Z]{2,4},?\s*)?)?$",
    re.I,
)
# "Monday's talks" are past even where the clause is not ("will look into"), unless one of these stands before.
_BEFORE_NEXT = re.compile(r"\b(?:before|for|at|in|attend|skip|join|miss)\s+(?:the\s+)?$|^\s*$")
_STAYED = re.compile(r"\b(?:stayed|remained|lasted|continued|ruled|served|worked|lived)\b[^,]*$")
_LEFT_OFF = re.compile(r",\s+(?:\w+\s+){1,4}(?:had|was|were)\b")
_TELLS_WHEN_SAID = re.compile(r"(?:['’]s)?\s*(?:that\b|[,:]|$|\"|“|``|it\b|he\b|she\b|they\b|the\b)")


def read_tense(text: str, sentence: tuple[int, int], start: int, end: int) -> Tense | None:
    """Return the tense in which `sentence` tells what happens at the expression [start, end)."""
    before = text[max(sentence[0], start - _REACH_BEFORE) : start]
    after = text[end : min(sentence[1], end + _REACH_AFTER)]
    if _OPEN_END.search(before):
        return "past" if _STAYED.search(before) or _LEFT_OFF.match(after) else "future"
    before, after = _CLAUSE_BREAK.split(before)[-1], _CLAUSE_BREAK.split(after, maxsplit=1)[0]
    earlier = list(_CUES.finditer(before))
    later = _CUES.search(after)
    if later and not after[: later.start()].strip():
        return _tense_of(later)
    if after.startswith(("'s", "’s")) and not _BEFORE_NEXT.search(before):
        return "past"
    if not earlier:
        return _tense_of(later) if later else None
    cue = earlier[-1]
    if later and _is_carried(cue, before, after) and _tense_of(later) == "future":
        return "future"
    return _tense_of(cue)


def _tense_of(cue: re.Match[str]) -> Tense:
    return "past" if cue["past"] else "future"


def _is_carried(cue: re.Match[str], before: str, after: str) -> bool:
    """Return whether the reporting verb before only carries the clause that the expression belongs to."""
    if not _REPORTS.search(cue.group()) or len(before[cue.end() :].split()) < 2:
        return False
    return not _TELLS_WHEN_SAID.match(after)
