"""Attempts and answers taken away: what stands in the files, and what a spreadsheet makes of them."""

import csv
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from courses.models import CoursePage, QuizPage
from elearning.accounts.models import User
from elearning.cms import tables
from elearning.cms.tables import harmless
from elearning.records.models import Attempt
from elearning.reporting import exports
from elearning.reporting.queries import Choice, Scope
from tests import make

from .conftest import Answered

ALL = Scope(Choice.ALL)


def content(client: Client, path: str) -> bytes:
    answer = client.get(path, {"podejscia": "wszystkie"})
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    return answer.getvalue()


def parsed(raw: bytes) -> list[list[str]]:
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.mark.django_db
def test_the_file_holds_every_answer_in_words(
    quiz: QuizPage, editor: Client, learner: User, stranger: User, take: Answered
) -> None:
    take(learner, "Wójt", False, "12")
    take(learner, None, True, "13")
    take(stranger, "Sąd", None, None)
    head, *rows = parsed(content(editor, f"/redakcja/statystyki/{quiz.pk}/podejscia.csv"))
    assert head[:7] == ["Osoba", "Instytucja", "Podejście", "Początek", "Koniec", "Wynik w\xa0%", "Zaliczone"]
    assert head[7:9] == ["1. Zespół: odpowiedź", "1. Zespół: punkty"]
    assert [row[0] for row in rows] == ["Jan Kowalski", "Anna Żółć-Śćibor", "Anna Żółć-Śćibor"]
    assert rows[0][1:3] == ["PCPR B", "1"]
    assert rows[0][5:] == ["0", "nie", "Sąd", "0", "", "0", "", "0"]
    assert rows[1][5:] == ["66,66", "tak", "Wójt", "1", "Fałsz", "0", "12", "1"]
    assert rows[2][2] == "2"


@pytest.mark.django_db
def test_the_sheet_says_the_same_as_the_lines(quiz: QuizPage, editor: Client, class_of_thirty: list[Attempt]) -> None:
    lines = parsed(content(editor, f"/redakcja/statystyki/{quiz.pk}/podejscia.csv"))
    book = load_workbook(BytesIO(content(editor, f"/redakcja/statystyki/{quiz.pk}/podejscia.xlsx")))
    cells = [["" if cell is None else cell for cell in row] for row in book.active.iter_rows(values_only=True)]
    assert len(cells) == len(lines) == 31
    assert [[str(cell).replace(".", ",") for cell in row] for row in cells[1:]] == lines[1:]
    assert isinstance(cells[1][5], int | float)


@pytest.mark.django_db
def test_what_waits_says_so_and_what_was_not_asked_is_empty(course: CoursePage, editor: Client, take: Answered) -> None:
    criteria = [{"text": "Trafność", "points": 2}]
    first = make.question("open_text", {"text": "<p>Dlaczego?</p>", "criteria": criteria}, "Opis")
    second = make.question("true_false", {"text": "<p>?</p>", "answer": True}, "Zdanie")
    page = make.quiz(course, "Opisowy", questions=[first])
    take(make.user("Ala", "Abc"), "=1+1 to za mało", page=page)
    page.questions = [("question", {"question": second, "points": 2})]
    make.publish(page)
    take(make.user("Ela", "Bcd"), True, page=page)
    head, one, other = parsed(content(editor, f"/redakcja/statystyki/{page.pk}/podejscia.csv"))
    assert [head[7], head[9]] == ["1. Zdanie: odpowiedź", "2. Opis: odpowiedź"]
    assert one[5:] == ["czeka na ocenę", "czeka na ocenę", "", "", "'=1+1 to za mało", "czeka na ocenę"]
    assert other[5:] == ["100", "tak", "Prawda", "2", "", ""]


@pytest.mark.django_db
def test_lines_are_written_as_they_are_read(
    quiz: QuizPage, class_of_thirty: list[Attempt], django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(5):
        assert len(list(tables.csv_lines(exports.table(quiz.pk, ALL)))) == 32


@pytest.mark.django_db
def test_too_many_questions_for_a_sheet_are_said(
    quiz: QuizPage, editor: Client, learner: User, take: Answered, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(learner, "Wójt", True, "12")
    monkeypatch.setattr(tables, "MOST_COLUMNS", 12)
    assert editor.get(f"/redakcja/statystyki/{quiz.pk}/podejscia.xlsx").status_code == 400


@pytest.mark.parametrize("text", ["=1+1", "+48 123", "-x", "@a", " =1", "\t=1", "\nx", "＝1", "-1+cmd|' /C calc'!A0"])
def test_formulas_are_made_harmless(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-12,5", "+3", "12", "a=b", "Wójt", "–", ""])
def test_plain_words_and_numbers_stay(text: str) -> None:
    assert harmless(text) == text


@given(st.text())
def test_no_text_begins_like_a_formula_or_breaks_a_sheet(text: str) -> None:
    found = harmless(text)
    assert not found.lstrip().startswith(("=", "@"))
    assert not any(ord(sign) < 32 and sign not in "\t\n\r" for sign in found)


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"]))), min_size=1))
def test_any_text_comes_back_from_the_lines(rows: list[list[str]]) -> None:
    raw = b"".join(tables.csv_lines(rows))
    assert parsed(raw) == [[harmless(cell) for cell in row] for row in rows]


def test_points_are_short() -> None:
    assert [str(exports._short(Decimal(text))) for text in ("100", "66.6600", "0.5000", "0", "10.00")] == [
        "100",
        "66.66",
        "0.5",
        "0",
        "10",
    ]
