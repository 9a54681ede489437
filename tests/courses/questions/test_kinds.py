"""Each kind by examples: what an answer is worth, what reads as an answer, and what makes no question."""

from fractions import Fraction
from typing import Any

import pytest

from courses.questions import InvalidAnswer, InvalidQuestion, Verdict, load
from courses.questions.base import stable_id
from courses.questions.open_text import OpenText

from .samples import SAMPLES


def ids(*texts: str) -> list[str]:
    return [stable_id(text) for text in texts]


@pytest.mark.parametrize(("option", "share"), [("3", 1), ("2", 0), ("5", 0)])
def test_one_choice_is_all_or_nothing(option: str, share: int) -> None:
    question = load("single_choice", SAMPLES["single_choice"])

    score = question.grade(stable_id(option))

    assert score.share == share
    assert score.parts[0].given == option
    assert score.parts[0].expected == "3"


def test_the_chosen_option_brings_its_feedback() -> None:
    question = load("single_choice", SAMPLES["single_choice"])

    assert "Brakuje" in question.grade(stable_id("2")).parts[0].feedback


@pytest.mark.parametrize(
    ("marked", "share"),
    [
        (["gmina", "powiat"], Fraction(1)),
        (["gmina"], Fraction(1, 2)),
        (["gmina", "powiat", "sołectwo"], Fraction(1, 2)),
        (["gmina", "sołectwo"], Fraction(0)),
        (["sołectwo", "państwo"], Fraction(0)),
        (["gmina", "powiat", "sołectwo", "państwo"], Fraction(0)),
        ([], Fraction(0)),
    ],
)
def test_a_wrong_mark_takes_a_right_one_back(marked: list[str], share: Fraction) -> None:
    assert load("multiple_choice", SAMPLES["multiple_choice"]).grade(ids(*marked)).share == share


@pytest.mark.parametrize(("sent", "answer"), [("true", True), ("false", False), ("", None)])
def test_true_or_false_is_read(sent: str, answer: bool | None) -> None:
    assert load("true_false", SAMPLES["true_false"]).parse({"": [sent]}) is answer


def test_neither_true_nor_false_is_refused() -> None:
    with pytest.raises(InvalidAnswer):
        load("true_false", SAMPLES["true_false"]).parse({"": ["może"]})


@pytest.mark.parametrize(
    ("typed", "share"),
    [
        ("86,34", 1),
        ("86.34", 1),
        (" 86,34 % ", 1),
        ("86,34%", 1),
        ("86", 1),
        ("86,84", 1),
        ("85,84", 1),
        ("86,85", 0),
        ("-86,34", 0),
        ("8 634", 0),
    ],
)
def test_a_number_is_right_within_its_tolerance(typed: str, share: int) -> None:
    question = load("number", SAMPLES["number"])

    assert question.grade(question.parse({"": [typed]})).share == share


@pytest.mark.parametrize("typed", ["1 234,5", "1\xa0234,5", "1\u202f234.50", "1234,5", "+1234,5"])
def test_a_number_may_be_written_as_people_write(typed: str) -> None:
    question = load("number", {"text": "Ile?", "answer": "1234.5"})

    assert question.grade(question.parse({"": [typed]})).share == 1


@pytest.mark.parametrize("typed", ["dużo", "1,2,3", "12 34", "1e3", "NaN", "--1", "12 km"])
def test_what_is_no_number_is_said_and_shown_again(typed: str) -> None:
    with pytest.raises(InvalidAnswer, match="Wpisz liczbę") as caught:
        load("number", SAMPLES["number"]).parse({"": [typed]})
    assert caught.value.typed == typed


def test_a_number_with_a_unit_reads_well() -> None:
    question = load("number", SAMPLES["number"])

    assert question.describe("86,340") == ("86,34%",)
    assert question.describe_key() == ("od 85,84 do 86,84%",)
    assert load("number", {"text": "Ile?", "answer": "20", "unit": "tys."}).describe_key() == ("20\xa0tys.",)
    assert load("number", {"text": "Ile?", "answer": "-5"}).describe("−5") == ("-5",)


@pytest.mark.parametrize(
    ("first", "second", "share"),
    [
        ("Zespół", "Kooperacji", Fraction(1)),
        ("  zespół ", "KOOPERACJI", Fraction(1)),
        ("zesp.", "kooperacji", Fraction(1)),
        ("Zespół", "Kooperacja", Fraction(1, 2)),
        ("", "Kooperacji", Fraction(1, 2)),
        ("Kooperacji", "Zespół", Fraction(0)),
    ],
)
def test_gaps_forgive_case_and_spaces_and_count_each(first: str, second: str, share: Fraction) -> None:
    question = load("gaps", SAMPLES["gaps"])

    assert question.grade(question.parse({"1": [first], "2": [second]})).share == share


def test_the_text_comes_in_pieces_around_the_gaps() -> None:
    pieces = load("gaps", SAMPLES["gaps"]).public(seed="", shuffle=True, answer={"2": "Kooperacji"})["pieces"]

    assert [(piece["html"], piece["gap"], piece["value"]) for piece in pieces] == [
        ("<p>PZK to Partnerski ", "1", ""),
        (" ", "2", "Kooperacji"),
        (".</p>", "", ""),
    ]


def test_an_entity_in_a_gap_is_its_character() -> None:
    assert load("gaps", {"text": "<p>{{A &amp; B}}</p>"}).grade({"1": "a & b"}).share == 1


def test_a_half_filled_text_is_answered_but_not_complete() -> None:
    question = load("gaps", SAMPLES["gaps"])

    assert question.is_answered({"1": "x"})
    assert not question.is_complete({"1": "x"})
    assert question.verdict({"1": "Zespół"}) is Verdict.PARTIAL
    assert question.describe_key() == ("Luka 1: Zespół albo Zesp.", "Luka 2: Kooperacji")


def test_pairs_count_one_by_one() -> None:
    question = load("matching", SAMPLES["matching"])
    gmina, powiat, voivodeship = ids("gmina", "powiat", "województwo")
    gops, pcpr, cus = ids("GOPS", "PCPR", "CUS")

    score = question.grade({gmina: gops, powiat: cus, voivodeship: pcpr})

    assert score.share == Fraction(1, 3)
    assert [part.correct for part in score.parts] == [True, False, False]
    assert question.describe({gmina: gops}) == ("gmina – GOPS",)


def test_two_left_sides_may_share_a_right_side_which_is_offered_once() -> None:
    question = load(
        "matching",
        {"text": "?", "pairs": [{"left": "OPS", "right": "gmina"}, {"left": "GOPS", "right": "gmina"}]},
    )

    assert [choice["text"] for choice in question.public(seed="", shuffle=True)["choices"]] == ["gmina"]
    assert question.grade(question.key()).share == 1


def test_items_count_by_their_place() -> None:
    question = load("ordering", SAMPLES["ordering"])
    first, second, third, fourth = ids("porozumienie", "diagnoza", "program", "ocena")

    assert question.grade({first: "1", second: "2", third: "4", fourth: "3"}).share == Fraction(1, 2)
    assert question.grade({first: "2", second: "3", third: "4", fourth: "1"}).share == 0
    assert question.describe({second: "1", first: "2"}) == ("1. diagnoza", "2. porozumienie")


def test_a_place_given_twice_counts_for_neither() -> None:
    question = load("ordering", SAMPLES["ordering"])
    first, second, third, fourth = ids("porozumienie", "diagnoza", "program", "ocena")
    answer = {first: "1", second: "1", third: "3", fourth: "4"}

    assert question.grade(answer).share == Fraction(1, 2)
    assert not question.is_complete(answer)


def test_an_order_once_given_is_shown_in_that_order() -> None:
    question = load("ordering", SAMPLES["ordering"])
    first, second, third, fourth = ids("porozumienie", "diagnoza", "program", "ocena")
    answer = {first: "4", second: "3", third: "2", fourth: "1"}

    shown = question.public(seed="", shuffle=True, answer=answer)["items"]

    assert [item["text"] for item in shown] == ["ocena", "program", "diagnoza", "porozumienie"]


@pytest.mark.parametrize(
    ("typed", "share"),
    [
        ("Łódź", Fraction(1)),
        ("  łódź ", Fraction(1)),
        ("LODZ", Fraction(1)),
        ("ło\u0301dz\u0301", Fraction(1)),
        ("Miasto   Łódź", Fraction(1)),
        ("łask", Fraction(1, 2)),
        ("lask", Fraction(1, 2)),
        ("Łódz", Fraction(1)),
        ("Łodzianin", Fraction(0)),
        ("Łódź miasto", Fraction(0)),
        ("", Fraction(0)),
    ],
)
def test_a_short_text_is_worth_what_the_answer_that_reads_like_it_is_worth(typed: str, share: Fraction) -> None:
    question = load("short_text", SAMPLES["short_text"])

    assert question.grade(question.parse({"": [typed]})).share == share


def test_the_marks_of_letters_count_where_the_editor_says_so() -> None:
    question = load("short_text", {**SAMPLES["short_text"], "ignore_diacritics": False})

    assert question.grade("łódź").share == 1
    assert question.grade("ło\u0301dz\u0301").share == 1
    assert question.grade("lodz").share == 0
    assert "Polskie znaki" not in question.hint
    assert "Polskie znaki" in load("short_text", SAMPLES["short_text"]).hint


def test_the_best_of_the_answers_that_fit_counts() -> None:
    rows = [{"text": "sąd", "percent": 40}, {"text": "sad", "percent": 100}]
    question = load("short_text", {"text": "?", "accepted": rows, "ignore_diacritics": True})

    assert question.grade("SĄD").share == 1


def test_a_short_text_brings_the_feedback_of_what_it_read_like_and_names_the_key() -> None:
    question = load("short_text", SAMPLES["short_text"])

    part = question.grade("lask").parts[0]

    assert (part.given, part.expected, part.correct) == ("lask", "Łódź", False)
    assert "mniejsze miasto" in part.feedback
    assert question.describe_key() == ("Łódź albo miasto Łódź", "Łask (50% punktów)")
    assert question.verdict("Łask") is Verdict.PARTIAL


def test_an_open_text_knows_its_criteria_and_says_its_limits() -> None:
    question = load("open_text", SAMPLES["open_text"])
    assert isinstance(question, OpenText)

    assert question.out_of == 5
    assert question.graded_by_person
    assert "od 3 do 10" in question.hint
    assert question.describe("Pierwszy akapit.\n\nDrugi.") == ("Pierwszy akapit.", "Drugi.")


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ({"min_words": 5}, "co najmniej 5"),
        ({"max_words": 5}, "najwyżej 5"),
        ({}, ""),
    ],
)
def test_an_open_text_says_the_limits_it_has(limits: dict[str, int], said: str) -> None:
    question = load("open_text", {"text": "?", "criteria": [{"text": "Jasno"}], **limits})
    assert isinstance(question, OpenText)

    assert said in question.length
    assert bool(question.length) is bool(said)


def test_too_few_words_are_kept_but_not_complete() -> None:
    question = load("open_text", SAMPLES["open_text"])

    assert question.parse({"": ["Dwa słowa"]}) == "Dwa słowa"
    assert question.is_answered("Dwa słowa")
    assert not question.is_complete("Dwa słowa")
    assert question.is_complete("Już trzy słowa")
    assert not question.is_complete(None)
    assert not load("open_text", {"text": "?", "criteria": [{"text": "Jasno"}]}).is_complete("  ")


def test_too_many_words_are_refused_with_how_many_and_kept_on_the_page() -> None:
    typed = "słowo " * 12

    with pytest.raises(InvalidAnswer, match="najwyżej 10, a jest o\xa02 za dużo") as caught:
        load("open_text", SAMPLES["open_text"]).parse({"": [typed]})

    assert caught.value.typed == typed.strip()


def test_a_written_answer_has_a_limit_of_its_own_and_is_kept_on_the_page() -> None:
    question = load("open_text", {"text": "?", "criteria": [{"text": "Jasno"}]})
    line = "a" * 99 + "\r\n"

    assert question.parse({"": [line * 199]}) == ((line * 199).strip().replace("\r\n", "\n"))
    with pytest.raises(InvalidAnswer, match="najwyżej 20000 znaków, a jest ich 20001") as caught:
        question.parse({"": ["a" * 20_001]})
    assert caught.value.typed == "a" * 20_001


@pytest.mark.parametrize(
    ("kind", "change", "field", "error"),
    [
        ("single_choice", {"options": [{"text": "a"}, {"text": "b"}]}, "options", "dokładnie jedną"),
        ("single_choice", {"options": [{"text": "a", "correct": True}]}, "options", "co najmniej 2"),
        (
            "single_choice",
            {"options": [{"text": "a", "correct": True}, {"text": "b", "correct": True}]},
            "options",
            "dokładnie jedną",
        ),
        (
            "single_choice",
            {"options": [{"text": "Tak", "correct": True}, {"text": " tak "}]},
            "options",
            "powtarzać",
        ),
        ("single_choice", {"options": [{"text": "", "correct": True}, {"text": "b"}]}, "options", "pusty"),
        ("multiple_choice", {"options": [{"text": "a"}, {"text": "b"}]}, "options", "co najmniej jedną"),
        ("multiple_choice", {"options": [{"text": str(n)} for n in range(51)]}, "options", "najwyżej 50"),
        ("true_false", {"answer": None}, "answer", "Wybierz"),
        ("number", {"answer": "sto"}, "answer", "Wpisz liczbę"),
        ("number", {"tolerance": "-1"}, "tolerance", "od zera"),
        ("gaps", {"text": "<p>Bez luki</p>"}, "text", "podwójnym nawiasem"),
        ("gaps", {"text": "<p>{{ }}</p>"}, "text", "musi mieć odpowiedź"),
        ("gaps", {"text": "<p>{{a|}}</p>"}, "text", "musi mieć odpowiedź"),
        ("gaps", {"text": "<p>{{<b>a</b>}}</p>"}, "text", "pogrubienia"),
        ("gaps", {"text": "<p>{{a}} i {{b</p>"}, "text", "początku albo końca"),
        ("matching", {"pairs": [{"left": "a", "right": "1"}]}, "pairs", "co najmniej 2"),
        ("matching", {"pairs": [{"left": "a", "right": "1"}, {"left": "A", "right": "2"}]}, "pairs", "powtarzać"),
        ("matching", {"pairs": [{"left": "a", "right": "1"}, {"left": "b", "right": ""}]}, "pairs", "obie strony"),
        ("matching", {"extra": ["gops"]}, "extra", "do żadnej pary"),
        ("matching", {"extra": ["x", "X"]}, "extra", "powtarzać"),
        ("matching", {"pairs": [{"left": "", "right": "1"}, {"left": "b", "right": "2"}]}, "pairs", "pusty"),
        ("ordering", {"items": ["a"]}, "items", "co najmniej 2"),
        ("short_text", {"accepted": []}, "accepted", "co najmniej 1"),
        ("short_text", {"accepted": [{"text": "a", "percent": 99}]}, "accepted", "musi dawać 100%"),
        ("short_text", {"accepted": [{"text": "a", "percent": 101}]}, "accepted", "od 1 do 100"),
        ("short_text", {"accepted": [{"text": "a"}, {"text": "b", "percent": 0}]}, "accepted", "od 1 do 100"),
        ("short_text", {"accepted": [{"text": "a", "percent": "wszystko"}]}, "accepted", "od 1 do 100"),
        ("short_text", {"accepted": [{"text": "a"}, {"text": " A "}]}, "accepted", "powtarzać"),
        ("open_text", {"criteria": []}, "criteria", "co najmniej 1"),
        ("open_text", {"criteria": [{"text": "Jasno", "points": 101}]}, "criteria", "od 1 do 100"),
        ("open_text", {"criteria": [{"text": "Jasno", "points": True}]}, "criteria", "od 1 do 100"),
        ("open_text", {"min_words": -1}, "min_words", "od 0 do 2500"),
        ("open_text", {"max_words": "dużo"}, "max_words", "od 0 do 2500"),
        ("open_text", {"min_words": 11}, "max_words", "mniejsza od najmniejszej"),
        ("ordering", {"items": ["a", "A"]}, "items", "powtarzać"),
    ],
)
def test_what_makes_no_question_is_said_at_its_field(kind: str, change: dict[str, Any], field: str, error: str) -> None:
    with pytest.raises(InvalidQuestion) as caught:
        load(kind, {**SAMPLES[kind], **change})
    assert list(caught.value.errors) == [field]
    assert error in caught.value.errors[field]


def test_parts_keep_the_ids_they_come_with() -> None:
    question = load(
        "single_choice",
        {"text": "?", "options": [{"id": "A1", "text": "a", "correct": True}, {"id": "B2", "text": "b"}]},
    )

    assert question.key() == "A1"


def test_words_in_angle_brackets_are_an_answer() -> None:
    question = load(
        "single_choice", {"text": "Co otwiera stronę?", "options": [{"text": "<html>", "correct": True}, "<p>"]}
    )

    assert question.describe_key() == ("<html>",)
