"""The screens of statistics: who sees them, what they say, what they cost."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from courses.models import CoursePage, Question, QuizPage
from elearning.accounts.models import User
from elearning.records.models import Attempt
from tests import make

from .conftest import ROLES, Answered, client_of, options

pytestmark = pytest.mark.django_db

LIST = "/redakcja/statystyki/"
# At most seven of ours, one for the times of a question; the admin asks ten: session, person, permissions, its menu
# with the number of answers to mark.
BUDGET = 17


def words(client: Client, path: str, **query: str) -> str:
    answer = client.get(path, query)
    assert answer.status_code == 200
    return answer.content.decode()


def addresses(quiz: QuizPage, questions: list[Question]) -> list[str]:
    own = f"{LIST}{quiz.pk}/"
    return [LIST, own, f"{own}pytania/{questions[0].pk}/", f"{own}podejscia.csv", f"{own}podejscia.xlsx"]


@pytest.fixture
def people(learner: User, colleague: User, stranger: User) -> list[User]:
    return [learner, colleague, stranger]


@pytest.mark.parametrize("role", ROLES)
def test_staff_read_everything(
    quiz: QuizPage,
    questions: list[Question],
    learner: User,
    take: Answered,
    as_member_of: Callable[[str], Client],
    role: str,
) -> None:
    take(learner, "Wójt", True, "12")
    client = as_member_of(ROLES[role])
    for path in addresses(quiz, questions):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert answer.getvalue() if answer.streaming else answer.content  # type: ignore[attr-defined]
    assert LIST in words(client, "/redakcja/")


def test_administrators_read_everything(
    quiz: QuizPage, questions: list[Question], administrator: User, learner: User, take: Answered
) -> None:
    take(learner, "Wójt", True, "12")
    for path in addresses(quiz, questions)[:3]:
        assert client_of(administrator).get(path).status_code == 200


def test_nobody_else_reads_anything(
    quiz: QuizPage,
    questions: list[Question],
    people: list[User],
    take: Answered,
    as_member_of: Callable[[str], Client],
) -> None:
    """Learner, colleague and stranger, authors who only write, and who is not logged in."""
    take(people[0], "Wójt", True, "12")
    authors = as_member_of("Autorki i autorzy")
    for path in addresses(quiz, questions):
        for client in (*map(client_of, people), authors):
            answer = client.get(path)
            assert answer.status_code in {302, 403}, path
            assert b"Statystyki" not in answer.content
        assert client_of(people[0]).get(path).status_code == 403, path
        assert Client().get(path).status_code == 302, path
    assert LIST not in words(authors, "/redakcja/")


def test_the_list(quiz: QuizPage, course: CoursePage, editor: Client, learner: User, take: Answered) -> None:
    make.quiz(course, "Bez podejść")
    take(learner, None, None, None)
    take(learner, "Wójt", True, "12")
    page = words(editor, LIST)
    assert "Test końcowy" in page
    assert "Kurs o kooperacji" in page
    assert re.search(r"<td>2</td>\s*<td>1</td>\s*<td>50%</td>", page)
    assert re.search(r"Bez podejść.*?<td>0</td>\s*<td>0</td>\s*<td>–</td>", page, re.DOTALL)


def test_a_quiz(quiz: QuizPage, editor: Client, class_of_thirty: list[Attempt]) -> None:
    page = words(editor, f"{LIST}{quiz.pk}/")
    for fact in ("Podejścia", "67%", "Rzetelność (alfa Cronbacha)", "Błąd pomiaru", "12\xa0min", "60%"):
        assert fact in page
    assert "Tej odpowiedzi nikt nie wybiera: „Nikt”." in page
    assert 'role="img"' in page
    assert page.count('<rect class="chart__bar"') == 10
    assert re.search(r'<th scope="row">90–100%</th><td>12</td><td>40%</td>', page)


def test_few_attempts_say_why_there_is_no_number(quiz: QuizPage, editor: Client, learner: User, take: Answered) -> None:
    take(learner, "Wójt", True, "13")
    page = words(editor, f"{LIST}{quiz.pk}/")
    assert "Za mało podejść: 1. Ten wskaźnik liczymy, gdy jest ich co najmniej 10." in page
    assert "None" not in page
    assert "nan" not in page


def test_a_quiz_without_attempts_says_so(quiz: QuizPage, editor: Client) -> None:
    assert "nie ma wysłanych podejść" in words(editor, f"{LIST}{quiz.pk}/")


def test_the_choice_of_attempts_stands_in_the_address_and_in_links(
    quiz: QuizPage, editor: Client, learner: User, take: Answered
) -> None:
    take(learner, None, None, None, days_ago=1)
    take(learner, "Wójt", True, "12")
    assert 'value">1<' in words(editor, f"{LIST}{quiz.pk}/")
    page = words(editor, f"{LIST}{quiz.pk}/", podejscia="wszystkie", od="2020-01-01", kolejnosc="trudne")
    assert 'value">2<' in page
    assert "podejscia.csv?podejscia=wszystkie&amp;od=2020-01-01" in page
    assert 'value="2020-01-01"' in page
    assert "nie ma wysłanych podejść" in words(editor, f"{LIST}{quiz.pk}/", do="2020-01-01")


@pytest.mark.parametrize("query", [{"od": "wczoraj"}, {"podejscia": "zle"}, {"od": "2026-02-01", "do": "2026-01-01"}])
def test_a_wrong_choice_is_said_and_gives_no_file(
    quiz: QuizPage, editor: Client, learner: User, take: Answered, query: dict[str, str]
) -> None:
    take(learner, "Wójt", True, "12")
    assert "error" in words(editor, f"{LIST}{quiz.pk}/", **query)
    for name in ("podejscia.csv", "podejscia.xlsx"):
        assert editor.get(f"{LIST}{quiz.pk}/{name}", query).status_code == 400


def test_a_question(quiz: QuizPage, questions: list[Question], editor: Client, class_of_thirty: list[Attempt]) -> None:
    page = words(editor, f"{LIST}{quiz.pk}/pytania/{questions[0].pk}/")
    assert "Kto odpowiada za: Wójt?" in page
    for text, verdict, count, share in (
        ("Wójt", "poprawna", 20, 67),
        ("Sąd", "błędna", 8, 27),
        ("Nikt", "błędna", 0, 0),
    ):
        assert re.search(rf">{text}</th>\s*<td>{verdict}</td><td>{count}</td><td>{share}%</td>", page), text
    assert re.search(r">Bez odpowiedzi</th><td></td>\s*<td>2</td><td>7%</td>", page)
    assert page.count('<rect class="chart__bar') == 4
    assert page.count("chart__bar--emphasis") == 1
    assert "Wersje pytania" not in page


def test_versions_of_a_question_are_listed_and_chosen(
    quiz: QuizPage, questions: list[Question], editor: Client, take: Answered
) -> None:
    take(make.user(), "Wójt", True, "12")
    changed = questions[0]
    older = changed.latest_revision_id
    changed.content = [("single_choice", options("Sąd", "Wójt"))]
    changed.save()
    changed.save_revision()
    take(make.user(), "Wójt", True, "12")
    path = f"{LIST}{quiz.pk}/pytania/{changed.pk}/"
    page = words(editor, path)
    assert "Wersje pytania" in page
    assert f"?wersja={older}" in page
    page = words(editor, path, wersja=str(older))
    assert "Kto odpowiada za: Wójt?" in page
    assert re.search(r">Wójt</th>\s*<td>poprawna</td><td>1</td><td>100%</td>", page)
    for wrong in ("0", "abc", "bez"):
        assert editor.get(path, {"wersja": wrong}).status_code == 404


def test_waiting_answers_are_said(course: CoursePage, editor: Client, take: Answered) -> None:
    question = make.question(
        "open_text", {"text": "<p>Dlaczego?</p>", "criteria": [{"text": "Trafność", "points": 2}]}, "Opis"
    )
    page = make.quiz(course, "Opisowy", questions=[question])
    take(make.user(), "Bo tak działa zespół.", page=page)
    shown = words(editor, f"{LIST}{page.pk}/")
    assert "Odpowiedzi, które czekają na ocenę: 1. Wskaźniki ich nie obejmują." in shown
    shown = words(editor, f"{LIST}{page.pk}/pytania/{question.pk}/")
    assert "Na ocenę czeka: 1." in shown
    assert "Bo tak działa" not in shown


def test_what_editors_wrote_is_never_markup(course: CoursePage, editor: Client, learner: User, take: Answered) -> None:
    question = make.question("single_choice", options("<script>alert(1)</script>", "B"), "<b>x</b>")
    page = make.quiz(course, "Zły <i>test</i>", questions=[question])
    take(learner, None, page=page)
    for path in (LIST, f"{LIST}{page.pk}/", f"{LIST}{page.pk}/pytania/{question.pk}/"):
        shown = words(editor, path)
        for markup in ("<script>alert", "<b>x</b>", "<i>test</i>"):
            assert markup not in shown


def test_unknown_quizzes_and_questions_are_not_found(
    quiz: QuizPage, questions: list[Question], course: CoursePage, editor: Client, learner: User, take: Answered
) -> None:
    take(learner, "Wójt", True, "12")
    for path in (f"{quiz.pk + 999}/", f"{course.pk}/", f"{quiz.pk}/pytania/999999/", f"{quiz.pk + 999}/podejscia.csv"):
        assert editor.get(f"{LIST}{path}").status_code == 404, path


def test_nothing_is_posted(quiz: QuizPage, editor: Client) -> None:
    assert editor.post(f"{LIST}{quiz.pk}/").status_code == 405


def test_query_budgets(
    quiz: QuizPage,
    questions: list[Question],
    course: CoursePage,
    editor: Client,
    class_of_thirty: list[Attempt],
    django_assert_max_num_queries: Any,
) -> None:
    make.quiz(course, "Drugi test")
    words(editor, LIST)
    for path in addresses(quiz, questions)[:3]:
        with django_assert_max_num_queries(BUDGET):
            words(editor, path)
