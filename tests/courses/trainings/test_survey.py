"""The survey of a training: who answers it, once, and what readers can learn."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from courses.models import TrainingPage
from courses.trainings import survey as training_survey
from courses.trainings.survey import questions_of
from elearning.records import surveys
from elearning.records.models import Registration, SurveyReceipt, SurveyTally
from elearning.records.places import Standing
from tests import trainings

pytestmark = pytest.mark.django_db

SURVEY = [
    ("scale", {"text": "Czy było warto?", "low": "nie", "high": "tak"}),
    ("choice", {"text": "Tempo", "choices": "wolne\nszybkie", "multiple": False}),
    ("choice", {"text": "Co się przyda?", "choices": "IPW\nPZK", "multiple": True}),
    ("open_text", {"text": "Co zmienić?"}),
]


@pytest.fixture
def page() -> TrainingPage:
    return trainings.training(on=timezone.localdate() - timedelta(days=3), survey=SURVEY)


def url(registration: Registration) -> str:
    page = TrainingPage.objects.get(pk=registration.training_id)
    return f"/szkolenia/{page.slug}/-/zgloszenie/{registration.token}/ankieta/"


def typed(page: TrainingPage, *values: Any) -> dict[str, Any]:
    """What a browser sends: the values of the questions in their order."""
    return {f"pytanie-{question.id.hex}": value for question, value in zip(questions_of(page), values, strict=False)}


def answer(page: TrainingPage, *values: Any) -> Registration:
    registration = trainings.registered(page)
    response = Client().post(url(registration), typed(page, *values))
    assert response.status_code == 302
    return registration


def test_four_answers_are_only_counted(page: TrainingPage) -> None:
    for _ in range(4):
        answer(page, "5", "wolne", ["IPW"], "Więcej przerw")
    found = surveys.results(page.pk)
    assert (found.answered, found.shown, found.questions) == (4, 0, ())


def test_five_answers_are_shown_together(page: TrainingPage) -> None:
    for value in "54541":
        answer(page, value, "wolne", ["IPW", "PZK"], f"Uwaga {value}")
    scale, choice, several, words = surveys.results(page.pk).questions
    assert dict(scale.counts) == {"1": 1, "2": 0, "3": 0, "4": 2, "5": 2}
    assert scale.average == pytest.approx(3.8)
    assert dict(choice.counts) == {"wolne": 5, "szybkie": 0}
    assert dict(several.counts) == {"IPW": 5, "PZK": 5}
    assert words.texts == ("Uwaga 1", "Uwaga 4", "Uwaga 4", "Uwaga 5", "Uwaga 5")


def test_the_sixth_answer_waits_for_four_more(page: TrainingPage) -> None:
    for _ in range(6):
        answer(page, "5")
    found = surveys.results(page.pk)
    assert (found.shown, found.hidden, found.questions[0].counts["5"]) == (5, 1, 5)


def test_nothing_that_is_kept_says_who_or_when(page: TrainingPage) -> None:
    registration = answer(page, "5", "wolne", [], "Tylko ja tak piszę")
    columns = {field.name for field in SurveyTally._meta.fields}
    assert not {name for name in columns if "registration" in name or "_at" in name or "user" in name}
    assert {field.name for field in SurveyReceipt._meta.fields} == {"id", "registration"}
    assert SurveyReceipt.objects.get().registration == registration


def test_a_second_answer_is_refused_kindly(page: TrainingPage, client: Client) -> None:
    registration = answer(page, "5")
    assert client.post(url(registration), typed(page, "1")).status_code == 200
    assert "Dziękujemy" in client.get(url(registration)).content.decode()
    assert SurveyTally.objects.get(position=0).counts["1"] == 0
    with pytest.raises(surveys.AnsweredAlready):
        surveys.answer(registration, questions_of(page), {})


def test_an_empty_survey_is_asked_again(page: TrainingPage, client: Client) -> None:
    registration = trainings.registered(page)
    assert training_survey.NOTHING in client.post(url(registration), {}).content.decode()
    assert not SurveyReceipt.objects.exists()


def test_a_forged_value_is_an_error_at_the_field(page: TrainingPage, client: Client) -> None:
    registration = trainings.registered(page)
    response = client.post(url(registration), typed(page, "7", "wolne", [], "Moje słowa"))
    assert "field--invalid" in response.content.decode()
    assert "Moje słowa" in response.content.decode()
    assert not SurveyReceipt.objects.exists()


@pytest.mark.parametrize("standing", [Standing.RESERVED, Standing.CANCELLED, Standing.PENDING])
def test_only_those_with_a_place_answer(page: TrainingPage, client: Client, standing: Standing) -> None:
    assert client.get(url(trainings.registered(page, standing=standing))).status_code == 404


def test_a_key_of_another_training_opens_nothing(page: TrainingPage, client: Client) -> None:
    other = trainings.registered(trainings.training("Inne"))
    assert client.get(f"/szkolenia/{page.slug}/-/zgloszenie/{other.token}/ankieta/").status_code == 404
    assert client.get(f"/szkolenia/{page.slug}/-/zgloszenie/{uuid4()}/ankieta/").status_code == 404


def test_before_the_end_and_after_the_last_day_it_is_closed(client: Client) -> None:
    early = trainings.registered(trainings.training("Za miesiąc", survey=SURVEY))
    assert "nie jest jeszcze otwarta" in client.get(url(early)).content.decode()
    today = timezone.localdate()
    over = trainings.training(
        "Było", on=today - timedelta(days=9), survey=SURVEY, survey_closes_on=today - timedelta(1)
    )
    registration = trainings.registered(over)
    assert "jest zamknięta" in client.get(url(registration)).content.decode()
    assert "jest zamknięta" in client.post(url(registration), typed(over, "5")).content.decode()
    assert not SurveyReceipt.objects.exists()


def test_a_training_without_a_survey_has_none(client: Client) -> None:
    registration = trainings.registered(trainings.training(on=timezone.localdate() - timedelta(days=3)))
    assert client.get(url(registration)).status_code == 404


def test_the_key_leaves_for_no_other_site(page: TrainingPage, client: Client) -> None:
    response = client.get(url(trainings.registered(page)))
    assert response["Referrer-Policy"] == "strict-origin"
    assert "no-store" in response["Cache-Control"]


def test_the_form_takes_few_queries(
    page: TrainingPage, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(6):
        answer(page, "5")
    registration = trainings.registered(page)
    with django_assert_max_num_queries(8):
        client.get(url(registration))
    with django_assert_max_num_queries(20):
        client.post(url(registration), typed(page, "5", "wolne", ["IPW"], "Dobrze"))
