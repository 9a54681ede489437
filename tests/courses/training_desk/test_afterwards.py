"""Results of surveys and of tests on the organiser's desk."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from courses.models import TrainingPage
from courses.outline import outline_of
from courses.trainings.gains import compare, comparison_of
from courses.trainings.survey import questions_of
from elearning.accounts.models import User
from elearning.records import recording, surveys
from elearning.records.models import Attempt
from tests import make, trainings

pytestmark = pytest.mark.django_db

SURVEY = [("scale", {"text": "Czy było warto?", "low": "nie", "high": "tak"}), ("open_text", {"text": "Co zmienić?"})]


@pytest.fixture
def admin(client: Client, administrator: User, settings: Any) -> Client:
    settings.STAFF_SECOND_FACTOR = False
    client.force_login(administrator)
    return client


def desk(page: TrainingPage, part: str) -> str:
    return f"/redakcja/szkolenia/{page.pk}/{part}/"


def answer(page: TrainingPage, value: str, words: str = "") -> None:
    scale, own_words = questions_of(page)
    surveys.answer(trainings.registered(page), questions_of(page), {scale.id: (value,), own_words.id: (words,)})


def test_results_come_with_the_fifth_answer(admin: Client) -> None:
    page = trainings.training(survey=SURVEY)
    for _ in range(4):
        answer(page, "5", "Więcej przerw")
    assert "Więcej przerw" not in admin.get(desk(page, "ankieta")).content.decode()
    answer(page, "4", "<script>alert(1)</script>")
    text = admin.get(desk(page, "ankieta")).content.decode()
    assert "Więcej przerw" in text
    assert "4,8" in text
    assert "<script>alert(1)" not in text


def test_scores_are_compared_in_pairs() -> None:
    pairs = [(Decimal("0.4"), Decimal("0.9")), (Decimal("0.5"), Decimal("0.5")), (Decimal("0.6"), Decimal("0.5"))]
    assert not compare(pairs).is_shown
    found = compare(pairs * 2)
    assert (found.pairs, found.before, found.after, found.points) == (6, 50, 63, 13)
    assert dict(found.changes) == {
        "mniej": 2,
        "tyle samo": 2,
        "do 10 punktów więcej": 0,
        "ponad 10 punktów więcej": 2,
    }


def test_only_participants_who_took_both_tests_are_compared(admin: Client) -> None:
    course = make.course("Kurs")
    before, after = make.quiz(course, title="Przed"), make.quiz(course, title="Po")
    page = trainings.training(pre_test=before, post_test=after)
    outline = outline_of(course)
    for number in range(7):
        person = make.user()
        if number:
            trainings.registered(page, user=person)
        enrolment = recording.enrol(user=person, outline=outline)
        for quiz, score in ((before, "0.5"), (after, "0.75"))[: 1 if number == 6 else 2]:
            Attempt.objects.create(
                enrolment=enrolment,
                page_id=quiz.pk,
                item=quiz.translation_key,
                number=1,
                title=quiz.title,
                questions=[],
                rules={},
                started_at=timezone.now(),
                submitted_at=timezone.now(),
                score=Decimal(score),
            )
    found = comparison_of(page)
    assert found is not None
    assert (found.pairs, found.points) == (5, 25)
    text = admin.get(desk(page, "testy")).content.decode()
    assert "25" in text
    assert "Przed" in text


@pytest.mark.parametrize("part", ["ankieta", "testy"])
def test_who_looks(client: Client, learner: User, administrator: User, settings: Any, part: str) -> None:
    settings.STAFF_SECOND_FACTOR = False
    page = trainings.training(survey=SURVEY)
    nobody = (302, 403)
    people = {
        learner: nobody,
        trainings.member("Prowadzący"): nobody,
        trainings.editor_of(trainings.training("Inne")): nobody,
        trainings.editor_of(page): (200,),
        trainings.member("Koordynacja"): (200,),
        administrator: (200,),
    }
    assert client.get(desk(page, part)).status_code == 302
    for person, statuses in people.items():
        client.force_login(person)
        assert client.get(desk(page, part)).status_code in statuses, person
