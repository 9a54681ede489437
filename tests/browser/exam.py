"""A learner before test T1 of course K1: what the journeys about attempts share."""

import re

from django.utils import timezone
from playwright.sync_api import Page, Route, expect

from courses.models import QuizPage
from courses.outline import outline_of
from elearning.accounts.models import User
from elearning.records.models import Answer, Attempt
from tests import make
from tests.browser import k1

RESULT = re.compile(r"/podejscie/\d+/wynik/$")
SAVED = re.compile(r"Zapisano \d\d:\d\d")
OFFLINE = "Brak połączenia. Odpowiedzi są na tym urządzeniu i wyślą się same."


def anna(**rules: object) -> User:
    """Anna with all lessons of K1 done, so that T1 is open."""
    course = k1.build(**rules)
    person = make.user("Anna", "Żółć-Śćibor", email="anna@example.org")
    make.complete(make.enrolment(person, course), outline_of(course), items=4)
    return person


def change_rules(**rules: object) -> None:
    """As the editor would while learners are at it."""
    page = QuizPage.objects.get()
    for name, value in rules.items():
        setattr(page, name, value)
    make.publish(page)


def start(page: Page) -> None:
    page.goto(k1.QUIZ_URL)
    page.get_by_role("main").get_by_role("button", name="Rozpocznij podejście").click()
    expect(page).to_have_url(re.compile(r"/podejscie/\d+/$"))


def answer(page: Page, *numbers: int, right: bool = True) -> None:
    """Answer these questions without waiting for a receipt."""
    for number in numbers:
        k1.ANSWER[k1.KINDS[number - 1]](k1.question(page, number), right)


def saved(page: Page, *numbers: int) -> None:
    for number in numbers:
        expect(k1.question(page, number).get_by_text(SAVED)).to_be_visible()


def answered() -> set[int]:
    """The numbers of the questions whose answers the server has."""
    places = {asked["id"]: place for place, asked in enumerate(Attempt.objects.latest("pk").questions, 1)}
    rows = Answer.objects.filter(attempt=Attempt.objects.latest("pk"))
    return {places[str(row.question)] for row in rows if row.value not in (None, "", [], {})}


def kept_on_device(page: Page) -> list[str]:
    found: list[str] = page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('podejscie:'))")
    return found


def out_of_time(attempt: Attempt) -> None:
    """As if its time had run out a moment ago."""
    Attempt.objects.filter(pk=attempt.pk).update(deadline_at=timezone.now())


def refuse(route: Route) -> None:
    route.fulfill(status=503, body="")
