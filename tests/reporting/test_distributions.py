"""Which answers were given, for every kind of question."""

import json
from typing import Any

import pytest

from courses.questions import load
from elearning.reporting.distributions import MOST_FREQUENT, Distribution, distribute

OPTIONS = [{"id": "a", "text": "A"}, {"id": "b", "text": "B", "correct": True}, {"id": "c", "text": "C"}]


def given(kind: str, data: dict[str, Any], *values: Any) -> Distribution:
    """The distribution of these answers, one of each attempt; None is an answer that was never saved."""
    found: dict[str | None, list[int]] = {}
    for attempt, value in enumerate(values):
        found.setdefault(None if value is None else json.dumps(value), []).append(attempt)
    return distribute(load(kind, {"text": "<p>Pytanie?</p>", **data}), found)


def lines(found: Distribution) -> list[tuple[str, str, int, bool | None]]:
    return [(line.part, line.text, line.count, line.correct) for line in found.lines]


def test_every_option_is_shown_in_the_order_of_the_question() -> None:
    found = given("single_choice", {"options": OPTIONS}, "b", "b", "a", None, "dawna")
    assert lines(found) == [("", "A", 1, False), ("", "B", 2, True), ("", "C", 0, False)]
    assert [line.mark for line in found.lines] == ["A", "B", "C"]
    assert (found.answered, found.blank, found.total, found.several) == (3, (3, 4), 5, False)


def test_several_options_of_one_answer_count_each() -> None:
    options = [*OPTIONS, {"id": "d", "text": "D", "correct": True}]
    found = given("multiple_choice", {"options": options}, ["b", "d"], ["a", "b"], [])
    assert [line.count for line in found.lines] == [1, 2, 0, 1]
    assert found.several
    assert found.blank == (2,)


def test_true_and_false() -> None:
    found = given("true_false", {"answer": False}, True, False, False, None)
    assert lines(found) == [("", "Prawda", 1, False), ("", "Fałsz", 2, True)]


def test_numbers_and_gaps_show_what_was_typed_most_first() -> None:
    found = given("number", {"answer": "12"}, "12", "13", "12", None)
    assert [(text, count, correct) for _part, text, count, correct in lines(found)] == [
        ("12", 2, True),
        ("13", 1, False),
    ]
    assert not found.several
    found = given("gaps", {"text": "<p>{{wójt}} i {{sąd}}</p>"}, {"1": "Wójt", "2": "x"}, {"1": "wójt ", "2": ""})
    assert lines(found) == [("Luka 1", "Wójt", 2, True), ("Luka 2", "x", 1, False)]


def test_pairs_and_places_show_each_part() -> None:
    pairs = [{"id": "1", "left": "L1", "right": "P1"}, {"id": "2", "left": "L2", "right": "P2"}]
    question = load("matching", {"text": "<p>?</p>", "pairs": pairs})
    found = given("matching", {"pairs": pairs}, question.key(), question.key())
    assert lines(found) == [("L1", "P1", 2, True), ("L2", "P2", 2, True)]
    items = [{"id": "x", "text": "X"}, {"id": "y", "text": "Y"}]
    found = given("ordering", {"items": items}, {"x": "1", "y": "2"}, {"x": "2", "y": "1"}, None)
    assert sorted(lines(found)) == [
        ("X", "1", 1, True),
        ("X", "2", 1, False),
        ("Y", "1", 1, False),
        ("Y", "2", 1, True),
    ]


def test_rare_answers_are_counted_and_not_shown() -> None:
    found = given("number", {"answer": "1"}, *(str(number) for number in range(MOST_FREQUENT + 3)))
    assert len(found.lines) == MOST_FREQUENT
    assert found.left_out == 3


@pytest.mark.parametrize("value", [{"a": 1}, [1], 7, "", "null"])
def test_an_answer_of_another_shape_is_a_blank(value: Any) -> None:
    assert given("single_choice", {"options": OPTIONS}, value).blank == (0,)
