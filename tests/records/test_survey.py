"""How answers to a survey are added up."""

from uuid import uuid4

import pytest

from elearning.records.survey import FEWEST, SurveyKind, SurveyQuestion, Tally, average, may_show

SCALE = SurveyQuestion(uuid4(), SurveyKind.SCALE, "Czy było warto?", low="nie", high="tak")
CHOICE = SurveyQuestion(uuid4(), SurveyKind.CHOICE, "Tempo", ("wolne", "szybkie"))
SEVERAL = SurveyQuestion(uuid4(), SurveyKind.CHOICE, "Co się przyda?", ("IPW", "PZK", "OZPS"), multiple=True)
OWN_WORDS = SurveyQuestion(uuid4(), SurveyKind.OPEN_TEXT, "Co zmienić?")
EMPTY = Tally({})


def test_values_are_counted() -> None:
    assert EMPTY.plus(SCALE, ("5",)).plus(SCALE, ("5",)).plus(SCALE, ("2",)).counts == {"5": 2, "2": 1}
    assert EMPTY.plus(SEVERAL, ("IPW", "PZK")).counts == {"IPW": 1, "PZK": 1}


def test_no_answer_changes_nothing() -> None:
    assert EMPTY.plus(SCALE, ()) == EMPTY == EMPTY.plus(OWN_WORDS, ("  ",))


def test_what_was_written_loses_its_order() -> None:
    assert EMPTY.plus(OWN_WORDS, ("Więcej przerw",)).plus(OWN_WORDS, ("Krócej",)).texts == ("Krócej", "Więcej przerw")


@pytest.mark.parametrize(
    ("question", "chosen"), [(SCALE, ("6",)), (SCALE, ("1", "2")), (CHOICE, ("wolne", "szybkie")), (CHOICE, ("inne",))]
)
def test_what_cannot_be_chosen_is_refused(question: SurveyQuestion, chosen: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match=chosen[0]):
        EMPTY.plus(question, chosen)


@pytest.mark.parametrize(("answered", "shown", "expected"), [(4, 0, False), (5, 0, True), (9, 5, False), (10, 5, True)])
def test_results_move_on_by_five_people(answered: int, shown: int, expected: bool) -> None:
    assert FEWEST == 5
    assert may_show(answered, shown) is expected


def test_the_average_of_a_scale() -> None:
    assert average({"1": 1, "5": 3}) == 4
    assert average({"1": 0}) is None
