"""Individual terms in the admin: the form, the history, and who may do what there."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from courses.models import CoursePage, QuizPage
from courses.outline import outline_of
from elearning.accounts.models import User
from elearning.records.models import Attempt, Enrolment, Extension
from tests import make
from tests.courses.questions.samples import SAMPLES

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = False


@dataclass
class Room:
    """Anna before a quiz that closed yesterday, with 20 minutes and one attempt."""

    course: CoursePage
    quiz: QuizPage
    enrolment: Enrolment

    @property
    def card(self) -> str:
        return f"/redakcja/uczestnicy/inspect/{self.enrolment.pk}/"

    @property
    def url(self) -> str:
        return f"/redakcja/uczestnicy/warunki/{self.enrolment.pk}/{self.quiz.pk}/"

    @property
    def start_url(self) -> str:
        return f"{self.quiz.get_url()}-/podejscie/"


@pytest.fixture
def room(learner: User) -> Room:
    course = make.course("Kurs", lessons=1)
    yesterday = timezone.now() - timedelta(days=1)
    quiz = make.quiz(
        course,
        "Test końcowy",
        questions=[make.question("number", SAMPLES["number"])],
        attempts_allowed=1,
        time_limit=20,
        closes_at=yesterday,
    )
    enrolment = make.enrolment(learner, course)
    make.complete(enrolment, outline_of(course), items=1)
    return Room(course, quiz, enrolment)


def browser_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def member_of(group: str) -> User:
    person = make.user("Renata", "Redaktorska")
    person.groups.add(Group.objects.get(name=group))
    return person


@pytest.fixture
def editor(db: None) -> Client:
    return browser_of(member_of("Redakcja"))


def terms(**more: Any) -> dict[str, Any]:
    """What the form sends; dates as the editor types them."""
    sent = {"minutes": "", "attempts": "", "closes_at": "", "reason": "Choroba", **more}
    return {
        name: timezone.localtime(value).strftime("%d.%m.%Y %H:%M") if isinstance(value, datetime) else value
        for name, value in sent.items()
    }


def tomorrow() -> datetime:
    return timezone.now() + timedelta(days=1)


def test_it_works(room: Room, editor: Client, as_learner: Client) -> None:
    as_learner.post(room.start_url)
    assert not Attempt.objects.exists()
    card = editor.get(room.card).content.decode()
    assert room.url in card
    assert "jak wszyscy" in card
    page = editor.get(room.url).content.decode()
    assert "Żółć-Śćibor" in page
    assert "takie warunki jak wszyscy" in page

    closes_at = tomorrow()
    after = editor.post(room.url, terms(minutes="10", closes_at=closes_at), follow=True).content.decode()

    granted = Extension.objects.get()
    assert (granted.minutes, granted.attempts, granted.reason) == (10, 0, "Choroba")
    assert granted.closes_at == closes_at.replace(second=0, microsecond=0)
    for words in ("dodatkowe minuty: 10", "otwarty do:", "Choroba", "Renata Redaktorska"):
        assert words in after
    assert "dodatkowe minuty: 10" in editor.get(room.card).content.decode()
    as_learner.post(room.start_url)
    attempt = Attempt.objects.get()
    assert attempt.deadline_at == attempt.started_at + timedelta(minutes=30)


def test_the_form_is_filled_with_what_holds(room: Room, editor: Client) -> None:
    editor.post(room.url, terms(minutes="10", attempts="2"))
    form = editor.get(room.url).context["form"]
    assert (form["minutes"].value(), form["attempts"].value(), form["reason"].value()) == (10, 2, None)


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        ({"minutes": "10", "reason": " "}, "Podaj powód."),
        ({}, "Podaj dodatkowe minuty"),
        ({"closes_at": "01.01.2020 12:00"}, "Ta data już minęła"),
        ({"minutes": "-5"}, "większa lub równa"),
        ({"minutes": "99999999999999999999"}, "mniejsza lub równa"),
        ({"attempts": "dużo"}, "liczbę całkowitą"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_granted(
    room: Room, editor: Client, sent: dict[str, str], error: str
) -> None:
    page = editor.post(room.url, terms(**sent)).content.decode()
    assert error in page
    assert not Extension.objects.exists()


def test_a_date_before_the_quiz_closes_changes_nothing_and_is_refused(room: Room, editor: Client) -> None:
    room.quiz.closes_at = timezone.now() + timedelta(days=9)
    make.publish(room.quiz)
    assert "Podaj późniejszą datę" in editor.post(room.url, terms(closes_at=tomorrow())).content.decode()
    room.quiz.closes_at = None
    make.publish(room.quiz)
    assert "nie ma daty zamknięcia" in editor.post(room.url, terms(closes_at=tomorrow())).content.decode()
    assert not Extension.objects.exists()


def test_a_double_click_grants_once(room: Room, editor: Client) -> None:
    for _ in range(2):
        editor.post(room.url, terms(minutes="10"))
    assert Extension.objects.count() == 1


def test_administrators_grant(room: Room, administrator: User) -> None:
    browser_of(administrator).post(room.url, terms(minutes="10"))
    assert Extension.objects.exists()


def test_coordinators_read(room: Room, editor: Client) -> None:
    editor.post(room.url, terms(minutes="10"))
    coordinator = browser_of(member_of("Koordynacja"))
    assert "dodatkowe minuty: 10" in coordinator.get(room.card).content.decode()
    page = coordinator.get(room.url).content.decode()
    assert "dodatkowe minuty: 10" in page
    assert "Zapisz warunki" not in page
    coordinator.post(room.url, terms(minutes="60"))
    assert Extension.objects.get().minutes == 10


@pytest.mark.parametrize("who", ["learner", "colleague", "stranger", "Prowadzący"])
def test_others_see_and_do_nothing(room: Room, who: str, request: Any) -> None:
    person = member_of(who) if who == "Prowadzący" else request.getfixturevalue(who)
    client = browser_of(person)
    refused = client.get(room.url)
    assert refused.status_code in {302, 403}
    assert "Historia" not in refused.content.decode()
    client.post(room.url, terms(minutes="60"))
    assert not Extension.objects.exists()
    assert room.url not in client.get(room.card).content.decode()


def test_a_visitor_logs_in_first(room: Room, client: Client) -> None:
    assert client.post(room.url, terms(minutes="60")).status_code == 302
    assert not Extension.objects.exists()


def test_a_quiz_of_another_course_is_not_found(room: Room, editor: Client) -> None:
    other = make.quiz(make.course("Inny kurs"), "Inny test")
    for path in (f"{room.enrolment.pk}/{other.pk}/", f"999999/{room.quiz.pk}/", f"{room.enrolment.pk}/999999/"):
        assert editor.get(f"/redakcja/uczestnicy/warunki/{path}").status_code == 404


def test_the_page_takes_no_more_queries_for_a_longer_history(
    room: Room, editor: Client, django_assert_max_num_queries: Any
) -> None:
    for minutes in range(1, 8):
        editor.post(room.url, terms(minutes=str(minutes)))
    editor.get(room.url)
    with django_assert_max_num_queries(20):
        editor.get(room.url)
