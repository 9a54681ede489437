"""Letters that ask for a survey: one for everybody who took part and has not answered."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from courses.trainings.terms import training_of
from elearning.notifications.models import Message
from elearning.records import survey_letters
from elearning.records.models import SurveyReceipt
from elearning.records.places import Standing
from elearning.records.training import Training
from tests import trainings

pytestmark = pytest.mark.django_db


@pytest.fixture
def training() -> Training:
    page = trainings.training(on=timezone.localdate() - timedelta(days=3))
    for number in range(3):
        trainings.registered(page, f"osoba{number}@example.org", first_name=f"Osoba {number}")
    trainings.registered(page, "rezerwa@example.org", standing=Standing.RESERVED)
    SurveyReceipt.objects.create(registration=trainings.registered(page, "gotowa@example.org"))
    return training_of(page)


def test_everybody_with_a_place_is_asked_once(training: Training) -> None:
    assert survey_letters.ask(training) == 3
    assert survey_letters.ask(training) == 0
    letters = Message.objects.filter(key__startswith="training-survey:")
    assert {letter.recipient for letter in letters} == {f"osoba{number}@example.org" for number in range(3)}
    assert all("/ankieta/" in letter.body for letter in letters)


def test_whoever_comes_later_is_asked_too(training: Training) -> None:
    survey_letters.ask(training)
    page = trainings.TrainingPage.objects.get(pk=training.page_id)
    trainings.registered(page, "dopisana@example.org")
    assert survey_letters.ask(training) == 1


def test_nothing_to_do_costs_two_queries(training: Training, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    survey_letters.ask(training)
    with django_assert_num_queries(2):
        survey_letters.ask(training)
