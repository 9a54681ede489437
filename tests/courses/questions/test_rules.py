"""What holds for every kind of question, whatever is asked and answered."""

import json
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.questions import KINDS, Answer, InvalidAnswer, InvalidQuestion, Question, Verdict, load
from courses.questions.short_text import ShortText

from .samples import SAMPLES

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)
TEXTS = st.lists(
    st.text("abcdefghijklmnoąćęłńóśźż", min_size=1, max_size=8), min_size=2, max_size=7, unique_by=str.casefold
)
SEEDS = st.text(max_size=5)


@pytest.fixture(params=sorted(KINDS))
def question(request: pytest.FixtureRequest) -> Question:
    return load(request.param, SAMPLES[request.param])


def posted(answer: Answer) -> Mapping[str, list[str]]:
    """An answer as the form of a page sends it."""
    if isinstance(answer, dict):
        return {part: [value] for part, value in answer.items()}
    if isinstance(answer, list):
        return {"": answer}
    return {"": [str(answer).lower() if isinstance(answer, bool) else str(answer or "")]}


ALL_KINDS = sorted(KINDS)
GRADED_BY_RULE = sorted(kind for kind, question in KINDS.items() if not question.graded_by_person)


@st.composite
def generated(draw: st.DrawFn, kinds: Sequence[str] = ALL_KINDS) -> Question:
    """A question of one of these kinds with generated parts."""
    kind = draw(st.sampled_from(kinds))
    texts = draw(TEXTS)
    right = draw(st.integers(0, len(texts) - 1))
    rightness = draw(st.lists(st.booleans(), min_size=len(texts), max_size=len(texts)))
    rightness[right] = True
    data: dict[str, Any] = {
        "single_choice": {"options": [{"text": t, "correct": n == right} for n, t in enumerate(texts)]},
        "multiple_choice": {"options": [{"text": t, "correct": r} for t, r in zip(texts, rightness, strict=True)]},
        "true_false": {"answer": rightness[0]},
        "number": {"answer": str(right), "tolerance": str(len(texts))},
        "gaps": {"text": "Luki: " + ", ".join(f"{{{{{text}}}}}" for text in texts)},
        "matching": {"pairs": [{"left": t, "right": texts[n // 2]} for n, t in enumerate(texts)]},
        "ordering": {"items": texts},
        "short_text": {
            "accepted": [
                {"text": text, "percent": 100 if n == right else 1 + 99 * n // len(texts)}
                for n, text in enumerate(texts)
            ],
            "ignore_diacritics": rightness[0],
        },
        "open_text": {"criteria": [{"text": text, "points": n + 1} for n, text in enumerate(texts)]},
    }[kind]
    return load(kind, {"text": "Pytanie", **data})


def answers(question: Question) -> st.SearchStrategy[Answer]:
    """Answers of the right shape, right or wrong or half given."""
    key = question.key()
    if isinstance(key, dict):
        public = question.public(seed="", shuffle=False)
        values = (
            public.get("places") or [choice["id"] for choice in public.get("choices", [])] or ["słowo", *key.values()]
        )
        return st.fixed_dictionaries({}, optional={part: st.sampled_from(["", *values]) for part in key})
    if isinstance(key, bool):
        return st.none() | st.booleans()
    ids = [option["id"] for option in question.public(seed="", shuffle=False).get("options", [])]
    if isinstance(key, list):
        return st.lists(st.sampled_from(ids), unique=True)
    return st.none() | st.sampled_from([*ids, str(key)] if ids else [str(key), "7", "1 000,5", *_accepted(question)])


def _accepted(question: Question) -> list[str]:
    return [accepted.text for accepted in question.accepted] if isinstance(question, ShortText) else []


@given(data=st.data())
def test_a_score_is_a_share_and_the_key_is_worth_all_and_a_blank_nothing(data: st.DataObject) -> None:
    question = data.draw(generated(GRADED_BY_RULE))
    answer = data.draw(answers(question))

    assert 0 <= question.grade(answer).share <= 1
    assert question.grade(question.key()).share == 1
    assert question.grade(None).share == 0
    assert question.grade([]).share == 0
    assert question.grade({}).share == 0
    assert question.verdict(None) is Verdict.NONE
    assert question.verdict(question.key()) is Verdict.CORRECT


@given(data=st.data(), text=st.text(max_size=30))
def test_what_a_person_grades_has_no_key_and_waits_when_it_is_answered(data: st.DataObject, text: str) -> None:
    question = data.draw(generated([kind for kind in ALL_KINDS if kind not in GRADED_BY_RULE]))

    assert question.describe_key() == ()
    assert question.grade(text).share == 0
    assert question.verdict(text) is (Verdict.WAITING if text.split() else Verdict.NONE)


@given(data=st.data())
def test_the_order_of_the_rows_in_the_bank_changes_no_score(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(["single_choice", "multiple_choice", "short_text", "matching"]))
    field = {"short_text": "accepted", "matching": "pairs"}.get(kind, "options")
    turned = {**SAMPLES[kind], field: data.draw(st.permutations(SAMPLES[kind][field]))}
    question, other = load(kind, SAMPLES[kind]), load(kind, turned)
    answer = data.draw(answers(question))

    assert other.grade(answer).share == question.grade(answer).share


@given(data=st.data())
def test_an_answer_with_one_part_put_right_is_never_worth_less(data: st.DataObject) -> None:
    question = data.draw(generated())
    answer, key = data.draw(answers(question)), question.key()
    before = question.grade(answer).share

    if isinstance(key, dict) and isinstance(answer, dict):
        part = data.draw(st.sampled_from(sorted(key)))
        assert question.grade({**answer, part: key[part]}).share >= before
    elif isinstance(key, list) and isinstance(answer, list):
        option = data.draw(st.sampled_from(sorted({*key, *answer})))
        better = [*answer, option] if option in key else [other for other in answer if other != option]
        assert question.grade(list(dict.fromkeys(better))).share >= before


@given(data=st.data())
def test_what_a_page_sends_is_read_back_and_worth_the_same(data: st.DataObject) -> None:
    question = data.draw(generated())
    answer = data.draw(answers(question))

    read = question.parse(posted(answer))

    assert question.grade(read).share == question.grade(answer).share
    assert question.describe(read) == question.describe(answer)
    assert question.parse(posted(question.key())) == (None if question.graded_by_person else question.key())


@given(data=st.data(), junk=ANY_JSON)
def test_anything_that_is_no_answer_is_worth_nothing_and_breaks_nothing(data: st.DataObject, junk: Any) -> None:
    question = data.draw(generated())

    assert 0 <= question.grade(junk).share <= 1
    question.describe(junk)
    question.public(seed="a", shuffle=True, answer=junk)


@given(data=st.data(), seed=SEEDS)
def test_the_order_depends_on_the_seed_and_holds_all_parts(data: st.DataObject, seed: str) -> None:
    question = data.draw(generated())

    once, again = (question.public(seed=seed, shuffle=True) for _ in range(2))

    assert once == again
    for field, rows in question.public(seed=seed, shuffle=False).items():
        if isinstance(rows, list) and field != "pieces":
            assert sorted(map(str, rows)) == sorted(map(str, once[field]))


def test_the_key_and_the_feedback_stay_on_the_server(question: Question) -> None:
    shown = json.dumps(question.public(seed="1", shuffle=True), ensure_ascii=False)

    assert "correct" not in shown
    assert "feedback" not in shown
    assert "Brakuje jednego typu" not in shown
    assert "86.34" not in shown
    assert "Kooperacji" not in shown
    assert "Łódź" not in shown
    assert "Tylko dla oceniających" not in shown
    assert "Uzasadnia wybór" not in shown


def test_the_order_of_the_items_never_gives_the_key_away() -> None:
    question = load("ordering", SAMPLES["ordering"])
    right = [item["text"] for item in question.public(seed="", shuffle=True, answer=question.key())["items"]]

    for seed in range(100):
        for shuffle in (True, False):
            assert [row["text"] for row in question.public(seed=str(seed), shuffle=shuffle)["items"]] != right


def test_the_right_sides_are_never_in_the_order_of_the_pairs() -> None:
    question = load(
        "matching", {**SAMPLES["matching"], "pairs": [{"left": "1", "right": "Ż"}, {"left": "2", "right": "A"}]}
    )

    assert [choice["text"] for choice in question.public(seed="", shuffle=False)["choices"]] == ["A", "CUS", "Ż"]


def test_a_right_side_does_not_carry_the_id_of_its_pair(question: Question) -> None:
    shown = question.public(seed="1", shuffle=True)

    assert not {row["id"] for row in shown.get("rows", [])} & {choice["id"] for choice in shown.get("choices", [])}


def test_a_huge_answer_is_refused(question: Question) -> None:
    parts = posted(question.key())
    for part in parts:
        with pytest.raises(InvalidAnswer):
            question.parse({**parts, part: ["x" * 100_000]})


def test_many_values_for_one_field_are_refused(question: Question) -> None:
    parts = posted(question.key())
    with pytest.raises(InvalidAnswer):
        question.parse({part: ["true"] * 1000 for part in parts})


def test_a_part_the_question_does_not_have_is_refused(question: Question) -> None:
    with pytest.raises(InvalidAnswer):
        question.parse({**posted(question.key()), "obca": ["1"]})


def test_an_unknown_kind_is_no_question() -> None:
    with pytest.raises(InvalidQuestion, match="Nieznany rodzaj"):
        load("essay", {"text": "Pytanie"})


def test_a_question_needs_a_text(question: Question) -> None:
    with pytest.raises(InvalidQuestion) as caught:
        load(question.kind, {**SAMPLES[question.kind], "text": "<p>&nbsp;</p>"})
    assert caught.value.errors["text"] == "Wpisz treść pytania."


def test_a_blank_never_takes_the_place_of_an_answer(question: Question) -> None:
    answer = question.key() or "Zaproszę szkołę i policję."

    assert question.merge(answer, question.parse({})) == answer
    assert question.merge(None, answer) == answer
    assert question.merge(answer, answer) == answer


def test_a_blank_part_keeps_what_was_saved_and_a_new_part_joins_it() -> None:
    question = load("gaps", SAMPLES["gaps"])

    assert question.merge({"1": "Zespół", "2": ""}, {"1": "", "2": "Kooperacji"}) == {"1": "Zespół", "2": "Kooperacji"}


def test_shares_are_exact() -> None:
    question = load("matching", SAMPLES["matching"])
    key = question.key()
    assert isinstance(key, dict)

    assert question.grade(dict(list(key.items())[:1])).share == Fraction(1, 3)
