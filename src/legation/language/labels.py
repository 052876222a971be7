"""The label inventories that the model's heads share with the rules around it.

Out: tuples whose order is the order of the model's outputs; a change here needs a new model.
Types and modes are those of the annotation codebook.
"""

__all__ = ["MODES", "NAME_KINDS", "ROLES", "SHAPES", "STATUSES", "TYPES", "TYPE_MODES", "word_shape"]

TYPE_MODES: dict[str, tuple[str, ...]] = {
    "STATEMENT": ("joint", "comment"),
    "CONSULT": ("visit", "meet", "call", "message", "multilateral", "mediate", "host"),
    "AGREE": (),
    "SUPPORT": ("praise", "recognize", "sign", "appoint", "commemorate"),
    "CONCEDE": (),
    "COOPERATE": ("trade", "drill", "justice", "intelligence", "exchange"),
    "AID": ("economic", "military", "humanitarian", "asylum"),
    "RETREAT": ("withdraw", "release", "disarm", "ceasefire", "access", "resign"),
    "REQUEST": ("assist", "change", "yield", "meet"),
    "ACCUSE": ("disapprove", "allege", "investigate", "summon"),
    "REJECT": ("assist", "change", "yield", "meet"),
    "THREATEN": ("force", "sanction", "relations", "other"),
    "PROTEST": ("demo", "riot", "strike", "boycott"),
    "SANCTION": ("impose", "expel", "recall", "cut"),
    "MOBILIZE": ("troops", "weapons", "test", "drill", "police"),
    "COERCE": ("arrest", "convict", "seize", "restrict", "cyber", "censor"),
    "ASSAULT": ("clash", "strike", "bombing", "shooting", "abduct", "other"),
}
TYPES = tuple(TYPE_MODES)
# Every (type, mode) pair, and for each type the pair without mode.
MODES: tuple[tuple[str, str | None], ...] = tuple((kind, mode) for kind in TYPES for mode in (None, *TYPE_MODES[kind]))
STATUSES = ("done", "planned", "off", "denied", "hypothetical")
# Spans that the event head marks for one trigger; "trigger" is the extent of the trigger itself.
ROLES = ("actor", "recipient", "place", "when", "said_by", "trigger")
NAME_KINDS = ("PER", "ORG", "LOC")
SHAPES = (
    "lower",
    "title",
    "upper",
    "initial",
    "mixed",
    "digits",
    "digits-mixed",
    "quote",
    "punctuation",
    "other",
)


def word_shape(word: str) -> int:
    """Return the index into SHAPES of the word's shape: what an uncased vocabulary forgets."""
    return SHAPES.index(_shape(word))


def _shape(word: str) -> str:
    if word.isalpha():
        if word.islower():
            return "lower"
        if len(word) == 1:
            return "initial"
        if word.isupper():
            return "upper"
        return "title" if word.istitle() else "mixed"
    if word.isdigit():
        return "digits"
    if any(character.isdigit() for character in word):
        return "digits-mixed"
    if word and word[0] in "\"'“”‘’«»":
        return "quote"
    if any(character.isalpha() for character in word):
        return "upper" if word.isupper() else "mixed"
    return "punctuation" if word.isascii() else "other"
