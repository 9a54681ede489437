"""What statistics read: which attempts count, in which versions, and what waits."""

from datetime import timedelta
from statistics import covariance, fmean
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from courses.models import CoursePage, Question, QuizPage
from elearning.accounts.models import User
from elearning.records.models import Answer, Attempt
from elearning.reporting import queries
from elearning.reporting.queries import Choice, Scope
from tests import make

from .conftest import NOW, Answered, options

pytestmark = pytest.mark.django_db

ALL = Scope(Choice.ALL)


def test_it_works(quiz: QuizPage, questions: list[Question], class_of_thirty: list[Attempt]) -> None:
    """Counted by hand from the fixture: 20 of 30 say „Wójt”, 20 „Prawda”, 14 „12”; scores are thirds."""
    sample = queries.sample(quiz.pk, ALL)
    assert sample.questions == tuple(question.pk for question in questions)
    facilities = [sample.items[question.pk].facility.value for question in questions]
    assert facilities == pytest.approx([20 / 30, 20 / 30, 14 / 30])
    assert sample.quiz.attempts == sample.quiz.scored == 30
    assert sample.quiz.pass_rate.value == pytest.approx(20 / 30)
    assert sample.quiz.mean.value == pytest.approx(54 / 90, abs=1e-4)
    assert sample.quiz.minutes.value == 12
    assert sample.quiz.histogram == (8, 0, 0, 2, 0, 0, 8, 0, 0, 12)
    assert sample.reliability.questions == 3
    assert sample.reliability.alpha.value == pytest.approx(_alpha(class_of_thirty))


def _alpha(taken: list[Attempt]) -> float:
    """Alpha from the rows of the database by covariances: k²·c̄ / Σ of the matrix."""
    columns: dict[int, list[float]] = {}
    for answer in Answer.objects.filter(attempt__in=taken).order_by("attempt"):
        columns.setdefault(answer.source, []).append(float(answer.score or 0))
    matrix = [[covariance(one, other) for other in columns.values()] for one in columns.values()]
    k = len(matrix)
    return k * k * fmean(matrix[i][j] for i in range(k) for j in range(k) if i != j) / sum(map(sum, matrix))


def test_points_weigh_what_questions_are_compared_with(course: CoursePage, take: Answered) -> None:
    """Of a person with a right first answer (1 point) and a wrong second (3 points) the first is compared with 0."""
    first, second = (make.question("true_false", {"text": "<p>?</p>", "answer": True}, name) for name in "AB")
    page = make.quiz(course, "Ważony", questions=[first, second])
    page.questions[1].value["points"] = 3
    make.publish(page)
    take(make.user(), True, False, page=page)
    sample = queries.sample(page.pk, ALL)
    assert list(sample.points.values()) == [(1.0, 4.0, 2)]


@pytest.mark.parametrize(("choice", "scores"), [(Choice.FIRST, [0.0]), (Choice.LAST, [1.0]), (Choice.ALL, [0.0, 1.0])])
def test_first_last_or_all_attempts(
    quiz: QuizPage, learner: User, take: Answered, choice: Choice, scores: list[float]
) -> None:
    take(learner, None, None, None, days_ago=3)
    take(learner, "Wójt", True, "12")
    assert [taken.score for taken in queries.sample(quiz.pk, Scope(choice)).attempts.values()] == scores


def test_days_are_inclusive_and_the_first_attempt_stays_the_first(
    quiz: QuizPage, learner: User, colleague: User, take: Answered
) -> None:
    take(learner, None, None, None, days_ago=9)
    again = take(learner, "Wójt", True, "12", days_ago=2)
    other = take(colleague, "Wójt", True, "12", days_ago=2)
    day = timezone.localtime(again.submitted_at).date()
    assert list(queries.sample(quiz.pk, Scope(Choice.ALL, day, day)).attempts) == [again.pk, other.pk]
    assert list(queries.sample(quiz.pk, Scope(Choice.FIRST, day, day)).attempts) == [other.pk]
    later = day + timedelta(days=1)
    assert not queries.sample(quiz.pk, Scope(Choice.ALL, later)).attempts


def test_open_attempts_and_other_quizzes_do_not_count(
    course: CoursePage, quiz: QuizPage, learner: User, take: Answered
) -> None:
    other = make.quiz(course, "Inny", questions=[make.question("true_false", {"text": "<p>?</p>", "answer": True})])
    take(learner, True, page=other)
    open_one = take(learner, "Wójt", True, "12")
    Attempt.objects.filter(pk=open_one.pk).update(submitted_at=None, score=None, passed=None)
    assert not queries.sample(quiz.pk, ALL).attempts
    assert len(queries.sample(other.pk, ALL).attempts) == 1


def test_versions_of_a_question_are_kept_apart(quiz: QuizPage, questions: list[Question], take: Answered) -> None:
    take(make.user(), "Wójt", True, "12")
    changed = questions[0]
    changed.content = [("single_choice", options("Sąd", "Wójt"))]
    changed.save()
    changed.save_revision()
    take(make.user(), "Wójt", True, "12")
    sample = queries.sample(quiz.pk, ALL)
    newer, older = sample.versions[changed.pk]
    assert (newer or 0) > (older or 0) > 0
    assert sample.items[changed.pk].facility.value == 0.5
    for revision, facility in ((older, 1.0), (newer, 0.0)):
        attempts = sample.asked_as(changed.pk, revision)
        assert sample.item(changed.pk, attempts=attempts).facility.value == facility
    frozen = queries.frozen(sample, sample.given)
    assert [frozen[changed.pk, revision].question.options[0].text for revision in (older, newer)] == ["Wójt", "Sąd"]
    assert sample.versions[questions[1].pk] == (questions[1].latest_revision_id,)


def test_answers_that_wait_for_a_mark_are_left_out(course: CoursePage, take: Answered) -> None:
    open_text = make.question(
        "open_text", {"text": "<p>Dlaczego?</p>", "criteria": [{"text": "Trafność", "points": 2}]}, "Opis"
    )
    closed = make.question("true_false", {"text": "<p>?</p>", "answer": True}, "Zdanie")
    page = make.quiz(course, "Opisowy", questions=[open_text, closed])
    for known in (True, False):
        take(make.user(), "Bo tak działa zespół.", known, page=page)
    sample = queries.sample(page.pk, ALL)
    item = sample.items[open_text.pk]
    assert (item.answers, item.waiting) == (0, 2)
    assert item.facility.value is None
    assert sample.items[closed.pk].facility.value == 0.5
    assert (sample.quiz.attempts, sample.quiz.scored) == (2, 0)
    assert sample.quiz.mean.value is None
    assert sample.reliability.attempts == 0


def test_a_question_nobody_can_read_any_more_crashes_nothing(
    quiz: QuizPage, questions: list[Question], learner: User, take: Answered
) -> None:
    attempt = take(learner, "Wójt", True, "12")
    attempt.questions[0]["kind"] = "dawny"
    attempt.save(update_fields=["questions"])
    sample = queries.sample(quiz.pk, ALL)
    frozen = queries.frozen(sample, sample.given)
    found = frozen[questions[0].pk, questions[0].latest_revision_id]
    assert (found.question, found.title) == (None, "Zespół")


def test_long_papers_are_read_whole(quiz: QuizPage, learner: User, take: Answered) -> None:
    """SQLite takes 126 paths in one call: 42 questions."""
    attempt = take(learner, "Wójt", True, "12")
    first = attempt.questions[0]
    attempt.questions = [{**first, "question": number, "revision": None, "points": 2} for number in range(1, 101)]
    attempt.save(update_fields=["questions"])
    attempt.answers.all().delete()
    Answer.objects.bulk_create(
        Answer(attempt=attempt, question=uuid4(), source=number, saved_at=NOW, score=1) for number in range(1, 101)
    )
    sample = queries.sample(quiz.pk, ALL)
    assert sample.questions == tuple(range(1, 101))
    assert sample.points[attempt.pk] == (200.0, 200.0, 100)


def test_the_list_counts_people_and_passes(quiz: QuizPage, learner: User, colleague: User, take: Answered) -> None:
    take(learner, None, None, None)
    take(learner, "Wójt", True, "12")
    take(colleague, "Wójt", True, None)
    (row,) = queries.quizzes()
    assert (row.title, row.course, row.live) == ("Test końcowy", "Kurs o kooperacji", True)
    assert (row.attempts, row.people, row.scored, row.passed) == (3, 2, 3, 2)
    assert queries.quiz(quiz.pk + 1000) is None


def test_reading_takes_three_queries_however_many_attempts(
    quiz: QuizPage, class_of_thirty: list[Attempt], django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(3):
        sample = queries.sample(quiz.pk, Scope())
    with django_assert_num_queries(1):
        queries.frozen(sample, sample.given)
    assert list(sample.attempts) == [attempt.pk for attempt in class_of_thirty]


def test_the_time_of_an_answer_is_that_since_the_save_before(
    quiz: QuizPage, questions: list[Question], learner: User, take: Answered
) -> None:
    attempt = take(learner, "Wójt", True, "12")
    for minutes, question in ((2, questions[0]), (5, questions[1])):
        saved_at = attempt.started_at + timedelta(minutes=minutes)
        Answer.objects.filter(attempt=attempt, source=question.pk).update(saved_at=saved_at)
    Answer.objects.filter(attempt=attempt, source=questions[2].pk).update(saved_at=attempt.submitted_at)

    times = [queries.minutes_at(quiz.pk, ALL, question.pk) for question in questions]

    assert times == [[2.0], [3.0], []]
