"""Our H5P content type grades as the platform does: its JavaScript and courses.questions judge the same answers."""

import random
import sys
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from courses.exchange import h5p_params
from courses.questions import load
from courses.questions.base import stable_id
from h5p import content_types
from tests.courses.questions.samples import SAMPLES

LIBRARY = content_types.library_folders()[0]
SCRIPTS = ("texts", "words", "rich-text", "kinds-chosen", "kinds-typed", "kinds-arranged")
JUDGE = """([kind, params, answers]) => {
  const rules = window.H5PAccessibleQuestionSet.kinds[kind];
  const question = rules.load(params);
  return answers.map(answer => ({
    share: rules.grade(question, answer).share,
    answered: rules.isAnswered(question, answer),
    complete: rules.isComplete(question, answer),
  }));
}"""
NOT_ANSWERS: tuple[Any, ...] = (None, "", " ", "nic takiego", [], ["x"], {}, {"x": "1"}, True, False)
NUMBERS = (
    "86,34",
    "86.34",
    "86",
    "85,84",
    "85,83",
    "86,84%",
    "86,85 %",
    "−86,34",
    "+86,34",
    "086,340",
    "1 000",
    "10 00",
)
TYPED = {
    "short_text": ["Łódź", "lodz", "ŁÓDŹ ", " Lo\u0301dz\u0301", "miasto  łódź", "łask", "Lask", "Łodzia", "mias to"],
    "number": [*NUMBERS, "86,34 %%", "10 00", "8634e-2", "1" * 20, "1" * 21, "0,12345678901", "%", "-", "86,", ",5"],
    "open_text": ["jedno", "dwa słowa", "a teraz trzy", " ".join(["słowo"] * 11), "\n \t"],
}


@pytest.fixture(scope="module")
def judge(chromium: Browser) -> Iterator[Page]:
    """A page with the rules of the content type."""
    page = chromium.new_page()
    for name in SCRIPTS:
        page.evaluate((LIBRARY / "js" / f"{name}.js").read_text())
    yield page
    page.close()


def judged(page: Page, kind: str, data: dict[str, Any], answers: list[Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate(JUDGE, [kind, h5p_params.question(kind, data), answers])
    return found


def in_python(kind: str, data: dict[str, Any], answers: list[Any]) -> list[dict[str, Any]]:
    question = load(kind, data)
    return [
        {
            "share": pytest.approx(float(question.grade(answer).share), abs=1e-12),
            "answered": question.is_answered(answer),
            "complete": question.is_complete(answer),
        }
        for answer in answers
    ]


@pytest.mark.parametrize("kind", ["short_text", "number", "open_text"])
def test_typed_answers_are_worth_the_same(judge: Page, kind: str) -> None:
    answers = [*TYPED[kind], *NOT_ANSWERS]
    assert judged(judge, kind, SAMPLES[kind], answers) == in_python(kind, SAMPLES[kind], answers)


@pytest.mark.parametrize(
    "given", [{"answer": "-3", "tolerance": "0"}, {"answer": "1 250,5", "tolerance": "0,5", "unit": "Zł"}]
)
def test_numbers_with_other_keys_are_worth_the_same(judge: Page, given: dict[str, str]) -> None:
    data = {"text": "<p>Ile?</p>", **given}
    answers = ["-3", "−3", "–3,0", "3", "1250", "1 251 zł", "1251ZŁ", "1\u00a0250,5 Zł", "1251,1", "zł"]
    assert judged(judge, "number", data, answers) == in_python("number", data, answers)


def test_sides_and_marks_of_a_truth_are_worth_the_same(judge: Page) -> None:
    for key in (True, False):
        data = {"text": "<p>Zdanie.</p>", "answer": key}
        answers = [True, False, "true", 1, None, "", []]
        theirs = judged(judge, "true_false", data, answers)
        assert theirs == in_python("true_false", data, answers)


@pytest.mark.parametrize("kind", ["single_choice", "multiple_choice"])
def test_chosen_options_are_worth_the_same(judge: Page, kind: str) -> None:
    ids = [option.id for option in load(kind, SAMPLES[kind]).options]  # type: ignore[attr-defined]
    subsets = [[at for at in range(len(ids)) if number >> at & 1] for number in range(2 ** len(ids))]
    if kind == "single_choice":
        ours, theirs = list(ids), [str(at) for at in range(len(ids))]
    else:
        ours = [[ids[at] for at in subset] for subset in subsets]  # type: ignore[misc]
        theirs = [[str(at) for at in subset] for subset in subsets]  # type: ignore[misc]
    answers = [*theirs, *NOT_ANSWERS]
    assert judged(judge, kind, SAMPLES[kind], answers) == in_python(kind, SAMPLES[kind], [*ours, *NOT_ANSWERS])


def test_filled_gaps_are_worth_the_same(judge: Page) -> None:
    data = {"text": "<p>{{Zespół|Zesp.}} i {{pół &amp; pół}}, {{Strasse}} oraz {{a\u00a0b}}.</p>"}
    words = ["", "zespół", "ZESP.", "pół & pół", "Straße", "A  B", "{{a b}}"]
    chance = random.Random(4)
    answers = [{str(gap): chance.choice(words) for gap in range(1, 5)} for _ in range(60)]
    answers += [{"1": " zespół "}, {"1": "zesp.", "2": "pół &amp; pół"}, {"5": "zespół"}, *NOT_ANSWERS]  # type: ignore[list-item]
    assert judged(judge, "gaps", data, answers) == in_python("gaps", data, answers)


def test_pairs_are_worth_the_same(judge: Page) -> None:
    data = {
        "text": "<p>Dopasuj.</p>",
        "pairs": [
            {"left": "gmina", "right": "GOPS"},
            {"left": "miasto", "right": "MOPS"},
            {"left": "wieś", "right": "gops"},
        ],
        "extra": ["CUS"],
    }
    lefts = [stable_id(row["left"]) for row in data["pairs"]]  # type: ignore[index]
    rights = [stable_id("gops"), stable_id("mops"), stable_id("cus"), "other", ""]
    combinations = [(a, b, c) for a in range(5) for b in range(5) for c in range(5)]
    ours = [{left: rights[number] for left, number in zip(lefts, case, strict=True)} for case in combinations]
    numbers = ["1", "2", "3", "other", ""]
    theirs = [{str(at): numbers[number] for at, number in enumerate(case)} for case in combinations]
    assert judged(judge, "matching", data, [*theirs, *NOT_ANSWERS]) == in_python(
        "matching", data, [*ours, *NOT_ANSWERS]
    )


def test_orders_are_worth_the_same(judge: Page) -> None:
    data = SAMPLES["ordering"]
    ids = [stable_id(item) for item in data["items"]]
    places = ["", "1", "2", "3", "4", "9"]
    chance = random.Random(5)
    cases = [[chance.choice(places) for _ in ids] for _ in range(300)] + [["1", "2", "3", "4"], ["2", "1", "4", "3"]]
    ours = [dict(zip(ids, case, strict=True)) for case in cases]
    theirs = [{str(at): place for at, place in enumerate(case)} for case in cases]
    assert judged(judge, "ordering", data, [*theirs, *NOT_ANSWERS]) == in_python(
        "ordering", data, [*ours, *NOT_ANSWERS]
    )


def test_all_letters_read_alike_in_both(judge: Page) -> None:
    """Every letter and space that Python knows: the same ones are the same answer in JavaScript."""
    letters = [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code))[0] in "LZ"]
    letters += [chr(code) for code in range(0x20)]
    folded = judge.evaluate("all => all.map(window.H5PAccessibleQuestionSet.texts.same)", letters)
    ours = representatives(letters, [" ".join(letter.split()).casefold() for letter in letters])
    theirs = representatives(letters, folded)
    different = [letter for letter in letters if ours[letter] != theirs[letter]]
    assert different == []


def representatives(letters: list[str], folded: list[str]) -> dict[str, str]:
    """For each letter the first one that reads like it."""
    first: dict[str, str] = {}
    return {letter: first.setdefault(fold, letter) for letter, fold in zip(letters, folded, strict=True)}
