"""What statements mean, and that nothing a browser sends is believed blindly or makes another error than ours."""

import copy
import math
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from h5p.interactions import correct_in_words, question_in_words, response_in_words
from h5p.xapi import (
    DEEPEST,
    HIGHEST_SCORE,
    LONGEST_TEXT,
    MOST_SECONDS,
    Choice,
    Interaction,
    InvalidStatement,
    Statement,
    is_top_level_result,
    parse_statement,
)

PART = "0c1f3e52-9a67-4d6e-8a51-7f5f0d9f8c11"
EXTENSION = "http://h5p.org/x-api/h5p-subContentId"


def statement(verb: str = "answered", **result: Any) -> dict[str, Any]:
    """A statement as H5P's types send it."""
    return {
        "actor": {"name": "Ktoś", "mbox": "mailto:k@example.org", "objectType": "Agent"},
        "verb": {"id": f"http://adlnet.gov/expapi/verbs/{verb}", "display": {"en-US": verb}},
        "object": {
            "id": "https://example.org/h5p/content/7",
            "objectType": "Activity",
            "definition": {
                "extensions": {"http://h5p.org/x-api/h5p-local-content-id": 7},
                "name": {"en-US": "Pytanie"},
            },
        },
        "context": {"contextActivities": {"category": [{"id": "http://h5p.org/libraries/H5P.X-1.2"}]}},
        "result": {"score": {"min": 0, "max": 4, "raw": 3, "scaled": 0.75}, "duration": "PT12.5S", **result},
    }


def asked(kind: str, response: Any, **definition: Any) -> Statement:
    """A statement that answers a question of a kind."""
    data = statement(response=response)
    data["object"]["definition"] |= {"interactionType": kind, **definition}
    return parse_statement(data)


def choices(**texts: str) -> list[dict[str, Any]]:
    return [{"id": key.strip("_"), "description": {"en-US": text}} for key, text in texts.items()]


def test_it_works():
    read = parse_statement(statement(success=True, completion=True))
    assert (read.verb, read.raw, read.max, read.scaled, read.seconds) == ("answered", 3, 4, 0.75, 12.5)
    assert (read.success, read.completion, read.sub_content, read.has_parent) == (True, True, "", False)


def with_part_in_extension(data):
    data["object"]["definition"]["extensions"][EXTENSION] = PART


def with_part_in_address(data):
    data["object"]["id"] += f"?subContentId={PART}"


def with_parent(data):
    data["context"]["contextActivities"]["parent"] = [{"id": "https://example.org/h5p/content/7"}]


@pytest.mark.parametrize("change", [with_part_in_extension, with_part_in_address, with_parent])
@pytest.mark.parametrize("verb", ["answered", "completed"])
def test_a_part_is_never_the_result_of_the_whole(change, verb):
    data = statement(verb)
    assert is_top_level_result(parse_statement(data))
    change(data)
    assert not is_top_level_result(parse_statement(data))


@pytest.mark.parametrize("verb", ["attempted", "interacted", "consume", "progressed", "experienced", "passed"])
def test_other_verbs_are_no_result_of_the_whole(verb):
    assert not is_top_level_result(parse_statement(statement(verb)))


def test_the_share_is_worked_out_from_the_points():
    assert parse_statement(statement(score={"raw": 1, "max": 4, "scaled": 1})).scaled == 0.25
    assert parse_statement(statement(score={"scaled": 0.5})).scaled == 0.5
    assert parse_statement(statement(score={})).scaled is None


@pytest.mark.parametrize(
    "score",
    [
        {"raw": 5, "max": 4},
        {"raw": -1, "max": 4},
        {"raw": 1, "max": -4},
        {"raw": math.nan, "max": 4},
        {"raw": 1, "max": math.inf},
        {"raw": 10**400, "max": 10**400},
        {"raw": HIGHEST_SCORE + 1},
        {"scaled": 1.01},
        {"scaled": -math.inf},
        {"raw": "3", "max": 4},
        {"raw": True, "max": 4},
        {"raw": [3], "max": 4},
        [3, 4],
        "3/4",
    ],
    ids=repr,
)
def test_a_score_that_cannot_be_is_refused(score):
    with pytest.raises(InvalidStatement):
        parse_statement(statement(score=score))


@pytest.mark.parametrize(
    ("duration", "seconds"),
    [("PT0S", 0), ("PT12.34S", 12.34), ("PT1H2M3S", 3723), ("P1DT1S", 86_401), ("PT90M", 5400)],
)
def test_a_duration_is_read_in_seconds(duration, seconds):
    assert parse_statement(statement(duration=duration)).seconds == pytest.approx(seconds)


@pytest.mark.parametrize(
    "duration", ["", "P", "PT", "PT-1S", "PTNaNS", "PTInfinityS", "P1M", "12", 12, "PT1S\n", "PT" + "9" * 400 + "S"]
)
def test_a_duration_that_is_none_is_refused(duration):
    with pytest.raises(InvalidStatement):
        parse_statement(statement(duration=duration))


def test_a_page_left_open_for_weeks_keeps_its_result():
    read = parse_statement(statement(duration="P20DT1S"))
    assert (read.seconds, read.scaled) == (MOST_SECONDS, 0.75)


def deep(levels: int) -> Any:
    value: Any = "x"
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(
    "change",
    [
        {"verb": None},
        {"verb": {"id": "http://adlnet.gov/expapi/verbs/<script>"}},
        {"verb": {"id": "x" * 100_000}},
        {"verb": {"id": 7}},
        {"object": None},
        {"object": {"id": "http://[", "definition": {}}},
        {"object": {"id": "https://example.org/?subContentId=../../etc"}},
        {"object": {"id": "x", "definition": {"extensions": {EXTENSION: {"a": 1}}}}},
        {"object": {"id": "x", "definition": {"extensions": {EXTENSION: 10**5000}}}},
        {"object": {"id": "x", "definition": {"description": {"en": ["x"]}}}},
        {"result": []},
        {"result": {"response": "x" * (LONGEST_TEXT + 1)}},
        {"result": {"response": {"a": 1}}},
        {"result": {"response": 10**5000}},
        {"result": {"response": math.nan}},
        {"stray": deep(DEEPEST)},
        {"stray": deep(50_000)},
        {"stray": [0] * 1_000_000},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_forged_or_oversized_statement_is_refused(change):
    before = time.perf_counter()
    with pytest.raises(InvalidStatement):
        parse_statement({**statement(), **change})
    assert time.perf_counter() - before < 1


@pytest.mark.parametrize("data", [None, [], "answered", 7, math.nan, True, {}])
def test_what_is_no_statement_is_refused(data):
    with pytest.raises(InvalidStatement):
        parse_statement(data)


numbers = st.integers() | st.floats() | st.sampled_from([10**400, -(10**400), 1e308, math.nan, math.inf])
json = st.recursive(
    st.none() | st.booleans() | numbers | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
PLACES = [
    ("verb",),
    ("verb", "id"),
    ("object",),
    ("object", "id"),
    ("object", "definition"),
    ("object", "definition", "extensions"),
    ("object", "definition", "extensions", EXTENSION),
    ("object", "definition", "interactionType"),
    ("object", "definition", "description"),
    ("object", "definition", "choices"),
    ("object", "definition", "source"),
    ("object", "definition", "correctResponsesPattern"),
    ("context",),
    ("context", "contextActivities"),
    ("result",),
    ("result", "score"),
    ("result", "score", "raw"),
    ("result", "score", "max"),
    ("result", "score", "min"),
    ("result", "score", "scaled"),
    ("result", "duration"),
    ("result", "response"),
    ("result", "success"),
]


@settings(max_examples=600, deadline=None)
@given(st.sampled_from(PLACES), json | st.lists(st.fixed_dictionaries({"id": json, "description": json}), max_size=3))
def test_any_value_anywhere_is_read_soundly_or_refused(place, value):
    data = copy.deepcopy(statement())
    inner = data
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    try:
        read = parse_statement(data)
    except InvalidStatement:
        return
    assert read.scaled is None or 0 <= read.scaled <= 1
    assert read.raw is None or read.max is None or read.raw <= read.max
    assert read.seconds is None or 0 <= read.seconds <= MOST_SECONDS
    for language in ("pl", "en"):
        response_in_words(read, language).encode()
        question_in_words(read.interaction).encode()
        correct_in_words(read.interaction, language)


@settings(max_examples=300, deadline=None)
@given(json)
def test_any_json_at_all_is_read_or_refused(value):
    try:
        parse_statement(value)
    except InvalidStatement:
        return
    assert isinstance(value, dict)


@pytest.mark.parametrize(
    ("kind", "response", "definition", "words"),
    [
        ("choice", "0[,]2", {"choices": choices(_0="<p>Tak</p>", _1="Nie", _2="A &amp; B")}, "Tak, A & B"),
        ("choice", "7", {"choices": choices(_0="Tak")}, "7"),
        ("true-false", "true", {}, "prawda"),
        ("true-false", "False", {}, "fałsz"),
        ("true-false", True, {}, "prawda"),
        ("fill-in", "kot[,][,]pies", {}, "kot, –, pies"),
        ("fill-in", "x < 5 i y > 3", {}, "x < 5 i y > 3"),
        ("long-fill-in", "Pierwszy  wiersz\n\ndrugi", {}, "Pierwszy wiersz\ndrugi"),
        ("sequencing", "1[,]0", {"choices": choices(_0="potem", _1="najpierw")}, "najpierw → potem"),
        (
            "matching",
            "t1[.]s0[,]t0[.]s1",
            {"source": choices(s0="pies", s1="kot"), "target": choices(t0="miauczy", t1="szczeka")},
            "pies – szczeka; kot – miauczy",
        ),
        (
            "matching",
            "s0[.]t1",
            {"source": choices(s0="pies"), "target": choices(t1="szczeka")},
            "pies – szczeka",
        ),
        (
            "matching",
            "0[.]1",
            {"source": choices(_0="pies", _1="kot"), "target": choices(_0="miauczy", _1="szczeka")},
            "kot – miauczy",
        ),
        ("numeric", 7.5, {}, "7.5"),
        ("other", "<b>tekst</b>", {}, "tekst"),
        ("", "", {}, ""),
    ],
)
def test_a_response_in_polish_words(kind, response, definition, words):
    assert response_in_words(asked(kind, response, **definition), "pl") == words


def test_a_response_in_english_words():
    assert response_in_words(asked("true-false", "true"), "en") == "true"
    assert response_in_words(asked("true-false", "false"), "de") == "false"


def test_right_responses_in_words_leave_out_how_they_are_compared():
    read = asked("fill-in", "kot", correctResponsesPattern=["{case_matters=false}{order_matters=true}kot[,]pies"])
    assert correct_in_words(read.interaction, "pl") == ("kot, pies",)


def test_the_question_is_shown_without_markup():
    read = asked("choice", "0", description={"pl": "<p>Ile&nbsp;to <b>dwa</b> i&nbsp;dwa?</p>\n"})
    assert question_in_words(read.interaction) == "Ile to dwa i dwa?"


@pytest.mark.parametrize("kind", ["choice", "sequencing", "matching"])
def test_many_responses_among_many_choices_are_put_into_words_quickly(kind):
    choices = tuple(Choice(f"id{number}", "x") for number in range(500))
    interaction = Interaction(kind=kind, choices=choices, sources=choices, targets=choices)
    response = "[,]".join(["b[.]a" if kind == "matching" else "a"] * 2500)
    before = time.process_time()
    response_in_words(Statement("answered", response=response, interaction=interaction), "pl")
    assert time.process_time() - before < 0.05


def test_markup_of_any_size_is_taken_out_quickly():
    before = time.perf_counter()
    for text in ("<" * LONGEST_TEXT, "<a" * (LONGEST_TEXT // 2), "&" * LONGEST_TEXT, " \n" * (LONGEST_TEXT // 2)):
        response_in_words(asked("other", text), "pl")
    assert time.perf_counter() - before < 0.4
