"""J27: four answers to an anonymous survey are only counted, five show results without times; nobody answers twice."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from courses.models import TrainingPage
from courses.trainings.survey import questions_of
from elearning.accounts.models import User
from elearning.records import surveys
from elearning.records.models import SurveyReceipt, SurveyTally
from tests import trainings
from tests.browser.checks import choose, press, stop
from tests.browser.conftest import Browse
from tests.browser.steps import submit

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

SURVEY = [
    ("scale", {"text": "Czy szkolenie przyda Ci się w pracy?", "low": "nie", "high": "tak"}),
    ("choice", {"text": "Tempo było", "choices": "za wolne\nw sam raz", "multiple": False}),
    ("open_text", {"text": "Co zmienić następnym razem?"}),
]


@pytest.fixture
def training(site: object) -> TrainingPage:
    return trainings.training("Szkolenie Z1", on=timezone.localdate() - timedelta(days=2), survey=SURVEY)


def link(training: TrainingPage) -> str:
    """The survey of another person who took part."""
    registration = trainings.registered(training)
    return f"/szkolenia/{training.slug}/-/zgloszenie/{registration.token}/ankieta/"


def answer(training: TrainingPage, value: str) -> None:
    scale, *_rest = questions = questions_of(training)
    surveys.answer(trainings.registered(training), questions, {scale.id: (value,)})


def by_keyboard(page: Page, words: str) -> None:
    choose(page, page.get_by_label("5 – tak"))
    choose(page, page.get_by_label("w sam raz"))
    page.get_by_label("Co zmienić następnym razem?").fill(words)
    press(page, page.get_by_role("main").get_by_role("button", name="Wyślij ankietę"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Dziękujemy za odpowiedzi")


def test_results_come_with_the_fifth_answer_and_say_no_times(
    browse: Browse, training: TrainingPage, administrator: User, settings: Any
) -> None:
    settings.STAFF_SECOND_FACTOR = False
    desk = f"/redakcja/szkolenia/{training.pk}/ankieta/"
    for value in "445":
        answer(training, value)
    phone = browse(width=320, height=640)
    phone.goto(link(training))
    stop(phone)
    by_keyboard(phone, "Więcej przerw.")
    stop(phone)

    admin = browse(administrator)
    admin.goto(desk)
    expect(admin.get_by_role("main")).to_contain_text("Odpowiedziało: 4")
    expect(admin.get_by_role("main")).not_to_contain_text("Więcej przerw.")

    own = link(training)
    fifth = browse()
    fifth.goto(own)
    by_keyboard(fifth, "Nic.")
    admin.reload()
    expect(admin.get_by_role("main")).to_contain_text("Więcej przerw.")
    expect(admin.get_by_role("main")).to_contain_text("4,6")
    assert str(timezone.localdate().year) not in admin.get_by_role("main").inner_text()

    fifth.goto(own)
    expect(fifth.get_by_role("heading", level=1)).to_have_text("Dziękujemy za odpowiedzi")
    assert SurveyReceipt.objects.count() == 5
    assert SurveyTally.objects.get(position=0).counts == {"1": 0, "2": 0, "3": 0, "4": 2, "5": 3}


def test_an_empty_survey_says_what_is_missing(browse: Browse, training: TrainingPage) -> None:
    page = browse()
    page.goto(link(training))
    submit(page, "Wyślij ankietę")
    expect(page.get_by_role("alert")).to_contain_text("Odpowiedz na co najmniej jedno pytanie.")
    stop(page)
    assert not SurveyReceipt.objects.exists()
