"""The words by which a report tells of travelling: leaving, arriving, returning; where, when, with whom; looking back.

Patterns over the words of a trigger, of a sentence, or of what stands between two spans.
"""

import re

__all__ = [
    "AIRPORT", "ARRIVING", "ASKING", "AT", "BESIDE_HEAD", "BEYOND_NAME", "COURTESY", "DELEGATION", "ENDING",
    "FROM_AFAR", "GOING_HOME", "GREETING", "LEAVING", "LED_BY", "LOOKING_BACK", "NAME_AFTER", "NAME_BEFORE", "NOUN",
    "ONWARD", "POSTS", "RANGE", "RECEIVING", "REST_OF_NAME", "RETURNING", "SEEING_OFF", "SENDING", "STARTING",
    "TOGETHER", "TOPIC", "WHERE",
]  # fmt: skip


def _words(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(alternatives)})\b", re.IGNORECASE)


# Of a trigger.
LEAVING = _words(
    r"left", r"leav\w+", r"depart\w*", "flew out", "flies out", "fly out", "sees? off", "saw off", "seeing off"
)
RETURNING = _words("return(?:s|ed|ing)?", r"(?:c[ao]m\w+|went|go\w*|fl[eyi]\w+) (?:back|home)")
ARRIVING = _words(
    r"arriv\w+", "land(?:s|ed|ing)", r"touch\w* down", r"reach\w*", "flew", "flies",
    "fl(?:y|ying) (?:in|on|to)", "got to",
)  # fmt: skip
# Hosts at the beginning and at the end of a visit; "received" and "met" only where the sentence names an airport.
GREETING = _words(r"greet\w*")
RECEIVING = _words(r"welcom\w*", r"receiv\w*", r"meet\w*", "met", "on hand")
SEEING_OFF = _words(r"(?:see|saw|send|sent)\w* (?:\w+ ){0,3}?off", "bade farewell", "bid farewell", "farewell")
TOGETHER = _words(r"accompan\w+", r"join\w*")
SENDING = _words("sen[dt]s?", "sending", r"dispatch\w*", r"deploy\w*", r"designat\w+")
# Words of posts: of who is meant by a post alone, the post must be theirs.
POSTS = frozenset("secretary minister chancellor ambassador envoy king queen president premier pope".split())
NOUN = re.compile(
    r"(?:\w+ )*(?:meeting|talk|discussion|visit|trip|tour|travel|journey|summit|conference|conversation|consultation|"
    r"engagement|dialogue|stop|session|forum|negotiation|exchange)s?",
    re.IGNORECASE,
)

# Of a sentence: a tour under way, a tour at its end.
STARTING = _words(
    r"embark\w*", "set(?:s|ting)? (?:out|off)", r"beg[aiu]n\w*", r"start\w*", r"kick\w* off", "first (?:stop|leg)",
    "left", r"leav\w+", r"depart\w*",
)  # fmt: skip
ENDING = _words(
    "end(?:s|ed|ing)? (?:of|a|his|her|their|its)", r"conclu\w+", r"wrapp?\w* up", "after", "last stop", "final"
)
GOING_HOME = _words("home", r"return\w* to")
# Words that look back from further on: the day of publication tells nothing of the act.
LOOKING_BACK = _words(
    "ago", "earlier (?:this|that|in)", "last (?:week|month|year|time|spring|summer|autumn|fall|winter)", "recent",
    "recently", "previous(?:ly)?", r"had (?:\w+ )?(?:been|met|gone|come|held|\w+ed)", "then-", "in the past",
    "anniversary", "many times",
)  # fmt: skip
COURTESY = _words("courtesy calls?", "(?:paid|pays?|paying) (?:a|his|her|their) calls? on", "call(?:s|ed|ing)? on")
AIRPORT = _words("air ?ports?", "air ?field", "air base", "(?:railway|train) station", "tarmac", "apron", "runway")
ASKING = re.compile(r"^(?:Q|QUESTION)\b|\?\W*$")
FROM_AFAR = _words(
    "virtual", "virtually", "by (?:tele)?phone", "by video", "(?:video|tele)conference", "phone call", "telephone"
)  # fmt: skip

# Of what stands before a place.
WHERE = re.compile(
    r"\b(in|at|near|outside|inside|into|to|around|on|about|for|of|with|from|against|over|between|regarding|by)\b",
    re.IGNORECASE,
)
AT = frozenset(("in", "at", "near", "outside", "inside", "into", "to", "around"))
ONWARD = _words("for", "to", "towards")
# Behind these words stands what was talked about, not where.
TOPIC = re.compile(
    r"\b(?:on (?!the (?:sidelines|margins|edges?|fringes)|[A-Z]|\d)|about|regarding|discuss\w*|negotiat\w*|situation|"
    r"conflict|crisis|war|issues?|attacks?|response|detained|held)\b"
)

# Of words of time: a stay from a day to a day, not a vague week.
RANGE = re.compile(
    r"\d\s*(?:-|–|—|to|through|until|till|and)\s*(?:[A-Z]\w+\.? )?\d|\b(?:to|through|until|between|from)\b",
    re.IGNORECASE,
)

# Of a participant.
LED_BY = re.compile(r"\b(?:led|headed) by\b[^,;.]*(?:\b[A-Z]\. ?)?$", re.IGNORECASE)
DELEGATION = _words("delegations?", "teams?", "mission")
# A headline's capitals run on from a name into other words: "Antony J. Blinken With Mika Brzezinski".
BEYOND_NAME = re.compile(
    r"(?<=\w) (?:With|And|At|On|Before|After|In|To|Meets?|Holds?|Visits?|Arrives?|Leaves?) .*$| Meets?$"
)
REST_OF_NAME = re.compile(r"(?P<hyphen>(?:-[a-z]+)+)?(?P<word> [A-Z][a-z]+(?:-[a-z]+)*)?")
# Capitalised words right before or behind a name's piece: "Kangso Mineral Water [Factory]".
NAME_BEFORE = re.compile(r"(?:[A-Z][\w'’-]*\s+(?:of (?:the )?)?)+$")
NAME_AFTER = re.compile(r"(?:\s+(?:of (?:the )?)?[A-Z][\w'’-]*)+")
BESIDE_HEAD = _words("delegations?", "party", "entourage", "teams?", "mission", "group")
