"""What figures and distributions say in words."""

import pytest

from courses.questions import load
from elearning.reporting import hints
from elearning.reporting.distributions import Distribution, distribute
from elearning.reporting.figures import Figure
from elearning.reporting.hints import HINTS_FROM
from elearning.reporting.item_analysis import Item

CHOICE = load(
    "single_choice",
    {
        "text": "<p>Kto?</p>",
        "options": [
            {"id": "a", "text": "Wójt", "correct": True},
            {"id": "b", "text": "Sąd"},
            {"id": "c", "text": "Nikt"},
        ],
    },
)


def item(*, facility: float = 0.6, rest: float | None = 0.4, answers: int = 40, waiting: int = 0) -> Item:
    figure = Figure(rest, "" if rest is not None else "powód")
    return Item(answers, waiting, Figure(facility), Figure(0.4), figure, figure)


def answers(a: int, b: int, c: int, blank: int = 0) -> Distribution:
    people = iter(range(1000))
    given = {'"a"': a, '"b"': b, '"c"': c, None: blank}
    return distribute(CHOICE, {text: [next(people) for _ in range(count)] for text, count in given.items()})


def texts(found: Item, distribution: Distribution | None = None, versions: int = 1) -> str:
    return " | ".join(hint.text for hint in hints.of_question(found, distribution, versions=versions))


def test_a_good_question_has_no_hint() -> None:
    assert texts(item(), answers(30, 5, 5)) == ""


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (item(facility=0.95), "za łatwe, by coś sprawdzało"),
        (item(facility=0.05), "Prawie nikt nie odpowiada dobrze"),
        (item(rest=0.19), "Tego pytania nikt nie rozumie tak samo"),
        (item(rest=-0.01), "Im lepszy wynik testu, tym gorsza odpowiedź"),
        (item(waiting=2), "czeka na ocenę"),
    ],
)
def test_each_bound_has_its_sentence(found: Item, words: str) -> None:
    assert words in texts(found)


@pytest.mark.parametrize("found", [item(facility=0.94), item(facility=0.06), item(rest=0.2), item(rest=None)])
def test_within_the_bounds_nothing_is_said(found: Item) -> None:
    assert texts(found) == ""


def test_a_distractor_that_nobody_takes() -> None:
    assert "Tej odpowiedzi nikt nie wybiera: „Nikt”." in texts(item(), answers(30, 10, 0))


def test_a_distractor_taken_more_often_than_the_key_is_serious() -> None:
    found = hints.of_question(item(rest=0.1), answers(10, 25, 5))
    assert "częściej niż poprawną: „Sąd”" in found[0].text
    assert found[0].serious


def test_many_blanks() -> None:
    assert "bez odpowiedzi" in texts(item(), answers(20, 5, 5, blank=8))
    assert "bez odpowiedzi" not in texts(item(), answers(20, 5, 5, blank=7))


def test_versions_are_said() -> None:
    assert "To pytanie zmieniano" in texts(item(), versions=2)


def test_few_answers_say_nothing() -> None:
    few = item(facility=1.0, rest=-0.5, answers=HINTS_FROM - 1)
    assert texts(few, answers(HINTS_FROM - 1, 0, 0)) == ""


def test_a_rare_distractor_is_marked() -> None:
    found = answers(90, 8, 4)
    assert [hints.is_rare(found, line) for line in found.lines] == [False, False, True]
