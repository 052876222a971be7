"""Scores of the model become acts and names."""

import numpy as np

from legation.language.acts import (
    Act,
    Name,
    as_headline,
    complete_hyphen,
    complete_names,
    complete_title_names,
    decode_acts,
    decode_names,
    decode_spans,
    is_conveying,
    is_founding,
    is_title_case,
    join_spans,
    was_not_held,
)
from legation.language.labels import MODES, ROLES, STATUSES, TYPES
from legation.language.model import Candidate, SentenceScores

WORDS = 8
SENTENCE = "one two three four five six seven eight".split()


def candidate(word: int, kind: str, score: float, **spans: tuple[int, int]) -> Candidate:
    types = np.zeros(len(TYPES), np.float32)
    types[TYPES.index(kind)] = score
    roles = np.zeros((WORDS, len(ROLES), 3), np.float32)
    roles[:, :, 0] = 0.5
    for role, (first, end) in {"trigger": (word, word + 1), **spans}.items():
        roles[first, ROLES.index(role), 1] = 1
        roles[first + 1 : end, ROLES.index(role), 2] = 1
    modes = np.zeros(len(MODES), np.float32)
    modes[MODES.index(("CONSULT", "meet"))] = 2
    modes[MODES.index(("AID", "military"))] = 9
    return Candidate(word, types, modes, np.eye(len(STATUSES), dtype=np.float32)[1], roles)


def test_a_candidate_becomes_an_act_with_its_spans() -> None:
    scores = SentenceScores([0] * WORDS, (candidate(3, "CONSULT", 0.9, actor=(0, 2), recipient=(5, 8)),))
    (act,) = decode_acts(scores, SENTENCE, {"*": 0.4})
    assert (act.type, act.status, act.trigger) == ("CONSULT", "planned", (3, 4))
    assert (act.actors, act.recipients, act.place) == (((0, 2),), ((5, 8),), None)


def test_the_mode_is_one_of_the_types_own() -> None:
    (act,) = decode_acts(SentenceScores([0] * WORDS, (candidate(3, "CONSULT", 0.9),)), SENTENCE, {"*": 0.4})
    assert act.mode == "meet"


def test_two_candidates_for_one_trigger_give_the_likelier_act() -> None:
    both = (candidate(3, "CONSULT", 0.6, trigger=(3, 5)), candidate(4, "AGREE", 0.8))
    (act,) = decode_acts(SentenceScores([0] * WORDS, both), SENTENCE, {"*": 0.4})
    assert act.type == "AGREE"


def test_types_may_have_thresholds_of_their_own() -> None:
    scores = SentenceScores([0] * WORDS, (candidate(1, "AID", 0.5), candidate(5, "AGREE", 0.5)))
    assert [act.type for act in decode_acts(scores, SENTENCE, {"*": 0.6, "AID": 0.4})] == ["AID"]


def test_names_begin_at_begin_tags_and_at_stray_inside_tags() -> None:
    assert [(n.words, n.kind) for n in decode_names([1, 2, 0, 3, 3, 4, 0, 6])] == [
        ((0, 2), "PER"),
        ((3, 4), "ORG"),
        ((4, 6), "ORG"),
        ((7, 8), "LOC"),
    ]


def test_a_name_of_two_kinds_is_one_name_of_the_commoner() -> None:
    assert [(n.words, n.kind) for n in decode_names([5, 4, 4])] == [((0, 3), "ORG")]
    assert [(n.words, n.kind) for n in decode_names([5, 4])] == [((0, 2), "LOC")]


def test_spans_of_a_role_do_not_run_into_each_other() -> None:
    scores = np.eye(3, dtype=np.float32)[[1, 1, 2, 0, 2]]
    assert decode_spans(scores) == [(0, 1), (1, 3), (4, 5)]


def test_a_name_cut_in_two_is_one_participant() -> None:
    words = "Supreme People 's Assembly of Iranian airline Blue Sky ( BS )".split()
    assert join_spans([(0, 2), (3, 4)], words) == [(0, 4)]
    assert join_spans([(5, 7), (7, 9)], words) == [(5, 9)]
    assert join_spans([(0, 2), (5, 7)], words) == [(0, 2), (5, 7)]
    assert join_spans([(9, 11)], words) == [(10, 11)]
    assert join_spans([(0, 1), (3, 5), (6, 7)], "delegation of the Blue Party and Oslo".split()) == [(0, 5), (6, 7)]


def test_a_conveyed_message_is_told_by_its_words() -> None:
    words = "Lund conveyed the king 's message to Park".split()
    assert is_conveying(words, 1)
    assert not is_conveying(words, 5)
    assert not is_conveying("Lund sent troops".split(), 1)


def test_a_joint_body_that_is_founded_is_cooperation() -> None:
    words = "Peru and Chile launched a task force on fishing".split()
    assert is_founding(words, words.index("launched"))
    assert is_founding(words, words.index("force"))
    assert not is_founding("The task force launched a report".split(), 3)


def test_a_given_name_is_not_cut_at_its_hyphen() -> None:
    words = "Park Min - ji left".split()
    assert complete_hyphen(2, words) == 4
    assert complete_hyphen(3, words) == 4
    assert complete_hyphen(1, "US - Taiwan talks".split()) == 1


def test_fragments_of_one_name_are_one_name() -> None:
    words = "leader Park Min Ji met President Lund in Oslo Monday".split()
    found = complete_names([Name((1, 2), "ORG"), Name((3, 4), "PER"), Name((6, 7), "PER"), Name((8, 9), "LOC")], words)
    assert [(n.words, n.kind) for n in found] == [((1, 4), "PER"), ((6, 7), "PER"), ((8, 9), "LOC")]


def test_a_persons_name_has_no_titles_and_no_name_ends_in_small_words() -> None:
    words = "Ms Lund and Justice Park left the World Fish Council of".split()
    found = complete_names([Name((0, 2), "PER"), Name((3, 5), "PER"), Name((6, 11), "ORG")], words)
    assert [n.words for n in found] == [(1, 2), (4, 5), (7, 10)]


def act_at(first: int, end: int, status: str = "done") -> Act:
    return Act("CONSULT", "visit", status, (first, end), (), (), None, None, None, 1.0)


def test_capitals_join_no_names_in_a_headline_that_capitalises_every_word() -> None:
    words = "Lund Visits Norway as Park Min Ji Holds Talks With Him".split()
    assert is_title_case(words)
    tagged = [Name((0, 2), "PER"), Name((2, 3), "LOC"), Name((4, 7), "PER")]
    found = complete_title_names(tagged, words, [act_at(1, 2)])
    assert [(n.words, n.kind) for n in found] == [((0, 1), "PER"), ((2, 3), "LOC"), ((4, 7), "PER")]


def test_a_headline_in_sentence_case_has_whole_names() -> None:
    words = "Per Lund meets Park Min Ji in Oslo".split()
    assert not is_title_case(words)
    found = complete_title_names([Name((0, 3), "PER"), Name((3, 4), "PER")], words, [act_at(2, 3)])
    assert [(n.words, n.kind) for n in found] == [((0, 2), "PER"), ((3, 6), "PER")]


def test_an_act_that_did_not_take_place_is_off() -> None:
    words = "The visit to Oslo has not taken place , and the talks went on".split()
    assert was_not_held(words, (1, 2))
    assert not was_not_held(words, (10, 11))


def test_the_present_of_a_headline_tells_what_was_done() -> None:
    planned = act_at(1, 2, "planned")
    assert as_headline(planned, "Lund Visits Norway on Tuesday".split()).status == "done"
    assert as_headline(planned, "Lund Visits Norway Next Week".split()).status == "planned"
    assert as_headline(planned, "Lund visit set for Tuesday".split()).status == "planned"
